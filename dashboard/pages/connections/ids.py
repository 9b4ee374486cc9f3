"""Ids of the page of connections."""

from typing import Final

SHOWN: Final = "sambungan-shown"
CHANGED: Final = "sambungan-changed"
NAME: Final = "sambungan-name"
MAKE: Final = "sambungan-make"
MESSAGE: Final = "sambungan-message"
SECRET: Final = "sambungan-secret"  # noqa: S105 - the name under which it is shown
ADDRESS: Final = "sambungan-address"
KEY: Final = "sambungan-key"
END: Final = "sambungan-end"
ENDING: Final = "sambungan-ending"
ENDED: Final = "sambungan-ended"
AFTER_END: Final = "sambungan-after-end"
FILES: Final = "sambungan-files"
