"""The map as PDF: the sheet itself at A4 or A3, and after it the figures of all areas."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfgen.canvas import Canvas

from layers.palettes import TOKENS
from reports.paper import BOLD, SANS, load_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.drawn import Line, Place, Polygon, Sheet, Text

SIZES: Final = {"a4": landscape(A4), "a3": landscape(A3)}
"""Width and height in points."""
_MARGIN, _ROW = 40.0, 15.0
_LEFT = 2
_FILL, _OUTLINE = 0, 1


def map_pdf(
    drawn: Sheet, *, title: str, head: Sequence[str], rows: Sequence[Sequence[str]], foot: str, language: str
) -> bytes:
    """The PDF: the sheet, and pages of its table; ``foot`` stands below each of those."""
    load_type()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(drawn.width, drawn.height), lang=language)
    canvas.setTitle(f"{title} · eKasih")
    canvas.setAuthor("eKasih")
    _draw(canvas, drawn)
    canvas.showPage()
    _table(canvas, drawn, rows, title=title, head=head, foot=foot)
    canvas.save()
    return file.getvalue()


def sheet_pdf(drawn: Sheet, *, title: str, language: str) -> bytes:
    """The PDF of one sheet alone."""
    load_type()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(drawn.width, drawn.height), lang=language)
    canvas.setTitle(f"{title} · eKasih")
    canvas.setAuthor("eKasih")
    _draw(canvas, drawn)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, drawn: Sheet) -> None:
    left, top, right, bottom = drawn.frame
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(left, drawn.height - bottom, right - left, bottom - top)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.setFillColor(HexColor(TOKENS["map-ground"]))
    canvas.rect(left, drawn.height - bottom, right - left, bottom - top, stroke=0, fill=1)
    for polygon in drawn.map:
        _polygon(canvas, polygon, drawn.height)
    for text in drawn.names:
        _text(canvas, text, drawn.height)
    canvas.restoreState()
    canvas.setStrokeColor(HexColor(TOKENS["line-strong"]))
    canvas.rect(left, drawn.height - bottom, right - left, bottom - top, stroke=1, fill=0)
    for polygon in drawn.legend:
        _polygon(canvas, polygon, drawn.height)
    for line in drawn.lines:
        _line(canvas, line, drawn.height)
    for text in drawn.texts:
        _text(canvas, text, drawn.height)


def _polygon(canvas: Canvas, polygon: Polygon, height: float) -> None:
    path = _path(canvas, polygon, height)
    canvas.setLineWidth(polygon.weight)
    canvas.setStrokeColor(HexColor(polygon.edge))
    canvas.setFillColor(HexColor(polygon.fill))
    canvas.drawPath(path, stroke=1, fill=1, fillMode=0)
    if polygon.hatch:
        canvas.saveState()
        canvas.clipPath(path, stroke=0, fill=0, fillMode=0)
        _hatch(canvas, polygon, height)
        canvas.restoreState()


def _line(canvas: Canvas, line: Line, height: float) -> None:
    path = canvas.beginPath()
    path.moveTo(*_place(line.places[0], height))
    for place in line.places[1:]:
        path.lineTo(*_place(place, height))
    canvas.setLineWidth(line.weight)
    canvas.setStrokeColor(HexColor(line.colour))
    canvas.setDash(*([3, 3] if line.dashed else []))
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash()


def _path(canvas: Canvas, polygon: Polygon, height: float) -> Any:
    path = canvas.beginPath()
    for ring in polygon.rings:
        path.moveTo(*_place(ring[0], height))
        for place in ring[1:]:
            path.lineTo(*_place(place, height))
        path.close()
    return path


def _place(place: Place, height: float) -> Place:
    return place[0], height - place[1]


def _hatch(canvas: Canvas, polygon: Polygon, height: float) -> None:
    xs = [x for x, _ in polygon.rings[0]]
    ys = [height - y for _, y in polygon.rings[0]]
    tall = max(ys) - min(ys)
    canvas.setStrokeColor(HexColor(polygon.hatch))
    canvas.setLineWidth(0.8)
    start = min(xs) - tall
    while start < max(xs):
        canvas.line(start, min(ys), start + tall, max(ys))
        start += 4


def _text(canvas: Canvas, text: Text, height: float) -> None:
    x, y = _place(text.place, height)
    font = BOLD if text.bold else SANS
    if text.centred:
        x -= canvas.stringWidth(text.words, font, text.size) / 2
    canvas.setFont(font, text.size)
    if text.halo:
        canvas.setStrokeColor(HexColor(text.halo))
        canvas.setLineWidth(2)
        canvas.drawString(x, y, text.words, mode=_OUTLINE)
    canvas.setFillColor(HexColor(text.colour))
    canvas.drawString(x, y, text.words, mode=_FILL)


def _table(
    canvas: Canvas, drawn: Sheet, rows: Sequence[Sequence[str]], *, title: str, head: Sequence[str], foot: str
) -> None:
    """The figures, as many rows on a page as it holds, with the head repeated; the first two columns begin at left."""
    on_page = int((drawn.height - 3 * _MARGIN) / _ROW) - 1
    edges = _columns(drawn.width, len(head))
    pages = [rows[start : start + on_page] for start in range(0, len(rows), on_page)] or [[]]
    for page in pages:
        y = drawn.height - _MARGIN
        _row(canvas, [title], [_MARGIN], y, (BOLD, 12))
        y -= 2 * _ROW
        _row(canvas, head, edges, y, (BOLD, 9))
        canvas.setStrokeColor(HexColor(TOKENS["line-strong"]))
        canvas.line(_MARGIN, y - 4, drawn.width - _MARGIN, y - 4)
        for row in page:
            y -= _ROW
            _row(canvas, row, edges, y, (SANS, 9))
        _row(canvas, [foot], [_MARGIN], _MARGIN / 2, (SANS, 7))
        canvas.showPage()


def _columns(width: float, count: int) -> list[float]:
    """Where the columns begin: rank, name, and the figures, which end where the next begins."""
    first, name = _MARGIN, _MARGIN + 36
    figures = name + (width - 2 * _MARGIN) * 0.34
    step = (width - _MARGIN - figures) / max(1, count - _LEFT)
    return [first, name, *(figures + step * (place + 1) for place in range(count - _LEFT))]


def _row(canvas: Canvas, cells: Sequence[str], edges: Sequence[float], y: float, type_: tuple[str, float]) -> None:
    canvas.setFillColor(HexColor(TOKENS["ink"]))
    canvas.setFont(*type_)
    for place, (cell, edge) in enumerate(zip(cells, edges, strict=False)):
        if place < _LEFT:
            canvas.drawString(edge, y, cell)
        else:
            canvas.drawRightString(edge, y, cell)
