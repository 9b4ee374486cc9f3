"""Reads households: found by a question or a filter, and one record with all that belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from queries import given_aid
from queries.row_types.households import (
    AidRow,
    AreaNameRow,
    BrowsedRow,
    DecisionRow,
    DistrictRow,
    EditRow,
    FlagRow,
    HouseholdOfRow,
    MatchRow,
    MemberRow,
    MukimRow,
    NearRow,
    PlaceRow,
    RecordRow,
)
from queries.statements import row_as, rows_as, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from queries.row_types.given_aid import GivenRow, GrantedRow, HeldSumRow
    from queries.row_types.worklists import WorklistRow

ALIKE = 0.6
LESS_ALIKE = 0.4
MOST_WORDS = 3
MOST_BEARERS = 500
PAGE_ROWS = 50

# Particles of names: everyone has one, so they tell nobody apart.
_PARTICLES = frozenset({"BIN", "BINTI", "BT", "BTE", "B", "A", "L", "P", "ANAK", "AL", "AP"})


@dataclass(frozen=True, slots=True)
class Question:
    """What someone typed into the search box, read as the kinds of things it can be; all empty for nothing.

    ``name`` is a name as typed, ``words`` its telling words, the longest first; ``number`` an identity number without
    dashes; ``phone`` the digits of a telephone number; ``file_no`` the household's number as typed.
    """

    name: str | None = None
    words: tuple[str, ...] = ()
    number: str | None = None
    phone: str | None = None
    file_no: str | None = None

    @classmethod
    def parse(cls, text: str | None) -> Question:
        """Read ``text``: what holds no letter is a number, other text a name and perhaps a number with letters."""
        upper = " ".join((text or "").upper().split())[:80]
        compact = re.sub(r"[\s-]", "", upper)
        if not compact:
            return cls()
        digits = re.sub(r"\D", "", upper)
        if not re.search(r"[^\W\d_]", upper):
            phone = "0" + digits[2:] if digits.startswith("60") else digits
            return cls(number=digits or None, phone=phone or None, file_no=digits or None)
        found = [word for word in re.split(r"[^\w'@]+", upper) if word and not word.isdigit()]
        telling = [word for word in found if word not in _PARTICLES] or found
        words = tuple(sorted(dict.fromkeys(telling), key=len, reverse=True)[:MOST_WORDS])
        return cls(name=upper, words=words, number=compact if digits else None, file_no=compact if digits else None)

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words or self.number)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which households: any of these may be ``None`` for all. Nothing here is personal, so it may go into a URL."""

    district: str | None = None
    mukim: str | None = None
    status: str | None = None
    strata: str | None = None

    @property
    def asks(self) -> bool:
        """Whether any filter is set."""
        return any((self.district, self.mukim, self.status, self.strata))

    def params(self) -> dict[str, str | None]:
        """As the parameters of a statement."""
        return {"district": self.district, "mukim": self.mukim, "status": self.status, "strata": self.strata}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of households and how many there are in all; for a question why each was found, by household.

    ``alike`` says that only less alike names were found; ``more`` that more persons bear the name than are looked at.
    """

    rows: Sequence[BrowsedRow | WorklistRow] = ()
    total: int = 0
    matches: Mapping[int, MatchRow] = field(default_factory=dict)
    alike: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class WholeRecord:
    """A household with all that belongs to it, each as its own reader gives it.

    ``given`` is the aid of agencies, ``granted`` what they approved and did not give yet, ``held`` what still
    waits, and ``aid`` what the family itself told of.
    """

    household: RecordRow
    members: list[MemberRow]
    given: list[GivenRow]
    granted: list[GrantedRow]
    held: HeldSumRow
    aid: list[AidRow]
    decisions: list[DecisionRow]
    places: list[PlaceRow]
    edits: list[EditRow]
    flags: list[FlagRow]


def find(conn: Connection, question: Question, filters: Filters, *, offset: int = 0, limit: int = PAGE_ROWS) -> Found:
    """Households that the question matches within the filters; nothing when neither asks for anything.

    A name is found with typos; where no name is as alike as that, less alike ones are given and marked ``alike``.
    Rows have the columns of ``households/search.sql`` or ``households/browse.sql``.
    """
    page = {"row_limit": limit, "row_offset": offset}
    if not question.asks:
        listed = rows_as(BrowsedRow, conn, "households/browse", **filters.params(), **page) if filters.asks else []
        return Found(listed, total(listed))
    words = (*question.words, None, None, None)[:MOST_WORDS]
    params: dict[str, object] = {f"word_{place}": word for place, word in enumerate(words, start=1)}
    params |= {"whole": question.name, "number": question.number, "phone": question.phone, "file_no": question.file_no}
    params |= filters.params() | page | {"name_limit": MOST_BEARERS}
    found = rows_as(MatchRow, conn, "households/search", **params, alike_from=ALIKE)
    alike = not found and bool(question.words)
    if alike:
        found = rows_as(MatchRow, conn, "households/search", **params, alike_from=LESS_ALIKE)
    more = bool(found) and found[0]["bearers"] >= MOST_BEARERS
    matches = {row["household_id"]: row for row in found}
    return Found(found, total(found), matches, alike=alike and bool(found), more=more)


def districts(conn: Connection) -> list[DistrictRow]:
    """Code, name and state of the districts whose households the acting user may see."""
    return rows_as(DistrictRow, conn, "households/districts")


def mukims(conn: Connection, district: str) -> list[MukimRow]:
    """Code and name of a district's mukim, the rest without a mukim last."""
    return rows_as(MukimRow, conn, "households/mukims", district=district)


def places_near(conn: Connection, *, longitude: float, latitude: float) -> list[NearRow]:
    """The three towns and villages of the gazetteer that lie nearest to a point, with the metres to each."""
    return rows_as(NearRow, conn, "households/places_near", longitude=longitude, latitude=latitude)


def area_name(conn: Connection, code: str) -> str | None:
    """What the area is called; ``None`` for an unknown code."""
    found = rows_as(AreaNameRow, conn, "households/area_name", code=code)
    return str(found[0]["name"]) if found else None


def record(conn: Connection, household_id: int) -> RecordRow | None:
    """The household with areas, line and rule; ``None`` where the acting user may not see it. Money is ``Decimal``."""
    found = rows_as(RecordRow, conn, "households/record", household=household_id)
    return found[0] if found else None


def household_of(conn: Connection, person_id: int) -> int | None:
    """The household of a person; ``None`` where the acting user may not see it."""
    found = row_as(HouseholdOfRow, conn, "households/household_of", person=person_id)
    return found["household_id"] if found else None


def members(conn: Connection, household_id: int) -> list[MemberRow]:
    """The members with their incomes by source in RM, the head first."""
    return rows_as(MemberRow, conn, "households/members", household=household_id)


def aid(conn: Connection, household_id: int) -> list[AidRow]:
    """Aid that the family itself told of, newest first."""
    return rows_as(AidRow, conn, "households/aid", household=household_id)


def decisions(conn: Connection, household_id: int) -> list[DecisionRow]:
    """The decisions on the status, newest first."""
    return rows_as(DecisionRow, conn, "households/decisions", household=household_id)


def places(conn: Connection, household_id: int) -> list[PlaceRow]:
    """Where the household was, newest first."""
    return rows_as(PlaceRow, conn, "households/places", household=household_id)


def edits(conn: Connection, household_id: int) -> list[EditRow]:
    """Entries of the audit log about the household, newest first."""
    return rows_as(EditRow, conn, "households/edits", household=household_id)


def flags(conn: Connection, household_id: int) -> list[FlagRow]:
    """Open data-quality flags."""
    return rows_as(FlagRow, conn, "households/flags", household=household_id)


def whole_record(conn: Connection, household_id: int) -> WholeRecord | None:
    """The household with all that belongs to it; ``None`` where the acting user may not see it."""
    household = record(conn, household_id)
    if household is None:
        return None
    return WholeRecord(
        household=household,
        members=members(conn, household_id),
        given=given_aid.of_household(conn, household_id),
        granted=given_aid.granted_to_household(conn, household_id),
        held=given_aid.held_of_household(conn, household_id),
        aid=aid(conn, household_id),
        decisions=decisions(conn, household_id),
        places=places(conn, household_id),
        edits=edits(conn, household_id),
        flags=flags(conn, household_id),
    )
