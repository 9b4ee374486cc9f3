"""Colour arithmetic: conversion, mixing, contrast, and how a colour looks to colour-blind eyes."""

import math

Rgb = tuple[float, float, float]

# Where sRGB's curve leaves its straight foot (IEC 61966-2-1).
SRGB_TOE = 0.04045
LINEAR_TOE = 0.0031308

# Machado, Oliveira, Fernandes (2009), severity 1.0, on linear RGB.
COLOUR_BLINDNESS: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear_rgb(colour: str) -> Rgb:
    """Return ``#rrggbb`` as linear RGB, 0-1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def hex_colour(rgb: Rgb) -> str:
    """Return linear RGB as ``#rrggbb``, clipped to what a screen can show."""
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, part)))):02x}" for part in rgb)


def lab(colour: str) -> Rgb:
    """Return CIE L*, a*, b* under D65. L* runs from 0 (black) to 100 (white)."""
    x, y, z = _times(
        ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041)),
        linear_rgb(colour),
    )
    fx, fy, fz = _lab_curve(x / 0.95047), _lab_curve(y), _lab_curve(z / 1.08883)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str) -> float:
    """Return CIE 1976 colour difference; 2 is about what an eye can tell side by side."""
    return math.dist(lab(one), lab(other))


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio, 1 to 21."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def as_seen_with(kind: str, colour: str) -> str:
    """Return how a colour looks with ``deuteranopia``, ``protanopia`` or ``tritanopia``."""
    return hex_colour(_times(COLOUR_BLINDNESS[kind], linear_rgb(colour)))


def mix(colours: tuple[str, ...], position: float) -> str:
    """Return the colour at ``position`` (0-1) along the colours, mixed in OKLab so that steps look even.

    Source: Björn Ottosson (2020), "A perceptual color space for image processing".
    """
    place = min(1.0, max(0.0, position)) * (len(colours) - 1)
    start = min(int(place), len(colours) - 2)
    part = place - start
    one, other = _oklab(linear_rgb(colours[start])), _oklab(linear_rgb(colours[start + 1]))
    light, green_red, blue_yellow = (a + (b - a) * part for a, b in zip(one, other, strict=True))
    return hex_colour(_from_oklab((light, green_red, blue_yellow)))


def _luminance(colour: str) -> float:
    red, green, blue = linear_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= SRGB_TOE else float(((part + 0.055) / 1.055) ** 2.4)


def _gamma(part: float) -> float:
    return part * 12.92 if part <= LINEAR_TOE else float(1.055 * part ** (1 / 2.4) - 0.055)


def _lab_curve(part: float) -> float:
    return math.cbrt(part) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29


def _times(matrix: tuple[Rgb, Rgb, Rgb], vector: Rgb) -> Rgb:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def _oklab(rgb: Rgb) -> Rgb:
    long, middle, short = _times(
        (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        ),
        rgb,
    )
    return _times(
        (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        ),
        (math.cbrt(long), math.cbrt(middle), math.cbrt(short)),
    )


def _from_oklab(value: Rgb) -> Rgb:
    long, middle, short = _times(
        ((1.0, 0.3963377774, 0.2158037573), (1.0, -0.1055613458, -0.0638541728), (1.0, -0.0894841775, -1.2914855480)),
        value,
    )
    return _times(
        (
            (4.0767416621, -3.3077115913, 0.2309699292),
            (-1.2684380046, 2.6097574011, -0.3413193965),
            (-0.0041960863, -0.7034186147, 1.7076147010),
        ),
        (long**3, middle**3, short**3),
    )
