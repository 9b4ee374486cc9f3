"""The whole life of one household, by keyboard alone: from its first form to the day on which it leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from dashboard.household import texts
from layers import numbers
from tests.browser.keyboard import Keyboard
from tests.browser.visitor import COORDINATOR, NARROW, OFFICER, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.visitor import Visitor

ENUMERATOR, OFFICE, AGENCY = "pembanci.kinta", "ppn.perak", "agensi"
CASE, FORM = re.compile(r".*/kes/\d+$"), re.compile(r".*/kes/\d+/borang$")
RECORD, VISIT = re.compile(r".*/isi-rumah/\d+$"), re.compile(r".*/lawatan/\d+$")
MEETING, REQUEST, CARD = (re.compile(rf".*/{path}/\d+$") for path in ("mesyuarat", "kad/permohonan", "kad"))
_STATES = {
    "received": {"ms": "diterima", "en": "received"},
    "recommended": {"ms": "disyorkan", "en": "recommended"},
    "active": {"ms": "aktif", "en": "active"},
}
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass
class Household:
    """The household of the story; what only the register can know is read from its pages."""

    name: str = field(default_factory=lambda: f"Zainab binti {uuid4().hex[:8].translate(_LETTERS).capitalize()}")
    mykad: str = field(default_factory=lambda: f"650203-08-{uuid4().int % 5000 * 2:04}")
    number: str = ""
    file_no: str = ""
    address: str = ""


def answer(by: Keyboard, place: str) -> Locator:
    """A question of the registration form."""
    return by.page.locator(f'[data-place="{place}"]')


def part(by: Keyboard, name: str) -> None:
    """Open a part of the registration form."""
    by.presses(by.page.locator("#cases-draft-steps button").filter(has_text=by.words(f"part.{name}")))
    expect(by.page.locator("#cases-draft-title")).to_be_focused()


def saved(by: Keyboard) -> None:
    """The form says that what was typed is kept by the register."""
    said = re.escape(by.words("case_form.saved", time="@")).replace("@", r"\d\d:\d\d")
    expect(by.page.locator("#cases-draft-status")).to_have_text(re.compile(f"^{said}$"))


def family(by: Keyboard, of: Household) -> None:
    """A mother, whose number says when she was born, and her daughter."""
    part(by, "peribadi")
    by.writes(answer(by, "m1.name"), of.name)
    by.writes(answer(by, "m1.id_no"), of.mykad)
    by.presses(by.page.locator("[data-hint=m1] button"))
    expect(answer(by, "m1.birth_date")).to_have_value("03/02/1965")
    by.button(by.words("case_form.add_member"))
    expect(answer(by, "m2.name")).to_be_focused()
    by.page.keyboard.type("Aminah Rekaan")
    by.picks(answer(by, "m2.relationship"), by.words("choice.anak"))
    by.writes(answer(by, "m2.birth_date"), "28/02/2010")
    saved(by)
    by.looks("borang")


def home(by: Keyboard) -> None:
    """Where they live, in what, and from what."""
    part(by, "lokasi")
    by.writes(answer(by, "lokasi.address"), "Lot 12, Jalan Rekaan")
    by.writes(answer(by, "lokasi.postcode"), "31000")
    by.picks(answer(by, "lokasi.strata"), by.words("strata.rural"))
    part(by, "kediaman")
    by.writes(answer(by, "kediaman.room_count"), "2")
    part(by, "pendapatan")
    by.writes(answer(by, "m1.employment"), "450")
    by.presses(answer(by, "m2.no_income"), "Space")
    saved(by)


def registered(by: Keyboard, of: Household) -> None:
    """An officer opens a case, fills in its form, comes back to it, and sends it in."""
    by.enters(OFFICER, then="/kes")
    by.looks("kes")
    by.follows(by.page.get_by_role("link", name=by.words("case.new"), exact=True))
    expect(by.page.locator("#cases-start-district")).to_have_value(re.compile("Kinta"))
    by.looks("cases-new")
    by.button(by.words("case.start"))
    expect(by.page).to_have_url(FORM)
    family(by, of)
    by.page.reload()
    part(by.visitor.settled() and by, "peribadi")
    expect(answer(by, "m1.name")).to_have_value(of.name)
    expect(answer(by, "m2.birth_date")).to_have_value("28/02/2010")
    home(by)
    by.button(by.words("case_form.next"))
    by.button(by.words("case_form.next"))
    expect(by.page.locator("#cases-draft-review")).to_contain_text(by.words("case_form.not_ready_note"))
    by.looks("semak")
    by.button(by.words("case_form.submit_unready"))
    expect(by.page).to_have_url(CASE)
    case_is(by, "received")
    of.number = by.page.url.rpartition("/")[2]
    by.looks("satu-kes")


def case_is(by: Keyboard, state: str) -> None:
    """The open case is in that state."""
    expect(by.page.locator(".ek-case-header .ek-case-state")).to_have_text(_STATES[state][by.language])


def assigned(by: Keyboard, of: Household) -> None:
    """The coordinator gives the case to an enumerator."""
    by.enters(COORDINATOR, then="/lawatan")
    by.presses(by.page.get_by_role("checkbox", name=re.compile(of.name)), "Space")
    by.chooses(by.page.locator("#visits-officer"), "Pembanci Kinta (contoh)")
    by.button(by.words("visit.assign"))
    expect(by.page.locator("#visits-told")).to_contain_text(by.words.n("visit.assigned", 1))
    by.looks("agihan")


def visited(by: Keyboard, of: Household) -> None:
    """The enumerator goes there, and recommends."""
    by.enters(ENUMERATOR, then="/lawatan")
    by.looks("pusingan")
    by.follows(by.page.get_by_role("link", name=of.name, exact=True))
    expect(by.page).to_have_url(VISIT)
    by.presses(by.page.locator("#visits-pendapatan-block > summary"), "Enter")
    by.presses(by.page.locator("#visits-pendapatan-none"), "ArrowLeft")
    by.presses(by.page.locator("#visits-pendapatan-no"), "ArrowLeft")
    expect(by.page.locator("#visits-pendapatan-yes")).to_be_checked()
    by.writes(by.page.locator('[data-field="latitude"]'), "4.47")
    by.writes(by.page.locator('[data-field="longitude"]'), "101.04")
    by.presses(by.page.locator("#visits-accuracy-t"), "ArrowDown")
    by.presses(by.page.locator("#visits-recommendation-approve"), "Space")
    by.writes(by.page.locator('[data-field="reason"]'), "Pendapatan di bawah garis kemiskinan")
    # a place that has no map yet leaves nothing behind where the ways there would stand
    expect(by.page.locator("#visits-host")).not_to_contain_text("null")
    by.looks("lawatan")
    by.button(by.words("visit.send"))
    expect(by.page.locator("#visits-sent")).to_be_focused()
    by.follows(by.page.get_by_role("link", name=by.words("visit.to_case")))
    case_is(by, "recommended")
    by.looks("cases-disyorkan")


def planned(by: Keyboard) -> None:
    """A meeting of the focus group is planned for today, and opened."""
    by.enters(COORDINATOR, then="/mesyuarat")
    by.chooses(by.page.get_by_role("textbox", name=by.words("meeting.area"), exact=True), "Kinta")
    for name, said in (
        ("number", f"{uuid4().hex[:6]}/2026"),
        ("held_on", numbers.day(texts.today())),
        ("place", "Batu Gajah"),
        ("members", "Ali"),
    ):
        by.writes(by.page.get_by_label(by.words(f"meeting.{name}"), exact=True), said)
    by.looks("mesyuarat")
    by.button(by.words("meeting.plan"))
    by.follows(by.page.get_by_role("link", name=by.words("meeting.open")))
    expect(by.page).to_have_url(MEETING)


def decided(by: Keyboard, of: Household) -> None:
    """The focus group approves the case among those on its agenda."""
    planned(by)
    by.button(by.words("meeting.act_draw"))
    row = by.page.locator("tr", has_text=of.name)
    by.chooses(row.locator("input[aria-label]").first, by.words("meeting.outcome_approve"))
    by.looks("agenda")
    by.button(by.words("meeting.act_decide"))
    expect(row.get_by_text(by.words("meeting.outcome_approve"), exact=True)).to_be_visible()
    by.follows(row.get_by_role("link"))
    case_is(by, "active")


def found(by: Keyboard, of: Household, *, who: str) -> None:
    """Somebody asks the register for the household, and opens its record."""
    by.enters(who, then="/isi-rumah")
    by.writes(by.page.locator("#households-search-text"), of.name)
    by.page.keyboard.press("Enter")
    expect(by.page.locator(".ag-row a").first).to_have_text(of.name)
    by.visitor.settled()
    by.looks("carian")
    by.presses(by.page.locator(".ag-row .ag-cell").nth(1))
    expect(by.page).to_have_url(RECORD)
    expect(by.page.locator(".ek-record-title h1")).to_have_text(of.name)
    by.visitor.settled()


def status_is(by: Keyboard, status: str) -> None:
    """The open record has that status."""
    expect(by.page.locator(".ek-record-title .ek-badge").first).to_have_text(by.words(f"status.{status}"))


def poor(by: Keyboard, of: Household) -> None:
    """The household is on the register, as poor as its income makes it, and has a file number."""
    found(by, of, who=OFFICER)
    status_is(by, "tegar")
    of.address = by.page.url
    of.file_no = by.page.locator(".ek-record-line span").first.inner_text().split()[-1]
    by.looks("rekod")


def earning(by: Keyboard, of: Household) -> None:
    """The coordinator asks for a new income; the state office approves, and the status follows."""
    found(by, of, who=COORDINATOR)
    by.button(f"{by.words('record.edit')}: {by.words('part.pendapatan')}")
    expect(by.page.locator("#households-dock")).to_be_visible()
    by.visitor.settled()
    by.writes(by.page.locator('input[id*=\'"name":"employment"\'][id*="households-field"]').first, "900")
    by.looks("rekod-pendapatan")
    by.presses(by.page.locator("#households-save"))
    expect(by.page.locator("#households-flash")).to_contain_text(by.words("requested.title"))
    status_is(by, "tegar")
    by.enters(OFFICE, then="/kemaskini")
    by.looks("kemaskini")
    by.button(f"{by.words('changes.act.approve')}: {of.name}")
    expect(by.page.locator("#changes-message")).to_contain_text(by.words("changes.said.approve"))
    by.looks("changes-lulus")
    found(by, of, who=OFFICER)
    status_is(by, "miskin")


def card_asked(by: Keyboard, of: Household, agency: str) -> None:
    """An agency asks the state office for an identity card."""
    by.enters(AGENCY, then="/kad/mohon")
    by.writes(by.page.locator("#cards-ask-agency"), agency)
    by.chooses(by.page.locator("#cards-ask-state"), "Perak")
    by.writes(by.page.locator("#cards-ask-purpose"), "Bantuan awal persekolahan")
    by.writes(by.page.locator("#cards-ask-numbers"), of.file_no)
    by.looks("cards-ask")
    by.button(by.words("card.send"))
    expect(by.page.locator("#cards-ask-message")).to_contain_text(by.words("card.sent"))


def carded(by: Keyboard, of: Household) -> None:
    """The state office approves the request and issues the card."""
    agency = f"Jabatan {uuid4().hex[:6]}"
    card_asked(by, of, agency)
    by.enters(OFFICE, then="/kad")
    by.looks("kad")
    by.follows(by.page.locator("tr", has_text=agency).get_by_role("link"))
    expect(by.page).to_have_url(REQUEST)
    by.button(by.words("card.step_approve"))
    by.button(by.words("card.step_issue"))
    expect(by.page.locator("#cards-request-message")).to_have_text(by.words.n("card.did_issue", 1))
    by.looks("cards-request")
    by.follows(by.page.get_by_role("link", name=re.compile(r"^EK\d+")))
    expect(by.page).to_have_url(CARD)
    expect(by.page.get_by_role("definition").filter(has_text=of.file_no)).to_be_visible()
    by.looks("satu-kad")


def left(by: Keyboard, of: Household) -> None:
    """The household leaves the counts for a reason that is published, and its record tells its life."""
    found(by, of, who=OFFICER)
    reason = by.words("exit.reason.remarried")
    by.chooses(by.page.locator("#households-exit-reason"), reason)
    by.presses(by.page.locator("#households-exit-save"))
    expect(by.page.locator(".ek-record-title")).to_contain_text(reason)
    by.visitor.settled()
    told = by.page.locator(".ek-timeline").first
    for event in ("action.exit", "action.edit_income", "timeline.registered"):
        expect(told).to_contain_text(by.words(event))
    by.looks("rekod-keluar")


def remembered(by: Keyboard) -> None:
    """The record can be seen as it was on a day: as it is today, and the day before, when nobody knew of it."""
    today = texts.today()
    for day, said in ((today, by.words("part.pendapatan")), (today - timedelta(days=1), by.words("past.unknown"))):
        by.writes(by.page.locator(".ek-part-past input[name=pada], article > form input[name=pada]"), numbers.day(day))
        by.page.keyboard.press("Enter")
        expect(by.page.locator(".is-stale")).to_contain_text(numbers.day(day))
        expect(by.page.locator("#households-content, main").first).to_contain_text(said)
        by.looks(f"rekod-lalu-{(today - day).days}")


@pytest.mark.parametrize(("size", "language"), [(WIDE, "ms"), (NARROW, "en")], ids=["desk-ms", "phone-en"])
def test_the_life_of_a_household(visitor: Visitor, size: tuple[int, int], language: str) -> None:
    by, household = Keyboard(visitor, size=size, language=language), Household()
    registered(by, household)
    assigned(by, household)
    visited(by, household)
    decided(by, household)
    poor(by, household)
    earning(by, household)
    carded(by, household)
    left(by, household)
    remembered(by)
