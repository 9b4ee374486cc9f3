"""Gives a new installation the official boundaries, where they can be had at once, and says whether it did."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from geo.fetch import BY_ITSELF, REGISTRY, FetchError, Patience, host_of, sources
from registry.db import make_engine
from registry.errors import RegistryError
from registry.installation.bootstrap import str_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.installation.settings import Settings

_HOW: Final = "'ekasih boundaries fetch' brings the official ones."
_MILLION: Final = 1_000_000


def settle(
    settings: Settings, *, step: Callable[[str], object], patience: Patience = BY_ITSELF, registry: Path = REGISTRY
) -> str | None:
    """What to say of the boundaries of a new register, after the official ones were fetched where that was possible.

    ``None`` where nothing was to be done: households are registered, or other boundaries than the bundled ones were
    brought in before. Nothing is changed where a file does not come at once, or is not the one that it should be.
    """
    from registry.areas.official import is_untouched  # noqa: PLC0415 - heavy, and only needed here

    engine = make_engine(str_url(settings.owner_url), role=settings.owner_role)
    try:
        with engine.connect() as connection:
            if not is_untouched(connection):
                return None
        if settings.offline:
            return f"Boundaries: approximate, since EKASIH_OFFLINE is set. {_HOW}"
        begun = time.monotonic()
        try:
            lacking = _bring_in(settings, engine, step=step, patience=patience, registry=registry)
        except Exception as error:  # noqa: BLE001 - a file from elsewhere must not keep an installation from starting
            return f"Boundaries: approximate, since the official ones could not be had: {_reason(error)}. {_HOW}"
    finally:
        engine.dispose()
    known = [source for source in sources(registry).values() if source.level not in lacking]
    makers = "; ".join(dict.fromkeys(f"{source.source} ({source.licence})" for source in known))
    rest = f" Approximate, since the mirror has none: {', '.join(lacking)}." if lacking else ""
    return (
        f"Boundaries: official, fetched from {host_of(settings.boundary_mirror, registry)}, checked and made active in "
        f"{time.monotonic() - begun:.0f} s. Sources: {makers}.{rest}"
    )


def _bring_in(
    settings: Settings, engine: Engine, *, step: Callable[[str], object], patience: Patience, registry: Path
) -> tuple[str, ...]:
    from registry.areas.official import activate_official, fetch_official  # noqa: PLC0415

    def told(level: str, came: int, whole: int) -> None:
        step(f"Official boundaries: {level}, {came / _MILLION:.1f} of {whole / _MILLION:.1f} MB")

    found, lacking = fetch_official(
        settings.home, mirror=settings.boundary_mirror, patience=patience, progress=told, registry=registry
    )
    activate_official(engine, found, home=settings.home, step=lambda level: step(f"Official boundaries: using {level}"))
    return lacking


def _reason(error: Exception) -> str:
    known = isinstance(error, (FetchError, RegistryError))
    return str(error).splitlines()[0].rstrip(".") if known else type(error).__name__
