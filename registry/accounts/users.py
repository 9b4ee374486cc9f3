"""Accounts: who may sign in, with which role, for which areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from registry.accounts.models import AppUser
from registry.areas.models import Area
from registry.audit.models import AuditEntry
from registry.errors import InvalidInput, NotFound
from registry.principals import Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

DEMO_PASSWORD = "demo"  # noqa: S105 - the sample register's, printed at start; a real register has no such account
DEMO_USERS: tuple[tuple[str, str, Role, tuple[str, ...]], ...] = (
    ("menteri", "Menteri (contoh)", Role.PLANNER, ()),
    ("penyelaras.kinta", "Penyelaras Kinta (contoh)", Role.COORDINATOR, ("0803",)),
    ("pegawai.kinta", "Pegawai Kinta (contoh)", Role.OFFICER, ("0803",)),
    ("pembanci.kinta", "Pembanci Kinta (contoh)", Role.ENUMERATOR, ("0803",)),
    ("ppkb.batugajah", "PPKB Batu Gajah (contoh)", Role.COUNCIL, ("C.PPKB-BATU-GAJAH",)),
    ("agensi", "Agensi (contoh)", Role.AGENCY, ()),
    ("agensi.lulus", "Pelulus agensi (contoh)", Role.AGENCY, ()),
    ("zakat", "Zakat negeri (contoh)", Role.AGENCY, ()),
    ("ppkb.lulus", "Pelulus PPKB (contoh)", Role.COUNCIL, ("C.PPKB-BATU-GAJAH",)),
    ("ppn.perak", "Pejabat Negeri Perak (contoh)", Role.STATE_OFFICE, ("08",)),
    ("icu", "ICU JPM (contoh)", Role.NATIONAL, ()),
    ("ketua.kinta", "Ketua komuniti Kinta (contoh)", Role.COMMUNITY_LEADER, ("0803",)),
    ("juruaudit", "Juruaudit (contoh)", Role.AUDITOR, ()),
    ("pentadbir", "Pentadbir (contoh)", Role.ADMINISTRATOR, ()),
)
MINIMUM_PASSWORD = 12


def territory_levels(role: str) -> tuple[str, ...]:
    """The levels of areas that may be a role's territory: only an office of a council works by catchment.

    Whoever changes households does so by district, which a catchment is not.
    """
    return ("state", "district", "catchment") if role == Role.COUNCIL else ("state", "district")


def create_user(
    connection: Connection,
    *,
    login: str,
    name: str,
    role: str,
    territory: tuple[str, ...] = (),
    password: str,
) -> int:
    """Add an account; ``territory`` holds codes of areas, none for the whole country. Answers its id.

    Raises:
        InvalidInput: the login is taken, the role or an area is unknown, or the password is short.

    """
    problems: dict[str, str] = {}
    if role not in set(Role):
        problems["role"] = "unknown_role"
    known = select(Area.code).where(Area.code.in_(territory), Area.level.in_(territory_levels(role)))
    if set(territory) - set(connection.scalars(known)):
        problems["territory"] = "unknown_area"
    if len(password) < MINIMUM_PASSWORD:
        problems["password"] = "short_password"  # noqa: S105 - the key of a message
    if connection.scalar(select(AppUser.id).where(AppUser.login == _login(login))):
        problems["login"] = "login_taken"
    if problems:
        raise InvalidInput(problems)
    return _insert(connection, _login(login), name, Role(role), territory, password=password, demo=False)


def allow_provider(connection: Connection, login: str) -> None:
    """Open an account for its first link with the identity provider, in place of one that it has.

    Raises:
        NotFound: there is no such account.

    """
    opened = update(AppUser).where(AppUser.login == _login(login)).values(oidc_link=True, oidc_subject=None)
    user_id = connection.execute(opened.returning(AppUser.id)).scalar_one_or_none()
    if user_id is None:
        raise NotFound
    entry = insert(AuditEntry).values(
        actor="system", action="allow_provider", subject="account", subject_id=user_id, after={"login": _login(login)}
    )
    connection.execute(entry)


def create_demo_users(connection: Connection) -> None:
    """The accounts of the sample register, one for each role; nothing happens where they are there already."""
    for login, name, role, territory in DEMO_USERS:
        if not connection.scalar(select(AppUser.id).where(AppUser.login == login)):
            _insert(connection, login, name, role, territory, password=DEMO_PASSWORD, demo=True)


def _login(text: str) -> str:
    return text.strip().lower()


def _insert(
    connection: Connection,
    login: str,
    name: str,
    role: Role,
    territory: tuple[str, ...],
    *,
    password: str,
    demo: bool,
) -> int:
    statement = insert(AppUser).values(
        login=login,
        display_name=name,
        role=role.value,
        territory=list(territory),
        password_hash=PasswordHasher().hash(password),
        demo=demo,
    )
    return int(connection.execute(statement.returning(AppUser.id)).scalar_one())
