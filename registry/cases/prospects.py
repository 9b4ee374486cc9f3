"""What status the households on an agenda have, or would get from their forms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from queries import meetings
from queries.meetings import Prospect
from registry.cases.draft import read_draft, tells_income
from registry.status.explain import decision_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from poverty.lines import StatusDecision


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of a household: in force where it is ``registered``, else what its form leads to.

    ``decision`` is ``None`` where the form lacks what a status rests on; ``whole`` says whether the form could be
    registered as it is.
    """

    decision: StatusDecision | None
    registered: bool
    whole: bool


def standings(
    connection: Connection, meeting_id: int, agenda: Sequence[Mapping[str, Any]], *, today: date
) -> dict[int, Standing]:
    """The standing of each case of an agenda (``meetings/agenda.sql``), by the case's id."""
    now = {row["case_id"]: decision_of(row) for row in meetings.status_now(connection, meeting_id)}
    found = {case: Standing(decision, registered=True, whole=True) for case, decision in now.items()}
    prospects: list[Prospect] = []
    for row in agenda:
        if row["case_id"] not in now:
            prospect, whole = _read(row, today=today)
            found[row["case_id"]] = Standing(None, registered=False, whole=whole)
            prospects += [prospect] if prospect is not None else []
    for row in meetings.status_would_be(connection, prospects):
        whole = found[row["case_id"]].whole
        found[row["case_id"]] = Standing(decision_of(row), registered=False, whole=whole)
    return found


def standing_of(connection: Connection, draft: Mapping[str, Any], *, today: date) -> Standing:
    """The standing of a form by itself: the status that it leads to today, by what decides once it is registered."""
    prospect, whole = _read({"case_id": 0, "draft": draft}, today=today)
    found = meetings.status_would_be(connection, [prospect] if prospect is not None else [])
    return Standing(decision_of(found[0]) if found else None, registered=False, whole=whole)


def _read(row: Mapping[str, Any], *, today: date) -> tuple[Prospect | None, bool]:
    """What a form says, where it says enough, and whether nothing stands in the way of registering it.

    A status rests on the income of all who may earn: where one has not said it, there is none.
    """
    form, problems = read_draft(row["draft"], today=today, whole=True)
    district, strata = form.location["district_code"], form.location["strata"]
    if not form.members or not district or strata not in {"urban", "rural"} or not tells_income(problems):
        return None, False
    income = sum((sum(member.income.values(), Decimal(0)) for member in form.members), Decimal(0))
    prospect = Prospect(row["case_id"], district[:2], strata, income, len(form.members))
    return prospect, not problems
