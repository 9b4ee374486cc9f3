"""What the person asking may do with a record; the database decides again."""

from __future__ import annotations

from dashboard.guards import may
from registry.principals import Permission


def may_edit_at_once() -> bool:
    """Whether a change needs nobody else's approval."""
    return may(Permission.EDIT_HOUSEHOLDS)


def may_open_forms() -> bool:
    """Whether the forms of a record are offered: to change it, or to ask for a change."""
    return may(Permission.REQUEST_CHANGES)
