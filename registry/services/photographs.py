"""Keeps the photographs of visits: re-encoded to plain JPEG without metadata, in files that only the server reads."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import time
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import func, select, text

from registry.errors import InvalidInput, NotFound
from registry.models import Visit, VisitPhoto
from registry.services import audit
from registry.services.cases import StepNotPermitted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

FOLDER: Final = "photos"
"""Where photographs are kept, under the installation's home; no address of the server leads there."""
LONGEST_SIDE: Final = 1_600
LARGEST_UPLOAD: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000
"""What a telephone's camera takes at most; a file that unpacks to more is refused before it is unpacked."""
MOST_PER_VISIT: Final = 12
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QUALITY: Final = 82
_WRITTEN_BY_NOW_S: Final = 3600
_NAME: Final = re.compile(r"[0-9a-f]{32}\.jpg")
_ACTING = text("SELECT ekasih.acting_user()")


class PhotographRefused(InvalidInput):
    """The file is too large, is no picture, or there are enough photographs of this visit."""

    key = "photograph_refused"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: JPEG without metadata, with its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The checksum of what is kept."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPhotograph:
    """A photograph of one's own visit as it was uploaded; ``client_key`` is the device's own name for it."""

    visit_id: int
    client_key: UUID
    upload: bytes


def plain_picture(upload: bytes) -> Picture:
    """The picture in a file, turned upright, at most :data:`LONGEST_SIDE` wide or high, with nothing but its pixels.

    Raises:
        PhotographRefused: the file is too large, unpacks to too much, or is no picture that can be read.

    """
    if len(upload) > LARGEST_UPLOAD:
        raise PhotographRefused({"photo": "photo_too_large"})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(upload), formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise PhotographRefused({"photo": "photo_too_many_pixels"})
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                return _encoded(opened)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PhotographRefused({"photo": "photo_too_many_pixels"}) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise PhotographRefused({"photo": "photo_unreadable"}) from None


def _encoded(opened: Image.Image) -> Picture:
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # pixels alone are copied to a new picture: what the file said beside them stays behind
    plain = Image.new("RGB", upright.size, "white")
    clear = upright.convert("RGBA")
    plain.paste(clear, mask=clear.getchannel("A"))
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(written.getvalue(), *plain.size)


def keep_photograph(home: Path, writing: Callable[[], AbstractContextManager[Session]], command: AddPhotograph) -> int:
    """Keep an upload: its file first, then its row in a transaction of its own; answers the photograph's id.

    Raises:
        PhotographRefused, NotFound, StepNotPermitted: as :func:`plain_picture` and :func:`add_photograph`.

    """
    picture = plain_picture(command.upload)
    with adding(home, picture) as name:
        with writing() as session:
            photo, new = add_photograph(session, command, picture, name)
        if not new:
            file_of(home, name).unlink()
    return photo


@contextmanager
def adding(home: Path, picture: Picture) -> Iterator[str]:
    """Write a picture's file for the time of a block; answers its random name.

    The transaction that names the file belongs inside the block: where it fails, the file is removed again.
    """
    name = f"{secrets.token_hex(16)}.jpg"
    path = file_of(home, name)
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(picture.content)
            file.flush()
            os.fsync(file.fileno())
        yield name
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def add_photograph(session: Session, command: AddPhotograph, picture: Picture, name: str) -> tuple[int, bool]:
    """Keep a photograph of one's own visit, once; answers its id and whether ``name`` is now its file.

    Raises:
        NotFound: there is no such visit for who acts.
        StepNotPermitted: the visit is another officer's, or the focus group has decided.
        PhotographRefused: the visit has as many photographs as are kept.

    """
    visit = session.get(Visit, command.visit_id)
    if visit is None:
        raise NotFound
    if visit.officer_id != session.scalar(_ACTING):
        raise StepNotPermitted
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('visit_photo', :visit))"), {"visit": visit.id})
    sent = session.scalar(select(VisitPhoto).where(VisitPhoto.client_key == command.client_key))
    if sent is not None:
        if sent.visit_id != visit.id:
            raise StepNotPermitted
        return sent.id, False
    count = select(func.count()).select_from(VisitPhoto).where(VisitPhoto.visit_id == visit.id)
    if session.execute(count).scalar_one() >= MOST_PER_VISIT:
        raise PhotographRefused({"photo": "photo_enough"})
    photo = VisitPhoto(
        visit_id=visit.id,
        client_key=command.client_key,
        name=name,
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        bytes=len(picture.content),
    )
    session.add(photo)
    session.flush()
    district = session.scalar(
        text("SELECT district_code FROM ekasih.case_file WHERE id = :case_id"), {"case_id": visit.case_id}
    )
    audit.record(
        session,
        "add_photograph",
        subject="case",
        subject_id=visit.case_id,
        district_code=district,
        after={"visit": visit.id, "photo": photo.id},
    )
    return photo.id, True


def sweep(home: Path, connection: Connection) -> int:
    """Remove the files that no photograph names and that nobody is writing any more; answers how many there were.

    A file stays behind where the program was ended between it and its row.
    """
    old = time.time() - _WRITTEN_BY_NOW_S
    found = {path.name: path for path in (home / FOLDER).glob("*/*.jpg") if path.stat().st_mtime < old}
    unknown = set(found) - set(connection.scalars(select(VisitPhoto.name).where(VisitPhoto.name.in_(found))))
    for name in unknown:
        found[name].unlink(missing_ok=True)
    return len(unknown)


def file_of(home: Path, name: str) -> Path:
    """Where the photograph ``name`` is kept.

    Raises:
        NotFound: that is no name of a photograph.

    """
    if not _NAME.fullmatch(name):
        raise NotFound
    return home / FOLDER / name[:2] / name
