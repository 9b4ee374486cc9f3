"""Draws the worklist of pairs, those with another territory, and the merges that were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.aria import aria
from dashboard.components.columns import choosable
from dashboard.components.feedback import empty
from dashboard.components.listing import pager, shown_of
from dashboard.components.sortable import Heads, pressed_heads
from dashboard.components.tables import OPENS, STEP, cards_table, labelled
from dashboard.pages.cleansing import ids
from dashboard.pages.cleansing.view import PAGE_ROWS, PATH, CleansingView
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dash.development.base_component import Component

    from queries.row_types.cleansing import MergeRow, PairElsewhereRow, PairListRow
    from words import Words


def pairs_list(state: CleansingView, found: list[PairListRow], total: int, words: Words) -> list[Component]:
    """The filter, what is shown of how many, and the pairs."""
    kinds = html.Nav(
        html.Ul([html.Li(_kind_link(state, kind, words)) for kind in ("", "household", "person")]),
        className="ek-cleanse-kinds",
        **aria(label=words("cleanse.kinds")),
    )
    if not found:
        return [kinds, empty(words("cleanse.no_pairs"), words("cleanse.no_pairs_hint"))]
    head = [words(f"cleanse.column_{name}") for name in ("records", "score", "why")]
    rows = [_pair_row(state, row, words) for row in found]
    shown = shown_of(state.offset, len(found), total, words)
    by = Heads(("rekod", "skor", ""), state.order, lambda to: state.but(order=to, page=1).address(PATH), total)
    table = choosable("pairs", head, cards_table(head, rows, heads=by.drawn(head, words)), words)
    return [kinds, shown, *by.note(words), table, _pages(state, total, words)]


def elsewhere_list(found: list[PairElsewhereRow], total: int, words: Words) -> list[Component]:
    """Pairs with a record of another territory: only whose office holds it."""
    if not found:
        return []
    head = [words(f"cleanse.column_{name}") for name in ("own_record", "score", "office")]
    rows = [
        html.Tr(
            [
                html.Th(_record_link(row["household_id"], row["head_name"], row["file_no"]), scope="row"),
                html.Td(numbers.share(row["score"]), **labelled(head[1])),
                html.Td(words("cleanse.office", district=row["district_name"]), **labelled(head[2])),
            ]
        )
        for row in found
    ]
    heads = pressed_heads(head, words) if total <= len(found) else ()
    return [
        html.H2(words("cleanse.elsewhere")),
        html.P(words("cleanse.elsewhere_note"), className="ek-footnote"),
        shown_of(0, len(found), total, words),
        choosable("pairs-elsewhere", head, cards_table(head, rows, heads=heads), words),
    ]


def merges_list(found: list[MergeRow], words: Words) -> list[Component]:
    """What was merged, by whom, and the way back."""
    if not found:
        return [empty(words("cleanse.no_merges"), words("cleanse.no_merges_hint"))]
    head = [words(f"cleanse.column_{name}") for name in ("kept", "gone", "when", "undo")]
    heads = pressed_heads(head, words, fixed=1)
    table = cards_table(head, [_merge_row(row, head, words) for row in found], heads=heads)
    return [choosable("merges", head, table, words)]


def why(reasons: Iterable[Mapping[str, Any]], words: Words) -> str:
    """What agrees, the best pair of persons in words, and how many pairs there are."""
    ranked = sorted(reasons, key=lambda pair: -float(pair["score"]))
    message = ", ".join(words(f"duplicate.reason_{reason}") for reason in ranked[0]["why"]) if ranked else ""
    return message if len(ranked) <= 1 else words("cleanse.why_more", why=message, n=len(ranked) - 1)


def _kind_link(state: CleansingView, kind: str, words: Words) -> Component:
    here: Any = aria(current="true") if state.kind == kind else {}
    return html.A(
        words(f"cleanse.kind_{kind or 'all'}"),
        href=state.but(kind=kind, page=1).address(PATH),
        className="ek-cleanse-kind",
        **STEP,
        **here,
    )


def _pair_row(state: CleansingView, row: PairListRow, words: Words) -> Component:
    sides = (
        (row["head_a"], row["file_a"], row["district_a"]),
        (row["head_b"], row["file_b"], row["district_b"]),
    )
    names = [html.Div([html.Span(head), html.Small(f"{file} · {district}")]) for head, file, district in sides]
    link = html.A(
        words("cleanse.compare"),
        href=state.but(pair=row["candidate_id"]).address(PATH),
        className="ek-button",
        **STEP,
        **OPENS,
        **aria(label=words("cleanse.compare_of", one=row["head_a"], other=row["head_b"])),
    )
    return html.Tr(
        [
            html.Th([*names, html.Span(words(f"cleanse.kind_{row['kind']}"), className="ek-tag")], scope="row"),
            html.Td(numbers.share(row["score"]), **labelled(words("cleanse.column_score"))),
            html.Td([html.P(why(row["reasons"], words)), link], **labelled(words("cleanse.column_why"))),
        ]
    )


def _merge_row(row: MergeRow, head: list[str], words: Words) -> Component:
    if row["undone_at"] is None:
        back: Any = html.Button(
            words("cleanse.undo"),
            id=ids.act("undo", str(row["merge_id"])),
            className="ek-button",
            n_clicks=0,
            **aria(label=words("cleanse.undo_of", file=row["gone_file"])),
        )
    else:
        back = words("cleanse.undone", at=numbers.moment(row["undone_at"]), by=row["undone_by"])
    by = words("cleanse.merged_by", at=numbers.moment(row["merged_at"]), by=row["merged_by"])
    return html.Tr(
        [
            html.Th(_record_link(row["kept_id"], row["kept_head"], row["kept_file"]), scope="row"),
            html.Td([row["gone_head"], html.Small(row["gone_file"])], **labelled(head[1])),
            html.Td(by, **labelled(head[2])),
            html.Td(back, **labelled(head[3])),
        ]
    )


def _record_link(household_id: int, name: str, file_no: str) -> list[Component]:
    return [html.A(name, href=f"/isi-rumah/{household_id}", **STEP), html.Small(file_no)]


def _pages(state: CleansingView, total: int, words: Words) -> Component:
    return pager(state.page, PAGE_ROWS, total, lambda page: state.but(page=page).address(PATH), words)
