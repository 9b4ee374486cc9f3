"""Keeps the photographs of visits: re-encoded to plain JPEG without metadata, in files that only the server reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, text

from registry import audit
from registry.errors import NotFound
from registry.refusals import StepNotPermitted
from registry.uploads.kept import KeptFiles
from registry.visits.models import Visit, VisitPhoto
from registry.visits.pictures import PhotographRefused, plain_picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from registry.visits.pictures import Picture

FILES: Final = KeptFiles("photos")
MOST_PER_VISIT: Final = 12
_OPEN_STATES: Final = frozenset({"assigned", "visited", "recommended", "returned"})
"""The states of a case in which the database lets a photograph be added (``visits.sql``)."""
_ACTING = text("SELECT ekasih.acting_user()")
_STATE = text("SELECT state FROM ekasih.case_file WHERE id = :case_id")
_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended('visit_photo', :visit))")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPhotograph:
    """A photograph of one's own visit as it was uploaded; ``client_key`` is the device's own name for it."""

    visit_id: int
    client_key: UUID
    upload: bytes


def keep_photograph(home: Path, writing: Callable[[], AbstractContextManager[Session]], command: AddPhotograph) -> int:
    """Keep an upload: its file first, then its row in a transaction of its own; answers the photograph's id.

    Whether it may be kept is asked before a byte of it is looked at, and again with its row.

    Raises:
        PhotographRefused, NotFound, StepNotPermitted: as :func:`plain_picture` and :func:`add_photograph`.

    """
    with writing() as session:
        kept = photograph_kept(session, command)
    if kept is not None:
        return kept
    picture = plain_picture(command.upload)
    with FILES.adding(home, picture.content) as name:
        with writing() as session:
            photo, new = add_photograph(session, command, picture, name)
        if not new:
            file_of(home, name).unlink()
    return photo


def photograph_kept(session: Session, command: AddPhotograph) -> int | None:
    """The photograph's id where the same was sent before; nothing where it may be added.

    Raises:
        NotFound: there is no such visit for who acts.
        StepNotPermitted: the visit is another officer's, or the focus group has decided.
        PhotographRefused: the visit has as many photographs as are kept.

    """
    visit = session.get(Visit, command.visit_id)
    if visit is None:
        raise NotFound
    if visit.officer_id != session.scalar(_ACTING):
        raise StepNotPermitted
    sent = session.scalar(select(VisitPhoto).where(VisitPhoto.client_key == command.client_key))
    if sent is not None:
        if sent.visit_id != visit.id:
            raise StepNotPermitted
        return sent.id
    if session.scalar(_STATE, {"case_id": visit.case_id}) not in _OPEN_STATES:
        raise StepNotPermitted
    count = select(func.count()).select_from(VisitPhoto).where(VisitPhoto.visit_id == visit.id)
    if session.execute(count).scalar_one() >= MOST_PER_VISIT:
        raise PhotographRefused({"photo": "photo_enough"})
    return None


def add_photograph(session: Session, command: AddPhotograph, picture: Picture, name: str) -> tuple[int, bool]:
    """Keep a photograph of one's own visit, once; answers its id and whether ``name`` is now its file.

    Raises:
        NotFound, StepNotPermitted, PhotographRefused: as :func:`photograph_kept`.

    """
    session.execute(_TURN, {"visit": command.visit_id})
    kept = photograph_kept(session, command)
    if kept is not None:
        return kept, False
    visit = session.get_one(Visit, command.visit_id)
    photo = VisitPhoto(
        visit_id=visit.id,
        client_key=command.client_key,
        name=name,
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        bytes=len(picture.content),
    )
    session.add(photo)
    session.flush()
    district = session.scalar(
        text("SELECT district_code FROM ekasih.case_file WHERE id = :case_id"), {"case_id": visit.case_id}
    )
    audit.record(
        session,
        "add_photograph",
        subject="case",
        subject_id=visit.case_id,
        district_code=district,
        after={"visit": visit.id, "photo": photo.id},
    )
    return photo.id, True


def sweep(home: Path, connection: Connection) -> int:
    """Remove the files that no photograph names and that nobody is writing any more; answers how many there were."""
    return FILES.sweep(home, connection, VisitPhoto.name)


def file_of(home: Path, name: str) -> Path:
    """Where the photograph ``name`` is kept.

    Raises:
        NotFound: that is no name of one.

    """
    return FILES.path(home, name)
