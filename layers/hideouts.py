"""What the script in the browser is told of a layer to draw it, as plain values: classes, colours, words, circles."""

from functools import partial
from typing import Any

from layers import bubbles
from layers.choropleth import ChoroplethLayer
from layers.colour import contrast
from layers.numbers import Words
from layers.palettes import TOKENS, hatch_over

Hideout = dict[str, Any]

MANY_AREAS = 400
EDGE_WEIGHT, EDGE_WEIGHT_MANY = 0.8, 0.4


def hideout(layer: ChoroplethLayer, words: Words, *, circles: bool = False) -> Hideout:
    """Return what the style function in the browser needs: per area its class, its value in words, its rank."""
    entries = zip(layer.codes, layer.classes, layer.written, layer.ranks, strict=True)
    told: Hideout = {
        "areas": {code: [grade, written, rank] for code, grade, written, rank in entries},
        "colours": list(layer.colours),
        "noData": [TOKENS["no-data"], TOKENS["no-data-hatch"]],
        "tooFew": [TOKENS["too-few"], TOKENS["too-few-hatch"]],
        "apart": [TOKENS["apart"], TOKENS["apart-hatch"]],
        "edge": TOKENS["map-edge"],
        "edgeWeight": EDGE_WEIGHT_MANY if len(layer.codes) > MANY_AREAS else EDGE_WEIGHT,
        "ink": TOKENS["map-hot"],
        "hot": [max((TOKENS["map-hot"], TOKENS["paper"]), key=partial(contrast, ground)) for ground in layer.colours],
        "n": layer.ranked,
        "words": {
            "measure": words(f"measure.{layer.measure.key}"),
            "rank": words("map.ranking"),
            "noData": words("legend.no_data"),
            "tooFew": words("legend.too_few"),
            "apart": words("legend.apart_long"),
        },
    }
    if any(layer.unsure):
        told["unsure"] = [code for code, unsure in zip(layer.codes, layer.unsure, strict=True) if unsure]
        told["unsureInk"] = [hatch_over(ground) for ground in layer.colours]
        told["words"]["unsure"] = words("legend.unsure")
    if circles:
        told["bubbles"] = _circles(layer)
    return told


def _circles(layer: ChoroplethLayer) -> dict[str, Any]:
    ground = bubbles.fill(layer)
    return {
        "radii": {code: round(radius, 2) for code, radius in bubbles.radii(layer).items()},
        "marked": bubbles.marked(layer),
        "mark": bubbles.MARK,
        "fill": ground,
        "ink": max((TOKENS["map-hot"], TOKENS["paper"]), key=partial(contrast, ground)),
        "plain": TOKENS["map-zero"],
        "edge": TOKENS["line-strong"],
    }
