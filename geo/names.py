"""Finds the code of an area from the name that people write, through canonical names and known aliases."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from geo.normalising import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"
LEVELS = ("country", "state", "district", "mukim", "parliament", "dun", "catchment")

_SUGGESTION_LIKENESS = 0.6


@dataclass(frozen=True)
class AliasBook:
    """Names by level and parent: a state has no parent, a district its state, a mukim its district.

    Seats and catchments are kept under their state, or under none.
    """

    codes: Mapping[tuple[str, str, str], str]
    """(level, parent code or empty, normalised name) → code."""
    names: Mapping[str, str]
    """code → name as shown to people."""
    _everywhere: Mapping[tuple[str, str], frozenset[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index names without their parent, for files that do not say in which state a district lies."""
        everywhere: dict[tuple[str, str], set[str]] = {}
        for (level, _, key), code in self.codes.items():
            everywhere.setdefault((level, key), set()).add(code)
        object.__setattr__(self, "_everywhere", {key: frozenset(codes) for key, codes in everywhere.items()})

    def code(self, name: str, *, level: str, parent: str | None = None) -> str | None:
        """Code of the area so called in ``parent``; without a parent only when one area alone has the name."""
        key = normalise(name)
        if parent is not None:
            return self.codes.get((level, parent, key))
        found = self._everywhere.get((level, key), frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def candidates(self, name: str, *, level: str) -> frozenset[str]:
        """Codes of every area of the level that goes by the name, whatever its parent."""
        return self._everywhere.get((level, normalise(name)), frozenset())

    def suggest(self, name: str, *, level: str, parent: str | None = None, limit: int = 3) -> tuple[str, ...]:
        """Codes of the areas with the most alike names, best first; empty where nothing is alike."""
        keys = {
            key: code
            for (of_level, of_parent, key), code in self.codes.items()
            if of_level == level and (parent is None or of_parent == parent)
        }
        alike = difflib.get_close_matches(normalise(name), list(keys), n=limit * 3, cutoff=_SUGGESTION_LIKENESS)
        return tuple(dict.fromkeys(keys[key] for key in alike))[:limit]

    def frame(self) -> pd.DataFrame:
        """Every name as a row, for a database: alias_normalised, level, state_code, parent_code, code (all text).

        ``state_code`` is empty for states and countries. Unique on level, parent_code, alias_normalised.
        """
        rows = [
            (key, level, "" if level in {"country", "state"} else _state_of(code), parent, code)
            for (level, parent, key), code in self.codes.items()
        ]
        columns = ["alias_normalised", "level", "state_code", "parent_code", "code"]
        return pd.DataFrame(rows, columns=columns).sort_values(["level", "code", "alias_normalised"], ignore_index=True)


def load_areas(folder: Path = REFERENCE) -> pd.DataFrame:
    """Every area of the reference tables: code, level, name, parent_code, state_code, kind (all text, no gaps).

    ``kind`` is mukim, bandar, pekan or tanpa_mukim for the level mukim, else the level. Sorted by level and code.
    """
    states = _read(folder / "codes" / "state.csv").rename(columns={"state_code": "code", "state": "name"})
    states = states.assign(level="state", parent_code="MY", state_code=states["code"])
    districts = _read(folder / "codes" / "district.csv").rename(columns={"district_code": "code", "district": "name"})
    districts = districts.assign(level="district", parent_code=districts["state_code"])
    mukim = _read(folder / "mukim.csv").rename(columns={"district_code": "parent_code"}).assign(level="mukim")
    frames = [states, districts, mukim, _read(folder / "other_areas.csv")]
    areas = pd.concat(frames, ignore_index=True)[["code", "level", "name", "parent_code", "state_code", "kind"]]
    areas["kind"] = areas["kind"].fillna(areas["level"])
    order = areas["level"].map({level: place for place, level in enumerate(LEVELS)})
    return areas.assign(order=order).sort_values(["order", "code"], ignore_index=True).drop(columns="order")


def load_alias_book(folder: Path = REFERENCE) -> AliasBook:
    """Alias book of the reference tables: canonical names, the codes themselves, and ``area_aliases.csv``.

    A canonical name outranks an alias; a bandar or pekan is also found without that word where nothing else of its
    district is so called. Rests without a mukim have no name.
    """
    areas = load_areas(folder)
    codes: dict[tuple[str, str, str], str] = {}
    short: dict[tuple[str, str, str], set[str]] = {}
    named = areas[areas["kind"] != "tanpa_mukim"]
    for code, level, name, parent in _rows(named[["code", "level", "name", "parent_code"]]):
        scope = _scope(level, code, parent)
        codes[level, scope, normalise(name)] = code
        for word in ("BANDAR ", "PEKAN "):
            if level == "mukim" and normalise(name).startswith(word):
                short.setdefault((level, scope, normalise(name).removeprefix(word)), set()).add(code)
    for level, state_code, alias, code in _rows(_read(folder / "area_aliases.csv")):
        codes.setdefault((level, code[:4] if level == "mukim" else state_code, normalise(alias)), code)
    for key, found in short.items():
        if len(found) == 1:
            codes.setdefault(key, next(iter(found)))
    for code, level, parent in _rows(named[["code", "level", "parent_code"]]):
        for spelling in _code_spellings(code, level):
            codes.setdefault((level, _scope(level, code, parent), normalise(spelling)), code)
    return AliasBook(codes=codes, names=dict(zip(areas["code"], areas["name"], strict=True)))


def _scope(level: str, code: str, parent: str) -> str:
    if level in {"country", "state", "catchment"}:
        return ""
    return parent if level in {"district", "mukim"} else _state_of(code)


def _state_of(code: str) -> str:
    return code[:2] if code[:2].isdigit() else ""


def _code_spellings(code: str, level: str) -> Iterable[str]:
    return (code, code.lstrip("0")) if level == "state" else (code,)


def _rows(frame: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    return zip(*(frame[column].tolist() for column in frame.columns), strict=True)


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)
