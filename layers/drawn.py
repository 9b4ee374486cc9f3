"""What a picture or a sheet of paper is made of: shapes, lines and words at their places; and its SVG."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from layers.palettes import SIZES, TOKENS

Place = tuple[float, float]
Rings = tuple[tuple[Place, ...], ...]
"""An outline with its holes."""
Frame = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the upper left."""


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled outline with its holes, in points from the upper left; ``hatch`` is the colour of lines over it."""

    rings: Rings
    fill: str
    edge: str
    hatch: str = ""
    weight: float = 0.6


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place: their baseline, begun or centred there; ``halo`` is drawn around them."""

    place: Place
    words: str
    size: float
    colour: str = TOKENS["ink"]
    bold: bool = False
    centred: bool = False
    halo: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An open line through places."""

    places: tuple[Place, ...]
    colour: str
    weight: float = 1.5
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet in points: the map within its frame, and what is written on it. Later things lie above."""

    width: float
    height: float
    frame: Frame
    """Left, top, right and bottom of the map, which is cut off there."""
    map: tuple[Polygon, ...]
    names: tuple[Text, ...]
    legend: tuple[Polygon, ...]
    texts: tuple[Text, ...]
    lines: tuple[Line, ...] = ()


def svg(drawn: Sheet) -> str:
    """Return the sheet as one SVG document that needs nothing else."""
    left, top, right, bottom = drawn.frame
    font = escape(SIZES["font"], {'"': "&quot;"})
    hatches = sorted({(part.fill, part.hatch) for part in (*drawn.map, *drawn.legend) if part.hatch})
    patterns = "".join(
        f'<pattern id="hatch{number}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{fill}"/>'
        f'<line y2="5" stroke="{hatch}" stroke-width="1.4"/></pattern>'
        for number, (fill, hatch) in enumerate(hatches)
    )

    def painted(part: Polygon) -> str:
        fill = f"url(#hatch{hatches.index((part.fill, part.hatch))})" if part.hatch else part.fill
        path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in part.rings)
        return f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{part.edge}" stroke-width="{part.weight}"/>'

    inside = "".join(map(painted, drawn.map)) + "".join(map(_written, drawn.names))
    outside = "".join((*map(painted, drawn.legend), *map(_stroked, drawn.lines), *map(_written, drawn.texts)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawn.width:.0f}" height="{drawn.height:.0f}" '
        f'viewBox="0 0 {drawn.width:.0f} {drawn.height:.0f}" font-family="{font}"><defs>{patterns}'
        f'<clipPath id="frame"><rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}"/></clipPath>'
        f'</defs><rect width="100%" height="100%" fill="{TOKENS["paper"]}"/><g clip-path="url(#frame)">'
        f'<rect x="{left}" y="{top}" width="100%" height="100%" fill="{TOKENS["map-ground"]}"/>{inside}</g>'
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" fill="none" '
        f'stroke="{TOKENS["line-strong"]}"/>{outside}</svg>'
    )


def _stroked(line: Line) -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in line.places)
    dashes = ' stroke-dasharray="3 3"' if line.dashed else ""
    return f'<polyline points="{places}" fill="none" stroke="{line.colour}" stroke-width="{line.weight}"{dashes}/>'


def _written(text: Text) -> str:
    anchor = ' text-anchor="middle"' if text.centred else ""
    weight = ' font-weight="600"' if text.bold else ""
    halo = f' stroke="{text.halo}" stroke-width="2.5" stroke-linejoin="round" paint-order="stroke"' if text.halo else ""
    x, y = text.place
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{text.size}" fill="{text.colour}"{anchor}{weight}{halo}>'
        f"{escape(text.words)}</text>"
    )
