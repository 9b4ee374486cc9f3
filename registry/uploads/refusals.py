"""Why a file that was sent is not taken."""

from __future__ import annotations

from registry.errors import RegistryError


class UnreadableUpload(RegistryError):
    """The file cannot be read; nothing of it was kept.

    ``reason`` names the sentence in the catalogues; each kind of upload has its own (``delivery.problem_<reason>``).
    """

    key = "unreadable_upload"

    def __init__(self, message: str = "", *, reason: str = "damaged", **values: object) -> None:
        super().__init__(message, **values)
        self.reason = reason


class TooManyUploads(RegistryError):
    """As many uploads of this account lie there as may."""

    key = "too_many_uploads"


class NoRoom(RegistryError):
    """The disk has no room for a file of this size."""

    key = "no_room"
