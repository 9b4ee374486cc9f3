"""How exact a point is, in words with their metres: what who places a household is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.household import texts
from registry.households.moves import ACCURACIES_M, DEVICE

if TYPE_CHECKING:
    from words import Words


def accuracy_text(name: str, words: Words) -> str:
    """A choice in words with its metres: ``Di pintu rumah (± 10 m)``."""
    return words(f"accuracy.{name}", distance=texts.distance(ACCURACIES_M[name]))


def accuracy_options(words: Words) -> list[dict[str, Any]]:
    """The choices, and last the device's own measure."""
    found = [{"value": name, "label": accuracy_text(name, words)} for name in ACCURACIES_M]
    return [*found, {"value": DEVICE, "label": words("accuracy.device")}]
