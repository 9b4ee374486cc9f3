"""Downloads official boundary files, or takes them from a mirror, and refuses what is not the file it should be."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import requests

REGISTRY = Path(__file__).resolve().parents[1] / "data" / "boundaries" / "registry.json"
Progress = Callable[[str, int, int], None]
"""Hears a level, the bytes that have come, and those that its file has."""

_CHUNK = 64 * 1024
_TICK_SECONDS = 0.05


class FetchError(RuntimeError):
    """A boundary file could not be fetched; the message says why and what to do."""


class UnknownSourceError(FetchError):
    """The registry names no file for the level."""


class UnreachableSourceError(FetchError):
    """The address does not answer, or too slowly."""


class MissingFileError(UnreachableSourceError):
    """The address answers, or the mirror is there, but the file is not."""


class WrongChecksumError(FetchError):
    """The file is not the one that the registry describes."""


@dataclass(frozen=True)
class Source:
    """Where a level's official file is, and how it is known to be the right one."""

    level: str
    url: str
    sha256: str
    bytes: int
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
    """A boundary file on disk, checked."""

    path: Path
    source: Source


@dataclass(frozen=True)
class Patience:
    """How long a server is waited for."""

    answer_seconds: float
    """Until it must have begun to answer, with the time that finding its address takes."""
    grace_seconds: float
    """Until it is asked how fast it is."""
    slowest: int
    """Bytes a second that must have come since the beginning, from then on."""


BY_HAND = Patience(answer_seconds=60, grace_seconds=60, slowest=5_000)
"""Somebody asked for the file and looks on."""
BY_ITSELF = Patience(answer_seconds=2, grace_seconds=10, slowest=200_000)
"""Nobody asked: what does not come at once is done without."""


def sources(registry: Path = REGISTRY) -> dict[str, Source]:
    """Official sources by level, each after those that it is checked against."""
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
    patience: Patience = BY_HAND,
    progress: Progress | None = None,
) -> Fetched:
    """The official file of a level in ``folder``, checked; downloaded only where it is not there already.

    ``mirror`` is a folder or a base address that holds the same files.

    Raises:
        UnknownSourceError: the registry has no such level.
        UnreachableSourceError: no answer in time, too slow, or not in the mirror.
        WrongChecksumError: not the file of the registry; nothing is kept.
    """
    known = sources(registry)
    if level not in known:
        raise UnknownSourceError(f"no official file is known for {level}; known are: {', '.join(known)}")
    source = known[level]
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / source.file_name
    if kept.is_file() and _digest(kept) == source.sha256:
        return Fetched(kept, source)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        arrived = Path(scratch) / source.file_name
        _obtain(source, arrived, mirror=mirror, patience=patience, progress=progress)
        _check(source, arrived)
        arrived.replace(kept)
    return Fetched(kept, source)


def host_of(mirror: str | None, registry: Path = REGISTRY) -> str:
    """Who is asked for the files, as one would name it: hosts, or the folder."""
    if mirror is not None:
        return urlsplit(mirror).netloc.rpartition("@")[2] if "://" in mirror else mirror
    return ", ".join(dict.fromkeys(urlsplit(source.url).netloc for source in sources(registry).values()))


def _obtain(source: Source, target: Path, *, mirror: str | None, patience: Patience, progress: Progress | None) -> None:
    if mirror is not None and "://" not in mirror:
        _from_folder(source, target, folder=Path(mirror))
        return
    names = (source.file_name, *source.also_named)
    addresses = [source.url] if mirror is None else [f"{mirror.rstrip('/')}/{name}" for name in names]
    for address in addresses:
        try:
            _Download(address, source, target).watch(patience, progress)
        except MissingFileError as error:
            failure = error
        else:
            return
    raise failure


def _from_folder(source: Source, target: Path, *, folder: Path) -> None:
    for name in (source.file_name, *source.also_named):
        if (folder / name).is_file():
            shutil.copyfile(folder / name, target)
            return
    raise MissingFileError(f"the mirror {folder} has no {source.file_name}")


def _check(source: Source, path: Path) -> None:
    size = path.stat().st_size
    if size < source.bytes:
        raise WrongChecksumError(f"{source.file_name} ended after {size:,} of {source.bytes:,} bytes; nothing was kept")
    digest = _digest(path)
    if digest != source.sha256:
        raise WrongChecksumError(
            f"{source.file_name} has the checksum {digest}, the registry says {source.sha256}: the file was "
            "changed or damaged, and nothing was kept"
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Download(threading.Thread):
    """Asks for a file in a thread of its own, for no library bounds the time that finding an address takes."""

    def __init__(self, url: str, source: Source, target: Path) -> None:
        super().__init__(daemon=True)
        self._url, self._source, self._target = url, source, target
        self._host = host_of(url)
        self._answered = self._given_up = False
        self._came = 0
        self._failure: FetchError | None = None

    def watch(self, patience: Patience, progress: Progress | None) -> None:
        """Wait until the file is there; raises where it does not come in time."""
        self._seconds = patience.answer_seconds + patience.grace_seconds
        begun = time.monotonic()
        self.start()
        while self.is_alive():
            self.join(_TICK_SECONDS)
            if progress:
                progress(self._source.level, self._came, self._source.bytes)
            waited = time.monotonic() - begun
            if self.is_alive() and (late := self._late(waited, patience)):
                self._given_up = True
                raise UnreachableSourceError(late)
        if self._failure:
            raise self._failure

    def _late(self, waited: float, patience: Patience) -> str | None:
        if not self._answered:
            return f"{self._host} did not answer in {waited:.0f} s" if waited > patience.answer_seconds else None
        slow = waited > patience.grace_seconds and self._came < patience.slowest * waited
        return f"{self._host} is too slow: {self._came:,} bytes came in {waited:.0f} s" if slow else None

    def run(self) -> None:
        """Take the file in; what goes wrong is told to who watches."""
        try:
            with (
                requests.get(self._url, stream=True, timeout=self._seconds) as answer,
                self._target.open("wb") as file,
            ):
                self._take(answer, file.write)
        except FetchError as error:
            self._failure = error
        except (requests.RequestException, OSError, ValueError) as error:
            self._failure = UnreachableSourceError(f"{self._host} cannot be asked ({type(error).__name__})")

    def _take(self, answer: requests.Response, write: Callable[[bytes], int]) -> None:
        self._answered = True
        if answer.status_code == HTTPStatus.NOT_FOUND:
            raise MissingFileError(f"{self._host} has no {PurePosixPath(self._url).name}")
        answer.raise_for_status()
        for chunk in answer.iter_content(_CHUNK):
            write(chunk)
            self._came += len(chunk)
            if self._came > self._source.bytes:
                raise WrongChecksumError(f"{self._source.file_name} is longer than the registry says; nothing was kept")
            if self._given_up:
                return
