"""A small world of what the public sends: two districts, a registered family, officers and a leader of a kampung."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, text

from registry.intake.codes import Codes, secret_hash
from registry.intake.forms import read_form
from registry.intake.looking import look
from registry.intake.sending import keep
from registry.intake.steps import StepIntake, step_intake
from registry.principals import Principal, Role
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEY = "of the test"
HERE, THERE = "0803", "0805"
NUMBER, PHONE = "750101085001", "0125550101"
ABOUT: dict[str, dict[str, Any]] = {
    "daftar": {
        "who": "kir", "name": "Siti binti Contoh", "id_no": "790202-08-5002", "phone": "012-555 0199",
        "district": HERE, "village": "Kg. Rekaan", "address": "Belakang surau", "persons": "5", "under_18": "3",
        "over_60": "0", "disabled": "0", "income": "hingga_500", "urgent": ["tiada"], "words": "", "consent": "1",
    },
    "maklum": {
        "district": HERE, "village": "Kampung Rekaan", "address": "Rumah biru", "name": "Siti binti Contoh",
        "seen": ["sakit"], "words": "Atap bocor", "seen_on": "minggu_ini",
    },
}  # fmt: skip
SEND = {
    kind: text(f"SELECT ekasih.send_intake('{kind}', CAST(:given AS jsonb), :reference, :secret, NULL)")
    for kind in ABOUT
}


@dataclass(frozen=True, kw_only=True)
class Public(Served):
    """Who is there; ``home`` is the registered family."""

    owner: Engine
    officer: Principal
    colleague: Principal
    elsewhere: Principal
    planner: Principal
    home: int

    def send(
        self, kind: str = "daftar", *, nonce: str | None = None, marks: tuple[str, ...] = (), **facts: Any
    ) -> Codes:
        """Send a form as the portal does, of which everything is filled in that ``facts`` does not replace."""
        form = read_form(kind, ABOUT[kind] | facts, districts=(HERE, THERE))
        with self.owner.begin() as connection:
            return keep(connection, SEND[kind], form, nonce or secrets.token_hex(16), key=KEY, marks=marks)

    def look(self) -> int:
        """The job that looks at what came."""
        with self.owner.begin() as connection:
            return look(connection)

    def row(self, sent: Codes) -> Any:
        """The row of a form."""
        with self.owner.connect() as connection:
            asked = text("SELECT i.* FROM ekasih.intake AS i WHERE i.reference = :reference")
            return connection.execute(asked, {"reference": sent.reference}).one()

    def step(self, who: Principal, sent: Codes, action: str, **facts: Any) -> str:
        """Take a step as the form stands."""
        with self.writing(who) as session:
            version = self.row(sent).version
            command = StepIntake(**{"reference": sent.reference, "version": version, "action": action} | facts)
            return step_intake(session, command)

    def shown(self, sent: Codes, secret: str | None = None) -> str | None:
        """What the holder of a form's codes is shown."""
        values = {
            "reference": sent.reference,
            "secret": secret_hash(sent.reference, secret or sent.secret, key=KEY),
        }
        with self.owner.begin() as connection:
            asked = text("SELECT f.shown FROM ekasih.follow_intake(:reference, :secret) AS f")
            return connection.execute(asked, values).scalar()

    def take_back(self, sent: Codes) -> bool:
        values = {"reference": sent.reference, "secret": secret_hash(sent.reference, sent.secret, key=KEY)}
        with self.owner.begin() as connection:
            return bool(connection.scalar(text("SELECT ekasih.take_back_intake(:reference, :secret)"), values))

    def candidates(self, who: Principal, sent: Codes) -> dict[str, list[str]]:
        """What a form may be about, as somebody sees it: the kind of each with its reasons."""
        with self.reading(who) as connection:
            rows = connection.execute(
                text("""
                    SELECT CASE WHEN c.household_id IS NOT NULL THEN 'household' WHEN c.case_id IS NOT NULL THEN 'case'
                                ELSE 'other' END AS kind, c.reasons
                    FROM ekasih.intake_candidate AS c JOIN ekasih.intake AS i ON i.id = c.intake_id
                    WHERE i.reference = :reference ORDER BY c.id
                """),
                {"reference": sent.reference},
            )
            return {row.kind: list(row.reasons) for row in rows}


@pytest.fixture
def public(owner: Connection, owner_engine: Engine, web: Engine) -> Public:
    home = add_household(owner, "CT000001", name="Siti binti Contoh", district=HERE, income=600)
    owner.execute(
        text("""
            UPDATE ekasih.household SET village = 'Kampung Rekaan', phone = :phone, phone_key = :phone WHERE id = :home
        """),
        {"home": home, "phone": PHONE},
    )
    owner.execute(
        text("UPDATE ekasih.person SET id_no = :number WHERE household_id = :home AND is_head"),
        {"home": home, "number": NUMBER},
    )
    made = Public(
        web=web,
        owner=owner_engine,
        officer=add_principal(owner, "pegawai", Role.OFFICER, HERE),
        colleague=add_principal(owner, "rakan", Role.OFFICER, HERE),
        elsewhere=add_principal(owner, "jauh", Role.OFFICER, THERE),
        planner=add_principal(owner, "perancang", Role.PLANNER),
        home=home,
    )
    owner.commit()
    return made

