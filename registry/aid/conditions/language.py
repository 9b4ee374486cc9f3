"""Reads conditions from what somebody wrote, with a message that says what to do about whatever cannot be meant."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from registry.aid.conditions import polygons
from registry.aid.conditions.fields import (
    BETWEEN,
    EMPTY,
    FIELDS,
    IN,
    MEMBER,
    NO,
    NOT_IN,
    RECIPIENT,
    YES,
)
from registry.aid.conditions.problems import BadCondition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from registry.aid.conditions.fields import Field

MOST_BYTES: Final = 256 * 1024
MOST_TESTS: Final = 60
MOST_VALUES: Final = 500
_DEPTH: Final = 4
_LONGEST_VALUE: Final = 100
_MOST_MEMBERS: Final = 50
_DIGITS: Final = 9
"""Between which powers of ten a number lies that anybody means."""


@dataclass(frozen=True, slots=True)
class AidAsked:
    """Aid for a need; of a day where one is named."""

    need: str
    day: date | None = None


Value = tuple[str, ...] | tuple[Decimal, ...] | bool | AidAsked


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: who, which field, how, with what."""

    who: str
    field: Field
    operator: str
    value: Value

    def stored(self) -> dict[str, Any]:
        """As it is kept and sent to the database."""
        return {"pada": self.who, "medan": self.field.name, "op": self.operator, "nilai": _plain(self)}


@dataclass(frozen=True, slots=True)
class Either:
    """One of these holds."""

    options: tuple[Node, ...]

    def stored(self) -> dict[str, Any]:
        """As it is kept and sent to the database."""
        return {"atau": [option.stored() for option in self.options]}


@dataclass(frozen=True, slots=True)
class Members:
    """At least so many members each meet all of these."""

    tests: tuple[Node, ...]
    at_least: int

    def stored(self) -> dict[str, Any]:
        """As it is kept and sent to the database."""
        return {"ahli": [test.stored() for test in self.tests], "sekurang": self.at_least}


Node = Comparison | Either | Members


@dataclass(frozen=True, slots=True)
class Conditions:
    """What all must hold of a household; ``polygon`` is GeoJSON in which its point lies."""

    nodes: tuple[Node, ...] = ()
    polygon: dict[str, Any] | None = field(default=None, hash=False)

    def stored(self) -> list[dict[str, Any]]:
        """The list as it is kept."""
        return [node.stored() for node in self.nodes]

    def whole(self) -> dict[str, Any]:
        """The list with its polygon, as the database judges it."""
        return {"syarat": self.stored()} | ({"poligon": self.polygon} if self.polygon else {})

    def tests(self) -> Iterator[Comparison]:
        """Every comparison in it."""
        yield from _tests(self.nodes)

    @property
    def is_sensitive(self) -> bool:
        """Whether it asks about health, ethnicity or religion."""
        return any(test.field.sensitive for test in self.tests())

    @property
    def asks_recipient(self) -> bool:
        """Whether it asks about the person aided, so that a household alone cannot be judged by it."""
        return any(test.who == RECIPIENT for test in self.tests())


def _tests(nodes: Iterable[Node]) -> Iterator[Comparison]:
    for node in nodes:
        if isinstance(node, Comparison):
            yield node
        else:
            yield from _tests(node.options if isinstance(node, Either) else node.tests)


def read_json(data: str | bytes) -> Any:
    """What JSON text holds, with decimals as they were written.

    Raises:
        BadCondition: it is no JSON, larger or deeper than anybody means, or names a thing twice.

    """
    if len(data) > MOST_BYTES:
        raise BadCondition("too_large", most=f"{MOST_BYTES // 1024}")
    try:
        return json.loads(data, parse_float=Decimal, parse_constant=_refused, object_pairs_hook=_once)
    except (RecursionError, ValueError) as error:
        raise BadCondition("no_json") from error


def parse(raw: Any, polygon: Any = None) -> Conditions:
    """Conditions from the list, and the polygon beside it, that JSON held.

    Raises:
        BadCondition: it cannot be meant; the message says where and what to write instead.

    """
    if not isinstance(raw, list):
        raise BadCondition("no_list")
    parser = _Parser()
    nodes = tuple(parser.node(item, f"{no}") for no, item in enumerate(raw, 1))
    return Conditions(nodes, None if polygon is None else polygons.checked(polygon))


def parse_rows(rows: Iterable[Mapping[str, str]]) -> Conditions:
    """Conditions from rows of ``syarat.csv`` of one programme: pada, medan, op, nilai, with ``|`` between values.

    Raises:
        BadCondition: as :func:`parse`.

    """
    ordered = sorted(rows, key=_turn)
    return parse([_from_row(row) for row in ordered])


def _turn(row: Mapping[str, str]) -> int:
    text = (row.get("urutan") or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004 - digits of a turn


def _from_row(row: Mapping[str, str]) -> dict[str, Any]:
    """A row as JSON would have it; a cell that begins with a bracket is JSON itself."""
    cell = {key: (row.get(key) or "").strip() for key in ("pada", "medan", "op", "nilai")}
    written = cell["nilai"]
    if cell["medan"] in {"atau", "ahli"}:
        return _nested(cell["medan"], written, cell["op"])
    found: Any = [part.strip() for part in written.split("|")]
    if written.startswith(("{", "[")):
        found = read_json(written)
    elif cell["op"] in {"ada", "tiada"}:
        found = {"keperluan": found[0]} | ({"tarikh": found[1]} if len(found) > 1 else {})
    elif cell["op"] not in {IN, NOT_IN, BETWEEN} and len(found) == 1:
        found = found[0]
    return cell | {"nilai": found}


def _nested(name: str, written: str, at_least: str) -> dict[str, Any]:
    inner = read_json(written)
    return {name: inner} if name == "atau" or not at_least else {name: inner, "sekurang": at_least}


class _Parser:
    """Counts what was read, so that nobody writes a list that takes the database long."""

    def __init__(self) -> None:
        self._tests = 0

    def node(self, raw: Any, where: str, *, depth: int = 1, of_member: bool = False) -> Node:
        if not isinstance(raw, dict):
            raise BadCondition("no_condition", where=where)
        if depth > _DEPTH:
            raise BadCondition("too_deep", where=where)
        if "atau" in raw:
            _only(raw, {"atau"}, where)
            return Either(self._several(raw["atau"], where, "atau", depth=depth, of_member=of_member))
        if "ahli" in raw:
            if of_member:
                raise BadCondition("too_deep", where=where)
            _only(raw, {"ahli", "sekurang"}, where)
            inner = self._several(raw["ahli"], where, "ahli", depth=depth, of_member=True)
            return Members(inner, _at_least(raw.get("sekurang", 1), where))
        test = self._test(raw, where)
        if test.who == MEMBER and not of_member:
            return Members((test,), 1)
        if of_member and test.who != MEMBER:
            raise BadCondition("not_of_member", where=where)
        return test

    def _several(self, raw: Any, where: str, name: str, *, depth: int, of_member: bool) -> tuple[Node, ...]:
        if not isinstance(raw, list) or not raw:
            raise BadCondition("empty_list", where=where, name=name)
        return tuple(
            self.node(item, f"{where}.{no}", depth=depth + 1, of_member=of_member) for no, item in enumerate(raw, 1)
        )

    def _test(self, raw: dict[Any, Any], where: str) -> Comparison:
        self._tests += 1
        if self._tests > MOST_TESTS:
            raise BadCondition("too_many", where=where, most=f"{MOST_TESTS}")
        _only(raw, {"pada", "medan", "op", "nilai"}, where)
        who, name, operator = (_word(raw.get(key)) for key in ("pada", "medan", "op"))
        asked = FIELDS.get(name)
        if asked is None:
            raise BadCondition("unknown_field", where=where, given=_shown(raw.get("medan")), known=", ".join(FIELDS))
        if who not in asked.who:
            raise BadCondition("wrong_who", where=where, field=name, known=", ".join(asked.who))
        if operator not in asked.operators:
            known = " ".join(asked.operators)
            raise BadCondition("wrong_operator", where=where, field=name, known=known)
        if "nilai" not in raw:
            raise BadCondition("no_value", where=where, field=name)
        value = _value(asked, operator, raw["nilai"], where)
        return Comparison(who, asked, IN if operator == "=" and asked.kind != "number" else operator, value)


def _value(asked: Field, operator: str, raw: Any, where: str) -> Value:
    if operator == EMPTY:
        return _yes_or_no(raw, where)
    if asked.kind == "aid":
        return _aid(asked, raw, where)
    given = raw if isinstance(raw, list) else [raw]
    if not 0 < len(given) <= MOST_VALUES:
        raise BadCondition("how_many_values", where=where, field=asked.name, most=f"{MOST_VALUES}")
    if asked.kind != "number":
        return tuple(dict.fromkeys(_one_of(asked, item, where) for item in given))
    numbers = tuple(_number(asked, item, where) for item in given)
    if operator == BETWEEN:
        if len(numbers) != 2 or numbers[0] > numbers[1]:  # noqa: PLR2004 - both ends
            raise BadCondition("no_range", where=where, field=asked.name)
    elif operator not in {IN, NOT_IN} and len(numbers) != 1:
        raise BadCondition("one_value", where=where, field=asked.name)
    return numbers


def _yes_or_no(raw: Any, where: str) -> bool:
    plain = _word(raw).casefold() if isinstance(raw, str) else raw
    if isinstance(plain, list) and len(plain) == 1:
        return _yes_or_no(plain[0], where)
    if plain is True or plain in ("true", "ya", "benar"):
        return True
    if plain is False or plain in ("false", "tidak", "palsu"):
        return False
    raise BadCondition("true_or_false", where=where)


def _aid(asked: Field, raw: Any, where: str) -> AidAsked:
    takes = {"keperluan", "tarikh"} if asked.name == "bantuan_berjalan" else {"keperluan"}
    if isinstance(raw, str):
        raw = {"keperluan": raw}
    if not isinstance(raw, dict) or not set(raw) <= takes or not _word(raw.get("keperluan")):
        raise BadCondition("no_need", where=where, field=asked.name)
    need, day = _word(raw["keperluan"]).upper(), raw.get("tarikh")
    if len(need) > _LONGEST_VALUE:
        raise BadCondition("no_need", where=where, field=asked.name)
    if day is None:
        return AidAsked(need)
    try:
        return AidAsked(need, date.fromisoformat(_word(day)))
    except ValueError:
        raise BadCondition("no_day", where=where, given=_shown(day)) from None


def _one_of(asked: Field, raw: Any, where: str) -> str:
    if isinstance(raw, bool) and YES in asked.values:
        return YES if raw else NO
    text = " ".join(_word(raw).split()) if isinstance(raw, str) else ""
    if not text or len(text) > _LONGEST_VALUE or not text.isprintable():
        raise BadCondition("no_text", where=where, field=asked.name)
    plain = text.casefold()
    known = {value.casefold(): value for value in asked.values} | dict(asked.spellings)
    if plain not in known and asked.kind == "code":
        listed = ", ".join(asked.values)
        raise BadCondition("unknown_value", where=where, field=asked.name, given=_shown(text), known=listed)
    return known.get(plain, text)


def _number(asked: Field, raw: Any, where: str) -> Decimal:
    is_one = isinstance(raw, str | int | float | Decimal) and not isinstance(raw, bool)
    text = str(raw).strip() if is_one else ""
    try:
        number = Decimal(text) if len(text) <= _LONGEST_VALUE else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    fits = number.is_finite() and abs(number.adjusted()) < _DIGITS and int(number.as_tuple().exponent) > -_DIGITS
    if not fits:
        raise BadCondition("no_number", where=where, field=asked.name, given=_shown(raw))
    return number


def _at_least(raw: Any, where: str) -> int:
    text = str(raw).strip() if isinstance(raw, int | str) and not isinstance(raw, bool) else ""
    if text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= _MOST_MEMBERS:  # noqa: PLR2004
        return int(text)
    raise BadCondition("at_least", where=where, most=f"{_MOST_MEMBERS}")


def _plain(test: Comparison) -> Any:
    """The value of a test as JSON has it."""
    value = test.value
    if isinstance(value, bool):
        return value
    if isinstance(value, AidAsked):
        return {"keperluan": value.need} | ({"tarikh": value.day.isoformat()} if value.day else {})
    items = [_json_number(item) if isinstance(item, Decimal) else item for item in value]
    return items if test.operator in {IN, NOT_IN, BETWEEN} else items[0]


def _json_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _only(raw: dict[Any, Any], known: set[str], where: str) -> None:
    other = [key for key in raw if key not in known]
    if other:
        raise BadCondition("unknown_key", where=where, given=_shown(other[0]), known=", ".join(sorted(known)))


def _word(raw: Any) -> str:
    return raw.strip() if isinstance(raw, str) else ""


def _shown(raw: Any) -> str:
    """What was written, as short as a message may have it."""
    text = raw if isinstance(raw, str) else json.dumps(raw, default=str)[:_LONGEST_VALUE]
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return plain if len(plain) <= 40 else plain[:40] + "…"  # noqa: PLR2004 - signs of it


def _refused(name: str) -> Any:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found
