"""Changes of the line and the rule that are asked for on screen, and carried out by a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from registry import audit
from registry.errors import InvalidInput, NotFound, NotPermitted, RegistryError, StaleRecord
from registry.status.changes import AdoptLine, Change, change_of, check
from registry.status.classification import adopt_line, decide_again, result_of, set_rule
from registry.status.models import LineChange, PovertyLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from registry.status.classification import Reclassification

    Progress = Callable[[int, int], None]
    Finish = Callable[[Session, Reclassification], None]

_MAY: Final = text("SELECT ekasih.sets_lines() AS may, ekasih.acting_user() AS id, ekasih.acting_login() AS login")
_FINAL: Final = (InvalidInput, NotFound, NotPermitted)
_TODAY: Final = text("SELECT current_date")
_TERMS: Final = text("SELECT user_id FROM ekasih.line_change_terms(:id)")
_ACT_AS: Final = text("SELECT ekasih.act_as(:user_id)")


class LineChangeUnderWay(RegistryError):
    """Another change of the line or the rule waits or is being made."""

    key = "line_change_under_way"


def require_right(session: Session) -> Any:
    """Who acts: ``id`` and ``login``.

    Raises:
        NotPermitted: that account may not change lines.

    """
    actor = session.execute(_MAY).one()
    if not actor.may:
        raise NotPermitted
    return actor


def ask(session: Session, change: Change) -> int:
    """Ask for a change; answers its id. A worker makes it (:func:`carry_out`).

    Raises:
        NotPermitted: the account may not change lines.
        InvalidInput: the change cannot be meant, or there are no lines of the year.
        LineChangeUnderWay: another one is not done yet.

    """
    actor = require_right(session)
    require_sound(session.connection(), change)
    asked = insert(LineChange).values(
        kind=change.kind,
        command=change.supposed(),
        effective_from=change.effective_from,
        asked_by=actor.id,
        asked_as=actor.login,
    )
    made = session.scalar(asked.on_conflict_do_nothing().returning(LineChange.id))
    if made is None:
        raise LineChangeUnderWay
    _note(session, "ask_line_change", made, {"kind": change.kind, **change.supposed()})
    return int(made)


def note_job(session: Session, change_id: int, job_id: int) -> None:
    """Keep which job makes a change."""
    own = update(LineChange).where(LineChange.id == change_id).values(job_id=job_id)
    session.execute(own.execution_options(synchronize_session=False))


def require_sound(connection: Connection, change: Change) -> None:
    """Refuse a change that cannot be meant.

    Raises:
        InvalidInput: which field is wrong, and why.

    """
    check(change, today=connection.execute(_TODAY).scalar_one())
    if isinstance(change, AdoptLine):
        known = select(PovertyLine.id).where(PovertyLine.survey_year == change.survey_year).limit(1)
        if connection.scalar(known) is None:
            raise InvalidInput({"survey_year": "line_year_none"})


def withdraw(session: Session, change_id: int) -> None:
    """Take back a change that nobody has begun with.

    Raises:
        NotPermitted: the account may not change lines.
        StaleRecord: it is being made, or was.

    """
    require_right(session)
    gone = update(LineChange).where(LineChange.id == change_id, LineChange.state == "waits").values(state="withdrawn")
    if not session.execute(gone.execution_options(synchronize_session=False)).rowcount:  # type: ignore[attr-defined]
        raise StaleRecord
    _note(session, "withdraw_line_change", change_id, {})


def carry_out(
    engine: Engine, change_id: int, *, progress: Progress | None = None, finish: Finish | None = None
) -> Reclassification | None:
    """Make a change that was asked for, as the schema's owner; ``None`` where there is nothing to make.

    All of it is one transaction, in which ``finish`` is called last: a killed worker leaves the change asked for, and
    the next one makes it. What speaks against it for good is kept with the change.

    Raises:
        RegistryError: the change was refused; it says so itself.

    """
    try:
        with Session(engine) as session, session.begin():
            waits = select(LineChange).where(LineChange.id == change_id, LineChange.state == "waits")
            asked = session.scalars(waits.with_for_update()).first()
            if asked is None:
                return None
            report = _made(session, asked, progress)
            if finish:
                finish(session, report)
            return report
    except _FINAL as refusal:
        with engine.begin() as connection:
            failed = update(LineChange).where(LineChange.id == change_id, LineChange.state == "waits")
            connection.execute(failed.values(state="failed", problem=refusal.key, done_at=text("now()")))
        raise


def _made(session: Session, asked: LineChange, progress: Progress | None) -> Reclassification:
    terms = session.execute(_TERMS, {"id": asked.id}).one_or_none()
    if terms is None:
        raise NotPermitted
    if terms.user_id is not None:
        session.execute(_ACT_AS, {"user_id": terms.user_id})
    change = change_of(asked.kind, asked.command)
    if isinstance(change, AdoptLine):
        return adopt_line(session, change, asked=asked.id, progress=progress)
    return set_rule(session, change, asked=asked.id, progress=progress)


def decide_due(engine: Engine) -> int:
    """Decide by the changes whose day has come, as the register itself; how many there were."""
    due = select(LineChange).where(LineChange.state == "adopted", LineChange.effective_from <= text("current_date"))
    done = 0
    while True:
        with Session(engine) as session, session.begin():
            change = session.scalars(due.order_by(LineChange.effective_from).limit(1).with_for_update()).first()
            if change is None:
                return done
            connection = session.connection()
            for name, value in result_of(connection, decide_again(connection)).items():
                setattr(change, name, value)
        done += 1


def _note(session: Session, action: str, change_id: int, after: dict[str, Any]) -> None:
    audit.record(session, action, subject="poverty_line", subject_id=change_id, district_code=None, after=after or None)
