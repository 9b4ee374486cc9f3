"""Draws the counts of faults by kind and by area, and the households behind one kind."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.components.badges import status_badge
from dashboard.components.columns import choosable
from dashboard.components.feedback import empty
from dashboard.components.figures_line import figures_line
from dashboard.components.listing import pager, shown_of
from dashboard.components.sortable import Heads
from dashboard.components.tables import STEP, cards_table, labelled
from dashboard.household import texts
from dashboard.pages.quality import ids
from dashboard.pages.quality.view import PAGE_ROWS, PATH, QualityView, Read
from layers import numbers
from queries.quality import KINDS
from registry.cleansing.odd_data import CODES

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from queries.row_types.quality import FaultyRow
    from words import Words

_CODE_OF: Final = {"stacked": CODES[0], "age": CODES[1], "income": CODES[2]}
_FLAGGED: Final = frozenset({"koordinat_luar_daerah", *CODES})


def kinds_list(state: QualityView, found: Read, words: Words) -> Component:
    """A link for each kind with its count in the area; the open one is marked."""

    def link(kind: str) -> Component:
        here: Any = aria(current="true") if kind == state.kind else {}
        count = html.Span(_count(found.counts[kind], words), className="ek-tasks-count")
        return html.A(
            [count, html.Span(words(f"quality.{kind}"))],
            href=state.but(kind=kind, page=1).address(PATH),
            className="ek-tasks-link",
            **STEP,
            **here,
        )

    return html.Ul([html.Li(link(kind)) for kind in KINDS])


def areas_table(state: QualityView, found: Read, words: Words) -> list[Component]:
    """Every kind of every area inside, and their sums."""
    head = [words("quality.area"), *(words(f"quality.{kind}") for kind in KINDS)]
    records: list[dict[str, Any]] = found.areas.to_dict("records")  # type: ignore[assignment]
    rows = [_area_row(state, row, found, words) for row in records]
    sums = html.Tr(
        [
            html.Th(words("quality.all"), scope="row"),
            *(html.Td(_count(_sum(found, kind), words), className="ek-number") for kind in KINDS),
        ],
        className="ek-quality-sum",
    )
    title = words("quality.by_area", level=words(f"level.{found.level}"))
    whole = html.Table(
        [html.Thead(html.Tr([html.Th(label, scope="col") for label in head])), html.Tbody([*rows, sums])],
        className="ek-table ek-kpi-table",
    )
    box = html.Div(whole, className="ek-scroll", tabIndex=0, role="region", **aria(label=title))
    return [
        html.H2(title),
        choosable("quality-areas", head, box, words),
        figures_line(found.layer.source, words),
    ]


def worklist(state: QualityView, found: Read, words: Words, *, confirms: bool) -> list[Component]:
    """The households behind a kind, with what is wrong about each; nothing for who sees no persons."""
    if not found.lists:
        return []
    name = words("map.country") if found.area.code == COUNTRY else found.area.name
    title = html.H2(words("quality.households", kind=words(f"quality.{state.kind}"), area=name))
    if not found.found:
        return [title, empty(words("quality.none"), words("quality.none_hint"))]
    partly = found.total != found.counts[state.kind]
    note = [html.P(words("quality.own_only"), className="ek-footnote")] if partly else []
    head = [words(f"quality.column_{column}") for column in ("household", "what", "act")]
    rows = [_household_row(state, row, head, words, confirms=confirms) for row in found.found]
    start = (state.page - 1) * PAGE_ROWS
    by = Heads(("nama", "", ""), state.order, lambda to: state.but(order=to, page=1).address(PATH), found.total)
    return [
        title,
        *note,
        shown_of(start, len(found.found), found.total, words, key="search.shown"),
        *by.note(words),
        choosable("quality", head, cards_table(head, rows, heads=by.drawn(head, words)), words),
        _pages(state, found, words),
    ]


def _area_row(state: QualityView, row: dict[str, Any], found: Read, words: Words) -> Component:
    attributes: Any = {"data-area": row["area_code"]}
    name = words("quality.no_mukim") if row["area_code"].endswith("00") and found.level == "mukim" else row["area_name"]
    inside = state.but(area=row["area_code"], page=1).address(PATH)
    label: Any = html.A(name, href=inside, **STEP) if found.level != "mukim" else name
    return html.Tr(
        [
            html.Th(label, scope="row"),
            *(html.Td(_count(row[kind], words), className="ek-number") for kind in KINDS),
        ],
        **attributes,
    )


def _count(value: Any, words: Words) -> str:
    return words("map.few") if value is None else numbers.count(int(value))


def _sum(found: Read, kind: str) -> int | None:
    """What the areas shown have together: the count of the area they lie in, which says itself whether it is hidden."""
    if found.within == found.area.code:
        return found.counts[kind]
    column = found.areas[kind]
    return None if column.isna().any() else int(column.sum())


def _household_row(state: QualityView, row: FaultyRow, head: list[str], words: Words, *, confirms: bool) -> Component:
    link = html.A(row["head_name"], href=f"/isi-rumah/{row['household_id']}", **STEP)
    place = html.Small(f"{row['file_no']} · {texts.names(row['mukim_name'], row['district_name'])}")
    acts: list[Component] = []
    code = _CODE_OF.get(state.kind)
    if code is not None and confirms:
        acts.append(
            html.Button(
                words("quality.confirm"),
                id=ids.confirm(code, row["household_id"]),
                className="ek-button",
                n_clicks=0,
                **aria(label=words("quality.confirm_of", name=row["head_name"])),
            )
        )
    open_record = words("quality.open_of", name=row["head_name"])
    record = html.A(
        words("quality.open"),
        href=f"/isi-rumah/{row['household_id']}",
        className="ek-button",
        **STEP,
        **aria(label=open_record),
    )
    return html.Tr(
        [
            html.Th([link, place, status_badge(row["status"], words)], scope="row"),
            html.Td(_reason(state.kind, row, words), **labelled(head[1])),
            html.Td(html.Div([record, *acts], className="ek-cleanse-actions"), **labelled(head[2])),
        ]
    )


def _reason(kind: str, row: FaultyRow, words: Words) -> str:
    """What is wrong, with the figures that show it."""
    details = {flag["code"]: flag["detail"] for flag in row["flags"]}
    match kind:
        case "unplaced":
            message = words("tasks.why_unplaced", method=words(f"method.{row['geom_method']}"))
        case "stale":
            message = words("tasks.why_due", date=numbers.day(row["next_review_on"]))
        case "far":
            message = words("quality.why_far", distance=texts.distance(row["outside_district_m"]))
        case "stacked":
            message = words.n("quality.why_stacked", int(details.get(CODES[0], {}).get("households", 0)))
        case "income":
            detail = details.get(CODES[2], {})
            before, after = (numbers.money(Decimal(str(detail.get(name, 0)))) for name in ("before", "after"))
            message = words("quality.why_income", before=before, after=after)
        case "age":
            message = ", ".join(
                words(f"quality.age_{flag['detail'].get('reason', 'future')}", member=flag["member_no"])
                for flag in row["flags"]
                if flag["code"] == CODES[1]
            )
        case _:
            others = dict.fromkeys(flag["code"] for flag in row["flags"] if flag["code"] not in _FLAGGED)
            message = ", ".join(words(f"flag.{code}") for code in others)
    return message


def _pages(state: QualityView, found: Read, words: Words) -> Component:
    return pager(state.page, PAGE_ROWS, found.total, lambda page: state.but(page=page).address(PATH), words)
