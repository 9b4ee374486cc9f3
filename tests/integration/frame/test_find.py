"""The search of the frame finds as far as a role goes, writes down what it found, and is no way to ask for a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.finding import found_for
from registry.installation.settings import Settings
from registry.principals import Principal, Role
from tests.world import add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

NUMBER = "800101085123"


@pytest.fixture
def people(owner: Connection) -> dict[str, Principal]:
    """A household in Kinta and one in Kuala Kangsar's neighbour, a case of each, and who asks."""
    officer = add_principal(owner, "uji.pegawai", Role.OFFICER, "0803")
    for file_no, district, name in (("K1001", "0803", "Siti binti Aminah"), ("K2002", "0810", "Siti binti Seberang")):
        household = add_household(owner, file_no, district=district, name=name)
        owner.execute(text("UPDATE ekasih.person SET id_no = :no WHERE household_id = :id AND is_head"),
                      {"no": NUMBER if district == "0803" else "800101085999", "id": household})  # fmt: skip
        owner.execute(
            text("INSERT INTO ekasih.case_file (channel, district_code, head_name, state, created_by)"
                 " VALUES ('officer', :district, :name, 'received', :who)"),
            {"district": district, "name": name, "who": officer.user_id},
        )  # fmt: skip
    planner = add_principal(owner, "uji.menteri", Role.PLANNER)
    owner.commit()
    return {"officer": officer, "planner": planner}


@pytest.fixture
def find(web: Engine, tmp_path: Path, people: dict[str, Principal]) -> Any:
    """Asks as somebody, and answers labels by kind."""

    def ask(who: str, said: str, *, areas_alone: bool = False) -> dict[str, list[str]]:
        settings = Settings(home=tmp_path, given_secret_key="only for tests")
        deps = Deps(settings, web, lambda: people[who])
        found = found_for(deps, said, words_of("ms"), areas_alone=areas_alone)
        return {kind: [one["label"] for one in those] for kind, those in found.items() if those}

    return ask


def test_an_area_is_found_by_part_of_its_name_by_everybody(find: Any) -> None:
    assert "Kinta" in find("planner", "kint")["areas"]


def test_where_an_area_alone_is_wanted_nobody_is_looked_for(find: Any, owner: Connection) -> None:
    searches = text("SELECT count(*) FROM ekasih.audit_log WHERE action = 'search'")
    before = owner.scalar(searches)
    assert set(find("officer", "siti", areas_alone=True)) <= {"areas"}
    assert "Kinta" in find("officer", "kinta", areas_alone=True)["areas"]
    assert owner.scalar(searches) == before


def test_names_find_households_and_cases_of_the_own_territory_alone(find: Any) -> None:
    found = find("officer", "siti")
    assert found["households"] == ["Siti binti Aminah"]
    assert found["cases"] == ["Siti binti Aminah"]


def test_who_sees_no_persons_finds_none(find: Any) -> None:
    assert set(find("planner", "siti aminah")) <= {"areas"}


def test_a_file_number_and_a_case_number_are_found_whole(find: Any, owner: Connection) -> None:
    assert find("officer", "K1001")["households"] == ["Siti binti Aminah"]
    assert "households" not in find("officer", "K2002")
    number = owner.scalar(text("SELECT number FROM ekasih.case_file WHERE district_code = '0803'"))
    assert find("officer", f" {str(number).lower()} ")["cases"] == ["Siti binti Aminah"]


def test_an_identity_number_is_not_looked_for_here(find: Any, owner: Connection) -> None:
    assert find("officer", NUMBER) == {}
    assert find("officer", f"{NUMBER[:6]}-{NUMBER[6:8]}-{NUMBER[8:]}") == {}
    assert find("officer", f"xyz {NUMBER}") == {}
    looked = text("SELECT count(*) FROM ekasih.audit_log WHERE action = 'check_status'")
    assert owner.scalar(looked) == 0


def test_two_letters_name_nobody(find: Any) -> None:
    assert "households" not in find("officer", "si")


def test_a_name_is_written_down_as_a_search_without_its_words(find: Any, owner: Connection) -> None:
    find("officer", "siti aminah")
    entry = owner.execute(
        text("SELECT actor, after::text AS facts FROM ekasih.audit_log WHERE action = 'search'")
    ).one()
    assert entry.actor == "uji.pegawai"
    assert "siti" not in entry.facts.lower()
    assert '"found": 1' in entry.facts


@pytest.mark.parametrize("said", ["", " ", "%", "_", "'", "()", "\u200b", "a" * 200])
def test_whatever_is_typed_is_answered(find: Any, said: str) -> None:
    assert isinstance(find("officer", said), dict)
