"""The table of jobs: what the queue knows of each, with who asked for it and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base


class JobEntry(Base):
    """A job from its asking until some weeks after its end; its number is that of the queue.

    A trigger of the queue keeps times and state; who carries it out keeps steps, result and problem.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"),
        Index(None, "asked_by"),
        Index(None, "task", "ended_at"),
        Index("job_open_idx", "id", postgresql_where=text("state IN ('waiting', 'running')")),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    task: Mapped[str] = mapped_column(Text)
    # ids, codes and days; never anything of a person
    arguments: Mapped[dict[str, Any]]
    # nobody for what a schedule or a command asked for
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    state: Mapped[str] = mapped_column(Text, server_default=text("'waiting'"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    # not before this moment: the next attempt after one that failed
    run_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    steps_done: Mapped[int] = mapped_column(server_default=text("0"))
    steps_total: Mapped[int] = mapped_column(server_default=text("0"))
    cancel_asked: Mapped[bool] = mapped_column(server_default=text("false"))
    # committed together with the work itself: a job that has it is not carried out a second time
    carried_out_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    result: Mapped[dict[str, Any] | None]
    # why the last attempt failed: the key of a sentence with its values
    problem: Mapped[dict[str, Any] | None]
