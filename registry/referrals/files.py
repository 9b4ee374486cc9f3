"""Keeps the files of referrals: pictures as plain JPEG, papers as PDF, in files that only the server reads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.errors import NotFound
from registry.referrals.models import ReferralFile
from registry.refusals import refusals_named
from registry.uploads.kept import KeptFiles
from registry.uploads.refusals import UnreadableUpload
from registry.uploads.taking_in import plain_name
from registry.visits.pictures import PhotographRefused, plain_picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from registry.uploads.taking_in import Upload

FILES: Final = KeptFiles("referrals", ("jpg", "pdf"))
LARGEST: Final = 10 * 1024 * 1024
_PAPER: Final = b"%PDF-"
_ADD: Final = text("SELECT ekasih.add_referral_file(:number, :name, :called, :kind, :digest, :size)")
_DROP: Final = text("SELECT ekasih.drop_referral_file(:file)")
_OPEN: Final = text("SELECT EXISTS (SELECT FROM ekasih.referral WHERE number = :number AND closed_on IS NULL)")


class ReferralFileUnreadable(UnreadableUpload):
    """The file is no picture and no paper, or too large; nothing of it was kept."""

    key = "referral_file_unreadable"


def keep_file(home: Path, writing: Callable[[], AbstractContextManager[Session]], number: str, upload: Upload) -> int:
    """Keep a file for the next step of who acts in a referral: the file first, then its row; answers the row's id.

    Raises:
        NotFound: there is no such open referral for who acts; not a byte was read.
        ReferralFileUnreadable: the file is no picture and no PDF, or too large.
        ReferralFileRefused: there are as many files as are kept.

    """
    with writing() as session:
        if not session.scalar(_OPEN, {"number": number}):
            raise NotFound
    content, kind = _plain(upload)
    with FILES.adding(home, content, kind) as name:
        values = {
            "number": number,
            "name": name,
            "called": plain_name(upload.name, name),
            "kind": kind,
            "digest": hashlib.sha256(content).hexdigest(),
            "size": len(content),
        }
        with writing() as session, refusals_named(session):
            return int(session.execute(_ADD, values).scalar_one())


def drop_file(session: Session, file: int) -> None:
    """Take back a file that no step took along yet; the night removes it.

    Raises:
        NotFound: there is no such file of who acts.

    """
    with refusals_named(session):
        session.execute(_DROP, {"file": file})


def file_of(home: Path, name: str) -> Path:
    """Where the file ``name`` is kept.

    Raises:
        NotFound: that is no name of one.

    """
    return FILES.path(home, name)


def sweep(home: Path, connection: Connection) -> int:
    """Remove the files that no row names and that nobody is writing any more; answers how many there were."""
    return FILES.sweep(home, connection, ReferralFile.name)


def _plain(upload: Upload) -> tuple[bytes, str]:
    """What is kept of an upload, and its kind."""
    content = upload.stream.read(LARGEST + 1)
    if not 0 < len(content) <= LARGEST:
        raise ReferralFileUnreadable(reason="too_large")
    if content.startswith(_PAPER):
        return content, "pdf"
    try:
        return plain_picture(content).content, "jpg"
    except PhotographRefused as error:
        raise ReferralFileUnreadable(reason="no_kind") from error
