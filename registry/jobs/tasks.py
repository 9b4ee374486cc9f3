"""The tasks that a job can name: each with the function that carries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.jobs import daily, reporting
from registry.jobs.articles import read_library_file
from registry.jobs.boundaries import activate_boundaries, begin_boundaries, check_boundaries
from registry.jobs.deliveries import carry_out_upload
from registry.jobs.lines import change_line, decide_due_lines

if TYPE_CHECKING:
    from registry.jobs.job import Run

TASKS: Final[dict[str, Run]] = {
    "aid.make_bits": daily.make_bits,
    "aid.measure_effects": daily.measure_effects,
    "applications.lapse": daily.lapse_applications,
    "aid.carry_out": carry_out_upload,
    "articles.read_file": read_library_file,
    "areas.activate_boundaries": activate_boundaries,
    "areas.begin_boundaries": begin_boundaries,
    "areas.check_boundaries": check_boundaries,
    "cleansing.duplicates": daily.find_duplicates,
    "cleansing.quality": daily.find_odd_data,
    "deliveries.carry_out": carry_out_upload,
    "inquiries.sort": daily.sort_inquiries,
    "intake.look": daily.look_at_intakes,
    "kpi.judge_alerts": daily.judge_alerts,
    "kpi.mail_alerts": daily.mail_alerts,
    "installation.sweep": daily.sweep,
    "publishing.compare_areas": daily.compare_areas,
    "publishing.publish": daily.publish,
    "reporting.due": reporting.make_due_tables,
    "reporting.make": reporting.make_report,
    "support.clock": daily.wind_clocks,
    "support.mail": daily.mail_answers,
    "support.tidy": daily.tidy_support,
    "releases.make": daily.make_release,
    "status.change_line": change_line,
    "status.close_months": daily.close_months,
    "status.decide_due": decide_due_lines,
}
"""By name. Who may ask for one on screen stands in ``task_permission`` (``definitions/jobs.sql``); people read
``job.task_<name>`` of the words, with an underscore for the dot."""
