"""Projects as marks: the colour of a state, the shape of a type, a ring for what is late, and what they stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from layers.palettes import TOKENS

# red and amber are the statuses' own
STATE_COLOURS: dict[str, str] = {
    "dipohon": "#8a979c",
    "disemak": "#6f8fae",
    "disahkan_kos": "#4f7fae",
    "dihantar_kpkt": "#2f659c",
    "diperakukan": "#66297a",
    "dalam_pelaksanaan": TOKENS["accent"],
    "digantung": "#5b4636",
    "siap": "#3f8f3b",
    "ditolak": "#c3cbce",
    "dibatalkan": "#c3cbce",
}
SIGN = 26
_SHAPES: dict[str, str] = {
    "bulat": '<circle cx="16" cy="16" r="9"/>',
    "segi_empat": '<rect x="8" y="8" width="16" height="16" rx="1"/>',
    "segi_tiga": '<path d="M16 6l10.5 18h-21z"/>',
    "berlian": '<path d="M16 5l11 11-11 11L5 16z"/>',
    "segi_enam": '<path d="M11 7h10l5.5 9L21 25H11l-5.5-9z"/>',
    "silang": '<path d="M12 6h8v6h6v8h-6v6h-8v-6H6v-8h6z"/>',
}
_RINGS = {
    "lewat": f'<circle cx="16" cy="16" r="14.5" fill="none" stroke="{TOKENS["ink"]}" stroke-width="1.6"'
    ' stroke-dasharray="3 2.5"/>',
    "sakit": f'<circle cx="16" cy="16" r="14" fill="none" stroke="{TOKENS["ink"]}" stroke-width="3"/>',
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the legend: what is drawn, and the key of its words or its own text."""

    shape: str
    state: str
    mark: str = ""
    key: str = ""
    text: str = ""


def sign(shape: str, colour: str, mark: str = "") -> str:
    """A mark as an address of its own: no file is asked for."""
    body = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIGN}" height="{SIGN}" viewBox="0 0 32 32">'
        f'<g fill="{colour}" stroke="{TOKENS["paper"]}" stroke-width="1.8">{_SHAPES.get(shape, _SHAPES["bulat"])}</g>'
        f"{_RINGS.get(mark, '')}</svg>"
    )
    return "data:image/svg+xml," + quote(body)


def feature(
    *,
    number: str,
    text: str,
    state: str,
    shape: str,
    mark: str,
    longitude: float,
    latitude: float,
    polygon: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """A project as GeoJSON: its point, or its polygon; ``sign`` names its mark in :func:`signs`."""
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    properties = {
        "number": number,
        "text": text,
        "sign": f"{shape}/{state}/{mark}",
        "colour": STATE_COLOURS[state],
        "ring": mark,
    }
    return {"type": "Feature", "geometry": dict(polygon) if polygon else point, "properties": properties}


def signs(features: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The marks that features name, each once."""
    named = sorted({one["properties"]["sign"] for one in features})
    return {name: sign(shape, STATE_COLOURS[state], mark) for name in named for shape, state, mark in [name.split("/")]}


def legend_of(
    *, states: Sequence[str], types: Mapping[str, str], marks: Sequence[str] = ("lewat", "sakit")
) -> list[Row]:
    """What the marks stand for, of those that are drawn: states by colour, types by shape, then the rings."""
    there = set(states)
    rows = [Row("bulat", state, key=f"project.state_{state}") for state in STATE_COLOURS if state in there]
    rows += [Row(shape, "dipohon", text=name) for shape, name in types.items()]
    return rows + [Row("bulat", "dalam_pelaksanaan", mark, key=f"project.mark_{mark}") for mark in marks]
