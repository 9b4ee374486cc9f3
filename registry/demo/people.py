"""Invented households and persons of the sample, column by column, as a census file of our layout would hold them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import pandas as pd

from registry.demo.faults import add_faults
from registry.demo.names import BORNEAN, COMMUNITIES, names

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from registry.demo.country import Country

MONTHS = 24
_INCOMES = ("pendapatan_gaji", "pendapatan_sendiri", "pendapatan_harta", "pendapatan_pindahan")
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
    persons = _persons(community, size, interviewed, rng)
    persons["no_kp"] = _mykad(persons, facts["state_code"].to_numpy(), issued)
    persons = persons.drop(columns="born")
    income = _incomes(country, facts, urban, size, rng)
    _share_income(persons, income, size, rng)
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
    place = country.places.iloc[_places_of(country, facts["code"].to_numpy(), rng)].reset_index(drop=True)
    spread = np.where(urban, 0.012, 0.03)
    latitude = np.char.mod("%.6f", place["lat"].to_numpy() + rng.normal(0, spread)).astype(object)
    longitude = np.char.mod("%.6f", place["lon"].to_numpy() + rng.normal(0, spread)).astype(object)
    unknown = rng.random(count) < 0.12
    latitude[unknown], longitude[unknown] = "", ""
    kind = np.where(urban, "Jalan", "Kampung")
    house = rng.integers(1, 400, count)
    lane = rng.integers(1, 13, count)
    phone = [f"01{a}-{b:07d}" for a, b in zip(rng.integers(0, 10, count), rng.integers(0, 10**7, count), strict=True)]
    return pd.DataFrame(
        {
            "negeri": facts["state"],
            "daerah": facts["name"],
            "mukim": place["mukim"],
            "strata": np.where(urban, "Bandar", "Luar Bandar"),
            "alamat": [
                f"No. {no}, {word} {name} {n}"
                for no, word, name, n in zip(house, kind, place["place"], lane, strict=True)
            ],
            "kampung_taman": place["place"],
            "poskod": place["postcode"],
            "bandar": place["place"],
            "latitud": latitude,
            "longitud": longitude,
            "jenis_kediaman": _pick(rng, count, {"Sebuah": 52, "Teres": 20, "Pangsa": 14, "Berkembar": 9, "Bilik": 5}),
            "pemilikan": _pick(rng, count, {"Sendiri": 50, "Sewa": 28, "Tumpang": 15, "Setinggan": 7}),
            "keadaan_rumah": _pick(rng, count, {"Sederhana": 42, "Baik": 33, "Uzur": 25}),
            "bil_bilik": rng.integers(1, 5, count).astype(str),
            "tandas": _pick(rng, count, {"Pam": 72, "Curah": 23, "Tiada": 5}),
            "bekalan_air": _pick(rng, count, {"Paip": 87, "Telaga": 9, "Sungai": 4}),
            "bekalan_elektrik": _pick(rng, count, {"Ya": 96, "Tidak": 4}),
            "kutipan_sampah": np.where(rng.random(count) < np.where(urban, 0.9, 0.4), "Ya", "Tidak"),
            "telefon": np.where(rng.random(count) < 0.8, phone, ""),
            "kenderaan": _pick(rng, count, {"Motosikal": 52, "Tiada": 33, "Kereta": 15}),
            "tanah_ekar": np.where(rng.random(count) < 0.15, np.char.mod("%.1f", rng.uniform(0.2, 4, count)), ""),
            "pemberi_maklumat": _pick(rng, count, {"KIR": 90, "Wakil": 10}),
        }
    )


def _places_of(country: Country, code: NDArray[np.object_], rng: np.random.Generator) -> NDArray[np.intp]:
    """A place of each household's district, the larger the likelier."""
    chosen = np.zeros(len(code), dtype=np.intp)
    for district, places in country.places.groupby("district_code"):
        rows = np.flatnonzero(code == district)
        weight = places["weight"].to_numpy()
        chosen[rows] = rng.choice(places.index.to_numpy(), len(rows), p=weight / weight.sum())
    return chosen


def _persons(
    community: NDArray[np.int8],
    size: NDArray[np.int_],
    interviewed: pd.DatetimeIndex,
    rng: np.random.Generator,
) -> pd.DataFrame:
    household = np.repeat(np.arange(len(size)), size)
    number = np.arange(len(household)) - np.repeat(size.cumsum() - size, size)
    head_age = np.repeat(np.clip(rng.gamma(9, 5.6, len(size)), 20, 88), size)
    spouse = (number == 1) & np.repeat(rng.random(len(size)) < 0.72, size)
    child_age = np.clip(head_age - rng.uniform(20, 42, len(household)), None, 45)
    child_age = np.where(child_age < 0, rng.uniform(0, 7, len(household)), child_age)
    age = np.select(
        [number == 0, spouse], [head_age, np.clip(head_age + rng.normal(-3, 4, len(household)), 18, 90)], child_age
    )
    female_head = np.repeat(rng.random(len(size)) < 0.24, size)
    female = np.select([number == 0, spouse], [female_head, ~female_head], rng.random(len(household)) < 0.5)
    people = np.repeat(community, size)
    born = interviewed.repeat(size) - pd.to_timedelta((age * 365.25).astype(int) + 1, unit="D")
    schooling = _schooling(age, rng)
    return pd.DataFrame(
        {
            "household": household,
            "no_ahli": (number + 1).astype(str),
            "nama": names(np.minimum(people, COMMUNITIES.index(BORNEAN)).astype(np.int8), female, rng),
            "no_kp": "",
            "born": born,
            "jantina": np.where(female, "Perempuan", "Lelaki"),
            "tarikh_lahir": _formatted(born, "%d/%m/%Y"),
            "hubungan": np.select([number == 0, spouse], ["KIR", "Pasangan"], "Anak"),
            "etnik": np.array(_ETHNICITY, dtype=object)[people],
            "agama": np.array(_RELIGION, dtype=object)[people],
            "taraf_kahwin": np.where(
                (age > 20) & (number < 2), np.where(size[household] > 1, "Berkahwin", "Janda/Duda"), "Bujang"
            ),
            "warganegara": "Ya",
            **schooling,
            "kemahiran": _pick(rng, len(age), {"Tiada": 70, "Pertanian": 11, "Jahitan": 8, "Masakan": 7, "Mekanik": 4}),
            "oku": _pick(rng, len(age), {"Tiada": 95, "Fizikal": 3, "Penglihatan": 1, "Pembelajaran": 1}),
            "penyakit_kronik": np.where(
                age > 40,
                _pick(rng, len(age), {"Tiada": 62, "Darah tinggi": 22, "Kencing manis": 14, "Buah pinggang": 2}),
                "Tiada",
            ),
        }
    )


def _schooling(age: NDArray[np.float64], rng: np.random.Generator) -> dict[str, NDArray[np.object_]]:
    """The columns about school and work that follow from a person's age."""
    pupil, elder = (age >= 7) & (age < 18), age >= 60
    jobs = _pick(
        rng, len(age), {"Bekerja dengan gaji": 40, "Bekerja sendiri": 30, "Tidak bekerja": 16, "Suri rumah": 14}
    )
    levels = _pick(rng, len(age), {"Rendah": 28, "PMR/PT3": 22, "SPM": 34, "STPM/Diploma": 8, "Tiada": 8})
    return {
        "tahap_pendidikan": np.where(age < 13, "Tiada", levels),
        "bersekolah": np.where(pupil, "Ya", "Tidak"),
        "status_pekerjaan": np.select([pupil, elder, age < 7], ["Pelajar", "Pesara", "Tidak bekerja"], jobs),
    }


def _mykad(persons: pd.DataFrame, state_code: NDArray[np.object_], issued: Counter[str]) -> list[str]:
    """Numbers of the MyKad form with a serial that is never issued, each only once for a birth date, state and sex.

    They lie far apart, as issued ones do: people born on one day are not a slip of the hand away from each other.
    """
    day = _formatted(pd.DatetimeIndex(persons["born"]), "%y%m%d")
    state = state_code[persons["household"].to_numpy()]
    female = persons["jantina"].to_numpy() == "Perempuan"
    keys = pd.Series(day + state + np.where(female, "f", "m"))
    turn = (keys.groupby(keys).cumcount() + keys.map(lambda key: issued[key])).to_numpy()
    issued.update(Counter(keys))
    start = keys.map({key: crc32(key.encode()) for key in keys.unique()}).to_numpy()
    place = (start + turn * _STRIDE) % (5 * _SERIALS)
    # the last digit is odd for men and even for women
    last = place // _SERIALS * 2 + np.where(female, 0, 1)
    serial = _FIRST_SERIAL + place % _SERIALS
    return [f"{d}-{s}-{n}{g}" for d, s, n, g in zip(day, state, serial, last, strict=True)]


def _incomes(
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


def _share_income(
    persons: pd.DataFrame, income: NDArray[np.float64], size: NDArray[np.int_], rng: np.random.Generator
) -> None:
    """Spread a household's income over its head, spouse or eldest child, and over sources; whole ringgit."""
    household = persons["household"].to_numpy()
    job = persons["status_pekerjaan"].to_numpy()
    first = persons["no_ahli"].to_numpy() == "1"
    second = persons["no_ahli"].to_numpy() == "2"
    to_head = np.where(size > 1, rng.uniform(0.6, 1, len(size)), 1.0)[household]
    part = np.where(first, to_head, np.where(second, 1 - to_head, 0)) * income[household]
    transfer = np.where(np.isin(job, ("Pesara", "Tidak bekerja", "Pelajar", "Suri rumah")), 0.7, 0.1) * part
    property_ = np.where(rng.random(len(part)) < 0.03, 0.1, 0) * part
    work = np.maximum(part - transfer - property_, 0)
    paid = job == "Bekerja dengan gaji"
    amounts = (np.where(paid, work, 0), np.where(paid, 0, work), property_, transfer)
    for column, amount in zip(_INCOMES, amounts, strict=True):
        persons[column] = np.round(amount)


def _formatted(days: pd.DatetimeIndex, form: str) -> NDArray[np.object_]:
    """Days as text: each day of the calendar is written once, however many persons share it."""
    place, calendar = pd.factorize(days.floor("D"))
    words: NDArray[np.object_] = pd.DatetimeIndex(calendar).strftime(form).to_numpy(dtype=object)
    return words[place]


def _pick(rng: np.random.Generator, count: int, weights: dict[str, int]) -> NDArray[np.object_]:
    weight = np.array(list(weights.values()), dtype=float)
    return rng.choice(np.array(list(weights), dtype=object), count, p=weight / weight.sum())
