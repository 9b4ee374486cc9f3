"""What the database refuses of what comes in without an account."""

from __future__ import annotations

from typing import Final

from registry.errors import RegistryError


class ProofUsed(RegistryError):
    """What entitles to send a form was used before."""

    key = "proof_used"


PORTAL_REFUSALS: Final[dict[str, type[RegistryError]]] = {"EK263": ProofUsed}
"""The error that each SQLSTATE stands for."""
