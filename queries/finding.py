"""Reads what the search of the frame finds: areas for everyone, households and cases of the own territory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from queries import households
from queries.households import ALIKE, MOST_WORDS, Filters, Question
from queries.statements import rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row = dict[str, Any]

SHOWN: Final = 6
"""So many of each kind are offered; the page of the kind finds the rest."""


def areas(connection: Connection, wanted: str) -> list[Row]:
    """Areas by name, with the columns of ``finding/areas.sql``."""
    return rows(connection, "finding/areas", wanted=wanted, row_limit=SHOWN)


def file(connection: Connection, file_no: str) -> list[Row]:
    """The household of a file number (``finding/file.sql``), where there is one in sight."""
    return rows(connection, "finding/file", file_no=file_no)


def named(connection: Connection, question: Question) -> list[Row]:
    """Households by the names of their people, as the search of households finds them.

    A number in the question is left aside: whose it is, is for the search of households to look up, which counts that.
    """
    by_name = replace(question, number=None, phone=None, file_no=None)
    return households.find(connection, by_name, Filters(), limit=SHOWN).rows if by_name.words else []


def cases(connection: Connection, question: Question, number: str) -> list[Row]:
    """Cases by number or name, with the columns of ``finding/cases.sql``."""
    words = (*question.words, None, None, None)[:MOST_WORDS]
    rows(connection, "finding/likeness", likeness=ALIKE)
    asked = {f"word_{place}": word for place, word in enumerate(words, start=1)}
    return rows(connection, "finding/cases", number=number, **asked, row_limit=SHOWN)
