"""Claims about the colours: order by lightness, safe for colour-blind eyes, legible."""

from itertools import pairwise
from pathlib import Path

import pytest

from layers import palettes
from layers.charts import TRACKS
from layers.colour import COLOUR_BLINDNESS, as_seen_with, contrast, distance, hex_colour, lab, linear_rgb, mix

PROJECT = Path(__file__).parents[3]
SERVED = (PROJECT / "dashboard/assets", PROJECT / "portal/static")
CLASSES = range(2, 8)


@pytest.mark.parametrize("name", palettes.RAMPS)
@pytest.mark.parametrize("classes", CLASSES)
def test_a_ramp_only_gets_darker(name: str, classes: int) -> None:
    lightness = [lab(colour)[0] for colour in palettes.ramp(name, classes)]
    assert all(lighter - darker > 5 for lighter, darker in pairwise(lightness))


@pytest.mark.parametrize("name", palettes.RAMPS)
@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
def test_neighbouring_classes_can_be_told_apart_by_colour_blind_eyes(name: str, kind: str) -> None:
    seen = [as_seen_with(kind, colour) for colour in palettes.ramp(name, 6)]
    assert min(distance(one, other) for one, other in pairwise(seen)) > 10


@pytest.mark.parametrize("sides", range(1, 4))
@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
def test_a_rise_never_looks_like_a_fall(sides: int, kind: str) -> None:
    seen = [as_seen_with(kind, colour) for colour in palettes.diverging(sides)]
    assert min(distance(seen[i], seen[-1 - i]) for i in range(sides)) > 10


@pytest.mark.parametrize("sides", range(1, 4))
def test_a_diverging_scale_is_lightest_where_nothing_changed(sides: int) -> None:
    lightness = [lab(colour)[0] for colour in palettes.diverging(sides)]
    assert lightness[: sides + 1] == sorted(lightness[: sides + 1])
    assert lightness[sides:] == sorted(lightness[sides:], reverse=True)


def test_a_single_class_takes_the_middle_of_its_ramp() -> None:
    assert palettes.ramp("poor", 1) == ("#4d9c9b",)


@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
def test_tegar_and_miskin_can_be_told_apart(kind: str) -> None:
    tegar, miskin = (as_seen_with(kind, palettes.TOKENS[name]) for name in ("tegar", "miskin"))
    assert distance(tegar, miskin) > 20


@pytest.mark.parametrize("kind", [*COLOUR_BLINDNESS, "print"])
def test_on_the_way_behind_and_far_behind_can_be_told_apart(kind: str) -> None:
    def seen(colour: str) -> str:
        light = lab(colour)[0] / 100
        return hex_colour((light, light, light)) if kind == "print" else as_seen_with(kind, colour)

    behind, far = (seen(TRACKS[light]) for light in ("kuning", "merah"))
    assert distance(behind, far) > 20
    if kind != "print":
        assert min(distance(seen(TRACKS["hijau"]), other) for other in (behind, far)) > 20


def test_no_light_has_the_colour_of_a_status() -> None:
    statuses = [palettes.TOKENS[name] for name in ("tegar", "miskin")]
    assert min(distance(TRACKS[light], status) for light in TRACKS for status in statuses) > 30


@pytest.mark.parametrize("light", ["achieved", "off-track"])
def test_a_filled_light_is_legible(light: str) -> None:
    assert contrast(palettes.TOKENS["paper"], palettes.TOKENS[light]) >= 4.5


@pytest.mark.parametrize(
    "name",
    ["ink", "ink-soft", "muted", "accent", "tegar-ink", "miskin-ink", "achieved", "on-track", "at-risk", "off-track"],
)
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_text_colours_are_legible(name: str, ground: str) -> None:
    assert contrast(palettes.TOKENS[name], palettes.TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("status", ["tegar", "miskin", "mudah-miskin", "terkeluar"])
def test_a_badge_is_legible_and_its_mark_visible(status: str) -> None:
    assert contrast(palettes.TOKENS[f"{status}-ink"], palettes.TOKENS[f"{status}-soft"]) >= 4.5
    assert contrast(palettes.TOKENS[status], palettes.TOKENS["paper"]) >= 3


@pytest.mark.parametrize("folder", SERVED, ids=[folder.parent.name for folder in SERVED])
def test_the_style_sheet_served_is_the_one_the_tokens_make(folder: Path) -> None:
    assert (folder / "tokens.css").read_text(encoding="utf-8") == palettes.tokens_css()


def test_both_rooms_show_the_same_mark() -> None:
    assert len({(folder / "icon.svg").read_bytes() for folder in SERVED}) == 1


def test_a_colour_survives_the_way_there_and_back() -> None:
    assert hex_colour(linear_rgb("#0b5c5e")) == "#0b5c5e"


def test_mixing_starts_and_ends_at_its_colours() -> None:
    assert (mix(("#ffffff", "#0b5c5e"), 0), mix(("#ffffff", "#0b5c5e"), 1)) == ("#ffffff", "#0b5c5e")


def test_lightness_and_contrast_agree_with_their_definitions() -> None:
    assert lab("#ffffff")[0] == pytest.approx(100, abs=0.01)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
