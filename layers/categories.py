"""Makes a map of kinds instead of ranges: areas that were judged, each in the colour of what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.breaks import Scheme
from layers.choropleth import NO_DATA, TOO_FEW, ChoroplethLayer, Source
from layers.measures import Kind, Measure

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of area: its key, its colour, and what people read."""

    key: str
    colour: str
    label: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An area and the key of its kind; none where nothing is known, or nothing may be told (``hidden``)."""

    code: str
    name: str
    key: str | None
    hidden: bool = False


def categories(
    areas: Sequence[Judged], kinds: Sequence[Category], *, name: str, source: Source, level: str, how: str
) -> ChoroplethLayer:
    """The layer of judged areas; ``name`` is the measure's, ``how`` says in a phrase what the colours come from."""
    places = {kind.key: place for place, kind in enumerate(kinds)}
    classes = [TOO_FEW if one.hidden else NO_DATA if one.key is None else places[one.key] for one in areas]
    return ChoroplethLayer(
        measure=Measure(key=name, kind=Kind.COUNT, columns=(), ramp="poor"),
        scheme=Scheme.FIXED,
        source=source,
        level=level,
        codes=tuple(one.code for one in areas),
        names=tuple(one.name for one in areas),
        values=tuple(float(grade) if grade >= 0 else None for grade in classes),
        written=tuple(kinds[grade].label if grade >= 0 else "" for grade in classes),
        classes=tuple(classes),
        ranks=tuple(None for _ in areas),
        ranked=0,
        breaks=tuple(float(place) for place in range(len(kinds))),
        colours=tuple(kind.colour for kind in kinds),
        labels=tuple(kind.label for kind in kinds),
        class_counts=tuple(classes.count(place) for place in range(len(kinds))),
        no_data_count=classes.count(NO_DATA),
        too_few_count=classes.count(TOO_FEW),
        how=how,
    )
