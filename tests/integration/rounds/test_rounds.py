"""A round freezes a list, marks by rule, takes one decision a household, and adds up at every commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from queries import rounds as reads
from registry.errors import NotFound
from registry.office_refusals import (
    RoundDecisionUnknown,
    RoundEmpty,
    RoundNoRecord,
    RoundNotTheirs,
    RoundRunning,
    RoundSamePerson,
    RoundStands,
    RoundYears,
)
from registry.refusals import ReasonMissing
from registry.rounds.rounds import keep_unmarked

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.rounds.conftest import Rounds


def found(rounds: Rounds, number: str, who: Principal | None = None) -> dict[str, list[str]]:
    """What was frozen of each household."""
    with rounds.reading(who or rounds.first) as conn:
        rows, _ = reads.households(conn, number, standing="", finding="", by_mukim=True, limit=100)
    names = {home: name for name, home in rounds.homes.items()}
    return {names[row["household_id"]]: row["findings"] for row in rows}


def sums(rounds: Rounds, number: str) -> tuple[int, ...]:
    with rounds.reading(rounds.first) as conn:
        row = reads.one(conn, number)
    assert row is not None
    assert row["kekal"] + row["gugur"] + row["siasat"] + row["terbuka"] == row["households"]
    return row["kekal"], row["gugur"], row["siasat"], row["terbuka"], row["households"]


def test_the_list_is_who_was_aided_in_the_years_named_and_each_finding_is_its_rule(rounds: Rounds) -> None:
    number = rounds.freeze()
    marked = found(rounds, number)
    assert marked == {
        "sihat": [], "meninggal": ["meninggal"], "keluar": ["pindah_keluar"], "gugur": ["gugur_daftar"],
        "terkeluar": ["terkeluar"], "bertindih": ["pertindihan"], "rumah": ["pernah_rumah"], "lama": ["tiada_lawatan"],
        "gabung": [],
    }  # fmt: skip
    assert sums(rounds, number) == (0, 0, 0, 9, 9)


def test_years_name_who_is_on_it_and_an_office_has_one_round_at_a_time(rounds: Rounds) -> None:
    for wrong in ((), (1999,), (rounds.year + 1,)):
        with pytest.raises(RoundYears):
            rounds.freeze(years=wrong)
    with pytest.raises(RoundEmpty):
        rounds.freeze(years=(rounds.year - 2,))
    number = rounds.freeze(years=(rounds.year - 1,))
    assert set(found(rounds, number)) == {"tahun_lalu"}
    with pytest.raises(RoundRunning):
        rounds.freeze()
    rounds.decide(rounds.first, number, "tahun_lalu", "kekal")
    assert sums(rounds, number) == (1, 0, 0, 0, 1)
    rounds.freeze()


def test_nobody_outside_the_office_freezes_reads_or_decides(rounds: Rounds) -> None:
    number = rounds.freeze()
    for stranger in (rounds.other, rounds.officer):
        with pytest.raises(RoundNotTheirs):
            rounds.freeze(stranger)
        with pytest.raises(NotFound):
            rounds.decide(stranger, number, "sihat", "kekal")
        with rounds.writing(stranger) as session, pytest.raises(NotFound):
            keep_unmarked(session, number)
        assert found(rounds, number, stranger) == {}
        with rounds.reading(stranger) as conn:
            assert reads.listed(conn) == []
            assert reads.now(conn, number, list(rounds.homes.values())) == {}
    with pytest.raises(NotFound):
        rounds.decide(rounds.first, number, "jauh", "kekal")


def test_to_drop_takes_two_persons_and_a_reason(rounds: Rounds) -> None:
    number = rounds.freeze()
    with pytest.raises(ReasonMissing):
        rounds.decide(rounds.first, number, "meninggal", "gugur")
    rounds.decide(rounds.first, number, "meninggal", "gugur", "Meninggal dunia")
    assert sums(rounds, number) == (0, 0, 0, 9, 9)
    with pytest.raises(RoundSamePerson):
        rounds.decide(rounds.first, number, "meninggal", "sahkan")
    with pytest.raises(RoundDecisionUnknown):
        rounds.decide(rounds.second, number, "meninggal", "kekal")
    rounds.decide(rounds.second, number, "meninggal", "sahkan")
    assert sums(rounds, number) == (0, 1, 0, 8, 9)
    with pytest.raises(RoundStands):
        rounds.decide(rounds.second, number, "meninggal", "kekal")
    rounds.decide(rounds.first, number, "keluar", "gugur", "Pindah ke Ipoh")
    rounds.decide(rounds.second, number, "keluar", "tolak", "Alamat masih dalam kawasan")
    rounds.decide(rounds.second, number, "keluar", "kekal")
    assert sums(rounds, number) == (1, 1, 0, 7, 9)
    with pytest.raises(RoundDecisionUnknown):
        rounds.decide(rounds.first, number, "sihat", "sahkan")
    with pytest.raises(RoundDecisionUnknown):
        rounds.decide(rounds.first, number, "sihat", "entah")


def test_to_investigate_opens_a_case_that_is_due_in_14_days(rounds: Rounds, owner: Connection) -> None:
    number = rounds.freeze()
    with pytest.raises(ReasonMissing):
        rounds.decide(rounds.first, number, "lama", "siasat")
    rounds.decide(rounds.first, number, "lama", "siasat", "Tiada lawatan dua tahun")
    case = text("SELECT state, due_on - current_date AS days FROM ekasih.case_file WHERE household_id = :home")
    assert [tuple(row) for row in owner.execute(case, {"home": rounds.homes["lama"]})] == [("due", 14)]
    owner.rollback()
    owner.execute(text("SET LOCAL session_replication_role = replica"))
    owner.execute(text("DELETE FROM ekasih.household WHERE id = :home"), {"home": rounds.homes["gabung"]})
    owner.commit()
    with pytest.raises(RoundNoRecord):
        rounds.decide(rounds.first, number, "gabung", "siasat", "Tiada rekod")
    with rounds.reading(rounds.first) as conn:
        now = reads.now(conn, number, [rounds.homes["gabung"]])[rounds.homes["gabung"]]
    assert (now["readable"], now["findings"]) == (False, ["tiada_rekod"])


def test_those_without_findings_are_kept_at_one_press_but_not_who_changed_since(
    rounds: Rounds, owner: Connection
) -> None:
    number = rounds.freeze()
    owner.execute(text("SET LOCAL session_replication_role = replica"))
    owner.execute(text("UPDATE ekasih.household SET status = 'terkeluar' WHERE id = :h"), {"h": rounds.homes["gabung"]})
    owner.commit()
    with rounds.writing(rounds.first) as session:
        assert keep_unmarked(session, number) == 1
    assert sums(rounds, number) == (1, 0, 0, 8, 9)
    assert found(rounds, number)["gabung"] == []
    with rounds.reading(rounds.first) as conn:
        now = reads.now(conn, number, [rounds.homes["gabung"]])[rounds.homes["gabung"]]
    assert (now["status"], now["findings"]) == ("terkeluar", ["terkeluar"])


def test_a_household_that_left_is_told_to_have_left_and_no_more(rounds: Rounds) -> None:
    number = rounds.freeze()
    elsewhere = rounds.homes["keluar"]
    with rounds.reading(rounds.first) as conn:
        now = reads.now(conn, number, [elsewhere])[elsewhere]
    assert now == {
        "household_id": elsewhere, "readable": False, "status": None, "version": None, "last_visit_on": None,
        "exited_on": None, "findings": ["pindah_keluar"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ekasih.round_household SET status = 'tegar'",
        "DELETE FROM ekasih.round_household",
        "UPDATE ekasih.cleansing_round SET households = households + 1, terbuka = terbuka + 1",
        "UPDATE ekasih.cleansing_round SET kekal = kekal + 1, terbuka = terbuka - 1",
        "UPDATE ekasih.cleansing_round SET state = 'selesai'",
        "UPDATE ekasih.round_decision SET decision = 'siasat', reason = 'x'",
        "DELETE FROM ekasih.round_decision",
    ],
)
def test_what_was_frozen_and_settled_is_not_changed_by_the_owner_either(
    rounds: Rounds, owner: Connection, change: str
) -> None:
    number = rounds.freeze()
    rounds.decide(rounds.first, number, "sihat", "kekal")
    with pytest.raises(DBAPIError, match=r"round_stands|round_does_not_add_up|done_check"):
        owner.execute(text(change))
        owner.commit()
