"""Faults that a census makes: a few in each delivery, so that the worklists of the sample are as full as real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SWAPPED, _NOWHERE, _ASTRAY = 0.004, 0.003, 0.003
_FAR_POSTCODE, _OTHER_MUKIM = 0.005, 0.006
_OTHER_BIRTH_DATE, _OTHER_SEX = 0.004, 0.002
_DEGREES_ASTRAY = 0.6


def add_faults(households: pd.DataFrame, persons: pd.DataFrame, rng: np.random.Generator) -> None:
    """Spoil some coordinates, postcodes, mukim, birth dates and sexes in place; none that would reject a household.

    The frames are those of ``registry.demo.people``. Identity numbers stay, so that what is declared no longer agrees.
    """
    _spoil_places(households, rng)
    latitude, longitude = households["latitud"].to_numpy(), households["longitud"].to_numpy()
    given = latitude != ""
    swapped, nowhere, astray = (given & _some(rng, len(given), share) for share in (_SWAPPED, _NOWHERE, _ASTRAY))
    households["latitud"] = np.select([nowhere, swapped], ["0", longitude], latitude)
    households["longitud"] = np.select([nowhere, swapped], ["0", latitude], longitude)
    away = astray & ~swapped & ~nowhere
    households.loc[away, "latitud"] = [f"{float(value) + _DEGREES_ASTRAY:.6f}" for value in latitude[away]]
    _spoil_persons(persons, rng)


def _spoil_places(households: pd.DataFrame, rng: np.random.Generator) -> None:
    count = len(households)
    far = _some(rng, count, _FAR_POSTCODE)
    households.loc[far, "poskod"] = rng.permutation(households["poskod"].to_numpy())[far]
    other = _some(rng, count, _OTHER_MUKIM) & (households["mukim"].to_numpy() != "")
    households.loc[other, "mukim"] = households["kampung_taman"][other] + " Baharu"


def _spoil_persons(persons: pd.DataFrame, rng: np.random.Generator) -> None:
    count = len(persons)
    dated = _some(rng, count, _OTHER_BIRTH_DATE)
    born = pd.to_datetime(persons.loc[dated, "tarikh_lahir"], format="%d/%m/%Y") - pd.Timedelta(days=31)
    persons.loc[dated, "tarikh_lahir"] = born.dt.strftime("%d/%m/%Y")
    sexed = _some(rng, count, _OTHER_SEX)
    persons.loc[sexed, "jantina"] = np.where(persons.loc[sexed, "jantina"] == "Lelaki", "Perempuan", "Lelaki")


def _some(rng: np.random.Generator, count: int, share: float) -> NDArray[np.bool_]:
    chosen: NDArray[np.bool_] = rng.random(count) < share
    return chosen
