"""Keeps the photographs of projects: plain JPEG of pixels alone, their day and place beside them in the register."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID  # noqa: TC003 - a field's type

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from registry import audit
from registry.errors import NotFound
from registry.projects.models import ProjectPhoto
from registry.refusals import refusals_named
from registry.uploads.kept import KeptFiles
from registry.visits.pictures import plain_picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

FILES: Final = KeptFiles("project-photos")


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
    with FILES.adding(home, picture.content) as name:
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
        if not kept:
            file_of(home, name).unlink()
    return kept


def sweep(home: Path, connection: Connection) -> int:
    """Remove the files that no photograph names and that nobody is writing any more; answers how many there were."""
    return FILES.sweep(home, connection, ProjectPhoto.name)


def file_of(home: Path, name: str) -> Path:
    """Where the photograph ``name`` is kept.

    Raises:
        NotFound: that is no name of one.

    """
    return FILES.path(home, name)
