"""Reads all that a board shows: its numbers, the areas inside with their lights, the courses, the ranking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from dashboard.areas import COUNTRY, sees_small_counts
from dashboard.indicators import Measured, with_own_target
from dashboard.pages.boards.beside import most_like, neighbours_of
from dashboard.pages.boards.ranking import SHOWN, Ranking, Standing, rank
from dashboard.pages.boards.view import DEFAULT_INDICATOR, area_for
from poverty.months import month_before, month_end
from queries import boards, kpi, lines, maps
from queries.kpi_course import MONTHS, Closed, course, is_estimate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from dashboard.deps import Reads
    from dashboard.pages.boards.view import Board, BoardView
    from queries.kpi import Indicator
    from queries.kpi_course import Course as Values
    from queries.lines import Break
    from queries.maps import Area, Footing
    from registry.principals import Principal

NUMBERS: Final = 6
_BASE: Final = "miskin"
"""How many households a change of a share or of money starts from."""
_REST: Final = "00"
"""The end of a code under which a district's households without a mukim are kept: no place to rank."""
_COUNTED: Final = frozenset({"isi_rumah", "orang", "rumah", "kes", "permohonan"})

Course = tuple[tuple["date", Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A number of the board: an indicator now and a month before, and its closed months."""

    now: Measured
    before: Measured | None
    course: Course


@dataclass(frozen=True, slots=True)
class Inside:
    """An area inside: its indicators by code, now and a month before, and the course of the chosen one."""

    code: str
    name: str
    now: Mapping[str, Measured]
    before: Mapping[str, Measured]
    course: Course


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """All that a board shows. ``month`` is the closed month it is of, ``chosen`` the indicator drawn and ranked."""

    board: Board
    view: BoardView
    lineage: tuple[Area, ...]
    footing: Footing
    month: date
    numbers: tuple[Told, ...]
    choices: tuple[Indicator, ...]
    chosen: Indicator
    inside: tuple[Inside, ...]
    beside: tuple[Inside, ...]
    """Of a district: itself, those that touch it, those most like it; all as published."""
    ranking: Ranking
    breaks: tuple[Break, ...]
    opens_worklists: bool

    @property
    def area(self) -> Area:
        """The area of the board."""
        return self.lineage[-1]


@dataclass(frozen=True, slots=True)
class NoFigures:
    """Why there is no board: no such area, or no month that was closed yet."""

    lineage: tuple[Area, ...]
    known: bool


def read_board(
    conn: Reads, board: Board, view: BoardView, principal: Principal, *, home: Path
) -> BoardFigures | NoFigures:
    """Read a board as the person asking may see it: exact where all of it is in the territory, else published."""
    lineage = maps.lineage(conn, area_for(board, view.area, principal) or _first(conn, board, principal))
    if not lineage or lineage[-1].level != board.level:
        return NoFigures(maps.lineage(conn, COUNTRY), known=False)
    footing = maps.footing(conn, level=board.inside, live=sees_small_counts(principal, lineage[-1].code))
    month = _month(view, footing)
    if month is None or footing.empty:
        return NoFigures(lineage, known=True)
    return _Reader(conn, _Asked(board, view, lineage, footing, month, home)).figures(principal)


def _first(conn: Reads, board: Board, principal: Principal) -> str:
    within = principal.territory[0][:2] if principal.territory else COUNTRY
    found = boards.areas(conn, level=board.level, within=within)
    return found[0]["code"] if found else COUNTRY


def _month(view: BoardView, footing: Footing) -> date | None:
    """The month asked for where it is closed, else the last closed one."""
    first, last = footing.first_month, footing.last_month
    if first is None or last is None:
        return None
    return view.month if view.month and first <= view.month <= last else last


@dataclass(frozen=True, slots=True)
class _Asked:
    board: Board
    view: BoardView
    lineage: tuple[Area, ...]
    footing: Footing
    month: date
    home: Path


class _Reader:
    """Reads one board, statement by statement."""

    def __init__(self, conn: Reads, asked: _Asked) -> None:
        self._conn, self._view, self._board = conn, asked.view, asked.board
        self._lineage, self._footing, self._month = asked.lineage, asked.footing, asked.month
        board, self._area = asked.board, asked.lineage[-1]
        area = self._area
        found = boards.areas(conn, level=board.inside, within=area.code)
        self._inside = [row for row in found if not (board.inside == "mukim" and row["code"].endswith(_REST))]
        targets = kpi.indicators(conn, areas=[area.code, *(row["code"] for row in self._inside)])
        self._definitions = kpi.definitions(conn)
        self._targets = {(item.area_code, item.indicator_code): item for item in targets}
        areas = [area.code, *(row["code"] for row in self._inside)]
        self._shares = boards.shares(conn, areas)
        self._values = self._read(areas, back=(MONTHS, 0), codes=self._definitions)
        told = {code for _, code in self._shares} | {code for code in self._definitions if self._values.holds(code)}
        # an estimate is never told without its range, for which a board has no room
        told -= {code for code, versions in self._definitions.items() if is_estimate(versions)}
        blank = {item.indicator_code: item for item in with_own_target(targets, "")}
        self._blank = {code: item for code, item in blank.items() if code in told}
        self._home = asked.home

    def figures(self, principal: Principal) -> BoardFigures:
        """All that the board shows."""
        area, months = self._lineage[-1], self._back(0, 1)
        own = self._measured(area.code, self._month)
        choices = tuple(item.indicator for item in own.values() if self._is_drawn(item))
        chosen = next((one for one in choices if one.indicator_code == self._view.indicator), None)
        if chosen is None:
            chosen = choices[0] if choices else self._blank[DEFAULT_INDICATOR]
        numbers = _six(own.values())
        earlier = self._measured(area.code, months[1])
        return BoardFigures(
            board=self._board,
            view=replace(self._view, area=area.code, indicator=chosen.indicator_code),
            lineage=self._lineage,
            footing=self._footing,
            month=self._month,
            numbers=tuple(
                Told(item, _earlier(earlier, item), self._course(item.indicator.indicator_code, area.code))
                for item in numbers
            ),
            choices=choices,
            chosen=chosen,
            inside=tuple(
                Inside(
                    row["code"],
                    row["name"],
                    self._measured(row["code"], self._month),
                    self._measured(row["code"], months[1]),
                    self._course(chosen.indicator_code, row["code"]),
                )
                for row in self._inside
            ),
            beside=self._beside(numbers) if self._board.level == "district" else (),
            ranking=self._ranking(chosen),
            breaks=tuple(lines.breaks(self._conn, since=self._month, until=month_end(self._month))),
            opens_worklists=principal.sees_persons and area.level == "district" and principal.covers(area.code),
        )

    def _back(self, *months: int) -> list[date]:
        return [month_before(self._month, count) for count in months]

    def _read(
        self, areas: Sequence[str], *, back: Sequence[int], codes: Collection[str], exact: bool | None = None
    ) -> Values:
        """What areas have from so many months before the board's to so many, exact where persons may be seen there."""
        exact = self._footing.live if exact is None else exact
        first, last = self._back(*back)
        return course(self._conn, self._definitions, Closed(areas, first, last, exact=exact), codes=codes)

    def _measured(self, area: str, month: date) -> dict[str, Measured]:
        """The indicators of an area at the end of a month; shares that are published alone as they were last."""
        return {
            code: self._as_measured(self._targets.get((area, code), blank), self._values, area, month)
            for code, blank in self._blank.items()
        }

    def _as_measured(self, item: Indicator, values: Values, area: str, month: date | None = None) -> Measured:
        code, month = item.indicator_code, month or self._month
        value, on = values.at(code, area, month), month_end(month)
        if not isinstance(value, Decimal) and (share := self._shares.get((area, code))) is not None:
            value, on = share, self._footing.as_of
        return Measured(item, value, on) if isinstance(value, Decimal) else Measured(item, None, on, value)

    def _is_drawn(self, item: Measured) -> bool:
        """Whether there is something to draw and to rank: a value of the closed month."""
        return item.missing != "tiada_data" and item.on == month_end(self._month)

    def _course(self, code: str, area: str) -> Course:
        months = reversed(self._back(*range(MONTHS + 1)))
        values = [(month, self._values.at(code, area, month)) for month in months]
        return tuple((month, value if isinstance(value, Decimal) else None) for month, value in values)

    def _ranking(self, chosen: Indicator) -> Ranking:
        code, months = chosen.indicator_code, self._back(0, 1, 12, 13)
        areas = self._inside
        if self._board.ranked != self._board.inside:
            within = COUNTRY if self._board.level == "country" else str(self._area.state_code)
            areas = boards.areas(self._conn, level=self._board.ranked, within=within)
        # a district is ranked among others, of which its people see published figures alone
        exact = self._footing.live and self._board.level != "district"
        read = partial(self._read, [row["code"] for row in areas], exact=exact, codes={code, _BASE})
        lately, last_year = read(back=(1, 0)), read(back=(13, 12))

        def number(of: str, area: str, month: date) -> Decimal | None:
            value = (lately if month in months[:2] else last_year).at(of, area, month)
            return value if isinstance(value, Decimal) else None

        def standing(area: str, now: date, ago: date) -> Standing:
            base = number(code if chosen.unit in _COUNTED else _BASE, area, ago)
            return Standing(number(code, area, now), number(code, area, ago), base)

        ranked = partial(
            rank,
            {row["code"]: row["name"] for row in areas},
            now={row["code"]: standing(row["code"], months[0], months[2]) for row in areas},
            before={row["code"]: standing(row["code"], months[1], months[3]) for row in areas},
            lower_is_better=chosen.direction == "lower",
            share=chosen.unit == "syer",
        )
        if self._view.order == "nilai":
            return ranked(by_value=True)
        by_change = ranked(by_value=False)
        if len(by_change.rows) >= min(SHOWN, len(areas)):
            return by_change
        return replace(ranked(by_value=True), too_few_changes=True)

    def _beside(self, numbers: Sequence[Measured]) -> tuple[Inside, ...]:
        """The own district and those it is compared with, all of them as published: exact are those inside alone."""
        districts = boards.areas(self._conn, level="district", within=COUNTRY)
        own = self._area.code
        near = neighbours_of(self._home, own)
        codes = (own, *near, *most_like(districts, own, but=near))
        rows = {row["code"]: row for row in districts if row["code"] in codes}
        targets = {
            (item.area_code, item.indicator_code): item for item in kpi.indicators(self._conn, areas=list(codes))
        }
        shown = [item.indicator.indicator_code for item in numbers]
        areas = [rows[code] for code in codes if code in rows]
        values = self._read([row["code"] for row in areas], back=(0, 0), exact=False, codes=shown)
        return tuple(
            Inside(
                row["code"],
                row["name"],
                {
                    code: self._as_measured(targets.get((row["code"], code), self._blank[code]), values, row["code"])
                    for code in shown
                },
                {},
                (),
            )
            for row in areas
        )


def _six(found: Iterable[Measured]) -> list[Measured]:
    """The numbers of a board: those with a target and a value first, then those with a value, in their order."""
    items = [item for item in found if item.missing != "tiada_data"]
    items.sort(key=lambda item: (item.goal is None, item.actual is None))
    return items[:NUMBERS]


def _earlier(found: Mapping[str, Measured], item: Measured) -> Measured | None:
    """The indicator a month before; none for one that no month keeps."""
    before = found[item.indicator.indicator_code]
    return before if before.on < item.on and before.missing != "tiada_data" else None
