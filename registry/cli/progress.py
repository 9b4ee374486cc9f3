"""Progress of long work on the terminal, on standard error so that standard output stays data."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress() -> Iterator[Callable[..., None]]:
    """A function ``(step, done, total)`` for services to call; each new step gets a line of its own."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=not console.is_terminal) as bars:
        tasks: dict[str, object] = {}

        def report(step: str, done: int = 0, total: int = 0) -> None:
            if step not in tasks:
                _finish(bars)
                tasks[step] = bars.add_task(step.replace("_", " ").capitalize(), total=total or None)
            bars.update(tasks[step], completed=done, total=total or None)  # type: ignore[arg-type]

        yield report
        _finish(bars)


def _finish(bars: Progress) -> None:
    """Show every step so far as done."""
    for task in bars.tasks:
        whole = task.total or task.completed or 1
        bars.update(task.id, completed=whole, total=whole)
