"""Progress of long work on the terminal, on standard error so that standard output stays data."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import TaskID

SECONDS_BETWEEN_LINES: Final = 10.0


@contextmanager
def progress() -> Iterator[Callable[..., None]]:
    """A function ``(step, done, total)`` for services to call; each new step gets a line of its own.

    Where standard error is no terminal, plain lines are written: one when a step begins, one every few seconds, and one
    when it has ended.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        lines = _Lines(console)
        yield lines.report
        lines.end()
        return
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def report(step: str, done: int = 0, total: int = 0) -> None:
            if step not in tasks:
                _finish(bars)
                tasks[step] = bars.add_task(_named(step), total=total or None)
            bars.update(tasks[step], completed=done, total=total or None)

        yield report
        _finish(bars)


class _Lines:
    """Progress as lines of a log."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._step: str | None = None
        self._done = self._total = 0
        self._began = self._written = 0.0

    def report(self, step: str, done: int = 0, total: int = 0) -> None:
        """Take down how far a step has come, and write it where it is time to."""
        now = time.monotonic()
        if step != self._step:
            self.end()
            self._step, self._began = step, now
        elif now - self._written < SECONDS_BETWEEN_LINES:
            self._done, self._total = done, total
            return
        self._done, self._total = done, total
        self._write(now)

    def end(self) -> None:
        """Write that the step has ended."""
        if self._step is not None:
            self._done = self._total = self._total or self._done
            self._write(time.monotonic(), ended=True)
            self._step = None

    def _write(self, now: float, *, ended: bool = False) -> None:
        self._written = now
        counted = f" {self._done}/{self._total}" if self._total else ""
        mark = "✓ " if ended else ""
        line = f"{mark}{_named(self._step or '')}{counted}, {now - self._began:.0f} s"
        self._console.print(line, highlight=False, markup=False, soft_wrap=True)


def _named(step: str) -> str:
    return step.replace("_", " ").capitalize()


def _finish(bars: Progress) -> None:
    """Show every step so far as done."""
    for task in bars.tasks:
        whole = task.total or task.completed or 1
        bars.update(task.id, completed=whole, total=whole)
