"""Identity cards as a PDF: ID-1 fronts with their backs beside them, five to an A4 sheet, to be cut and folded."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from layers import numbers
from reports.paper import BOLD, INK, LINE, QUIET, SANS, load_type

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from layers.numbers import Words

WIDTH, HEIGHT = 85.6 * mm, 54 * mm
"""A card of format ID-1 (ISO/IEC 7810), in points."""
A_SHEET: Final = 5
_LEFT: Final = (A4[0] - 2 * WIDTH) / 2
_TOP: Final = A4[1] - (A4[1] - A_SHEET * HEIGHT) / 2
_PAD: Final = 5 * mm
_SLIPS: Final = 7
_SLIP_HEIGHT: Final = 38 * mm
_CODE: Final = 28 * mm
_BAND: Final = HexColor("#0b4f6c")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace:
    """All that stands on a card; ``id_no`` is masked already, ``address`` is what the code says."""

    number: str
    name: str
    id_no: str
    file_no: str
    issued_on: date
    valid_until: date
    office: str
    address: str
    check_code: str = ""
    check_at: str = ""
    sample: bool = False


def sheets(faces: Sequence[CardFace], words: Words, *, language: str = "ms") -> bytes:
    """The PDF with every card: front on the left, back on the right, a dashed line to fold and to cut along.

    After the cards come the slips with the codes that answer for their households (kod semakan), to be handed over
    apart from the card.
    """
    load_type()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, lang=language)
    canvas.setTitle(f"{words('card.sheet')} · eKasih")
    canvas.setAuthor("eKasih")
    for index, face in enumerate(faces):
        row = index % A_SHEET
        if index and row == 0:
            canvas.showPage()
        canvas.saveState()
        canvas.translate(_LEFT, _TOP - (row + 1) * HEIGHT)
        _front(canvas, face, words)
        canvas.translate(WIDTH, 0)
        _back(canvas, face, words)
        canvas.restoreState()
    for index, face in enumerate(one for one in faces if one.check_code):
        row = index % _SLIPS
        if row == 0:
            canvas.showPage()
        canvas.saveState()
        canvas.translate(_LEFT, A4[1] - (A4[1] - _SLIPS * _SLIP_HEIGHT) / 2 - (row + 1) * _SLIP_HEIGHT)
        _slip(canvas, face, words)
        canvas.restoreState()
    canvas.save()
    return file.getvalue()


def slip_lines(face: CardFace, words: Words) -> list[str]:
    """What stands on the slip that goes with a card, beside the code."""
    lines = [words("card.slip", name=face.name), words("card.slip_how", address=face.check_at), words("card.slip_keep")]
    return [*lines, words("paper.sample")] if face.sample else lines


def front_lines(face: CardFace, words: Words) -> list[tuple[str, str]]:
    """What stands on the front: labels and values."""
    return [
        (words("card.name"), face.name),
        (words("card.id_no"), face.id_no),
        (words("card.file_no"), face.file_no),
        (words("card.number"), face.number),
        (words("card.issued_on"), numbers.day(face.issued_on)),
        (words("card.valid_until"), numbers.day(face.valid_until)),
    ]


def back_lines(face: CardFace, words: Words) -> list[str]:
    """What stands beside the code on the back."""
    lines = [words("card.scan"), words("card.office", office=face.office), words("card.lost"), face.number]
    return [*lines, words("paper.sample")] if face.sample else lines


def code_of(address: str) -> segno.QRCode:
    """The code of an address, with room for a quarter of it to be worn away."""
    return segno.make(address, error="q", micro=False)


def wrapped(text: str, *, width: float, size: float, font: str = SANS, most: int = 6) -> list[str]:
    """The text in lines of at most ``width`` points; a word that is wider than a line is broken."""
    lines = [""]
    for word in text.split():
        rest = word
        while rest:
            room = next((n for n in range(len(rest), 0, -1) if stringWidth(rest[:n], font, size) <= width), 1)
            tried = f"{lines[-1]} {rest}".strip() if room == len(rest) else rest[:room]
            if lines[-1] and (room < len(rest) or stringWidth(tried, font, size) > width):
                lines.append(rest[:room])
            else:
                lines[-1] = tried
            rest = rest[room:]
    return lines[:most]


def _frame(canvas: Canvas) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.4)
    canvas.setDash(2, 2)
    canvas.rect(0, 0, WIDTH, HEIGHT)
    canvas.setDash()


def _front(canvas: Canvas, face: CardFace, words: Words) -> None:
    _frame(canvas)
    canvas.setFillColor(_BAND)
    canvas.rect(0, HEIGHT - 11 * mm, WIDTH, 11 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.setFont(BOLD, 12)
    canvas.drawString(_PAD, HEIGHT - 7.5 * mm, "eKasih")
    canvas.setFont(SANS, 7.5)
    canvas.drawRightString(WIDTH - _PAD, HEIGHT - 7.2 * mm, words("card.title"))
    name, *rest = front_lines(face, words)
    y = HEIGHT - 15.5 * mm
    _label(canvas, _PAD, y, name[0])
    for line in wrapped(name[1], width=WIDTH - 2 * _PAD, size=10, font=BOLD, most=2):
        y -= 4 * mm
        _value(canvas, _PAD, y, line, bold=10)
    for index, (label, value) in enumerate(rest):
        left = _PAD + (index % 2) * (WIDTH - 2 * _PAD) / 2
        down = 32 * mm + (index // 2) * 7.3 * mm
        _label(canvas, left, HEIGHT - down, label)
        _value(canvas, left, HEIGHT - down - 3.4 * mm, value)


def _slip(canvas: Canvas, face: CardFace, words: Words) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.4)
    canvas.setDash(2, 2)
    canvas.rect(0, 0, 2 * WIDTH, _SLIP_HEIGHT)
    canvas.setDash()
    y = _SLIP_HEIGHT - 7 * mm
    _label(canvas, _PAD, y, words("inquiry.code"))
    _value(canvas, _PAD, y - 6 * mm, face.check_code, bold=15)
    _label(canvas, _PAD, y - 12 * mm, f"{words('card.number')}: {face.number}")
    left = 72 * mm
    for text in slip_lines(face, words):
        canvas.setFillColor(INK)
        canvas.setFont(SANS, 7.5)
        for line in wrapped(text, width=2 * WIDTH - left - _PAD, size=7.5):
            canvas.drawString(left, y, line)
            y -= 3.4 * mm
        y -= 1.2 * mm


def _back(canvas: Canvas, face: CardFace, words: Words) -> None:
    _frame(canvas)
    _code(canvas, face.address, left=_PAD, bottom=(HEIGHT - _CODE) / 2)
    left = 2 * _PAD + _CODE
    y = HEIGHT - 12 * mm
    for text in back_lines(face, words):
        canvas.setFillColor(INK)
        canvas.setFont(SANS, 7)
        for line in wrapped(text, width=WIDTH - left - _PAD, size=7):
            canvas.drawString(left, y, line)
            y -= 3.2 * mm
        y -= 1.6 * mm


def _code(canvas: Canvas, address: str, *, left: float, bottom: float) -> None:
    """The code as filled squares, which stay sharp at any printer."""
    rows = list(code_of(address).matrix_iter(border=0))
    side = _CODE / len(rows)
    path = canvas.beginPath()
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                path.rect(left + across * side, bottom + _CODE - (down + 1) * side, side, side)
    canvas.setFillColor(HexColor("#000000"))
    canvas.drawPath(path, stroke=0, fill=1)


def _label(canvas: Canvas, left: float, y: float, text: str) -> None:
    canvas.setFillColor(QUIET)
    canvas.setFont(SANS, 6)
    canvas.drawString(left, y, text)


def _value(canvas: Canvas, left: float, y: float, text: str, *, bold: float = 0) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(BOLD if bold else SANS, bold or 8)
    canvas.drawString(left, y, text)
