"""The checks before a formula is accepted, in order: names, filters, stocks and flows, months, units, levels."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from poverty.kpi.grammar import read_formula
from poverty.kpi.measures import shipped_measures
from poverty.kpi.refused import FormulaRefused
from poverty.kpi.tree import Ago, Chosen, Figure, Joined, Negated, Node, Number, Reference, Total, figures, reference_of
from poverty.kpi.units import NONE, Unit, times, unit_of, unit_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from poverty.kpi.measures import Measure

MOST_MONTHS: Final = 60


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that has passed every check: its text and its tree."""

    text: str
    tree: Node

    @property
    def figures(self) -> dict[str, Figure]:
        """What it reads, by key."""
        return {one.key: one for one in figures(self.tree)}


def accepted(formula: str, *, unit: str, level: str, measures: Mapping[str, Measure] | None = None) -> Formula:
    """The formula, checked for an indicator of that unit whose lowest level is ``level``.

    Raises:
        FormulaRefused: with the code of the first check that fails, and where.

    """
    known = shipped_measures() if measures is None else measures
    tree = read_formula(formula)
    read = list(figures(tree))
    _check_names(read, known)
    _check_filters(read, known)
    _check_kinds(read, known)
    _check_months(read)
    _check_unit(tree, unit_of(unit), known)
    for reference in map(reference_of, read):
        if not known[reference.name].reaches(level):
            raise _refused("tahap_tidak_disokong", reference, lowest=known[reference.name].lowest, level=level)
    return Formula(formula, tree)


def _refused(code: str, at: Reference, **more: str) -> FormulaRefused:
    return FormulaRefused(code, at.position, at.name, **more)


def _check_names(read: Sequence[Figure], known: Mapping[str, Measure]) -> None:
    for reference in map(reference_of, read):
        if reference.name not in known:
            near = get_close_matches(reference.name, known, n=3, cutoff=0.6)
            raise _refused("ukuran_tidak_dikenali", reference, known=", ".join(near))


def _check_filters(read: Sequence[Figure], known: Mapping[str, Measure]) -> None:
    for reference in map(reference_of, read):
        allowed = known[reference.name].filters
        names = [name for name, _ in reference.filters]
        for name, values in reference.filters:
            if names.count(name) > 1 or not set(values) <= set(allowed.get(name, ())):
                told = "; ".join(f"{each}={'|'.join(those)}" for each, those in allowed.items())
                raise _refused("penapis_tidak_dikenali", reference, filter=f"{name}={'|'.join(values)}", known=told)


def _check_kinds(read: Sequence[Figure], known: Mapping[str, Measure]) -> None:
    for one in read:
        reference = reference_of(one)
        if known[reference.name].kind == "aliran" and not isinstance(one, Total):
            raise _refused("aliran_tanpa_jumlah", reference)
    for one in read:
        reference = reference_of(one)
        kind = known[reference.name].kind
        if (kind == "stok" and isinstance(one, Total)) or (kind == "awam" and not isinstance(one, Reference)):
            raise _refused("stok_dalam_jumlah", reference, kind=kind)


def _check_months(read: Sequence[Figure]) -> None:
    for one in read:
        if isinstance(one, Ago | Total) and isinstance(one.months, int) and not 1 <= one.months <= MOST_MONTHS:
            raise FormulaRefused("bulan_di_luar_julat", one.position, str(one.months), most=str(MOST_MONTHS))


def _check_unit(tree: Node, wanted: Unit, known: Mapping[str, Measure]) -> None:
    found = _unit(tree, known)
    if found != wanted:
        raise FormulaRefused("unit_tidak_sepadan", 0, "", gives=unit_text(found), wanted=unit_text(wanted))


def _unit(node: Node, known: Mapping[str, Measure]) -> Unit:
    match node:
        case Number():
            return NONE
        case Reference() | Ago() | Total():
            return unit_of(known[reference_of(node).name].unit)
        case Negated(of):
            return _unit(of, known)
        case Chosen(how, parts, position):
            return _one_unit([(how, position, part) for part in parts], known)
        case Joined(first, rest) if rest[0][0] in {"+", "-"}:
            return _one_unit([("", 0, first), *rest], known)
        case Joined(first, rest):
            unit = _unit(first, known)
            for mark, _, part in rest:
                unit = times(unit, _unit(part, known), power=1 if mark == "*" else -1)
            return unit


def _one_unit(parts: Iterable[tuple[str, int, Node]], known: Mapping[str, Measure]) -> Unit:
    """The unit that all of them have; a bare 0 has any."""
    unit: Unit | None = None
    for mark, position, part in parts:
        own = _unit(part, known)
        if isinstance(part, Number) and part.value == 0:
            continue
        if unit is not None and own != unit:
            raise FormulaRefused("unit_tidak_sepadan", position, mark, gives=unit_text(own), wanted=unit_text(unit))
        unit = own
    return NONE if unit is None else unit
