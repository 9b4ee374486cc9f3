"""Named SQL statements, one a file under ``sql/``, and their results as frames."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy import TextClause, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

FOLDER = Path(__file__).with_name("sql")
_AT_A_TIME = 1_000


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


def rows(connection: Connection, name: str, **params: object) -> list[dict[str, Any]]:
    """The rows of a statement as dictionaries, for a page that shows a few."""
    return [dict(row) for row in connection.execute(statement(name), params).mappings()]


def streamed(connection: Connection, name: str, **params: object) -> Iterator[dict[str, Any]]:
    """The rows of a statement one after the other, without holding all of them: for a file with everything."""
    a_few = {"stream_results": True, "max_row_buffer": _AT_A_TIME}
    for row in connection.execute(statement(name), params, execution_options=a_few).mappings():
        yield dict(row)
