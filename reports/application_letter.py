"""The letters of an application for aid: its approval, its refusal with the reason, an appeal and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from layers import numbers
from reports import paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.row_types.applications import AidStepRow, ApplicationRow
    from words import Words

_ACTIONS: Final = {
    "approval": "lulus", "refusal": "tolak", "appeal": "rayu", "appeal_heard": "putus_terima",
    "appeal_refused": "putus_tolak",
}  # fmt: skip
"""The step that each letter tells of."""


def letter_pdf(row: ApplicationRow, steps: Sequence[AidStepRow], kind: str, words: Words, *, sample: bool) -> bytes:
    """The letter as PDF, to whom the aid is for; nothing of the household stands in it but the name."""
    told = next((step for step in steps if step["action"] == _ACTIONS[kind]), None)
    sheet = paper.Sheet(
        title=words(f"letter.{kind}"),
        subtitle=row["number"],
        printed=datetime.now(UTC),
        words=words,
        language=words.language,
        sample=sample,
    )
    on = numbers.day(told["at"].astimezone(numbers.MALAYSIA)) if told else ""
    story = [
        paper.text(words(f"letter.{kind}"), "title"),
        paper.facts(_facts(row, words)),
        paper.gap(4),
        paper.text(words("letter.dear", name=row["for_name"])),
        paper.text(words(f"letter.{kind}_said", date=on, agency=_named(row, "agency", words))),
        *([paper.facts(_granted(row, words))] if kind == "approval" else []),
        *(paper.text(line) for line in _reasons(told, words)),
        *(paper.text(line) for line in _leave(steps, kind, words)),
        *(paper.text(line) for line in _next(row, kind, words)),
        paper.gap(10),
        paper.text(words("letter.sent_by", agency=_named(row, "agency", words))),
        paper.text(words("letter.printed_note"), "small"),
    ]
    return paper.pdf(sheet, story)


def _facts(row: ApplicationRow, words: Words) -> list[tuple[str, str]]:
    return [
        (words("application.number"), row["number"]),
        (words("application.for_name"), row["for_name"]),
        (words("application.kind"), f"{_named(row, 'kind', words)} ({_named(row, 'programme', words)})"),
        (words("application.agency"), _named(row, "agency", words)),
        (words("application.amount_asked"), f"RM{row['amount_asked_rm']:,.2f}"),
    ]


def _granted(row: ApplicationRow, words: Words) -> list[tuple[str, str]]:
    first, last = row["first_day"], row["last_day"]
    until = numbers.day(last) if last else words("application.without_end")
    return [
        (words("application.amount_granted"), f"RM{row['amount_rm'] or 0:,.2f}"),
        (words("application.period"), words("application.from_until", first=numbers.day(first), last=until)),
    ]


def _reasons(told: AidStepRow | None, words: Words) -> list[str]:
    """Why, by code and in words."""
    if told is None:
        return []
    code = words(f"application.code_{told['code']}") if told["code"] else ""
    reason = ": ".join(part for part in (code, told["reason"] or "") if part)
    return [words("letter.reason", reason=reason)] if reason else []


def _leave(steps: Sequence[AidStepRow], kind: str, words: Words) -> list[str]:
    """Of an approval, that it stands beside other aid for the same need by leave, and why."""
    given = next((step for step in steps if step["action"] == "izin"), None)
    if kind != "approval" or given is None:
        return []
    return [words("letter.leave", reason=words(f"override.{given['code']}"), evidence=given["detail"]["evidence"])]


def _next(row: ApplicationRow, kind: str, words: Words) -> list[str]:
    """What the household can do now."""
    if kind == "refusal" and row["due_on"]:
        return [words("letter.may_appeal", date=numbers.day(row["due_on"]))]
    if kind == "approval":
        return [words("letter.receive_cash" if row["form"] == "tunai" else "letter.receive_goods")]
    return [words(f"letter.{kind}_next")]


def _named(row: ApplicationRow, what: str, words: Words) -> str:
    names: dict[str, Any] = {**row}
    return str(names[f"{what}_{words.language}"] or "")
