"""The registration form on paper: blank, with the same numbers as on screen, to be printed and keyed in afterwards.

It lies, so that a member has one row that a hand can write in; Malay first, English small beneath. Answers that are
chosen are written as a code in a member's row, explained under the table, and ticked elsewhere.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from flask import Response
from reportlab.platypus import PageBreak

from dashboard.guards import requires
from dashboard.household.options import options_of
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.cases.queue import BLANK_PATH
from dashboard.pages.cases.shape import FORM, FormPart
from layers.numbers import MALAYSIA
from registry.principals import Permission
from reports import paper
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash import Dash
    from flask import Flask
    from reportlab.platypus import Flowable, Table

    from dashboard.deps import Deps
    from dashboard.household.parts import Field

MEMBERS: Final = 8
ROW_MM: Final = 10.5
"""How high a member's row is: what a hand writes in without a ruler."""
_AID_ROWS: Final = 5
_CHOSEN = {"choice", "yes_no", "sex", "strata"}
_SPACE = "\N{NO-BREAK SPACE}"
_BOX = f"[{_SPACE * 3}]{_SPACE}"
_MS, _EN = words_of("ms"), words_of("en")
_WIDTHS: Final = {
    "name": 5.0, "id_no": 4.0, "birth_date": 2.8, "relationship": 2.4, "marital_status": 2.5, "citizen": 2.6,
    "agency": 3, "programme": 4, "person_id": 3, "no_income": 2.1,
    "self_employment": 2.2,
}  # fmt: skip
"""How wide the columns are that need more room than a code does."""


def register(app: Dash, _deps: Deps) -> None:
    """Add the route of the blank form."""
    server: Flask = app.server

    @server.get(BLANK_PATH)
    @requires(Permission.READ_PERSONS)
    @limited(DOWNLOADS)
    def blank_form() -> Response:
        answer = Response(blank_pdf(printed=datetime.now(MALAYSIA)), mimetype="application/pdf")
        answer.headers["Content-Disposition"] = 'inline; filename="ekasih-borang-pendaftaran.pdf"'
        return answer


def blank_pdf(*, printed: datetime) -> bytes:
    """The blank form as a PDF, for whoever prints it: it is read by those who are asked."""
    sheet = paper.Sheet(
        title=f"{_MS('blank.title')} / {_EN('blank.title')}",
        subtitle=_MS("blank.number"),
        printed=printed,
        words=_MS,
        language="ms",
        lies=True,
    )
    return paper.pdf(sheet, [*_household(), PageBreak(), *_members(), PageBreak(), *_aid(), *_declared()])


def _said(key: str, name: str = "cell") -> list[Flowable]:
    return paper.both(_MS(key), _EN(key), name)


def _heading(*parts: FormPart) -> Flowable:
    titles = (f"{part.number}. {_MS(f'part.{part.name}')} / {_EN(f'part.{part.name}')}" for part in parts)
    return paper.text("   ·   ".join(titles), "heading")


def _household() -> list[Flowable]:
    """Who reports, where the household lives, in what, and what it owns: fields side by side, answers ticked."""
    channels = _ticks([_MS(f"case.channel_{name}") for name in ("officer", "paper", "representative")])
    story: list[Flowable] = [
        paper.text(f"{_MS('blank.title')} / {_EN('blank.title')}", "title"),
        *_said("blank.how", "small"),
        paper.table(
            [[_said("blank.district"), "", _said("blank.channel"), channels]],
            (1, 3, 1, 5),
            head=False,
            width=paper.WIDE,
        ),
    ]
    for part in FORM:
        if part.holds == "household":
            story += [_heading(part), *_boxes(part)]
    return story


def _boxes(part: FormPart) -> list[Flowable]:
    written = [field for field in part.fields if field.kind not in _CHOSEN and field.name != "address"]
    ticked = [field for field in part.fields if field.kind in _CHOSEN]
    if len(written) % 3 == 1 and ticked:  # one alone stands beside what is ticked
        ticked = [written.pop(), *ticked]
    made: list[Flowable] = [
        paper.table([[_label(part, field), ""]], (2.9, 13.6), head=False, width=paper.WIDE, row_mm=ROW_MM - 2)
        for field in part.fields
        if field.name == "address"
    ]
    for place in range(0, len(written), 3):
        cells: list[list[Flowable] | str] = []
        for field in written[place : place + 3]:
            cells += [_label(part, field), ""]
        cells += [""] * (6 - len(cells))
        made.append(paper.table([cells], (2.9, 2.6) * 3, head=False, width=paper.WIDE, row_mm=ROW_MM - 2))
    for place in range(0, len(ticked), 2):
        cells = []
        for field in ticked[place : place + 2]:
            cells += [
                _label(part, field),
                _ticks([answer for answer, _other in _answers(field)]),
            ]
        cells += [""] * (4 - len(cells))
        made.append(paper.table([cells], (2.2, 5.3) * 2, head=False, width=paper.WIDE))
    return made


def _members() -> list[Flowable]:
    """All that is asked of members, one member a row: who they are on a sheet, the rest on the next."""
    asked = [part for part in FORM if part.holds == "members"]
    return [
        _heading(asked[0]),
        members_table(asked[:1]),
        *_codes(asked[:1]),
        PageBreak(),
        _heading(*asked[1:]),
        *_said("blank.same_rows", "small"),
        members_table(asked[1:]),
        *_codes(asked[1:]),
    ]


def members_table(parts: Sequence[FormPart]) -> Table:
    """A row for each member, the head (KIR) first, a column for each question of ``parts``."""
    columns = [(part, field) for part in parts for field in part.fields]
    head = [paper.text(_MS("blank.row"), "cell-head"), *(_label(part, field) for part, field in columns)]
    rows: list[list[Flowable | str]] = [
        [paper.text(_MS("choice.kir") if number == 1 else str(number)), *([""] * len(columns))]
        for number in range(1, MEMBERS + 1)
    ]
    for place, (_part, field) in enumerate(columns, start=1):
        if field.name == "relationship":
            rows[0][place] = paper.text(_MS("choice.kir"))
    shares = [1.1, *(_WIDTHS.get(field.name, 2.0) for _part, field in columns)]
    return paper.table([head, *rows], shares, width=paper.WIDE, row_mm=ROW_MM)


def _codes(parts: Sequence[FormPart]) -> list[Flowable]:
    """What the codes of a table mean, question by question."""
    told = [paper.text(f"{_MS('blank.codes')} / {_EN('blank.codes')}", "cell-head")]
    for part in parts:
        for field in part.fields:
            if field.kind in _CHOSEN and _answers(field):
                answers = (
                    f"{code} {answer}" + (f" ({other})" if other != answer else "")
                    for code, (answer, other) in enumerate(_answers(field), start=1)
                )
                name = f"{part.question_number(field)} {_MS(f'field.{field.name}')}"
                told.append(paper.text(f"{name}:  " + f"{_SPACE * 2} ".join(map(_kept, answers)), "code"))
    return told


def _aid() -> list[Flowable]:
    story: list[Flowable] = []
    for part in FORM:
        if part.holds == "aid":
            head = [_label(part, field) for field in part.fields]
            rows = [[""] * len(head) for _ in range(_AID_ROWS)]
            shares = [_WIDTHS.get(field.name, 2.0) for field in part.fields]
            table = paper.table([head, *rows], shares, width=paper.WIDE, row_mm=ROW_MM)
            story += [_heading(part), table, *_codes([part])]
    return story


def _declared() -> list[Flowable]:
    signed = [_said(f"blank.{name}") for name in ("informant", "officer", "date")]
    return [
        paper.text(f"{_MS('blank.declared')} / {_EN('blank.declared')}", "heading"),
        *_said("blank.declaration", "text"),
        paper.gap(2),
        paper.table([signed, ["", "", ""]], (2, 2, 1), width=paper.WIDE, row_mm=18),
    ]


def _ticks(answers: Sequence[str]) -> str:
    return f"{_SPACE * 2} ".join(f"{_BOX}{_kept(answer)}" for answer in answers)


def _kept(text: str) -> str:
    """A text that is not broken over two lines."""
    return text.replace(" ", _SPACE)


def _label(part: FormPart, field: Field) -> list[Flowable]:
    unit = {"money": " (RM)", "date": f" ({_MS('form.date_hint')})", "tick": " (/)"}.get(field.kind, "")
    label = f"{part.question_number(field)} {_MS(f'field.{field.name}')}{unit}"
    return [paper.text(label, "small-head"), paper.text(_EN(f"field.{field.name}"), "tiny")]


def _answers(field: Field) -> list[tuple[str, str]]:
    """What may be answered, in Malay and in English; a member is named by the number of the row."""
    if field.name == "person_id":
        return []
    malay, english = (options_of(field, None, words) for words in (_MS, _EN))
    return [(str(one["label"]), str(other["label"])) for one, other in zip(malay, english, strict=True)]
