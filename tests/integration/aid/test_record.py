"""The aid of a household stands on its record, apart from what the family told; others learn the need alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from queries import given_aid, households
from registry.principals import Role
from tests.integration.aid.deliveries import AidDelivery
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from registry.aid.importing import AidReport

    Imported = Callable[..., AidReport]


def test_lines_of_agencies_are_apart_from_what_the_family_told(
    owner: Connection, web: Engine, families: dict[str, int], imported: Imported
) -> None:
    imported(AidDelivery("SATU", "1").line("S1"))
    imported(AidDelivery("DUA", "1").line("D1"))
    home = families["K0001"]
    owner.execute(
        text("INSERT INTO ekasih.aid_received (household_id, agency, programme) VALUES (:id, 'Masjid', 'Bakul')"),
        {"id": home},
    )
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    owner.commit()
    with Served(web=web).reading(officer) as conn:
        record = households.whole_record(conn, home)
    assert record is not None
    assert [line["reference"] for line in record.given] == ["S1"]
    assert [told["programme"] for told in record.aid] == ["Bakul"]
    assert record.held["held"] == 1


def test_another_agency_learns_the_need_and_not_the_amount(
    owner: Connection, web: Engine, families: dict[str, int], imported: Imported
) -> None:
    imported(AidDelivery("SATU", "1").line("S1"))
    council = add_principal(owner, "majlis", Role.COUNCIL, "0803")
    owner.execute(
        text("UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = 'DUA') WHERE id = :id"),
        {"id": council.user_id},
    )
    owner.commit()
    with Served(web=web).reading(council) as conn:
        [line] = given_aid.of_household(conn, families["K0001"])
    assert (line["need_code"], line["agency_code"]) == ("PENDAPATAN", "SATU")
    assert (line["amount_rm"], line["reference"]) == (None, None)
