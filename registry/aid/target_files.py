"""A file of target groups (``sasaran/sasaran.json``), and how many households each would reach."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from registry.aid.conditions.language import MOST_BYTES, parse, read_json
from registry.aid.conditions.problems import BadCondition
from registry.aid.judging import count_by_district, require_needs, with_area_codes
from registry.uploads.archives import Archive, Unpacked
from registry.uploads.refusals import UnreadableUpload

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from registry.aid.conditions.language import Conditions

_FILE: Final = "sasaran.json"
_LONGEST_NAME: Final = 200
_MAY: Final = Unpacked(
    entries=1_000, entry_bytes=512 << 20, total_bytes=4 << 30, ratio=200, advice="Pack the folder sasaran alone."
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a file: who, on what day."""

    name: str
    conditions: Conditions
    day: date


def read_groups(path: Path) -> list[Group]:
    """The groups of a folder, a zip, or the file itself.

    Raises:
        UnreadableUpload: there is no such file, or it cannot be opened.
        BadCondition: a group cannot be meant as it is written; the message names it.

    """
    document = read_json(_data(path))
    if not isinstance(document, dict) or not isinstance(document.get("kumpulan"), list):
        raise BadCondition("no_groups")
    whole_day = document.get("pada_tarikh")
    found: dict[str, Group] = {}
    for no, raw in enumerate(document["kumpulan"], 1):
        name = raw.get("nama") if isinstance(raw, dict) else None
        if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME or name in found or "syarat" not in raw:
            raise BadCondition("no_group", given=f"{no}")
        day = _day(raw.get("pada_tarikh", whole_day), where=name)
        found[name] = Group(name, parse(raw["syarat"], raw.get("poligon")), day)
    return list(found.values())


def count_groups(connection: Connection, groups: list[Group]) -> dict[str, dict[str, Any]]:
    """Of each group how many households it reaches, and of them how many in each district that has any.

    Raises:
        BadCondition: a group names an area or a need that is none.

    """
    told: dict[str, dict[str, Any]] = {}
    for group in groups:
        require_needs(connection, group.conditions)
        counts = count_by_district(connection, with_area_codes(connection, group.conditions), group.day)
        told[group.name] = {"total": sum(counts.values()), "by_district": counts}
    return told


def _day(raw: Any, *, where: str) -> date:
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        raise BadCondition("no_day", where=where, given=str(raw)[:20]) from None


def _data(path: Path) -> bytes:
    if path.is_dir():
        found = sorted(path.rglob(_FILE), key=lambda file: len(file.parts))
        path = found[0] if found else path / "sasaran" / _FILE
    if not path.is_file():
        raise UnreadableUpload(f"There is no sasaran/{_FILE} at {path.name}.", reason="files_missing")
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    archive = Archive(path, _MAY)
    for name in _inside(archive):
        with archive.open(name) as entry:
            return entry.read(MOST_BYTES + 1)
    raise UnreadableUpload(f"{path.name} has no sasaran/{_FILE}.", reason="files_missing")


def _inside(archive: Archive) -> Iterator[str]:
    names = [name for name in archive.names if PurePosixPath(name).name.lower() == _FILE]
    yield from sorted((name for name in names if not name.startswith("__MACOSX")), key=lambda name: name.count("/"))
