"""Reading the files of the library as jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registry.articles.library import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.jobs.job import Job, Progress


def read_library_file(engine: Engine, home: Path, job: Job, _progress: Progress) -> dict[str, Any]:
    """Read the text of a PDF, so that a search finds it."""
    with engine.begin() as connection:
        came = {"signs": read_file(home, connection, int(job.arguments["file"]))}
        job.finish(connection, came)
    return came
