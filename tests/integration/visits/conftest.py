"""The people of Kinta with cases to visit: entered, sent in, and given to the enumerator."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PIL import Image

from registry.cases.cases import OpenCase, TakeStep, open_case, take_step
from registry.cases.models import CaseFile
from registry.visits.visits import Finding, RecordVisit, record_visit
from tests.integration.cases.conftest import Staff, staff
from tests.integration.cases.forms import form

if TYPE_CHECKING:
    from registry.principals import Principal

__all__ = ["Staff", "staff"]


def received(staff: Staff, **draft: Any) -> int:
    """A case that the officer of Kinta entered and sent in."""
    with staff.writing(staff.officer) as session:
        command = OpenCase(channel="officer", district_code="0803", head_name="Ali bin Abu", draft=form(**draft))
        case = open_case(session, command)
        return take_step(session, TakeStep(case_id=case.id, version=case.version, action="submit")).id


def assigned(staff: Staff, to: Principal | None = None, **draft: Any) -> int:
    """A case that waits for a visit of the enumerator."""
    case_id = received(staff, **draft)
    with staff.writing(staff.officer) as session:
        officer = (to or staff.enumerator).user_id
        step = TakeStep(case_id=case_id, version=version(staff, case_id), action="assign", assigned_to=officer)
        take_step(session, step)
    return case_id


def version(staff: Staff, case_id: int) -> int:
    with staff.writing(staff.officer) as session:
        return session.get_one(CaseFile, case_id).version


def a_visit(staff: Staff, case_id: int, **changes: Any) -> RecordVisit:
    """A whole visit of the case as it is now."""
    facts: dict[str, Any] = {
        "case_id": case_id,
        "version": version(staff, case_id),
        "client_key": uuid4(),
        "visited_at": datetime.now(UTC),
        "recommendation": "approve",
        "reason": "Pendapatan di bawah garis kemiskinan",
        "findings": {"kediaman": Finding(agrees=False, note="Bumbung bocor"), "harta": Finding(agrees=True)},
    }
    return RecordVisit(**(facts | changes))


def visited(staff: Staff, case_id: int) -> int:
    """The id of a visit that the enumerator made."""
    with staff.writing(staff.enumerator) as session:
        return record_visit(session, a_visit(staff, case_id)).visit_id


def photograph(*, size: tuple[int, int] = (2400, 1800), kind: str = "JPEG", orientation: int = 1) -> bytes:
    """A picture as a telephone takes it: with its place, its time and its maker in it."""
    picture = Image.effect_noise(size, 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Telefon Contoh", orientation
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (4.0, 28.0, 9.5)
    exif.get_ifd(0x8769)[0x9003] = "2026:01:02 03:04:05"
    written = io.BytesIO()
    picture.save(written, kind, exif=exif)
    return written.getvalue()
