"""The board of an office as it is read: money, need, work, projects, and each mukim's need against what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from dashboard.components.cards import Figure
from dashboard.pages.office.lists import ListView, list_address
from dashboard.pages.office.works import works_of
from dashboard.urlstate import UrlState, code, whole
from layers import numbers
from queries import offices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.deps import Reads
    from dashboard.pages.office.works import Told, Works
    from queries.row_types.offices import MyOfficeRow, OfficeFigureRow, OfficeMukimRow, OfficeVoteRow
    from words import Words

_MONEY: Final = ("peruntukan", "agihan", "tanggungan", "belanja", "baki")
_NEED: Final = ("miskin", "tegar", "titik", "dibantu", "keluar")
_WORK: Final = ("keputusan", "rujukan_kepada", "rujukan_daripada", "pemutihan")
_LISTS: Final = {
    "miskin": "miskin", "tegar": "tegar", "titik": "titik", "dibantu": "dibantu", "keluar": "keluar",
    "keputusan": "keputusan", "rujukan_kepada": "kepada", "rujukan_daripada": "daripada",
}  # fmt: skip
"""The list behind each figure."""
_COUNTS: Final = frozenset({"miskin", "tegar"})
"""Figures that are a number of households and no share."""


@dataclass(frozen=True)
class OfficeView(UrlState):
    """Which of the own offices, in which year."""

    office: str = code("", name="pejabat")
    year: int = whole(0, at_least=2000, at_most=2100, name="tahun")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeBoard:
    """All that the board of one of the own offices shows, in a year."""

    own: Sequence[MyOfficeRow]
    chosen: MyOfficeRow
    year: int
    rows: Mapping[str, OfficeFigureRow]
    votes: OfficeVoteRow
    mukims: Sequence[OfficeMukimRow]
    works: Works | None

    @property
    def office(self) -> str:
        """The office's code."""
        return self.chosen["code"]

    def title(self, words: Words) -> str:
        """Its name and the year."""
        name = self.chosen["office_ms"] if words.language == "ms" else self.chosen["office_en"]
        return words("office.title", office=name, year=str(self.year))

    def money(self, words: Words) -> list[tuple[str, str]]:
        """The six figures of the vote book over the office's programmes, with their names."""
        votes = self.votes
        percent = f"{votes['percent']:.2f}%" if votes["percent"] is not None else numbers.MISSING
        told = [*(numbers.money(votes[name]) for name in _MONEY), percent]
        return [(words(f"vote.{name}"), value) for name, value in zip((*_MONEY, "percent"), told, strict=True)]

    def money_note(self, words: Words) -> str:
        """The day of the money, and whether other offices share in it."""
        as_of = words("office.as_of", date=numbers.day(self.votes["changed_on"]))
        shared = f" {words('office.shared')}" if self.votes["shared"] else ""
        return f"{as_of[:1].upper()}{as_of[1:]}.{shared}"

    def figures(self, words: Words) -> list[tuple[str, list[Told]]]:
        """Need and work: each figure with where the list behind it is."""
        groups = [
            (title, [_figure(self.rows[one], self.office, self.year, words) for one in names if one in self.rows])
            for title, names in (("need", _NEED), ("work", _WORK))
        ]
        return [(title, told) for title, told in groups if told]


def read_board(conn: Reads, asked: OfficeView) -> OfficeBoard | None:
    """Read the board of the office asked for, else of the first own one; ``None`` for who works for none."""
    own = offices.mine(conn)
    chosen = next((one for one in own if one["code"] == asked.office), own[0] if own else None)
    if chosen is None:
        return None
    today = datetime.now(numbers.MALAYSIA).date()
    office, year = chosen["code"], asked.year or today.year
    return OfficeBoard(
        own=own,
        chosen=chosen,
        year=year,
        rows=offices.figures(conn, office, year),
        votes=offices.votes(conn, office, year),
        mukims=offices.mukims(conn, office, year),
        works=works_of(conn, office, year, today),
    )


def _figure(row: OfficeFigureRow, office: str, year: int, words: Words) -> Told:
    name = row["figure"]
    as_of = words("office.as_of", date=numbers.day(row["as_of"]))
    part, of = numbers.count(row["part"]), numbers.count(row["whole"])
    way = "/pusingan" if name == "pemutihan" else list_address(ListView(_LISTS[name], office, year))
    if name in _COUNTS:
        unsure = row["unsure"] or 0
        share = numbers.share(unsure / row["part"]) if row["part"] else numbers.MISSING
        note = f"{words('office.note_unsure', part=numbers.count(unsure), share=share)} · {as_of}"
        return Figure(words(f"office.figure_{name}"), part, unit=words("map.households"), note=note), way
    value = numbers.share(row["part"] / row["whole"]) if row["whole"] else numbers.MISSING
    note = f"{words(f'office.note_{name}', part=part, whole=of)} · {as_of}"
    return Figure(words(f"office.figure_{name}"), value, note=note), way
