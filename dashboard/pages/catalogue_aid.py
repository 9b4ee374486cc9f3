"""The pages of aid, listed as those of the catalogue are."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.household.given import HELD_PATH
from dashboard.pages.applications import application
from dashboard.pages.applications import edit as application_edit
from dashboard.pages.applications import new as application_new
from dashboard.pages.applications import page as applications
from dashboard.pages.applications import parts as application_parts
from dashboard.pages.boundaries import catchment
from dashboard.pages.deliveries import aid as aid_deliveries
from dashboard.pages.deliveries import aid_upload as aid_delivery
from dashboard.pages.double_aid import page as double_aid
from dashboard.pages.effects import page as effects
from dashboard.pages.held_aid import one as held_aid_row
from dashboard.pages.held_aid import page as held_aid
from dashboard.pages.office import lists as office_lists
from dashboard.pages.office import page as office
from dashboard.pages.payments import answers as payment_answers
from dashboard.pages.payments import one as payment_list
from dashboard.pages.payments import page as payments
from dashboard.pages.payments.texts import PATH as PAYMENTS_PATH
from dashboard.pages.programmes import one as programme
from dashboard.pages.programmes import page as programmes
from dashboard.pages.programmes.texts import PATH as PROGRAMMES_PATH
from dashboard.pages.reach import page as reach
from dashboard.pages.referrals import new as referral_new
from dashboard.pages.referrals import one as referral
from dashboard.pages.referrals import page as referrals
from dashboard.pages.referrals import parts as referral_parts
from dashboard.pages.rounds import one as cleansing_round
from dashboard.pages.rounds import page as rounds
from dashboard.pages.targets.pages import TARGET_PAGES
from dashboard.pages.vote_book import page as vote_book
from dashboard.router import Page
from registry.principals import Permission

AID_PAGES: Final[tuple[Page, ...]] = (
    Page(
        catchment.PATH,
        "catchment.title",
        Permission.ADMINISTER,
        catchment.layout,
        catchment.register,
        about=About("catchment", ("boundary_set", "accuracy")),
    ),
    Page(
        office.PATH,
        "nav.office",
        Permission.CHECK_AID,
        office.layout,
        office.register,
        "gauge",
        group="aid",
        about=About("office", ("tegar", "miskin", "vote", "warrant")),
    ),
    Page(
        office_lists.LIST_PATH,
        "nav.office",
        Permission.CHECK_AID,
        office_lists.layout,
        office_lists.register,
        about=About("office_list", ("tegar", "miskin")),
    ),
    Page(
        reach.PATH,
        "nav.reach",
        Permission.READ_AGGREGATES,
        reach.layout,
        reach.register,
        "gauge",
        group="aid",
        about=About("reach", ("small",)),
    ),
    Page(
        effects.PATH,
        "nav.effects",
        Permission.READ_AGGREGATES,
        effects.layout,
        effects.register,
        "check",
        group="aid",
        about=About("effects", ("small",)),
    ),
    Page(
        PROGRAMMES_PATH,
        "nav.programmes",
        Permission.READ_AGGREGATES,
        programmes.layout,
        programmes.register,
        "list",
        group="aid",
        about=About("programmes", ("programme", "aid_need")),
    ),
    Page(
        programme.PATH,
        "nav.programmes",
        Permission.READ_AGGREGATES,
        programme.layout,
        programme.register,
        about=About("programme", ("programme", "aid_need")),
    ),
    Page(
        application_parts.PATH,
        "nav.applications",
        Permission.APPLY_AID,
        applications.layout,
        applications.register,
        "list",
        group="aid",
        about=About("applications", ("kir", "file_no")),
    ),
    Page(
        application_parts.NEW_PATH,
        "application.new",
        Permission.APPLY_AID,
        application_new.layout,
        application_new.register,
        about=About("application_new", ("kir", "air")),
    ),
    Page(
        application.ONE_PATH,
        "application.title",
        Permission.APPLY_AID,
        application.layout,
        application.register,
        about=About("application", ("kir", "tegar", "miskin")),
    ),
    Page(
        application_edit.EDIT_PATH,
        "application.edit",
        Permission.APPLY_AID,
        application_edit.layout,
        application_edit.register,
        about=About("application_edit", ("kir", "air")),
    ),
    Page(
        referral_parts.PATH,
        "nav.referrals",
        Permission.REFER,
        referrals.layout,
        referrals.register,
        "people",
        group="aid",
        about=About("referrals", ("referral", "kir")),
    ),
    Page(
        referral_parts.NEW_PATH,
        "referral.new",
        Permission.REFER,
        referral_new.layout,
        referral_new.register,
        about=About("referral_new", ("referral", "kir")),
    ),
    Page(
        referral.ONE_PATH,
        "nav.referrals",
        Permission.REFER,
        referral.layout,
        referral.register,
        about=About("referral", ("referral", "kir")),
    ),
    Page(
        rounds.PATH,
        "nav.rounds",
        Permission.CHECK_AID,
        rounds.layout,
        rounds.register,
        "check",
        group="aid",
        offered_to=(Permission.READ_PERSONS,),
        about=About("rounds", ("round", "cleansing")),
    ),
    Page(
        cleansing_round.ONE_PATH,
        "nav.rounds",
        Permission.CHECK_AID,
        cleansing_round.layout,
        cleansing_round.register,
        about=About("round", ("round", "cleansing")),
    ),
    *TARGET_PAGES,
    Page(
        aid_deliveries.PATH,
        "nav.aid_deliveries",
        Permission.DELIVER_AID_LINES,
        aid_deliveries.layout,
        aid_deliveries.register,
        "download",
        group="aid",
        about=About("aid_deliveries", ("delivery",)),
    ),
    Page(
        aid_delivery.PATH,
        "nav.aid_deliveries",
        Permission.DELIVER_AID_LINES,
        aid_delivery.layout,
        aid_delivery.register,
        about=About("aid_delivery", ("delivery", "held")),
    ),
    Page(
        HELD_PATH,
        "nav.held_aid",
        Permission.SETTLE_AID,
        held_aid.layout,
        held_aid.register,
        "alert",
        group="aid",
        about=About("held_aid", ("aid_held", "aid_line", "aid_need")),
    ),
    Page(
        held_aid_row.PATH,
        "nav.held_aid",
        Permission.SETTLE_AID,
        held_aid_row.layout,
        held_aid_row.register,
        about=About("held_aid_row", ("aid_held", "aid_line", "aid_need")),
    ),
    Page(
        double_aid.PATH,
        "nav.double_aid",
        Permission.READ_AGGREGATES,
        double_aid.layout,
        double_aid.register,
        "people",
        group="aid",
        offered_to=(Permission.SETTLE_AID, Permission.DELIVER_AID_LINES),
        about=About("double_aid", ("aid_line", "aid_need")),
    ),
    Page(
        vote_book.PATH,
        "nav.vote_book",
        Permission.READ_LEDGER,
        vote_book.layout,
        vote_book.register,
        "lines",
        group="aid",
        about=About("vote_book", ("vote", "warrant")),
    ),
    Page(
        PAYMENTS_PATH,
        "nav.payments",
        Permission.READ_LEDGER,
        payments.layout,
        payments.register,
        "card",
        group="aid",
        offered_to=(Permission.MAKE_PAYMENTS, Permission.RELEASE_PAYMENTS),
        about=About("payments", ("payment_list", "payee")),
    ),
    Page(
        payment_answers.PATH,
        "payment.answers",
        Permission.MAKE_PAYMENTS,
        payment_answers.layout,
        payment_answers.register,
        about=About("payment_answers", ("payment_list",)),
    ),
    Page(
        payment_list.PATH,
        "payment.list",
        Permission.READ_LEDGER,
        payment_list.layout,
        payment_list.register,
        about=About("payment_list", ("payment_list", "payee")),
    ),
)
"""In the order in which they stand in the rail."""
