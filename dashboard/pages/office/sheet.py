"""The board of an office on paper: all of it on one sheet of A3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.pages.office.works import state_rows, work_figures
from layers import numbers
from layers.drawn import Sheet
from layers.panels import Panels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.components.cards import Figure
    from dashboard.pages.office.board import OfficeBoard
    from queries.row_types.offices import OfficeMukimRow
    from words import Words

WIDTH, HEIGHT = 1190.55, 841.89
"""A3 lying, in points."""
_MARGIN, _GAP = 28.0, 10.0
_CARDS: Final = 5
_CARD: Final = 92.0
_ROW: Final = 15.0
_BOTTOM: Final = 800.0
_LEFT: Final = 0.42
"""How much of the width the table of the projects has."""


def office_sheet(board: OfficeBoard, words: Words, *, sample: bool) -> Sheet:
    """The sheet of an office's board."""
    page = Panels()
    page.write(_MARGIN, 48, board.title(words), 20, bold=True)
    if sample:
        page.end(WIDTH - _MARGIN, 48, words("frame.sample"), 14, bold=True)
    top = 62.0
    if board.votes["programmes"]:
        top = _money(page, board, words, top)
    groups = [(words(f"office.{title}"), [figure for figure, _ in told]) for title, told in board.figures(words)]
    if board.works:
        told = work_figures(board.works, board.office, board.year, words)
        groups.append((words("office.work_projects"), [figure for figure, _ in told]))
    for title, figures in groups:
        top = _cards(page, title, figures, top)
    middle = _MARGIN + (WIDTH - 2 * _MARGIN) * _LEFT
    if board.works:
        heads = [words(f"office.{name}") for name in ("state", "projects", "amount")]
        rows = [
            (name, numbers.count(count), numbers.money(amount))
            for _, name, count, amount in state_rows(board.works.states, words)
        ]
        _table(page, (words("office.by_state"), heads), rows, (_MARGIN, top, middle - 4 * _GAP), words)
    if board.mukims:
        heads = [words(f"office.{name}") for name in ("mukim", "poor", "tegar", "aided", "share")]
        mukims = [_mukim(row, words) for row in board.mukims]
        _table(page, (words("office.by_mukim"), heads), mukims, (middle, top, WIDTH - _MARGIN), words)
    page.wrap(_MARGIN, _BOTTOM + 16, words("office.how"), WIDTH - 2 * _MARGIN, 8, quiet=True)
    nowhere = (0.0, 0.0, 0.0, 0.0)
    return Sheet(WIDTH, HEIGHT, nowhere, (), (), tuple(page.shapes), tuple(page.texts), tuple(page.lines))


def _places(count: int) -> list[tuple[float, float]]:
    width = (WIDTH - 2 * _MARGIN - _GAP * (count - 1)) / count
    return [(left, left + width) for left in (_MARGIN + place * (width + _GAP) for place in range(count))]


def _money(page: Panels, board: OfficeBoard, words: Words, top: float) -> float:
    told = board.money(words)
    for (left, right), (name, value) in zip(_places(len(told)), told, strict=True):
        page.box((left, top, right, top + 48))
        page.write(left + 8, top + 15, name, 8.5, quiet=True, bold=True)
        page.write(left + 8, top + 36, value, 13, bold=True)
    return page.wrap(_MARGIN, top + 60, board.money_note(words), WIDTH - 2 * _MARGIN, 8, quiet=True) + 8


def _cards(page: Panels, title: str, figures: Sequence[Figure], top: float) -> float:
    page.write(_MARGIN, top + 10, title, 12, bold=True)
    top += 16
    for (left, right), figure in zip(_places(_CARDS), figures, strict=False):
        page.box((left, top, right, top + _CARD))
        y = page.wrap(left + 8, top + 14, figure.name, right - left - 16, 8.5, quiet=True)
        page.write(left + 8, y + 14, f"{figure.value} {figure.unit}".strip(), 15, bold=True)
        page.wrap(left + 8, y + 28, figure.note, right - left - 16, 7.5, quiet=True)
    return top + _CARD + 8


def _table(
    page: Panels,
    head: tuple[str, Sequence[str]],
    rows: Sequence[Sequence[str]],
    place: tuple[float, float, float],
    words: Words,
) -> None:
    """A table, as many rows as the sheet holds; of the others it says how many there are."""
    (title, heads), (left, top, right) = head, place
    page.write(left, top + 10, title, 12, bold=True)
    step = (right - left) * 0.6 / max(1, len(heads) - 1)
    edges = [right - step * (len(heads) - 2 - number) for number in range(len(heads) - 1)]
    most = int((_BOTTOM - top - 46) / _ROW)
    shown = rows if len(rows) <= most else rows[: most - 1]
    for number, row in enumerate((heads, *shown)):
        y = top + 28 + number * _ROW
        page.write(left, y, row[0], 9, bold=not number)
        for edge, cell in zip(edges, row[1:], strict=True):
            page.end(edge, y, cell, 9, bold=not number)
    if len(shown) < len(rows):
        told = words("board.shown_of", n=len(shown), total=len(rows))
        page.write(left, top + 28 + (len(shown) + 1) * _ROW, told, 8, quiet=True)


def _mukim(row: OfficeMukimRow, words: Words) -> tuple[str, ...]:
    name = row["mukim_name"] or words("office.no_mukim", district=row["district_name"])
    share = numbers.share(row["aided"] / row["poor"]) if row["poor"] else numbers.MISSING
    return (name, numbers.count(row["poor"]), numbers.count(row["tegar"]), numbers.count(row["aided"]), share)
