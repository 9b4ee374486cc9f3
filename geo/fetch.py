"""Downloads official boundary files, or takes them from a mirror, and refuses what is not the file it should be."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pooch
import requests

REGISTRY = Path(__file__).resolve().parents[1] / "data" / "boundaries" / "registry.json"
RECORDED = "recorded.json"
"""Kept beside the downloads: the checksum of each file whose registry entry has none, as first seen."""

_TIMEOUT_SECONDS = 60


class FetchError(RuntimeError):
    """A boundary file could not be fetched; the message says why and what to do."""


class UnknownSourceError(FetchError):
    """The registry names no file for the level."""


class UnreachableSourceError(FetchError):
    """The address does not answer, or the mirror lacks the file."""


class WrongChecksumError(FetchError):
    """The file is not the one that the registry describes."""


class ChangedSourceError(FetchError):
    """The file differs from the one fetched before, and the registry does not say which is right."""


@dataclass(frozen=True)
class Source:
    """Where a level's official file is, and how it is known to be the right one."""

    level: str
    url: str
    sha256: str | None
    also_named: tuple[str, ...]
    """Other names under which mirrors keep the same file."""
    source: str
    licence: str
    accuracy_m: int

    @property
    def file_name(self) -> str:
        """Name of the file at its address."""
        return PurePosixPath(self.url).name


@dataclass(frozen=True)
class Fetched:
    """A boundary file on disk."""

    path: Path
    sha256: str
    source: Source
    first_seen: bool
    """Whether its checksum was recorded just now, for want of one in the registry."""


def sources(registry: Path = REGISTRY) -> dict[str, Source]:
    """Official sources by level."""
    entries = json.loads(registry.read_text(encoding="utf-8"))
    return {
        level: Source(level=level, **{**entry, "also_named": tuple(entry["also_named"])})
        for level, entry in entries.items()
    }


def fetch(
    level: str,
    *,
    folder: Path,
    mirror: str | None = None,
    registry: Path = REGISTRY,
    accept_change: bool = False,
    progress: bool = False,
) -> Fetched:
    """The official file of a level in ``folder``, checked; downloaded only where it is not there already.

    ``mirror`` is a folder or a base address that holds the same files. Where the registry has no checksum, that of
    the first download is recorded in the folder; a different file later needs ``accept_change``.

    Raises:
        UnknownSourceError: the registry has no such level.
        UnreachableSourceError: no answer, or not in the mirror.
        WrongChecksumError: not the file of the registry.
        ChangedSourceError: not the file that was recorded, and the change was not accepted.
    """
    known = sources(registry)
    if level not in known:
        raise UnknownSourceError(f"no official file is known for {level}; known are: {', '.join(known)}")
    source = known[level]
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / source.file_name
    if source.sha256 and kept.is_file() and pooch.file_hash(str(kept)) == source.sha256:
        return Fetched(kept, source.sha256, source, first_seen=False)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        arrived = Path(scratch) / source.file_name
        _obtain(source, arrived, mirror=mirror, progress=progress)
        digest: str = pooch.file_hash(str(arrived))
        first_seen = _check(source, digest, folder / RECORDED, accept_change=accept_change)
        arrived.replace(kept)
    return Fetched(kept, digest, source, first_seen=first_seen)


def _obtain(source: Source, target: Path, *, mirror: str | None, progress: bool) -> None:
    if mirror is None:
        _download(source.url, target, progress=progress)
    elif "://" in mirror:
        _from_base_address(source, target, base=mirror, progress=progress)
    else:
        _from_folder(source, target, folder=Path(mirror))


def _from_folder(source: Source, target: Path, *, folder: Path) -> None:
    for name in (source.file_name, *source.also_named):
        if (folder / name).is_file():
            shutil.copyfile(folder / name, target)
            return
    raise UnreachableSourceError(f"the mirror {folder} has no {source.file_name}")


def _from_base_address(source: Source, target: Path, *, base: str, progress: bool) -> None:
    for name in (source.file_name, *source.also_named):
        try:
            _download(f"{base.rstrip('/')}/{name}", target, progress=progress)
        except UnreachableSourceError as error:
            failure = error
        else:
            return
    raise failure


def _download(url: str, target: Path, *, progress: bool) -> None:
    downloader = pooch.HTTPDownloader(progressbar=progress, timeout=_TIMEOUT_SECONDS)
    try:
        downloader(url, str(target), None)
    except (requests.RequestException, OSError, ValueError) as error:
        raise UnreachableSourceError(
            f"{url} cannot be downloaded ({type(error).__name__}): check the connection, or fetch the file elsewhere "
            "and point --mirror at the folder that holds it"
        ) from error


def _check(source: Source, digest: str, recorded: Path, *, accept_change: bool) -> bool:
    """Whether the file is seen for the first time; raises where it is not the right one."""
    if source.sha256:
        if digest != source.sha256:
            raise WrongChecksumError(
                f"{source.file_name} has the checksum {digest}, the registry says {source.sha256}: the file was "
                "changed or damaged, and nothing was kept"
            )
        return False
    seen: dict[str, str] = json.loads(recorded.read_text(encoding="utf-8")) if recorded.is_file() else {}
    before = seen.get(source.level)
    if before and before != digest and not accept_change:
        raise ChangedSourceError(
            f"{source.file_name} has changed since it was first fetched (checksum {before} then, {digest} now): "
            "compare the two and accept the change to use it"
        )
    recorded.write_text(json.dumps({**seen, source.level: digest}, indent=2) + "\n", encoding="utf-8")
    return before is None
