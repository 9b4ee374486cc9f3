"""Makes a plain small JPEG of an uploaded picture: judged by its header before anything of it is unpacked."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from registry.errors import InvalidInput

LONGEST_SIDE: Final = 1_600
LARGEST_UPLOAD: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = {"JPEG": 60_000_000, "progressive": 24_000_000, "PNG": 12_000_000, "WEBP": 12_000_000}
"""By format. A JPEG is unpacked at a fraction of its size, of a progressive one all coefficients are kept first."""
MOST_UNPACKED: Final = 12_000_000
"""Pixels that are unpacked at most, whatever the format."""
_QUALITY: Final = 82
_WEBP_HEADER: Final = 30


class PhotographRefused(InvalidInput):
    """The file is too large, is no picture, or there are enough photographs of this visit."""

    key = "photograph_refused"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: JPEG without metadata, with its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The checksum of what is kept."""
        return hashlib.sha256(self.content).hexdigest()


def plain_picture(upload: bytes) -> Picture:
    """The picture in a file, turned upright, at most :data:`LONGEST_SIDE` wide or high, with nothing but its pixels.

    Raises:
        PhotographRefused: the file is too large, unpacks to too much, or is no picture that can be read.

    """
    if len(upload) > LARGEST_UPLOAD:
        raise PhotographRefused({"photo": "photo_too_large"})
    _require_few(_webp_size(upload), "WEBP")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limits here are lower
            # reads the header alone
            with Image.open(io.BytesIO(upload), formats=("JPEG", "PNG", "WEBP")) as opened:
                progressive = opened.info.get("progressive") or opened.info.get("progression")
                # a JPEG with a second picture behind it calls itself MPO
                kind = opened.format if opened.format in {"PNG", "WEBP"} else "JPEG"
                _require_few(opened.size, "progressive" if progressive else kind)
                _draft(opened)
                return _encoded(opened)
    except Image.DecompressionBombError:
        raise PhotographRefused({"photo": "photo_too_many_pixels"}) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise PhotographRefused({"photo": "photo_unreadable"}) from None


def _require_few(size: tuple[int, int], kind: str) -> None:
    if size[0] * size[1] > MOST_PIXELS[kind]:
        raise PhotographRefused({"photo": "photo_too_many_pixels"})


def _draft(opened: Image.Image) -> None:
    """Have a JPEG unpacked at the least size that is still large enough; refuse what stays too large."""
    shrink = LONGEST_SIDE / max(opened.size)
    if shrink < 1:
        opened.draft("RGB", (max(1, int(opened.width * shrink)), max(1, int(opened.height * shrink))))
    if opened.width * opened.height > MOST_UNPACKED:
        raise PhotographRefused({"photo": "photo_too_many_pixels"})


def _webp_size(upload: bytes) -> tuple[int, int]:
    """The canvas a WebP file states, whose decoder makes room for it as soon as the file is opened; else nothing."""
    head = upload[:_WEBP_HEADER]
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < _WEBP_HEADER:
        return 0, 0
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _encoded(opened: Image.Image) -> Picture:
    clear = opened.convert("RGBA")
    clear.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clear.info = {}
    clear.getexif().update(opened.getexif())
    upright = ImageOps.exif_transpose(clear)
    # pixels alone are copied to a new picture: what the file said beside them stays behind
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(written.getvalue(), *plain.size)
