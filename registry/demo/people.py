"""Invented households and persons of the sample, column by column, as a census file of our layout would hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import pandas as pd

from registry.demo.families import CHILD, HEAD, families
from registry.demo.family_names import family_names
from registry.demo.faults import add_faults
from registry.demo.livelihood import incomes_of_households, livelihood, pick, shared_incomes
from registry.demo.names import BORNEAN, COMMUNITIES
from registry.demo.places import places_of, points_at

if TYPE_CHECKING:
    from collections import Counter
    from datetime import date

    from numpy.typing import NDArray

    from registry.demo.country import Country
    from registry.demo.families import Families

MONTHS = 24
_ETHNICITY = ("Melayu", "Cina", "India", "Bumiputera Sabah", "Bumiputera Sarawak")
_RELIGION = ("Islam", "Buddha", "Hindu", "Kristian", "Kristian")
_BORNEO = ("12", "13")
# MyKad numbers have a serial of three digits before the last; 900-999 has not been issued, so none of these is anyone's
_FIRST_SERIAL, _SERIALS = 900, 100
NEVER_ISSUED = "9"  # the first digit of such a serial
_STRIDE = 187  # shares no factor with the 500 numbers there are, so that each is met once


@dataclass(frozen=True)
class Sample:
    """Some households and their members, as text but for the columns that later months change.

    ``households``: one row each, the columns of isirumah.csv, and ``joined`` (month 0-23 of registration).
    ``persons``: one row each, the columns of ahli.csv, and ``household`` (row of ``households``).
    """

    households: pd.DataFrame
    persons: pd.DataFrame


def sample(
    country: Country,
    district: NDArray[np.intp],
    *,
    first: int,
    issued: Counter[str],
    today: date,
    rng: np.random.Generator,
) -> Sample:
    """Invent one household for each entry of ``district`` (row of ``country.districts``), numbered from ``first``.

    ``issued`` remembers the identity numbers that were given to earlier ones.
    """
    facts = country.districts.iloc[district].reset_index(drop=True)
    count = len(facts)
    urban = rng.random(count) < facts["urban_share"].to_numpy()
    community = _communities(facts, rng)
    joined = np.where(rng.random(count) < 0.92, 0, rng.integers(1, MONTHS, count))
    size = np.clip(1 + rng.poisson(np.maximum(facts["mean_size"].to_numpy() - 0.7, 0.5)), 1, 11)
    interviewed = pd.Timestamp(today) - pd.to_timedelta(
        (MONTHS - joined) * 30.44 + rng.integers(3, 40, count), unit="D"
    )
    households = _households(country, facts, urban, rng)
    households.insert(0, "no_isirumah", [f"D{code}{n:08d}" for n, code in enumerate(facts["code"], start=first)])
    households.insert(1, "tarikh_banci", interviewed.strftime("%d/%m/%Y"))
    households["joined"] = joined
    family = families(size, rng)
    persons = _persons(community, family, interviewed, rng)
    persons["no_kp"] = _mykad(persons, facts["state_code"].to_numpy(), issued)
    persons = persons.drop(columns="born")
    income = incomes_of_households(country, facts, urban, size, rng)
    work = persons["status_pekerjaan"].to_numpy()
    persons = persons.assign(**shared_incomes(family, work, income, rng))
    persons.insert(0, "no_isirumah", households["no_isirumah"].to_numpy()[persons["household"].to_numpy()])
    add_faults(households, persons, rng)
    return Sample(households, persons)


def _communities(facts: pd.DataFrame, rng: np.random.Generator) -> NDArray[np.int8]:
    """Index of the head's community: Malay, Chinese, Indian, of Sabah, of Sarawak."""
    shares = facts[["bumi", "chinese", "indian"]].to_numpy()
    edges = (shares / shares.sum(axis=1, keepdims=True)).cumsum(axis=1)
    community = (rng.random((len(facts), 1)) > edges[:, :2]).sum(axis=1)
    state = facts["state_code"].to_numpy()
    native = (community == 0) & (rng.random(len(facts)) < 0.75)
    community = np.where(native & (state == _BORNEO[0]), 3, community)
    return np.where(native & (state == _BORNEO[1]), 4, community).astype(np.int8)


def _households(
    country: Country, facts: pd.DataFrame, urban: NDArray[np.bool_], rng: np.random.Generator
) -> pd.DataFrame:
    count = len(facts)
    chosen, mukim_known = places_of(country, facts["code"].to_numpy(), rng)
    place = country.places.iloc[chosen].reset_index(drop=True)
    where = points_at(country, chosen, spread=np.where(urban, 0.012, 0.03), rng=rng)
    longitude, latitude = (np.char.mod("%.6f", degrees).astype(object) for degrees in where)
    unknown = rng.random(count) < 0.12
    latitude[unknown], longitude[unknown] = "", ""
    phone = [f"01{a}-{b:07d}" for a, b in zip(rng.integers(0, 10, count), rng.integers(0, 10**7, count), strict=True)]
    return pd.DataFrame(
        {
            "negeri": facts["state"],
            "daerah": facts["name"],
            "mukim": np.where(mukim_known, place["mukim"], ""),
            "strata": np.where(urban, "Bandar", "Luar Bandar"),
            "alamat": _addresses(place["place"], urban, rng),
            "kampung_taman": place["place"],
            "poskod": place["postcode"],
            "bandar": place["place"],
            "latitud": latitude,
            "longitud": longitude,
            "jenis_kediaman": pick(rng, count, {"Sebuah": 52, "Teres": 20, "Pangsa": 14, "Berkembar": 9, "Bilik": 5}),
            "pemilikan": pick(rng, count, {"Sendiri": 50, "Sewa": 28, "Tumpang": 15, "Setinggan": 7}),
            "keadaan_rumah": pick(rng, count, {"Sederhana": 42, "Baik": 33, "Uzur": 25}),
            "bil_bilik": rng.integers(1, 5, count).astype(str),
            "tandas": pick(rng, count, {"Pam": 72, "Curah": 23, "Tiada": 5}),
            "bekalan_air": pick(rng, count, {"Paip": 87, "Telaga": 9, "Sungai": 4}),
            "bekalan_elektrik": pick(rng, count, {"Ya": 96, "Tidak": 4}),
            "kutipan_sampah": np.where(rng.random(count) < np.where(urban, 0.9, 0.4), "Ya", "Tidak"),
            "telefon": np.where(rng.random(count) < 0.8, phone, ""),
            "kenderaan": pick(rng, count, {"Motosikal": 52, "Tiada": 33, "Kereta": 15}),
            "tanah_ekar": np.where(rng.random(count) < 0.15, np.char.mod("%.1f", rng.uniform(0.2, 4, count)), ""),
            "pemberi_maklumat": pick(rng, count, {"KIR": 90, "Wakil": 10}),
        }
    )


def _addresses(place: pd.Series[str], urban: NDArray[np.bool_], rng: np.random.Generator) -> list[str]:
    village = place.str.startswith(("Kampung ", "Kampong ")).to_numpy(dtype=bool)
    kind = np.select([urban, village], ["Jalan", "Lorong"], "Kampung")
    house, lane = rng.integers(1, 400, len(place)), rng.integers(1, 13, len(place))
    return [f"No. {no}, {word} {name} {n}" for no, word, name, n in zip(house, kind, place, lane, strict=True)]


def _persons(
    community: NDArray[np.int8], family: Families, interviewed: pd.DatetimeIndex, rng: np.random.Generator
) -> pd.DataFrame:
    people, age = community[family.household], family.age
    born = interviewed[family.household] - pd.to_timedelta((age * 365.25).astype(int) + 1, unit="D")
    known = livelihood(family, rng)
    named = np.minimum(community, COMMUNITIES.index(BORNEAN))
    return pd.DataFrame(
        {
            "household": family.household,
            "no_ahli": (family.number + 1).astype(str),
            "nama": family_names(named, family, rng),
            "no_kp": "",
            "born": born,
            "jantina": np.where(family.female, "Perempuan", "Lelaki"),
            "tarikh_lahir": _formatted(born, "%d/%m/%Y"),
            "hubungan": np.select([family.role == HEAD, family.role == CHILD], ["KIR", "Anak"], "Pasangan"),
            "etnik": np.array(_ETHNICITY, dtype=object)[people],
            "agama": np.array(_RELIGION, dtype=object)[people],
            "taraf_kahwin": family.marital_status,
            "warganegara": "Ya",
            **known,
            "oku": pick(rng, len(age), {"Tiada": 95, "Fizikal": 3, "Penglihatan": 1, "Pembelajaran": 1}),
            "penyakit_kronik": np.where(
                age > 40,
                pick(rng, len(age), {"Tiada": 62, "Darah tinggi": 22, "Kencing manis": 14, "Buah pinggang": 2}),
                "Tiada",
            ),
        }
    )


def _mykad(persons: pd.DataFrame, state_code: NDArray[np.object_], issued: Counter[str]) -> list[str]:
    """Numbers of the MyKad form with a serial that is never issued, each only once for a birth date, state and sex.

    They lie far apart, as issued ones do: people born on one day are not a slip of the hand away from each other.
    """
    day = _formatted(pd.DatetimeIndex(persons["born"]), "%y%m%d")
    state = state_code[persons["household"].to_numpy()].astype(object)
    female = persons["jantina"].to_numpy() == "Perempuan"
    shared, keys = pd.factorize(day + state + np.where(female, "f", "m").astype(object))
    turn = pd.Series(shared).groupby(shared).cumcount().to_numpy() + np.array([issued[key] for key in keys])[shared]
    issued.update(dict(zip(keys, np.bincount(shared).tolist(), strict=True)))
    start = np.array([crc32(key.encode()) for key in keys])[shared]
    place = (start + turn * _STRIDE) % (5 * _SERIALS)
    # the last digit is odd for men and even for women
    last = place // _SERIALS * 2 + np.where(female, 0, 1)
    serial = _FIRST_SERIAL + place % _SERIALS
    return [f"{d}-{s}-{n}{g}" for d, s, n, g in zip(day, state, serial, last, strict=True)]


def _formatted(days: pd.DatetimeIndex, form: str) -> NDArray[np.object_]:
    """Days as text: each day of the calendar is written once, however many persons share it."""
    place, calendar = pd.factorize(days.floor("D"))
    words: NDArray[np.object_] = pd.DatetimeIndex(calendar).strftime(form).to_numpy(dtype=object)
    return words[place]
