"""A board on paper: all of it on one sheet of A3, as a picture in lines and as the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.indicator_words import name_of, source_of, written, written_beside_goal
from dashboard.pages.boards import drawing
from dashboard.pages.boards.changes import change_texts
from dashboard.pages.boards.parts import change_text, is_told, place_text, short_name
from layers import numbers
from layers.drawn import Sheet, Text
from layers.footnote import footnote
from layers.lights import INK, light_shape
from layers.panels import LETTER, Panels, lines_of
from layers.sheet import map_part
from poverty.months import month_before

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dashboard.pages.boards.ranking import Ranked
    from dashboard.pages.boards.reading import BoardFigures, Told
    from layers.drawn import Frame, Place, Polygon
    from words import Words

WIDTH, HEIGHT = 1190.55, 841.89
"""A3 lying, in points."""
_MARGIN, _GAP = 28.0, 10.0
_NUMBERS: Final = (62.0, 196.0)
_MIDDLE: Final = (206.0, 640.0)
_BELOW: Final = (650.0, 790.0)
_ROW: Final = 21.0
_COLUMNS: Final = 8


def board_sheet(figures: BoardFigures, home: Path, words: Words, *, title: str) -> Sheet:
    """The sheet of a board."""
    page = Panels()
    page.write(_MARGIN, 48, title, 20, bold=True)
    page.end(WIDTH - _MARGIN, 48, numbers.month(figures.month, words), 14, bold=True)
    _numbers(page, figures, words)
    whole = figures.board.level == "country"
    columns = _columns((1.15, 1.0, 0.8) if whole else (0.9, 1.3, 0.9))
    frame = (columns[0][0] + 8, _MIDDLE[0] + 24, columns[0][1] - 8, _MIDDLE[1] - 46)
    for left, right in columns:
        page.box((left, _MIDDLE[0], right, _MIDDLE[1]))
    page.write(columns[0][0] + 8, _MIDDLE[0] + 16, name_of(figures.chosen, words), 10, bold=True)
    below = (_MARGIN, _BELOW[0], WIDTH - _MARGIN, _BELOW[1])
    page.box(below)
    if whole:
        _ranking(page, figures, words, columns[1])
        _changes(page, figures, words, (columns[2][0], _MIDDLE[0], columns[2][1], _MIDDLE[1]))
        _courses(page, figures, words)
    else:
        _lights(page, figures, words, columns[1])
        _ranking(page, figures, words, columns[2])
        _changes(page, figures, words, below)
    y = _BELOW[1] + 16
    page.wrap(
        _MARGIN, y, " · ".join(footnote(drawing.source_of(figures, words), words)), WIDTH - 2 * _MARGIN, 8, quiet=True
    )
    shapes = drawing.inside_shapes(figures, home)
    if shapes is None:
        return Sheet(WIDTH, HEIGHT, frame, (), (), tuple(page.shapes), tuple(page.texts), tuple(page.lines))
    part = map_part(drawing.layer_of(figures, words), shapes, words, frame, footed=False)
    return Sheet(
        WIDTH,
        HEIGHT,
        frame,
        part.map,
        part.names,
        (*part.legend, *_beside(page.shapes, frame)),
        (*part.texts, *page.texts),
        tuple(page.lines),
    )


def _beside(shapes: Sequence[Polygon], frame: Frame) -> list[Polygon]:
    """Shapes that do not lie over the map: a panel around it is left out."""
    left, top, right, bottom = frame

    def covers(shape: Polygon) -> bool:
        (x0, y0), (x1, y1) = shape.rings[0][0], shape.rings[0][len(shape.rings[0]) // 2]
        return x0 <= left and y0 <= top and x1 >= right and y1 >= bottom

    return [shape for shape in shapes if not covers(shape)]


def _columns(shares: Sequence[float]) -> list[tuple[float, float]]:
    room = WIDTH - 2 * _MARGIN - _GAP * (len(shares) - 1)
    found, left = [], _MARGIN
    for share in shares:
        width = room * share / sum(shares)
        found.append((left, left + width))
        left += width + _GAP
    return found


def _numbers(page: Panels, figures: BoardFigures, words: Words) -> None:
    for (left, right), one in zip(_columns((1,) * len(figures.numbers)), figures.numbers, strict=True):
        page.box((left, _NUMBERS[0], right, _NUMBERS[1]))
        _number(page, one, words, left + 8, right - 8)


def _number(page: Panels, one: Told, words: Words, left: float, right: float) -> None:
    item, top = one.now, _NUMBERS[0]
    for place, line in enumerate(lines_of(name_of(item.indicator, words), int((right - left) / (8 * LETTER)))[:2]):
        page.write(left, top + 14 + place * 10, line, 8, quiet=True, bold=True)
    value = words("kpi.hidden_short") if item.actual is None else written_beside_goal(item.actual, item, words)
    page.write(left, top + 46, value, 18, bold=True)
    if item.light:
        page.shapes.append(light_shape(item.light, (left, top + 54), 8))
        page.texts.append(Text((left + 13, top + 62), words(f"light.{item.light}"), 9, INK[item.light], bold=True))
    if item.goal:
        target = written_beside_goal(item.goal.target, item, words)
        told = words("board.target", target=target, due=numbers.day(item.goal.due_on))
        page.write(left, top + 75, told, 8, quiet=True)
    target_line = float(item.goal.target) if item.goal else None
    page.course(one.course, (left, top + 80, right, top + 106), drawing.colour_of(item.indicator), target_line)
    known = [value for _, value in one.course if value is not None]
    if len(known) > 1:
        unit = item.indicator.unit
        page.write(left, top + 115, written(known[0], unit, words, beside=known[-1:]), 7, quiet=True)
        page.end(right, top + 115, written(known[-1], unit, words, beside=known[:1]), 7)
    source = f"{source_of(item.indicator, words)} · {numbers.day(item.on)}"
    page.wrap(left, top + 124, source, right - left, 6.5, quiet=True)


def _ranking(page: Panels, figures: BoardFigures, words: Words, column: tuple[float, float]) -> None:
    left, right = column[0] + 8, column[1] - 8
    y = (
        page.wrap(left, _MIDDLE[0] + 16, words("board.ranks", name=name_of(figures.chosen, words)), right - left, 10)
        + 4
    )
    heads = (words("board.value"), words("board.in_year"), words("board.places"))
    edges = [right - (right - left) * share for share in (0.42, 0.2, 0.0)]
    for edge, head in zip(edges, heads, strict=True):
        page.end(edge, y, head, 9)
    for name, rows in (("worst", figures.ranking.worst), ("best", figures.ranking.best)):
        if rows:
            y += _ROW
            page.write(left, y, words(f"board.{name}", n=len(rows)), 11, bold=True)
        for row in rows:
            y += _ROW
            _ranked(page, row, figures, words, place=(left, y), edges=edges)
    order = "nilai" if figures.ranking.by_value else "perubahan"
    page.wrap(left, y + _ROW + 4, words(f"board.order_{order}"), right - left, 8, quiet=True)


def _ranked(
    page: Panels, row: Ranked, figures: BoardFigures, words: Words, *, place: Place, edges: Sequence[float]
) -> None:
    x, y = place
    page.write(x, y, str(row.place), 10)
    page.write(x + 28, y, row.name, 10)
    cells = (
        written(row.value, figures.chosen.unit, words),
        change_text(row.change, figures.chosen, words),
        place_text(row.up, words),
    )
    for edge, cell in zip(edges, cells, strict=True):
        page.end(edge, y, cell, 10)


def _changes(page: Panels, figures: BoardFigures, words: Words, frame: Frame) -> None:
    left, top, right, bottom = frame
    before = numbers.month(month_before(figures.month, 1), words)
    page.write(left + 8, top + 16, words("board.changes", since=before), 10, bold=True)
    size = 11.0 if figures.board.level == "country" else 9.0
    y = top + 34
    for told in change_texts(figures, words) or [words("board.nothing_changed")]:
        if y > bottom - 8:
            break
        y = page.wrap(left + 8, y, told, right - left - 16, size) + 3


def _courses(page: Panels, figures: BoardFigures, words: Words) -> None:
    chosen = figures.chosen
    page.write(_MARGIN + 8, _BELOW[0] + 14, words("board.courses", name=name_of(chosen, words)), 10, bold=True)
    columns = _columns((1,) * _COLUMNS)
    for place, one in enumerate(figures.inside):
        left, right = (edge + shift for edge, shift in zip(columns[place % _COLUMNS], (8, -8), strict=True))
        top = _BELOW[0] + 24 + place // _COLUMNS * 56
        if top + 50 > _BELOW[1]:
            return
        value = one.now[chosen.indicator_code].actual
        page.write(left, top + 9, one.name, 8)
        told = words("kpi.hidden_short") if value is None else written(value, chosen.unit, words)
        page.end(right, top + 9, told, 8)
        page.course(one.course, (left, top + 13, right, top + 44), drawing.colour_of(chosen))


def _lights(page: Panels, figures: BoardFigures, words: Words, column: tuple[float, float]) -> None:
    """The table of lights, as many areas as the sheet holds; of the others it says how many there are."""
    left, right = column[0] + 8, column[1] - 8
    page.write(left, _MIDDLE[0] + 16, words("board.lights"), 10, bold=True)
    shown = [
        one.now.indicator
        for one in figures.numbers
        if any(is_told(area.now[one.now.indicator.indicator_code]) for area in figures.inside)
    ]
    step = (right - left) * 0.74 / max(1, len(shown))
    first = left + (right - left) * 0.26
    for place, item in enumerate(shown):
        page.wrap(first + place * step, _MIDDLE[0] + 32, short_name(item, words), step - 4, 7.5, quiet=True)
    room = _MIDDLE[1] - _MIDDLE[0] - 76
    row = min(24.0, max(13.0, room / max(1, len(figures.inside))))
    most = int(room / row)
    y = _MIDDLE[0] + 62
    for area in figures.inside[:most]:
        page.write(left, y, area.name, 8)
        for place, item in enumerate(shown):
            found = area.now[item.indicator_code]
            x = first + place * step
            if found.light and found.actual is not None:
                page.shapes.append(light_shape(found.light, (x, y - 6.5), 6.5))
            if found.actual is not None:
                page.write(x + 10, y, written(found.actual, item.unit, words), 8)
            else:
                told = numbers.MISSING if found.missing == "tiada_data" else words("kpi.hidden_short")
                page.write(x, y, told, 6.5, quiet=True)
        y += row
    if len(figures.inside) > most:
        page.write(left, y, words("board.shown_of", n=most, total=len(figures.inside)), 8, quiet=True)
