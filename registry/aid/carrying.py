"""Deliveries of aid that are sent on screen: a first look at them, a trial that is undone, the import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from registry.aid.glance import glance_at_aid
from registry.aid.importing import AidTerms, import_aid
from registry.aid.returning import write_returned
from registry.deliveries.carrying import note_imported, opened_anew
from registry.deliveries.uploads import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from registry.deliveries.carrying import Carried

AID: Final = Layout("aid", "aid.carry_out", glance_at_aid)


def carry_out_aid(carried: Carried) -> Mapping[str, Any]:
    """Import deliveries of aid, or try them: those of the own agency alone for who belongs to one."""

    def imported(connection: Connection, figures: dict[str, Any]) -> None:
        note_imported(connection, carried.upload_id, told(figures))

    terms = carried.terms
    report = import_aid(
        carried.engine,
        carried.file,
        terms=AidTerms(
            actor=terms.login,
            trial=carried.trial,
            agency_id=terms.agency_id,
            may_add_reference=terms.brings_reference,
            upload_id=carried.upload_id,
            waits=False,
            finish=None if carried.trial else imported,
        ),
        progress=carried.step,
    )
    if carried.trial:
        with opened_anew(carried.rejected) as file:
            write_returned(report.returned, file)
    return told(report.figures)


def told(figures: dict[str, Any]) -> dict[str, Any]:
    """A report as its sender reads it: of double aid the number alone, since one side of it is another agency's."""
    return figures | {"double_aid": {"pairs": figures["double_aid"]["pairs"]}}
