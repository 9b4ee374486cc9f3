"""Applications that were routed to the own agency: listed, read as far as they are told, and moved step by step."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from apiflask import APIBlueprint
from flask import request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from api.aid_lines import Cell, Reference
from api.deps import caller, deps_of_request
from api.guards import UNSEEN, needs
from api.paging import Paging, after_number, page
from api.problems import ScopeMissing
from queries import applications as queries
from registry import audit
from registry.aid.lines import read_money
from registry.applications.applications import TakeStep, take_step
from registry.applications.models import STATES  # noqa: TC001 - read when the program runs
from registry.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from queries.applications import WholeApplication
    from queries.row_types.applications import EndedRow

applications = APIBlueprint("applications", __name__, tag="Permohonan")

STEPS: Final = {
    "semak": "applications.check", "minta_dokumen": "applications.check", "lulus": "applications.decide",
    "tolak": "applications.decide", "batal": "applications.decide", "serah": "applications.deliver",
    "terima": "applications.deliver",
}  # fmt: skip
"""The steps that a program may take, each with the scope that it needs beside that of reading."""
_NUMBER: Final = re.compile(r"B[0-9]{8,18}", re.ASCII)


def readable(value: str) -> str:
    """A text of several lines, without other controls and halves of characters."""
    if UNSEEN.search(value.replace("\n", " ")):
        raise ValueError("unseen")
    return value


Said = Annotated[str, StringConstraints(max_length=2_000), AfterValidator(readable)]


class ApplicationsAsked(Paging):
    """Which applications; those in one state, or all."""

    state: Literal[STATES] | None = None  # type: ignore[valid-type]


class Routed(BaseModel):
    """An application in the list."""

    number: str
    state: str
    state_since: date
    due_on: date | None
    version: int
    kod_program: str
    kod_jenis: str
    kod_daerah: str
    amount_asked: str
    amount: str | None
    opened_at: datetime


class RoutedPage(BaseModel):
    """A page of applications by number."""

    applications: list[Routed]
    next: str | None


class Told(BaseModel):
    """A field of the record that the programme's conditions use; of a member, which one."""

    component: str
    field: str
    member_no: int | None
    relationship: str | None
    value: Any


class NeedTold(BaseModel):
    """A need of the household that is met: until when and by whom, no amount."""

    need_ms: str
    need_en: str
    agency_ms: str | None
    agency_en: str | None
    begins: date
    ends: date | None
    same_need: bool


class StepTold(BaseModel):
    """A step that was taken."""

    action: str
    to_state: str
    at: datetime
    actor: str
    code: str | None
    reason: str | None
    amount: str | None


class Allowed(BaseModel):
    """A step that this key may take now, and what it needs."""

    action: str
    to_state: str
    needs_reason: bool
    codes: list[str]


class ApplicationOut(BaseModel):
    """An application as it is told. What ended long ago: number, state, day and reason alone."""

    number: str
    state: str
    state_since: date
    ended_code: str | None = None
    ended_reason: str | None = None
    version: int | None = None
    due_on: date | None = None
    for_name: str | None = None
    kod_program: str | None = None
    kind_ms: str | None = None
    kind_en: str | None = None
    form: str | None = None
    district: str | None = None
    channel: str | None = None
    purpose: str | None = None
    amount_asked: str | None = None
    amount: str | None = None
    ceiling: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    outside_target: bool | None = None
    record: list[Told] = []
    needs: list[NeedTold] = []
    steps: list[StepTold] = []
    allowed: list[Allowed] = []


class StepIn(BaseModel):
    """A step, from the version that was read; what it needs beside depends on the step, as on screen."""

    model_config = ConfigDict(extra="forbid")

    action: Literal[tuple(STEPS)]  # type: ignore[valid-type]
    version: int = Field(ge=1, le=2_000_000_000)
    code: Cell | None = Field(default=None, description="semak: sokong, tidak_sokong; tolak: its reason's code")
    reason: Said = ""
    amount: Cell | None = Field(default=None, description="lulus: RM as text")
    first_day: date | None = None
    last_day: date | None = None
    day: date | None = Field(default=None, description="serah, terima")
    place: Cell | None = None
    evidence: Cell | None = None
    received_by: Cell | None = None
    quantity: Cell | None = None


class StepHeaders(BaseModel):
    """A step is taken once, however often it is sent under a key."""

    idempotency_key: Annotated[Reference, Field(max_length=100)]


class StepOut(BaseModel):
    """The state that the application came into."""

    number: str
    state: str


@applications.get("/applications")
@needs("applications.read")
@applications.input(ApplicationsAsked, location="query", arg_name="asked")
@applications.output(RoutedPage)
@applications.doc(summary="Applications routed to the own agency", operation_id="list_applications")
def list_applications(asked: ApplicationsAsked) -> dict[str, Any]:
    """Applications that were routed to the own agency, by number."""
    deps = deps_of_request()
    with deps.reading() as conn:
        rows = queries.routed(conn, after=after_number(asked.cursor), state=asked.state, limit=asked.limit + 1)
    deps.note_read("read", subject="worklist", facts={"list": "applications", "which": asked.state or "all"})
    shown, following = page(rows, asked.limit, lambda row: row["application_id"])
    listed = [
        {
            **row,
            "kod_program": row["programme_code"],
            "kod_jenis": row["kind_code"],
            "kod_daerah": row["district_code"],
            "amount_asked": _rm(row["amount_asked_rm"]),
            "amount": _rm(row["amount_rm"]),
        }
        for row in shown
    ]
    return {"applications": listed, "next": following}


@applications.get("/applications/<number>")
@needs("applications.read")
@applications.output(ApplicationOut)
@applications.doc(summary="One application", operation_id="read_application")
def read_application(number: str) -> dict[str, Any]:
    """An application with what its programme's conditions use, which needs are met, and the steps that may be taken."""
    deps = deps_of_request()
    # what is no number is not looked for, and written down nowhere
    if not _NUMBER.fullmatch(number):
        raise NotFound
    with deps.reading() as conn:
        found = queries.whole(conn, number)
        ended = queries.ended(conn, number) if found is None else None
    deps.note_read("read", subject="aid_application", facts={"number": number, "found": found is not None})
    if found is not None and found.application["own"]:
        return _told(found)
    if ended is not None:
        return _ended(ended)
    raise NotFound


@applications.post("/applications/<number>/steps")
@needs("applications.read")
@applications.input(StepHeaders, location="headers", arg_name="headers")
@applications.input(StepIn, location="json", arg_name="asked")
@applications.output(StepOut)
@applications.doc(
    summary="Take a step",
    operation_id="take_step",
    responses={404: "Not found", 409: "It was moved since, or a rule forbids the step"},
)
def step(number: str, headers: StepHeaders, asked: StepIn) -> dict[str, Any]:
    """Move an application, by the rules of the screen: who checked does not approve."""
    if not _NUMBER.fullmatch(number):
        raise NotFound
    scope = STEPS[asked.action]
    if scope not in caller().scopes:
        raise ScopeMissing(scope)
    command = _command(number, asked)
    with deps_of_request().writing() as session:
        key = f"api {request.path} {headers.idempotency_key}"
        result, _ran = audit.once(session, key, lambda: {"state": take_step(session, command)})
    return {"number": number, "state": result["state"]}


def _command(number: str, asked: StepIn) -> TakeStep:
    given = {"amount": asked.amount, "quantity": asked.quantity}
    amounts = {name: read_money(text) for name, text in given.items() if text}
    if problems := {name: "money" for name, amount in amounts.items() if amount is None}:
        raise InvalidInput(problems)
    detail: dict[str, Any] = {
        name: value for name in ("place", "evidence", "received_by") if (value := getattr(asked, name)) is not None
    }
    if asked.action in {"serah", "terima"}:
        detail["day"] = asked.day.isoformat() if asked.day else None
    if "quantity" in amounts:
        detail["quantity"] = amounts["quantity"]
    return TakeStep(
        number=number,
        version=asked.version,
        action=asked.action,
        reason=asked.reason,
        code=asked.code or None,
        amount_rm=amounts.get("amount"),
        first_day=asked.first_day,
        last_day=asked.last_day,
        detail=detail,
    )


def _told(found: WholeApplication) -> dict[str, Any]:
    row: Mapping[str, Any] = found.application
    mine = caller().scopes
    return {
        **{name: row[name] for name in ("number", "state", "state_since", "version", "due_on", "for_name", "kind_ms",
                                        "kind_en", "form", "channel", "purpose", "first_day", "last_day",
                                        "outside_target")},
        "kod_program": row["programme_code"],
        "district": row["district_name"],
        "amount_asked": _rm(row["amount_asked_rm"]),
        "amount": _rm(row["amount_rm"]),
        "ceiling": _rm(row["ceiling_rm"]),
        "record": found.told,
        "needs": found.needs,
        "steps": [{**one, "amount": _rm(one["amount_rm"])} for one in found.steps],
        "allowed": [one for one in found.allowed if STEPS.get(one["action"]) in mine],
    }  # fmt: skip


def _ended(row: EndedRow) -> dict[str, Any]:
    return {
        "number": row["number"],
        "state": row["state"],
        "state_since": row["ended_on"],
        "ended_code": row["code"],
        "ended_reason": row["reason"],
    }


def _rm(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
