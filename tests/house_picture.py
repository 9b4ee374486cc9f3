"""Draws the house as its imports make it: ``python -m tests.house_picture`` writes ``docs/pictures/house.svg``."""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path
from typing import Final

import grimp

PROJECT: Final = Path(__file__).resolve().parent.parent
PICTURE: Final = PROJECT / "docs" / "pictures" / "house.svg"
_WIDTH, _ROW, _HEIGHT, _TOP = 150, 64, 38, 56
_WHOLE: Final = 980


def rows_of(contract: str) -> list[list[str]]:
    """The rooms of a contract of ``pyproject.toml``, from the top down, those of one storey together."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(one["layers"] for one in contracts if one["name"] == contract)
    storeys: list[list[str]] = []
    seen: set[str] = set()
    for layer in layers:
        # a room that has storeys of its own is drawn once, where its first one stands
        names = [name.split(".")[0] for name in layer.split(" | ")]
        storey = [name for name in dict.fromkeys(names) if name not in seen]
        seen |= set(storey)
        if storey:
            storeys.append(storey)
    return storeys


def imports(graph: grimp.ImportGraph, rooms: dict[str, str]) -> set[tuple[str, str]]:
    """Which room imports from which other; ``rooms`` gives the room of each module."""
    return {
        (room, rooms[other])
        for module, room in rooms.items()
        for other in graph.find_modules_directly_imported_by(module)
        if rooms.get(other, room) != room
    }


def needed(rows: list[list[str]], edges: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The imports that no way through other rooms stands for: all others can be read off them.

    A room of several storeys (``jobs`` asks at the bottom and works at the top) counts where it is drawn.
    """
    storey = {name: depth for depth, row in enumerate(rows) for name in row}
    below = {room: {to for (from_, to) in edges if from_ == room and storey[to] > storey[room]} for room in storey}
    reached: dict[str, set[str]] = {}
    for room in sorted(storey, key=lambda name: -storey[name]):
        reached[room] = below[room].union(*(reached[to] for to in below[room]))
    return {
        (room, to) for room in storey for to in below[room] if not any(to in reached[one] for one in below[room] - {to})
    }


def _storeys(title: str, rows: list[list[str]], edges: set[tuple[str, str]], left: int, width: int) -> tuple[str, int]:
    places: dict[str, tuple[float, float]] = {}
    for depth, row in enumerate(rows):
        step = width / len(row)
        for place, name in enumerate(row):
            places[name] = (left + step * (place + 0.5), _TOP + _ROW * depth)
    lines, boxes = [], []
    for above, below in sorted(edges):
        if above in places and below in places:
            (x1, y1), (x2, y2) = places[above], places[below]
            storeys = round((y2 - y1) / _ROW)
            # past the rooms between on the same line
            bend = 0 if storeys == 1 or x1 != x2 else _WIDTH / 2 + 14 * storeys
            lines.append(
                f'<path d="M{x1:.0f} {y1 + _HEIGHT:.0f} C{x1 + bend:.0f} {y1 + _HEIGHT + 20:.0f} {x2 + bend:.0f} '
                f'{y2 - 20:.0f} {x2:.0f} {y2:.0f}"><title>{above} → {below}</title></path>'
            )
    for name, (x, y) in places.items():
        wide = min(_WIDTH, width / max(len(row) for row in rows if name in row) - 8)
        boxes.append(
            f'<rect x="{x - wide / 2:.0f}" y="{y:.0f}" width="{wide:.0f}" height="{_HEIGHT}" rx="6"/>'
            f'<text x="{x:.0f}" y="{y + 24:.0f}">{escape(name)}</text>'
        )
    head = f'<text class="head" x="{left + width / 2:.0f}" y="28">{escape(title)}</text>'
    return f'{head}<g class="lines">{"".join(lines)}</g>{"".join(boxes)}', _TOP + _ROW * len(rows)


def drawn() -> str:
    """The picture as SVG: on the left the house, on the right the subjects inside ``registry``."""
    house, inside = rows_of("Imports point down only"), rows_of("Inside registry, subjects build on those below")
    graph = grimp.build_graph(*(name for row in house for name in row))
    modules = sorted(graph.modules)
    rooms = {module: module.split(".")[0] for module in modules}
    subjects = {module: module.split(".")[1] for module in modules if module.startswith("registry.")}
    left, tall = _storeys("The house", house, needed(house, imports(graph, rooms)), 20, 320)
    right, taller = _storeys("Inside registry", inside, needed(inside, imports(graph, subjects)), 360, _WHOLE - 380)
    height = max(tall, taller)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WHOLE} {height}" role="img" '
        'aria-label="Rooms of the program from the top down; a line is an import that no longer way stands for">'
        "<style>rect{fill:#fff;stroke:#1f5f5b;stroke-width:1.5}"
        "text{font:13px sans-serif;text-anchor:middle;fill:#1d2a2a}"
        ".head{font-weight:600;font-size:15px}.lines path{fill:none;stroke:#6f9a94;stroke-width:1.5}</style>"
        f'<rect width="{_WHOLE}" height="{height}" style="fill:#f6f8f7;stroke:none"/>{left}{right}</svg>\n'
    )


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
