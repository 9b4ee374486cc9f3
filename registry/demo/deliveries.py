"""Two years of invented deliveries: a first census, then each month's new and changed households, as files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow.csv import WriteOptions, write_csv

from registry.demo import pilots
from registry.demo.country import country
from registry.demo.livelihood import INCOMES
from registry.demo.people import MONTHS, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from registry.demo.people import Sample

_CHUNK = 50_000
_INCOMES = list(INCOMES)
_CHANGED_A_MONTH = 0.025
_AID = {
    "agensi": ("JKM", "Zakat", "KPM", "KPLB", "KPKT"),
    "program": ("Bantuan Am", "Zakat Bulanan", "KWAPM", "PPRT", "Baik Pulih Rumah"),
}
_AIDED = 0.4


@dataclass(frozen=True)
class Delivery:
    """A folder in the layout of a census delivery, and the day on which it is received."""

    folder: Path
    received_on: date


def write_deliveries(
    folder: Path,
    *,
    households: int,
    seed: int,
    today: date,
    progress: Callable[[str, int, int], None],
    months: int = MONTHS,
) -> list[Delivery]:
    """Write the deliveries of a sample of ``households`` into ``folder``, oldest first; the same for the same seed.

    ``months`` leaves out the later ones; the first holds all but those who join later. Works through the country in
    pieces, so that memory does not grow with the number asked for.
    """
    facts = country(households)
    district = np.repeat(np.arange(len(facts.districts)), facts.districts["households"].to_numpy())
    drift = _drifts(facts.districts["code"].tolist(), seed)
    deliveries = [Delivery(folder / f"{month:02d}", _received(today, month)) for month in range(months)]
    for delivery in deliveries:
        delivery.folder.mkdir(parents=True)
    issued: Counter[str] = Counter()
    for number, start in enumerate(range(0, households, _CHUNK)):
        rng = np.random.default_rng([seed, number])
        rows = district[start : start + _CHUNK]
        piece = sample(facts, rows, first=start + 1, issued=issued, today=today, rng=rng)
        for month, part in _months(piece, drift[rows], deliveries, today, rng):
            _append(deliveries[month].folder, part, rng)
        progress("sample households", min(start + _CHUNK, households), households)
    return deliveries


def _drifts(codes: list[str], seed: int) -> NDArray[np.float64]:
    """How likely a change of income is one for the better, by district: most improve, some do not."""
    return np.random.default_rng([seed, 999_983]).normal(0.74, 0.12, len(codes)).clip(0.35, 0.95)


def _received(today: date, month: int) -> date:
    """The 15th of each of the last 24 months, and never after today."""
    first = (pd.Timestamp(today).to_period("M") - (MONTHS - 1 - month)).start_time.date()
    return min(first + timedelta(days=14), today)


def _months(
    piece: Sample, better: NDArray[np.float64], deliveries: list[Delivery], today: date, rng: np.random.Generator
) -> Iterator[tuple[int, Sample]]:
    """For each month the households that join or change in it; incomes in ``piece`` move as months go by."""
    joined = piece.households["joined"].to_numpy()
    incomes = piece.persons[_INCOMES].to_numpy()
    of_household = piece.persons["household"].to_numpy()
    file_nos = piece.households["no_isirumah"].to_numpy()
    asked_again = pilots.asked_again(file_nos)
    year_later = pilots.month_asked_again([_received(today, month) for month in range(MONTHS)], today)
    for month, delivery in enumerate(deliveries):
        changed = (joined < month) & (rng.random(len(joined)) < _CHANGED_A_MONTH)
        up = rng.random(len(joined)) < better
        factor = np.where(up, rng.uniform(1.15, 2.1, len(joined)), rng.uniform(0.7, 0.95, len(joined)))
        factor = np.where(changed, factor, 1.0)
        if month == year_later:
            again = asked_again & (joined < month)
            of_each = np.bincount(of_household, incomes.sum(axis=1), len(joined)).astype(float)
            course = pilots.course_of_incomes(file_nos, of_each, np.bincount(of_household, minlength=len(joined)))
            factor, changed = np.where(again, course, factor), changed | again
        incomes = np.round(incomes * factor[of_household, None])
        due = changed | (joined == month)
        visited = delivery.received_on - timedelta(days=int(rng.integers(3, 25)))
        households = piece.households[due].drop(columns="joined")
        households.loc[changed[due], "tarikh_banci"] = f"{visited:%d/%m/%Y}"
        kept = due[of_household]
        persons = (
            piece.persons[kept].drop(columns="household").assign(**dict(zip(_INCOMES, incomes[kept].T, strict=True)))
        )
        yield month, replace(piece, households=households, persons=persons)


def _append(folder: Path, part: Sample, rng: np.random.Generator) -> None:
    heads = part.persons.loc[part.persons["hubungan"] == "KIR", ["no_isirumah", "no_kp"]]
    aided = heads[rng.random(len(heads)) < _AIDED]
    kind = rng.integers(0, len(_AID["agensi"]), len(aided))
    day = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 330, len(aided)), unit="D")
    aid = aided.assign(
        agensi=np.array(_AID["agensi"])[kind],
        program=np.array(_AID["program"])[kind],
        tarikh=day.strftime("%d/%m/%Y"),
        amaun=np.char.mod("%.2f", rng.integers(2, 50, len(aided)) * 50.0),
        kekerapan=np.where(kind < 2, "Bulanan", "Sekali"),
    )
    for name, frame in (("isirumah", part.households), ("ahli", part.persons), ("bantuan", aid)):
        table = pa.Table.from_pandas(frame, preserve_index=False)
        with (folder / f"{name}.csv").open("ab") as file:
            options = WriteOptions(include_header=file.tell() == 0, quoting_style="needed")
            write_csv(table, file, options)
