"""Deliveries that are sent on screen: taken in as a stream, kept in files of their own, and taken away again."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, select, text, update

from registry import audit
from registry.deliveries.archives import UnreadableDelivery
from registry.deliveries.glance import glance
from registry.deliveries.models import DeliveryUpload
from registry.errors import NotFound, NotPermitted, StaleRecord
from registry.jobs.queue import cancel, enqueue
from registry.uploads.refusals import TooManyUploads
from registry.uploads.taking_in import Taken, Taking, Upload, forgotten, kept_file, plain_name, taken_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

FOLDER: Final = "deliveries"
"""Where uploads are kept, under the installation's home; no address of the server leads there."""
LARGEST: Final = 500 * 1024 * 1024
MOST_WAITING: Final = 10
"""How many uploads of one account may lie there at once."""
KEPT_DAYS: Final = 7
_ZIP: Final = b"PK\x03\x04"
_NAME: Final = re.compile(r"[0-9a-f]{32}\.(zip|xlsx)")
_FILE: Final = re.compile(r"[0-9a-f]{32}\.(part|zip|xlsx|rejected)")
_MAY: Final = text("SELECT ekasih.may(ekasih.layout_permission(:layout))")
_ACTING: Final = text("SELECT ekasih.acting_user()")
_TURN: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('delivery_upload', ekasih.acting_user()))")
_JOB: Final = text("""
    SELECT id FROM ekasih.job
    WHERE task IN ('aid.carry_out', 'deliveries.carry_out') AND state IN ('waiting', 'running') AND NOT cancel_asked
        AND CAST(arguments ->> 'upload' AS bigint) = :upload
    ORDER BY id DESC LIMIT 1
""")
_OPEN: Final = ("ready", "trial", "import")


@dataclass(frozen=True, slots=True)
class Layout:
    """What an upload is a delivery of: its name, the task that carries it out, and a first look at its file."""

    name: str
    task: str
    look: Callable[[Path], list[dict[str, Any]]]
    """What is kept of a first look.

    Raises UnreadableDelivery where the file is no delivery of the layout.
    """


BIRM: Final = Layout("birm", "deliveries.carry_out", lambda path: [one.as_dict() for one in glance(path)])


def _kind_of(path: Path) -> str:
    """What a packed file is by what is in it; what it is called decides nothing."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xlsx" if "[Content_Types].xml" in archive.namelist() else "zip"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDelivery("The file is damaged.", reason="damaged") from error


_TAKING: Final = Taking(
    most_bytes=LARGEST,
    is_one=lambda begins: begins.startswith(_ZIP),
    kind_of=_kind_of,
    refusal=UnreadableDelivery,
    not_one="no_delivery",
)


def keep_upload(
    home: Path, writing: Callable[[], AbstractContextManager[Session]], upload: Upload, layout: Layout = BIRM
) -> int:
    """Take a delivery in: its bytes into a file, a first look at it, then its row; answers the upload's id.

    Raises:
        NotPermitted, TooManyUploads, NoRoom: it may not come, or there is no room; not a byte was read.
        UnreadableDelivery: it is no delivery that can be imported; nothing of it was kept.

    """
    with writing() as session:
        require_room(session, layout)
    with taken_in(home / FOLDER, upload, _TAKING) as taken:
        findings = layout.look(taken.path)
        with writing() as session:
            return _recorded(session, taken, upload, layout, findings)


def require_room(session: Session, layout: Layout) -> None:
    """Refuse an upload of who acts before a byte of it is read.

    Raises:
        NotPermitted: the account may not send deliveries of this layout.
        TooManyUploads: too many of its uploads lie there.

    """
    if not session.scalar(_MAY, {"layout": layout.name}):
        raise NotPermitted
    own = select(func.count()).select_from(DeliveryUpload).where(DeliveryUpload.state.in_(_OPEN))
    waiting = session.scalar(own.where(DeliveryUpload.uploaded_by == session.scalar(_ACTING))) or 0
    if waiting >= MOST_WAITING:
        raise TooManyUploads(most=MOST_WAITING)


def _recorded(
    session: Session, taken: Taken, upload: Upload, layout: Layout, findings: list[dict[str, Any]]
) -> int:
    session.execute(_TURN)
    require_room(session, layout)
    values = insert(DeliveryUpload).values(
        layout=layout.name,
        uploaded_by=session.execute(_ACTING).scalar_one(),
        file_name=plain_name(upload.name, "penghantaran"),
        stored_name=taken.path.name,
        sha256=taken.sha256,
        bytes=upload.length,
        findings=findings,
    )
    upload_id = session.execute(values.returning(DeliveryUpload.id)).scalar_one()
    _note(session, "upload_delivery", upload_id, {"sha256": taken.sha256, "bytes": upload.length})
    return upload_id


def ask(session: Session, upload_id: int, what: str, layout: Layout = BIRM) -> None:
    """Ask for a ``trial`` or the ``import`` of one's own upload, as a job.

    Raises:
        NotFound: there is no such upload of who acts.
        StaleRecord: it is under way already, or its time is over.

    """
    if what not in {"trial", "import"}:
        raise NotFound
    row = _own(session, upload_id)
    if row.layout != layout.name:
        raise NotFound
    asked = (
        update(DeliveryUpload)
        .where(DeliveryUpload.id == upload_id, DeliveryUpload.state == "ready")
        .values(state=what, asked_at=func.now(), steps_done=0, steps_total=0, problem=None)
        .execution_options(synchronize_session=False)
    )
    if not session.execute(asked).rowcount:  # type: ignore[attr-defined]
        raise StaleRecord
    action = "try_delivery" if what == "trial" else "import_delivery"
    _note(session, action, upload_id, {"sha256": row.sha256})
    enqueue(session, layout.task, upload=upload_id, what=what)


def stop(session: Session, upload_id: int) -> None:
    """Cancel the trial or the import that was asked of one's own upload: at once, or at its next step.

    Raises:
        NotFound, StaleRecord: as :func:`ask`.

    """
    _own(session, upload_id)
    job = session.scalar(_JOB, {"upload": upload_id})
    if job is None:
        raise StaleRecord
    cancel(session, int(job))


def discard(session: Session, upload_id: int) -> str:
    """Take one's own upload away, which is not under way; answers the name of its file, to be removed after the commit.

    Raises:
        NotFound, StaleRecord: as :func:`ask`.

    """
    name = _own(session, upload_id).stored_name
    gone = delete(DeliveryUpload).where(DeliveryUpload.id == upload_id, DeliveryUpload.state.in_(("ready", "expired")))
    if not session.execute(gone.execution_options(synchronize_session=False)).rowcount:  # type: ignore[attr-defined]
        raise StaleRecord
    _note(session, "discard_delivery", upload_id, {})
    return name


def _own(session: Session, upload_id: int) -> DeliveryUpload:
    """An upload of who acts.

    Raises:
        NotFound: there is none.

    """
    row = session.get(DeliveryUpload, upload_id)
    if row is None or row.uploaded_by != session.scalar(_ACTING):
        raise NotFound
    return row


def _note(session: Session, action: str, upload_id: int, after: dict[str, object]) -> None:
    audit.record(
        session, action, subject="delivery_upload", subject_id=upload_id, district_code=None, after=after or None
    )


def file_of(home: Path, name: str) -> Path:
    """Where the file of an upload is kept.

    Raises:
        NotFound: that is no name of one.

    """
    return kept_file(home / FOLDER, name, named=_NAME)


def rejected_of(home: Path, name: str) -> Path:
    """Where the rejected rows of an upload's last trial are kept."""
    return file_of(home, name).with_suffix(".rejected")


def remove_files(home: Path, name: str) -> None:
    """Remove what is kept of an upload outside the database."""
    file_of(home, name).unlink(missing_ok=True)
    rejected_of(home, name).unlink(missing_ok=True)


def sweep(home: Path, connection: Connection) -> int:
    """Let uploads go that nobody imported for days, and files that no upload names; answers how many files went."""
    old = (
        update(DeliveryUpload)
        .where(
            DeliveryUpload.state == "ready",
            func.coalesce(DeliveryUpload.asked_at, DeliveryUpload.uploaded_at)
            < func.now() - text(f"interval '{KEPT_DAYS} days'"),
        )
        .values(state="expired", findings=[])
    )
    connection.execute(old)
    kept = select(DeliveryUpload.stored_name).where(DeliveryUpload.state.in_(_OPEN))
    stems = {Path(name).stem for name in connection.scalars(kept)}
    return forgotten(home / FOLDER, named=_FILE, kept=stems)
