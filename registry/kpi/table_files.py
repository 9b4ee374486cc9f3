"""Tables that commands about indicators read: areas over which a target is shared out, and monthly series."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from poverty.kpi.cascade import Basis, CascadeRefused, How, plan
from poverty.kpi.forecast import KINDS, Forecast, Goal, forecast
from registry.errors import SetupProblem
from registry.kpi.case_files import choice, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_MOST_MONTHS: Final = 600
_REFUSALS: Final = {
    "tiada_asas": "there is nothing to share it out by, all figures there are 0 or one is below 0",
    "melebihi_had": "the baselines together hold less than what has to fall away",
    "asas_tidak_sepadan": "the baselines inside do not add up to the area's own",
    "sasaran_melebihi_asas": "the target is above the baseline, and a fall by need cannot be a rise",
    "melebihi_induk": "what was set by hand is more than the area has",
    "tidak_sama_induk": "every area inside was set by hand, and together they are not what the area has",
    "bukan_unit_penuh": "it must be in whole units, 0 or more",
    "kawasan_tidak_dikenali": "no such area inside the country can be set by hand",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a target is to be shared out: by which columns of the table, and what was set by hand."""

    target: int
    how: How
    baseline: str | None
    need: str | None
    lower_is_better: bool
    pins: Mapping[str, int]


def cascade(path: Path, asked: Asked) -> dict[str, int]:
    """The target of every area of a table with ``kod`` and ``induk``.

    Raises:
        SetupProblem: the table or what was asked cannot be used; the message says what to do.

    """
    if asked.how == "keperluan" and asked.need is None:
        raise SetupProblem("Sharing out by need (--how keperluan) wants the column of the need: --need COLUMN.")
    if asked.baseline is None and (asked.how == "syer" or asked.lower_is_better):
        raise SetupProblem("The column of the baselines is wanted: --baseline COLUMN.")
    rows = _rows(path, ["kod", "induk", *(name for name in (asked.baseline, asked.need) if name)])
    children, root = _tree(path, rows)
    basis = Basis(
        children=children,
        root=root,
        how=asked.how,
        lower_is_better=asked.lower_is_better,
        baselines=_column(path, rows, asked.baseline),
        needs=_column(path, rows, asked.need),
    )
    try:
        return dict(plan(basis, asked.target, asked.pins).targets)
    except CascadeRefused as refused:
        raise SetupProblem(_refusal(refused)) from None


def forecasts(path: Path, specs: Mapping[str, Any]) -> dict[str, Any]:
    """Each of the specifications with its ``result``: where its series of the table is going.

    Raises:
        SetupProblem: a series or a specification cannot be used.

    """
    series = _series(path)
    found: dict[str, Any] = {}
    for name, spec in specs.items():
        if not isinstance(spec, dict):
            raise SetupProblem(f"{name}: it must be an object with target, direction, due_in and kind.")
        if name not in series:
            raise SetupProblem(f"{name}: {path.name} has no such series. Name one of: {', '.join(series)}.")
        goal = Goal(
            target=float(number(spec.get("target"), f"{name}: target")),
            lower_is_better=choice(spec.get("direction"), ("lower", "higher"), f"{name}: direction") == "lower",
            due_in=_due_in(spec.get("due_in"), name),
            kind=_kind(spec.get("kind"), name),
        )
        values = series[name]
        kept = {key: value for key, value in spec.items() if key != "result"}
        found[name] = {**kept, "result": _told(forecast(values, goal), len(values))}
    return found


def _told(found: Forecast | None, held: int) -> dict[str, Any]:
    if found is None:
        return {"state": "terlalu_pendek", "used": held}
    months = {
        str(ahead): {name: getattr(band, name) for name in ("point", "lo80", "hi80", "lo95", "hi95")}
        for ahead, band in enumerate(found.months, start=1)
    }
    return {
        "state": "diramal",
        "used": found.used,
        "drift": found.drift,
        "months": months,
        "met_earliest": found.met_earliest,
        "met_point": found.met_point,
        "met_latest": found.met_latest,
        "chance_at_due": list(found.chances),
        "words": found.words,
        "checked": list(found.checked),
    }


def _kind(value: object, name: str) -> Any:
    return choice("rm" if value == "RM" else value, KINDS, f"{name}: kind")


def _due_in(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST_MONTHS:
        raise SetupProblem(f"{name}: due_in must be a whole number of months from 1 to {_MOST_MONTHS}.")
    return value


def _series(path: Path) -> dict[str, list[float]]:
    """Each series since its last break or its last missing month, by name."""
    by_name: dict[str, dict[date, tuple[float | None, bool]]] = defaultdict(dict)
    for line, row in enumerate(_rows(path, ["siri", "bulan", "nilai", "putus"]), start=2):
        if not _MONTH.fullmatch(row["bulan"]):
            raise SetupProblem(f"{path.name}, line {line}: bulan must be a month such as 2026-05.")
        month = date.fromisoformat(f"{row['bulan']}-01")
        if month in by_name[row["siri"]]:
            raise SetupProblem(f"{path.name}, line {line}: {row['siri']} has {row['bulan']} twice. Keep one.")
        value = float(number(row["nilai"], f"{path.name}, line {line}: nilai")) if row["nilai"] else None
        breaks = choice(row["putus"] or "0", ("0", "1"), f"{path.name}, line {line}: putus") == "1"
        by_name[row["siri"]][month] = value, breaks
    return {name: _since_break(months) for name, months in by_name.items()}


def _since_break(months: Mapping[date, tuple[float | None, bool]]) -> list[float]:
    found: list[float] = []
    before: date | None = None
    for month in sorted(months):
        value, breaks = months[month]
        if breaks or (before and (month.year - before.year) * 12 + month.month - before.month != 1):
            found = []
        found = [] if value is None else [*found, value]
        before = month
    return found


def _rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            read = csv.DictReader(file, strict=True)
            found = [{name: (value or "").strip() for name, value in row.items() if name in columns} for row in read]
            names = read.fieldnames or ()
    except (UnicodeDecodeError, csv.Error) as error:
        raise SetupProblem(f"{path.name} is no table that can be read: {error}. Give a CSV in UTF-8.") from None
    if missing := [name for name in columns if name not in names]:
        raise SetupProblem(f"{path.name} lacks the column {', '.join(missing)}. Add it and ask again.")
    if not found:
        raise SetupProblem(f"{path.name} has no row.")
    return found


def _tree(path: Path, rows: Sequence[Mapping[str, str]]) -> tuple[dict[str, list[str]], str]:
    """The areas inside each area, and the one that holds all."""
    codes = [row["kod"] for row in rows]
    if twice := sorted({code for code in codes if not code or codes.count(code) > 1}):
        raise SetupProblem(f"{path.name}: kod must be there once in each row; look at {', '.join(twice) or 'it'}.")
    children: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["induk"]:
            children[row["induk"]].append(row["kod"])
    roots = {row["kod"] for row in rows if not row["induk"]} | (children.keys() - set(codes))
    if len(roots) != 1:
        told = ", ".join(sorted(roots)) or "none"
        raise SetupProblem(f"{path.name}: one area must hold all others, here there are {told}. Correct induk.")
    (root,) = roots
    reached, waiting = {root}, [root]
    while waiting:
        inside = children.get(waiting.pop(), [])
        reached.update(inside)
        waiting += inside
    if astray := sorted(set(codes) - reached):
        raise SetupProblem(f"{path.name}: {', '.join(astray)} lie in no area of the table. Correct induk.")
    return children, root


def _column(path: Path, rows: Sequence[Mapping[str, str]], name: str | None) -> dict[str, Decimal]:
    if name is None:
        return {}
    # the area that holds all may stand there without a figure: it is that of those inside
    given = [row for row in rows if row[name] or row["induk"]]
    return {row["kod"]: number(row[name], f"{path.name}: {name} of {row['kod']}") for row in given}


def _refusal(refused: CascadeRefused) -> str:
    said = f"{refused.code}: {refused.area}: {_REFUSALS[refused.code]}."
    for excess in refused.excesses:
        pins = ", ".join(f"{code}={one}" for code, one in excess.pins.items())
        said += f"\n  inside {excess.area}, {excess.by} too many: {pins}"
    return said
