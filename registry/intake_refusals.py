"""What the database refuses of what the public sends."""

from __future__ import annotations

from typing import Final

from registry.errors import InvalidInput, RegistryError


class IntakeIncomplete(InvalidInput):
    """A form lacks what it has to have, or says what it cannot."""

    key = "intake_incomplete"

    def __init__(self) -> None:
        super().__init__({"form": "required"})


class IntakeStepIllegal(RegistryError):
    """The form is decided on, belongs to another one, or has no such step."""

    key = "intake_step_illegal"


class IntakeTarget(InvalidInput):
    """There is no such case, household, form or district that the form could be made or joined to by who acts."""

    key = "intake_target"

    def __init__(self) -> None:
        super().__init__({"target": "choice"})


INTAKE_REFUSALS: Final[dict[str, type[RegistryError]]] = {
    "EK257": IntakeIncomplete,
    "EK258": IntakeStepIllegal,
    "EK261": IntakeTarget,
}
"""By SQLSTATE."""
