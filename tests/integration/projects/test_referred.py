"""A referral about a project: the receiver is told the named components and no more, until 30 days after its end."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from dashboard.pages.referrals.of_project import told_project
from queries import referrals as queries
from registry.office_refusals import ReferralAbout, ReferralIncomplete
from registry.principals import Role
from registry.referrals.models import PROJECT_COMPONENTS
from registry.referrals.referrals import SendReferral, StepReferral, send_referral, step_referral
from tests.world import add_principal
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.projects.conftest import Projects

DISTRICT = "daerah:0805"


def told(component: Any) -> str:
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


def send(projects: Projects, number: str, who: Principal | None = None, **facts: Any) -> str:
    values: dict[str, Any] = {
        "to": DISTRICT, "project_no": number, "question": "Bolehkah jalan ke tapak dibaiki?", "components": ("projek",),
    }  # fmt: skip
    with projects.writing(who or projects.coordinator) as session:
        return send_referral(session, SendReferral(**values | facts))


def seen(projects: Projects, who: Principal, number: str) -> queries.WholeReferral | None:
    with projects.reading(who) as conn:
        return queries.whole(conn, number)


def components(found: queries.WholeReferral | None) -> set[str]:
    return {row["component"] for row in found.project} if found else set()


def test_the_receiver_is_told_the_named_components_of_the_project_until_30_days_after_its_end(
    projects: Projects, owner: Connection
) -> None:
    receiver = add_principal(owner, "daerah.lain", Role.OFFICER, "0805")
    owner.commit()
    project = projects.begun(Decimal(80_000))
    projects.reported(project, 100, 50, 0, 0, 0)
    number = send(projects, project, components=("projek", "kemajuan"))
    found = seen(projects, receiver, number)
    assert components(found) == {"projek", "kemajuan"}
    assert found is not None
    assert (found.referral["about"], found.referral["shown_name"]) == ("projek", "Rumah baharu")
    assert (found.referral["project_no"], found.told) == (None, [])
    for language in LANGUAGES:
        said = told(told_project(found, words_of(language)))
        assert "35.0%" in said
        assert "Aminah" not in said
        assert "80,000" not in said
    sender = seen(projects, projects.coordinator, number)
    assert sender is not None
    assert sender.referral["project_no"] == project
    with projects.reading(projects.officer) as conn:
        assert [row["number"] for row in queries.of_project(conn, project)] == [number]
    with projects.reading(receiver) as conn:
        assert queries.of_project(conn, project) == []
        assert conn.scalar(text("SELECT count(*) FROM ekasih.project")) == 0
        with pytest.raises(ProgrammingError, match="permission denied"):
            conn.execute(text("SELECT project_id FROM ekasih.referral"))

    for version, (who, action, facts) in enumerate((
        (receiver, "terima", {}), (receiver, "jawab", {"words": "Boleh", "decision": "setuju"}),
        (projects.coordinator, "tutup", {}),
    ), start=1):  # fmt: skip
        with projects.writing(who) as session:
            step_referral(session, StepReferral(number=number, version=version, action=action, **facts))
    for days, there in ((30, True), (31, False)):
        owner.execute(
            text("UPDATE ekasih.referral SET closed_on = current_date - :days WHERE number = :n"),
            {"days": days, "n": number},
        )
        owner.commit()
        assert (seen(projects, receiver, number) is not None) is there
        assert components(seen(projects, projects.coordinator, number)) == {"projek", "kemajuan"}


def test_what_is_handed_over_is_told_as_it_is_now_and_no_protected_place(projects: Projects, owner: Connection) -> None:
    receiver = add_principal(owner, "daerah.lain", Role.OFFICER, "0805")
    owner.commit()
    project = projects.begun(Decimal(80_000))
    every = send(projects, project, components=PROJECT_COMPONENTS)
    assert components(seen(projects, receiver, every)) == set(PROJECT_COMPONENTS)
    said = told(told_project(seen(projects, receiver, every), words_of("ms")))  # type: ignore[arg-type]
    for expected in ("Aminah binti Contoh", "RM80,000.00", "Binaan Contoh", "4.47000, 101.04000"):
        assert expected in said
    unnamed = send(projects, project, components=("kos",))
    hidden = seen(projects, receiver, unnamed)
    assert hidden is not None
    assert hidden.referral["shown_name"] is None
    owner.execute(
        text("INSERT INTO ekasih.protected_place (household_id, reason, marked_by) VALUES (:home, 'x', 'x')"),
        {"home": projects.home},
    )
    owner.commit()
    assert components(seen(projects, receiver, every)) == set(PROJECT_COMPONENTS) - {"tempat"}


def test_only_who_reads_a_project_refers_it_and_names_what_goes_along(projects: Projects) -> None:
    project = projects.open()
    for stranger in (projects.neighbour, projects.elsewhere):
        with pytest.raises(ReferralAbout):
            send(projects, project, stranger)
    with pytest.raises(ReferralAbout):
        send(projects, project, household_id=projects.home)
    with pytest.raises(ReferralAbout):
        send(projects, "P99999999")
    for wrong in ((), ("pengenalan",), ("projek", "semua")):
        with pytest.raises(ReferralIncomplete):
            send(projects, project, components=wrong)
    number = send(projects, project, projects.unit)
    for stranger in (projects.coordinator, projects.neighbour):
        assert seen(projects, stranger, number) is None
