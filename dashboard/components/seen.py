"""The pages of a list that were seen: where each ends, so that the next one is read from there on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Place = TypeVar("Place")
_MOST: Final = 500


@dataclass(frozen=True)
class Seen:
    """Where in the list ``of`` the pages that were seen end.

    ``places`` has the place of a row by how many rows come before the one after it; it is kept in the browser.
    """

    of: str
    places: dict[int, str]

    @classmethod
    def of_list(cls, name: str, kept: Mapping[str, object] | None) -> Seen:
        """What the browser has kept, as far as it is of this list in this order."""
        mine = kept if kept and kept.get("of") == name else {}
        return cls(name, {int(key): str(place) for key, place in mine.items() if key.isascii() and key.isdigit()})

    def nearest(self, start: int, parse: Callable[[str], Place | None]) -> tuple[int, Place | None]:
        """The nearest known place before a row: how many rows come up to it, and where; 0 and ``None`` for none."""
        for count in sorted((count for count in self.places if count <= start), reverse=True):
            place = parse(self.places[count])
            if place is not None:
                return count, place
        return 0, None

    def ending(self, count: int, place: str) -> dict[str, str]:
        """The same with the end of one more page, as the browser keeps it."""
        latest = sorted({**self.places, count: place}.items())[-_MOST:]
        return {"of": self.of, **{str(key): text for key, text in latest}}
