"""What is done by itself, and when: once for all servers, whichever of them is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

MALAYSIA: Final = ZoneInfo("Asia/Kuala_Lumpur")
"""Malaysia keeps the same distance from UTC all year, so that an hour here is one hour of the queue's clock."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A task that is asked for every day at an hour of Malaysia, or, from then on, every so many minutes of an hour."""

    task: str
    at: time
    every_minutes: int | None = None

    @property
    def cron(self) -> str:
        """The same for the queue, which counts in UTC."""
        if self.every_minutes is not None:
            return f"*/{self.every_minutes} * * * *"
        moment = self._on(datetime.now(MALAYSIA)).astimezone(UTC)
        return f"{moment.minute} {moment.hour} * * *"

    def next_after(self, moment: datetime) -> datetime:
        """When it is asked for next."""
        if self.every_minutes is not None:
            return self.last_before(moment) + timedelta(minutes=self.every_minutes)
        today = self._on(moment.astimezone(MALAYSIA))
        return today if today > moment else today + timedelta(days=1)

    def last_before(self, moment: datetime) -> datetime:
        """When it was due last."""
        if self.every_minutes is not None:
            here = moment.astimezone(MALAYSIA)
            return here.replace(minute=here.minute - here.minute % self.every_minutes, second=0, microsecond=0)
        return self.next_after(moment) - timedelta(days=1)

    def _on(self, day: datetime) -> datetime:
        return day.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)


SCHEDULES: Final = (
    Schedule("areas.begin_boundaries", time(0, 10)),
    Schedule("status.decide_due", time(0, 50)),
    Schedule("applications.lapse", time(0, 55)),
    Schedule("status.close_months", time(1, 0)),
    Schedule("installation.sweep", time(1, 5)),
    Schedule("cleansing.quality", time(1, 10)),
    Schedule("cleansing.duplicates", time(1, 15)),
    Schedule("publishing.publish", time(1, 20)),
    Schedule("releases.make", time(1, 30)),
    Schedule("aid.measure_effects", time(1, 40)),
    Schedule("reporting.due", time(1, 50)),
    Schedule("kpi.judge_alerts", time(2, 0)),
    Schedule("kpi.mail_alerts", time(7, 0)),
    Schedule("support.tidy", time(7, 5)),
    Schedule("support.clock", time(0, 0), every_minutes=15),
)
"""In the order in which they are carried out, one after the other: figures are published from what the others left.
What is done many times a day stands last."""
