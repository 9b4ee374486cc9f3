"""Takes in a file as a stream: its bytes into a file of a random name that only the server reads."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from registry.errors import NotFound
from registry.uploads.refusals import NoRoom, UnreadableUpload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

_CHUNK: Final = 1 << 20
_ROOM: Final = 2
"""How many times its size must be free: what is in a file is copied once more, packed out or into the database."""
_BEING_WRITTEN_S: Final = 3_600
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file on its way in: how long it says it is, what it is called, and its bytes."""

    length: int
    name: str
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that has come in whole."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """How a kind of upload is taken in.

    ``is_one`` tells by the first bytes whether it can be one, ``kind_of`` by the whole file what it is: its suffix.
    """

    most_bytes: int
    is_one: Callable[[bytes], bool]
    kind_of: Callable[[Path], str]
    refusal: type[UnreadableUpload]
    not_one: str
    """The reason where ``is_one`` says no."""


@contextmanager
def taken_in(folder: Path, upload: Upload, how: Taking) -> Iterator[Taken]:
    """The file as it lies in ``folder`` (0600, a random name); it goes again where the block fails.

    Raises:
        NoRoom: the disk has no room; not a byte was read.
        UnreadableUpload: as ``how.refusal``; it is empty, too large, cut off, or no such file.

    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not 0 < upload.length <= how.most_bytes:
        raise how.refusal("The file is empty or too large.", reason="too_large")
    if shutil.disk_usage(folder).free < _ROOM * upload.length:
        raise NoRoom
    part = folder / f"{secrets.token_hex(16)}.part"
    kept = part
    try:
        digest = _received(part, upload, how)
        kept = part.replace(part.with_suffix(f".{how.kind_of(part)}"))
        yield Taken(kept, digest)
    except BaseException:
        part.unlink(missing_ok=True)
        kept.unlink(missing_ok=True)
        raise


def _received(target: Path, upload: Upload, how: Taking) -> str:
    """Write the bytes to ``target``; answers their checksum."""
    digest, came = hashlib.sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := upload.stream.read(_CHUNK):
            if not came and not how.is_one(chunk):
                raise how.refusal("The file is of no kind that is read.", reason=how.not_one)
            came += len(chunk)
            if came > how.most_bytes:
                raise how.refusal("The file is too large.", reason="too_large")
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if came != upload.length:
        raise how.refusal("Not all of the file has come.", reason="cut_off")
    return digest.hexdigest()


def kept_file(folder: Path, name: str, *, named: re.Pattern[str]) -> Path:
    """Where the file of an upload is kept.

    Raises:
        NotFound: that is no name of one.

    """
    if not named.fullmatch(name):
        raise NotFound
    return folder / name


def plain_name(said: str, otherwise: str) -> str:
    """A file's name as it is shown: without a path, without characters that are not to be seen."""
    name = re.split(r"[/\\]", said)[-1]
    shown = "".join(letter for letter in name if letter.isprintable()).strip()
    return shown[-_LONGEST_NAME:] or otherwise


def forgotten(folder: Path, *, named: re.Pattern[str], kept: AbstractSet[str]) -> int:
    """Remove files of uploads whose stem is not among ``kept`` and that nobody is writing; how many went."""
    before = time.time() - _BEING_WRITTEN_S
    gone = [
        path
        for path in folder.glob("*")
        if named.fullmatch(path.name) and path.name.split(".")[0] not in kept and path.stat().st_mtime < before
    ]
    for path in gone:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return len(gone)
