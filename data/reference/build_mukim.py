"""Makes mukim.csv, our own six-digit mukim codes, from the DDSA list: ``python -m data.reference.build_mukim``."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from geo.normalising import normalise

HERE = Path(__file__).resolve().parent
REST = "00"


def mukim_table(subdistricts: pd.DataFrame, districts: pd.DataFrame) -> pd.DataFrame:
    """Mukim, bandar and pekan of each DOSM district, and the rest of the district that belongs to none.

    Takes ``codes/subdistrict.csv`` and ``codes/district.csv``. Returns code (DOSM district + the last two digits of
    the DDSA code, else the next free two), district_code, state_code, name, kind (mukim, bandar, pekan, tanpa_mukim),
    ddsa_code (an alias; empty for the rest). A name listed twice in a district keeps its first code.
    """
    listed = subdistricts.sort_values(["district_code", "ddsa_code"]).copy()
    listed["name"] = [re.sub(r"^(Bandar|Pekan) (?=\1 )", "", name) for name in listed["subdistrict"]]
    listed["key"] = listed["name"].map(normalise)
    listed = listed.drop_duplicates(["district_code", "key"], keep="first")
    rows: list[tuple[str, str, str, str, str, str]] = [
        (f"{code}{REST}", code, code[:2], f"{name} (tanpa mukim)", "tanpa_mukim", "")
        for code, name in zip(districts["district_code"], districts["district"], strict=True)
    ]
    taken: dict[str, set[str]] = {}
    for row in listed.itertuples(index=False):
        used = taken.setdefault(str(row.district_code), {REST})
        last_two = _free(str(row.ddsa_code)[-2:], used)
        used.add(last_two)
        code = f"{row.district_code}{last_two}"
        rows.append((code, str(row.district_code), code[:2], str(row.name), str(row.kind), str(row.ddsa_code)))
    columns = ["code", "district_code", "state_code", "name", "kind", "ddsa_code"]
    return pd.DataFrame(rows, columns=columns).sort_values("code", ignore_index=True)


def _free(wanted: str, used: set[str]) -> str:
    if wanted not in used:
        return wanted
    return next(f"{number:02d}" for number in range(1, 100) if f"{number:02d}" not in used)


def main() -> None:
    """Write mukim.csv beside this script."""
    subdistricts = pd.read_csv(HERE / "codes" / "subdistrict.csv", dtype=str)
    districts = pd.read_csv(HERE / "codes" / "district.csv", dtype=str)
    mukim_table(subdistricts, districts).to_csv(HERE / "mukim.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
