"""Makes the one value behind every choropleth: areas, classes, colours, legend and source."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

from layers import numbers, palettes
from layers.breaks import Breaks, Scheme, Values, class_breaks, class_of
from layers.measures import Kind, Measure

NO_DATA = -1
TOO_FEW = -2
APART = -3
DEFAULT_K = 5

PLACES = {
    Kind.COUNT: 0, Kind.RATE: 3, Kind.CHANGE: 3, Kind.DISTANCE: 1, Kind.INDEX: 3, Kind.DIFFERENCE: 0,
}  # fmt: skip
SIGNIFICANT_DIGITS = 3


class AreaFrameError(ValueError):
    """The frame of areas lacks columns, or names an area twice."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures and the boundaries come from: what every map has to say about itself.

    ``boundary_accuracy_m`` is in metres. ``rule`` and ``line_year`` say how poverty was decided,
    ``census_year`` which census the rates divide by.
    """

    name: str
    as_of: date
    rule: str = "per_capita"
    line_year: int | None = None
    census_year: int | None = None
    boundary_name: str = ""
    boundary_accuracy_m: int | None = None
    boundary_approximate: bool = False
    lines_derived: bool = False
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The months that classes were made over: all from the first to the last, or these two alone where ``ends``.

    Where both are the same, its classes hold for others too.
    """

    first: date
    last: date
    ends: bool = False


class LegendKind(StrEnum):
    """What a row of the legend stands for."""

    CLASS = "class"
    TOO_FEW = "too_few"
    NO_DATA = "no_data"
    APART = "apart"


class LegendRow(NamedTuple):
    """One row: the class (negative where it is none), its colour, its range in figures, how many areas."""

    kind: LegendKind
    class_index: int
    colour: str
    label: str
    areas: int


@dataclass(frozen=True, slots=True)
class ChoroplethLayer:
    """A choropleth without its geometry; everything is in the order of ``codes``.

    ``classes`` index into ``colours``; -1 is no data, -2 too few to show, -3 no place of the level. ``ranks`` run from
    1, the largest value, ties sharing the better rank, over the ``ranked`` areas that have a value.
    ``breaks`` are the upper bounds of the classes in the measure's unit. ``asked`` is how many classes were wanted
    where fewer came of it, else 0; ``zero_apart`` says that zero is a class beside them. The change of a
    ``small`` area is from too few to be ranked. ``unsure`` areas are hatched over their colour and are not ranked.
    ``how`` says how areas came to their classes where no range of values did it. ``span``: the months over which the
    classes were made, where they hold for more than the one that is drawn.
    """

    measure: Measure
    scheme: Scheme
    source: Source
    level: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[float | None, ...]
    written: tuple[str, ...]
    classes: tuple[int, ...]
    ranks: tuple[int | None, ...]
    ranked: int
    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    class_counts: tuple[int, ...]
    no_data_count: int
    too_few_count: int
    asked: int = 0
    zero_apart: bool = False
    apart_count: int = 0
    small: tuple[bool, ...] = ()
    unsure: tuple[bool, ...] = ()
    how: str = ""
    span: Span | None = None

    @property
    def classed(self) -> int:
        """How many classes there are beside that of zero, where that is one of its own."""
        return len(self.colours) - self.zero_apart

    @property
    def legend_rows(self) -> tuple[LegendRow, ...]:
        """The classes from low to high, then too few and no data where there are any."""
        rows = [
            LegendRow(LegendKind.CLASS, index, colour, label, areas)
            for index, (colour, label, areas) in enumerate(
                zip(self.colours, self.labels, self.class_counts, strict=True)
            )
        ]
        if self.too_few_count:
            colour = palettes.TOKENS["too-few"]
            rows.append(LegendRow(LegendKind.TOO_FEW, TOO_FEW, colour, "", self.too_few_count))
        if self.no_data_count:
            colour = palettes.TOKENS["no-data"]
            rows.append(LegendRow(LegendKind.NO_DATA, NO_DATA, colour, "", self.no_data_count))
        if self.apart_count:
            colour = palettes.TOKENS["apart"]
            rows.append(LegendRow(LegendKind.APART, APART, colour, "", self.apart_count))
        return tuple(rows)


def choropleth(
    areas: pd.DataFrame,
    *,
    measure: Measure,
    scheme: Scheme,
    source: Source,
    k: int = DEFAULT_K,
    fixed_breaks: Sequence[float] | None = None,
    level: str | None = None,
    apart: Collection[str] = (),
) -> ChoroplethLayer:
    """Return the layer for one measure of a frame with one row an area.

    Columns: ``area_code``, ``area_name``, those the measure counts (``tegar``, ``miskin``, ``gap_rm``,
    ``census_households``, ``tegar_12m_ago``, ``miskin_12m_ago``) and, where small cells were hidden,
    ``suppressed``. ``k`` is the number of classes; zero is a class of its own beside them where areas
    without a single household are something to see. A change has half of ``k`` on each side of zero, which is one of
    them where ``k`` is odd and beside them where it is even.
    ``apart`` are codes of what is no place (records without a mukim): written, but neither classed nor ranked.
    Areas whose ``unsure`` is true have values that rest on few: hatched, and not ranked.
    ``fixed_breaks`` are upper bounds for :attr:`Scheme.FIXED`; left out, round ones are chosen.
    Raises :class:`AreaFrameError`, naming every problem at once.
    """
    _check(areas)
    values: Values = np.asarray(measure.values(areas), dtype=np.float64)
    codes = tuple(areas["area_code"].astype(str))
    no_place = np.isin(codes, list(apart))
    told = np.isfinite(values)
    known = told & ~no_place
    grades = _grades(values[known], measure=measure, scheme=scheme, k=max(1, k), fixed=fixed_breaks)

    classes = np.where(_flags(areas, "suppressed"), TOO_FEW, NO_DATA)
    classes[known] = grades.classes
    classes[no_place] = APART
    figures = tuple(float(value) if ok else None for value, ok in zip(values, told, strict=True))
    classed = len(grades.colours) - grades.zero_apart
    unsure = known & _flags(areas, "unsure")
    small = known & (measure.small_base(areas).to_numpy() | unsure)
    return ChoroplethLayer(
        measure=measure,
        scheme=scheme,
        source=source,
        level=level or level_of(codes),
        codes=codes,
        names=tuple(areas["area_name"].astype(str)),
        values=figures,
        written=tuple("" if figure is None else measure.write(figure) for figure in figures),
        classes=tuple(int(index) for index in classes),
        ranks=_ranks(np.where(known & ~small, values, np.nan)),
        ranked=int((known & ~small).sum()),
        breaks=grades.breaks,
        colours=grades.colours,
        labels=grades.labels,
        class_counts=tuple(int((classes == index).sum()) for index in range(len(grades.colours))),
        no_data_count=int((classes == NO_DATA).sum()),
        too_few_count=int((classes == TOO_FEW).sum()),
        asked=k if classed < k else 0,
        zero_apart=grades.zero_apart,
        apart_count=int(no_place.sum()),
        small=tuple(bool(one) for one in small),
        unsure=tuple(bool(one) for one in unsure),
    )


def level_of(codes: Sequence[str]) -> str:
    """Return the level that area codes belong to, by their form; ``area`` where there are none."""
    if not codes:
        return "area"
    code = codes[0]
    for mark, level in (("C.", "catchment"), ("P.", "parliament")):
        if code.startswith(mark):
            return level
    if "N." in code:
        return "dun"
    return {2: "state", 4: "district", 6: "mukim"}.get(len(code), "area") if code.isdigit() else "country"


class _Grades(NamedTuple):
    classes: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    zero_apart: bool = False


def _grades(values: Values, *, measure: Measure, scheme: Scheme, k: int, fixed: Sequence[float] | None) -> _Grades:
    if values.size == 0:
        return _Grades(np.empty(0, dtype=np.int64), (), (), ())
    if measure.diverging:
        return _two_sided(values, measure=measure, scheme=scheme, k=k, fixed=fixed)
    return _one_sided(values, measure=measure, scheme=scheme, k=k, fixed=fixed)


def _one_sided(values: Values, *, measure: Measure, scheme: Scheme, k: int, fixed: Sequence[float] | None) -> _Grades:
    zero_apart = measure.zero_class and bool((values == 0).any())
    rest = values[values != 0] if zero_apart else values
    breaks = class_breaks(rest, scheme=scheme, k=k, fixed=fixed, places=_places(measure, values))
    classes = class_of(values, breaks.bounds)
    colours = palettes.ramp(measure.ramp, len(breaks.bounds)) if breaks.bounds else ()
    labels = _labels(measure, float(rest.min()), breaks) if rest.size else ()
    if not zero_apart:
        return _Grades(classes, breaks.bounds, colours, labels)
    return _Grades(
        np.where(values == 0, 0, classes + 1),
        (0.0, *breaks.bounds),
        (palettes.TOKENS["map-zero"], *colours),
        (measure.write(0.0), *labels),
        zero_apart=True,
    )


def _two_sided(values: Values, *, measure: Measure, scheme: Scheme, k: int, fixed: Sequence[float] | None) -> _Grades:
    # a change written as 0.0% must not be coloured as a rise
    rounded = values.round(PLACES[measure.kind])
    sizes = np.abs(rounded)
    moved = sizes[sizes > 0]
    breaks = class_breaks(moved, scheme=scheme, k=max(1, k // 2), fixed=fixed, places=PLACES[measure.kind])
    steps = len(breaks.bounds)
    if not steps:
        still = np.zeros(values.size, dtype=np.int64)
        return _Grades(still, (0.0,), (palettes.UNCHANGED,), (measure.write(0.0),), zero_apart=True)
    classes = (steps + np.sign(rounded) * (class_of(sizes, breaks.bounds) + 1)).astype(np.int64)
    ranges = _labels(measure, float(moved.min()), breaks)
    return _Grades(
        classes,
        (*(-bound for bound in reversed(breaks.bounds)), 0.0, *breaks.bounds),
        palettes.diverging(steps),
        (*(f"▼ {text}" for text in reversed(ranges)), measure.write(0.0), *(f"▲ {text}" for text in ranges)),
        zero_apart=k % 2 == 0,
    )


def _labels(measure: Measure, lowest: float, breaks: Breaks) -> tuple[str, ...]:
    """Return a range for each class: whole numbers touch (1 to 4, 5 to 9), others exclude the bound before."""
    labels = []
    for index, upper in enumerate(breaks.bounds):
        high = measure.write_bound(upper, places=breaks.places)
        if index == 0:
            scale = 10.0**breaks.places
            start = min(float(np.floor(lowest * scale + 1e-9)) / scale, upper)
            low = measure.write_bound(start, places=breaks.places)
            # zero is a class of its own, so what would be written as 0.0% is a little more than that
            mark = "> " if start == 0 < lowest else ""
            labels.append(mark + numbers.span(low, high))
        elif measure.whole:
            low = measure.write_bound(breaks.bounds[index - 1] + 1, places=0)
            labels.append(numbers.span(low, high))
        else:
            low = measure.write_bound(breaks.bounds[index - 1], places=breaks.places)
            labels.append(f"> {numbers.span(low, high)}")
    return tuple(labels)


def _places(measure: Measure, values: Values) -> int:
    if measure.kind is not Kind.COST:
        return PLACES[measure.kind]
    largest = float(np.abs(values).max())
    digits = int(np.floor(np.log10(largest))) + 1 if largest >= 1 else 1
    return SIGNIFICANT_DIGITS - digits


def _ranks(values: Values) -> tuple[int | None, ...]:
    ranks = pd.Series(values).rank(method="min", ascending=False)
    return tuple(None if pd.isna(rank) else int(rank) for rank in ranks)


def _flags(areas: pd.DataFrame, column: str) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """What a column says of each area, which is no where there is no such column."""
    if column not in areas:
        return np.zeros(len(areas), dtype=np.bool_)
    return areas[column].fillna(value=False).to_numpy(dtype=np.bool_)


def _check(areas: pd.DataFrame) -> None:
    problems = [f"no column {name}" for name in ("area_code", "area_name") if name not in areas]
    if not problems and areas["area_code"].duplicated().any():
        twice = areas.loc[areas["area_code"].duplicated(), "area_code"].astype(str).unique()
        problems.append(f"more than one row for {', '.join(twice[:5])}")
    if problems:
        raise AreaFrameError("; ".join(problems))
