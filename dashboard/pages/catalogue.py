"""The pages, listed: address, name, what each needs, its place in the rail, and what it says of itself."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages import help as help_page
from dashboard.pages.account import page as me
from dashboard.pages.administration.pages import ADMIN_PAGES
from dashboard.pages.analysis.pages import ANALYSIS_PAGES
from dashboard.pages.areas_compared.pages import COMPARED_PAGES
from dashboard.pages.audit import page as audit
from dashboard.pages.boundaries import page as boundaries
from dashboard.pages.boundaries import parts as boundary_parts
from dashboard.pages.boundaries import upload as boundary_file
from dashboard.pages.cards import ask as card_ask
from dashboard.pages.cards import card as card_page
from dashboard.pages.cards import lists as card_lists
from dashboard.pages.cards import request as card_request
from dashboard.pages.cases import case, form, queue, start
from dashboard.pages.catalogue_aid import AID_PAGES
from dashboard.pages.catalogue_articles import ARTICLE_PAGES
from dashboard.pages.catalogue_compare import COMPARE_PAGES
from dashboard.pages.catalogue_kpi import KPI_PAGES, WHAT_IF_PAGES
from dashboard.pages.catalogue_reports import CONNECTIONS_PAGE, MAP_DATES_PAGE, REPORT_PAGES
from dashboard.pages.changes import page as changes
from dashboard.pages.checks import page as checking
from dashboard.pages.cleansing import page as cleansing
from dashboard.pages.deliveries import page as deliveries
from dashboard.pages.deliveries import upload as delivery
from dashboard.pages.households import record, search
from dashboard.pages.inquiries.pages import INQUIRY_PAGES
from dashboard.pages.intake.pages import INTAKE_PAGES
from dashboard.pages.jobs import page as jobs
from dashboard.pages.kpi import defined as kpi_defined
from dashboard.pages.kpi import defining as kpi_defining
from dashboard.pages.lines import add as line_add
from dashboard.pages.lines import change as line_change
from dashboard.pages.lines import page as lines
from dashboard.pages.lines import texts as lines_texts
from dashboard.pages.meetings import meeting
from dashboard.pages.meetings import page as meetings
from dashboard.pages.notices import page as notices
from dashboard.pages.poverty_map import layout as poverty_map
from dashboard.pages.poverty_map import page as poverty_map_page
from dashboard.pages.projects.pages import PROJECT_PAGES
from dashboard.pages.quality import page as quality
from dashboard.pages.start import page as start_page
from dashboard.pages.support.pages import SUPPORT_PAGES
from dashboard.pages.tasks import page as tasks
from dashboard.pages.visits import form as visit
from dashboard.pages.visits import page as visits
from dashboard.router import Page
from registry.principals import Permission

_POVERTY: Final = ("tegar", "miskin", "pgk")
_HOUSEHOLD: Final = ("kir", "air", "tegar", "miskin", "pgk", "per_capita")
_GRID: Final = ("grid_arrows", "grid_enter")
PAGES: Final[tuple[Page, ...]] = (
    Page(
        start_page.PATH,
        "nav.start",
        Permission.READ_AGGREGATES,
        start_page.layout,
        start_page.register,
        "home",
        about=About("start", (*_POVERTY, "due", "as_of")),
    ),
    Page(
        poverty_map.PATH,
        poverty_map.TITLE,
        poverty_map.PERMISSION,
        poverty_map.layout,
        poverty_map_page.register,
        "map",
        about=About("map", (*_POVERTY, "rate", "small"), ("map_enter", "map_up", "map_arrows", "map_plus")),
    ),
    MAP_DATES_PAGE,
    *KPI_PAGES,
    *REPORT_PAGES,
    *ANALYSIS_PAGES,
    *COMPARED_PAGES,
    *WHAT_IF_PAGES,
    *COMPARE_PAGES,
    CONNECTIONS_PAGE,
    Page(
        search.PATH,
        "nav.households",
        Permission.READ_PERSONS,
        search.layout,
        search.register,
        "search",
        group="households",
        called="nav.search",
        about=About("search", ("kir", "air", "file_no", "tegar", "miskin"), _GRID),
    ),
    Page(
        record.PATH,
        "record.title",
        Permission.READ_PERSONS,
        record.layout,
        record.register,
        about=About("record", (*_HOUSEHOLD, "due")),
    ),
    Page(
        queue.PATH,
        "nav.cases",
        Permission.READ_PERSONS,
        queue.layout,
        queue.register,
        "cases",
        group="households",
        about=About("cases", ("case", "focus_group", "due"), _GRID),
    ),
    Page(
        start.PATH,
        "case.new",
        Permission.REGISTER,
        start.layout,
        start.register,
        about=About("case_new", ("case", "kir")),
    ),
    Page(
        case.PATH,
        "case.title",
        Permission.READ_PERSONS,
        case.layout,
        case.register,
        about=About("case", ("case", "focus_group", "visit")),
    ),
    Page(
        form.PATH,
        "case.form",
        Permission.REGISTER,
        form.layout,
        form.register,
        about=About("case_form", ("kir", "air", "per_capita")),
    ),
    Page(
        visits.PATH,
        "nav.visits",
        Permission.READ_PERSONS,
        visits.layout,
        visits.register,
        "pin",
        group="households",
        offered_to=(Permission.VISIT, Permission.ASSIGN),
        about=About("visits", ("visit", "case", "due")),
    ),
    Page(
        visit.PATH,
        "visit.title",
        Permission.VISIT,
        visit.layout,
        visit.register,
        about=About("visit", ("visit", "kir", "air")),
    ),
    *INTAKE_PAGES,
    Page(
        notices.PATH,
        "nav.notices",
        Permission.TELL_NOTICES,
        notices.layout,
        notices.register,
        "people",
        group="worklists",
        about=About("notices", ("intake",)),
    ),
    Page(
        meetings.PATH,
        "nav.meetings",
        Permission.DECIDE,
        meetings.layout,
        meetings.register,
        "group",
        group="worklists",
        about=About("meetings", ("focus_group", "case")),
    ),
    Page(
        meeting.PATH,
        "nav.meetings",
        Permission.DECIDE,
        meeting.layout,
        meeting.register,
        about=About("meeting", ("focus_group", "case", "tegar", "miskin")),
    ),
    Page(
        tasks.PATH,
        "nav.tasks",
        Permission.READ_PERSONS,
        tasks.layout,
        tasks.register,
        "list",
        group="worklists",
        about=About("tasks", ("due", "tegar", "miskin", "quality"), _GRID),
    ),
    Page(
        checking.PATH,
        "nav.check",
        Permission.CHECK_STATUS,
        checking.layout,
        checking.register,
        "check",
        group="households",
        about=About("check", ("check", "tegar", "miskin")),
    ),
    *INQUIRY_PAGES,
    Page(
        card_lists.PATH,
        "nav.cards",
        Permission.ISSUE_CARDS,
        card_lists.layout,
        card_lists.register,
        "card",
        group="households",
        about=About("cards", ("card", "file_no")),
    ),
    Page(
        card_ask.PATH,
        "nav.ask_cards",
        Permission.REQUEST_CARDS,
        card_ask.layout,
        card_ask.register,
        "card",
        group="households",
        about=About("card_ask", ("card", "file_no")),
    ),
    Page(
        card_request.PATH,
        "card.request",
        Permission.ISSUE_CARDS,
        card_request.layout,
        card_request.register,
        about=About("card_request", ("card", "file_no")),
    ),
    Page(
        card_page.PATH,
        "card.number",
        Permission.ISSUE_CARDS,
        card_page.layout,
        card_page.register,
        about=About("card", ("card", "file_no")),
    ),
    Page(
        cleansing.PATH,
        "nav.cleanse",
        Permission.CLEANSE,
        cleansing.layout,
        cleansing.register,
        "check",
        group="worklists",
        about=About("cleansing", ("duplicate", "cleansing", "kir")),
    ),
    *AID_PAGES,
    *PROJECT_PAGES,
    Page(
        deliveries.PATH,
        "nav.deliveries",
        Permission.IMPORT_DELIVERIES,
        deliveries.layout,
        deliveries.register,
        "download",
        group="administration",
        about=About("deliveries", ("delivery", "birm")),
    ),
    Page(
        delivery.PATH,
        "nav.deliveries",
        Permission.IMPORT_DELIVERIES,
        delivery.layout,
        delivery.register,
        about=About("delivery", ("delivery", "birm", "held")),
    ),
    Page(
        jobs.PATH,
        "nav.jobs",
        Permission.IMPORT_DELIVERIES,
        jobs.layout,
        jobs.register,
        "gauge",
        group="administration",
        about=About("jobs", ("job", "schedule")),
    ),
    Page(
        lines_texts.PATH,
        "nav.lines",
        Permission.READ_AGGREGATES,
        lines.layout,
        lines.register,
        "lines",
        group="administration",
        called="nav.lines_short",
        about=About("lines", ("pgk", "food_line", "tegar", "miskin")),
    ),
    Page(
        lines_texts.CHANGE_PATH,
        "line.change_title",
        Permission.ADMINISTER,
        line_change.layout,
        line_change.register,
        about=About("line_change", ("pgk", "tegar", "miskin")),
    ),
    Page(
        lines_texts.ADD_PATH,
        "line.add_title",
        Permission.ADMINISTER,
        line_add.layout,
        line_add.register,
        about=About("line_add", ("pgk", "food_line")),
    ),
    Page(
        boundary_parts.PATH,
        "nav.boundaries",
        Permission.READ_AGGREGATES,
        boundaries.layout,
        boundaries.register,
        "map",
        group="administration",
        offered_to=(Permission.ADMINISTER,),
        about=About("boundaries", ("boundary_set", "accuracy")),
    ),
    Page(
        boundary_file.PATH,
        "nav.boundaries",
        Permission.ADMINISTER,
        boundary_file.layout,
        boundary_file.register,
        about=About("boundary_file", ("boundary_set", "accuracy")),
    ),
    Page(
        quality.PATH,
        "nav.quality",
        Permission.READ_AGGREGATES,
        quality.layout,
        quality.register,
        "alert",
        group="worklists",
        about=About("quality", ("quality", "small")),
    ),
    Page(
        changes.PATH,
        "changes.title",
        Permission.REQUEST_CHANGES,
        changes.layout,
        changes.register,
        "edit",
        group="households",
        about=About("changes", ("change", "kir")),
    ),
    *ADMIN_PAGES,
    Page(
        kpi_defined.PATH,
        "define.title",
        Permission.DEFINE_KPI,
        kpi_defined.layout,
        kpi_defined.register,
        "gauge",
        group="administration",
        called="define.nav",
        about=About("kpi_defined", ("kpi", "target")),
    ),
    Page(
        kpi_defined.FORM_PATH,
        "define.one",
        Permission.DEFINE_KPI,
        kpi_defining.layout,
        kpi_defining.register,
        about=About("kpi_defining", ("kpi", "target")),
    ),
    Page(
        audit.PATH,
        "nav.audit",
        Permission.READ_AUDIT,
        audit.layout,
        audit.register,
        "lock",
        group="administration",
        about=About("audit", ("audit", "seal")),
    ),
    *ARTICLE_PAGES,
    *SUPPORT_PAGES,
    Page(
        me.PATH,
        "me.title",
        Permission.READ_AGGREGATES,
        me.layout,
        me.register,
        about=About("me", ("session", "delegation")),
    ),
    Page(
        help_page.PATH,
        "nav.help",
        Permission.READ_AGGREGATES,
        help_page.layout,
        help_page.register,
        about=About("help", (*_HOUSEHOLD, "rate")),
    ),
)
