"""Gives a frozen list as a file, which says who took it, when, and what for; every one is written down."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from flask import Flask, Response

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.targets.texts import PATH
from layers import numbers
from queries import targets
from registry.aid.conditions.fields import FIELDS
from registry.aid.conditions.sentence import Names, own_text
from registry.aid.targets import lists
from registry.db import FILE
from registry.errors import NotFound
from registry.principals import Permission
from reports.spreadsheet import csv_file, whole_book
from reports.target_list import Mark, TargetList, geopackage

if TYPE_CHECKING:
    from dashboard.deps import Deps
    from queries.row_types.targets import TargetGroupRow
    from registry.aid.targets.lists import Listed
    from reports.spreadsheet import Cell
    from words import Words

KINDS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "gpkg": "application/geopackage+sqlite3",
}


def address(group_id: int, kind: str) -> str:
    """Where a list is as a file of one kind."""
    return f"{PATH}/{group_id}/senarai.{kind}"


def register(server: Flask, deps: Deps) -> None:
    """Add the route of the lists."""

    @server.get(f"{PATH}/<int:group>/senarai.<kind>")
    @requires(Permission.BUILD_TARGETS)
    @limited(DOWNLOADS)
    def give_list(group: int, kind: str) -> Response:
        words = current_words()
        if kind not in KINDS or group >= 1 << 63:
            raise NotFound
        with deps.reading(patience=FILE) as conn:
            found = targets.group(conn, group)
            if found is None:
                raise NotFound
            rows = list(lists.whole(conn, group))
            names = targets.area_names(conn, {row.district_code for row in rows})
        deps.note_read("export", subject="target_group", subject_id=group, facts={"kind": kind, "rows": len(rows)})
        mark = Mark(deps.person().name, datetime.now(numbers.MALAYSIA), found["purpose"])
        answer = Response(_made(_listed(found, rows, names, mark, words), kind, words), mimetype=KINDS[kind])
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["Content-Disposition"] = f'attachment; filename="kumpulan-sasaran-{group}.{kind}"'
        return answer


def address_of(row: Listed) -> str:
    """The address of a household in a line."""
    town = " ".join(part for part in (row.postcode, row.town) if part)
    return ", ".join(part for part in (row.address, row.village, town) if part)


def _made(listed: TargetList, kind: str, words: Words) -> bytes | str:
    if kind == "csv":
        return csv_file(listed.marked_header(words), listed.marked_rows())
    if kind == "gpkg":
        return geopackage(listed, words)
    return whole_book(listed.title, listed.marked_header(words), listed.marked_rows(), words, notes=listed.notes(words))


def _listed(found: TargetGroupRow, rows: list[Listed], names: dict[str, str], mark: Mark, words: Words) -> TargetList:
    fields = [FIELDS[name] for name in found["fields"]]
    fixed = ("file_no", "head", "id_no", "address", "phone", "district", "status", "income", "longitude", "latitude",
             "accuracy", "version")  # fmt: skip
    header = [*(words(f"target.list_{name}") for name in fixed), *(words(f"condition.field_{f.name}") for f in fields)]
    body: list[list[Cell]] = [
        [
            row.file_no,
            row.head_name,
            row.id_no,
            address_of(row),
            row.phone,
            names.get(row.district_code, row.district_code),
            words(f"status.{row.status}"),
            row.per_capita_rm,
            row.longitude,
            row.latitude,
            row.accuracy_m,
            row.version,
            *(own_text(field, row.more.get(field.name), words, Names()) for field in fields),
        ]
        for row in rows
    ]
    return TargetList(found["name"], header, body, [(row.longitude, row.latitude) for row in rows], mark)
