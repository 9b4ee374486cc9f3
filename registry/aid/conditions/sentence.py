"""Conditions in words: a list of them as one sentence, and why one does not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from layers.numbers import count, day, money_tidy
from registry.aid.conditions.fields import BETWEEN, HOUSEHOLD, IN, MEMBER, NO, NOT_IN, YES
from registry.aid.conditions.language import AidAsked, Comparison, Conditions, Either, Members

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from registry.aid.conditions.fields import Field
    from registry.aid.conditions.language import Node
    from words import Words

_NAMES: Final = frozenset({"etnik", "agama", "tahap_pendidikan"})
"""Fields whose values keep their capital within a sentence."""
_UNITS: Final = {"umur": "years", "tanah_ekar": "acres"}
_CODES: Final = {
    "Lelaki": "sex.male", "Perempuan": "sex.female", "Bandar": "strata.urban", "Luar Bandar": "strata.rural",
    YES: "answer.yes", NO: "answer.no",
}  # fmt: skip
_STORED: Final = {
    "male": "Lelaki", "female": "Perempuan", "urban": "Bandar", "rural": "Luar Bandar", "true": YES, "false": NO,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """The names of areas by code, and of needs by code, in the reader's language."""

    areas: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)


def sentence(conditions: Conditions, words: Words, names: Names) -> str:
    """The whole list as one sentence without a full stop: who must be what."""
    nodes = list(conditions.nodes)
    status = next((node for node in nodes if _is_status(node)), None)
    first = words("condition.households")
    if isinstance(status, Comparison):
        nodes.remove(status)
        first = words("condition.households_of", values=_values(status, words, names))
    phrases = [first, *(phrase(node, words, names) for node in nodes)]
    if conditions.polygon:
        phrases.append(words("condition.in_polygon"))
    return ", ".join(phrases)


def needed(node: Node, words: Words, names: Names) -> str:
    """What a condition asks for, as it follows "needs"."""
    if isinstance(node, Comparison) and node.operator in {IN, NOT_IN} and not isinstance(node.value, bool):
        return _listed(node, words, names, capital=True)
    return phrase(node, words, names)


def why_not(node: Comparison | Members, own: Any, words: Words, names: Names) -> str:
    """Why a condition does not hold: what the record says, and what is needed (pemilikan: Sewa; perlu Sendiri)."""
    if isinstance(node, Members):
        told = words.n("condition.members_found", int(own or 0))
        return words("condition.why_not", what=words("condition.who_ahli"), own=told, needed=phrase(node, words, names))
    what = words(f"condition.field_{node.field.name}")
    if node.who not in {HOUSEHOLD, MEMBER}:
        what = words("condition.of_whom", who=words(f"condition.who_{node.who}"), what=what)
    if isinstance(node.value, AidAsked):
        return words("condition.why_not_aid", needed=phrase(node, words, names))
    return words("condition.why_not", what=what, own=own_text(node.field, own, words, names),
                 needed=needed(node, words, names))  # fmt: skip


def own_text(asked: Field, own: Any, words: Words, names: Names) -> str:
    """What a record says of a field, in words."""
    if own is None:
        return words("condition.unknown")
    if isinstance(own, list):
        return ", ".join(value_label(asked, str(value), words, names) for value in own)
    if asked.kind == "number":
        return _amount(asked, Decimal(str(own)), words)
    stored = str(own).lower() if isinstance(own, bool) else str(own)
    return value_label(asked, _STORED.get(stored, stored), words, names)


def value_label(asked: Field, value: str, words: Words, names: Names) -> str:
    """One value of a field in the reader's language."""
    if asked.kind == "area":
        return names.areas.get(value, value)
    if asked.name == "status":
        return words(f"status.{value}") if value in asked.values else value
    if asked.name == "kaedah_titik":
        return words(f"condition.method_{value}") if value in asked.values else value
    if value in _CODES and asked.kind == "code":
        return words(_CODES[value])
    key = f"choice.{_slug(value)}"
    return words(key) if value in asked.values and words.has(key) else value


def _is_status(node: Node) -> bool:
    return isinstance(node, Comparison) and node.field.name == "status" and node.operator == IN


def phrase(node: Node, words: Words, names: Names) -> str:
    """One condition in words, as it stands within a sentence."""
    if isinstance(node, Either):
        return words("condition.either", options=words("condition.or").join(_each(node.options, words, names)))
    if isinstance(node, Members):
        return words.n("condition.members", node.at_least, what=words("condition.and").join(
            _each(node.tests, words, names)))  # fmt: skip
    said = _said(node, words, names)
    if node.who in {HOUSEHOLD, MEMBER}:
        return said
    return words("condition.whose", who=words(f"condition.who_{node.who}"), what=said)


def _each(nodes: Iterable[Node], words: Words, names: Names) -> list[str]:
    return [phrase(node, words, names) for node in nodes]


def _said(test: Comparison, words: Words, names: Names) -> str:
    name, value = test.field.name, test.value
    label = _lower(words(f"condition.field_{name}"))
    if isinstance(value, bool):
        return words("condition.is_unknown" if value else "condition.is_known", field=label)
    if isinstance(value, AidAsked):
        need = names.needs.get(value.need, value.need)
        key = f"condition.{name}_{test.operator}"
        return words(f"{key}_day", need=need, day=day(value.day)) if value.day else words(key, need=need)
    if test.field.kind == "number" and test.operator not in {IN, NOT_IN}:
        within = f"condition.within_{name}"
        return _compared(test, words(within) if words.has(within) else label, words)
    special = f"condition.is_{name}_{test.operator}_{'_'.join(_slug(str(item)) for item in value)}"
    if words.has(special):
        return words(special)
    return words(f"condition.said_{name}", values=_listed(test, words, names))


def _compared(test: Comparison, label: str, words: Words) -> str:
    assert isinstance(test.value, tuple)  # noqa: S101 - the parser gives numbers to a comparison
    low, high = test.value[0], test.value[-1]
    ends = [_amount(test.field, end, words) for end in (low, high) if isinstance(end, Decimal)]
    if test.operator == BETWEEN:
        return words("condition.between", field=label, low=_bare(test.field, low, words), high=ends[1])
    key = {"=": "equal", "<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}[test.operator]
    return words(f"condition.{key}", field=label, value=ends[0])


def _bare(asked: Field, number: str | Decimal, words: Words) -> str:
    """The lower end of a range: the unit follows the upper one."""
    if asked.name in _UNITS:
        return _figure(Decimal(number))
    return _amount(asked, Decimal(number), words)


def _amount(asked: Field, number: Decimal, words: Words) -> str:
    if asked.component == "pendapatan":
        return money_tidy(number)
    if asked.name in _UNITS:
        return words(f"condition.{_UNITS[asked.name]}", n=_figure(number))
    return _figure(number)


def _figure(number: Decimal) -> str:
    return count(int(number)) if number == number.to_integral_value() else f"{number.normalize():f}"


def _listed(test: Comparison, words: Words, names: Names, *, capital: bool = False) -> str:
    values = _values(test, words, names, capital=capital)
    return words("condition.not", values=values) if test.operator == NOT_IN else values


def _values(test: Comparison, words: Words, names: Names, *, capital: bool = False) -> str:
    assert isinstance(test.value, tuple)  # noqa: S101 - only lists are told so
    told = [
        _amount(test.field, item, words) if isinstance(item, Decimal) else value_label(test.field, item, words, names)
        for item in test.value
    ]
    keep = capital or test.field.kind == "area" or test.field.name in _NAMES
    return one_of(told if keep else [_lower(text) for text in told], words)


def one_of(told: Sequence[str], words: Words) -> str:
    """Several as one of which one holds: a, b or c."""
    return told[0] if len(told) == 1 else words("condition.last_of", first=", ".join(told[:-1]), last=told[-1])


def _lower(text: str) -> str:
    """Without the capital that begins a label; shortened names keep theirs."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _slug(value: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", value.casefold()).strip("_")
