"""What a route of the portal is for: showing, or taking in what anybody sends; a test finds the one that is neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

V = TypeVar("V", bound="Callable[..., object]")
STATED: Final = "portal_route"


def shown(view: V) -> V:
    """State that a route shows what is published, whoever asks."""
    setattr(view, STATED, "shown")
    return view


def takes(form: str) -> Callable[[V], V]:
    """State that a route takes in a form; it sends what it took with :func:`portal.sending.once_proved`."""

    def state(view: V) -> V:
        setattr(view, STATED, form)
        return view

    return state
