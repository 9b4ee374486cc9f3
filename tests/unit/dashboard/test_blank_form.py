"""The form on paper asks what the form on screen asks, under the same numbers."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from dashboard.household.parts import PARTS
from dashboard.pages.cases.blank import MEMBERS, blank_pdf, members_table
from dashboard.pages.cases.shape import FORM, REPORTER, described, draft_name
from layers.numbers import MALAYSIA
from registry.cases.draft import AID_FIELDS, HOUSEHOLD_FIELDS, MEMBER_FIELDS, NOT_ASKED
from reports import paper
from words import words_of

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


def test_the_blank_form_lies_on_a4() -> None:
    made = blank_pdf(printed=PRINTED)
    assert made.startswith(b"%PDF-")
    sizes = {
        (round(float(wide)), round(float(high)))
        for wide, high in re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", made)
    }
    assert sizes == {(842, 595)}
    assert made.count(b"/Type /Page\n") == 4, "household, who the members are, what else is asked of them, aid"


@pytest.mark.parametrize("parts", [slice(0, 1), slice(1, None)])
def test_a_member_has_one_row_that_a_hand_can_write_in_and_nothing_is_cut(parts: slice) -> None:
    asked = [part for part in FORM if part.holds == "members"][parts]
    table = members_table(asked)
    width, _height = table.wrap(paper.WIDE, 1000)
    assert width == pytest.approx(paper.WIDE)
    assert len(table._cellvalues) == 1 + MEMBERS
    assert len(table._cellvalues[0]) == 1 + sum(len(part.fields) for part in asked)
    assert min(table._rowHeights[1:]) >= 10 * mm
    assert min(table._colWidths[1:]) >= 16 * mm, "a code, or an amount"
    for label, column in zip(table._cellvalues[0][1:], table._colWidths[1:], strict=True):
        longest = max(label[0].text.split(), key=lambda word: stringWidth(word, paper.BOLD, 7.5))
        assert stringWidth(longest, paper.BOLD, 7.5) <= column - 12, longest


def test_nothing_in_a_text_is_read_as_markup() -> None:
    words = words_of("ms")
    sheet = paper.Sheet(title="Ujian", printed=PRINTED, words=words, source="Daftar", sample=True)
    story = [
        paper.text("<b>Ali & <i>Abu"),
        paper.facts([("Nama", "<x>")]),
        paper.table([["A", "B"], ["1", "<"]], (1, 2)),
    ]
    assert paper.pdf(sheet, [*story, paper.gap(5)]).startswith(b"%PDF-")
