"""Panels with words and courses on a sheet of paper, put there piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from layers.drawn import Line, Polygon, Text
from layers.palettes import TOKENS
from layers.spark import stretches

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from layers.drawn import Frame

LETTER: Final = 0.6
"""How wide a letter is at most, of its size."""


@dataclass(slots=True)
class Panels:
    """What is put on the sheet, piece by piece."""

    shapes: list[Polygon] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def box(self, frame: Frame) -> None:
        """A panel."""
        left, top, right, bottom = frame
        ring = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        self.shapes.append(Polygon((ring,), TOKENS["paper"], TOKENS["line"], weight=0.8))

    def write(
        self, x: float, y: float, words: str, size: float = 9.0, *, quiet: bool = False, bold: bool = False
    ) -> None:
        """Words from a place to the right."""
        self.texts.append(Text((x, y), words, size, TOKENS["ink-soft" if quiet else "ink"], bold=bold))

    def end(self, x: float, y: float, words: str, size: float = 9.0, *, bold: bool = False) -> None:
        """Words that end at a place."""
        self.write(x - len(words) * size * LETTER, y, words, size, bold=bold)

    def wrap(self, x: float, y: float, words: str, width: float, size: float = 9.0, *, quiet: bool = False) -> float:
        """Words in as many lines as they take; where the next line would be."""
        for line in lines_of(words, int(width / (size * LETTER))):
            self.write(x, y, line, size, quiet=quiet)
            y += size * 1.3
        return y

    def course(
        self, course: Sequence[tuple[date, Decimal | None]], frame: Frame, colour: str, target: float | None = None
    ) -> None:
        """A course from zero, its last month marked."""
        values = [None if value is None else float(value) for _, value in course]
        known = [value for value in values if value is not None]
        if len(known) < 2:  # noqa: PLR2004 - a line has two ends
            return
        left, top, right, bottom = frame
        most = max(*known, target or 0.0)
        self.lines.append(Line(((left, bottom), (right, bottom)), TOKENS["line"], 0.6))
        if target is not None and most:
            y = bottom - 3 - target / most * (bottom - top - 6)
            self.lines.append(Line(((left, y), (right, y)), TOKENS["muted"], 0.6, dashed=True))
        drawn = stretches(values, width=right - left, height=bottom - top, most=most)
        placed = [tuple((left + x, top + y) for x, y in stretch) for stretch in drawn]
        self.lines += [Line(stretch, colour, 1.2) for stretch in placed if len(stretch) > 1]


def lines_of(text: str, letters: int) -> list[str]:
    """Words in lines of so many letters; a longer word has a line of its own."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) + 1 > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
