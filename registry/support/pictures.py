"""Keeps pictures of screens that come with tickets: judged by size and kind, made anew as plain JPEG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.errors import NotFound
from registry.refusals import refusals_named
from registry.support.models import TicketPicture
from registry.uploads.kept import KeptFiles
from registry.uploads.refusals import UnreadableUpload
from registry.visits.pictures import LARGEST_UPLOAD, PhotographRefused, plain_picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from registry.uploads.taking_in import Upload

FILES: Final = KeptFiles("support")
LARGEST: Final = LARGEST_UPLOAD
_MAY: Final = text("SELECT ekasih.takes_ticket_picture(:number)")
_ADD: Final = text("SELECT ekasih.add_ticket_picture(:number, :name, :digest, :size)")


class TicketPictureUnreadable(UnreadableUpload):
    """The file is no picture, or too large; nothing of it was kept."""

    key = "ticket_picture_unreadable"


def keep_picture(
    home: Path, writing: Callable[[], AbstractContextManager[Session]], number: str, upload: Upload
) -> int:
    """Keep a picture of a ticket: the file first, then its row; answers the row's id.

    Raises:
        NotFound: there is no such open ticket for who acts, or it has as many pictures as are kept; nothing was read.
        TicketPictureUnreadable: the file is no picture, or too large.

    """
    with writing() as session:
        if not session.scalar(_MAY, {"number": number}):
            raise NotFound
    content = upload.stream.read(LARGEST + 1)
    if not 0 < len(content) <= LARGEST:
        raise TicketPictureUnreadable(reason="too_large")
    try:
        picture = plain_picture(content)
    except PhotographRefused as error:
        raise TicketPictureUnreadable(reason="no_kind") from error
    with FILES.adding(home, picture.content) as name:
        values = {"number": number, "name": name, "digest": picture.sha256, "size": len(picture.content)}
        with writing() as session, refusals_named(session):
            return int(session.execute(_ADD, values).scalar_one())


def file_of(home: Path, name: str) -> Path:
    """Where the picture ``name`` is kept.

    Raises:
        NotFound: that is no name of one.

    """
    return FILES.path(home, name)


def sweep(home: Path, connection: Connection) -> int:
    """Remove the files that no row names and that nobody is writing any more; answers how many there were."""
    return FILES.sweep(home, connection, TicketPicture.name)
