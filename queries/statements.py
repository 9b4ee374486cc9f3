"""Named SQL statements, one a file under ``sql/``, and their results as frames or typed rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, cast

import pandas as pd
from sqlalchemy import TextClause, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

FOLDER = Path(__file__).with_name("sql")
_AT_A_TIME = 1_000

Row = TypeVar("Row", bound=Mapping[str, object])


class Counted(TypedDict):
    """A row that tells how many there are in all, of which it is one."""

    total: int


@cache
def statement(name: str) -> TextClause:
    """The statement in ``sql/<name>.sql``, for example ``areas/counts``.

    Raises:
        FileNotFoundError: there is no such file.

    """
    return text((FOLDER / f"{name}.sql").read_text(encoding="utf-8"))


def frame(connection: Connection, name: str, **params: object) -> pd.DataFrame:
    """The rows of a statement, columns as its header lists them; numeric stays ``Decimal``."""
    result = connection.execute(statement(name), params)
    return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def rows_as(row_type: type[Row], connection: Connection, name: str, **params: object) -> list[Row]:
    """The rows of a statement as the type that its header names (:mod:`queries.row_types`)."""
    found = connection.execute(statement(name), params).mappings()
    return [as_row(row_type, dict(row)) for row in found]


def row_as(row_type: type[Row], connection: Connection, name: str, **params: object) -> Row | None:
    """The first row of a statement; ``None`` where it has none."""
    return next(iter(rows_as(row_type, connection, name, **params)), None)


def streamed_as(row_type: type[Row], connection: Connection, name: str, **params: object) -> Iterator[Row]:
    """The rows of a statement one after the other, without holding all of them: for a file with everything."""
    a_few = {"stream_results": True, "max_row_buffer": _AT_A_TIME}
    for row in connection.execute(statement(name), params, execution_options=a_few).mappings():
        yield as_row(row_type, dict(row))


def as_row(_row_type: type[Row], row: dict[str, Any]) -> Row:
    """The row as its type; tests put a check in its place that looks at every row that they read."""
    return cast("Row", row)


def total(found: Sequence[Counted]) -> int:
    """How many there are in all, as each row of a page tells."""
    return found[0]["total"] if found else 0


CountedRow = TypeVar("CountedRow", bound=Counted)


def counted(found: list[CountedRow]) -> tuple[list[CountedRow], int]:
    """The rows of a page, and how many there are in all."""
    return found, total(found)
