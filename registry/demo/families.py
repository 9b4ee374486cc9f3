"""Who lives in each household of the sample: a head, often a spouse, and children young enough to be theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD, SPOUSE, CHILD = 0, 1, 2

_FEMALE_HEADED: Final = 0.24
_COUPLES: Final = {"male": 0.88, "female": 0.18}  # of heads who do not live alone
_YOUNGEST_HEAD, _OLDEST_HEAD, _YOUNGEST_SPOUSE, _OLDEST_SPOUSE = 20, 88, 18, 90
# the law of the sample: so many years a child is younger than its parents, at least and at most
_YOUNGER, _YOUNGER_THAN_MOTHER, _YOUNGER_THAN_FATHER = 17, 44, 49
_LEFT_HOME: Final = 45  # whoever is older does not live with the parents, but for those of very old ones
_BETWEEN_BIRTHS, _ROOM_FOR_BIRTHS = 0.95, 1.7  # years
_HUSBAND_OLDER: Final = (3, 4, -8, 16)  # mean, spread, least, most


@dataclass(frozen=True)
class Families:
    """Persons household by household: the head first, then the spouse, then children from the eldest on.

    ``household`` is the row of the household, ``number`` counts from 0 within it, ``child`` its children from 0 (-1 for
    the others), ``age`` is in years on the day of the interview.
    """

    household: NDArray[np.intp]
    number: NDArray[np.intp]
    role: NDArray[np.int8]
    child: NDArray[np.intp]
    female: NDArray[np.bool_]
    age: NDArray[np.float64]
    marital_status: NDArray[np.object_]


def families(size: NDArray[np.int_], rng: np.random.Generator) -> Families:
    """A family for each household of ``size`` persons, one to eleven.

    Parents are 17 to 49 years older than their children, mothers 44 at most; whoever has no spouse in the house is
    widowed or divorced, or has never married and lives alone.
    """
    homes = len(size)
    headed_by_woman = rng.random(homes) < _FEMALE_HEADED
    couple = (size > 1) & (rng.random(homes) < np.where(headed_by_woman, _COUPLES["female"], _COUPLES["male"]))
    children = size - 1 - couple
    head, spouse = _ages_of_parents(headed_by_woman, children, rng)
    household = np.repeat(np.arange(homes), size)
    number = np.arange(len(household)) - np.repeat(size.cumsum() - size, size)
    role = np.where(number == 0, HEAD, np.where((number == 1) & couple[household], SPOUSE, CHILD)).astype(np.int8)
    age = np.where(role == HEAD, head[household], spouse[household])
    of_child = role == CHILD
    child = np.where(of_child, number - 1 - couple[household], -1)
    father = np.where(headed_by_woman, np.where(couple, spouse, np.nan), head)
    mother = np.where(headed_by_woman, head, np.where(couple, spouse, np.nan))
    age[of_child] = _ages_of_children(father, mother, children, rng)
    female = np.where(role == CHILD, rng.random(len(age)) < 0.5, headed_by_woman[household] != (role == SPOUSE))
    return Families(
        household, number, role, child, female, age, _marital_status(role, size[household], age, couple[household], rng)
    )


def _ages_of_parents(
    headed_by_woman: NDArray[np.bool_], children: NDArray[np.int_], rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of head and spouse, old enough for so many children."""
    mean, spread, least, most = _HUSBAND_OLDER
    older = np.clip(rng.normal(mean, spread, len(children)), least, most)
    old_enough = _YOUNGER + 2 + _ROOM_FOR_BIRTHS * children
    head = np.maximum(np.clip(rng.gamma(9, 5.6, len(children)), _YOUNGEST_HEAD, _OLDEST_HEAD), old_enough)
    spouse = np.clip(head + np.where(headed_by_woman, older, -older), _YOUNGEST_SPOUSE, _OLDEST_SPOUSE)
    return head, np.maximum(spouse, old_enough)


def _ages_of_children(
    father: NDArray[np.float64], mother: NDArray[np.float64], children: NDArray[np.int_], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Of all children, household by household and eldest first; a parent who is not there has no age (NaN)."""
    youngest = np.fmax(np.fmax(father - _YOUNGER_THAN_FATHER, mother - _YOUNGER_THAN_MOTHER), 0)
    grown = np.maximum(_LEFT_HOME, youngest + 1.2 * children)
    eldest = np.minimum(np.fmin(father, mother) - _YOUNGER, grown)
    home = np.repeat(np.arange(len(children)), children)
    younger_ones = np.repeat(children.cumsum(), children) - 1 - np.arange(len(home))
    # where in the span, from 1 down to 0 within each household; more of them are young
    place = home + 1 - np.sort(home + 1 - rng.random(len(home)) ** 1.3)
    span = eldest - youngest - _BETWEEN_BIRTHS * np.maximum(children - 1, 0)
    age: NDArray[np.float64] = youngest[home] + place * span[home] + _BETWEEN_BIRTHS * younger_ones
    return age


def _marital_status(
    role: NDArray[np.int8],
    size: NDArray[np.int_],
    age: NDArray[np.float64],
    couple: NDArray[np.bool_],
    rng: np.random.Generator,
) -> NDArray[np.object_]:
    drawn = rng.random(len(role))
    never = np.where(role == CHILD, (age < 28) | (drawn < 0.9), (size == 1) & (drawn < np.where(age < 35, 0.9, 0.3)))
    married = (role != CHILD) & couple
    status: NDArray[np.object_] = np.array(["Janda/Duda", "Bujang", "Berkahwin"], dtype=object)[
        np.where(married, 2, never.astype(np.intp))
    ]
    return status
