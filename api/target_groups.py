"""Target groups of the own agency, and the households of a list that was approved and frozen, until it closes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from api.deps import caller, deps_of_request
from api.guards import needs
from api.paging import Paging, after, after_number, page
from api.problems import ListNotFrozen
from queries import targets as queries
from registry.aid.targets import lists
from registry.aid_refusals import TargetListClosed
from registry.errors import NotFound

target_groups = APIBlueprint("target_groups", __name__, tag="Kumpulan sasaran")
_MOST_NUMBER = 1 << 62


class Group(BaseModel):
    """A target group. ``state``: dipohon, diluluskan, ditolak, beku (its list may be read), luput (no more)."""

    id: int
    name: str
    purpose: str
    state: str
    on_date: date
    fields: list[str] = Field(description="Fields of the record that were approved, by their names in conditions")
    households: int | None
    frozen_at: datetime | None
    expires_on: date | None


class Groups(BaseModel):
    """A page of groups by number."""

    target_groups: list[Group]
    next: str | None


class Mark(BaseModel):
    """Who was given the list, when and for what: it goes with every copy."""

    taken_by: str
    taken_at: datetime
    purpose: str


class Household(BaseModel):
    """A household as the file of the list has it; status and income are those of the day it was frozen."""

    no_fail: str
    nama_kir: str | None
    no_kp: str | None = Field(description="Masked: the last four digits alone")
    alamat: str | None
    kampung: str | None
    poskod: str | None
    bandar: str | None
    telefon: str | None
    longitud: float | None
    latitud: float | None
    ketepatan_m: int | None
    kod_daerah: str
    status: str
    pendapatan_perkapita: str
    versi: int
    medan: dict[str, Any] = Field(description="The fields that were approved, by name")


class Households(BaseModel):
    """A page of households by file number, with the mark."""

    mark: Mark
    households: list[Household]
    next: str | None


@target_groups.get("/target-groups")
@needs("targets.read")
@target_groups.input(Paging, location="query", arg_name="asked")
@target_groups.output(Groups)
@target_groups.doc(summary="Target groups", operation_id="list_target_groups")
def list_groups(asked: Paging) -> dict[str, Any]:
    """The own agency's target groups whose list was asked for."""
    with deps_of_request().reading() as conn:
        rows = queries.own(conn, after=after_number(asked.cursor), limit=asked.limit + 1)
    shown, following = page(rows, asked.limit, lambda row: row["group_id"])
    return {"target_groups": [{"id": row["group_id"], **row} for row in shown], "next": following}


@target_groups.get("/target-groups/<int:group>/households")
@needs("targets.read")
@target_groups.input(Paging, location="query", arg_name="asked")
@target_groups.output(Households)
@target_groups.doc(
    summary="Households of a frozen list",
    operation_id="list_households",
    responses={409: "Not frozen yet", 410: "The list has closed"},
)
def list_households(group: int, asked: Paging) -> dict[str, Any]:
    """The households of a frozen list, as its file has them. Every page is written down."""
    deps = deps_of_request()
    begins = after(asked.cursor)
    with deps.reading() as conn:
        found = queries.group(conn, group) if group < _MOST_NUMBER else None
        if found is None or not found["own"]:
            raise NotFound
        if found["state"] != "beku":
            raise TargetListClosed if found["state"] == "luput" else ListNotFrozen
        rows = lists.page_of(conn, group, after=begins, most=asked.limit + 1)
    shown, following = page(rows, asked.limit, lambda row: row.file_no)
    facts = {"kind": "api", "rows": len(shown)}
    deps.note_read("export", subject="target_group", subject_id=group, facts=facts)
    mark = {"taken_by": caller().principal.name, "taken_at": datetime.now(UTC), "purpose": found["purpose"]}
    return {"mark": mark, "households": [_household(row) for row in shown], "next": following}


def _household(row: lists.Listed) -> dict[str, Any]:
    return {
        "no_fail": row.file_no,
        "nama_kir": row.head_name,
        "no_kp": row.id_no,
        "alamat": row.address,
        "kampung": row.village,
        "poskod": row.postcode,
        "bandar": row.town,
        "telefon": row.phone,
        "longitud": row.longitude,
        "latitud": row.latitude,
        "ketepatan_m": row.accuracy_m,
        "kod_daerah": row.district_code,
        "status": row.status,
        "pendapatan_perkapita": f"{row.per_capita_rm:.2f}",
        "versi": row.version,
        "medan": row.more,
    }
