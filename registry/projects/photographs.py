"""Keeps the photographs of projects: plain JPEG of pixels alone, their day and place beside them in the register."""

from __future__ import annotations

import os
import re
import secrets
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID  # noqa: TC003 - a field's type

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from registry import audit
from registry.errors import NotFound
from registry.projects.models import ProjectPhoto
from registry.refusals import refusals_named
from registry.visits.pictures import plain_picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

FOLDER: Final = "project-photos"
"""Where they are kept, under the installation's home; no address of the server leads there."""
_WRITTEN_BY_NOW_S: Final = 3600
_NAME: Final = re.compile(r"[0-9a-f]{32}\.jpg")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """What is known of a photograph: before, meanwhile (of which milestone) or after; its day and its place."""

    phase: str
    position: int | None
    day: date
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProjectPhoto:
    """A photograph of a project as it was uploaded; ``client_key`` is the browser's own name for it."""

    number: str
    client_key: UUID
    facts: PhotoFacts
    upload: bytes


def keep_project_photo(
    home: Path, writing: Callable[[], AbstractContextManager[Session]], command: AddProjectPhoto
) -> int:
    """Keep an upload: its file first, then its row; answers the photograph's id, 0 for one that was sent before.

    Whether it may be kept is asked before a byte of it is looked at, and again with its row.

    Raises:
        NotFound: there is no such project for who acts.
        PhotographRefused: the file is no picture, or too large.
        RegistryError: the project takes no photographs any more, or something of its facts is missing.

    """
    facts = command.facts
    with writing() as session, refusals_named(session):
        asked = func.ekasih.photographed_project(command.number, facts.phase, facts.position)
        if session.execute(select(asked)).scalar_one() is None:
            raise NotFound
    picture = plain_picture(command.upload)
    name = f"{secrets.token_hex(16)}.jpg"
    path = file_of(home, name)
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(picture.content)
            file.flush()
            os.fsync(file.fileno())
        row = asdict(facts) | {
            "name": name,
            "sha256": picture.sha256,
            "width": picture.width,
            "height": picture.height,
            "bytes": len(picture.content),
        }
        with writing() as session, refusals_named(session):
            asked = func.ekasih.add_project_photo(command.number, command.client_key, cast(audit.plain(row), JSONB))
            kept = int(session.execute(select(asked)).scalar_one() or 0)
    finally:
        if not kept:
            path.unlink(missing_ok=True)
    return kept


def sweep(home: Path, connection: Connection) -> int:
    """Remove the files that no photograph names and that nobody is writing any more; answers how many there were."""
    old = time.time() - _WRITTEN_BY_NOW_S
    found = {path.name: path for path in (home / FOLDER).glob("*/*.jpg") if path.stat().st_mtime < old}
    unknown = set(found) - set(connection.scalars(select(ProjectPhoto.name).where(ProjectPhoto.name.in_(found))))
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
