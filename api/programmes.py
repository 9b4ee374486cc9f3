"""The own agency's programmes with their kinds of aid, as lines of a delivery name them."""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from api.deps import deps_of_request
from api.guards import needs
from api.paging import Paging, after, page
from queries import programmes as queries

programmes = APIBlueprint("programmes", __name__, tag="Program")


class Kind(BaseModel):
    """A kind of aid of a programme. ``ceiling_rm``: of one line, today; none where there is no rate."""

    code: str
    name_ms: str
    name_en: str
    need: str
    form: str
    recipient: str
    frequency: str
    coverage: str
    unit: str | None
    ceiling_rm: str | None


class Programme(BaseModel):
    """A programme of the own agency."""

    code: str
    name_ms: str
    name_en: str
    state: str
    valid_from: date | None
    valid_until: date | None
    has_ledger: bool
    kinds: list[Kind]


class Programmes(BaseModel):
    """A page of programmes by code."""

    programmes: list[Programme]
    next: str | None = Field(description="Cursor of the next page; null on the last one")


@programmes.get("/programmes")
@needs("programmes.read")
@programmes.input(Paging, location="query", arg_name="asked")
@programmes.output(Programmes)
@programmes.doc(summary="Own programmes", operation_id="list_programmes")
def list_programmes(asked: Paging) -> dict[str, Any]:
    """The programmes of the own agency with their kinds of aid, by code."""
    with deps_of_request().reading() as conn:
        rows = queries.own(conn, after=after(asked.cursor), limit=asked.limit + 1)
    shown, following = page(rows, asked.limit, lambda row: row["code"])
    return {
        "programmes": [
            {
                "code": row["code"],
                "name_ms": row["programme_ms"],
                "name_en": row["programme_en"],
                **{name: row[name] for name in ("state", "valid_from", "valid_until", "has_ledger", "kinds")},
            }
            for row in shown
        ],
        "next": following,
    }
