"""The papers of a finished project: its certificate of completion, and the note by which it is handed over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from layers import numbers
from reports import paper

if TYPE_CHECKING:
    from queries.projects import WholeProject
    from words import Words


def completion_pdf(found: WholeProject, words: Words, *, sample: bool) -> bytes:
    """The certificate of completion: what was built, by whom, for how much, as planned and as done."""
    row = found.project
    planned = max((one["ends"] for one in found.milestones if one["ends"]), default=None)
    facts = [
        *_facts(found, words),
        (words("project.contractor"), " · ".join(filter(None, (row["contractor"], row["contractor_no"])))),
        (words("project.sum"), f"RM{row['sum_rm'] or 0:,.2f}"),
        (words("project.planned_end"), numbers.day(planned) if planned else "—"),
        (words("project.finished_on"), numbers.day(row["finished_on"]) if row["finished_on"] else "—"),
    ]
    milestones = [
        (_named(one, words), f"{one['weight']:g}% · {numbers.day(one['begins'])} - {numbers.day(one['ends'])}")
        for one in found.milestones
        if one["begins"] and one["ends"]
    ]
    story = [
        paper.text(words("project.certificate"), "title"),
        paper.facts(facts),
        paper.gap(4),
        paper.text(words("project.certificate_said", office=_office(found, words))),
        paper.facts(milestones),
        paper.gap(16),
        *_signed(found, words, "siap"),
        paper.text(words("project.paper_note"), "small"),
    ]
    return paper.pdf(_sheet(words("project.certificate"), row["number"], words, sample=sample), story)


def handover_pdf(found: WholeProject, words: Words, *, sample: bool) -> bytes:
    """The note of handover: who received it, by which receipt, on which day, and for how long defects are noted."""
    row = found.project
    told: dict[str, Any] = row["completion"] or {}
    facts = [
        *_facts(found, words),
        (words("project.field_received_by"), str(told.get("received_by") or "—")),
        (words("project.field_receipt_no"), str(told.get("receipt_no") or "—")),
        (words("project.field_received_on"), _day(told.get("received_on"))),
    ]
    story = [
        paper.text(words("project.handover"), "title"),
        paper.facts(facts),
        paper.gap(4),
        paper.text(words("project.handover_said", office=_office(found, words))),
        paper.gap(24),
        *_signed(found, words, "lapor_siap"),
        paper.text(words("project.paper_note"), "small"),
    ]
    return paper.pdf(_sheet(words("project.handover"), row["number"], words, sample=sample), story)


def _sheet(title: str, number: str, words: Words, *, sample: bool) -> paper.Sheet:
    return paper.Sheet(
        title=title, subtitle=number, printed=datetime.now(UTC), words=words, language=words.language, sample=sample
    )


def _facts(found: WholeProject, words: Words) -> list[tuple[str, str]]:
    row = found.project
    kind = row["type_ms"] if words.language == "ms" else row["type_en"]
    homes = [(words("project.household"), f"{one['head_name']} ({one['file_no']})") for one in found.households]
    return [
        (words("project.number"), row["number"]),
        (words("project.title"), row["title"]),
        (words("project.type"), kind),
        *homes,
        (words("project.district"), row["district_name"]),
    ]


def _signed(found: WholeProject, words: Words, action: str) -> list[Any]:
    """Who took the step that the paper rests on."""
    step = next((one for one in found.steps if one["action"] == action), None)
    if step is None:
        return []
    who, day = step["actor_name"] or step["actor"], numbers.day(step["at"].astimezone(numbers.MALAYSIA))
    return [paper.text(words("project.signed", who=who, day=day))]


def _office(found: WholeProject, words: Words) -> str:
    return found.project["office_ms"] if words.language == "ms" else found.project["office_en"]


def _named(one: Any, words: Words) -> str:
    return str(one["name_ms"] if words.language == "ms" else one["name_en"])


def _day(value: object) -> str:
    try:
        return numbers.day(datetime.fromisoformat(str(value)).date())
    except ValueError:
        return "—"
