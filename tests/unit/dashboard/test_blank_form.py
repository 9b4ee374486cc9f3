"""The form on paper asks what the form on screen asks, under the same numbers."""

from __future__ import annotations

from datetime import datetime

import pytest

from dashboard.household.parts import PARTS
from dashboard.pages.cases.blank import blank_pdf
from dashboard.pages.cases.shape import FORM, REPORTER, described, draft_name
from layers.numbers import MALAYSIA
from registry.cases.draft import AID_FIELDS, HOUSEHOLD_FIELDS, MEMBER_FIELDS, NOT_ASKED
from reports import paper
from words import LANGUAGES, words_of

PRINTED = datetime(2026, 11, 23, 10, 42, tzinfo=MALAYSIA)


def test_every_component_is_a_part_with_numbered_questions() -> None:
    assert [part.name for part in FORM] == [REPORTER, *PARTS]
    assert [part.number for part in FORM] == list(range(1, 11))
    asked = [question for part in described(words_of("ms")) for question in part["fields"]]
    assert len({question["number"] for question in asked}) == len(asked)
    assert asked[3]["number"] == "2.1"


def test_the_screen_asks_exactly_what_a_draft_keeps() -> None:
    kept = {**HOUSEHOLD_FIELDS, **MEMBER_FIELDS, "bantuan": AID_FIELDS}
    for part in FORM[1:]:
        assert {draft_name(field) for field in part.fields} == set(kept[part.name]) - NOT_ASKED


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_form_is_a_pdf_in_both_languages(language: str) -> None:
    made = blank_pdf(words_of(language), printed=PRINTED)
    assert made.startswith(b"%PDF-")
    assert made.count(b"/Type /Page\n") >= 2


def test_nothing_in_a_text_is_read_as_markup() -> None:
    words = words_of("ms")
    sheet = paper.Sheet(title="Ujian", printed=PRINTED, words=words, source="Daftar", sample=True)
    story = [
        paper.text("<b>Ali & <i>Abu"),
        paper.facts([("Nama", "<x>")]),
        paper.table([["A", "B"], ["1", "<"]], (1, 2)),
    ]
    assert paper.pdf(sheet, [*story, paper.gap(5)]).startswith(b"%PDF-")
