"""Boundaries at a browser: a file is sent, stated, checked, looked at on the map, made active, and gone back from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from playwright.sync_api import expect

from registry.areas.boundaries import load_bundled
from registry.db import OWNER_ROLE, make_engine
from tests.browser.looks import each_look, faults, pictured, sticks_out
from tests.browser.serving import served
from tests.browser.visitor import ADMINISTRATOR, PLANNER
from tests.integration.boundaries.conftest import bundled
from tests.jobs import work_until_idle
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.installation.cluster import Cluster
    from tests.browser.visitor import Visitor
    from words import Words

MS = words_of("ms")


@pytest.fixture(scope="module")
def owner(cluster: Cluster, sample_register: str) -> Iterator[Engine]:
    """Its owner."""
    engine = make_engine(cluster.url(user=OWNER_ROLE, database=sample_register).render_as_string(hide_password=False))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def home(owner: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it keeps its files, apart from those of other registers."""
    folder = tmp_path_factory.mktemp("rumah")
    with owner.begin() as connection:
        load_bundled(connection, home=folder)
    return folder


@pytest.fixture(scope="module")
def address(cluster: Cluster, sample_register: str, home: Path) -> Iterator[str]:
    """Where it is served."""
    with served(cluster, sample_register, home=home) as place:
        yield place


def written(path: Path, *, moved: float = 0.0, without: int = 0) -> Path:
    """A file of the districts, moved to the east by so many degrees, without the last of them."""
    frame = bundled("district")[["code", "name", "geometry"]]
    frame = frame.iloc[: len(frame) - without]
    frame.set_geometry(shapely.transform(frame.geometry.to_numpy(), lambda at: np.add(at, (moved, 0.0)))).to_file(
        path, driver="GeoJSON"
    )
    return path


def sent(visitor: Visitor, path: Path, words: Words = MS) -> None:
    """Choose a file by its button, and come to its page."""
    with visitor.page.expect_file_chooser() as chooser:
        visitor.page.get_by_role("button", name=words("upload.choose"), exact=True).press("Enter")
    chooser.value.set_files(path)
    visitor.page.wait_for_url(re.compile(r"/sempadan/fail/\d+$"))
    visitor.settled()


def stated(visitor: Visitor, words: Words = MS) -> None:
    """Say what the file is, by keyboard alone, and ask for its check."""
    page = visitor.page
    level = page.locator("#boundaries-file-level")
    level.focus()
    level.press("ArrowDown")
    wanted = page.get_by_role("option", name=words("level.district"), exact=True)
    wanted.wait_for()
    for _ in range(6):
        if wanted.get_attribute("data-combobox-selected"):
            break
        level.press("ArrowDown")
    level.press("Enter")
    expect(level).to_have_value(words("level.district"))
    for name, value in (
        ("source", "Jabatan Ukur dan Pemetaan"),
        ("licence", "Terma Kerajaan"),
        ("dated", "01/02/2026"),
        ("accuracy", "50"),
    ):
        page.locator(f"#boundaries-file-{name}").focus()
        page.keyboard.type(value)
    page.locator("#boundaries-file-check").press("Enter")


def test_boundaries_from_a_file_to_the_map_and_back_by_keyboard(
    visitor: Visitor, owner: Engine, home: Path, tmp_path: Path
) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/sempadan")
    page = visitor.page
    expect(page.get_by_role("region", name=MS("boundary.sets_of", level=MS("level.district")))).to_be_visible()
    assert faults(visitor.settled().page) == []
    sent(visitor, written(tmp_path / "daerah.geojson", moved=0.05, without=1))
    page.locator("#boundaries-file-dated").focus()
    page.keyboard.type("semalam")
    page.locator("#boundaries-file-check").press("Enter")
    expect(page.get_by_text(MS("problem.required")).first).to_be_visible()
    expect(page.get_by_text(MS("problem.date"), exact=True)).to_be_visible()
    expect(page.locator("#boundaries-file-dated")).to_have_value("semalam")
    page.locator("#boundaries-file-dated").fill("")
    stated(visitor)
    expect(page.locator("#boundaries-file-progress")).to_contain_text(MS("boundary.under_way_check_boundaries"))
    assert faults(visitor.settled().page) == []
    work_until_idle(owner, home)
    expect(page.get_by_role("heading", name=MS("boundary.report"), exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name=MS("boundary.missing"))).to_be_visible()
    expect(page.locator("#boundaries-file-map-map")).to_be_visible()
    expect(page.locator(".ek-legend-over")).to_contain_text(MS("measure.boundary_change"))
    visitor.settled()
    pictured(page, "boundaries-semakan-1440")
    assert faults(page) == []
    page.get_by_role("button", name=MS("boundary.act_activate"), exact=True).press("Enter")
    expect(page.locator("#boundaries-file-message")).to_have_text(MS("problem.boundary_partial"))
    page.get_by_label(MS("boundary.accept_partial")).press("Space")
    page.get_by_role("button", name=MS("boundary.act_activate"), exact=True).press("Enter")
    expect(page.locator("#boundaries-file-progress")).to_contain_text(MS("boundary.under_way_activate_boundaries"))
    work_until_idle(owner, home)
    expect(page.get_by_role("link", name=MS("boundary.to_sets"))).to_be_visible()
    page.get_by_role("link", name=MS("boundary.to_sets")).press("Enter")
    districts = page.get_by_role("region", name=MS("boundary.sets_of", level=MS("level.district")))
    expect(districts.get_by_text("Jabatan Ukur dan Pemetaan")).to_be_visible()
    visitor.settled()
    pictured(page, "boundaries-digunakan-1440")
    visitor.open("/?in=08")
    expect(page.locator(".ek-legend")).to_contain_text("Jabatan Ukur dan Pemetaan")
    gone_back(visitor, lambda: work_until_idle(owner, home))


def gone_back(visitor: Visitor, work: Callable[[], None]) -> None:
    """Use the former set of the districts again."""
    visitor.open("/sempadan")
    page = visitor.page
    districts = page.get_by_role("region", name=MS("boundary.sets_of", level=MS("level.district")))
    districts.locator(".ek-actions button").press("Enter")
    expect(page.get_by_role("button", name=MS("boundary.return_yes"))).to_be_visible()
    assert faults(visitor.settled().page) == []
    page.get_by_role("button", name=MS("boundary.return_yes")).press("Enter")
    expect(page.locator("#boundaries-progress")).to_contain_text(MS("boundary.under_way_activate_boundaries"))
    work()
    expect(districts.get_by_role("row").nth(1)).to_contain_text(MS("boundary.bundled"))
    expect(page.locator("#boundaries-progress")).to_be_empty()


def test_what_is_no_boundary_file_is_refused_in_words_where_it_was_chosen(visitor: Visitor, tmp_path: Path) -> None:
    visitor.expected_failures.add(422)
    visitor.signed_in(ADMINISTRATOR, then="/sempadan")
    wrong = tmp_path / "surat.geojson"
    wrong.write_bytes(b"%PDF-1.7")
    with visitor.page.expect_file_chooser() as chooser:
        visitor.page.get_by_role("button", name=MS("upload.choose"), exact=True).press("Enter")
    chooser.value.set_files(wrong)
    told = visitor.page.locator("#boundaries-zone [data-part=told]")
    expect(told).to_have_text(MS("boundary.problem_no_boundaries"))
    assert faults(visitor.settled().page) == []


def test_who_reads_the_map_reads_the_sets_and_is_offered_nothing_to_change(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/sempadan")
    page = visitor.page
    expect(page.get_by_role("region", name=MS("boundary.sets_of", level=MS("level.mukim")))).to_be_visible()
    visitor.settled()
    assert page.locator("#boundaries-zone").count() == 0
    assert page.locator("#boundaries-list td button").count() == 0
    assert faults(page) == []


@each_look
def test_the_pages_of_boundaries_are_sound(
    visitor: Visitor, owner: Engine, home: Path, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    words = words_of(language)
    visitor.sized(size).reading(language).signed_in(ADMINISTRATOR, then="/sempadan")
    pictured(visitor.settled().page, f"boundaries-{language}-{size[0]}")
    sent(visitor, written(tmp_path / "daerah.geojson", moved=0.02), words)
    pictured(visitor.page, f"boundaries-nyatakan-{language}-{size[0]}")
    assert faults(visitor.page) == []
    assert not sticks_out(visitor.page)
    stated(visitor, words)
    expect(visitor.page.locator("#boundaries-file-progress")).not_to_be_empty()
    work_until_idle(owner, home)
    expect(visitor.page.get_by_role("heading", name=words("boundary.report"), exact=True)).to_be_visible()
    expect(visitor.page.locator(".ek-legend-over")).to_be_visible()
    pictured(visitor.settled().page, f"boundaries-file-{language}-{size[0]}")
    assert faults(visitor.page) == []
    assert not sticks_out(visitor.page)
