"""Ranks areas by an indicator or by its change in a year, and tells how their places changed since a month ago."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.measures import LEAST_BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """What an area is ranked by: its value, the one of a year before, and how many households that one was of."""

    value: Decimal | None
    year_ago: Decimal | None
    base: Decimal | None

    def change(self, *, share: bool) -> Decimal | None:
        """How the value changed in a year: of shares the difference, else the share of what it was."""
        if self.value is None or self.year_ago is None:
            return None
        if share:
            return self.value - self.year_ago
        return (self.value - self.year_ago) / self.year_ago if self.year_ago else None

    @property
    def large_enough(self) -> bool:
        """Whether a change starts from so many households that one of them does not lead the list."""
        return self.base is not None and self.base >= LEAST_BASE


@dataclass(frozen=True, slots=True)
class Ranked:
    """An area in its place, the best being 1; ``up`` is by how many places it is better than a month before."""

    code: str
    name: str
    place: int
    up: int | None
    value: Decimal | None
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The areas in their order, and how many have no place: hidden, without figures, or too few to be ranked."""

    rows: tuple[Ranked, ...]
    left_out: int
    by_value: bool = False
    too_few_changes: bool = False
    """Whether they stand in order of the value because hardly any had enough households a year ago."""

    @property
    def best(self) -> tuple[Ranked, ...]:
        """The first ones, at most half of all."""
        return self.rows[: min(SHOWN, (len(self.rows) + 1) // 2)]

    @property
    def worst(self) -> tuple[Ranked, ...]:
        """The last ones, the very last first; none that is among the best."""
        return tuple(reversed(self.rows[len(self.best) :][-SHOWN:]))


def rank(
    names: Mapping[str, str],
    *,
    now: Mapping[str, Standing],
    before: Mapping[str, Standing],
    by_value: bool,
    lower_is_better: bool,
    share: bool,
) -> Ranking:
    """Put areas in order of their value or of its change in a year; equal ones share the better place.

    Only what is shown is ranked, so that no place tells of a figure that is hidden.
    """

    def measure(found: Standing) -> Decimal | None:
        if by_value:
            return found.value
        return found.change(share=share) if found.large_enough else None

    places_now = _places(now, measure, lower_is_better=lower_is_better)
    places_before = _places(before, measure, lower_is_better=lower_is_better)
    rows = [
        Ranked(
            code=code,
            name=names[code],
            place=place,
            up=places_before[code] - place if code in places_before else None,
            value=now[code].value,
            change=now[code].change(share=share),
        )
        for code, place in places_now.items()
    ]
    rows.sort(key=lambda row: (row.place, row.name))
    return Ranking(tuple(rows), len(names) - len(rows), by_value=by_value)


def _places(
    found: Mapping[str, Standing], measure: Callable[[Standing], Decimal | None], *, lower_is_better: bool
) -> dict[str, int]:
    known = {code: value for code, standing in found.items() if (value := measure(standing)) is not None}
    ordered: Sequence[Decimal] = sorted(known.values(), reverse=not lower_is_better)
    return {code: ordered.index(value) + 1 for code, value in known.items()}


def largest_moves(rows: Iterable[tuple[str, Decimal | None, Decimal | None]]) -> list[tuple[str, Decimal]]:
    """Of areas with a value now and one before, the largest rise and the largest fall, where there are any."""
    moves = [(name, now - then) for name, now, then in rows if now is not None and then is not None and now != then]
    rise = max(moves, key=lambda move: move[1], default=None)
    fall = min(moves, key=lambda move: move[1], default=None)
    return [move for move, way in ((rise, 1), (fall, -1)) if move is not None and way * move[1] > 0]
