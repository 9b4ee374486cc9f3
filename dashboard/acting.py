"""From a press to its message: which button was pressed, what it asks for done once, and what came of it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from dash import ctx, no_update

from registry import audit
from registry.errors import DatabaseAway, RegistryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.deps import Deps, Writes


def pressed() -> Any:
    """The id of the one button that was pressed; ``None`` where there is none, or more than one at once.

    Buttons that only came onto the page tell a callback of themselves as well, unpressed.
    """
    found = [ctx.triggered_prop_ids[one["prop_id"]] for one in ctx.triggered if one["value"]]
    return found[0] if len(found) == 1 else None


def answers_to(action: str, values: Sequence[Any], names: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """What stood in the fields of one action, by name."""
    return {name["name"]: value for name, value in zip(names, values, strict=True) if name["action"] == action}


def mark() -> str:
    """Another value than before, for a store on which a page waits to be drawn anew."""
    return secrets.token_hex(4)


def once(deps: Deps, key: str, act: Callable[[Writes], Mapping[str, object]]) -> dict[str, Any]:
    """Carry out ``act`` for the person asking, once however often it is sent; its result holds no personal data."""
    with deps.writing() as session:
        result, _ran = audit.once(session, key, lambda: act(session))
    return result


def answered(
    deps: Deps,
    key: str,
    act: Callable[[Writes], Mapping[str, object]],
    *,
    message: Callable[[dict[str, Any]], object],
    refused: Callable[[RegistryError], object],
) -> tuple[object, object]:
    """The result of a press and its message; where it was refused nothing new, and why.

    Raises:
        DatabaseAway: the frame tells of it.

    """
    try:
        result = once(deps, key, act)
    except DatabaseAway:
        raise
    except RegistryError as error:
        return no_update, refused(error)
    return result, message(result)
