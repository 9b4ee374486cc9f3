"""Marks what holds fields as a form: assets/js/forms.js then keeps what is typed in it."""

from __future__ import annotations

from typing import Any, Final

SAVES: Final[dict[str, Any]] = {"data-ek-form": "save"}
"""A form whose buttons change something: it takes no input until it is known what came of a press."""

ASKS: Final[dict[str, Any]] = {"data-ek-form": "ask"}
"""A form that only asks: it may be filled in anew while the answer is still to come."""
