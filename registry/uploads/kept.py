"""Files that came from people and are kept beside the register: each has a random name, and a row that names it."""

from __future__ import annotations

import os
import re
import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from registry.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

_WRITTEN_BY_NOW_S: Final = 3600


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """Files of some ``kinds`` (endings) in a ``folder`` of the home; no address of the server leads there."""

    folder: str
    kinds: tuple[str, ...] = ("jpg",)

    def path(self, home: Path, name: str) -> Path:
        """Where the file ``name`` is kept.

        Raises:
            NotFound: that is no name of one.

        """
        if not re.fullmatch(rf"[0-9a-f]{{32}}\.({'|'.join(self.kinds)})", name):
            raise NotFound
        return home / self.folder / name[:2] / name

    @contextmanager
    def adding(self, home: Path, content: bytes, kind: str = "jpg") -> Iterator[str]:
        """Write a file for the time of a block; gives its random name.

        The transaction that names the file belongs inside the block: where it fails, the file is removed again.
        """
        name = f"{secrets.token_hex(16)}.{kind}"
        path = self.path(home, name)
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            yield name
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def sweep(self, home: Path, connection: Connection, named: Any) -> int:
        """Remove the files that no row names in the column ``named`` and that nobody is writing any more.

        Answers how many there were. A file stays behind where the program was ended between it and its row.
        """
        old = time.time() - _WRITTEN_BY_NOW_S
        paths = [path for kind in self.kinds for path in (home / self.folder).glob(f"*/*.{kind}")]
        found = {path.name: path for path in paths if path.stat().st_mtime < old}
        unknown = set(found) - set(connection.scalars(select(named).where(named.in_(found))))
        for name in unknown:
            found[name].unlink(missing_ok=True)
        return len(unknown)
