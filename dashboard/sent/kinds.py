"""The kinds of values that callbacks and routes take: each says its own bounds, and is read before the callback runs.

A callback states what it takes by its annotations, which :func:`reader` reads the arguments by. An argument that it
does not look at is an ``object``, and stays as it was sent.
"""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import ConfigDict, Field, JsonValue, PydanticUserError, StringConstraints, TypeAdapter, ValidationError

from dashboard.sent.json_text import LARGEST_WHOLE
from dashboard.sent.refusals import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Reader = Callable[[Sequence[Any], Mapping[str, Any]], tuple[list[Any], dict[str, Any]]]

LARGEST_VERSION: Final = 2**31 - 1
"""Tables keep the version of a record in four bytes."""
_LONGEST: Final = 4_000
_LONGEST_CODE: Final = 200
_MOST_ENTRIES: Final = 2_000
_CONFIG: Final = ConfigDict(str_max_length=_LONGEST, allow_inf_nan=False)

Text = Annotated[str, StringConstraints(max_length=_LONGEST)]
"""What a person types into a field."""
LongText = Annotated[str, StringConstraints(max_length=40_000)]
"""What a person pastes into a field for many lines."""
Code = Annotated[str, StringConstraints(max_length=_LONGEST_CODE)]
"""What a page chose: a code, a name of ours, a key."""
Number = Annotated[int, Field(ge=0, le=LARGEST_WHOLE)]
"""The number of a record, how often something was pressed."""
Version = Annotated[int, Field(ge=0, le=LARGEST_VERSION)]
"""Which version of a record was seen."""
RowsBefore = Annotated[int, Field(ge=0, le=100_000_000)]
"""How many rows come before those that are asked for."""
Ends = Annotated[list[Number], Field(max_length=_MOST_ENTRIES)]
"""The records that the pages seen so far end with."""
Finite = Annotated[float, Field(allow_inf_nan=False)]
"""A number with decimals."""
Amount = Annotated[Decimal, Field(max_digits=20, decimal_places=10)]
"""An exact number, written as text."""
Scalar = bool | int | Finite | Text | None
Codes = Annotated[list[Code], Field(max_length=_MOST_ENTRIES)]
"""What was chosen of several."""
Field_ = Scalar | Codes
"""What one field of a form holds."""
View = Annotated[dict[Code, Scalar], Field(max_length=_MOST_ENTRIES)]
"""What a store of flat values holds: a view as the address says it, the fields of a form."""
Name = Annotated[dict[Code, Annotated[Code, Field(coerce_numbers_to_str=True)]], Field(max_length=10)]
"""The id of one of many alike fields."""
Names = list[Name]
Fields = list[Field_]
Clicks = list[Number | None]
"""How often each of many alike buttons was pressed."""
Nested = dict[str, JsonValue]
"""Values within values, for whoever reads each of them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as the page saw it."""

    version: Version


@dataclass(frozen=True, slots=True)
class OrderAsked:
    """By which column a table wants its rows, and which way."""

    colId: Code  # noqa: N815 - as the table calls it
    sort: Code = "asc"


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """Which rows a table asks for, in which order."""

    startRow: RowsBefore = 0  # noqa: N815 - as the table calls it
    sortModel: Annotated[list[OrderAsked], Field(max_length=10)] = field(default_factory=list)  # noqa: N815


def version_number(raw: object) -> int:
    """The version that a part of a pressed button's id, or of a form, stands for.

    Raises:
        NotUnderstood: it stands for none.

    """
    return int(_read(Version, raw))


def whole_number(raw: object) -> int:
    """The number that the id of a pressed button, or a chosen option, stands for.

    Raises:
        NotUnderstood: it stands for none.

    """
    return int(_read(Number, raw))


def reader(function: Callable[..., Any]) -> Reader:
    """What reads the arguments of ``function`` as the kinds that its annotations name.

    The reader raises :class:`NotUnderstood` for what is none.

    Raises:
        NameError: an annotation names what is not there when the program runs.
        TypeError: an argument has no annotation.

    """
    plain = inspect.unwrap(function)
    kinds = kinds_of(plain)
    parameters = list(inspect.signature(plain).parameters.values())
    places = [kinds[one.name] for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    rest = next((kinds[one.name] for one in parameters if one.kind is one.VAR_POSITIONAL), object)

    def read(args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[list[object], dict[str, Any]]:
        first = [_read(kind, value) for kind, value in zip(places, args, strict=False)]
        others = [_read(rest, value) for value in args[len(places) :]]
        return [*first, *others], {name: _read(kinds[name], value) for name, value in kwargs.items()}

    return read


def kinds_of(function: Callable[..., Any]) -> dict[str, Any]:
    """The kind of each argument; what is answered is nobody's to read, and may be named for type checkers alone."""
    found = {}
    for one in inspect.signature(function).parameters.values():
        if one.annotation is one.empty:
            raise TypeError(f"{function.__qualname__} does not say what {one.name} is")
        stated = one.annotation
        found[one.name] = eval(stated, function.__globals__) if isinstance(stated, str) else stated  # noqa: S307 - our own source
    return found


def _read(kind: Any, value: object) -> Any:
    if kind is object:
        return value
    try:
        return _adapter(kind).validate_python(value)
    except ValidationError:
        # what pydantic says of it holds what was sent
        raise NotUnderstood from None


@functools.cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    try:
        return TypeAdapter(kind, config=_CONFIG)
    except PydanticUserError:
        # a class of ours has bounds of its own, field by field
        return TypeAdapter(kind)
