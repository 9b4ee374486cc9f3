"""Aid that agencies gave to a household, as pages and papers tell it: needs that are met, lines, their total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from dashboard.household import texts
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from queries.households import WholeRecord
    from queries.row_types.given_aid import GivenRow, GrantedRow
    from words import Words

HELD_PATH: Final = "/bantuan-ditahan"
"""Where aid that is held waits for an officer."""


@dataclass(frozen=True, slots=True)
class NeedMet:
    """A need that is met on a day: by which lines, since when and until when; ``None`` is without end."""

    lines: Sequence[GivenRow]
    since: date
    until: date | None


def standing(lines: Sequence[GivenRow]) -> list[GivenRow]:
    """The lines that nobody took back."""
    return [line for line in lines if line["reversed_on"] is None]


def needs_met(lines: Sequence[GivenRow], day: date) -> list[NeedMet]:
    """The needs that standing lines meet on a day, in the order of their codes."""
    by_need: dict[str, list[GivenRow]] = {}
    for line in standing(lines):
        if line["begins"] <= day and (line["ends"] is None or day <= line["ends"]):
            by_need.setdefault(line["need_code"], []).append(line)
    return [_met(found) for _code, found in sorted(by_need.items())]


def _met(lines: list[GivenRow]) -> NeedMet:
    ends = [line["ends"] for line in lines if line["ends"] is not None]
    return NeedMet(lines, min(line["begins"] for line in lines), max(ends) if len(ends) == len(lines) else None)


def need_text(met: NeedMet, words: Words) -> str:
    """One sentence: which need is met, by whom, and until when."""
    need = name_of(met.lines[0], "need", words)
    agencies = sorted({name for line in met.lines if (name := name_of(line, "agency", words))})
    hidden = any(line["agency_code"] is None for line in met.lines)
    who = words("given.and").join([*agencies, *([words("given.hidden_agency")] if hidden else [])])
    if met.until is None:
        return words("given.met_since", need=need, who=who, day=numbers.day(met.since))
    return words("given.met_until", need=need, who=who, day=numbers.day(met.until))


def need_texts(record: WholeRecord, words: Words) -> list[str]:
    """A sentence for each need that is met today, and for each that what was granted meets without being given yet."""
    met = [need_text(need, words) for need in needs_met(record.given, texts.today())]
    return met + [granted_text(row, words) for row in record.granted]


def granted_text(row: GrantedRow, words: Words) -> str:
    """One sentence: which need what was granted meets, by whom, on which days, and that it is not given yet."""
    return words(
        "given.granted",
        need=name_of(row, "need", words),
        who=name_of(row, "agency", words) or words("given.hidden_agency"),
        days=period_text(row["begins"], row["ends"], words),
        state=not_given(row["form"], words),
    )


def not_given(form: str, words: Words) -> str:
    """That what was granted is not paid, or not handed over, yet."""
    return words("given.not_paid" if form == "tunai" else "given.not_handed")


def name_of(row: Mapping[str, object], what: str, words: Words) -> str:
    """The name of an agency, a programme, a kind or a need in the reader's language; empty where it is not told."""
    return str(row[f"{what}_{words.language}"] or "")


def programme_text(line: GivenRow, words: Words) -> str:
    """The programme and the kind of aid, which are often called the same."""
    names = dict.fromkeys(name for what in ("programme", "kind") if (name := name_of(line, what, words)))
    return " · ".join(names) or words("given.hidden_programme")


def period_text(begins: date, ends: date | None, words: Words) -> str:
    """The days that a line meets its need on, both ends among them."""
    if ends is None:
        return words("given.from", day=numbers.day(begins))
    return numbers.span(numbers.day(begins), numbers.day(ends))


def quantity_text(line: Mapping[str, object]) -> str:
    """How much of goods or services; empty for money."""
    quantity = line["quantity"]
    if not isinstance(quantity, Decimal):
        return ""
    return " ".join(part for part in (f"{quantity.normalize():f}", str(line["unit"] or "")) if part)


def marks_of(line: GivenRow, words: Words) -> list[str]:
    """What is out of the ordinary about a line."""
    marks = []
    if line["reversed_on"] is not None:
        marks.append(words("given.reversed", day=numbers.day(line["reversed_on"])))
    if line["outside_target"]:
        marks.append(words("given.outside_target"))
    if line["override_reason"]:
        marks.append(words("given.override", reason=words(f"override.{line['override_reason']}")))
    return marks


def total_texts(record: WholeRecord, words: Words) -> list[str]:
    """The total of the lines that stand, with what is not in it, and where it comes from."""
    lines = standing(record.given)
    told = [line["amount_rm"] for line in lines if line["amount_rm"] is not None]
    sentences = [words.n("given.total", len(told), amount=numbers.money(sum(told, Decimal(0))))]
    if len(told) < len(lines):
        sentences.append(words.n("given.untold", len(lines) - len(told)))
    if record.held["held"]:
        held = numbers.money(record.held["held_rm"])
        sentences.append(words.n("given.held", record.held["held"], amount=held))
    sentences.append(words("given.source", day=numbers.day(texts.today())))
    return sentences
