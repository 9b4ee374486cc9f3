"""Aid already given at a browser: an agency sends a file, tries it, imports it and takes what came back."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from registry.aid.importing import import_aid
from tests.browser.looks import faults, pictured, sticks_out
from tests.browser.visitor import Visitor
from tests.integration.aid.deliveries import REFERENCE, AidDelivery, write
from tests.integration.deliveries.conftest import packed
from tests.jobs import carry_out_deliveries
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from sqlalchemy import Engine

    from registry.installation.cluster import Cluster

MS, EN = words_of("ms"), words_of("en")
AGENCY = "agensi"
_BELONGS = text("""
    UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = :agency) WHERE login = :login
""")


@pytest.fixture
def of_agency(register: Engine, tmp_path: Path) -> Iterator[None]:
    """Two agencies with what they give; the account belongs to the first."""
    import_aid(register, write(tmp_path / "rujukan", [], REFERENCE))
    for agency in ("SATU", None):
        with register.begin() as connection:
            connection.execute(_BELONGS, {"agency": agency, "login": AGENCY})
        if agency:
            yield


def written(folder: Path) -> Path:
    """A delivery of two lines: one to a household of the register, one to nobody."""
    made = AidDelivery("SATU", "2026-06").line("A1", no_kp="", no_fail="CT000001", nama="")
    made.line("A2", no_kp="010101-01-0101", nama="Tiada Siapa", tarikh_lahir="01/01/2001")
    write(folder, [made], {})
    target = folder / "bantuan-jun.zip"
    target.write_bytes(packed({str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.csv")}))
    return target


def test_an_agency_sends_tries_and_imports_its_aid_and_takes_what_came_back(
    browser: Browser, address: str, cluster: Cluster, register: Engine, of_agency: None, tmp_path: Path
) -> None:
    assert of_agency is None
    desk = Visitor(browser, address)
    desk.signed_in(AGENCY, then="/penghantaran-bantuan")
    page = desk.page
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=MS("upload.choose"), exact=True).press("Enter")
    chooser.value.set_files(written(tmp_path / "jun"))
    page.wait_for_url(re.compile(r"/penghantaran-bantuan/\d+$"))
    expect(page.get_by_role("heading", name="2026-06")).to_be_visible()
    page.get_by_role("button", name=MS("delivery.act_trial"), exact=True).press("Enter")
    expect(page.locator("#aid-deliveries-one-progress")).to_contain_text(MS("delivery.under_way_trial"))
    carry_out_deliveries(register, cluster.home)
    expect(page.get_by_role("heading", name=MS("delivery.report_trial"))).to_be_visible()
    expect(page.get_by_text(MS("aid_delivery.code_penerima_tidak_ditemui"))).to_be_visible()
    pictured(desk.settled().page, "aid-deliveries-cubaan-1440")
    assert faults(page) == []
    page.get_by_role("button", name=MS("delivery.act_import"), exact=True).press("Enter")
    expect(page.locator("#aid-deliveries-one-progress")).to_contain_text(MS("delivery.under_way_import"))
    carry_out_deliveries(register, cluster.home)
    expect(page.get_by_role("heading", name=MS("delivery.report_import"))).to_be_visible()
    with page.expect_download() as back:
        page.get_by_role("link", name=MS("aid_delivery.returned_file")).click()
    with zipfile.ZipFile(io.BytesIO(back.value.path().read_bytes())) as archive:
        (name,) = archive.namelist()
        assert "penerima_tidak_ditemui" in archive.read(name).decode()
    phone = Visitor(browser, address)
    phone.sized((390, 844)).reading("en").signed_in(AGENCY, then="/penghantaran-bantuan")
    expect(phone.page.get_by_role("link", name=EN("aid_delivery.returned_of", number="2026-06"))).to_be_visible()
    assert faults(phone.settled().page) == []
    assert not sticks_out(phone.page)
    pictured(phone.page, "aid-deliveries-en-390")
    phone.page.get_by_role("link", name="bantuan-jun.zip").click()
    expect(phone.page.get_by_role("heading", name=EN("delivery.report_import"))).to_be_visible()
    assert faults(phone.settled().page) == []
    assert not sticks_out(phone.page)
    pictured(phone.page, "aid-deliveries-one-en-390")
