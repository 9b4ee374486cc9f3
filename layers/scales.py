"""One scale for many months: classes made over all of them, so that a colour means the same in every frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from layers.breaks import class_of
from layers.choropleth import PLACES, ChoroplethLayer, choropleth

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from layers.breaks import Scheme
    from layers.choropleth import Source, Span
    from layers.measures import Measure


def span_layer(
    pooled: pd.DataFrame,
    *,
    measure: Measure,
    scheme: Scheme,
    source: Source,
    k: int,
    span: Span,
    fixed_breaks: Sequence[float] | None = None,
) -> ChoroplethLayer:
    """Return the scale of a frame with one row an area and ``month``: a layer whose classes hold for each of them.

    With ``fixed_breaks`` they are those bounds, with a class more where another month goes beyond the last.
    """
    named = pooled["area_code"].astype(str) + "@" + pooled["month"].astype(str)
    layer = choropleth(
        pooled.assign(area_code=named),
        measure=measure,
        scheme=scheme,
        source=source,
        k=k,
        level="area",
        fixed_breaks=fixed_breaks,
    )
    return replace(layer, span=span)


def positive_breaks(layer: ChoroplethLayer) -> tuple[float, ...]:
    """The bounds that make the classes of a layer again when they are given as fixed ones."""
    return tuple(bound for bound in layer.breaks if bound > 0)


def on_scale(layer: ChoroplethLayer, scale: ChoroplethLayer) -> ChoroplethLayer:
    """Return a month's layer in the classes, colours and words of a scale that was made over that month too."""
    if not scale.colours:
        return layer
    classes = [
        _class(value, scale) if grade >= 0 and value is not None else grade
        for value, grade in zip(layer.values, layer.classes, strict=True)
    ]
    return replace(
        layer,
        scheme=scale.scheme,
        classes=tuple(classes),
        breaks=scale.breaks,
        colours=scale.colours,
        labels=scale.labels,
        class_counts=tuple(classes.count(index) for index in range(len(scale.colours))),
        asked=scale.asked,
        zero_apart=scale.zero_apart,
        span=scale.span,
    )


def _class(value: float, scale: ChoroplethLayer) -> int:
    measure, last = scale.measure, len(scale.colours) - 1
    if measure.diverging:
        upper = positive_breaks(scale)
        rounded = round(value, PLACES[measure.kind])
        step = int(class_of(np.asarray([abs(rounded)]), upper)[0]) + 1
        place = len(upper) + int(np.sign(rounded)) * step
    elif scale.zero_apart:
        place = 0 if value == 0 else int(class_of(np.asarray([value]), scale.breaks[1:])[0]) + 1
    else:
        place = int(class_of(np.asarray([value]), scale.breaks)[0])
    return min(max(place, 0), last)
