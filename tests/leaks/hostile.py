"""What nobody's page sends: values of every wrong kind, questions of every wrong form, made from the right ones."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NUL, HALF_PAIR, RIGHT_TO_LEFT = "Ali\x00bin", "\ud800", "\u202eba\u200f\u2066"
LONG = "x" * 1_000_000


def nested(depth: int) -> str:
    """A JSON text of lists within lists."""
    return "[" * depth + "]" * depth


# what stands for a JSON text of its own, since no value of Python does
RAW = {"@deep": nested(10_000), "@nan": "NaN", "@infinite": "-Infinity", "@huge": "1e999", "@digits": "9" * 5_000}

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10**30, 2**31, 2**63, 2**53 - 1, 1e308, -0.5, 1.0,
    "", " ", "0", "-1", "1", "9" * 30, "9" * 18, "1e999", "NaN", "Infinity", "1e-999999", "\u00b2", "\u0661\u0662",
    "%_%", "\\", "' OR 1=1 --", "{x}", "{0}", "%s", "..", "../../etc", "tegar", "\n\t", "0803", "00",
    "0001-01-01", "31/12/9999", "30/02/2026", NUL, HALF_PAIR, RIGHT_TO_LEFT, LONG, "x" * 3_999, "\u00e9" * 300,
    [], {}, [None], [[]], [{}], ["x"] * 3_000, [NUL], {"x": NUL}, {"id": 10**30}, {"version": {}}, {"": ""},
    {"id": None, "version": None}, [1, "2", None], {"in": []}, {"in": {"x": 1}}, {"startRow": 10**30},
    {"startRow": -1, "endRow": -5}, {"startRow": "x"}, {"box": [1, 2, 3, 4], "zoom": 1e308}, {"ring": [[0, 0]] * 3},
    *RAW,
)  # fmt: skip

BODIES: tuple[bytes, ...] = (
    b"", b"{", b"[]", b"{}", b"null", b"true", b"0", b'"x"', b"\xff\xfe", b"\x00", b"{'a': 1}", b"NaN",
    b'{"output": "\\u0000"}', b'{"output": NaN}', b'{"output": "\\ud800"}', b'{"output": {}}', b'{"output": []}',
    nested(10_000).encode(), b'{"output":' + b"9" * 5_000 + b"}", b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    b'{"output": "x"}', b'{"output": "..x.y...z.w.."}',
)  # fmt: skip
"""Bodies that are no question at all."""

KINDS: tuple[str, ...] = (
    "text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x",
    "application/json; charset=utf-7", "application/json; charset=nowhere", "\x80", "a/b/c; d=",
)  # fmt: skip
"""What a body may be said to be."""


def written(body: object) -> bytes:
    """A question as it is sent, with the texts that no value stands for put in."""
    text = json.dumps(body)
    for name, raw in RAW.items():
        text = text.replace(f'"{name}"', raw)
    return text.encode()


def misshapen(asked: dict[str, Any]) -> Iterator[object]:
    """A question of a callback in every wrong form: parts missing, of other kinds, of other callbacks."""
    for part in asked:
        yield {name: value for name, value in asked.items() if name != part}
        for value in (None, 0, "x", [], {}, [[]], [None], [0], ["x"], [{}], [{"id": "x"}], {"id": "x"}, [[{}]]):
            yield {**asked, part: value}
    for part in ("inputs", "state"):
        yield {**asked, part: [*asked[part], *asked[part], {"id": "x", "property": "value", "value": 1}]}
        for place, one in enumerate(asked[part]):
            others: tuple[object, ...] = (
                {"id": "other", "property": "value"}, {"id": {"type": "x"}, "property": "data"}, [one], one and None,
                [{"id": {}, "property": {}}],
            )  # fmt: skip
            yield from ({**asked, part: _with(asked[part], place, other)} for other in others)
            if isinstance(one, list) and one:
                yield {**asked, part: _with(asked[part], place, one[1:])}
    for name in ("other.value", "{}.value", '{"type":"x"}.n_clicks', "{", "{.", ".", "..", "\x00.value", '{"a":NaN}.b'):
        yield {**asked, "changedPropIds": [name]}
        yield {**asked, "output": name}


def places_of(asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The way to each value of a question, to each inside of one, and to the names in the id of a pressed button."""
    ways = [
        (part, place, *path)
        for part in ("inputs", "state")
        for place, one in enumerate(asked[part])
        for path in _places(one)
    ]
    named = [
        ("changedPropIds", name, key)
        for name in asked["changedPropIds"]
        if name.startswith("{")
        for key in json.loads(name.rpartition(".")[0])
    ]
    return ways + named


def mistaken(asked: dict[str, Any], way: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A well-formed question with ``value`` at one of its places."""
    if way[0] == "changedPropIds":
        return _renamed(asked, way[1], way[2], value)
    changed = copy.deepcopy(asked)
    _put(changed, way, value)
    return changed


def _renamed(asked: dict[str, Any], name: str, key: str, value: Any) -> dict[str, Any]:
    """The question with another name in the id of the button that was pressed."""
    identity, _, prop = name.rpartition(".")
    known = json.loads(identity)
    other = {**known, key: value}
    changed: dict[str, Any] = json.loads(json.dumps(asked).replace(json.dumps(known), json.dumps(other)))
    changed["changedPropIds"] = [f"{json.dumps(other, sort_keys=True, separators=(',', ':'))}.{prop}"]
    return changed


def _places(one: Any) -> list[tuple[Any, ...]]:
    """The way to each value of an input, and to what is inside of it, outermost first."""
    if isinstance(one, list):
        return [(place, *path) for place, each in enumerate(one[:3]) for path in _places(each)]
    return [("value", *path) for path in _inside(one.get("value"))] if isinstance(one, dict) else []


def _inside(value: Any) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    return [(), *((name, *path) for name, inner in parts for path in _inside(inner))]


def _put(target: Any, path: tuple[Any, ...], value: Any) -> None:
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value


def _with(parts: list[Any], place: int, other: object) -> list[Any]:
    return [*parts[:place], other, *parts[place + 1 :]]
