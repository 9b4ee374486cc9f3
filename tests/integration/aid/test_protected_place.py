"""Of a protected place another agency learns that the need is met, and nothing of by whom or where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import given_aid, households
from registry.aid.protecting import ProtectPlace, protect_place
from registry.errors import NotFound
from registry.principals import Role
from registry.refusals import ReasonMissing
from tests.integration.aid.deliveries import AidDelivery
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from registry.aid.importing import AidReport

    Imported = Callable[..., AidReport]

_OF_DUA = "UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = 'DUA') WHERE id = :id"


def test_other_agencies_learn_the_need_alone(
    owner: Connection, web: Engine, families: dict[str, int], imported: Imported
) -> None:
    imported(AidDelivery("SATU", "1").line("S1"))
    imported(AidDelivery("DUA", "1").line("D1"))
    home = families["K0001"]
    council = add_principal(owner, "majlis", Role.COUNCIL, "0803")
    owner.execute(text(_OF_DUA), {"id": council.user_id})
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    month = owner.scalar(text("SELECT date_trunc('month', max(found_on))::date FROM ekasih.aid_pair"))
    owner.commit()
    with Served(web=web).writing(officer) as session:
        protect_place(session, ProtectPlace(household_id=home, protect=True, reason="Perintah perlindungan"))
    with Served(web=web).reading(council) as conn:
        [line] = given_aid.of_household(conn, home)
        [pair], _total = given_aid.pairs(conn, month, limit=5)
    assert (line["need_code"], line["agency_code"], line["programme_ms"]) == ("PENDAPATAN", None, None)
    assert (pair["standing_ms"], pair["other_ms"], pair["district_name"]) == (None, "DUA", None)
    with Served(web=web).reading(officer) as conn:
        [line] = given_aid.of_household(conn, home)
        record = households.record(conn, home)
    assert (line["agency_code"], record is not None and record["place_protected"]) == ("SATU", True)


def test_a_place_is_protected_by_who_settles_aid_there_and_with_a_reason(
    owner: Connection, web: Engine, families: dict[str, int]
) -> None:
    home = families["K0001"]
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    other = add_principal(owner, "lain", Role.OFFICER, "0805")
    enumerator = add_principal(owner, "pembanci", Role.ENUMERATOR, "0803")
    owner.commit()
    for who in (other, enumerator):
        with Served(web=web).writing(who) as session, pytest.raises(NotFound):
            protect_place(session, ProtectPlace(household_id=home, protect=True, reason="x"))
    with Served(web=web).writing(officer) as session, pytest.raises(ReasonMissing):
        protect_place(session, ProtectPlace(household_id=home, protect=True, reason=" "))
    for protect in (True, False):
        with Served(web=web).writing(officer) as session:
            protect_place(session, ProtectPlace(household_id=home, protect=protect, reason="Perintah"))
    assert owner.scalar(text("SELECT count(*) FROM ekasih.protected_place")) == 0
