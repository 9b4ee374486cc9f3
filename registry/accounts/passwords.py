"""Passwords that people choose themselves: what is asked of one, and changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import text

from registry.accounts.users import MINIMUM_PASSWORD
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST_PASSWORD: Final = 128
_OWN = text("SELECT ekasih.own_password_hash()")
_SET = text("SELECT ekasih.set_own_password(:hash)")
# Long enough to be accepted otherwise, and tried first by who guesses; compared without case, signs and spaces.
_COMMON: Final = frozenset({
    "password1234", "password12345", "password123456", "passwordpassword", "passw0rd1234", "p4ssword1234",
    "123456789012", "1234567890123", "12345678901234", "123456123456", "123123123123", "111111111111", "000000000000",
    "111122223333", "112233445566", "121212121212", "987654321098", "012345678910", "qwertyuiopas", "qwertyuiop123",
    "qwerty123456", "qwertyqwerty", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qazwsxedcrfv", "asdfghjkl123", "zxcvbnm12345",
    "abcdefghijkl", "abcdef123456", "abcd12345678", "abc123abc123", "iloveyou1234", "letmein12345", "welcome12345",
    "welcome123456", "administrator", "administrator1", "admin1234567", "admin12345678", "adminadminadmin",
    "changeme1234", "changemenow1", "secretsecret", "secret123456", "football1234", "superman1234", "princess1234",
    "malaysia1234", "malaysia12345", "malaysiaboleh", "selamatdatang", "selamatpagi1", "katalaluan12", "katalaluan123",
    "katalaluan1234", "katalaluanku", "kuala lumpur", "kualalumpur1", "kualalumpur123", "ekasihekasih",
    "ekasih123456", "ekasih1234567", "sayangsayang", "sayang123456", "sayasayangkamu", "bismillah123", "bismillah1234",
    "assalamualaikum", "alhamdulillah", "pentadbir123", "pentadbir1234", "pegawai12345",
})  # fmt: skip


def change_password(session: Session, *, login: str, old: str, new: str, again: str) -> int:
    """Give the acting person another password; answers the account's new version: its other sessions have ended.

    Raises:
        InvalidInput: the old password is wrong, or the new one cannot be taken.

    """
    problems = {} if _fits(str(session.execute(_OWN).scalar_one()), old) else {"old": "wrong_password"}
    problem = password_problem(login, new)
    if problem is None and new == old:
        problem = "same_password"
    if problem is not None:
        problems["new"] = problem
    elif new != again:
        problems["again"] = "passwords_differ"
    if problems:
        raise InvalidInput(problems)
    return int(session.execute(_SET, {"hash": PasswordHasher().hash(new)}).scalar_one())


def password_problem(login: str, new: str) -> str | None:
    """The key of what is wrong with a password that somebody wants; ``None`` where it can be taken."""
    if len(new) < MINIMUM_PASSWORD:
        return "short_password"
    if len(new) > LONGEST_PASSWORD:
        return "long_password"
    plain, name = _plain(new), _plain(login)
    if name and name in plain and len(plain) - len(name) < MINIMUM_PASSWORD:
        return "login_in_password"
    if plain in {_plain(common) for common in _COMMON} or len(set(new)) <= 2:  # noqa: PLR2004 - aaaabbbbaaaa
        return "common_password"
    return None


def _plain(text_: str) -> str:
    return "".join(letter for letter in text_.casefold() if letter.isalnum())


def _fits(password_hash: str, password: str) -> bool:
    try:
        return PasswordHasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
