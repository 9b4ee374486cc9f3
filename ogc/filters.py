"""Conditions of CQL2 and of single fields, held against what is told: of what is hidden no condition is true."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Any, Final

from pygeoapi.provider.base import ProviderInvalidQueryError
from pygeofilter import ast

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

_COMPARED: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_DEEPEST: Final = 20


def holds(node: Any, facts: Mapping[str, Any], *, depth: int = 0) -> bool | None:  # noqa: PLR0911 - a case a kind
    """Whether a condition is true of an area; ``None`` where what it asks about is not told.

    Raises:
        ProviderInvalidQueryError: it is of a kind, or of a field, that is not offered.

    """
    if depth > _DEEPEST:
        raise ProviderInvalidQueryError(user_msg="the filter is too deep")
    if isinstance(node, (ast.And, ast.Or)):
        return _combined(node, facts, depth)
    if isinstance(node, ast.Not):
        found = holds(node.sub_node, facts, depth=depth + 1)
        return None if found is None else not found
    if isinstance(node, ast.IsNull):
        return (_value(node.lhs, facts) is None) is not node.not_
    if isinstance(node, ast.Comparison):
        return _compared(node.op.value, _value(node.lhs, facts), _value(node.rhs, facts))
    if isinstance(node, ast.Between):
        value = _value(node.lhs, facts)
        inside = (_compared(">=", value, _value(node.low, facts)), _compared("<=", value, _value(node.high, facts)))
        return None if None in inside else all(inside) is not node.not_
    if isinstance(node, ast.In):
        value = _value(node.lhs, facts)
        return None if value is None else (value in [_value(one, facts) for one in node.sub_nodes]) is not node.not_
    if isinstance(node, ast.Like):
        return _like(node, facts)
    raise ProviderInvalidQueryError(user_msg="the filter has a part that is not offered here; use bbox for places")


def _combined(node: Any, facts: Mapping[str, Any], depth: int) -> bool | None:
    """Of three values, as SQL has it."""
    both = (holds(node.lhs, facts, depth=depth + 1), holds(node.rhs, facts, depth=depth + 1))
    decides = isinstance(node, ast.Or)
    if decides in both:
        return decides
    return None if None in both else not decides


def _value(node: Any, facts: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Attribute):
        if node.name not in facts:
            raise ProviderInvalidQueryError(user_msg="the filter names a field that there is none of")
        return facts[node.name]
    if isinstance(node, (str, int, float, bool)):
        return node
    raise ProviderInvalidQueryError(user_msg="the filter has a value that is not offered here")


def _compared(how: str, one: Any, other: Any) -> bool | None:
    if one is None or other is None:
        return None
    if isinstance(one, str) is not isinstance(other, str):
        raise ProviderInvalidQueryError(user_msg="the filter compares a number with a text")
    return _COMPARED[how](one, other)


def _like(node: Any, facts: Mapping[str, Any]) -> bool | None:
    value = _value(node.lhs, facts)
    if value is None:
        return None
    pattern = "".join(
        ".*" if letter == node.wildcard else "." if letter == node.singlechar else re.escape(letter)
        for letter in re.sub(r"%+", "%", str(node.pattern)[:100])
    )
    flags = re.IGNORECASE | re.DOTALL if node.nocase else re.DOTALL
    return (re.fullmatch(pattern, str(value), flags) is not None) is not node.not_


def is_field(facts: Mapping[str, Any], name: str, wanted: str) -> bool:
    """Whether a field has a value, as an address says it; what is hidden has none."""
    value = facts[name]
    if isinstance(value, (int, float)):
        try:
            return float(wanted) == value
        except ValueError:
            return False
    return bool(value is not None and value == wanted)


def alternatives(node: Any, offered: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What a condition asks of fields, where all it says is that each is one of some values.

    Raises:
        ProviderInvalidQueryError: it says something else.

    """
    if isinstance(node, ast.And):
        left, right = alternatives(node.lhs, offered), alternatives(node.rhs, offered)
        if left.keys() & right.keys():
            raise ProviderInvalidQueryError(user_msg="the filter asks for a field twice")
        return left | right
    name = getattr(getattr(node, "lhs", None), "name", None)
    if name in offered and isinstance(node, ast.Equal) and isinstance(node.rhs, str):
        return {str(name): (node.rhs,)}
    listed = isinstance(node, ast.In) and not node.not_ and all(isinstance(one, str) for one in node.sub_nodes)
    if name in offered and listed:
        return {str(name): tuple(node.sub_nodes)}
    raise ProviderInvalidQueryError(user_msg="of households, a filter says that status, daerah or mukim is one of some")
