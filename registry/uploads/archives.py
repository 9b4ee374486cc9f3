"""What a packed file may unpack to: bounded by its directory before it is read, and by what comes out meanwhile."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from registry.uploads.refusals import UnreadableUpload

if TYPE_CHECKING:
    from pathlib import Path

_MIB: Final = 1 << 20
_CHUNK: Final = 1 << 18
_LEADS_OUT: Final = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """How much an archive may unpack to, and what to do where it would be more."""

    entries: int
    entry_bytes: int
    total_bytes: int
    ratio: int
    """Honest files of text shrink to a tenth, spreadsheets to a fiftieth at most."""
    ratio_from_bytes: int = 16 * _MIB
    """Below this nothing is said by how well a file was packed."""
    advice: str
    refusal: type[UnreadableUpload] = UnreadableUpload


class Archive:
    """A zip whose files are read as streams, within what it may unpack to.

    Raises:
        UnreadableUpload: as ``may.refusal``; it would unpack to more, or is damaged.

    """

    def __init__(self, path: Path, may: Unpacked) -> None:
        self.path, self._may = path, may
        self._total = 0
        try:
            with zipfile.ZipFile(path) as archive:
                self._entries = {entry.filename: entry for entry in archive.infolist()}
                count = len(archive.infolist())
        except zipfile.BadZipFile as error:
            raise may.refusal(f"{path.name} is damaged. Ask for it again.") from error
        if count > may.entries:
            self._refuse(f"holds {count:,} files, more than {may.entries:,}", "many_files", most=may.entries)
        if sum(entry.file_size for entry in self._entries.values()) > may.total_bytes:
            self._refuse(f"would unpack to more than {_size(may.total_bytes)}")
        for entry in self._entries.values():
            self._require_inside(entry)
            self._require_plausible(entry)

    @property
    def names(self) -> list[str]:
        """The files in it, with their folders."""
        return list(self._entries)

    def open(self, name: str, *, most: int | None = None) -> IO[bytes]:
        """A file as a stream, of ``most`` bytes at most. Raises KeyError where there is none."""
        entry = self._entries[name]
        most = min(most or self._may.entry_bytes, self._may.entry_bytes)
        if entry.file_size > most:
            self._refuse(f"has a part that would unpack to more than {_size(most)}")
        whole = zipfile.ZipFile(self.path)
        try:
            return io.BufferedReader(_Counted(whole, whole.open(entry), self, most), _CHUNK)
        except BaseException:
            whole.close()
            raise

    def count(self, came: int, of_entry: int, most: int) -> None:
        """Count what was unpacked, whatever the directory said."""
        self._total += came
        # a file is read twice: for its checksum, and to be stored
        if of_entry > most or self._total > 2 * self._may.total_bytes:
            self._refuse("unpacks to more than it says")

    def _require_plausible(self, entry: zipfile.ZipInfo) -> None:
        if entry.file_size > self._may.entry_bytes:
            self._refuse(f"has a part that would unpack to more than {_size(self._may.entry_bytes)}")
        if entry.file_size > max(self._may.ratio_from_bytes, self._may.ratio * entry.compress_size):
            self._refuse(f"has a part that would unpack to more than {self._may.ratio} times its size")

    def _require_inside(self, entry: zipfile.ZipInfo) -> None:
        """Refuse names that lead out, and links: nothing is unpacked by its name, yet no honest file has them."""
        leads_out = _LEADS_OUT.search(entry.orig_filename) or "\x00" in entry.orig_filename
        if leads_out or stat.S_ISLNK(entry.external_attr >> 16):
            raise self._may.refusal(
                f"{self.path.name} holds a name that leads out of it. Nothing was imported. Pack the files anew.",
                reason="path",
            )

    def _refuse(self, what: str, reason: str = "bomb", **values: object) -> None:
        told = f"{self.path.name} {what}. Nothing was imported. {self._may.advice}"
        raise self._may.refusal(told, reason=reason, **values)


class _Counted(io.RawIOBase):
    """A stream that counts what it gives."""

    def __init__(self, whole: zipfile.ZipFile | None, source: IO[bytes], archive: Archive, most: int) -> None:
        self._whole, self._source, self._archive, self._most = whole, source, archive, most
        self._given = 0

    def readable(self) -> bool:
        """Nothing is written to it."""
        return True

    def readinto(self, target: Any) -> int:
        """Fill a buffer as far as there is something."""
        data = self._source.read(len(target))
        self._given += len(data)
        self._archive.count(len(data), self._given, self._most)
        target[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the archive with it."""
        self._source.close()
        if self._whole is not None:
            self._whole.close()
        super().close()


def _size(number: int) -> str:
    return f"{number >> 30} GB" if number >> 30 else f"{number >> 20} MB"
