"""Whether a need of somebody is met: yes or no and until when, for a purpose that is written down; nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field

from api.aid_lines import Cell
from api.deps import deps_of_request
from api.guards import needs
from registry.aid.needs import LONGEST_PURPOSE, AskNeed, need_met

needs_met = APIBlueprint("needs_met", __name__, tag="Keperluan")


class NeedIn(BaseModel):
    """Whose need, which, on which day, and what for. The number stands here alone: never in an address or a log."""

    model_config = ConfigDict(extra="forbid")

    no_kp: Cell = Field(description="Identity number, 12 digits", examples=["700101085001"])
    keperluan: Cell = Field(description="Code of the need, as the kinds of programmes have it", examples=["MAKANAN"])
    tarikh: date = Field(description="The day asked about")
    tujuan: Cell = Field(
        max_length=LONGEST_PURPOSE,
        description="What for, in words of ten letters or more; no number of a person",
        examples=["Semakan sebelum bantuan makanan diluluskan"],
    )


class NeedOut(BaseModel):
    """Whether the need is met that day, and the last day of what meets it; null where it is not, or there is none."""

    met: bool
    until: date | None


@needs_met.post("/needs-met")
@needs("needs.check")
@needs_met.input(NeedIn, location="json", arg_name="asked")
@needs_met.output(NeedOut)
@needs_met.doc(summary="Whether a need is met", operation_id="ask_need")
def ask(asked: NeedIn) -> dict[str, Any]:
    """Ask whether a need of somebody is met on a day. Limited and written down as a check on screen is."""
    deps = deps_of_request()
    command = AskNeed(id_no=asked.no_kp, need=asked.keperluan, day=asked.tarikh, purpose=asked.tujuan)
    with deps.writing() as session:
        found = need_met(session, command, secret=deps.settings.secret_key)
    return {"met": found.met, "until": found.until}
