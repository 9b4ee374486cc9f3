"""The board of an office: its vote book comes out right, each figure has its list, and nobody else counts its work."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from queries import offices, start
from registry.ledger.posting import Entry, post_as_system
from registry.referrals.referrals import SendReferral, StepReferral, send_referral, step_referral

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.rounds.conftest import Rounds

_SENT = (
    ("peruntukan", "A", 600_000, None, None), ("waran", "W", 500_000, "PPKB-BG", None),
    ("tanggungan", "T", 430_000, "PPKB-BG", "K1"), ("bayar", "P1", 230_000, "PPKB-BG", "K1"),
    ("bayar", "P2", 20_000, "PPKB-BG", "K1"),
)  # fmt: skip


def money(owner: Connection, rounds: Rounds) -> None:
    """600,000 allocated, 500,000 warranted, 180,000 committed, 20,000 on a list that is out, 230,000 paid."""
    owner.execute(text("UPDATE ekasih.aid_programme SET has_ledger = true WHERE code = 'BAKUL'"))
    today = owner.execute(text("SELECT current_date")).scalar_one()
    for command, reference, amount, office, case in _SENT:
        facts: dict[str, Any] = {name: value for name, value in (("office", office), ("case_no", case)) if value}
        post_as_system(owner, Entry(command=command, day=today, year=rounds.year, programme="BAKUL",
                                    amount=Decimal(amount), reference=reference, **facts))  # fmt: skip
    post_as_system(owner, Entry(command="sah", day=today, year=rounds.year, programme="BAKUL",
                                amount=Decimal(230_000), reference="J1", original="P1"))  # fmt: skip
    owner.commit()


def test_the_vote_book_of_the_office_comes_out_right_and_is_nobody_elses(rounds: Rounds, owner: Connection) -> None:
    money(owner, rounds)
    with rounds.reading(rounds.first) as conn:
        votes = offices.votes(conn, "PPKB-BG", rounds.year)
    names = ("peruntukan", "agihan", "tanggungan", "belanja", "baki", "percent")
    assert [votes[name] for name in names] == [600_000, 500_000, 200_000, 230_000, 170_000, Decimal("38.33")]  # type: ignore[literal-required]
    assert votes["shared"] is False
    for stranger in (rounds.other, rounds.officer):
        with rounds.reading(stranger) as conn:
            assert offices.votes(conn, "PPKB-BG", rounds.year)["programmes"] == 0
            assert offices.figures(conn, "PPKB-BG", rounds.year) == {}
            assert offices.mukims(conn, "PPKB-BG", rounds.year) == []
            assert offices.households(conn, "PPKB-BG", rounds.year, "miskin", limit=10) == []


def shares(rounds: Rounds, who: Principal | None = None) -> dict[str, tuple[int, int]]:
    with rounds.reading(who or rounds.first) as conn:
        found = offices.figures(conn, "PPKB-BG", rounds.year)
    return {name: (row["part"], row["whole"]) for name, row in found.items()}


def test_each_figure_is_the_length_of_its_list(rounds: Rounds) -> None:
    found = shares(rounds)
    with rounds.reading(rounds.first) as conn:
        for figure in ("miskin", "dibantu", "titik", "tegar", "keluar"):
            listed = offices.households(conn, "PPKB-BG", rounds.year, figure, limit=100)
            assert found[figure][0] == len(listed), figure
        places = offices.mukims(conn, "PPKB-BG", rounds.year)
    poor, aided = sum(row["poor"] for row in places), sum(row["aided"] for row in places)
    assert found["dibantu"] == (aided, poor)
    # who died or left is not counted; who moved out or is out of poverty is no poor household of the places
    assert (aided, poor) == (5, 6)
    assert "pemutihan" not in found


def test_who_was_helped_a_year_ago_and_is_out_of_poverty_now(rounds: Rounds, owner: Connection) -> None:
    owner.execute(text("SET LOCAL session_replication_role = replica"))
    owner.execute(
        text("UPDATE ekasih.aid_claim SET period = daterange((current_date - interval '18 months')::date, current_date)"
             " WHERE household_id = ANY (:h)"),
        {"h": [rounds.homes["sihat"], rounds.homes["terkeluar"]]},
    )  # fmt: skip
    owner.execute(text("DELETE FROM ekasih.aid_claim WHERE household_id = :h"), {"h": rounds.homes["tahun_lalu"]})
    owner.commit()
    assert shares(rounds)["keluar"] == (1, 2)


def test_referrals_answered_by_their_day_and_the_round_are_counted(rounds: Rounds, owner: Connection) -> None:
    numbers = []
    for _ in range(3):
        with rounds.writing(rounds.officer) as session:
            asked = SendReferral(to="pejabat:PPKB-BG", area_code="0803", question="Ada peruntukan?")
            numbers.append(send_referral(session, asked))
    for version, (action, facts) in enumerate(
        (("terima", {}), ("jawab", {"words": "Ada", "decision": "setuju"})), start=1
    ):
        with rounds.writing(rounds.first) as session:
            step_referral(session, StepReferral(number=numbers[0], version=version, action=action, **facts))
    today = owner.execute(text("SELECT current_date")).scalar_one()
    for number, due in ((numbers[0], today), (numbers[1], today), (numbers[2], today + timedelta(days=3))):
        owner.execute(text("UPDATE ekasih.referral SET due_on = :due WHERE number = :n"), {"due": due, "n": number})
    owner.commit()
    number = rounds.freeze()
    rounds.decide(rounds.first, number, "sihat", "kekal")
    found = shares(rounds)
    assert found["rujukan_kepada"] == (1, 2)
    assert found["pemutihan"] == (1, 9)
    with rounds.reading(rounds.first) as conn:
        steps = {row["step"]: row["waiting"] for row in start.office_flow(conn)}
    assert steps == {"semak": 0, "putus": 0, "salur": 0, "pantau": 0, "projek": 0, "selaras": 2, "pemutihan": 8}
    with rounds.reading(rounds.officer) as conn:
        assert start.office_flow(conn) == []
