"""What became of a delivery, as a page says it: counts, reasons in words, districts, what came in on a map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dash import dcc, html

from dashboard.areas import map_source
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.tables import ruled
from dashboard.pages.deliveries.sending import address_of_rejected
from layers import numbers
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, choropleth
from layers.measures import Kind, Measure
from queries import maps

if TYPE_CHECKING:
    import pandas as pd
    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from words import Words

DELIVERED: Final = Measure(key="delivered", kind=Kind.COUNT, columns=("delivered",), ramp="cost", zero_class=True)
QUEUE: Final = "/kes"
_STATUSES: Final = ("tegar", "miskin", "bukan")


@dataclass(frozen=True, slots=True)
class Report:
    """A report with the names of the places it speaks of."""

    figures: dict[str, Any]
    areas: pd.DataFrame
    """The districts of its states, with ``delivered``: how many households came in."""

    @property
    def accepted(self) -> dict[str, int]:
        """Accepted households by status, and in all."""
        found: dict[str, int] = self.figures["accepted"]
        return found

    def total(self, fate: str) -> int:
        """How many households were rejected, held or warned of."""
        return sum(self.figures[fate].values())

    @property
    def states(self) -> list[str]:
        """The states whose districts households came in to."""
        return sorted({code[:2] for code in self.figures["by_district"]})


def states_of(figures: dict[str, Any]) -> set[str]:
    """The states that a report speaks of."""
    return {code[:2] for code in (*figures["by_district"], *figures.get("apart_by_district", {}))}


def report_of(figures: dict[str, Any], areas: pd.DataFrame) -> Report:
    """A report, and how many households it brought to each district."""
    came = {code: sum(counts.values()) for code, counts in figures["by_district"].items()}
    return Report(figures, areas.assign(delivered=[came.get(code, 0) for code in areas["area_code"]]))


def layer_of(conn: Reads, report: Report, words: Words) -> ChoroplethLayer:
    """The map of what came in: the households of each district of the states spoken of."""
    footing = maps.footing(conn, level="district", live=True)
    as_of = date.fromisoformat(report.figures["received_on"])
    source = map_source(footing, "district", words, name=words("delivery.map_source"), as_of=as_of)
    return choropleth(report.areas, measure=DELIVERED, scheme=Scheme.QUANTILES, source=source, level="district")


def counts(report: Report, words: Words) -> Component:
    """The figures that matter most, as cards."""
    accepted, updated, unchanged = report.accepted["total"], report.figures["updated"], report.figures["unchanged"]
    texts = {
        "rows": report.figures["rows"]["isirumah"],
        "accepted": accepted,
        "new": accepted - updated - unchanged,
        "updated": updated,
        "unchanged": unchanged,
        "rejected": report.total("rejected"),
        "held": report.total("held"),
        "warnings": report.total("warnings"),
    }
    cards = [
        figure_card(Figure(words(f"delivery.count_{name}"), numbers.count(value))) for name, value in texts.items()
    ]
    return html.Div(figure_cards(cards), className="ek-upload-counts")


def sentence(report: Report, words: Words, *, trial: bool) -> str:
    """What became of the delivery, in a sentence."""
    return words(
        "delivery.would_come_in" if trial else "delivery.came_in",
        accepted=numbers.count(report.accepted["total"]),
        **{status: numbers.count(report.accepted[status]) for status in _STATUSES},
    )


def reasons(report: Report, words: Words) -> list[Component]:
    """Why households were rejected, held back or warned of, each with how many."""
    parts: list[Component] = []
    for fate in ("rejected", "held", "warnings"):
        found = sorted(report.figures[fate].items(), key=lambda one: -one[1])
        parts.append(html.H3(words(f"delivery.reasons_{fate}")))
        if not found:
            parts.append(html.P(words("delivery.reasons_none")))
            continue
        head = [words("delivery.column_reason"), words("delivery.column_households")]
        rows = [[reason(code, words), numbers.count(count)] for code, count in found]
        parts.append(ruled(head, rows, label=words(f"delivery.reasons_{fate}"), named=True))
    alone = ("persons_without_household", "aid_without_household")
    return [*parts, *(html.P(words.n(f"delivery.{key}", n)) for key in alone if (n := report.figures[key]))]


def reason(code: str, words: Words) -> str:
    """A reason in words; warnings are those of the data-quality worklist."""
    return words(f"delivery.code_{code}") if words.has(f"delivery.code_{code}") else words(f"flag.{code}")


def ways_on(report: Report, upload_id: int, words: Words, *, trial: bool, own: bool) -> list[Component]:
    """What to do next: correct the rejected rows and send them again, decide on the held ones."""
    ways: list[Component] = []
    apart = report.figures["persons_without_household"] + report.figures["aid_without_household"]
    if own and report.total("rejected") + apart:
        file = html.A(
            words("delivery.rejected_file"), href=address_of_rejected(upload_id), className="ek-button", download=""
        )
        ways += [html.P(words("delivery.rejected_hint")), html.Div(file, className="ek-actions")]
    if report.total("held") and not trial:
        queue = dcc.Link(words("delivery.held_queue"), href=QUEUE, className="ek-button")
        ways += [html.P(words("delivery.held_hint")), html.Div(queue, className="ek-actions")]
    return ways


def by_district(report: Report, words: Words) -> Component:
    """The households of each district by what became of them."""
    names = dict(zip(report.areas["area_code"], report.areas["area_name"], strict=True))
    states = dict(zip(report.areas["area_code"], report.areas["state_name"], strict=True))
    came, apart = report.figures["by_district"], report.figures.get("apart_by_district", {})
    head = [
        words(f"delivery.column_{name}")
        for name in ("district", "in_state", "accepted", *_STATUSES, "rejected", "held")
    ]
    rows = []
    for code in sorted({*came, *apart}):
        counted, others = came.get(code, {}), apart.get(code, {})
        figures = [
            sum(counted.values()),
            *(counted.get(status, 0) for status in _STATUSES),
            *(others.get(fate, 0) for fate in ("rejected", "held")),
        ]
        rows.append([names.get(code, code), states.get(code, ""), *map(numbers.count, figures)])
    return ruled(head, rows, label=words("delivery.by_district"), named=True)
