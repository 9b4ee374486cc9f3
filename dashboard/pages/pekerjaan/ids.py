"""Ids of the page of jobs."""

from __future__ import annotations

from typing import Final

VIEW: Final = "pekerjaan-view"
LISTS: Final = "pekerjaan-lists"
WORKER: Final = "pekerjaan-worker"
LIST: Final = "pekerjaan-list"
SCHEDULES: Final = "pekerjaan-schedules"
LOADED: Final = "pekerjaan-loaded"
CHANGED: Final = "pekerjaan-changed"
DONE: Final = "pekerjaan-done"
SAID: Final = "pekerjaan-said"
CLOCK: Final = "pekerjaan-clock"
ACT: Final = "pekerjaan-act"
STEPS: Final = "pekerjaan-steps"
