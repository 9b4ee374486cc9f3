"""Lines of aid that a program sends: a delivery like any other, which the same import judges, under its own number."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, text, update

from registry.aid.carrying import AID
from registry.aid.importing import HEAD_COLUMNS
from registry.aid.lines import COLUMNS, GIVEN, TAKEN_BACK, code, read_money
from registry.aid.models import AidSending
from registry.aid.reading import BODY, HEAD, content_key
from registry.deliveries.spreadsheets import write_csv
from registry.deliveries.uploads import ask, discard, keep_upload, remove_files
from registry.errors import NotPermitted, RegistryError
from registry.uploads.taking_in import Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    Writing = Callable[[], AbstractContextManager[Session]]

_FOLDER: Final = "api"
MOST_LINES: Final = 1_000
"""How many lines come at once; a delivery on screen may have more."""
WAITING, PROCESSED, REFUSED, FAILED = "waiting", "processed", "refused", "failed"
_STATE: Final = text("SELECT * FROM ekasih.aid_sending_state(:number)")
_ACTING: Final = text("""
    SELECT ekasih.acting_user() AS person, ekasih.acting_agency() AS agency,
        (SELECT a.code FROM ekasih.agency AS a WHERE a.id = ekasih.acting_agency()) AS agency_code,
        (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date AS today
""")
_TURN: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('ekasih.aid_sending ' || :number, :agency))")


class SendingDiffers(RegistryError):
    """Other lines were sent under this number before."""

    key = "sending_differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLines:
    """Lines by the columns of a delivery, under a number; the day they were made is today where none is given.

    ``control`` are the sums that the sender has counted, as the head of a delivery has them; none are worked out.
    """

    number: str
    lines: Sequence[Mapping[str, str]]
    made_on: date | None = None
    control: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """How far it is: ``state`` is waiting, processed, refused or failed; ``reason`` says why it came to nothing."""

    sending_id: int
    number: str
    sent_at: datetime
    lines: int
    state: str
    reason: str | None
    delivery_id: int | None
    content_key: bytes
    lies_as: int | None
    """The upload that it came in as, where that may be asked for again."""


def sending(connection: Connection | Session, number: str) -> Sending | None:
    """What the own agency's programs sent under a number; ``None`` where nothing was."""
    row = connection.execute(_STATE, {"number": code(number)}).one_or_none()
    return None if row is None else Sending(*row)


def send_lines(home: Path, writing: Writing, command: SendLines) -> bool:
    """Take lines in and ask for their import; false where the same were sent before, and nothing more is done.

    What was sent and came to nothing, because the work failed, is asked for again.

    Raises:
        SendingDiffers: other lines were sent under this number.
        NotPermitted: the acting account is of no agency, or may not deliver.
        TooManyUploads, NoRoom: as :func:`registry.deliveries.uploads.keep_upload`.

    """
    number = code(command.number)
    key = _key(command)
    with writing() as session:
        actor = session.execute(_ACTING).one()
        if actor.agency is None:
            raise NotPermitted
        before = sending(session, number)
        if _stands(before, key):
            return False
        if before is not None and before.lies_as is not None:
            ask(session, before.lies_as, "import", AID)
            return True
    content = _packed(command, number, actor.agency_code, actor.today)
    upload = Upload(length=len(content), name=f"{number}.zip", stream=io.BytesIO(content))
    upload_id = keep_upload(home, writing, upload, AID)
    with writing() as session:
        session.execute(_TURN, {"number": number, "agency": actor.agency})
        before = sending(session, number)
        unneeded = before is not None and (before.content_key != key or before.state != FAILED)
        if unneeded:
            name = discard(session, upload_id)
        else:
            _keep(session, command, number, key, upload_id, agency=actor.agency, person=actor.person, known=before)
            ask(session, upload_id, "import", AID)
    if unneeded:
        remove_files(home, name)
        return not _stands(before, key)
    return True


def _stands(before: Sending | None, key: bytes) -> bool:
    if before is None:
        return False
    if before.content_key != key:
        raise SendingDiffers
    return before.state != FAILED


def _keep(
    session: Session,
    command: SendLines,
    number: str,
    key: bytes,
    upload_id: int,
    *,
    agency: int,
    person: int,
    known: Sending | None,
) -> None:
    if known is not None:
        session.execute(update(AidSending).where(AidSending.id == known.sending_id).values(upload_id=upload_id))
        return
    values = {"agency_id": agency, "number": number, "content_key": key, "upload_id": upload_id, "sent_by": person}
    references = [code(line.get("no_rujukan")) for line in command.lines]
    session.execute(insert(AidSending).values(**values, line_references=references))


def _key(command: SendLines) -> bytes:
    """A digest of what was sent, whatever day it is: what is worked out is no part of it."""
    head = dict(command.control or {})
    if command.made_on:
        head["tarikh_jana"] = command.made_on.isoformat()
    return content_key(head, [dict(line) for line in command.lines])


def _packed(command: SendLines, number: str, agency_code: str, today: date) -> bytes:
    """The lines as the delivery that they are: a zip of its two tables."""
    made_on = (command.made_on or today).isoformat()
    head = {"kod_agensi": agency_code, "no_penghantaran": number, "tarikh_jana": made_on}
    head |= _sums(command.lines) | dict(command.control or {})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{_FOLDER}/{HEAD}.csv", _table(HEAD_COLUMNS, [head]))
        archive.writestr(f"{_FOLDER}/{BODY}.csv", _table(COLUMNS, command.lines))
    return packed.getvalue()


def _sums(lines: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """How many lines there are, and what they give and take back, as the head of a delivery says it."""
    count, sums = 0, {GIVEN: Decimal(0), TAKEN_BACK: Decimal(0)}
    for line in lines:
        count += 1
        kind, amount = code(line.get("jenis_baris")).lower(), read_money(line.get("amaun"))
        if kind in sums and amount is not None:
            sums[kind] += amount
    return {"bil_baris": str(count), "jumlah_bayar": f"{sums[GIVEN]}", "jumlah_batal": f"{sums[TAKEN_BACK]}"}


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    written = io.StringIO(newline="")
    write_csv(written, columns, ([row.get(name, "") for name in columns] for row in rows))
    return written.getvalue()
