"""What became of deliveries of aid, as a page says it: counts, RM, reasons, deliveries, programmes, districts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from dash import dcc, html

from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.tables import facts, ruled
from dashboard.pages.deliveries.aid_sending import address_of_returned
from layers import numbers
from queries import deliveries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from queries.row_types.deliveries import UploadRow
    from words import Words

MOST: Final = 200
"""How many rows of one table of a report are shown."""
_DOUBLE_AID: Final = "/bantuan-bertindih"
_SUMS: Final = ("lines", "gross_rm", "reversed_rm", "net_rm", "households")
_FATES: Final = ("lines", "accepted", "reversals", "unchanged", "held", "rejected")


def districts_of(conn: Reads, figures: Mapping[str, Any]) -> dict[str, str]:
    """What the districts that a report speaks of are called."""
    areas = deliveries.districts(conn, {code[:2] for code in figures["by_district"]})
    return dict(zip(areas["area_code"], areas["area_name"], strict=True))


def programmes_of(conn: Reads, figures: Mapping[str, Any], words: Words) -> dict[str, str]:
    """What the programmes that a report speaks of are called."""
    found = deliveries.programmes(conn, figures["by_programme"])
    return {row["code"]: row["name_en"] if words.language == "en" else row["name_ms"] for row in found}


def aid_reported(found: UploadRow, areas: Mapping[str, str], names: Mapping[str, str], words: Words) -> list[Component]:
    """The report of a trial or of an import, from its sums to its single deliveries."""
    figures, trial = found["report"] or {}, found["state"] != "imported"
    parts: list[Component] = [
        html.H2(words("delivery.report_trial" if trial else "delivery.report_import")),
        html.P(_sentence(figures, words, trial=trial), className="ek-lead"),
    ]
    if trial:
        parts.append(html.P(words("delivery.trial_note", at=numbers.moment(found["reported_at"]))))
    parts += [_counts(figures, words), *_ways_on(found, figures, words)]
    for fate in ("held", "rejected", "warnings"):
        parts += _reasons(figures[fate], fate, words)
    parts += [html.H3(words("aid_delivery.by_delivery")), *_deliveries(figures["deliveries"], words)]
    if figures["by_programme"]:
        parts += [html.H3(words("aid_delivery.by_programme")), _programmes(figures["by_programme"], names, words)]
    if figures["by_district"]:
        parts += [html.H3(words("delivery.by_district")), *_districts(figures["by_district"], areas, words)]
    return parts


def _sentence(figures: Mapping[str, Any], words: Words, *, trial: bool) -> str:
    accepted = figures["accepted"]
    return words(
        "aid_delivery.would_come_in" if trial else "aid_delivery.came_in",
        lines=numbers.count(accepted["lines"]),
        gross=_rm(accepted["gross_rm"]),
        reversals=numbers.count(accepted["reversals"]),
        reversed=_rm(accepted["reversed_rm"]),
        net=_rm(accepted["net_rm"]),
        held=numbers.count(_total(figures, "held")),
    )


def _counts(figures: Mapping[str, Any], words: Words) -> Component:
    accepted = figures["accepted"]
    said = {
        "rows": numbers.count(figures["lines"]),
        "accepted": numbers.count(accepted["lines"]),
        "reversals": numbers.count(accepted["reversals"]),
        "unchanged": numbers.count(figures["unchanged"]),
        "held": numbers.count(_total(figures, "held")),
        "rejected": numbers.count(_total(figures, "rejected")),
        "warnings": numbers.count(_total(figures, "warnings")),
        "double": numbers.count(figures["double_aid"]["pairs"]),
    }
    cards = [figure_card(Figure(words(f"aid_delivery.count_{name}"), value)) for name, value in said.items()]
    return html.Div(figure_cards(cards), className="ek-upload-counts")


def _ways_on(found: UploadRow, figures: Mapping[str, Any], words: Words) -> list[Component]:
    """The lines that came back, as a file to correct and send again; what happens to those that are held."""
    back = _total(figures, "held") + _total(figures, "rejected")
    ways: list[Component] = []
    if found["own"] and back:
        file = html.A(
            words("aid_delivery.returned_file"),
            href=address_of_returned(found["upload_id"]),
            className="ek-button",
            download="",
        )
        ways += [html.P(words("aid_delivery.returned_hint")), html.Div(file, className="ek-actions")]
    if _total(figures, "held"):
        ways.append(html.P(words("aid_delivery.held_hint")))
    if figures["double_aid"]["pairs"] and found["state"] == "imported":
        pairs = dcc.Link(words("nav.double_aid"), href=_DOUBLE_AID, className="ek-button")
        ways.append(html.Div(pairs, className="ek-actions"))
    return ways


def _reasons(counted: Mapping[str, int], fate: str, words: Words) -> list[Component]:
    title = words(f"delivery.reasons_{fate}")
    if not counted:
        return [html.H3(title), html.P(words("delivery.reasons_none"))]
    rows = [[reason(code, words), numbers.count(n)] for code, n in sorted(counted.items(), key=lambda one: -one[1])]
    head = [words("delivery.column_reason"), words("aid_delivery.column_lines")]
    return [html.H3(title), ruled(head, rows, label=title, named=True)]


def reason(code: str, words: Words) -> str:
    """A reason of the report in words."""
    return words(f"aid_delivery.code_{code}")


def _deliveries(told: Sequence[Mapping[str, Any]], words: Words) -> list[Component]:
    head = [
        *(words(f"aid_delivery.column_{name}") for name in ("number", "agency", "state")),
        *(words(f"aid_delivery.count_{name}" if name != "lines" else "aid_delivery.column_lines") for name in _FATES),
    ]
    rows = [
        [
            one["number"] or one["folder"],
            one["agency"],
            _state(one, words),
            *(numbers.count(one[name]) if name in one else "" for name in _FATES),
        ]
        for one in told[:MOST]
    ]
    return [ruled(head, rows, label=words("aid_delivery.by_delivery"), named=True), *_more(len(told), words)]


def _state(one: Mapping[str, Any], words: Words) -> str:
    state = words(f"aid_delivery.state_{one['state']}")
    return f"{state}: {reason(one['reason'], words)}" if one.get("reason") else state


def _programmes(told: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], words: Words) -> Component:
    head = [words("aid_delivery.column_programme"), *_sum_heads(words)]
    rows = [[_programme(code, names), *_sums(sums)] for code, sums in sorted(told.items())]
    return ruled(head, rows, label=words("aid_delivery.by_programme"), named=True)


def _districts(
    told: Mapping[str, Mapping[str, Mapping[str, Any]]], areas: Mapping[str, str], words: Words
) -> list[Component]:
    """Each district with each of its programmes."""
    head = [words("delivery.column_district"), words("aid_delivery.column_programme"), *_sum_heads(words)]
    rows = [
        [areas.get(district, district), programme, *_sums(sums)]
        for district, programmes in sorted(told.items())
        for programme, sums in sorted(programmes.items())
    ]
    return [ruled(head, rows[:MOST], label=words("delivery.by_district"), named=True), *_more(len(rows), words)]


def _programme(code: str, names: Mapping[str, str]) -> str:
    return f"{names[code]} ({code})" if code in names else code


def _sum_heads(words: Words) -> list[str]:
    return [words(f"aid_delivery.column_{name}") for name in _SUMS]


def _sums(sums: Mapping[str, Any]) -> list[str]:
    return [_rm(sums[name]) if name.endswith("_rm") else numbers.count(sums[name]) for name in _SUMS]


def _more(count: int, words: Words) -> list[Component]:
    if count <= MOST:
        return []
    shown = words("delivery.shown", first="1", last=numbers.count(MOST), total=numbers.count(count))
    return [html.P(shown, className="ek-footnote")]


def _total(figures: Mapping[str, Any], fate: str) -> int:
    return sum(figures[fate].values())


def _rm(amount: str) -> str:
    return numbers.money(Decimal(amount))


def aid_findings(found: Sequence[Mapping[str, Any]], words: Words) -> list[Component]:
    """The head and the first rows of each delivery in a file; nothing where they are no longer kept."""
    if not found:
        return []
    parts: list[Component] = [html.H2(words("delivery.found"))]
    for one in found:
        if "tables" in one:
            parts.append(html.P(words("aid_delivery.reference", tables=", ".join(one["tables"]))))
            continue
        parts += _finding(one, words)
    looked = sum("tables" not in one for one in found)
    if looked < found[0]["of"]:
        n, of = numbers.count(looked), numbers.count(found[0]["of"])
        parts.append(html.P(words("delivery.shown", first="1", last=n, total=of), className="ek-footnote"))
    return parts


def _finding(one: Mapping[str, Any], words: Words) -> list[Component]:
    name = dict(one["head"]).get("no_penghantaran") or one["table"]
    parts: list[Component] = [html.H3(name)]
    if one["head"]:
        parts.append(facts([(html.Code(column), value) for column, value in one["head"]]))  # type: ignore[misc]
    if one["missing"]:
        parts.append(html.P(words("aid_delivery.columns_missing", columns=", ".join(one["missing"]))))
    if one["unknown"]:
        parts.append(html.P(words("delivery.columns_unknown", columns=", ".join(one["unknown"]))))
    if one["absent"]:
        said = words("delivery.columns_absent", columns=", ".join(one["absent"]))
        parts.append(html.P(said, className="ek-footnote"))
    if one["rows"]:
        label = words("delivery.first_rows", file=name, n=len(one["rows"]))
        parts.append(html.Details([html.Summary(label), ruled(one["columns"], one["rows"], label=label)]))
    return parts
