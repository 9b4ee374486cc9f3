"""What a packed delivery may unpack to."""

from __future__ import annotations

from typing import Final

from registry.uploads.archives import Unpacked
from registry.uploads.refusals import UnreadableUpload

_MIB: Final = 1 << 20


class UnreadableDelivery(UnreadableUpload):
    """The delivery cannot be read; nothing was imported.

    ``reason`` names the sentence in the catalogues (``delivery.problem_<reason>``).
    """

    key = "unreadable_delivery"


CSV_ZIP: Final = Unpacked(
    entries=1_000,
    entry_bytes=10 << 30,
    total_bytes=20 << 30,
    ratio=100,
    advice="Divide it by state.",
    refusal=UnreadableDelivery,
)
WORKBOOK: Final = Unpacked(
    entries=1_000,
    entry_bytes=512 * _MIB,
    total_bytes=768 * _MIB,
    ratio=100,
    advice="Save its sheets as .csv files, and those in a .zip.",
    refusal=UnreadableDelivery,
)
AID_ZIP: Final = Unpacked(
    entries=1_000,
    entry_bytes=512 * _MIB,
    total_bytes=2 << 30,
    ratio=100,
    advice="Divide it by month.",
    refusal=UnreadableDelivery,
)
