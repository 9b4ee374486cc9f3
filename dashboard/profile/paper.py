"""The profile of an area on one sheet of A4, as a picture in lines and as the PDF."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from dashboard import boundary_pictures
from dashboard.profile.reading import asked_of, source_of
from dashboard.profile.tables import aid_lines, count_text, indicator_lines, number_lines, project_lines, who_lines
from layers import numbers
from layers.drawn import Sheet
from layers.footnote import footnote
from layers.lights import light_shape
from layers.palettes import STATUS_COLOURS
from layers.panels import Panels, lines_of
from layers.sheet import map_part

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.profile.reading import Profile
    from layers.choropleth import ChoroplethLayer
    from words import Words

WIDTH, HEIGHT = 595.28, 841.89
"""A4 standing, in points."""
_MARGIN: Final = 28.0
_RIGHT: Final = WIDTH - _MARGIN
_MIDDLE: Final = 305.0
_MAP: Final = (_MARGIN, 122.0, _RIGHT, 290.0)
_BELOW: Final = 430.0
"""Where who they are and the indicators begin, below the map and the courses."""
_FOOT: Final = 800.0
_ROW: Final = 11.5
_MOST_INDICATORS: Final = 12
_MOST_PROJECTS: Final = 5
_MOST_NOTES: Final = 3
_FIGURE: Final = 11
"""Letters of a figure told large, and of one in a line; that it is too small to be told is longer."""
_LETTERS: Final = 17


def profile_sheet(profile: Profile, layer: ChoroplethLayer, home: Path, words: Words, *, title: str) -> Sheet:
    """The sheet of a profile."""
    page = Panels()
    page.write(_MARGIN, 44, title, 17, bold=True)
    above = ", ".join(one.name for one in reversed(profile.lineage[1:-1]))
    where = f"{words(f'level.{profile.area.level}')}{f', {above}' if above else ''}"
    page.write(_MARGIN, 60, f"{where} · {numbers.day(profile.footing.as_of)}", 9, quiet=True)
    _numbers(page, profile, words)
    _trend(page, profile, words)
    _indicators(page, profile, words, _BELOW)
    _who(page, profile, words)
    told = " · ".join(footnote(source_of(profile, words), words))
    page.wrap(_MARGIN, _FOOT, told, _RIGHT - _MARGIN, 6.5, quiet=True)
    asked = asked_of(profile.area)
    shapes = boundary_pictures.inside_shapes(home, level=asked.level, within=asked.within)
    if shapes is None:
        return Sheet(WIDTH, HEIGHT, _MAP, (), (), tuple(page.shapes), tuple(page.texts), tuple(page.lines))
    part = map_part(layer, shapes, words, _MAP, footed=False)
    return Sheet(
        WIDTH, HEIGHT, _MAP, part.map, part.names, (*part.legend, *page.shapes), (*part.texts, *page.texts),
        tuple(page.lines),
    )  # fmt: skip


def _numbers(page: Panels, profile: Profile, words: Words) -> None:
    lines = number_lines(profile, words)
    step = (_RIGHT - _MARGIN) / len(lines)
    for place, (name, value) in enumerate(lines):
        x = _MARGIN + place * step
        page.write(x, 86, value, 12 if len(value) <= _FIGURE else 7.5, bold=True)
        page.wrap(x, 98, name, step - 8, 6.5, quiet=True)


def _trend(page: Panels, profile: Profile, words: Words) -> None:
    """The course of both statuses side by side below the map, each from zero."""
    y = 340.0
    for status, left, right in (("tegar", _MARGIN, _MIDDLE - 18), ("miskin", _MIDDLE, _RIGHT)):
        course = profile.course(status)
        known = [value for _, value in course if value is not None]
        title = words(f"measure.{status}")
        page.write(left, y, title, 9, bold=True)
        if len(known) > 1:
            first, last = course[0][0], course[-1][0]
            told = [(month, None if value is None else Decimal(int(value))) for month, value in course]
            page.course(told, (left, y + 6, right, y + 56), STATUS_COLOURS[status])
            page.write(left, y + 67, f"{numbers.month(first, words)}: {numbers.count(known[0])}", 7, quiet=True)
            page.end(right, y + 67, f"{numbers.month(last, words)}: {numbers.count(known[-1])}", 7)
        else:
            page.write(left, y + 20, words("map.no_course"), 7.5, quiet=True)


def _who(page: Panels, profile: Profile, words: Words) -> None:
    """Who they are, at the left; each value with hardcore poor and poor."""
    y, edges = _BELOW, (_MIDDLE - 64, _MIDDLE - 18)
    page.write(_MARGIN, y, words("profile.who"), 10, bold=True)
    for edge, status in zip(edges, ("tegar", "miskin"), strict=True):
        page.end(edge, y, words(f"profile.short_{status}"), 7)
    for name, values in who_lines(profile, words).items():
        y += _ROW + 3
        page.write(_MARGIN, y, name, 7.5, bold=True)
        for label, tegar, miskin in values:
            y += _ROW - 1.5
            page.write(_MARGIN + 8, y, label, 7.5)
            for edge, count in zip(edges, (tegar, miskin), strict=True):
                page.end(edge, y, numbers.MISSING if count is None else count_text(count, words), 7.5)


def _indicators(page: Panels, profile: Profile, words: Words, y: float) -> None:
    """Indicators with their lights at the right, below them aid, projects and notes."""
    page.write(_MIDDLE, y, words("profile.indicators"), 10, bold=True)
    for name, value, target, light in indicator_lines(profile, words)[:_MOST_INDICATORS]:
        y += _ROW
        if light:
            page.shapes.append(light_shape(light, (_MIDDLE, y - 6), 6))
        page.write(_MIDDLE + 10, y, lines_of(name, 28)[0], 7.5)
        page.end(_RIGHT - 70, y, value if len(value) <= _LETTERS else numbers.MISSING, 7.5)
        page.end(_RIGHT, y, target, 7.5)
    projects = project_lines(profile, words)[:_MOST_PROJECTS]
    for title, lines in ((words("profile.aid"), aid_lines(profile, words)), (words("profile.projects"), projects)):
        if not lines:
            continue
        y += _ROW + 8
        page.write(_MIDDLE, y, title, 10, bold=True)
        for name, value in lines:
            y += _ROW
            page.write(_MIDDLE, y, lines_of(name, 44)[0], 7.5)
            page.end(_RIGHT, y, value if len(value) <= _LETTERS else numbers.MISSING, 7.5)
    if profile.notes:
        y += _ROW + 8
        page.write(_MIDDLE, y, words("note.title"), 10, bold=True)
        for note in profile.notes[:_MOST_NOTES]:
            y += _ROW
            told = f"{numbers.day(note['noted_on'])}: {' '.join(note['body'].split())}"
            y = page.wrap(_MIDDLE, y, lines_of(told, 200)[0], _RIGHT - _MIDDLE, 7) - 7
