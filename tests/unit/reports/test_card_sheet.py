"""A printed card says who, which record and how long, and nothing of status or income."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import segno
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from reports import card_sheet
from reports.card_sheet import CardFace, back_lines, code_of, front_lines, sheets, slip_lines, wrapped
from reports.paper import SANS, load_type
from words import LANGUAGES, words_of

FACE = CardFace(
    number="EK00000001",
    name="Nur Contoh binti Rekaan",
    id_no="######-##-5566",
    file_no="CT000001",
    issued_on=date(2026, 11, 23),
    valid_until=date(2028, 11, 22),
    office="Kinta, Perak",
    address="https://ekasih.example/k/AAAAAAAAAAAAAAAAAAAAAA",
)
NEVER = ("tegar", "miskin", "terkeluar", "poor", "status", "pendapatan", "income", "rm", "pgk")


def drawn(monkeypatch: pytest.MonkeyPatch, language: str) -> list[str]:
    """Every text that is put on the sheet."""
    said: list[str] = []
    for name in ("drawString", "drawRightString"):
        real = getattr(Canvas, name)

        def keep(canvas: Canvas, x: float, y: float, text: str, real: object = real) -> None:
            said.append(text)
            real(canvas, x, y, text)  # type: ignore[operator]

        monkeypatch.setattr(Canvas, name, keep)
    sheets([FACE], words_of(language), language=language)
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_a_card_speaks_of_status_or_income(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    words = set(" ".join(drawn(monkeypatch, language)).lower().replace(".", " ").split())
    assert words.isdisjoint(NEVER)
    assert {"nur", "contoh", "######-##-5566", "ct000001", "ek00000001", "23/11/2026", "22/11/2028"} <= words


def test_the_code_of_a_household_is_on_a_slip_of_its_own_and_not_on_the_card(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any("7K3F" in text for text in drawn(monkeypatch, "ms"))
    face = replace(FACE, check_code="7K3F-Q2XD-9M4T", check_at="https://ekasih.example/awam/kod")
    said = " ".join(slip_lines(face, words_of("ms")))
    assert face.name in said
    assert face.check_at in said
    assert face.id_no not in said
    assert sheets([face] * 7, words_of("ms")).count(b"/Type /Page\n") == 3, "two of cards and one of slips"


def test_a_card_holds_only_what_its_face_names() -> None:
    values = [value for _label, value in front_lines(FACE, words_of("ms"))]
    assert values == [FACE.name, FACE.id_no, FACE.file_no, FACE.number, "23/11/2026", "22/11/2028"]
    assert not any(FACE.address in line for line in back_lines(FACE, words_of("ms")))


def test_the_code_is_the_address_and_nothing_else() -> None:
    assert code_of(FACE.address) == segno.make(FACE.address, error="q", micro=False)
    assert code_of(FACE.address) != code_of(FACE.address + "x")
    assert code_of(FACE.address).error == "Q"


def test_the_code_is_drawn_module_by_module(monkeypatch: pytest.MonkeyPatch) -> None:
    squares: list[object] = []
    real = Canvas.beginPath

    def begin(canvas: Canvas) -> object:
        path = real(canvas)
        rect = path.rect
        path.rect = lambda *box: (squares.append(box), rect(*box))
        return path

    monkeypatch.setattr(Canvas, "beginPath", begin)
    sheets([FACE], words_of("ms"))
    assert len(squares) == sum(bool(dark) for row in code_of(FACE.address).matrix for dark in row)


def test_cards_have_the_format_of_a_bank_card_five_to_a_sheet() -> None:
    assert (85.6 * mm, 54 * mm) == (card_sheet.WIDTH, card_sheet.HEIGHT)
    faces = [replace(FACE, number=f"EK{number:08}") for number in range(6)]
    assert sheets(faces[:5], words_of("ms")).count(b"/Type /Page\n") == 1
    assert sheets(faces, words_of("ms")).count(b"/Type /Page\n") == 2


def test_a_long_name_stays_on_the_card() -> None:
    load_type()
    lines = wrapped("Nur " * 20 + "A" * 90, width=100, size=8)
    assert all(stringWidth(line, SANS, 8) <= 100 for line in lines)
    assert "".join(wrapped("A" * 40, width=60, size=8)) == "A" * 40
