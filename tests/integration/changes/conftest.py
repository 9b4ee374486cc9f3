"""The small world of the records, in which changes are asked for, approved and cleansed."""

from __future__ import annotations

from tests.integration.households.conftest import World, world

__all__ = ["World", "world"]
