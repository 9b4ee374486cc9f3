"""Lines of aid that were given: sent under a number that makes them come once, and what became of each."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Final

from apiflask import APIBlueprint
from flask import url_for
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from api.deps import deps_of_request
from api.guards import UNSEEN, needs
from api.language import asked_words
from queries import given_aid
from registry.aid.lines import code
from registry.aid.sending import MOST_LINES, WAITING, Sending, SendLines, send_lines, sending
from registry.errors import NotFound

if TYPE_CHECKING:
    from queries.row_types.given_aid import SentLineOneRow, SentLineRow
    from words import Words

aid_lines = APIBlueprint("aid_lines", __name__, tag="Bantuan")

MOST_WAIT: Final = 5
"""For how many seconds a program may let its request wait for the outcome."""
_STEP_SECONDS: Final = 0.2
# whoever waits holds a thread: of each process one may
_WAITING_ROOM: Final = threading.BoundedSemaphore(1)


def seen(value: str) -> str:
    """A text without controls and halves of characters."""
    if UNSEEN.search(value):
        raise ValueError("unseen")
    return value


Cell = Annotated[str, StringConstraints(max_length=200), AfterValidator(seen)]
Number = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"\S"), AfterValidator(seen)]


class Line(BaseModel):
    """A line of a delivery by the names of its columns; all are text, as in a file, and judged by the same rules."""

    model_config = ConfigDict(extra="forbid")

    no_rujukan: Reference = Field(description="The agency's own number of the line: one line for ever")
    jenis_baris: Cell = Field(description="bayar, or batal: takes back the line that no_rujukan_asal names")
    kod_program: Cell = ""
    kod_jenis: Cell = ""
    no_kp: Cell = ""
    no_fail: Cell = ""
    nama: Cell = ""
    tarikh_lahir: Cell = ""
    negeri: Cell = ""
    daerah: Cell = ""
    tarikh: Cell = Field(description="Day of the aid: yyyy-mm-dd or dd/mm/yyyy")
    tempoh_mula: Cell = ""
    tempoh_tamat: Cell = ""
    amaun: Cell = Field(description='RM as text, at most two decimals: "1200.00"')
    kuantiti: Cell = ""
    no_rujukan_asal: Cell = ""
    no_permohonan: Cell = ""
    catatan: Cell = ""


class Control(BaseModel):
    """What the sender has counted: where it differs from the lines, nothing is taken in (`jumlah_kawalan`)."""

    model_config = ConfigDict(extra="forbid")

    bil_baris: Cell
    jumlah_bayar: Cell
    jumlah_batal: Cell


class LinesIn(BaseModel):
    """Lines of the own agency. ``tarikh_jana``: the day they were made; today where it is absent."""

    model_config = ConfigDict(extra="forbid")

    tarikh_jana: date | None = None
    kawalan: Control | None = None
    baris: list[Line] = Field(min_length=1, max_length=MOST_LINES)


class SendingHeaders(BaseModel):
    """The number of the sending, and for how long its outcome is waited for."""

    idempotency_key: Number = Field(description="The agency's number of this delivery (no_penghantaran)")
    prefer: str | None = Field(default=None, max_length=100, description="`wait=5`: wait so many seconds, at most 5")


class LineOut(BaseModel):
    """What became of a line: accepted, unchanged (it was known), held (an officer settles it) or rejected."""

    no_rujukan: str
    outcome: str
    code: str | None = Field(description="Why it is held or rejected, as in a delivery on screen")
    reason: str | None = Field(description="The same in words")
    warnings: list[str]


class SendingOut(BaseModel):
    """A sending: waiting, processed, refused (whole, and why) or failed (send it again)."""

    number: str
    state: str
    sent_at: datetime
    count: int
    code: str | None
    reason: str | None
    lines: list[LineOut]


class OneLineOut(LineOut):
    """A line as it stands now."""

    kod_program: str | None
    kod_jenis: str | None
    tarikh: date | None
    tempoh_mula: date | None
    tempoh_tamat: date | None
    amaun: str | None
    no_penghantaran: str | None
    dibatalkan_pada: date | None


@aid_lines.post("/aid-lines")
@needs("aid.write")
@aid_lines.input(SendingHeaders, location="headers", arg_name="headers")
@aid_lines.input(LinesIn, location="json", arg_name="body")
@aid_lines.output(SendingOut, 202, description="Taken in; processed (200) where the outcome was waited for")
@aid_lines.doc(
    summary="Send lines of aid",
    operation_id="send_aid_lines",
    responses={200: "Judged", 409: "Other lines came under this number before"},
)
def send(headers: SendingHeaders, body: LinesIn) -> Any:
    """Send lines of aid. The same lines under the same number come once, however often they are sent."""
    deps = deps_of_request()
    lines = [{name: text for name, text in line.model_dump().items() if text} for line in body.baris]
    control = body.kawalan.model_dump() if body.kawalan else None
    command = SendLines(number=headers.idempotency_key, lines=lines, made_on=body.tarikh_jana, control=control)
    send_lines(deps.settings.home, deps.writing, command)
    found = _waited_for(command.number, _seconds(headers.prefer))
    where = url_for("aid_lines.sending_of", number=found.number)
    status = HTTPStatus.ACCEPTED if found.state == WAITING else HTTPStatus.OK
    return _told(found), status, {"Location": where}


@aid_lines.get("/aid-deliveries/<number>")
@needs("aid.read")
@aid_lines.output(SendingOut)
@aid_lines.doc(summary="What became of a sending", operation_id="read_aid_delivery")
def sending_of(number: str) -> dict[str, Any]:
    """How far a sending is, and what became of each of its lines, in their order."""
    return _told(_found(number))


@aid_lines.get("/aid-lines/<path:reference>")
@needs("aid.read")
@aid_lines.output(OneLineOut)
@aid_lines.doc(summary="What became of a line", operation_id="read_aid_line")
def line_of(reference: str) -> dict[str, Any]:
    """A line of the own agency by its reference, however it came: as it stands now."""
    with deps_of_request().reading() as conn:
        row = given_aid.sent_line(conn, code(reference))
    if row is None:
        raise NotFound
    amount = row["amount_rm"]
    return _line(row, asked_words()) | {
        "kod_program": row["programme_code"],
        "kod_jenis": row["kind_code"],
        "tarikh": row["day"],
        "tempoh_mula": row["begins"],
        "tempoh_tamat": row["ends"],
        "amaun": None if amount is None else f"{amount:.2f}",
        "no_penghantaran": row["delivery_number"],
        "dibatalkan_pada": row["reversed_on"],
    }


def _found(number: str) -> Sending:
    with deps_of_request().reading() as conn:
        found = sending(conn, number)
    if found is None:
        raise NotFound
    return found


def _waited_for(number: str, seconds: int) -> Sending:
    """The sending, its outcome where that comes in time."""
    found = _found(number)
    if not seconds or found.state != WAITING or not _WAITING_ROOM.acquire(blocking=False):
        return found
    try:
        until = time.monotonic() + seconds
        while found.state == WAITING and time.monotonic() < until:
            time.sleep(_STEP_SECONDS)
            found = _found(number)
    finally:
        _WAITING_ROOM.release()
    return found


def _seconds(prefer: str | None) -> int:
    """For how long ``Prefer: wait=N`` (RFC 7240) lets a request wait."""
    for preference in (prefer or "").split(","):
        name, _, value = preference.strip().partition("=")
        if name.lower() == "wait" and value.isascii() and value.isdigit():
            return min(int(value[:3]), MOST_WAIT)
    return 0


def _told(found: Sending) -> dict[str, Any]:
    words = asked_words()
    with deps_of_request().reading() as conn:
        rows = given_aid.sent_lines(conn, found.sending_id) if found.delivery_id is not None else []
    reason = None
    if found.reason:
        key = found.reason if words.has(found.reason) else f"aid_delivery.code_{found.reason}"
        reason = words(key) if words.has(key) else words("delivery.problem_unexpected")
    return {
        "number": found.number,
        "state": found.state,
        "sent_at": found.sent_at,
        "count": found.lines,
        "code": found.reason,
        "reason": reason,
        "lines": [_line(row, words) for row in rows],
    }


def _line(row: SentLineRow | SentLineOneRow, words: Words) -> dict[str, Any]:
    why, reason = row["code"], row["settled_reason"]
    if why and not reason:
        reason = words(f"aid_delivery.code_{why}")
    outcome = {"no_rujukan": row["reference"], "outcome": row["outcome"], "warnings": row["warnings"]}
    return outcome | {"code": why, "reason": reason}
