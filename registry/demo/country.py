"""How many households each district's sample has, and what they are like on the whole: census and survey figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.names import REFERENCE
from registry.demo.places import moved_inside

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_SURVEY_YEAR = 2022


@dataclass(frozen=True)
class Country:
    """Facts of the sample's country, all indexed alike by district.

    ``districts``: code, state_code, name, state, households (how many the sample has), urban_share, tegar_share,
    mean_size, bumi, chinese, indian (shares). ``places``: district_code, place, lat, lon, weight, mukim (may be empty),
    area_code (of the mukim, or of what is left of the district without one), postcode. ``lines``: state_code, strata,
    pgk (RM per capita), food (RM per capita).
    """

    districts: pd.DataFrame
    places: pd.DataFrame
    lines: pd.DataFrame


def country(households: int, *, folder: Path = REFERENCE) -> Country:
    """The country of a sample of about ``households``: census households times the survey's poverty rate, scaled."""
    return Country(_districts(households, folder), _places(folder), _lines(folder))


def _districts(households: int, folder: Path) -> pd.DataFrame:
    census = pd.read_csv(folder / "statistics" / "census_2020_district.csv", dtype={"district_code": str})
    survey = pd.read_csv(folder / "statistics" / "poverty_district.csv", dtype={"district_code": str})
    survey = survey.loc[survey["year"] == _SURVEY_YEAR, ["district_code", "poverty_absolute"]]
    states = pd.read_csv(folder / "statistics" / "poverty_state.csv", dtype={"state_code": str})
    states = states.loc[states["year"] == _SURVEY_YEAR, ["state_code", "poverty_absolute", "poverty_hardcore"]]
    facts = census.merge(survey, on="district_code").assign(state_code=census["district_code"].str[:2])
    facts = facts.merge(states, on="state_code", suffixes=("", "_state"))
    # districts split after the census have no figures of their own there: the state's middle stands in
    numbers = facts.select_dtypes("number").columns
    facts[numbers] = facts[numbers].fillna(facts.groupby("state_code")[list(numbers)].transform("median")).fillna(0)
    # no district is without a poor household in a register, though a survey may find none
    weight = facts["household_total"] * facts["poverty_absolute"].clip(lower=0.3)
    persons = facts[["ethnicity_bumi", "ethnicity_chinese", "ethnicity_indian", "ethnicity_other"]].sum(axis=1)
    settled = (facts["density_urban"] + facts["density_rural"]).replace(0, np.nan)
    hardcore = facts["poverty_hardcore"] / facts["poverty_absolute_state"].replace(0, np.nan)
    return pd.DataFrame(
        {
            "code": facts["district_code"],
            "state_code": facts["state_code"],
            "name": facts["district"],
            "state": facts["state"],
            "households": _shared_out(households, weight.to_numpy()),
            # the poor live more often in the country than the population does
            "urban_share": (facts["density_urban"] / settled).fillna(0.5) * 0.8,
            "tegar_share": (0.15 + 1.2 * hardcore.fillna(0)).clip(0.12, 0.35),
            "mean_size": facts["household_size_avg"].replace(0, np.nan).fillna(3.8),
            "bumi": facts["ethnicity_bumi"] / persons,
            "chinese": facts["ethnicity_chinese"] / persons * 0.6,
            "indian": facts["ethnicity_indian"] / persons,
        }
    ).sort_values("code", ignore_index=True)


def _shared_out(total: int, weight: NDArray[np.float64]) -> NDArray[np.int_]:
    """``total`` in whole parts by weight: the largest remainders get what rounding leaves."""
    exact = total * weight / weight.sum()
    whole: NDArray[np.int_] = np.floor(exact).astype(np.int_)
    most = np.argsort(whole - exact, kind="stable")[: total - whole.sum()]
    whole[most] += 1
    return whole


def _places(folder: Path) -> pd.DataFrame:
    places = pd.read_csv(
        folder / "gazetteer" / "places.csv", dtype={"district_code": str, "ddsa_code": str, "state_code": str}
    )
    mukim = pd.read_csv(folder / "mukim.csv", dtype=str).dropna(subset=["ddsa_code"])
    places = places.merge(
        mukim[["ddsa_code", "district_code", "code", "name"]], on=["ddsa_code", "district_code"], how="left"
    )
    codes = pd.read_csv(folder / "gazetteer" / "postcodes.csv", dtype=str)
    by_town = codes.groupby(["state_code", "town"])["postcode"].first().reset_index()
    by_state = codes.groupby("state_code")["postcode"].first()
    places = places.merge(by_town.rename(columns={"town": "place"}), on=["state_code", "place"], how="left")
    area_code = places["code"].fillna(places["district_code"] + "00")
    points = moved_inside(area_code.to_numpy(dtype=object), shapely.points(places["lon"], places["lat"]))
    return pd.DataFrame(
        {
            "district_code": places["district_code"],
            "place": places["place"],
            "lat": shapely.get_y(points),
            "lon": shapely.get_x(points),
            "weight": np.sqrt(places["population"].clip(lower=1000)),
            "mukim": places["name"].fillna(""),
            "area_code": area_code,
            "postcode": places["postcode"].fillna(places["state_code"].map(by_state)),
        }
    )


def _lines(folder: Path) -> pd.DataFrame:
    lines = pd.read_csv(folder / "poverty_lines.csv", dtype={"state_code": str})
    lines = lines[(lines["survey_year"] == _SURVEY_YEAR) & lines["strata"].isin(("urban", "rural"))]
    return lines.rename(columns={"pgk_per_capita": "pgk", "food_per_capita": "food"})[
        ["state_code", "strata", "pgk", "food"]
    ]
