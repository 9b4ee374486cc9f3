"""Scenarios are one's own until they are shared, and then of one's role alone; each change is in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import simulations
from registry.errors import InvalidInput, NotFound
from registry.principals import Role
from registry.simulations.saving import Keep, drop_simulation, keep_simulation
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from registry.principals import Principal


def test_a_scenario_is_kept_shared_with_the_role_changed_and_dropped(owner: Connection, web: Engine) -> None:
    one = add_principal(owner, "perancang.satu", Role.PLANNER)
    other = add_principal(owner, "perancang.dua", Role.PLANNER)
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    owner.commit()
    served = Served(web=web)

    def seen(who: Principal) -> list[tuple[str, object, bool]]:
        with served.reading(who) as connection:
            return [(row["name"], row["asked"], row["own"]) for row in simulations.saved(connection)]

    with served.writing(one) as session:
        number = keep_simulation(session, Keep("  PGK   naik ", {"pgk": "10"}, "MY"))
    assert (seen(one), seen(other)) == ([("PGK naik", {"pgk": "10"}, True)], [])
    with served.writing(one) as session:
        assert keep_simulation(session, Keep("PGK naik", {"pgk": "12"}, "08", shared=True)) == number
    assert seen(other) == [("PGK naik", {"pgk": "12"}, False)]
    assert seen(officer) == []
    for who in (other, officer):
        with pytest.raises(NotFound), served.writing(who) as session:
            drop_simulation(session, number)
    for name in ("  ", "x" * 121):
        with pytest.raises(InvalidInput), served.writing(one) as session:
            keep_simulation(session, Keep(name, {}, "MY"))
    with served.writing(one) as session:
        drop_simulation(session, number)
    assert seen(one) == seen(other) == []
    noted = text("SELECT action FROM ekasih.audit_log WHERE subject = 'simulation' ORDER BY id")
    assert list(owner.scalars(noted)) == ["keep_simulation", "keep_simulation", "drop_simulation"]
