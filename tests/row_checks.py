"""Looks at every row that is read while tests run: what its header promises is there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from queries import statements

if TYPE_CHECKING:
    import pytest


class NullFound(AssertionError):
    """A statement gave nothing for a column that its header does not mark with ``?``."""


@cache
def promised(row_type: type) -> tuple[str, ...]:
    """The columns that always have a value."""
    kinds = {name: getattr(kind, "__forward_arg__", str(kind)) for name, kind in row_type.__annotations__.items()}
    return tuple(name for name, kind in kinds.items() if not kind.endswith("| None") and kind != "Any")


def checked(row_type: type, row: dict[str, Any]) -> dict[str, Any]:
    """The row, where it holds what its type promises.

    Raises:
        NullFound: it does not.

    """
    missing = [name for name in promised(row_type) if name in row and row[name] is None]
    if missing:
        raise NullFound(f"{row_type.__name__}: {', '.join(missing)}")
    return row


def check_rows(patch: pytest.MonkeyPatch) -> None:
    """From now on look at each row."""
    patch.setattr(statements, "as_row", checked)
