"""The small register that browser tests look at: sample data in Kinta and beyond, and an account for each role."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from registry.accounts.users import create_demo_users
from registry.aid.importing import import_aid
from registry.demo import aid
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.integration.aid.deliveries import AidDelivery, write
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SOURCES = (
    "tests/browser/world.py", "tests/world.py", "registry/accounts/users.py",
    "registry/publishing", "poverty/disclosure.py", "registry/aid", "registry/demo/aid_reference",
    "tests/integration/aid/deliveries.py",
)  # fmt: skip

# district, mukim, longitude, latitude of its middle, households
_PLACES = (
    ("0803", "080301", 101.09, 4.60, 24),
    ("0803", "080305", 101.04, 4.47, 36),
    ("0808", None, 100.74, 4.85, 14),
    ("1001", None, 101.52, 3.07, 9),
    ("0301", None, 102.24, 6.12, 18),
    ("1208", None, 116.07, 5.98, 27),
    ("1301", None, 110.34, 1.55, 16),
    ("1102", None, 103.42, 4.23, 3),
)
_NAMES = ("Ahmad bin Contoh", "Siti binti Rekaan", "Lim Contoh Rekaan", "Muthu a/l Contoh", "Juliana Rekaan Contoh")
_ETHNICITIES = ("bumiputera", "bumiputera", "chinese", "indian", "other")
_INCOMES = (260, 900, 1500, 480, 2600, 1100)

_DELIVERY = text("""
    INSERT INTO ekasih.delivery (sha256, file_name, received_on, received_by, sample, state, report)
    VALUES ('browser', 'contoh.zip', current_date, 'sample', true, 'done', '{}')
""")
_AS_OF = text("""
    INSERT INTO ekasih.setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(current_date AS text)))
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
""")

# the mukim that the council's office looks after
_CATCHMENT = text("UPDATE ekasih.household SET catchment_codes = '{C.PPKB-BATU-GAJAH}' WHERE mukim_code = '080305'")


# every visitor of the tests comes from one address
_MANY_FORMS = text("UPDATE ekasih.setting SET value = '1000' WHERE key LIKE 'portal.forms_per_%'")


def fill(engine: Engine) -> None:
    """Fill a fresh database: households in several states with a history, closed months, demo accounts."""
    with engine.begin() as connection:
        connection.execute(_DELIVERY)
        connection.execute(_AS_OF)
        create_demo_users(connection)
        _households(connection)
        connection.execute(_CATCHMENT)
        connection.execute(_MANY_FORMS)
        close_months(connection)
    _aid(engine)
    with engine.begin() as connection:
        publish(connection)


def _aid(engine: Engine) -> None:
    """Aid of two agencies in Kinta: lines, one over its rate, one of a need that the other meets."""
    welfare = AidDelivery("JKM", "JKM-1", made_on="2026-07-01")
    for number in range(1, 9):
        amount = "9000.00" if number == 8 else "300.00"
        welfare.line(f"J{number}", **_given(number, "JKM-AM"), amaun=amount)
    zakat = AidDelivery("ZAKAT", "ZKT-1", made_on="2026-07-02").line("Z1", **_given(1, "ZKT-BLN"), amaun="250.00")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(Path(aid.__file__).with_name("aid_reference"), Path(folder) / "rujukan")
        import_aid(engine, write(Path(folder), [welfare, zakat], {}))


def _given(number: int, programme: str) -> dict[str, str]:
    """A line for the head of a household of the register, found by its file number."""
    return {"no_kp": "", "nama": "", "no_fail": f"CT{number:06}", "kod_program": programme, "kod_jenis": "TUNAI"}


def _households(connection: Connection) -> None:
    mukims = set(connection.scalars(text("SELECT code FROM ekasih.area WHERE level = 'mukim'")))
    number = 0
    for district, mukim, longitude, latitude, households in _PLACES:
        for index in range(households):
            number += 1
            add_household(
                connection,
                f"CT{number:06}",
                district=district,
                mukim=mukim if mukim in mukims else None,
                strata="rural" if index % 3 == 0 else "urban",
                income=_INCOMES[index % len(_INCOMES)],
                members=2 + index % 5,
                longitude=longitude + 0.004 * (index % 6),
                latitude=latitude + 0.004 * (index // 6),
                name=_NAMES[index % len(_NAMES)],
                sex="female" if index % 5 in {1, 4} else "male",
                ethnicity=_ETHNICITIES[index % len(_ETHNICITIES)],
                on_date=f"202{4 + index % 3}-0{1 + index % 9}-15",
            )
