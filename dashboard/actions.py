"""What people most often begin, wherever they are: on the first page and in the search of the frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.principals import Permission, Role

if TYPE_CHECKING:
    from registry.principals import Principal


@dataclass(frozen=True, slots=True)
class Action:
    """Something to begin, ``start.do_<name>`` in words, on the page where it is done."""

    name: str
    path: str
    permission: Permission


ACTIONS: Final = (
    Action("visit", "/lawatan", Permission.VISIT),
    Action("register", "/kes/baharu", Permission.REGISTER),
    Action("find", "/isi-rumah", Permission.READ_PERSONS),
    Action("meet", "/mesyuarat", Permission.DECIDE),
    Action("check", "/semakan", Permission.CHECK_STATUS),
    Action("ask_cards", "/kad/mohon", Permission.REQUEST_CARDS),
    Action("send", "/penghantaran", Permission.IMPORT_DELIVERIES),
    Action("apply_aid", "/permohonan-bantuan/baru", Permission.APPLY_AID),
    Action("send_aid", "/penghantaran-bantuan", Permission.DELIVER_AID_LINES),
    Action("audit", "/audit", Permission.READ_AUDIT),
    Action("accounts", "/pentadbiran/pengguna", Permission.ADMINISTER),
    Action("map", "/", Permission.READ_AGGREGATES),
    Action("kpi", "/kpi", Permission.READ_AGGREGATES),
)


_FIRST: Final = {Role.ADMINISTRATOR: ("accounts", "send", "audit")}
"""What a role that may do everything is there for."""


def actions_of(principal: Principal) -> list[Action]:
    """What somebody may begin, in the order in which it is offered."""
    first = _FIRST.get(principal.role, ())
    held = [action for action in ACTIONS if principal.may(action.permission)]
    return sorted(held, key=lambda action: action.name not in first)
