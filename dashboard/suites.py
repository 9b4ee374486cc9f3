"""Which scripts of Dash's component suites a page starts with, and which come when a page needs them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape
from typing import Final

LATER: Final = ("dash_ag_grid", "dash_mantine_components")
"""Suites that ``assets/js/suites.js`` stands in for until something of theirs is shown."""

# the old table, that no page has; what browsers before 2020 lack; what dcc's own lazy parts fetch when they come
_LEFT_OUT: Final = ("/dash_table/", "/deps/polyfill@", "/dash_core_components-shared.")
_SCRIPT: Final = re.compile(r'<script src="([^"]+)"></script>\n?')
_SOON: Final = "dash_mantine_components"


@dataclass(frozen=True, slots=True)
class Scripts:
    """The tags that a page starts with, and the addresses of the suites that come later."""

    tags: str
    later: dict[str, str]

    @property
    def attribute(self) -> str:
        """What ``suites.js`` finds the addresses by, for the first element of the document."""
        return f' data-suites="{escape(json.dumps(self.later))}"'

    @property
    def soon(self) -> str:
        """Asks the browser to fetch at once what nearly every page shows, without running it."""
        return f'<link rel="preload" as="script" href="{escape(self.later[_SOON])}">' if _SOON in self.later else ""


def sorted_out(tags: str) -> Scripts:
    """The scripts that Dash would load before anything is drawn, those that can wait taken out."""
    later: dict[str, str] = {}

    def keep(found: re.Match[str]) -> str:
        address = found[1]
        suite = next((name for name in LATER if f"/{name}/" in address), None)
        if suite is not None:
            later[suite] = address
        return "" if suite is not None or any(part in address for part in _LEFT_OUT) else found[0]

    return Scripts(_SCRIPT.sub(keep, tags), later)
