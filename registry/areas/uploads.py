"""Boundary files that are sent on screen: kept, stated, checked, asked to be used, taken away; former sets as well."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from registry import audit
from registry.areas.models import BoundaryActivation, BoundarySet, BoundaryUpload
from registry.areas.plain_files import UnreadableBoundaries, kind_of, kind_of_file
from registry.areas.preparing import LEVELS
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.jobs.queue import enqueue
from registry.uploads.refusals import TooManyUploads
from registry.uploads.taking_in import Taken, Taking, Upload, forgotten, kept_file, plain_name, taken_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection, Exists
    from sqlalchemy.orm import Session

FOLDER: Final = "boundary-uploads"
"""Where uploads are kept, under the installation's home; no address of the server leads there."""
LARGEST: Final = 200 * 1024 * 1024
MOST_WAITING: Final = 10
"""How many uploads may lie there at once."""
KEPT_DAYS: Final = 30
CHECK: Final = "areas.check_boundaries"
ACTIVATE: Final = "areas.activate_boundaries"
LONGEST: Final = 200
FARTHEST_M: Final = 100_000
_FARTHEST: Final = timedelta(days=3 * 366)
"""How far away the day may be from which a catchment is to hold."""
_EARLIEST: Final = date(1900, 1, 1)
_OFFICE: Final = ZoneInfo("Asia/Kuala_Lumpur")
_NAME: Final = re.compile(r"[0-9a-f]{32}\.(geojson|gz|gpkg|zip)")
_FILE: Final = re.compile(r"[0-9a-f]{32}\.(part|geojson|gz|gpkg|zip|view)")
_MAY: Final = text("SELECT ekasih.changes_boundaries()")
_WITHDRAW: Final = text("SELECT ekasih.withdraw_boundaries(:upload)")
_ACTING: Final = text("SELECT ekasih.acting_user()")
_TURN: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('boundary_upload', 0))")
_OPEN: Final = ("ready", "check", "checked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a person says of a boundary file, as it was typed."""

    level: str
    source: str
    licence: str
    dated: date | None
    accuracy_m: int | None


_TAKING: Final = Taking(
    most_bytes=LARGEST,
    is_one=lambda begins: kind_of(begins) is not None,
    kind_of=lambda path: kind_of_file(path).removeprefix("."),
    refusal=UnreadableBoundaries,
    not_one="no_boundaries",
)


def keep_upload(home: Path, writing: Callable[[], AbstractContextManager[Session]], upload: Upload) -> int:
    """Take a boundary file in: its bytes into a file, then its row; answers the upload's id.

    Raises:
        NotPermitted, TooManyUploads, NoRoom: it may not come, or there is no room; not a byte was read.
        UnreadableBoundaries: it is of no kind that is read; nothing of it was kept.

    """
    with writing() as session:
        require_room(session)
    with taken_in(home / FOLDER, upload, _TAKING) as taken, writing() as session:
        return _recorded(session, taken, upload)


def require_room(session: Session) -> None:
    """Refuse an upload of who acts before a byte of it is read.

    Raises:
        NotPermitted: the account may not change boundaries.
        TooManyUploads: too many files lie there.

    """
    require_right(session)
    waiting = select(func.count()).select_from(BoundaryUpload).where(BoundaryUpload.state.in_(_OPEN))
    if (session.scalar(waiting) or 0) >= MOST_WAITING:
        raise TooManyUploads(most=MOST_WAITING)


def require_right(session: Session) -> None:
    """Refuse who may not change the country's boundaries.

    Raises:
        NotPermitted: who acts is no administrator, or of a part of the country.

    """
    if not session.scalar(_MAY):
        raise NotPermitted


def _recorded(session: Session, taken: Taken, upload: Upload) -> int:
    session.execute(_TURN)
    require_room(session)
    values = insert(BoundaryUpload).values(
        uploaded_by=session.execute(_ACTING).scalar_one(),
        file_name=plain_name(upload.name, "sempadan"),
        stored_name=taken.path.name,
        sha256=taken.sha256,
        bytes=upload.length,
    )
    upload_id = session.execute(values.returning(BoundaryUpload.id)).scalar_one()
    _note(session, "upload_boundaries", upload_id, {"sha256": taken.sha256, "bytes": upload.length})
    return upload_id


def ask_check(session: Session, upload_id: int, stated: Stated) -> int:
    """Keep what is said of an upload and ask for its check, which uses nothing; answers the job.

    Raises:
        InvalidInput: something is not said, or cannot be so.
        NotFound, StaleRecord: there is no such upload, or it is under way or used already.

    """
    require_right(session)
    require_stated(stated)
    _found(session, upload_id)
    values = {
        "level": stated.level,
        "source": " ".join(stated.source.split()),
        "licence": " ".join(stated.licence.split()),
        "dated": stated.dated,
        "accuracy_m": stated.accuracy_m,
    }
    asked = (
        update(BoundaryUpload)
        .where(BoundaryUpload.id == upload_id, BoundaryUpload.state.in_(("ready", "checked")), ~_wanted(upload_id))
        .values(state="check", asked_at=func.now(), problem=None, **values)
        .execution_options(synchronize_session=False)
    )
    if not session.execute(asked).rowcount:  # type: ignore[attr-defined]
        raise StaleRecord
    _note(session, "check_boundaries", upload_id, values)
    return enqueue(session, CHECK, upload=upload_id)


def ask_activation(
    session: Session, upload_id: int, *, partial: bool, holds_from: date | None = None
) -> int | None:
    """Ask that a checked upload become the active set of its level; answers the job.

    Of a catchment ``holds_from`` may be a day to come: it is asked for on that day, and there is no job yet.

    Raises:
        InvalidInput: the file is incomplete, and that is not accepted; or it cannot hold from that day.
        NotFound, StaleRecord: there is no such upload, or it is not checked, or its level is being changed.

    """
    require_right(session)
    row = _found(session, upload_id)
    if row.state != "checked" or row.level is None or row.report is None:
        raise StaleRecord
    if not row.report["complete"] and not partial:
        raise InvalidInput({"partial": "boundary_partial"})
    today = datetime.now(_OFFICE).date()
    if holds_from is not None and (row.level != "catchment" or holds_from > today + _FARTHEST):
        raise InvalidInput({"holds_from": "boundary_holds_from"})
    later = holds_from if holds_from is not None and holds_from > today else None
    return _asked(session, level=row.level, upload_id=upload_id, set_id=None, partial=partial, holds_from=later)


def withdraw(session: Session, upload_id: int) -> None:
    """Take back that a catchment is to hold from a day to come.

    Raises:
        NotFound, StaleRecord: there is no such upload, or none that waits for its day.

    """
    require_right(session)
    _found(session, upload_id)
    if not session.scalar(_WITHDRAW, {"upload": upload_id}):
        raise StaleRecord
    _note(session, "withdraw_boundaries", upload_id, {})


def ask_return(session: Session, set_id: int) -> int | None:
    """Ask that a former set become the active one of its level again; answers the job.

    Raises:
        NotFound, StaleRecord: there is no such set, or it is active, or its level is being changed.

    """
    require_right(session)
    row = session.get(BoundarySet, set_id)
    if row is None:
        raise NotFound
    if row.active:
        raise StaleRecord
    return _asked(session, level=row.level, upload_id=None, set_id=set_id, partial=False)


def discard(session: Session, upload_id: int) -> str:
    """Take an upload away; answers the name of its file, to be removed after the commit.

    Raises:
        NotFound, StaleRecord: there is no such upload, or it is under way or used.

    """
    require_right(session)
    name = _found(session, upload_id).stored_name
    states = ("ready", "checked", "expired")
    gone = delete(BoundaryUpload).where(
        BoundaryUpload.id == upload_id, BoundaryUpload.state.in_(states), ~_wanted(upload_id)
    )
    if not session.execute(gone.execution_options(synchronize_session=False)).rowcount:  # type: ignore[attr-defined]
        raise StaleRecord
    _note(session, "discard_boundaries", upload_id, {})
    return name


def _asked(
    session: Session,
    *,
    level: str,
    upload_id: int | None,
    set_id: int | None,
    partial: bool,
    holds_from: date | None = None,
) -> int | None:
    wish = insert(BoundaryActivation).values(
        level=level,
        upload_id=upload_id,
        set_id=set_id,
        partial=partial,
        holds_from=holds_from,
        asked_by=session.execute(_ACTING).scalar_one(),
    )
    try:
        with session.begin_nested():
            activation = session.execute(wish.returning(BoundaryActivation.id)).scalar_one()
    except (IntegrityError, ProgrammingError) as error:
        # another wish for the level waits, or what it is about has changed meanwhile
        raise StaleRecord from error
    facts = {"level": level, "partial": partial} | ({"holds_from": str(holds_from)} if holds_from else {})
    _note(session, "ask_boundaries", upload_id or set_id, facts, of_set=set_id is not None)
    return None if holds_from else enqueue(session, ACTIVATE, activation=activation)


def _wanted(upload_id: int) -> Exists:
    """Whether an upload is to become active."""
    wish = select(BoundaryActivation.id).where(
        BoundaryActivation.upload_id == upload_id,
        BoundaryActivation.activated_at.is_(None),
        BoundaryActivation.refused_at.is_(None),
    )
    return wish.exists()


def _found(session: Session, upload_id: int) -> BoundaryUpload:
    row = session.get(BoundaryUpload, upload_id)
    if row is None:
        raise NotFound
    return row


def require_stated(stated: Stated) -> None:
    """Refuse what a person says of a file where something is missing or cannot be so.

    Raises:
        InvalidInput: which of it.

    """
    problems = {}
    if stated.level not in LEVELS:
        problems["level"] = "choice"
    for name in ("source", "licence"):
        said = getattr(stated, name).strip()
        if not said:
            problems[name] = "required"
        elif len(said) > LONGEST:
            problems[name] = "too_long"
    if stated.dated is None or stated.dated < _EARLIEST:
        problems["dated"] = "date"
    elif stated.dated > datetime.now(_OFFICE).date():
        problems["dated"] = "date_future"
    if stated.accuracy_m is None or not 0 < stated.accuracy_m <= FARTHEST_M:
        problems["accuracy_m"] = "boundary_accuracy"
    if problems:
        raise InvalidInput(problems)


def _note(
    session: Session, action: str, subject_id: int | None, after: Mapping[str, object], *, of_set: bool = False
) -> None:
    subject = "boundary_set" if of_set else "boundary_upload"
    audit.record(session, action, subject=subject, subject_id=subject_id, district_code=None, after=after or None)


def file_of(home: Path, name: str) -> Path:
    """Where the file of an upload is kept.

    Raises:
        NotFound: that is no name of one.

    """
    return kept_file(home / FOLDER, name, named=_NAME)


def view_of(home: Path, name: str) -> Path:
    """A folder like the installation's home, with the files by which an upload's check is drawn."""
    return file_of(home, name).with_suffix(".view")


def remove_files(home: Path, name: str) -> None:
    """Remove what is kept of an upload outside the database."""
    file_of(home, name).unlink(missing_ok=True)
    shutil.rmtree(view_of(home, name), ignore_errors=True)


def sweep(home: Path, connection: Connection) -> int:
    """Let uploads go that nobody used for days, and files that no upload names; answers how many went."""
    old = (
        update(BoundaryUpload)
        .where(
            BoundaryUpload.state.in_(("ready", "checked")),
            func.coalesce(BoundaryUpload.reported_at, BoundaryUpload.uploaded_at)
            < func.now() - text(f"interval '{KEPT_DAYS} days'"),
            ~select(BoundaryActivation.id)
            .where(
                BoundaryActivation.upload_id == BoundaryUpload.id,
                BoundaryActivation.activated_at.is_(None),
                BoundaryActivation.refused_at.is_(None),
            )
            .exists(),
        )
        .values(state="expired")
    )
    connection.execute(old)
    kept = select(BoundaryUpload.stored_name).where(BoundaryUpload.state.in_(_OPEN))
    stems = {name.split(".")[0] for name in connection.scalars(kept)}
    return forgotten(home / FOLDER, named=_FILE, kept=stems)
