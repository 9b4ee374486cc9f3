"""The Lorenz curve and the parts of an index are drawn to scale."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from layers.inequality import LEFT, SIDE, TOP, lorenz_svg, parts_svg


def test_the_curve_goes_through_the_shares() -> None:
    equal = lorenz_svg([tenth / 10 for tenth in range(1, 10)], population="Orang", income="RM & sen")
    bent = lorenz_svg([0.0] * 9, population="Orang", income="RM & sen")
    for svg in (equal, bent):
        ET.fromstring(svg)
    points = re.findall(r'<polygon points="([^"]+)"', bent)[0].split()
    assert points[0] == f"{LEFT:.1f},{TOP + SIDE:.1f}"
    assert points[-2] == f"{LEFT + 0.9 * SIDE:.1f},{TOP + SIDE:.1f}"
    assert points[-1] == f"{LEFT + SIDE:.1f},{TOP:.1f}"


def test_bars_are_as_long_as_their_shares_and_names_are_text() -> None:
    svg = parts_svg([("Pendapatan < PGK", 0.5), ("Air", 0.25), ("Tiada", 0.0)])
    ET.fromstring(svg)
    long, half, none = (float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)"', svg))
    assert (half, none) == (pytest.approx(long / 2, abs=0.1), 0)
