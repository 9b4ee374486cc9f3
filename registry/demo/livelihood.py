"""School, work, skill and income of the sample's persons, as their age, sex and place in the family allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from registry.demo.families import CHILD, SPOUSE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from registry.demo.country import Country
    from registry.demo.families import Families

INCOMES: Final = ("pendapatan_gaji", "pendapatan_sendiri", "pendapatan_harta", "pendapatan_pindahan")

PUPIL, EMPLOYED, SELF_EMPLOYED = "Pelajar", "Bekerja dengan gaji", "Bekerja sendiri"
_IDLE: Final = "Tidak bekerja"
_SCHOOL_FROM, _SECONDARY_FROM, _UPPER_FROM, _ADULT, _LAST_STUDENT, _RETIRED = 7, 13, 16, 18, 24, 60
_WORKING_AGE: Final = 16
_MEN: Final = {EMPLOYED: 52, SELF_EMPLOYED: 38, _IDLE: 10}
_WOMEN: Final = {EMPLOYED: 38, SELF_EMPLOYED: 32, "Suri rumah": 20, _IDLE: 10}
_WIVES: Final = {"Suri rumah": 52, SELF_EMPLOYED: 22, EMPLOYED: 20, _IDLE: 6}
_GROWN_CHILDREN: Final = {EMPLOYED: 54, SELF_EMPLOYED: 20, _IDLE: 26}
_OLD: Final = {"Pesara": 56, SELF_EMPLOYED: 20, _IDLE: 14, "Uzur": 10}
_LEVELS: Final = {"Rendah": 26, "PMR/PT3": 22, "SPM": 38, "STPM/Diploma": 8, "Tiada": 6}
_LEVELS_OF_OLD: Final = {"Rendah": 52, "Tiada": 26, "PMR/PT3": 12, "SPM": 10}
_LEVELS_OF_YOUNG: Final = {"SPM": 70, "PMR/PT3": 24, "Rendah": 6}  # who has just left school, or studies on
_LEVELS_OF_STUDENTS: Final = {"SPM": 70, "STPM/Diploma": 30}
_SKILLS: Final = {"Tiada": 66, "Pertanian": 13, "Jahitan": 8, "Masakan": 8, "Mekanik": 5}


def livelihood(family: Families, rng: np.random.Generator) -> dict[str, NDArray[np.object_]]:
    """The columns about school, work and skill: none at work below 16, none at school beyond 24."""
    age, count = family.age, len(family.age)
    drawn = rng.random(count)
    grown_child = (family.role == CHILD) & (age >= _ADULT)
    # nearly all go to school to 16, most to 18, a third of those who live at home to 25
    student = grown_child & (age < _LAST_STUDENT) & (drawn < 0.35)
    at_school = (age >= _SCHOOL_FROM) & (age < _ADULT) & (drawn < np.where(age < _UPPER_FROM, 0.985, 0.92))
    pupil = at_school | student
    may_work = (age >= _WORKING_AGE) & ~pupil
    work = np.full(count, _IDLE, dtype=object)
    old = age >= _RETIRED
    wife = (family.role == SPOUSE) & family.female
    own = may_work & ~old
    for who, kinds in (
        (may_work & old, _OLD),
        (own & wife, _WIVES),
        (own & ~wife & (family.role == CHILD), _GROWN_CHILDREN),
        (own & ~wife & (family.role != CHILD) & family.female, _WOMEN),
        (own & ~wife & (family.role != CHILD) & ~family.female, _MEN),
    ):
        work[who] = pick(rng, int(who.sum()), kinds)
    work[pupil] = PUPIL
    return {
        "tahap_pendidikan": _education(age, student, rng),
        "bersekolah": np.where(pupil, "Ya", "Tidak"),
        "status_pekerjaan": work,
        "kemahiran": np.where(may_work, pick(rng, count, _SKILLS), "Tiada"),
    }


def _education(age: NDArray[np.float64], student: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.object_]:
    """The highest level that was finished."""
    level = np.full(len(age), "Tiada", dtype=object)
    level[(age >= _SECONDARY_FROM) & (age < _ADULT)] = "Rendah"
    upper = (age >= _UPPER_FROM) & (age < _ADULT)
    level[upper] = pick(rng, int(upper.sum()), {"PMR/PT3": 88, "Rendah": 12})
    young = (age >= _ADULT) & (age < _LAST_STUDENT)
    for who, levels in (
        (young & ~student, _LEVELS_OF_YOUNG),
        (student & (age >= 20), _LEVELS_OF_STUDENTS),
        ((age >= _LAST_STUDENT) & (age < _RETIRED), _LEVELS),
        (age >= _RETIRED, _LEVELS_OF_OLD),
    ):
        level[who] = pick(rng, int(who.sum()), levels)
    level[student & (age < 20)] = "SPM"
    return level


def incomes_of_households(
    country: Country, facts: pd.DataFrame, urban: NDArray[np.bool_], size: NDArray[np.int_], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Monthly income of each household, RM: some below the food line, most below the line, some above."""
    lines = country.lines.set_index(["state_code", "strata"])
    keys = pd.MultiIndex.from_arrays([facts["state_code"], np.where(urban, "urban", "rural")])
    food, pgk = lines["food"].reindex(keys).to_numpy(), lines["pgk"].reindex(keys).to_numpy()
    draw, share = rng.random(len(facts)), facts["tegar_share"].to_numpy()
    tegar = food * rng.beta(5, 1.6, len(facts))
    miskin = food + (pgk - food) * rng.beta(1.6, 1.3, len(facts))
    above = pgk * (1 + rng.gamma(1.4, 0.16, len(facts)))
    income: NDArray[np.float64] = np.select([draw < share, draw < 0.84], [tegar, miskin], above) * size
    return income


def shared_incomes(
    family: Families, work: NDArray[np.object_], income: NDArray[np.float64], rng: np.random.Generator
) -> dict[str, NDArray[np.float64]]:
    """A household's income over its head and whoever else works, and over sources; whole ringgit.

    A head who does not work has transfers and property alone.
    """
    head, paid, own = family.number == 0, work == EMPLOYED, work == SELF_EMPLOYED
    weight = np.where(head, np.where(paid | own, 1, 0.4), np.where(paid | own, rng.uniform(0.2, 0.6, len(work)), 0))
    part = weight / np.bincount(family.household, weight)[family.household] * income[family.household]
    property_ = np.where(head & (rng.random(len(part)) < 0.03), 0.1, 0) * part
    transfer = np.where(paid | own, np.where(head, 0.1, 0), 1) * (part - property_)
    earned = part - transfer - property_
    amounts = (np.where(paid, earned, 0), np.where(own, earned, 0), property_, transfer)
    return {column: np.round(amount) for column, amount in zip(INCOMES, amounts, strict=True)}


def pick(rng: np.random.Generator, count: int, weights: dict[str, int]) -> NDArray[np.object_]:
    """So many of the words, the heavier the likelier."""
    weight = np.array(list(weights.values()), dtype=float)
    return rng.choice(np.array(list(weights), dtype=object), count, p=weight / weight.sum())
