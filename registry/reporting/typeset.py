"""Sets a report as a document: PDF/A-2a and PDF/UA-1 with bookmarks, to the same bytes; and its pages as SVG."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import reportlab
import typst
from reportlab.pdfbase.ttfonts import TTFontFile

from layers import numbers
from registry.reporting.content import canonical

if TYPE_CHECKING:
    from registry.reporting.content import Content

_TEMPLATES: Final = Path(__file__).parent
_STANDARDS: Final[Any] = ["a-2a", "ua-1"]
_BESIDE: Final = frozenset(map(ord, f"\n▲▼{numbers.MINUS}≤≥→"))
"""What the type lacks and the one that stands in for it has."""


def pdf(content: Content) -> bytes:
    """The document. Nothing of this machine is in it: no other type, no time but that of the edition."""
    made = _compiled(content, "pdf", pdf_standards=_STANDARDS, timestamp=_moment(content))
    return bytes(made)


def pages_of(said: str) -> list[str]:
    """The pages of what was kept as pictures in lines, each by itself."""
    made = _compiled(json.loads(said), "svg")
    return [one.decode() for one in (made if isinstance(made, list) else [made])]


def _compiled(content: Content, kind: Any, **how: Any) -> Any:
    with tempfile.TemporaryDirectory(prefix="ekasih-") as folder:
        root = Path(folder)
        # only what is in this folder can be read while a document is set
        shutil.copyfile(_TEMPLATES / f"report_{int(content['format'])}.typ", root / "report.typ")
        (root / "content.json").write_text(_in_type(canonical(content)), encoding="utf-8")
        compiler = typst.Compiler(root / "report.typ", root=root, font_paths=_type())
        return compiler.compile(format=kind, **how)


def _in_type(said: str) -> str:
    """The words without letters that no type here has: a document that lacks a letter is refused as a whole."""
    known = _letters()
    return "".join(letter if ord(letter) in known else "?" for letter in said)


@cache
def _letters() -> frozenset[int]:
    face = TTFontFile(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    return frozenset(face.charToGlyph) | _BESIDE


def _moment(content: Content) -> int:
    return int(datetime.fromisoformat(content["made_at"]).timestamp())


@cache
def _type() -> Any:
    """The type of the papers, which comes with the library that writes them, and what the setter brings along."""
    folder = Path(reportlab.__file__).parent / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
