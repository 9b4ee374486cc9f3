"""Why a formula is not accepted."""

from __future__ import annotations


class FormulaRefused(ValueError):
    """A formula breaks a rule: ``code`` says which, ``position`` where (from 0), ``found`` what stands there.

    ``more`` holds what the sentence about it tells beside that (``registry.kpi.sentences``).
    """

    def __init__(self, code: str, position: int, found: str = "", **more: str) -> None:
        super().__init__(f"{code} ({position + 1})")
        self.code = code
        self.position = position
        self.found = found
        self.more = more
