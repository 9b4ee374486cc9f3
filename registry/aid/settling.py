"""Settles what waits for an officer: rows of aid that were held, and double aid that was found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.aid.models import FINDINGS
from registry.errors import InvalidInput
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_REFUSE: Final = text("SELECT ekasih.refuse_aid_row(:row, :reason)")
_ACCEPT: Final = text("SELECT ekasih.accept_aid_row(:row, CAST(:person AS bigint), :reason, CAST(:override AS jsonb))")
_SETTLE: Final = text("SELECT ekasih.settle_aid_pair(:pair, :finding)")
REASONS: Final = ("bencana", "tambahan_dirancang", "keperluan_lain")
"""Why aid may overlap, for somebody to choose; two records that were merged are marked by the merge itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Why a need may be met twice: one of :data:`REASONS`, twenty letters of words, and the number of the evidence."""

    reason: str
    words: str
    evidence_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptRow:
    """Take a held row: for ``person_id``, or for whom it was taken; with an override where the need is met already."""

    row_id: int
    reason: str
    person_id: int | None = None
    override: Override | None = None


def accept_row(session: Session, command: AcceptRow) -> int:
    """Accept a held row; answers the line that came of it, or that it takes back.

    Raises:
        NotFound: there is no such row, or the person's household is not one's own.
        StaleRecord: it is settled already.
        ReasonMissing: no reason was given.
        OverrideNeeded, OverrideNotPermitted, OverrideReason, OverrideWords: the need is met already.
        OriginalMissing: the line that it takes back is not on record.

    """
    override = command.override and json.dumps(
        {
            "reason": command.override.reason,
            "words": command.override.words,
            "evidence_no": command.override.evidence_no,
        }
    )
    values = {"row": command.row_id, "person": command.person_id, "reason": command.reason, "override": override}
    with refusals_named(session):
        return int(session.execute(_ACCEPT, values).scalar_one())


def refuse_row(session: Session, row_id: int, *, reason: str) -> None:
    """Refuse a held row; it goes back to its agency with the reason.

    Raises:
        NotFound, StaleRecord, ReasonMissing: as :func:`accept_row`.

    """
    with refusals_named(session):
        session.execute(_REFUSE, {"row": row_id, "reason": reason})


def settle_pair(session: Session, pair_id: int, finding: str) -> None:
    """Say how double aid that was found was settled between two agencies.

    Raises:
        InvalidInput: no such finding.
        NotFound: there is no such pair in the own territory.

    """
    if finding not in FINDINGS:
        raise InvalidInput({"finding": "choice"})
    with refusals_named(session):
        session.execute(_SETTLE, {"pair": pair_id, "finding": finding})
