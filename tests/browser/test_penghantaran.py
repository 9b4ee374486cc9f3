"""Deliveries at a browser: a file is sent, looked at, tried and imported; another is refused where it was chosen."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from registry.db import OWNER_ROLE, make_engine
from tests.browser.looks import each_look, faults, pictured, sticks_out
from tests.browser.serving import served, small_register, visiting
from tests.integration.importing.deliveries import Delivery
from tests.jobs import carry_out_deliveries
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from registry.installation.cluster import Cluster
    from tests.browser.visitor import Visitor
    from tests.databases import Databases

MS = words_of("ms")
OFFICE = "ppn.perak"


@pytest.fixture(scope="module")
def own_database(databases: Databases) -> Iterator[str]:
    """A register that a delivery may be imported into."""
    with small_register(databases) as name:
        yield name


@pytest.fixture(scope="module")
def own_address(cluster: Cluster, own_database: str) -> Iterator[str]:
    """Where it is served."""
    with served(cluster, own_database) as place:
        yield place


@pytest.fixture
def sender(browser: Browser, own_address: str) -> Iterator[Visitor]:
    """Somebody who sends deliveries."""
    with visiting(browser, own_address) as visitor:
        yield visitor


@pytest.fixture
def worker(cluster: Cluster, own_database: str) -> Iterator[Callable[[], int]]:
    """What carries out what was asked for, as the web server's own process does."""
    engine = make_engine(cluster.url(user=OWNER_ROLE, database=own_database).render_as_string(hide_password=False))
    yield lambda: carry_out_deliveries(engine, cluster.home)
    engine.dispose()


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


def test_a_delivery_from_its_file_to_its_import(sender: Visitor, worker: Callable[[], int], tmp_path: Path) -> None:
    sender.signed_in(OFFICE, then="/penghantaran")
    page = sender.page
    sent(sender, written(tmp_path / "a", "HT1", "HT2", "HT3"))
    page.wait_for_url(re.compile(r"/penghantaran/\d+$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("HT1.zip")
    expect(page.get_by_text("warna_bumbung")).to_be_visible()
    assert faults(sender.settled().page) == []
    page.get_by_role("button", name=MS("delivery.act_trial"), exact=True).press("Enter")
    expect(page.locator("#penghantaran-satu-progress")).to_contain_text(MS("delivery.under_way_trial"))
    assert worker() == 0
    expect(page.get_by_role("heading", name=MS("delivery.report_trial"))).to_be_visible()
    expect(page.get_by_text(MS("delivery.code_pendapatan_bukan_nombor"))).to_be_visible()
    sender.settled()
    pictured(page, "penghantaran-cubaan-1440")
    assert faults(page) == []
    with page.expect_download() as rejected:
        page.get_by_role("link", name=MS("delivery.rejected_file")).click()
    assert rejected.value.suggested_filename == "baris-ditolak.zip"
    page.get_by_role("button", name=MS("delivery.act_import"), exact=True).press("Enter")
    expect(page.locator("#penghantaran-satu-progress")).to_contain_text(MS("delivery.under_way_import"))
    assert worker() == 1
    expect(page.get_by_role("heading", name=MS("delivery.report_import"))).to_be_visible()
    expect(page.locator("#penghantaran-satu-progress")).to_be_empty()
    expect(page.locator("#penghantaran-map-map")).to_be_visible()
    sender.settled()
    pictured(page, "penghantaran-diimport-1440")
    sender.open("/penghantaran")
    expect(page.get_by_text(MS("delivery.state_imported"), exact=True).first).to_be_visible()


def test_what_is_no_delivery_is_refused_in_words_where_it_was_chosen(sender: Visitor, tmp_path: Path) -> None:
    sender.expected_failures.add(422)
    sender.signed_in(OFFICE, then="/penghantaran")
    wrong = tmp_path / "surat.zip"
    wrong.write_bytes(b"%PDF-1.7")
    sent(sender, wrong)
    told = sender.page.locator("#penghantaran-zone [data-part=told]")
    expect(told).to_have_text(MS("delivery.problem_no_delivery"))
    assert faults(sender.settled().page) == []


def test_a_file_is_dropped(sender: Visitor, tmp_path: Path) -> None:
    sender.signed_in(OFFICE, then="/penghantaran")
    content = list(written(tmp_path / "b", "HT8").read_bytes())
    data = sender.page.evaluate_handle(
        """bytes => { const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "lepas.zip")); return data; }""",
        content,
    )
    sender.page.dispatch_event("#penghantaran-zone [role=group]", "drop", {"dataTransfer": data})
    sender.page.wait_for_url(re.compile(r"/penghantaran/\d+$"))
    sender.settled()
    sender.page.get_by_role("button", name=MS("delivery.act_discard")).press("Enter")
    expect(sender.page.get_by_text(MS("delivery.discarded"))).to_be_visible()


@each_look
def test_the_page_of_a_delivery_is_sound(
    sender: Visitor, worker: Callable[[], int], tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    words = words_of(language)
    sender.sized(size).reading(language).signed_in(OFFICE, then="/penghantaran")
    with sender.page.expect_file_chooser() as chooser:
        sender.page.get_by_role("button", name=words("upload.choose"), exact=True).click()
    chooser.value.set_files(written(tmp_path / "c", f"HS{size[0]}", f"HU{size[0]}"))
    sender.page.wait_for_url(re.compile(r"/penghantaran/\d+$"))
    sender.settled().page.get_by_role("button", name=words("delivery.act_trial"), exact=True).click()
    expect(sender.page.locator("#penghantaran-satu-progress")).to_contain_text(words("delivery.under_way_trial"))
    worker()
    expect(sender.page.get_by_role("heading", name=words("delivery.report_trial"))).to_be_visible()
    pictured(sender.settled().page, f"penghantaran-satu-{language}-{size[0]}")
    assert faults(sender.page) == []
    assert not sticks_out(sender.page)
