"""What was measured: a promise and the plain way beside it, as rows for the terminal and for a file."""

from __future__ import annotations

import os
import statistics
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

HEADINGS = ("Measured", "eKasih", "Beside it", "Ratio", "Goal", "")


@dataclass(frozen=True)
class Result:
    """One line: ``ours`` and ``beside`` as told, their ratio, the goal in words and whether it was met."""

    measured: str
    ours: str
    beside: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """The line's cells, as text."""
        mark = {True: "met", False: "missed", None: ""}[self.met]
        return (self.measured, self.ours, self.beside, self.ratio, self.goal, mark)


def median(seconds: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(seconds)


def told(seconds: float) -> str:
    """A duration with three figures, in the unit that suits it."""
    if seconds >= 100:
        return f"{seconds:,.0f} s"
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1000:.3g} ms"


def machine(connection: Connection) -> list[str]:
    """What it was measured on, and how busy that was with other things."""
    versions = connection.execute(
        text("SELECT current_setting('server_version'), postgis_lib_version(), current_setting('shared_buffers')")
    ).one()
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "unknown"
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    now = datetime.now(ZoneInfo("Asia/Kuala_Lumpur"))
    return [
        f"{now:%d/%m/%Y %H:%M}, {os.cpu_count()} x {model}, {memory / 2**20:.0f} GB memory",
        f"PostgreSQL {versions[0]} with {versions[2]} of shared buffers, PostGIS {versions[1]}; private cluster",
        f"load of the machine when it began: {os.getloadavg()[0]:.1f} (times are of the clock: read the ratios)",
    ]


def markdown(facts: Sequence[str], results: Sequence[Result]) -> str:
    """The results as a page."""
    lines = [
        "# Measurements",
        "",
        "Made by `make bench`; medians. What is beside it is the plain way to do the same.",
        "",
    ]
    lines += [f"- {fact}" for fact in facts]
    lines += ["", f"| {' | '.join(HEADINGS)} |", f"|{' --- |' * len(HEADINGS)}"]
    lines += [f"| {' | '.join(result.cells())} |" for result in results]
    return "\n".join(lines) + "\n"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8", errors="replace").splitlines() if file.exists() else []
