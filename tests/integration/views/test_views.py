"""Views are kept, shared and shown in order; a note is read by its author's role where they see the area."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.localpath import asked_path
from queries import views
from registry import db
from registry.accounts.users import create_demo_users
from registry.demo.views import load_views
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.principals import Principal, Role
from registry.views.kept import arrange, change_view, drop_view, keep_view, start_at, take_down
from registry.views.notes import change_note, retire_note, write_note
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Engine

KINTA, KERIAN, GOMBAK = "0803", "0804", "1001"
TODAY = date(2026, 6, 30)


@pytest.fixture
def people(owner_engine: Engine) -> dict[str, Principal]:
    """Two officers of Kinta, one of Gombak, and two planners of the whole country."""
    with owner_engine.begin() as owner:
        return {
            "officer": add_principal(owner, "pegawai", Role.OFFICER, KINTA),
            "colleague": add_principal(owner, "rakan", Role.OFFICER, KINTA),
            "far": add_principal(owner, "jauh", Role.OFFICER, GOMBAK),
            "coordinator": add_principal(owner, "penyelaras", Role.COORDINATOR, KINTA),
            "planner": add_principal(owner, "perancang", Role.PLANNER),
            "second": add_principal(owner, "perancang.2", Role.PLANNER),
        }


def seen(world: Served, who: Principal) -> list[str]:
    with world.reading(who) as conn:
        return [row["name"] for row in views.seen(conn, limit=50)]


def test_a_view_is_there_for_whom_it_is_shared_with_and_changed_by_its_owner_alone(
    web: Engine, people: dict[str, Principal]
) -> None:
    world, officer = Served(web=web), people["officer"]
    kept = {}
    for shared in ("sendiri", "peranan", "pejabat", "semua"):
        with world.writing(officer) as session:
            kept[shared] = keep_view(session, name=f" Kinta  {shared} ", path="/papan?in=0803", shared=shared)
    of = {who: sorted(name.removeprefix("Kinta ") for name in seen(world, people[who])) for who in people}
    assert of["officer"] == sorted(kept)
    assert of["colleague"] == ["pejabat", "peranan", "semua"]
    assert of["far"] == ["peranan", "semua"]
    assert of["coordinator"] == ["pejabat", "semua"]
    assert of["planner"] == ["semua"]
    for act in (
        lambda session: change_view(session, kept["semua"], name="Lain", shared="semua"),
        lambda session: drop_view(session, kept["semua"]),
    ):
        with pytest.raises(NotFound), world.writing(people["colleague"]) as session:
            act(session)
    with world.writing(officer) as session:
        change_view(session, kept["semua"], name="Kinta lain", shared="sendiri")
    assert seen(world, people["planner"]) == []
    with world.reading(officer) as conn:
        noted = conn.execute(
            text("SELECT action FROM ekasih.audit_log WHERE subject = 'saved_view' ORDER BY id")
        ).scalars()
        assert list(noted) == ["save_view"] * 4 + ["change_view"]


@pytest.mark.parametrize(
    "path", ["https://lain.example/", "//lain.example", "/\\lain.example", "papan", "", "/papan\n", "/a" * 900]
)
def test_only_addresses_of_this_site_are_kept(web: Engine, people: dict[str, Principal], path: str) -> None:
    world = Served(web=web)
    with pytest.raises(InvalidInput) as refused, world.writing(people["officer"]) as session:
        keep_view(session, name="Ke luar", path=path, shared="semua")
    assert refused.value.problems == {"path": "view_path"}


def test_no_identity_number_is_kept_in_a_name_or_an_address(web: Engine, people: dict[str, Principal]) -> None:
    world = Served(web=web)
    for name, path, problem in (
        ("810101-08-1117", "/", {"name": "digits"}), ("Rumah", "/isi-rumah?q=810101081117", {"path": "digits"}),
        (" ", "/", {"name": "required"}), ("x" * 121, "/", {"name": "too_long"}),
    ):  # fmt: skip
        with pytest.raises(InvalidInput) as refused, world.writing(people["officer"]) as session:
            keep_view(session, name=name, path=path, shared="sendiri")
        assert refused.value.problems == problem


def test_one_starts_at_a_view_while_it_is_in_sight(web: Engine, people: dict[str, Principal]) -> None:
    world, planner = Served(web=web), people["planner"]

    def home() -> str:
        with world.reading(planner) as conn:
            return asked_path(views.home(conn))

    with world.writing(people["officer"]) as session:
        own = keep_view(session, name="Sendiri", path="/kpi", shared="sendiri")
        shared = keep_view(session, name="Semua", path="/papan/menteri", shared="semua")
    with pytest.raises(NotFound), world.writing(planner) as session:
        start_at(session, own)
    with world.writing(planner) as session:
        start_at(session, shared)
    assert home() == "/papan/menteri"
    with world.writing(people["officer"]) as session:
        change_view(session, shared, name="Semua", shared="sendiri")
    assert home() == ""
    with world.writing(people["officer"]) as session:
        change_view(session, shared, name="Semua", shared="semua")
    assert home() == "/papan/menteri"
    with world.writing(planner) as session:
        start_at(session, None)
    assert home() == ""


def test_a_presentation_keeps_its_order_and_passes_over_what_its_reader_may_not_see(
    web: Engine, people: dict[str, Principal]
) -> None:
    world, officer = Served(web=web), people["officer"]
    with world.writing(officer) as session:
        one, two, three = (
            keep_view(session, name=name, path=f"/papan?in=080{n}", shared=shared)
            for n, (name, shared) in enumerate((("A", "semua"), ("B", "sendiri"), ("C", "semua")), 1)
        )
        made = arrange(session, name="Taklimat", views=[three, two, one], shared="semua")

    def shown(who: Principal) -> list[tuple[str, list[str], Any]]:
        with world.reading(who) as conn:
            return [(row["name"], row["names"], row["own"]) for row in views.presentations(conn, limit=9)]

    assert shown(officer) == [("Taklimat", ["C", "B", "A"], True)]
    assert shown(people["planner"]) == [("Taklimat", ["C", "A"], False)]
    with pytest.raises(InvalidInput), world.writing(people["planner"]) as session:
        arrange(session, name="Milik orang", views=[two], shared="sendiri")
    with pytest.raises(NotFound), world.writing(people["planner"]) as session:
        take_down(session, made)
    with world.writing(officer) as session:
        arrange(session, name="Taklimat pagi", views=[one, three], shared="sendiri", presentation=made)
    assert shown(officer) == [("Taklimat pagi", ["A", "C"], True)]
    assert shown(people["planner"]) == []


def test_a_note_is_read_by_the_role_of_its_author_where_the_area_is_in_sight(
    web: Engine, people: dict[str, Principal]
) -> None:
    world, officer = Served(web=web), people["officer"]

    def read(who: str, area: str) -> list[str]:
        with world.reading(people[who]) as conn:
            return [row["body"] for row in views.notes(conn, area, limit=9)]

    with world.writing(officer) as session:
        note = write_note(session, KINTA, body=" Banjir di tiga kampung ", day=TODAY, today=TODAY)
        write_note(session, "08", body="Negeri", day=TODAY - timedelta(days=9), today=TODAY)
    assert read("colleague", KINTA) == ["Banjir di tiga kampung"]
    assert read("colleague", "08") == ["Negeri"]
    assert [read(who, KINTA) for who in ("far", "coordinator", "planner")] == [[], [], []]
    assert read("far", "08") == []
    for area in (KERIAN, GOMBAK, "10"):
        with pytest.raises(NotPermitted), world.writing(officer) as session:
            write_note(session, area, body="Di luar", day=TODAY, today=TODAY)
    with pytest.raises(NotFound), world.writing(people["colleague"]) as session:
        change_note(session, note, 1, body="Milik orang", day=TODAY, today=TODAY)
    with world.writing(officer) as session:
        change_note(session, note, 1, body="Banjir di empat kampung", day=TODAY, today=TODAY)
    with pytest.raises(StaleRecord), world.writing(officer) as session:
        retire_note(session, note, 1)
    with world.writing(officer) as session:
        retire_note(session, note, 2)
    assert read("colleague", KINTA) == read("officer", KINTA) == []
    with world.writing(people["planner"]) as session:
        write_note(session, "MY", body="Negara", day=TODAY, today=TODAY)
    assert read("second", "MY") == ["Negara"]
    assert read("officer", "MY") == []


@pytest.mark.parametrize(
    ("body", "day", "problem"),
    [
        ("Ketua 810101-08-1117", TODAY, {"body": "digits"}),
        ("8 1 0 1 0 1 0 8 1 1 1 7", TODAY, {"body": "digits"}),
        ("", TODAY, {"body": "required"}),
        ("a" * 601, TODAY, {"body": "too_long"}),
        ("Esok", TODAY + timedelta(days=1), {"day": "future"}),
    ],
)
def test_a_note_is_short_dated_and_without_identity_numbers(
    web: Engine, people: dict[str, Principal], body: str, day: date, problem: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput) as refused, db.writing(web, people["officer"]) as session:
        write_note(session, KINTA, body=body, day=day, today=TODAY)
    assert refused.value.problems == problem


def test_the_sample_register_has_views_presentations_and_notes_once(owner_engine: Engine, web: Engine) -> None:
    with owner_engine.begin() as owner:
        create_demo_users(owner)
    for _ in range(2):
        load_views(owner_engine, today=date(2026, 11, 30))
    with owner_engine.connect() as owner:
        ids = {row.login: row.id for row in owner.execute(text("SELECT login, id FROM ekasih.app_user"))}
        paths = list(owner.execute(text("SELECT path FROM ekasih.saved_view")).scalars())
    assert len(paths) == 6
    assert all(asked_path(path) == path for path in paths)
    officer = Principal(ids["pegawai.kinta"], "pegawai.kinta", "", Role.OFFICER, (KINTA,))
    with db.reading(web, officer) as conn:
        assert {row["name"] for row in views.presentations(conn, limit=9)} == {
            "Taklimat bulanan (contoh)", "Mesyuarat (contoh)"
        }  # fmt: skip
        assert len(views.notes(conn, KINTA, limit=9)) == 2
        assert views.notes(conn, "08", limit=9) == []
