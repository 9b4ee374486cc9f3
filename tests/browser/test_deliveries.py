"""Deliveries at a browser: a file is sent, looked at, tried and imported; another is refused where it was chosen."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.looks import each_look, faults, pictured, sticks_out
from tests.integration.deliveries.deliveries import Delivery
from tests.jobs import carry_out_deliveries
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.installation.cluster import Cluster
    from tests.browser.visitor import Visitor

MS = words_of("ms")
OFFICE = "ppn.perak"


@pytest.fixture
def worker(cluster: Cluster, register: Engine) -> Callable[[], int]:
    """What carries out what was asked for, as the web server's own process does."""
    return lambda: carry_out_deliveries(register, cluster.home)


def written(folder: Path, *numbers: str) -> Path:
    """A delivery of households of Kinta and Manjung, one of which is rejected."""
    made = Delivery()
    for place, number in enumerate(numbers):
        made.household(number, income=str(300 + 400 * place), **({"daerah": "Manjung"} if place % 2 else {}))
    made.household(f"{numbers[0]}X", income="banyak")
    made.isirumah[0]["warna_bumbung"] = "merah"
    folder = made.write(folder)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for path in folder.iterdir():
            archive.writestr(path.name, path.read_bytes())
    target = folder.parent / f"{numbers[0]}.zip"
    target.write_bytes(whole.getvalue())
    return target


def sent(visitor: Visitor, path: Path) -> None:
    """Choose a file by its button."""
    with visitor.page.expect_file_chooser() as chooser:
        visitor.page.get_by_role("button", name=MS("upload.choose"), exact=True).press("Enter")
    chooser.value.set_files(path)


def test_a_delivery_from_its_file_to_its_import(visitor: Visitor, worker: Callable[[], int], tmp_path: Path) -> None:
    visitor.signed_in(OFFICE, then="/penghantaran")
    page = visitor.page
    sent(visitor, written(tmp_path / "a", "HT1", "HT2", "HT3"))
    page.wait_for_url(re.compile(r"/penghantaran/\d+$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("HT1.zip")
    expect(page.get_by_text("warna_bumbung")).to_be_visible()
    assert faults(visitor.settled().page) == []
    page.get_by_role("button", name=MS("delivery.act_trial"), exact=True).press("Enter")
    expect(page.locator("#deliveries-one-progress")).to_contain_text(MS("delivery.under_way_trial"))
    assert worker() == 0
    expect(page.get_by_role("heading", name=MS("delivery.report_trial"))).to_be_visible()
    expect(page.get_by_text(MS("delivery.code_pendapatan_bukan_nombor"))).to_be_visible()
    visitor.settled()
    pictured(page, "deliveries-cubaan-1440")
    assert faults(page) == []
    with page.expect_download() as rejected:
        page.get_by_role("link", name=MS("delivery.rejected_file")).click()
    assert rejected.value.suggested_filename == "baris-ditolak.zip"
    page.get_by_role("button", name=MS("delivery.act_import"), exact=True).press("Enter")
    expect(page.locator("#deliveries-one-progress")).to_contain_text(MS("delivery.under_way_import"))
    assert worker() == 1
    expect(page.get_by_role("heading", name=MS("delivery.report_import"))).to_be_visible()
    expect(page.locator("#deliveries-one-progress")).to_be_empty()
    expect(page.locator("#deliveries-map-map")).to_be_visible()
    visitor.settled()
    pictured(page, "deliveries-diimport-1440")
    visitor.open("/penghantaran")
    expect(page.get_by_text(MS("delivery.state_imported"), exact=True).first).to_be_visible()


def test_what_is_no_delivery_is_refused_in_words_where_it_was_chosen(visitor: Visitor, tmp_path: Path) -> None:
    visitor.expected_failures.add(422)
    visitor.signed_in(OFFICE, then="/penghantaran")
    wrong = tmp_path / "surat.zip"
    wrong.write_bytes(b"%PDF-1.7")
    sent(visitor, wrong)
    told = visitor.page.locator("#deliveries-zone [data-part=told]")
    expect(told).to_have_text(MS("delivery.problem_no_delivery"))
    assert faults(visitor.settled().page) == []


def test_a_file_is_dropped(visitor: Visitor, tmp_path: Path) -> None:
    visitor.signed_in(OFFICE, then="/penghantaran")
    content = list(written(tmp_path / "b", "HT8").read_bytes())
    data = visitor.page.evaluate_handle(
        """bytes => { const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "lepas.zip")); return data; }""",
        content,
    )
    visitor.page.dispatch_event("#deliveries-zone [role=group]", "drop", {"dataTransfer": data})
    visitor.page.wait_for_url(re.compile(r"/penghantaran/\d+$"))
    visitor.settled()
    visitor.page.get_by_role("button", name=MS("delivery.act_discard")).press("Enter")
    expect(visitor.page.get_by_text(MS("delivery.discarded"))).to_be_visible()


@each_look
def test_the_page_of_a_delivery_is_sound(
    visitor: Visitor, worker: Callable[[], int], tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    words = words_of(language)
    visitor.sized(size).reading(language).signed_in(OFFICE, then="/penghantaran")
    with visitor.page.expect_file_chooser() as chooser:
        visitor.page.get_by_role("button", name=words("upload.choose"), exact=True).click()
    chooser.value.set_files(written(tmp_path / "c", f"HS{size[0]}", f"HU{size[0]}"))
    visitor.page.wait_for_url(re.compile(r"/penghantaran/\d+$"))
    visitor.settled().page.get_by_role("button", name=words("delivery.act_trial"), exact=True).click()
    expect(visitor.page.locator("#deliveries-one-progress")).to_contain_text(words("delivery.under_way_trial"))
    worker()
    expect(visitor.page.get_by_role("heading", name=words("delivery.report_trial"))).to_be_visible()
    pictured(visitor.settled().page, f"deliveries-one-{language}-{size[0]}")
    assert faults(visitor.page) == []
    assert not sticks_out(visitor.page)
