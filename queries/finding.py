"""Reads what the search of the frame finds: areas for everyone, households and cases of the own territory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from queries import households
from queries.households import ALIKE, MOST_WORDS, Filters, Question
from queries.row_types.finding import AreaRow, CaseRow, HouseholdRow, LikenessRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from queries.row_types.households import BrowsedRow
    from queries.row_types.worklists import WorklistRow

SHOWN: Final = 6
"""So many of each kind are offered; the page of the kind finds the rest."""


def areas(connection: Connection, wanted: str) -> list[AreaRow]:
    """Areas by name, with the columns of ``finding/areas.sql``."""
    return rows_as(AreaRow, connection, "finding/areas", wanted=wanted, row_limit=SHOWN)


def file(connection: Connection, file_no: str) -> list[HouseholdRow]:
    """The household of a file number (``finding/file.sql``), where there is one in sight."""
    return rows_as(HouseholdRow, connection, "finding/file", file_no=file_no)


def named(connection: Connection, question: Question) -> Sequence[BrowsedRow | WorklistRow]:
    """Households by the names of their people, as the search of households finds them.

    A number in the question is left aside: whose it is, is for the search of households to look up, which counts that.
    """
    by_name = replace(question, number=None, phone=None, file_no=None)
    return households.find(connection, by_name, Filters(), limit=SHOWN).rows if by_name.words else []


def cases(connection: Connection, question: Question, number: str) -> list[CaseRow]:
    """Cases by number or name, with the columns of ``finding/cases.sql``."""
    words = (*question.words, None, None, None)[:MOST_WORDS]
    rows_as(LikenessRow, connection, "finding/likeness", likeness=ALIKE)
    asked = {f"word_{place}": word for place, word in enumerate(words, start=1)}
    return rows_as(CaseRow, connection, "finding/cases", number=number, **asked, row_limit=SHOWN)
