"""The registration form as data: its parts and questions with the numbers they have on screen and on paper alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from dashboard.household.options import options_of
from dashboard.household.parts import AID, INCOME, PARTS, Field
from registry.cases.draft import NO_INCOME, clean, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from queries.row_types.cases import CaseRow
    from words import Words

REPORTER: Final = "pelapor"
REVIEW: Final = "semak"
Holds = Literal["household", "members", "aid", "review"]
REPORTER_FIELDS: Final = (
    Field("reporter_name", wide=True),
    Field("reporter_relation"),
    Field("reporter_phone"),
)
_ASKED_TOO: Final = {INCOME: (Field(NO_INCOME, "tick"),)}
"""What a form asks beside what a record keeps: no amount is not the same as no income."""
_OPTIONS = {"choice", "yes_no", "sex", "strata"}
_DRAFT_NAMES = {"person_id": "member"}


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of the form: its number, its name, who answers it, and its questions in order."""

    number: int
    name: str
    holds: Holds
    fields: tuple[Field, ...]

    def question_number(self, field: Field) -> str:
        """The number that a question has on screen and on paper: ``3.2``."""
        return f"{self.number}.{self.fields.index(field) + 1}"


FORM: Final[tuple[FormPart, ...]] = (
    FormPart(1, REPORTER, "household", REPORTER_FIELDS),
    *(
        FormPart(
            number,
            part.name,
            "members" if part.of_members else "aid" if part.name == AID else "household",
            (*part.fields, *_ASKED_TOO.get(part.name, ())),
        )
        for number, part in enumerate(PARTS.values(), start=2)
    ),
)


def draft_name(field: Field) -> str:
    """What a question is called in the draft of a case."""
    return _DRAFT_NAMES.get(field.name, field.name)


def described(words: Words) -> list[dict[str, Any]]:
    """The form for the browser to draw: numbers, labels, kinds and answers."""
    return [
        {
            "number": part.number,
            "name": part.name,
            "title": words(f"part.{part.name}"),
            "holds": part.holds,
            "fields": [_field(part, field, words) for field in part.fields],
        }
        for part in FORM
    ]


def _field(part: FormPart, field: Field, words: Words) -> dict[str, object]:
    options = options_of(field, None, words) if field.kind in _OPTIONS and field.name != "person_id" else None
    return {
        "name": draft_name(field),
        "number": part.question_number(field),
        "label": words(f"field.{field.name}"),
        "kind": field.kind,
        "required": field.required,
        "wide": field.wide,
        "options": options,
    }


def form_of(case: CaseRow) -> dict[str, object]:
    """The form of a case as the browser holds it: the draft with who reports."""
    draft = clean(case["draft"])
    if not rows_of(draft, "members"):
        draft["members"] = [{"key": "m1", "relationship": "KIR"}]
    reporter: Mapping[str, object] = case
    return draft | {REPORTER: {field.name: reporter[field.name] or "" for field in REPORTER_FIELDS}}
