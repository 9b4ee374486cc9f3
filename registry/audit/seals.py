"""Seals the chain of the audit log with a key that no database has, and finds where a seal does not hold."""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.audit.chain import Break
from registry.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Row
    from sqlalchemy.orm import Session

_UNSEALED = text("SELECT number, link, hash, previous, sealed_with FROM ekasih.audit_unsealed()")
_STANDS = text("SELECT ekasih.audit_seal_stands(:number, :mac)")
_SEAL = text("SELECT ekasih.seal_audit(:number, :link, :hash, :key_name, :previous, :at, :mac)")
_FOR_AUDITORS = text("""
    SELECT number, link, hash, key_name, previous, at, mac, link_hash
    FROM ekasih.audit_seals(CAST(:newest AS bigint))
""")
# the tables themselves: who verifies as their owner asks no function that stands in the database
_ALL = text("""
    SELECT s.number, s.position AS link, s.hash, s.key_name, s.previous, s.at, s.mac, l.hash AS link_hash
    FROM ekasih.audit_seal AS s LEFT JOIN ekasih.audit_link AS l ON l.position = s.position
    ORDER BY s.number
""")
_LAST = text("""
    SELECT number, position AS link, hash, key_name, previous, at, mac
    FROM ekasih.audit_seal ORDER BY number DESC LIMIT 1
""")
_LONGEST_LINE: Final = 1_024


class SealsGone(RegistryError):
    """The newest seal that this machine made does not stand in the database any more; nothing was sealed."""

    key = "seals_gone"


class OtherKey(RegistryError):
    """The newest seal was made with a key that is not here; nothing was sealed, since no machine could verify both."""

    key = "other_seal_key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A seal: its number, the link it is on with that link's hash, and the keyed hash of it and the seal before."""

    number: int
    link: int
    hash: bytes
    previous: bytes
    at: datetime
    key_name: str = ""
    mac: bytes = b""

    @property
    def message(self) -> bytes:
        """What the keyed hash is over."""
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        said = ("ekasih audit seal 1", self.number, self.link, self.hash.hex(), self.previous.hex(), moment)
        return "\n".join(map(str, said)).encode("ascii")


class SealKey:
    """The key that seals are made with, and those that earlier ones were made with: words, the newest first."""

    def __init__(self, secrets: str) -> None:
        self._keys = {_digest(word.encode(), b"ekasih audit key").hex()[:16]: word.encode() for word in secrets.split()}
        self.name = next(iter(self._keys))
        """A name for the newest key that gives nothing of it away."""

    def sealed(self, seal: Seal) -> Seal:
        """The seal with its keyed hash."""
        return replace(seal, key_name=self.name, mac=_digest(self._keys[self.name], seal.message))

    def knows(self, name: str) -> bool:
        """Whether the key of that name is among these."""
        return name in self._keys

    def holds(self, seal: Seal) -> bool:
        """Whether the seal was made with one of these keys and says what it said then."""
        key = self._keys.get(seal.key_name)
        return key is not None and hmac.compare_digest(seal.mac, _digest(key, seal.message))


class SealBook:
    """The seals made on this machine, in a file outside the database: a line each, only added to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, seal: Seal) -> None:
        """Write a seal down, for good once this returns."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        told = asdict(seal) | {name: getattr(seal, name).hex() for name in ("hash", "previous", "mac")}
        line = json.dumps(told | {"at": seal.at.isoformat()}) + "\n"
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def newest(self) -> Seal | None:
        """The seal that was written down last.

        Raises:
            ValueError: the file's end is no seal.

        """
        if not self.path.exists():
            return None
        with self.path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LONGEST_LINE))
            lines = file.read().splitlines()
        return _read(lines[-1].decode("ascii")) if lines else None

    def __iter__(self) -> Iterator[Seal]:
        """Every seal there is in it, in the order in which they were made."""
        if self.path.exists():
            with self.path.open(encoding="ascii") as file:
                yield from map(_read, file)


def seal_newest(connection: Connection, key: SealKey, book: SealBook) -> Seal | None:
    """Seal the newest link, where it is not sealed yet; commits. What ``book`` holds is never sealed in another way.

    Raises:
        SealsGone: the newest seal in ``book`` does not stand in the database.
        OtherKey: the database was sealed with a key that is not here.
        ValueError: the file of ``book`` was changed.

    """
    with connection.begin():
        row = connection.execute(_UNSEALED).one_or_none()
        last = book.newest()
        if last is not None and not connection.scalar(_STANDS, {"number": last.number, "mac": last.mac}):
            raise SealsGone
        if row is None:
            return None
        if last is not None and (row.number <= last.number or row.link <= last.link):
            raise SealsGone
        if row.sealed_with is not None and not key.knows(row.sealed_with):
            raise OtherKey
        seal = key.sealed(
            Seal(
                number=row.number,
                link=row.link,
                hash=bytes(row.hash),
                previous=bytes(row.previous),
                at=datetime.now(UTC),
            )
        )
        connection.execute(_SEAL, {name: getattr(seal, name) for name in _SEAL.compile().params})
    book.add(seal)
    return seal


def first_broken_seal(connection: Connection, key: SealKey, book: SealBook) -> Break | None:
    """The first seal that does not hold, or that is missing from the tables; for their owner."""
    return _first_broken(connection.execute(_ALL), key, book, whole=True)


def first_broken_seal_for(session: Session, key: SealKey, book: SealBook, *, newest: int | None = None) -> Break | None:
    """As :func:`first_broken_seal`, for who may read the log: the seals on the newest links, or all."""
    return _first_broken(session.execute(_FOR_AUDITORS, {"newest": newest}), key, book, whole=newest is None)


def last_seal(connection: Connection) -> Seal | None:
    """The newest seal; for the owner of the tables."""
    row = connection.execute(_LAST).one_or_none()
    return None if row is None else _seal(row)


def _first_broken(found: Iterable[Row[Any]], key: SealKey, book: SealBook, *, whole: bool) -> Break | None:
    kept: dict[int, bytes] = {}
    before: Seal | None = None
    for row in found:
        seal = _seal(row)
        reason = _fault(seal, row.link_hash, before, key, whole=whole)
        if reason is not None:
            return Break(seal.link, None, f"{reason} (seal {seal.number})")
        kept[seal.number] = seal.mac
        before = seal
    return _missing(kept, key, book, whole=whole)


def _fault(seal: Seal, link_hash: bytes | None, before: Seal | None, key: SealKey, *, whole: bool) -> str | None:
    if not key.knows(seal.key_name):
        return "it was sealed with a key that this machine does not have"
    if not key.holds(seal):
        return "its seal was changed or made without the key"
    if before is None and whole and seal.number != 1:
        return "seals before this one are missing"
    if before is not None and (seal.number != before.number + 1 or seal.previous != before.mac):
        return "a seal before this one is missing"
    if link_hash is None:
        return "it was sealed and is missing"
    return None if bytes(link_hash) == seal.hash else "it is not the link that was sealed"


def _missing(kept: dict[int, bytes], key: SealKey, book: SealBook, *, whole: bool) -> Break | None:
    """The first seal of the book that the tables do not have as it was made."""
    try:
        # each seal covers the one before: the newest stands for all of them
        newest = book.newest()
        for seal in book if whole else filter(None, [newest]):
            if not key.holds(seal):
                return Break(seal.link, None, f"what this machine wrote down of seal {seal.number} was changed")
            if kept.get(seal.number) != seal.mac and (whole or not kept or seal.number >= min(kept)):
                told = "this machine sealed it, and the seal is gone: the end was cut off or an older copy restored"
                return Break(seal.link, None, f"{told} (seal {seal.number})")
    except (ValueError, TypeError, KeyError):
        return Break(None, None, f"{book.path.name}, in which this machine writes down its seals, was changed")
    return None


def _seal(row: Row[Any]) -> Seal:
    return Seal(
        number=row.number,
        link=row.link,
        hash=bytes(row.hash),
        previous=bytes(row.previous),
        at=row.at,
        key_name=row.key_name,
        mac=bytes(row.mac),
    )


def _digest(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _read(line: str) -> Seal:
    said = json.loads(line)
    taken = {name: bytes.fromhex(said[name]) for name in ("hash", "previous", "mac")}
    return Seal(**(said | taken | {"at": datetime.fromisoformat(said["at"])}))
