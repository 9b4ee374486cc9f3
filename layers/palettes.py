"""The colours of the product: tokens by role, a ramp for each measure, and their CSS.

``python -m layers.palettes`` prints the style sheet that the app serves as ``dashboard/assets/tokens.css``.
"""

from functools import partial
from itertools import pairwise

from layers.colour import contrast, mix

# Red is for tegar only and amber for miskin only, so that the two words keep their colour everywhere.
TOKENS: dict[str, str] = {
    "accent": "#0b5c5e",
    "accent-strong": "#084648",
    "accent-soft": "#e3f0ef",
    "ink": "#1b2326",
    "ink-soft": "#445055",
    "muted": "#5a666b",
    "line": "#d9dfe1",
    "line-strong": "#7d8a8f",
    "surface": "#f5f7f7",
    "paper": "#ffffff",
    "focus": "#0b5c5e",
    "tegar": "#b3261e",
    "tegar-soft": "#fbe9e7",
    "tegar-ink": "#8c1d18",
    "miskin": "#c77f0a",
    "miskin-soft": "#fdf1d8",
    "miskin-ink": "#7a4b00",
    "mudah-miskin": "#5b7083",
    "mudah-miskin-soft": "#eaeff3",
    "mudah-miskin-ink": "#425464",
    "terkeluar": "#7f8c92",
    "terkeluar-soft": "#eff1f2",
    "terkeluar-ink": "#4d595e",
    "achieved": "#0f5a47",
    "achieved-soft": "#d5ebe2",
    "on-track": "#17735a",
    "on-track-soft": "#e2f2ec",
    "at-risk": "#1c5f92",
    "at-risk-soft": "#e3eff8",
    "at-risk-fill": "#4d8fe0",
    "off-track": "#66297a",
    "off-track-soft": "#f3e9f7",
    "map-ground": "#d9e6ec",
    "map-neighbour": "#eceee9",
    "map-coast": "#b9c6cb",
    "map-edge": "#ffffff",
    "map-hot": "#1b2326",
    "map-zero": "#fafbfa",
    "no-data": "#e9eced",
    "no-data-hatch": "#aab4b8",
    "too-few": "#dfe4e6",
    "too-few-hatch": "#87949a",
    "apart": "#fafbfa",
    "apart-hatch": "#5a666b",
}

SIZES: dict[str, str] = {
    "font": '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, system-ui, sans-serif',
    "text-small": "0.8125rem",
    "text-body": "0.9375rem",
    "text-title": "1.25rem",
    "text-figure": "1.75rem",
    "grid": "4px",
    "radius": "6px",
}

# Light to dark; each keeps one hue, so that lightness alone carries the order.
RAMPS: dict[str, tuple[str, ...]] = {
    "tegar": ("#fbe3dd", "#f0a696", "#d9624f", "#b3261e", "#6f0f12"),
    "miskin": ("#fcefcf", "#f2c36b", "#d1890f", "#935a06", "#553100"),
    "poor": ("#dceeea", "#97c9c4", "#4d9c9b", "#0b6a6c", "#06393c"),
    "cost": ("#e4e8f4", "#a9b5dc", "#6c7dbd", "#3d4f96", "#1f2a5c"),
}
FALL = ("#d3ecca", "#6bb36c", "#17632f")
RISE = ("#e3d5ee", "#9a72b8", "#56247f")
UNCHANGED = "#f4f4f2"

STATUS_COLOURS: dict[str, str] = {
    "tegar": TOKENS["tegar"],
    "miskin": TOKENS["miskin"],
    "mudah_miskin": TOKENS["mudah-miskin"],
    "terkeluar": TOKENS["terkeluar"],
}


def ramp(name: str, classes: int) -> tuple[str, ...]:
    """Return that many colours of a named ramp, lightest first. One class gets the ramp's middle."""
    anchors = RAMPS[name]
    if classes == 1:
        return (mix(anchors, 0.5),)
    return tuple(mix(anchors, step / (classes - 1)) for step in range(classes))


def diverging(classes_each_side: int) -> tuple[str, ...]:
    """Return colours from the strongest fall over no change to the strongest rise, ``2n + 1`` of them."""
    if classes_each_side == 1:
        return (FALL[1], UNCHANGED, RISE[1])
    steps = [step / (classes_each_side - 1) for step in range(classes_each_side)]
    falls = [mix(FALL, step) for step in reversed(steps)]
    return (*falls, UNCHANGED, *(mix(RISE, step) for step in steps))


def hatch_over(ground: str) -> str:
    """Return the colour of lines over an area's own: grey on what is light, white on what is dark."""
    return max((TOKENS["muted"], TOKENS["paper"]), key=partial(contrast, ground))


def tokens_css() -> str:
    """Return the style sheet of custom properties: ``--ek-accent`` and so on."""
    colours = [f"  --ek-{name}: {value};" for name, value in TOKENS.items()]
    ramps = [
        f"  --ek-ramp-{name}-{step}: {colour};"
        for name, anchors in RAMPS.items()
        for step, colour in enumerate(anchors, start=1)
    ]
    sizes = [f"  --ek-{name}: {value};" for name, value in SIZES.items()]
    head = "/* Written by `python -m layers.palettes`; a test holds the two equal. */"
    return "\n".join([head, ":root {", *colours, *ramps, *sizes, "}", ""])


def steps_between(colours: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return each colour with its neighbour, for checks of how well they can be told apart."""
    return list(pairwise(colours))


if __name__ == "__main__":
    print(tokens_css(), end="")  # noqa: T201 - the file is its output
