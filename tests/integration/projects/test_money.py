"""What a project takes from the warrant and from the need of its household, and how much of it may be paid."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.aid_refusals import HousingMet
from registry.errors import RegistryError
from registry.ledger.payments import MakeList, SetPayee, ToPay, make_list, set_payee, verify_payee
from registry.money_refusals import BalanceTooLow
from registry.project_refusals import PaymentAboveWork, SumAboveCommitment
from tests.integration.projects.conftest import OFFICE, PROGRAMME, Projects

if TYPE_CHECKING:
    from sqlalchemy import Connection


def test_without_the_money_nothing_is_agreed_to_and_no_need_is_taken(projects: Projects) -> None:
    projects.post("waran_pulang", 114_001, "W-2", office=OFFICE)
    number = projects.sent()
    with pytest.raises(BalanceTooLow):
        projects.step(projects.ministry, number, "peraku")
    assert projects.value("SELECT count(*) FROM ekasih.aid_claim") == 0
    projects.post("waran", 1, "W-3", office=OFFICE)
    assert projects.step(projects.ministry, number, "peraku") == "diperakukan"
    assert (projects.balance("WARAN"), projects.balance("TANGGUNGAN")) == (0, 86_000)


def test_of_two_houses_for_one_household_agreed_to_at_once_one_stays(projects: Projects) -> None:
    numbers = [projects.sent(), projects.sent()]

    def agree(number: str) -> str:
        try:
            return projects.step(projects.ministry, number, "peraku")
        except RegistryError as error:
            return error.key

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(agree, numbers))
    assert answers == ["diperakukan", HousingMet.key]
    assert projects.value("SELECT count(*) FROM ekasih.aid_claim WHERE ended_at IS NULL") == 1
    assert projects.balance("TANGGUNGAN") == 86_000


def test_payments_follow_the_work_that_was_accepted(projects: Projects) -> None:
    number = projects.begun(Decimal(86_000))
    sent = {"office": OFFICE, "case_no": number}
    with pytest.raises(PaymentAboveWork):
        projects.post("bayar", 1, "B-0", **sent)
    projects.reported(number, 100, 100, 0, 0, 0)
    projects.post("bayar", 43_000, "B-1", **sent)
    projects.post("sah", 43_000, "S-1", original="B-1")
    with pytest.raises(PaymentAboveWork):
        projects.post("bayar", 1, "B-2", **sent)
    projects.reported(number, 100, 100, 50, 0, 0)
    with pytest.raises(PaymentAboveWork):
        projects.post("bayar", 8_601, "B-3", **sent)
    projects.post("bayar", 8_600, "B-4", **sent)
    # what failed may be paid again
    projects.post("gagal", 8_600, "G-4", original="B-4")
    projects.post("bayar", 8_600, "B-5", **sent)


def test_an_advance_is_a_setting(projects: Projects, owner: Connection) -> None:
    number = projects.begun(Decimal(86_000))
    owner.execute(text("UPDATE ekasih.setting SET value = '10' WHERE key = 'projects.advance_percent'"))
    owner.commit()
    sent = {"office": OFFICE, "case_no": number}
    with pytest.raises(PaymentAboveWork):
        projects.post("bayar", 8_601, "B-1", **sent)
    projects.post("bayar", 8_600, "B-1", **sent)


def test_a_list_pays_a_contractor_no_more_than_the_work(projects: Projects) -> None:
    number = projects.begun()
    projects.reported(number, 50, 0, 0, 0, 0)
    account = SetPayee(programme=PROGRAMME, office=OFFICE, case_no=number, name="Binaan Contoh", id_no="800101081234",
                       bank="MBBEMYKL", account="51234567")  # fmt: skip
    with projects.writing(projects.officer) as session:
        payee = set_payee(session, account)
    with projects.writing(projects.coordinator) as session:
        verify_payee(session, payee)

    def listed(amount: Decimal) -> None:
        asked = (ToPay(office=OFFICE, case_no=number, amount=amount),)
        with projects.writing(projects.officer) as session:
            make_list(session, MakeList(year=projects.today.year, programme=PROGRAMME, office=OFFICE, payments=asked))

    with pytest.raises(PaymentAboveWork):
        listed(Decimal("8000.01"))
    listed(Decimal(8_000))


def test_what_is_open_at_the_turn_of_the_year_is_committed_anew(projects: Projects, owner: Connection) -> None:
    number = projects.begun()
    with pytest.raises(SumAboveCommitment):
        projects.step(projects.coordinator, number, "komit_semula", amount_rm=1)
    owner.execute(text("UPDATE ekasih.project SET commit_year = commit_year - 1"))
    owner.commit()
    with pytest.raises(SumAboveCommitment):
        projects.step(projects.coordinator, number, "komit_semula", amount_rm=80_001)
    projects.step(projects.coordinator, number, "komit_semula", amount_rm=80_000)
    assert projects.balance("TANGGUNGAN") == 166_000
