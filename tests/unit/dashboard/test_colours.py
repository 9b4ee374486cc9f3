"""A colour means one thing: red is of the hardcore poor alone, and what is wrong has one colour of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CSS = Path(__file__).resolve().parents[3] / "dashboard" / "assets"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_OF_TEGAR = re.compile(r"tegar|below_food")
_OF_WRONG = re.compile(r"error|aria-invalid|is-wrong|problem|refused")
_RED = re.compile(r"--ek-(?:ramp-)?tegar")


def rules() -> Iterator[tuple[str, str]]:
    """Every rule of the styles: what it is for, and what it says."""
    for path in CSS.rglob("*.css"):
        if path.name != "tokens.css" and "vendor" not in path.parts:
            text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            yield from ((selector.strip(), said) for selector, said in _RULE.findall(text))


def test_red_is_for_the_hardcore_poor_only() -> None:
    assert {selector for selector, said in rules() if _RED.search(said) and not _OF_TEGAR.search(selector)} == set()


def test_what_is_wrong_has_one_colour() -> None:
    spoken = re.compile(r"(?:^|;)\s*(?:color|border(?:-left|-color)?):[^;]*var\(--ek-([\w-]+)\)")
    of_wrong = [(selector, said) for selector, said in rules() if _OF_WRONG.search(selector)]
    told = {(selector, tone) for selector, said in of_wrong for tone in spoken.findall(said)}
    neutral = {"line", "line-strong", "ink", "ink-soft", "muted", "paper", "at-risk"}
    assert {tone for _selector, tone in told} - neutral == {"off-track"}, told
