"""``python -m registry.cli`` is the ``ekasih`` command."""

from registry.cli import main

main()
