"""Writes ARIA attributes, whose names Python cannot spell."""

from __future__ import annotations

from typing import Any


def aria(**names: str | bool | None) -> dict[str, Any]:
    """``aria(label="Peta", hidden=True)`` is ``{"aria-label": "Peta", "aria-hidden": "true"}``; ``None`` goes."""
    written = {True: "true", False: "false"}
    return {
        f"aria-{name}": written[value] if isinstance(value, bool) else value
        for name, value in names.items()
        if value is not None
    }
