"""The minutes of a meeting on paper: who met, what was on the agenda, what was decided and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from layers import numbers
from registry.meetings.meetings import OUTCOMES
from reports import paper

if TYPE_CHECKING:
    from queries.row_types.meetings import AgendaRow, MeetingRow
    from words import Words

_SIGNATURES: Final = ("chair", "secretary")


def minutes_pdf(found: MeetingRow, items: list[AgendaRow], words: Words, *, sample: bool) -> bytes:
    """The minutes as PDF; no figure of a family stands in them beyond what the decision says."""
    sheet = paper.Sheet(
        title=words("meeting.minutes_of", number=found["number"]),
        subtitle=words(f"meeting.state_{found['state']}"),
        printed=datetime.now(UTC),
        words=words,
        language=words.language,
        sample=sample,
    )
    decided = {outcome: sum(item["outcome"] == outcome for item in items) for outcome in OUTCOMES}
    facts = [
        (words("meeting.area"), found["area_name"]),
        (words("meeting.held_on"), numbers.day(found["held_on"])),
        (words("meeting.place"), found["place"]),
        *((words("meeting.members") if not place else "", name) for place, name in enumerate(found["members"])),
        *((words(f"meeting.outcome_{outcome}"), numbers.count(count)) for outcome, count in decided.items()),
    ]
    head = ["", *(words(f"meeting.{name}") for name in ("case", "head", "where", "outcome", "why"))]
    rows = [
        [
            str(place),
            item["number"],
            item["head_name"],
            item["place_name"],
            words(f"meeting.outcome_{item['outcome']}") if item["outcome"] in OUTCOMES else words("meeting.undecided"),
            item["reason"] or "",
        ]
        for place, item in enumerate(items, start=1)
    ]
    signatures = [["\n\n\n" + words(f"meeting.{name}") + ": ______________________" for name in _SIGNATURES]]
    story = [
        paper.facts(facts),
        paper.text(words("meeting.agenda"), "heading"),
        *([] if found["own"] else [paper.text(words("meeting.own_cases_only"))]),
        paper.table([head, *rows], (0.7, 1.3, 3, 2, 1.6, 2.8)),
        paper.gap(14),
        paper.table(signatures, (1, 1), head=False),
    ]
    return paper.pdf(sheet, story)
