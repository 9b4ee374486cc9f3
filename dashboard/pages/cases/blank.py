"""The registration form on paper: blank, with the same numbers as on screen, to be printed and keyed in afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from flask import Response

from dashboard.guards import requires
from dashboard.household.options import options_of
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.cases.queue import BLANK_PATH
from dashboard.pages.cases.shape import FORM, FormPart
from layers.numbers import MALAYSIA
from registry.principals import Permission
from reports import paper

if TYPE_CHECKING:
    from dash import Dash
    from flask import Flask
    from reportlab.platypus import Flowable

    from dashboard.deps import Deps
    from dashboard.household.parts import Field
    from words import Words

MEMBERS: Final = 6
_AID_ROWS: Final = 4
_CHOSEN = {"choice", "yes_no", "sex", "strata"}
_BOX = "[   ]"


def register(app: Dash, _deps: Deps) -> None:
    """Add the route of the blank form."""
    server: Flask = app.server

    @server.get(BLANK_PATH)
    @requires(Permission.READ_PERSONS)
    @limited(DOWNLOADS)
    def blank_form() -> Response:
        answer = Response(blank_pdf(current_words(), printed=datetime.now(MALAYSIA)), mimetype="application/pdf")
        answer.headers["Content-Disposition"] = 'inline; filename="ekasih-borang-pendaftaran.pdf"'
        return answer


def blank_pdf(words: Words, *, printed: datetime) -> bytes:
    """The blank form as a PDF in the reader's language."""
    sheet = paper.Sheet(
        title=words("blank.title"),
        subtitle=words("blank.number"),
        printed=printed,
        words=words,
        language=words.language,
    )
    story: list[Flowable] = [
        paper.text(words("blank.title"), "title"),
        paper.text(words("blank.how")),
        paper.table([[words("blank.district"), ""], [words("blank.channel"), _channels(words)]], (1, 3), head=False),
    ]
    for part in FORM:
        story.append(paper.text(f"{part.number}. {words(f'part.{part.name}')}", "heading"))
        story.extend(_PARTS[part.holds](part, words))
    story += [
        paper.text(words("blank.declared"), "heading"),
        paper.text(words("blank.declaration")),
        paper.table(
            [[words("blank.informant"), words("blank.officer"), words("blank.date")], ["\n", "\n", "\n"]], (2, 2, 1)
        ),
    ]
    return paper.pdf(sheet, story)


def _channels(words: Words) -> str:
    return "   ".join(f"{_BOX} {words(f'case.channel_{name}')}" for name in ("officer", "paper", "representative"))


def _household(part: FormPart, words: Words) -> list[Flowable]:
    rows = [[_label(part, field, words), _choices(field, words) or " "] for field in part.fields]
    return [paper.table(rows, (2, 3), head=False)]


def _members(part: FormPart, words: Words) -> list[Flowable]:
    """A row for each question, a column for each member; what may be answered stands under the question."""
    head = ["", words("case_form.head"), *(words("case_form.member", n=number) for number in range(2, MEMBERS + 1))]
    rows = []
    for field in part.fields:
        label: list[Flowable] = [paper.text(_label(part, field, words), "cell")]
        if choices := _choices(field, words, box=""):
            label.append(paper.text(choices, "small"))
        rows.append([label, *([" "] * MEMBERS)])
    return [paper.table([head, *rows], (2.6, *([1] * MEMBERS)))]


def _aid(part: FormPart, words: Words) -> list[Flowable]:
    head = [_label(part, field, words) for field in part.fields]
    return [paper.table([head, *([" "] * len(head) for _ in range(_AID_ROWS))], [1] * len(head))]


def _label(part: FormPart, field: Field, words: Words) -> str:
    unit = " (RM)" if field.kind == "money" else f" ({words('form.date_hint')})" if field.kind == "date" else ""
    return f"{part.question_number(field)} {words(f'field.{field.name}')}{unit}"


def _choices(field: Field, words: Words, *, box: str = _BOX) -> str:
    if field.kind not in _CHOSEN or field.name == "person_id":
        return ""
    labels = [str(option["label"]) for option in options_of(field, None, words)]
    return "   ".join(f"{box} {label}" for label in labels) if box else " / ".join(labels)


_PARTS: Final = {"household": _household, "members": _members, "aid": _aid}
