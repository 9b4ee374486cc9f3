"""Second factors: codes of an authenticator, recovery codes, and taking a factor away that was lost."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

RECOVERY_CODES: Final = 10
ISSUER: Final = "eKasih"
_STEP_SECONDS: Final = 30
_DIGITS: Final = 6
_NONCE: Final = 12
_GROUPS, _GROUP = 4, 4
_NEEDS = text("SELECT * FROM ekasih.sign_in_needs(:user_id)")
_SECRET = text("SELECT ekasih.factor_secret(:user_id)")
_KEEP = text("SELECT ekasih.keep_factor(:user_id, :secret)")
_CONFIRM = text("SELECT ekasih.confirm_factor(:user_id, :step, :codes)")
_TAKE_STEP = text("SELECT ekasih.take_factor_step(:user_id, :step)")
_TAKE_CODE = text("SELECT ekasih.take_recovery_code(:user_id, :hash)")
_FORGET = text("SELECT ekasih.forget_factor(:user_id)")
_ACTING = text("SELECT ekasih.acting_user()")
_RESET = text("SELECT ekasih.reset_factor(:user_id)")


@dataclass(frozen=True, slots=True)
class Needs:
    """What an account still asks for after its password: a factor, which it may have, and another password."""

    factor: bool
    enrolled: bool
    new_password: bool


class FactorKey:
    """Encrypts secrets for one account each, and hashes recovery codes, with a key of the installation."""

    def __init__(self, key: str) -> None:
        self._seal = AESGCM(hashlib.sha256(f"ekasih factor {key}".encode()).digest())
        self._hash = hashlib.sha256(f"ekasih recovery {key}".encode()).digest()

    def sealed(self, user_id: int, secret: str) -> bytes:
        """The secret as it is kept, of use with this account only."""
        nonce = os.urandom(_NONCE)
        return nonce + self._seal.encrypt(nonce, secret.encode(), str(user_id).encode())

    def opened(self, user_id: int, kept: bytes) -> str | None:
        """The secret that was kept; ``None`` where another key or account sealed it."""
        try:
            return self._seal.decrypt(kept[:_NONCE], kept[_NONCE:], str(user_id).encode()).decode()
        except InvalidTag:
            return None

    def hashed(self, user_id: int, code: str) -> bytes:
        """A recovery code as it is kept, however it was typed."""
        plain = "".join(letter for letter in code.lower() if letter.isalnum())
        return hmac.digest(self._hash, f"{user_id} {plain}".encode(), "sha256")


@dataclass(frozen=True)
class Factors:
    """The factors of accounts, over a connection of the pages that commits."""

    connection: Connection
    key: FactorKey
    now: Callable[[], float] = time.time

    def secret_to_set_up(self, user_id: int) -> str:
        """The secret of a factor that is being set up: the same until it is confirmed."""
        found = self._secret(user_id)
        if found is None:
            found = pyotp.random_base32()
            self.connection.execute(_KEEP, {"user_id": user_id, "secret": self.key.sealed(user_id, found)})
        return found

    def confirm(self, user_id: int, code: str) -> list[str] | None:
        """Put the factor into use where the code fits; answers the recovery codes, which are kept nowhere."""
        step = self._step_of(user_id, code)
        if step is None:
            return None
        codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
        hashes = [self.key.hashed(user_id, code) for code in codes]
        done = self.connection.execute(_CONFIRM, {"user_id": user_id, "step": step, "codes": hashes}).scalar_one()
        return codes if done else None

    def accepts(self, user_id: int, code: str) -> bool:
        """Whether a code of the authenticator or a recovery code opens the account; either does so once."""
        step = self._step_of(user_id, code)
        if step is not None:
            return bool(self.connection.execute(_TAKE_STEP, {"user_id": user_id, "step": step}).scalar_one())
        asked = {"user_id": user_id, "hash": self.key.hashed(user_id, code)}
        return self.connection.execute(_TAKE_CODE, asked).scalar_one() is not None

    def _secret(self, user_id: int) -> str | None:
        kept = self.connection.execute(_SECRET, {"user_id": user_id}).scalar_one()
        return None if kept is None else self.key.opened(user_id, bytes(kept))

    def _step_of(self, user_id: int, code: str) -> int | None:
        """The time step whose code this is: the present one, the one before or the one after."""
        plain = "".join(code.split())
        secret = self._secret(user_id) if len(plain) == _DIGITS and plain.isdecimal() else None
        if secret is None:
            return None
        totp, present = pyotp.TOTP(secret), int(self.now()) // _STEP_SECONDS
        fits = [step for step in (present - 1, present, present + 1) if _same(totp.generate_otp(step), plain)]
        return max(fits, default=None)


def needs_of(connection: Connection, user_id: int) -> Needs | None:
    """What an account asks for after its password; ``None`` where it is closed."""
    row = connection.execute(_NEEDS, {"user_id": user_id}).mappings().one_or_none()
    return None if row is None else Needs(**row)


def address_for_authenticator(secret: str, login: str) -> str:
    """What the picture that an authenticator reads says."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def reset_factor(session: Session, user_id: int) -> bool:
    """Take someone's factor away, for an administrator; false where there was none. Ends the account's sessions.

    Raises:
        InvalidInput: it is the acting user's own, which another administrator takes away.
        sqlalchemy.exc.ProgrammingError: the acting user is no administrator.

    """
    if session.scalar(_ACTING) == user_id:
        raise InvalidInput({"account": "own_account"})
    return bool(session.execute(_RESET, {"user_id": user_id}).scalar_one())


def reset_factor_of(connection: Connection, login: str) -> bool:
    """Take the factor of ``login`` away, for who owns the register; false where there was none.

    Raises:
        NotFound: there is no such account.

    """
    user_id = connection.scalar(select(AppUser.id).where(AppUser.login == login.strip().lower()))
    if user_id is None:
        raise NotFound
    return bool(connection.execute(_FORGET, {"user_id": user_id}).scalar_one())


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _recovery_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(_GROUPS * _GROUP * 5 // 8)).decode().lower()
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
