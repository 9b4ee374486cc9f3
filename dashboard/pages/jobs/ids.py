"""Ids of the page of jobs."""

from __future__ import annotations

from typing import Final

VIEW: Final = "jobs-view"
LISTS: Final = "jobs-lists"
WORKER: Final = "jobs-worker"
LIST: Final = "jobs-list"
SCHEDULES: Final = "jobs-schedules"
LOADED: Final = "jobs-loaded"
CHANGED: Final = "jobs-changed"
DONE: Final = "jobs-done"
MESSAGE: Final = "jobs-message"
CLOCK: Final = "jobs-clock"
ACT: Final = "jobs-act"
STEPS: Final = "jobs-steps"
