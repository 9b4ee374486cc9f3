"""Makes a register of which it is known who is in it twice: invented people, and the slips of a second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from registry.demo.names import COMMUNITIES, names
from registry.matching.slips import abbreviated, misdated, misspelt, mistyped_number

COLUMNS: Final = (
    "person_id", "household_id", "is_head", "name", "id_no", "born", "sex", "phone", "address", "village", "district",
    "mukim", "who",
)  # fmt: skip
"""``who`` is the same for the same person; ``born`` is YYYYMMDD."""

_TODAY: Final = date(2026, 1, 1)
_HOUSEHOLDS_TWICE: Final = 0.03
_MEMBERS_TWICE: Final = 0.005
_PLACES: Final = tuple(f"{state:02}{district:02}" for state in range(1, 14) for district in range(1, 11))
_VILLAGES: Final = ("Kampung Baru", "Taman Contoh", "Kampung Melayu", "Taman Rekaan", "Felda Contoh", "Kampung Sungai")
_STREETS: Final = ("Jalan Melor", "Lorong 3", "Jalan Besar", "Jalan Kenanga", "Lorong Mawar", "Jalan Sekolah")


@dataclass(frozen=True, slots=True)
class Truth:
    """People with the columns :data:`COLUMNS`, and how many pairs of them are one person in two households."""

    people: pd.DataFrame

    @property
    def pairs(self) -> set[tuple[int, int]]:
        """The pairs of persons, by their numbers, that are one."""
        found: set[tuple[int, int]] = set()
        twice = self.people[self.people.duplicated("who", keep=False)]
        for _, same in twice.groupby("who"):
            numbers, homes = list(same["person_id"]), list(same["household_id"])
            found |= {
                (min(one, other), max(one, other))
                for place, one in enumerate(numbers)
                for later, other in enumerate(numbers[place + 1 :], place + 1)
                if homes[place] != homes[later]
            }
        return found


def make(persons: int, *, seed: int) -> Truth:
    """A register of about so many persons; the same for the same seed."""
    rng = np.random.default_rng(seed)
    base = _people(persons, rng)
    again = _again(base, rng)
    whole = pd.concat([base, again], ignore_index=True)
    whole["person_id"] = np.arange(1, len(whole) + 1)
    return Truth(whole[list(COLUMNS)])


def _people(count: int, rng: np.random.Generator) -> pd.DataFrame:
    sizes = rng.integers(1, 8, count)
    household = np.repeat(np.arange(count), sizes)[:count]
    first = np.r_[True, household[1:] != household[:-1]]
    homes = int(household[-1]) + 1
    community = rng.choice(len(COMMUNITIES), homes, p=[0.7, 0.14, 0.06, 0.1]).astype(np.int8)[household]
    female = rng.random(count) < 0.5
    ages = np.where(first, rng.integers(25 * 365, 80 * 365, count), rng.integers(30, 70 * 365, count))
    # twins: the hardest people to tell apart
    twin = np.r_[False, (household[1:] == household[:-1]) & ~first[:-1]] & (rng.random(count) < 0.01)
    ages[twin] = ages[np.flatnonzero(twin) - 1]
    born = np.array([(_TODAY - timedelta(days=int(days))).strftime("%Y%m%d") for days in ages], dtype=object)
    people = pd.DataFrame({
        "household_id": household + 1, "is_head": first, "name": names(community, female, rng), "born": born,
        "sex": np.where(female, "female", "male"), "who": np.arange(count),
    })  # fmt: skip
    people["id_no"] = _numbers(born, female, rng)
    return people.join(_homes(homes, rng), on="household_id")


def _numbers(born: Any, female: Any, rng: np.random.Generator) -> list[str | None]:
    states, serials = rng.integers(1, 17, len(born)), rng.integers(0, 1000, len(born))
    last = rng.integers(0, 5, len(born)) * 2 + np.where(female, 0, 1)
    known = rng.random(len(born)) > 0.03
    return [
        f"{day[2:]}{state:02}{serial:03}{digit}" if has else None
        for day, state, serial, digit, has in zip(born, states, serials, last, known, strict=True)
    ]


def _homes(count: int, rng: np.random.Generator) -> pd.DataFrame:
    place = rng.choice(len(_PLACES), count)
    street, village = rng.choice(len(_STREETS), count), rng.choice(len(_VILLAGES), count)
    number, mukim = rng.integers(1, 400, count), rng.integers(1, 9, count)
    phones = rng.integers(10_000_000, 99_999_999, count)
    has_phone = rng.random(count) < 0.8
    return pd.DataFrame(
        {
            "district": [_PLACES[index] for index in place],
            "mukim": [f"{_PLACES[index]}{part:02}" for index, part in zip(place, mukim, strict=True)],
            "address": [f"No. {no}, {_STREETS[index]}" for no, index in zip(number, street, strict=True)],
            "village": [_VILLAGES[index] for index in village],
            "phone": [f"01{phone}" if has else None for phone, has in zip(phones, has_phone, strict=True)],
        },
        index=np.arange(1, count + 1),
    )


def _again(base: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Some households a second time, and some members in a second household, with slips."""
    homes = base["household_id"].unique()
    twice = rng.choice(homes, int(len(homes) * _HOUSEHOLDS_TWICE), replace=False)
    copies = base[base["household_id"].isin(twice)].copy()
    # not everyone is named again; the head is
    copies = copies[copies["is_head"] | (rng.random(len(copies)) < 0.85)]
    renumbered = {home: len(homes) + 1 + place for place, home in enumerate(twice)}
    moved = {home: rng.random() < 0.2 for home in twice}
    copies["household_id"] = copies["household_id"].map(renumbered)
    elsewhere = _homes(len(homes) + len(twice), rng)
    has_moved = copies["household_id"].map({renumbered[home]: went for home, went in moved.items()})
    for column in ("district", "mukim", "address", "village"):
        copies[column] = np.where(has_moved, copies["household_id"].map(elsewhere[column]), copies[column])
    changed = copies["household_id"].map({home: rng.random() < 0.3 for home in renumbered.values()})
    copies["phone"] = np.where(changed, copies["household_id"].map(elsewhere["phone"]), copies["phone"])
    others = base[~base["is_head"] & ~base["household_id"].isin(twice)]
    members = others.sample(int(len(base) * _MEMBERS_TWICE), random_state=int(rng.integers(2**31))).copy()
    hosts = base[base["is_head"]].sample(len(members), random_state=int(rng.integers(2**31)))
    for column in ("household_id", "district", "mukim", "address", "village", "phone"):
        members[column] = hosts[column].to_numpy()
    return _with_slips(pd.concat([copies, members], ignore_index=True), rng)


def _with_slips(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    people["name"] = [misspelt(name, rng) for name in people["name"]]
    people["id_no"] = [mistyped_number(number, rng) for number in people["id_no"]]
    people["born"] = [misdated(born, rng) for born in people["born"]]
    people["address"] = [abbreviated(address, rng) for address in people["address"]]
    slip = rng.random(len(people)) < 0.005
    people["sex"] = np.where(slip, np.where(people["sex"] == "male", "female", "male"), people["sex"])
    return people
