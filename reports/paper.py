"""Printed pages as PDF: A4 sheets with one head and foot, the product's type and plain tables."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from reportlab.platypus import Flowable

    from layers.numbers import Words

SANS, BOLD = "eKasih", "eKasih-Bold"
INK, QUIET, LINE, TINT = (HexColor(code) for code in ("#1b2430", "#5a6572", "#b9c1cb", "#eef1f5"))
MARGIN: Final = 18 * mm
WIDTH: Final = A4[0] - 2 * MARGIN
WIDE: Final = A4[1] - 2 * MARGIN
"""The widths between the margins of a sheet that stands and of one that lies, in points."""
_HEAD, _HEAD_LYING, _FOOT = 26 * mm, 20 * mm, 20 * mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on every page: the title, what it is of, where it comes from and when it was printed.

    ``source`` is empty for a blank form; ``sample`` says that what is printed is made-up data;
    ``lies`` that the sheet is wider than high.
    """

    title: str
    printed: datetime
    words: Words
    subtitle: str = ""
    source: str = ""
    language: str = "ms"
    sample: bool = False
    lies: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet, in points."""
        width, height = landscape(A4) if self.lies else A4
        return float(width), float(height)


@cache
def style(name: str) -> ParagraphStyle:
    """A style of text, by its name in ``_STYLES``."""
    size, leading, font, colour, before, after = _STYLES[name]
    load_type()
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=leading, textColor=colour, spaceBefore=before, spaceAfter=after
    )


_STYLES: Final = {
    "title": (15, 19, BOLD, INK, 0, 4),
    "heading": (11, 14, BOLD, INK, 9, 4),
    "text": (9.5, 13, SANS, INK, 0, 3),
    "small": (8, 10.5, SANS, QUIET, 0, 2),
    "code": (7.5, 9.5, SANS, INK, 0, 1.5),
    "small-head": (7.5, 9, BOLD, INK, 0, 0),
    "tiny": (6.5, 8, SANS, QUIET, 0, 0),
    "cell": (8.5, 11, SANS, INK, 0, 0),
    "cell-head": (8.5, 11, BOLD, INK, 0, 0),
}


def text(words: str, name: str = "text") -> Paragraph:
    """A paragraph of plain text; nothing in it is read as markup."""
    return Paragraph(escape(words), style(name))


def both(first: str, second: str, name: str = "cell") -> list[Flowable]:
    """A text in two languages, the second small beneath the first; once where they are the same."""
    return [text(first, name), *([text(second, "tiny")] if second != first else [])]


def gap(height_mm: float) -> Spacer:
    """Empty room of a height in millimetres."""
    return Spacer(1, height_mm * mm)


def table(
    rows: Sequence[Sequence[str | Flowable | list[Flowable]]],
    shares: Sequence[float],
    *,
    head: bool = True,
    width: float = WIDTH,
    row_mm: float | None = None,
) -> Table:
    """A ruled table over the whole width; ``shares`` divides it, the first row repeats on every page as the head.

    ``row_mm`` is how high each row under the head is, for a hand to write in; else as high as what it holds.
    """
    total = sum(shares)
    cells = [
        [text(cell, "cell-head" if head and not number else "cell") if isinstance(cell, str) else cell for cell in row]
        for number, row in enumerate(rows)
    ]
    heights = None if row_mm is None else [None if head and not at else row_mm * mm for at in range(len(cells))]
    made = Table(
        cells,
        colWidths=[width * share / total for share in shares],
        rowHeights=heights,
        repeatRows=1 if head else 0,
    )
    rules: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    if head:
        rules.append(("BACKGROUND", (0, 0), (-1, 0), TINT))
    made.setStyle(TableStyle(rules))
    return made


def facts(pairs: Sequence[tuple[str, str]]) -> Table:
    """Names and values in two columns, ruled between the rows only."""
    cells = [[text(name, "small"), text(value, "text")] for name, value in pairs]
    made = Table(cells, colWidths=[WIDTH * 0.32, WIDTH * 0.68])
    made.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return made


def pdf(sheet: Sheet, story: Sequence[Flowable]) -> bytes:
    """The document: ``story`` flowed onto as many pages as it takes, each with head, foot and "page n of N"."""
    load_type()
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=sheet.size,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=_HEAD_LYING if sheet.lies else _HEAD,
        bottomMargin=_FOOT,
        title=f"{sheet.title} · eKasih",
        author="eKasih",
        lang=sheet.language,
    )
    document.build(list(story), canvasmaker=_canvas_of(sheet))
    return file.getvalue()


def _canvas_of(sheet: Sheet) -> type[Canvas]:
    class Numbered(Canvas):  # type: ignore[misc]
        """Keeps its pages until their number is known."""

        def __init__(self, *args: object, **settings: object) -> None:
            super().__init__(*args, **settings)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - the library's name
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._kept, start=1):
                self.__dict__.update(page)
                _frame(self, sheet, number, len(self._kept))
                super().showPage()
            super().save()

    return Numbered


def _frame(canvas: Canvas, sheet: Sheet, page: int, pages: int) -> None:
    """The head with title and name of the register, and the foot with source, date and page."""
    width, height = sheet.size
    top, right = height - 13 * mm, width - MARGIN
    canvas.saveState()
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 9)
    canvas.drawString(MARGIN, top, f"eKasih · {sheet.title}")
    canvas.setFont(SANS, 8)
    canvas.setFillColor(QUIET)
    canvas.drawRightString(right, top, sheet.subtitle)
    if sheet.sample:
        canvas.drawRightString(right, top - 10, sheet.words("paper.sample"))
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, top - 14, right, top - 14)
    canvas.line(MARGIN, 15 * mm, right, 15 * mm)
    here = sheet.printed.astimezone(numbers.MALAYSIA)
    printed = sheet.words("paper.printed", date=numbers.day(here), time=f"{here:%H:%M}")
    canvas.drawString(MARGIN, 11 * mm, " · ".join(part for part in (sheet.source, printed) if part))
    canvas.drawRightString(right, 11 * mm, sheet.words("paper.page", page=page, pages=pages))
    canvas.restoreState()


@cache
def load_type() -> None:
    """Make the type known: it comes with the library and has every letter of the languages that are printed."""
    pdfmetrics.registerFont(TTFont(SANS, "Vera.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, "VeraBd.ttf"))
    pdfmetrics.registerFontFamily(SANS, normal=SANS, bold=BOLD, italic=SANS, boldItalic=BOLD)
