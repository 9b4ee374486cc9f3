"""The commands of ``ekasih``."""

from __future__ import annotations


def main() -> None:
    """Carry out the command that was typed."""
    from registry.cli.app import main as run

    run()
