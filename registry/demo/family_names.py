"""Names of families of the sample: children carry their father's name, by the custom of their community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from registry.demo.families import CHILD, SPOUSE
from registry.demo.names import COMMUNITIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from registry.demo.families import Families


@dataclass(frozen=True)
class _Words:
    """Words by sex (0 male, 1 female) and community, one after the other in ``all``."""

    all: NDArray[np.object_]
    start: NDArray[np.intp]
    count: NDArray[np.intp]

    @classmethod
    def of(cls, male: list[tuple[str, ...]], female: list[tuple[str, ...]]) -> _Words:
        count = np.array([[len(words) for words in male], [len(words) for words in female]])
        start = (count.cumsum() - count.ravel()).reshape(count.shape)
        return cls(np.array([word for words in (*male, *female) for word in words], dtype=object), start, count)

    def lengths(self, sex: int | NDArray[np.intp], community: NDArray[np.integer]) -> NDArray[np.intp]:
        count: NDArray[np.intp] = self.count[sex, community]
        return count

    def words(
        self, sex: int | NDArray[np.intp], community: NDArray[np.integer], place: NDArray[np.intp]
    ) -> NDArray[np.object_]:
        words: NDArray[np.object_] = self.all[self.start[sex, community] + place]
        return words


_STRIDES: Final = np.array([1, 3, 7, 9])
"""None shares a factor with how many other given names there are, so that ten children have ten names."""
_GIVEN: Final = _Words.of([parts.male for parts in COMMUNITIES], [parts.female for parts in COMMUNITIES])
_SECOND: Final = _Words.of(
    [tuple(f" {word}" if word else "" for word in parts.male_second) for parts in COMMUNITIES],
    [tuple(f" {word}" if word else "" for word in parts.female_second) for parts in COMMUNITIES],
)
_FAMILY: Final = _Words.of([parts.family for parts in COMMUNITIES], [parts.family for parts in COMMUNITIES])
_SURNAME_FIRST: Final = np.array([parts.family_first for parts in COMMUNITIES])
_LINK: Final = np.array(
    [[f" {parts.male_link} " for parts in COMMUNITIES], [f" {parts.female_link} " for parts in COMMUNITIES]],
    dtype=object,
)


def family_names(community: NDArray[np.integer], family: Families, rng: np.random.Generator) -> NDArray[np.object_]:
    """One name for each person of ``family``: children carry their father's name, as their community has it.

    ``community`` is an index into ``COMMUNITIES`` for each household. Children of a woman without a husband in the
    house carry the name of one father who is not there. Nobody in a family has the same given name as another of that
    sex, and husband and wife never the same father.
    """
    homes = len(community)
    home, of_child = family.household, family.role == CHILD
    sexes, people = family.female.astype(np.intp), community[home]
    # a given name for a father and a mother of each household, and the family names of a head and of a spouse
    parents = np.stack([rng.integers(0, _GIVEN.lengths(sex, community)) for sex in (0, 1)])
    seconds = np.stack([rng.integers(0, _SECOND.lengths(sex, community)) for sex in (0, 1)])
    known = _FAMILY.lengths(0, community)
    head = rng.integers(0, known)
    last_names = np.stack([head, (head + 1 + rng.integers(0, known - 1)) % known])
    # children take other given names of their sex in turn, from another one in each family
    others = _GIVEN.lengths(sexes, people) - 1
    turn = rng.integers(0, 1_000, homes)[home] + family.child * rng.choice(_STRIDES, homes)[home]
    given = np.where(of_child, (parents[sexes, home] + 1 + turn % others) % (others + 1), parents[sexes, home])
    second = np.where(of_child, rng.integers(0, _SECOND.lengths(sexes, people)), seconds[sexes, home])
    called = _GIVEN.words(sexes, people, given) + _SECOND.words(sexes, people, second)
    fathers = _GIVEN.words(0, community, parents[0]) + _SECOND.words(0, community, seconds[0])
    # the father is the head, or the spouse of a woman, there or not
    at_head = np.zeros(homes, dtype=bool)
    at_head[home[(family.number == 0) & ~family.female]] = True
    slot = np.where(of_child, ~at_head[home], family.role == SPOUSE).astype(np.intp)
    last = _FAMILY.words(0, people, last_names[slot, home])
    surname_first = _SURNAME_FIRST[people]
    carried = of_child & ~surname_first
    last[carried] = fathers[home[carried]]
    made: NDArray[np.object_] = np.empty(len(home), dtype=object)
    made[surname_first] = last[surname_first] + " " + called[surname_first]
    linked = ~surname_first
    made[linked] = called[linked] + _LINK[sexes[linked], people[linked]] + last[linked]
    return made
