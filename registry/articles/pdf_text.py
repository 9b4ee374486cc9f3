"""Prints the text of a PDF: a program of its own, so that a file that is made to cost much costs this process alone."""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

MOST_SIGNS: Final = 400_000
_MOST_PAGES: Final = 1_000
_MOST_SECONDS: Final = 60
_MOST_MEMORY: Final = 1 << 30


def text_of_pdf(path: Path, *, seconds: int = _MOST_SECONDS) -> str:
    """The text of a PDF; empty where it holds none, is damaged, or asks for more than it may."""
    command = [sys.executable, "-m", "registry.articles.pdf_text", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode(errors="replace")[:MOST_SIGNS].replace("\x00", " ") if done.returncode == 0 else ""


def _print(path: str) -> None:
    from pypdf import PdfReader  # noqa: PLC0415 - only this process reads PDFs

    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    said = 0
    for page in PdfReader(path).pages[:_MOST_PAGES]:
        text = page.extract_text()
        said += len(text)
        sys.stdout.buffer.write(text.encode(errors="ignore") + b"\n")
        if said > MOST_SIGNS:
            break


if __name__ == "__main__":
    _print(sys.argv[1])
