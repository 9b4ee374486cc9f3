"""Progress where the output is no terminal: lines that a log can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.cli import progress as progress_module
from registry.cli.progress import progress

if TYPE_CHECKING:
    import pytest


def test_each_step_is_told_when_it_begins_and_when_it_has_ended(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as report:
        report("sample_deliveries", 1, 3)
        report("sample_deliveries", 2, 3)
        report("months")
    told = capsys.readouterr()
    assert told.out == ""
    lines = [line.rpartition(",")[0] for line in told.err.splitlines()]
    assert lines == ["Sample deliveries 1/3", "✓ Sample deliveries 3/3", "Months", "✓ Months"]


def test_a_long_step_is_told_of_again_and_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_module, "SECONDS_BETWEEN_LINES", 0.0)
    with progress() as report:
        for done in (1, 2, 3):
            report("rows", done, 3)
    lines = [line.rpartition(",")[0] for line in capsys.readouterr().err.splitlines()]
    assert lines == ["Rows 1/3", "Rows 2/3", "Rows 3/3", "✓ Rows 3/3"]
