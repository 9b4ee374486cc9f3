"""A report is made of a closed month, kept as an edition, made again to the same bytes, and known by its hash."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from queries import reporting
from registry import db
from registry.errors import NotFound, NotPermitted
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.refusals import sqlstate_of
from registry.report_refusals import EditionChanged, ReportMonthOpen
from registry.reporting.editions import KINDS, digest, file_of, make_edition
from registry.reporting.scope import Asked
from registry.status.months import close_months
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from queries.row_types.reporting import OneEditionRow

TODAY = date(2026, 10, 20)


class Office:
    """Poor households in three districts of Perak and one of Johor; a planner, an officer, two state offices."""

    def __init__(self, owner: Connection, web: Engine, home: Path) -> None:
        self.owner, self.web, self.home = owner, web, home
        for district, count in (("0803", 40), ("0804", 31), ("0801", 2), ("0101", 25)):
            for number in range(count):
                add_household(
                    owner, f"{district}{number:03}", district=district, income=1500 if number % 3 else 260,
                    strata="rural" if number % 2 else "urban", on_date="2026-07-10",
                )  # fmt: skip
        close_months(owner, up_to=TODAY)
        publish(owner)
        self.planner = add_principal(owner, "menteri", Role.PLANNER)
        self.officer = add_principal(owner, "kinta", Role.OFFICER, "0803")
        self.other = add_principal(owner, "kerian", Role.OFFICER, "0804")
        self.perak = add_principal(owner, "perak", Role.STATE_OFFICE, "08")
        self.auditor = add_principal(owner, "audit", Role.AUDITOR)
        owner.commit()

    def make(self, who: Principal, report: str = "negeri", area: str = "08", **more: Any) -> OneEditionRow:
        with db.writing(self.web, who) as session:
            number = make_edition(session, Asked(report=report, area=area, **more), home=self.home).number
        found = self.read(who, number)
        assert found is not None
        return found

    def read(self, who: Principal, number: str) -> OneEditionRow | None:
        with db.reading(self.web, who) as connection:
            return reporting.edition(connection, number)


@pytest.fixture
def office(owner: Connection, web: Engine, cluster: Any) -> Office:
    return Office(owner, web, cluster.home)


def test_every_file_is_made_again_to_the_same_bytes_and_names_its_edition(office: Office) -> None:
    edition = office.make(office.planner)
    for kind in KINDS:
        made = file_of(edition, kind)
        assert made == file_of(edition, kind)
        with db.reading(office.web, office.officer) as connection:
            found = reporting.edition_of_hash(connection, digest(made))
            other = reporting.edition_of_hash(connection, digest(made + b" "))
        assert found is not None
        assert (found["number"], found["kind"]) == (edition["number"], kind)
        assert other is None
    with pytest.raises(EditionChanged):
        file_of({**edition, "content": edition["content"].replace("2026-09-01", "2026-08-01")}, "pdf")
    with pytest.raises(EditionChanged):
        file_of({**edition, "pdf_sha256": "0" * 64}, "pdf")


@pytest.mark.parametrize("language", ["ms", "en"])
def test_the_document_is_archival_tagged_and_bookmarked_and_every_page_says_what_it_is(
    office: Office, language: str
) -> None:
    edition = office.make(office.planner, language=language)
    made = file_of(edition, "pdf")
    document = PdfReader(io.BytesIO(made))
    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert {"/StructTreeRoot", "/OutputIntents", "/Outlines"} <= set(root)
    assert str(root["/Lang"]).startswith(language)
    assert b"pdfaid:part" in made
    assert b"pdfuaid:part" in made
    assert len(document.pages) == edition["pages"]
    for page in document.pages:
        said = page.extract_text()
        assert edition["number"] in said
        assert str(edition["snapshot"]) in said
        assert ("Sumber" if language == "ms" else "Source") in said


def test_a_total_of_the_workbook_is_a_formula_over_parts_that_add_up_to_it(office: Office) -> None:
    book = load_workbook(io.BytesIO(file_of(office.make(office.perak), "xlsx")))
    sums = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value).startswith("=SUM("):
                    sums += 1
    counted = book[next(name for name in book.sheetnames if name.startswith("Daerah"))]
    last = next(row for row in counted.iter_rows() if row[0].value == "Jumlah")
    assert last[3].value == f"=SUM(D2:D{last[3].row - 1})"
    assert sum(counted.cell(row, 4).value for row in range(2, last[3].row)) == 40 + 31 + 2
    assert counted.cell(2, 6).value == "=IF(E2=0,0,D2/E2)"
    assert sums > 4


def test_hidden_parts_stay_hidden_and_their_total_is_a_number_not_a_sum(office: Office) -> None:
    edition = office.make(office.planner)
    assert not edition["exact"]
    book = load_workbook(io.BytesIO(file_of(edition, "xlsx")))
    counted = book[next(name for name in book.sheetnames if name.startswith("Daerah"))]
    rows = {row[0].value: row for row in counted.iter_rows()}
    assert rows["Batang Padang"][3].value == "•"
    assert rows["Jumlah"][3].value == 40 + 31 + 2


def test_who_reads_an_edition_is_who_may_read_its_figures(office: Office) -> None:
    exact = office.make(office.officer, "daerah", "0803")
    told = office.make(office.officer, "daerah", "0804")
    assert (exact["exact"], told["exact"]) == (True, False)
    numbers = (exact["number"], told["number"])
    readers = (office.officer, office.perak, office.other, office.planner)
    read = [[office.read(who, number) is not None for number in numbers] for who in readers]
    assert read == [[True, True], [True, True], [False, True], [False, True]]


def test_what_may_not_be_made_is_refused(office: Office) -> None:
    refused: tuple[tuple[type[Exception], Principal, dict[str, Any]], ...] = (
        (NotFound, office.planner, {"report": "pemutihan", "area": "08"}),
        (NotPermitted, office.perak, {"report": "pemutihan", "area": "01"}),
        (NotPermitted, office.officer, {"report": "pemutihan", "area": "MY"}),
        (NotFound, office.officer, {"report": "audit", "area": "MY"}),
        (NotFound, office.planner, {"report": "negeri", "area": "0803"}),
        (NotFound, office.planner, {"report": "negeri", "area": "' OR 1=1"}),
        (NotFound, office.planner, {"report": "tiada", "area": "08"}),
        (ReportMonthOpen, office.planner, {"report": "negeri", "area": "08", "month": date(2026, 10, 1)}),
    )
    for error, who, asked in refused:
        with pytest.raises(error):
            office.make(who, **asked)
    assert office.make(office.perak, "pemutihan", "08")["exact"]
    assert not office.make(office.auditor, "audit", "MY")["exact"]


@pytest.mark.parametrize("table", ["report_edition", "report_month", "report_count"])
def test_neither_an_edition_nor_what_was_told_of_a_month_changes(office: Office, table: str) -> None:
    office.make(office.planner)
    with pytest.raises(DBAPIError) as refused:
        office.owner.execute(text(f"UPDATE ekasih.{table} SET month = '2020-01-01'"))
    assert sqlstate_of(refused.value) == "EK281"


def test_a_month_is_told_as_it_was_told_first_whatever_is_published_later(office: Office) -> None:
    before = office.make(office.planner)
    for number in range(20):
        add_household(office.owner, f"X{number:03}", district="0803", income=1500, on_date="2026-08-10")
    close_months(office.owner, up_to=date(2026, 8, 1))
    close_months(office.owner, up_to=TODAY)
    publish(office.owner)
    office.owner.commit()
    published = office.owner.execute(
        text("SELECT tegar + miskin FROM ekasih.published_count"
             " WHERE area_code = '0803' AND month = '2026-09-01' AND cut = 'all'")
    ).scalar_one()  # fmt: skip
    after = office.make(office.planner)
    assert published == 60
    assert before["snapshot"] == after["snapshot"]
    ours = [edition["content"].replace(edition["number"], "") for edition in (before, after)]
    assert _tables(ours[0]) == _tables(ours[1])


def _tables(content: str) -> list[Any]:
    kept = json.loads(content)["blocks"]
    return [block["rows"] for block in kept if block["kind"] == "table" and block["title"] == "Daerah"]
