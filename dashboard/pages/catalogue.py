"""The pages, listed: address, name, what each needs, and its place in the rail."""

from __future__ import annotations

from typing import Final

from dashboard.pages import help as help_page
from dashboard.pages.account import page as me
from dashboard.pages.administration import delegates, people, settings
from dashboard.pages.administration import page as admin
from dashboard.pages.audit import page as audit
from dashboard.pages.boundaries import page as boundaries
from dashboard.pages.boundaries import parts as boundary_parts
from dashboard.pages.boundaries import upload as boundary_file
from dashboard.pages.cards import ask as card_ask
from dashboard.pages.cards import card as card_page
from dashboard.pages.cards import lists as card_lists
from dashboard.pages.cards import request as card_request
from dashboard.pages.cases import case, form, queue, start
from dashboard.pages.changes import page as changes
from dashboard.pages.checks import page as checking
from dashboard.pages.cleansing import page as cleansing
from dashboard.pages.deliveries import page as deliveries
from dashboard.pages.deliveries import upload as delivery
from dashboard.pages.households import record, search
from dashboard.pages.jobs import page as jobs
from dashboard.pages.kpi import page as kpi
from dashboard.pages.lines import add as line_add
from dashboard.pages.lines import change as line_change
from dashboard.pages.lines import page as lines
from dashboard.pages.lines import texts as lines_texts
from dashboard.pages.meetings import meeting
from dashboard.pages.meetings import page as meetings
from dashboard.pages.poverty_map import layout as poverty_map
from dashboard.pages.poverty_map import page as poverty_map_page
from dashboard.pages.quality import page as quality
from dashboard.pages.start import page as start_page
from dashboard.pages.tasks import page as tasks
from dashboard.pages.visits import form as visit
from dashboard.pages.visits import page as visits
from dashboard.router import Page
from registry.principals import Permission

PAGES: Final[tuple[Page, ...]] = (
    Page(
        start_page.PATH,
        "nav.start",
        Permission.READ_AGGREGATES,
        start_page.layout,
        start_page.register,
        "home",
        about="start",
    ),
    Page(
        poverty_map.PATH,
        poverty_map.TITLE,
        poverty_map.PERMISSION,
        poverty_map.layout,
        poverty_map_page.register,
        "map",
        about="map",
    ),
    Page(kpi.PATH, "nav.kpi", Permission.READ_AGGREGATES, kpi.layout, kpi.register, "gauge", about="kpi"),
    Page(
        search.PATH,
        "nav.households",
        Permission.READ_PERSONS,
        search.layout,
        search.register,
        "search",
        group="households",
        called="nav.search",
        about="search",
    ),
    Page(record.PATH, "record.title", Permission.READ_PERSONS, record.layout, record.register, about="record"),
    Page(
        queue.PATH,
        "nav.cases",
        Permission.READ_PERSONS,
        queue.layout,
        queue.register,
        "cases",
        group="households",
        about="cases",
    ),
    Page(start.PATH, "case.new", Permission.REGISTER, start.layout, start.register, about="case_new"),
    Page(case.PATH, "case.title", Permission.READ_PERSONS, case.layout, case.register, about="case"),
    Page(form.PATH, "case.form", Permission.REGISTER, form.layout, form.register, about="case_form"),
    Page(
        visits.PATH,
        "nav.visits",
        Permission.READ_PERSONS,
        visits.layout,
        visits.register,
        "pin",
        group="households",
        about="visits",
    ),
    Page(visit.PATH, "visit.title", Permission.VISIT, visit.layout, visit.register, about="visit"),
    Page(
        meetings.PATH,
        "nav.meetings",
        Permission.DECIDE,
        meetings.layout,
        meetings.register,
        "group",
        group="worklists",
        about="meetings",
    ),
    Page(meeting.PATH, "nav.meetings", Permission.DECIDE, meeting.layout, meeting.register, about="meeting"),
    Page(
        tasks.PATH,
        "nav.tasks",
        Permission.READ_PERSONS,
        tasks.layout,
        tasks.register,
        "list",
        group="worklists",
        about="tasks",
    ),
    Page(
        checking.PATH,
        "nav.check",
        Permission.CHECK_STATUS,
        checking.layout,
        checking.register,
        "check",
        group="households",
        about="check",
    ),
    Page(
        card_lists.PATH,
        "nav.cards",
        Permission.ISSUE_CARDS,
        card_lists.layout,
        card_lists.register,
        "card",
        group="households",
        about="cards",
    ),
    Page(
        card_ask.PATH,
        "nav.ask_cards",
        Permission.REQUEST_CARDS,
        card_ask.layout,
        card_ask.register,
        "card",
        group="households",
        about="card_ask",
    ),
    Page(
        card_request.PATH,
        "card.request",
        Permission.ISSUE_CARDS,
        card_request.layout,
        card_request.register,
        about="card_request",
    ),
    Page(card_page.PATH, "card.number", Permission.ISSUE_CARDS, card_page.layout, card_page.register, about="card"),
    Page(
        cleansing.PATH,
        "nav.cleanse",
        Permission.CLEANSE,
        cleansing.layout,
        cleansing.register,
        "check",
        group="worklists",
        about="cleansing",
    ),
    Page(
        deliveries.PATH,
        "nav.deliveries",
        Permission.IMPORT_DELIVERIES,
        deliveries.layout,
        deliveries.register,
        "download",
        group="administration",
        about="deliveries",
    ),
    Page(
        delivery.PATH,
        "nav.deliveries",
        Permission.IMPORT_DELIVERIES,
        delivery.layout,
        delivery.register,
        about="delivery",
    ),
    Page(
        jobs.PATH,
        "nav.jobs",
        Permission.IMPORT_DELIVERIES,
        jobs.layout,
        jobs.register,
        "gauge",
        group="administration",
        about="jobs",
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
        about="lines",
    ),
    Page(
        lines_texts.CHANGE_PATH,
        "line.change_title",
        Permission.ADMINISTER,
        line_change.layout,
        line_change.register,
        about="line_change",
    ),
    Page(
        lines_texts.ADD_PATH,
        "line.add_title",
        Permission.ADMINISTER,
        line_add.layout,
        line_add.register,
        about="line_add",
    ),
    Page(
        boundary_parts.PATH,
        "nav.boundaries",
        Permission.READ_AGGREGATES,
        boundaries.layout,
        boundaries.register,
        "map",
        group="administration",
        offered_to=Permission.ADMINISTER,
        about="boundaries",
    ),
    Page(
        boundary_file.PATH,
        "nav.boundaries",
        Permission.ADMINISTER,
        boundary_file.layout,
        boundary_file.register,
        about="boundary_file",
    ),
    Page(
        quality.PATH,
        "nav.quality",
        Permission.READ_AGGREGATES,
        quality.layout,
        quality.register,
        "alert",
        group="worklists",
        about="quality",
    ),
    Page(
        changes.PATH,
        "changes.title",
        Permission.REQUEST_CHANGES,
        changes.layout,
        changes.register,
        "edit",
        group="households",
        about="changes",
    ),
    Page(
        admin.PATH,
        "admin.title",
        Permission.ADMINISTER,
        admin.layout,
        admin.register,
        "settings",
        group="administration",
        called="admin.tab_roles",
        about="roles",
    ),
    Page(people.PATH, "admin.tab_people", Permission.ADMINISTER, people.layout, people.register, about="people"),
    Page(
        delegates.PATH,
        "admin.tab_delegates",
        Permission.ADMINISTER,
        delegates.layout,
        delegates.register,
        about="delegates",
    ),
    Page(
        settings.PATH, "admin.tab_settings", Permission.ADMINISTER, settings.layout, settings.register, about="settings"
    ),
    Page(
        audit.PATH,
        "nav.audit",
        Permission.READ_AUDIT,
        audit.layout,
        audit.register,
        "lock",
        group="administration",
        about="audit",
    ),
    Page(me.PATH, "me.title", Permission.READ_AGGREGATES, me.layout, me.register, about="me"),
    Page(help_page.PATH, "nav.help", Permission.READ_AGGREGATES, help_page.layout, help_page.register, about="help"),
)
