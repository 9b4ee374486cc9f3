"""Sends referrals and takes the steps of their thread; the database judges each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.errors import NotFound
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SEND: Final = text("""
    SELECT ekasih.send_referral(:to, CAST(:household AS bigint), CAST(:area AS text), CAST(:project AS text),
                                :question, CAST(:components AS text[]))
""")
_STEP: Final = text("""
    SELECT ekasih.step_referral(:number, :version, :action, CAST(:decision AS text), CAST(:words AS text))
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReferral:
    """A question to another party, about a household or a project with the ``components`` that go along, or an area.

    ``to`` is ``<kind>:<code>``: pejabat, agensi, daerah, negeri or negara.
    """

    to: str
    question: str
    household_id: int | None = None
    area_code: str | None = None
    project_no: str | None = None
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReferral:
    """A step of a referral, as it was at ``version``; an answer has a decision."""

    number: str
    version: int
    action: str
    words: str = ""
    decision: str | None = None


def send_referral(session: Session, command: SendReferral) -> str:
    """Send a referral; its number.

    Raises:
        RegistryError: the first rule that it breaks; see ``registry/referrals/definitions/referrals.sql``.

    """
    values = {
        "to": command.to,
        "household": command.household_id,
        "area": command.area_code,
        "project": command.project_no,
        "question": command.question,
        "components": list(command.components),
    }
    with refusals_named(session):
        return str(session.execute(_SEND, values).scalar_one())


def step_referral(session: Session, command: StepReferral) -> str:
    """Take a step of a referral; the state that it came into.

    Raises:
        NotFound: there is no such referral for who acts.
        StaleRecord: somebody else took a step meanwhile.
        RegistryError: the rule that the step would break.

    """
    values = {
        "number": command.number,
        "version": command.version,
        "action": command.action,
        "decision": command.decision,
        "words": command.words,
    }
    with refusals_named(session):
        moved = session.execute(_STEP, values).scalar_one()
    if moved is None:
        raise NotFound
    return str(moved)
