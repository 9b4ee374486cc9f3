"""The pages of projects, asked over the services they use: list and map, one project, papers, photographs."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import text

from dashboard.pages.households import applied
from dashboard.pages.projects import counts, marks, one, page, places, progress, steps
from dashboard.pages.projects.card import project_card
from poverty.projects import Thresholds
from queries import projects as queries
from queries import published
from registry.errors import InvalidInput, NotFound
from registry.principals import Role
from registry.projects.photographs import AddProjectPhoto, PhotoFacts, file_of, keep_project_photo, sweep
from registry.projects.projects import Place, place_project
from registry.publishing.publish import publish
from reports import paper
from reports.project_papers import completion_pdf, handover_pdf
from tests.world import add_principal
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.projects.conftest import Projects


def whole(projects: Projects, who: Principal, number: str) -> Any:
    with projects.reading(who) as conn:
        found = queries.whole(conn, number, today=projects.today)
    assert found is not None
    return found


def told(component: Any) -> str:
    """All that a component says, in the form in which it travels."""
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_under_way_tells_its_plan_its_progress_its_money_and_what_may_be_done(
    projects: Projects, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(language)
    number = projects.begun()
    projects.reported(number, 100, 50, 0, 0, 0)
    found = whole(projects, projects.second, number)
    for module in (one, progress):
        monkeypatch.setattr(module, "may", projects.second.may)
    said = told(one._page(found, [], words, due_days=14, land=None))
    assert "Aminah binti Contoh" in said
    assert "35.0%" in said
    assert "RM28,000.00" in said  # may be paid now
    assert words("project.step_gantung") in said
    assert words("project.report_send") in said
    assert told(project_card(found, words))


def test_the_list_judges_each_project_and_finds_those_that_are_late(projects: Projects, owner: Connection) -> None:
    number = projects.begun()
    opened = projects.open()

    def numbers(**asked: Any) -> list[str]:
        with projects.reading(projects.officer) as conn:
            found, total = queries.listed(conn, queries.Asked(**asked), today=projects.today)
            assert total == len(found)
        return [row.row["number"] for row in found]

    assert numbers() == [opened, number]
    assert numbers(state="dipohon") == [opened]
    assert numbers(year=projects.today.year - 1) == []
    # two of five months are over, and nothing is done
    assert numbers(late="sakit") == [number]
    projects.step(projects.coordinator, number, "tolak_sakit", "Kontraktor menambah pekerja")
    assert numbers(late="sakit") == []
    assert numbers(late="lewat") == [number]
    for who in (projects.neighbour, projects.elsewhere):
        with projects.reading(who) as conn:
            assert queries.listed(conn, queries.Asked(), today=projects.today) == ([], 0)
    with projects.reading(projects.unit) as conn:
        rows, _total = queries.listed(conn, queries.Asked(), today=projects.today)
    words = words_of("ms")
    drawn = marks.collection(rows, words)
    assert [feature["properties"]["ring"] for feature in drawn["features"]] == ["", "lewat"]
    assert told(marks.legend(rows, words))
    assert told(page._list(rows, 2, page.ProjectsView(), words))


def test_terms_are_the_settings(projects: Projects, owner: Connection) -> None:
    owner.execute(text("UPDATE ekasih.setting SET value = '7' WHERE key = 'projects.gap_late'"))
    owner.commit()
    with projects.reading(projects.officer) as conn:
        assert queries.terms(conn) == Thresholds(gap_late=7)


def test_a_place_away_from_the_household_is_listed_as_odd(projects: Projects) -> None:
    number = projects.open()
    with projects.reading(projects.officer) as conn:
        assert [row["number"] for row in queries.odd(conn) if row["apart_m"]] == []
        version = queries.project(conn, number)
    assert version is not None
    with projects.writing(projects.officer) as session:
        place_project(session, number, version["version"], Place(longitude=101.042, latitude=4.47, method="ditaip"))
    with projects.reading(projects.officer) as conn:
        odd = queries.odd(conn)
    assert [(row["number"], row["apart_m"]) for row in odd] == [(number, 222)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finished_project_has_its_certificate_and_its_handover(
    projects: Projects, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = projects.begun()
    projects.done(number)
    projects.told_complete(number)
    projects.step(projects.second, number, "siap")
    found, words = whole(projects, projects.officer, number), words_of(language)
    said: list[str] = []
    plain, ruled = paper.text, paper.facts
    monkeypatch.setattr(paper, "text", lambda line, *style: said.append(line) or plain(line, *style))
    monkeypatch.setattr(paper, "facts", lambda pairs: said.extend(" ".join(pair) for pair in pairs) or ruled(pairs))
    assert completion_pdf(found, words, sample=True).startswith(b"%PDF")
    assert handover_pdf(found, words, sample=True).startswith(b"%PDF")
    assert words("project.certificate") in said
    assert any("Aminah binti Contoh" in line for line in said)
    assert any("R-7" in line for line in said)
    assert any("RM80,000.00" in line for line in said)


def test_every_step_asks_for_fields_and_has_words(owner: Connection) -> None:
    actions = set(owner.scalars(text("SELECT DISTINCT action FROM ekasih.project_transition")))
    assert set(steps.FIELDS) == actions
    for language in LANGUAGES:
        words = words_of(language)
        assert all(words.has(f"project.note_{action}") and words.has(f"project.step_{action}") for action in actions)


@pytest.mark.parametrize(
    ("action", "given", "wrong"),
    [
        ("sah_kos", {"cost_rm": "seratus"}, "cost_rm"),
        ("semak", {"visited_on": "31/02/2026"}, "visited_on"),
        ("mula", {"contractor_id": "Ali"}, "contractor_id"),
        ("ubah_kerja", {"amount_rm": "banyak"}, "amount_rm"),
    ],
)
def test_what_cannot_be_read_of_a_step_is_told_by_its_field(action: str, given: dict[str, str], wrong: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        steps.command_of("P00000001", 1, action, given)
    assert set(refusal.value.problems) == {wrong}


def test_a_step_is_read_as_it_was_typed() -> None:
    command = steps.command_of("P00000001", 2, "ubah_kerja", {"amount_rm": "-1,200.50", "reason": "Kurang"})
    assert command.detail == {"amount_rm": Decimal("-1200.50")}
    plan = {"begin_1": "01/03/2026", "end_1": "31/03/2026", "begin_2": "", "end_2": "x"}
    assert len(steps.command_of("P00000001", 2, "lanjut", plan).detail["ends"]) == 2
    with pytest.raises(InvalidInput):
        progress.report_of("P00000001", {"day": "01/03/2026", "share_1": "101"})


def test_a_photograph_is_kept_as_pixels_with_its_day_and_place_once(projects: Projects, tmp_path: Path) -> None:
    number, drawn = projects.open(), io.BytesIO()
    taken = Image.new("RGB", (40, 30), "teal")
    exif = taken.getexif()
    exif[0x010E] = "Rumah Aminah"
    taken.save(drawn, "JPEG", exif=exif)
    facts = PhotoFacts(
        phase="sebelum", position=None, day=projects.today - timedelta(days=1), longitude=101.04, latitude=4.47
    )
    command = AddProjectPhoto(number=number, client_key=uuid4(), facts=facts, upload=drawn.getvalue())

    def keep(who: Principal) -> int:
        return keep_project_photo(tmp_path, lambda: projects.writing(who), command)

    with pytest.raises(NotFound):
        keep(projects.neighbour)
    first = keep(projects.officer)
    assert first > 0
    assert keep(projects.officer) == 0
    with projects.reading(projects.officer) as conn:
        name = queries.photo_file(conn, first)
    assert name is not None
    kept = file_of(tmp_path, name).read_bytes()
    assert b"Aminah" not in kept
    assert len(list(tmp_path.rglob("*.jpg"))) == 1
    with projects.reading(projects.neighbour) as conn:
        assert queries.photo_file(conn, first) is None
    photo = whole(projects, projects.officer, number).photos[0]
    assert (photo["phase"], photo["day"], photo["longitude"]) == ("sebelum", facts.day, Decimal("101.040000"))
    with projects.owner.connect() as connection:
        assert sweep(tmp_path, connection) == 0


def test_everybody_learns_how_many_projects_there_are_but_of_few(projects: Projects, owner: Connection) -> None:
    projects.open()
    rest = text("""
        INSERT INTO ekasih.project
            (type_code, agency_id, office_code, programme_code, title, district_code, estimate_rm)
        SELECT 'kios', agency_id, office_code, programme_code, 'Kios', '0803', 100
        FROM ekasih.project CROSS JOIN generate_series(1, 13)
    """)
    owner.execute(rest)
    publish(owner)
    planner = add_principal(owner, "perancang", Role.PLANNER)
    owner.commit()
    with projects.reading(planner) as conn:
        found = published.projects(conn, level="district")
        assert queries.listed(conn, queries.Asked(), today=projects.today) == ([], 0)
    assert [(row["area_code"], row["type_en"], row["projects"]) for row in found] == [
        ("0803", "New house", None), ("0803", "Stall", 15),
    ]  # fmt: skip
    assert told(counts.table(found, "district", words_of("en")))


def test_a_households_record_shows_its_projects_and_the_way_to_those_one_reads(
    projects: Projects, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = projects.open()
    for phase in ("sebelum", "selepas"):
        projects.photographed(number, phase)
    photos = projects.value("SELECT array_agg(id) FROM ekasih.project_photo")
    for who, link in ((projects.officer, True), (projects.neighbour, False)):
        monkeypatch.setattr(applied, "may", who.may)
        with projects.reading(who) as conn:
            parts = applied.read_applied(conn, projects.home, words_of("ms"))
        assert [part.title for part in parts] == [words_of("ms")("nav.projects")]
        said = told(parts[0].body)
        assert (f"/projek/{number}" in said) is link
        # before under after, for who reads the project alone
        assert [f"/foto-projek/{photo}" in said for photo in photos] == [link] * 2
        assert ("data-ek-compare" in said) is link


@pytest.mark.parametrize("polygon", [True, False])
def test_a_place_is_drawn_typed_or_told_by_a_device(*, polygon: bool) -> None:
    shape = '{"type": "Polygon", "coordinates": []}'
    given = (
        {"polygon": shape, "method": "peta"}
        if polygon
        else {"latitude": "4,47", "longitude": "101.04", "accuracy": "8"}
    )
    place = places.place_of(given)
    assert (place.method, place.polygon) == (("peta", shape) if polygon else ("ditaip", None))
    if not polygon:
        assert (place.latitude, place.accuracy_m) == (4.47, 8)
        with pytest.raises(InvalidInput):
            places.place_of({"latitude": "4.47"})
