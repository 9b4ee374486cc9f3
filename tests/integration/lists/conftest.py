"""Lists are asked over HTTP, in the world of two districts."""

from __future__ import annotations

from tests.leaks.conftest import whole

__all__ = ["whole"]
