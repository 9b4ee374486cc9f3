"""Conditions of programmes in the reader's words, and how a household stands to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.household.given import name_of
from queries import programmes, targets
from registry.aid.conditions.language import Conditions, parse
from registry.aid.conditions.sentence import Names, sentence, why_not
from registry.aid.judging import Aided, leaves, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dashboard.deps import Reads
    from queries.row_types.households import MemberRow
    from queries.row_types.programmes import OpenProgrammeRow
    from words import Words


@dataclass(frozen=True, slots=True)
class Standing:
    """How a household stands to a programme: what fails in words; nothing where all conditions hold.

    ``member`` is for whom, where the programme is for persons.
    """

    programme: OpenProgrammeRow
    failing: tuple[str, ...]
    member: str | None = None


def names_for(conn: Reads, lists: Iterable[Conditions], words: Words) -> Names:
    """The names of the areas and needs that conditions speak of."""
    codes = {
        str(code)
        for conditions in lists
        for test in conditions.tests()
        if test.field.kind == "area" and isinstance(test.value, tuple)
        for code in test.value
    }
    needs = {row["code"]: name_of(row, "need", words).lower() for row in programmes.needs(conn)}
    return Names(targets.area_names(conn, sorted(codes)) if codes else {}, needs)


def told(conditions: Conditions, words: Words, names: Names) -> str:
    """A list of conditions as one sentence with its full stop."""
    text = sentence(conditions, words, names)
    return f"{text[:1].upper()}{text[1:]}."


def standings(conn: Reads, household_id: int, members: Sequence[MemberRow], day: date, words: Words) -> list[Standing]:
    """How a household stands to every programme that is open on a day."""
    found = [(row, parse(row["conditions"] or [])) for row in programmes.open_on(conn, day)]
    names = names_for(conn, (conditions for _row, conditions in found), words)
    judge = _Judge(conn, household_id, day, words, names)
    return [_standing(judge, row, conditions, members) for row, conditions in found]


def _standing(judge: _Judge, row: OpenProgrammeRow, conditions: Conditions, members: Sequence[MemberRow]) -> Standing:
    """Of a programme for persons, the member whom the fewest conditions leave out."""
    whom = members if conditions.asks_recipient else members[:1]
    each = [(judge.failing(conditions, member["person_id"]), member["name"]) for member in whom]
    failing, name = min(each, key=lambda one: len(one[0]))
    return Standing(row, failing, name if conditions.asks_recipient else None)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Puts conditions to one household on a day."""

    conn: Reads
    household_id: int
    day: date
    words: Words
    names: Names

    def failing(self, conditions: Conditions, person_id: int) -> tuple[str, ...]:
        """Each condition that fails, with what the record says; of alternatives, all where none holds."""
        if not conditions.nodes:
            return ()
        judged = verdict(self.conn, conditions.stored(), Aided(self.household_id, person_id, self.day))
        by_path: dict[tuple[int, ...], Any] = leaves(conditions.nodes)
        held = {one.path[0] for one in judged if one.holds and len(one.path) > 1}
        return tuple(
            why_not(by_path[one.path], one.own, self.words, self.names)
            for one in judged
            if not one.holds and one.path[0] not in held
        )
