"""Every form there is: who fills it in, where, what is pressed, what the register then holds; complete by a test."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.browser.visitor import ADMINISTRATOR, COORDINATOR, OFFICER
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

MS: Final = words_of("ms")
AGENCY, OFFICE, AUDITOR = "agensi", "ppn.perak", "juruaudit"
PAGES: Final = "dashboard/pages/"
# as the database writes it
STRUCTURE: Final = (
    '{"uji-satu" : {"k": "1", "source": "ujian", "name_en": "Test", "name_ms": "Ujian", "computable": false, '
    '"dimensions": [{"code": "rumah", "weight": "1", '
    '"indicators": [{"code": "air", "weight": "1", "deprived": null}]}], '
    '"valid_from": "2099-01-01"}}'
)


@dataclass(frozen=True)
class Form:
    """A form of a page.

    ``made_in`` are the modules that draw its fields, ``first`` what is pressed to see it, ``typed`` what goes into
    fields whose ids contain the key, ``stored`` a statement that answers one row of what was typed, in that order,
    ``restored`` one that undoes what other tests would see.
    """

    name: str
    login: str
    path: str
    made_in: tuple[str, ...]
    within: str = "#frame-main"
    press: str = ""
    first: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    said_in: str = "#frame-main"
    stored: str = ""
    restored: str = ""
    needs: str = ""

    @property
    def of_record(self) -> bool:
        """Whether it is a form of a household's record."""
        return self.path.startswith("record:")


def _record(part: str, file_no: str, *, says: tuple[str, ...], first: str = "", **more: object) -> Form:
    label = first or f"{MS('record.edit')}: {MS(f'part.{part}')}"
    return Form(
        f"rekod-{part}", OFFICER, f"record:{file_no}", (f"{PAGES}households/forms.py",), press="households-save",
        within='[id*="households-body"]:has([id*="households-field"])', first=(label,), says=says,
        said_in="#households-flash", **more,  # type: ignore[arg-type]
    )  # fmt: skip


_HOUSEHOLD = "SELECT {} FROM ekasih.household WHERE file_no = '{}'"

FORMS: Final[tuple[Form, ...]] = (
    _record(
        "lokasi",
        "CT000031",
        typed={
            "address": "12 Jalan Uji",
            "village": "Taman Uji",
            "town": "Pekan Uji",
            "postcode": "31000",
            "phone": "0125550101",
        },
        says=tuple(MS(f"field.{name}") for name in ("address", "village", "town", "postcode", "phone")),
        stored=_HOUSEHOLD.format("address, village, town, postcode, phone", "CT000031"),
    ),
    _record(
        "kediaman",
        "CT000032",
        typed={"room_count": "7"},
        chosen=("dwelling_type", "toilet"),
        says=tuple(MS(f"field.{name}") for name in ("room_count", "dwelling_type", "toilet")),
        stored=_HOUSEHOLD.format("room_count", "CT000032"),
    ),
    _record(
        "harta",
        "CT000033",
        typed={"land_acres": "2.5"},
        chosen=("vehicle",),
        says=tuple(MS(f"field.{name}") for name in ("vehicle", "land_acres")),
        stored=_HOUSEHOLD.format("trim_scale(land_acres)", "CT000033"),
    ),
    _record(
        "pendapatan",
        "CT000034",
        typed={'"employment"': "321", '"transfers"': "45"},
        says=tuple(MS(f"field.{name}") for name in ("employment", "transfers")),
        stored="""SELECT DISTINCT
                    (SELECT trim_scale(amount_rm) FROM ekasih.income WHERE person_id = p.id AND source = 'employment'),
                    (SELECT trim_scale(amount_rm) FROM ekasih.income WHERE person_id = p.id AND source = 'transfers')
                  FROM ekasih.person AS p JOIN ekasih.household AS h ON h.id = p.household_id
                  WHERE h.file_no = 'CT000034'""",
    ),
    _record("pendidikan", "CT000035", chosen=("education_level",), says=(MS("field.education_level"),)),
    _record("pekerjaan", "CT000036", chosen=("employment_status",), says=(MS("field.employment_status"),)),
    _record("kesihatan", "CT000037", chosen=("disability",), says=(MS("field.disability"),)),
    _record(
        "bantuan",
        "CT000038",
        first=f"{MS('record.add_aid')}: {MS('part.bantuan')}",
        chosen=("frequency",),
        typed={"agency": "Agensi Uji", "programme": "Program Uji", "given_on": "02/01/2026", "amount_rm": "150"},
        says=(MS("saved.title"),),
        stored="""SELECT agency, programme, to_char(given_on, 'DD/MM/YYYY'), trim_scale(amount_rm)
                  FROM ekasih.aid_received AS a JOIN ekasih.household AS h ON h.id = a.household_id
                  WHERE h.file_no = 'CT000038' AND agency = 'Agensi Uji'""",
    ),
    _record(
        "titik",
        "CT000039",
        first=MS("place.move"),
        typed={"latitude": "4.471234", "longitude": "101.051234"},
        chosen=('"name":"accuracy"',),
        says=(MS("field.latitude"), MS("field.longitude")),
        stored=_HOUSEHOLD.format("ST_Y(geom)::numeric(9,6), ST_X(geom)::numeric(9,6)", "CT000039"),
    ),
    _record(
        "ahli",
        "CT000040",
        first=f"{MS('record.add_member')}: {MS('part.peribadi')}",
        chosen=("relationship", '"sex"'),
        typed={'"name":"name"': "Ahli Uji Rekaan", "birth_date": "03/04/2015"},
        says=(MS("saved.title"),),
        stored="""SELECT name, to_char(birth_date, 'DD/MM/YYYY') FROM ekasih.person WHERE name = 'Ahli Uji Rekaan'""",
    ),
    Form(
        "rekod-gugur",
        OFFICER,
        "record:CT000041",
        (f"{PAGES}households/leaving.py",),
        within=".ek-part-exit",
        press="households-exit-save",
        typed={"exit-note": "Catatan uji"},
        chosen=("exit-reason",),
        said_in=".ek-record-title",
        says=(MS("exit.reason.died"),),
        stored="""SELECT e.note FROM ekasih.household_exit AS e
                  JOIN ekasih.household AS h ON h.id = e.household_id WHERE h.file_no = 'CT000041'""",
    ),
    Form(
        "rekod-lampau",
        OFFICER,
        "record:CT000042",
        (f"{PAGES}households/past.py",),
        within=".ek-part-past",
        typed={"pada": "01/06/2026", "diketahui": "02/06/2026"},
    ),
    Form(
        "carian",
        OFFICER,
        "/isi-rumah",
        (f"{PAGES}households/search.py",),
        within=".ek-find",
        typed={"search-text": "contoh rekaan"},
    ),
    Form(
        "sasaran",
        OFFICER,
        "/bagaimana-jika/sasaran?in=0803",
        (f"{PAGES}what_if/targeting_parts.py",),
        within=".ek-what-if-save",
        typed={"targeting-rm": "150"},
        chosen=("targeting-chosen",),
    ),
    Form(
        "banding",
        OFFICER,
        "/banding?in=0803",
        (f"{PAGES}compare/page.py",),
        within=".ek-case-start",
        chosen=("compare-add",),
    ),
    Form(
        "nota-kawasan",
        OFFICER,
        "/kawasan/0803",
        (f"{PAGES}profile/notes.py",),
        within=".ek-note-form",
        first=(f"summary:{MS('note.write')}",),
        press='{"act":"write","note":"0","type":"profile-act","version":"0"}',
        typed={'"name":"body"': "Jambatan rosak", '"name":"day"': "02/06/2026"},
        says=(MS("note.done_write"),),
        stored="SELECT body, to_char(noted_on, 'DD/MM/YYYY') FROM ekasih.area_note WHERE body = 'Jambatan rosak'",
        restored="DELETE FROM ekasih.area_note WHERE body = 'Jambatan rosak'",
    ),
    Form(
        "paparan",
        OFFICER,
        "/paparan?simpan=%2Fkpi",
        (f"{PAGES}views/parts.py",),
        press='{"act":"keep","number":"0","type":"views-act"}',
        typed={'"name":"name"': "Paparan uji"},
        chosen=('"name":"shared"',),
        says=(MS("views.done_keep"),),
        stored="SELECT name FROM ekasih.saved_view WHERE path = '/kpi'",
        restored="DELETE FROM ekasih.saved_view WHERE path = '/kpi'",
    ),
    Form(
        "cases-new",
        OFFICER,
        "/kes/baharu",
        (f"{PAGES}cases/start.py",),
        within="#frame-main",
        press="cases-start-button",
        chosen=("cases-start-district",),
    ),
    Form(
        "cases-senarai",
        OFFICER,
        "/kes",
        (f"{PAGES}cases/queue.py",),
        within=".ek-case-filters",
        chosen=("cases-filter-channel",),
    ),
    Form(
        "tasks-daerah",
        OFFICER,
        "/tugasan",
        (f"{PAGES}tasks/page.py",),
        within=".ek-case-filters",
        chosen=("tasks-district",),
    ),
    Form(
        "cases-langkah",
        OFFICER,
        "/kes/{case}",
        (f"{PAGES}cases/steps.py",),
        needs="case",
        press='{"action":"assign","type":"cases-step"}',
        within='.ek-case-step:has([id*="assign"])',
        first=(f"summary:{MS('case.step_assign')}",),
        chosen=("assigned_to",),
        typed={"reason": "Sebab uji"},
        says=("diagihkan",),
        said_in=".ek-case-header",
        stored="SELECT reason FROM ekasih.case_step WHERE case_id = {case} AND action = 'assign'",
    ),
    Form(
        "visits-agih",
        COORDINATOR,
        "/lawatan",
        (f"{PAGES}visits/assigning.py",),
        needs="case",
        within=".ek-visits-assigning",
        press="visits-assign",
        chosen=("visits-officer",),
    ),
    Form(
        "meetings-baharu",
        COORDINATOR,
        "/mesyuarat",
        (f"{PAGES}meetings/page.py", f"{PAGES}meetings/fields.py"),
        within=".ek-column-form",
        press="meetings-plan",
        chosen=("meetings-area",),
        typed={"number": "77/2026", "held-on": "03/02/2026", "place": "Dewan Uji", "members": "Ali Uji"},
        says=(MS("meeting.planned_one"),),
        stored="""SELECT number, to_char(held_on, 'DD/MM/YYYY'), place, members[1]
                  FROM ekasih.meeting WHERE number = '77/2026'""",
    ),
    Form(
        "meetings-butiran",
        COORDINATOR,
        "/mesyuarat/{meeting}",
        (f"{PAGES}meetings/fields.py",),
        needs="meeting",
        within=".ek-column-form",
        press='{"act":"edit","row":"","type":"meetings-act"}',
        first=(f"summary:{MS('meeting.edit')}",),
        typed={"place": "Dewan Lain", "members": "Ali Lain"},
        says=(MS("meeting.place"), MS("meeting.members")),
        said_in="#meetings-one-message",
        stored="SELECT place, members[1] FROM ekasih.meeting WHERE id = {meeting}",
    ),
    Form(
        "meetings-agenda",
        COORDINATOR,
        "/mesyuarat/{meeting}",
        (f"{PAGES}meetings/agenda.py",),
        needs="agenda",
        within='[data-ek-form]:has([id*="meetings-reason"])',
        press='{"act":"decide","row":"","type":"meetings-act"}',
        chosen=("meetings-choice",),
        typed={"meetings-reason": "Sebab uji"},
    ),
    Form(
        "cards-ask",
        AGENCY,
        "/kad/mohon",
        (f"{PAGES}cards/ask.py",),
        within=".ek-column-form",
        press="cards-ask-send",
        chosen=("cards-ask-state=Perak",),
        typed={"agency": "Jabatan Uji", "purpose": "Tujuan uji", "numbers": "CT000001"},
        says=(MS("card.sent"),),
        stored="""SELECT agency, purpose, file_numbers[1] FROM ekasih.card_request
                  WHERE agency = 'Jabatan Uji'""",
    ),
    Form(
        "cards-keputusan",
        OFFICE,
        "/kad/permohonan/{request}",
        (f"{PAGES}cards/parts.py",),
        needs="request",
        within=".ek-column-form",
        press='{"step":"refuse","type":"cards-request-step"}',
        typed={"reason": "Sebab uji"},
        says=(MS("card.did_refuse"),),
        stored="SELECT reason FROM ekasih.card_request WHERE id = {request}",
    ),
    Form(
        "bantuan-ditahan",
        OFFICE,
        "/bantuan-ditahan",
        (f"{PAGES}held_aid/page.py",),
        within=".ek-held-aid-filters",
        chosen=("held-aid-district",),
    ),
    Form(
        "bantuan-ditahan-tolak",
        OFFICE,
        "/bantuan-ditahan/{held}",
        (f"{PAGES}held_aid/view.py",),
        needs="held",
        within=".ek-column-form",
        press='{"step":"refuse","type":"held-aid-step"}',
        typed={"reason": "Sebab uji"},
        says=(MS("held_aid.did_refuse"),),
        stored="SELECT settled_reason FROM ekasih.aid_row WHERE id = {held}",
        restored="""UPDATE ekasih.aid_row SET fate = 'held', settled_by = NULL, settled_at = NULL, settled_reason = NULL
                    WHERE settled_reason = 'Sebab uji'""",
    ),
    Form(
        "lokasi-dilindungi",
        OFFICE,
        "record:CT000033",
        (f"{PAGES}households/protecting.py",),
        within=".ek-part-protected .ek-column-form",
        press='{"act":"protect","type":"households-protect"}',
        typed={"protect-reason": "Sebab uji"},
        says=(MS("protect.did_protect"),),
        stored="SELECT reason FROM ekasih.protected_place",
        restored="DELETE FROM ekasih.protected_place",
    ),
    Form(
        "program-baharu",
        ADMINISTRATOR,
        "/program-bantuan",
        (f"{PAGES}programmes/page.py",),
        first=(f"summary:{MS('programme.new')}",),
        within=".ek-column-form",
        press='{"act":"add","type":"programmes-add"}',
        typed={'"code"': "UJI-1", "name_ms": "Bantuan uji", "name_en": "Aid of a test"},
        chosen=('"agency"', "need_code"),
        says=(MS("programme.did_add"),),
        stored="SELECT code, name_ms, name_en FROM ekasih.aid_programme WHERE code = 'UJI-1'",
        restored="""WITH gone AS (DELETE FROM ekasih.aid_kind AS k USING ekasih.aid_programme AS p
                    WHERE p.id = k.programme_id AND p.code = 'UJI-1')
                    DELETE FROM ekasih.aid_programme WHERE code = 'UJI-1'""",
    ),
    Form(
        "pejabat-baharu",
        ADMINISTRATOR,
        "/program-bantuan",
        (f"{PAGES}programmes/offices.py",),
        first=(f"summary:{MS('programme.act_add_office')}",),
        within=".ek-programme-form[open] .ek-column-form",
        press='{"act":"add_office","type":"programmes-place-act"}',
        typed={'add_office","name":"code"': "PEJ-UJI", 'add_office","name":"name_ms"': "Pejabat uji"},
        chosen=('add_office","name":"agency"',),
        says=(MS("programme.did_add_office"),),
        stored="SELECT code, name_ms FROM ekasih.office WHERE code = 'PEJ-UJI'",
        restored="DELETE FROM ekasih.office WHERE code = 'PEJ-UJI'",
    ),
    Form(
        "program-kadar",
        ADMINISTRATOR,
        "/program-bantuan/{programme}",
        (f"{PAGES}programmes/view.py",),
        needs="programme",
        first=(f"summary:{MS('programme.new_rate')}",),
        within=".ek-programme-form .ek-column-form",
        press='{"act":"rate","type":"programmes-step"}',
        typed={"ceiling_rm": "777.00", "source": "Pekeliling uji"},
        chosen=('"kind"',),
        says=(MS("programme.did_rate"),),
        stored="SELECT ceiling_rm, source FROM ekasih.aid_rate WHERE source = 'Pekeliling uji'",
        restored="DELETE FROM ekasih.aid_rate WHERE source = 'Pekeliling uji'",
    ),
    Form(
        "bantuan-bertindih",
        OFFICE,
        "/bantuan-bertindih",
        (f"{PAGES}double_aid/page.py",),
        needs="pair",
        within=".ek-double-aid-finding",
        chosen=("double-aid-finding",),
    ),
    Form(
        "cards-cari",
        OFFICE,
        "/kad",
        (f"{PAGES}cards/lists.py",),
        within=".ek-cards-find",
        press="cards-find",
        typed={"cards-number": "EK1234567"},
    ),
    Form(
        "semakan",
        OFFICER,
        "/semakan",
        (f"{PAGES}checks/page.py",),
        within="#frame-main",
        press="checks-check",
        typed={"name": "Ahmad Uji", "phone": "0125550101", "address": "Jalan Uji"},
    ),
    Form(
        "permohonan",
        ADMINISTRATOR,
        "/kemaskini",
        (f"{PAGES}changes/cards.py",),
        needs="change",
        within="#changes-list",
        press='{"action":"refuse","request":{change},"type":"changes-act"}',
        typed={"changes-reason": "Sebab uji"},
        says=(MS("changes.said.refuse"),),
        stored="SELECT reason FROM ekasih.change_request WHERE id = {change}",
    ),
    Form(
        "kohort",
        COORDINATOR,
        "/pemutihan?bahagian=kohort",
        (f"{PAGES}cleansing/cohorts.py",),
        within=".ek-cleanse-decide",
        press='{"act":"freeze","row":"new","type":"cleansing-act"}',
        typed={'"name":"name"': "Senarai uji", "on_day": "01/01/2026"},
        chosen=('"name":"area"',),
        says=(MS("cohort.done"),),
        stored="SELECT name, to_char(frozen_on, 'DD/MM/YYYY') FROM ekasih.cohort WHERE name = 'Senarai uji'",
    ),
    Form(
        "pengguna-cari",
        ADMINISTRATOR,
        "/pentadbiran/pengguna",
        (f"{PAGES}administration/people.py",),
        within=".ek-panel:has(#pengguna-filter-name)",
        typed={"filter-name": "pegawai"},
    ),
    Form(
        "pengguna-baharu",
        ADMINISTRATOR,
        "/pentadbiran/pengguna",
        (f"{PAGES}administration/people.py",),
        within=".ek-panel:has(#pengguna-new-login)",
        press="pengguna-add",
        chosen=("new-role",),
        typed={"new-login": "uji.kinta", "new-name": "Pengguna Uji"},
    ),
    Form(
        "wakil",
        ADMINISTRATOR,
        "/pentadbiran/wakil",
        (f"{PAGES}administration/delegates.py",),
        within=".ek-panel:has(#wakil-lender)",
        press="wakil-lend",
        chosen=("wakil-lender", "wakil-borrower"),
        typed={"wakil-from": "01/01/2027", "wakil-until": "02/01/2027", "wakil-reason": "Sebab uji"},
    ),
    Form(
        "kunci-api",
        ADMINISTRATOR,
        "/pentadbiran/kunci",
        (f"{PAGES}administration/keys.py",),
        within=".ek-panel:has(#kunci-issue)",
        press="kunci-issue",
        chosen=("kunci-agency",),
        typed={"kunci-name": "Sistem Uji", "kunci-until": "01/02/2027"},
    ),
    Form(
        "sambungan",
        ADMINISTRATOR,
        "/sambungan",
        (f"{PAGES}connections/page.py",),
        within=".ek-panel:has(#sambungan-make)",
        press="sambungan-make",
        typed={"sambungan-name": "QGIS pejabat"},
        stored="SELECT name FROM ekasih.connection_key ORDER BY id DESC LIMIT 1",
        restored="DELETE FROM ekasih.connection_key",
    ),
    Form(
        "lines-add",
        ADMINISTRATOR,
        "/garis-kemiskinan/tambah",
        (f"{PAGES}lines/add.py",),
        within=".ek-panel:has(#lines-add-add)",
        press="lines-add-add",
        chosen=("add-state", "add-strata"),
        typed={
            "add-year": "2025",
            "add-published": "01/02/2026",
            "add-source": "Terbitan uji",
            "pgk_household_rm": "2811",
            "food_household_rm": "1311",
            "pgk_per_capita_rm": "711",
            "food_per_capita_rm": "331",
        },
        says=(MS("line.added").format(year="2025"),),
        stored="""SELECT survey_year, to_char(published_on, 'DD/MM/YYYY'), source, pgk_household_rm::integer,
            food_household_rm::integer, pgk_per_capita_rm::integer, food_per_capita_rm::integer
            FROM ekasih.poverty_line WHERE source = 'Terbitan uji'""",
        restored="DELETE FROM ekasih.poverty_line WHERE source = 'Terbitan uji'",
    ),
    Form(
        "struktur-mpi",
        ADMINISTRATOR,
        "/analisis/struktur/tambah",
        (f"{PAGES}analysis/structures.py",),
        within=".ek-panel:has(#structures-add-add)",
        press="structures-add-add",
        typed={"structures-add-file": STRUCTURE, "structures-add-reason": "Struktur uji"},
        says=(MS("structure.added").format(codes="uji-satu"),),
        stored="""SELECT json_build_object(s.code, s.definition)::text, a.after ->> 'reason'
            FROM ekasih.mpi_structure AS s JOIN ekasih.audit_log AS a ON a.after ->> 'code' = s.code
            WHERE s.code = 'uji-satu'""",
        restored="DELETE FROM ekasih.mpi_structure WHERE code = 'uji-satu'",
    ),
    Form(
        "lines-change",
        ADMINISTRATOR,
        "/garis-kemiskinan/ubah",
        (f"{PAGES}lines/forms.py",),
        within=".ek-panel:has(#lines-change-set-rule)",
        press="lines-change-set-rule",
        chosen=("lines-change-rule",),
        typed={"change-urban": "3000", "change-rural": "2500", "change-rule-from": "01/01/2024"},
    ),
    Form(
        "tetapan",
        ADMINISTRATOR,
        "/pentadbiran/tetapan",
        (f"{PAGES}administration/settings.py",),
        within=".ek-panel:has(#settings-settings)",
        press="settings-settings-save",
        typed={"review.months": "36"},
        says=(MS("settings.review_months"),),
        said_in="#settings-settings-message",
        stored="SELECT value FROM ekasih.setting WHERE key = 'review.months'",
        restored="UPDATE ekasih.setting SET value = '24' WHERE key = 'review.months'",
    ),
    Form(
        "nama-keadaan",
        ADMINISTRATOR,
        "/pentadbiran/tetapan",
        (f"{PAGES}administration/settings.py",),
        within=".ek-panel:has(#settings-states)",
        press="settings-states-save",
        typed={'"code":"withdrawn","language":"ms"': "ditarik balik uji"},
        said_in="#settings-states-message",
        says=(MS("case_state.withdrawn"),),
        stored="SELECT name_ms FROM ekasih.case_state WHERE code = 'withdrawn'",
        restored="UPDATE ekasih.case_state SET name_ms = 'ditarik balik' WHERE code = 'withdrawn'",
    ),
    Form(
        "audit",
        AUDITOR,
        "/audit",
        (f"{PAGES}audit/page.py",),
        within=".ek-panel:has(#audit-person)",
        press="audit-show",
        typed={"audit-since": "01/01/2026", "audit-until": "02/01/2026", "audit-person": "uji"},
    ),
    Form(
        "peta",
        OFFICER,
        "/",
        (f"{PAGES}poverty_map/layout.py",),
        within=".ek-poverty-map-toolbar",
        chosen=("poverty-map-strata",),
    ),
)

_FIRST_DAYS: Final = "test_sign_in.py::test_an_officer_sets_everything_up_on_a_phone_and_signs_in_with_a_code"
_DECIDED: Final = (
    "test_cascades.py::test_who_leads_a_district_proposes_its_target_on_a_phone_and_the_state_office_decides"
)
_PROPOSED: Final = "test_administration.py::test_a_target_is_proposed_and_taken_back"
_TARGETS: Final = "test_targets.py::test_a_group_is_put_together_counted_asked_for_approved_and_frozen"
_DRAWN: Final = "test_targets.py::test_an_area_is_typed_corner_by_corner"
_BOUNDARIES: Final = "test_boundaries.py::test_boundaries_from_a_file_to_the_map_and_back_by_keyboard"
_INQUIRIES: Final = "test_inquiries.py::test_an_office_says_where_it_is_and_gives_a_code_that_answers"
_TWO_DATES: Final = "test_map_time.py::test_two_dates_are_chosen_and_both_maps_look_at_the_same_place"
_PLAYED: Final = "test_map_time.py::test_months_are_played_by_keyboard_and_the_address_follows"
_REFERRALS: Final = "test_referrals.py::test_a_referral_is_sent_from_a_record_and_answered"
_PROJECTS: Final = "test_projects.py::test_a_house_from_its_application_to_its_certificate_on_the_map"
_UNREGISTERED: Final = "test_projects.py::test_a_project_for_who_has_no_record_is_referred_and_joined_to_the_record"
_ARTICLES: Final = "test_articles.py::test_an_article_is_written_published_by_another_and_found"
_SUPPORT: Final = "test_support.py::test_a_ticket_is_opened_from_a_page_and_answered"
_REPORTS: Final = "test_reports.py::test_a_report_is_made_by_keyboard_read_and_its_file_verified"
_ROUNDS: Final = "test_rounds.py::test_a_list_is_frozen_and_a_household_is_dropped_by_two_people"
_RELEASES: Final = "test_releases.py::test_a_release_is_approved_and_a_corrected_one_asked_for"
_APPLICATIONS: Final = "test_applications.py::test_an_application_from_the_counter_to_its_letter"
ELSEWHERE: Final[Mapping[str, str]] = {
    **dict.fromkeys((f"{PAGES}articles/{name}.py" for name in ("page", "article", "editor", "versions")), _ARTICLES),
    f"{PAGES}articles/library_file.py": "test_articles.py::test_a_file_is_described_and_published_by_another",
    f"{PAGES}alerts/page.py": "test_boards.py::test_a_coordinator_goes_from_a_red_light_to_the_household_behind_it",
    f"{PAGES}alerts/parts.py": "test_boards.py::test_an_administrator_changes_when_figures_count_as_late",
    f"{PAGES}administration/target_paths.py": _PROPOSED,
    f"{PAGES}targets/asking.py": _TARGETS,
    f"{PAGES}targets/build.py": _TARGETS,
    f"{PAGES}what_if/saved.py": "test_what_if.py::test_what_is_slid_and_typed_is_worked_out_and_stays_in_the_address",
    f"{PAGES}what_if/form.py": "test_what_if.py::test_what_is_slid_and_typed_is_worked_out_and_stays_in_the_address",
    "dashboard/drawn_area.py": _DRAWN,
    "dashboard/assets/js/pages/targets.js": _DRAWN,
    "dashboard/assets/js/columns.js": "test_lists.py::test_columns_are_chosen_by_keyboard_and_stay_chosen",
    f"{PAGES}targets/group.py": _TARGETS,
    f"{PAGES}administration/targets.py": _PROPOSED,
    f"{PAGES}administration/proposals.py": _PROPOSED,
    f"{PAGES}kpi/proposing.py": _DECIDED,
    f"{PAGES}kpi/deciding.py": _DECIDED,
    f"{PAGES}kpi/definition_fields.py": (
        "test_kpi.py::test_an_administrator_defines_an_indicator_and_finds_it_among_the_others"
    ),
    f"{PAGES}cases/queue_assigning.py": "test_cases.py::test_ticked_cases_of_the_queue_are_given_to_an_officer",
    f"{PAGES}households/messages.py": (
        "test_households.py::test_a_stale_save_shows_both_versions_and_keeps_what_was_typed"
    ),
    f"{PAGES}cleansing/compare.py": "test_cleansing.py::test_a_pair_is_compared_merged_and_the_merge_undone",
    f"{PAGES}administration/page.py": "test_administration.py::test_a_role_is_given_a_permission",
    "dashboard/assets/js/pages/poverty-map-time.js": _PLAYED,
    f"{PAGES}poverty_map/dates/page.py": _TWO_DATES,
    f"{PAGES}poverty_map/moving.py": "test_poverty_map.py::test_a_household_is_moved_by_typing_where_it_stands",
    f"{PAGES}vote_book/entry.py": "test_ledger.py::test_money_is_allocated_committed_and_paid_by_two_people",
    f"{PAGES}payments/making.py": "test_ledger.py::test_money_is_allocated_committed_and_paid_by_two_people",
    f"{PAGES}releases/page.py": _RELEASES,
    f"{PAGES}releases/one.py": _RELEASES,
    f"{PAGES}reports/page.py": _REPORTS,
    f"{PAGES}reports/table_form.py": _REPORTS,
    f"{PAGES}reports/verify.py": _REPORTS,
    f"{PAGES}rounds/page.py": _ROUNDS,
    f"{PAGES}rounds/one.py": _ROUNDS,
    f"{PAGES}rounds/deciding.py": _ROUNDS,
    f"{PAGES}inquiries/offices.py": _INQUIRIES,
    f"{PAGES}inquiries/codes.py": _INQUIRIES,
    f"{PAGES}notices/page.py": "test_intake.py::test_a_community_leader_tells_of_a_family_and_sees_how_far_it_is",
    f"{PAGES}intake/steps.py": "test_intake.py::test_a_notice_is_screened_and_becomes_a_case",
    f"{PAGES}support/new.py": _SUPPORT,
    f"{PAGES}support/steps.py": _SUPPORT,
    f"{PAGES}support/calendar.py": "test_support.py::test_an_administrator_adds_a_holiday",
    f"{PAGES}support/templates.py": "test_support.py::test_an_administrator_writes_a_reply_template",
    f"{PAGES}referrals/new.py": _REFERRALS,
    f"{PAGES}referrals/steps.py": _REFERRALS,
    f"{PAGES}applications/page.py": _APPLICATIONS,
    f"{PAGES}applications/new.py": _APPLICATIONS,
    f"{PAGES}applications/steps.py": _APPLICATIONS,
    f"{PAGES}applications/fields.py": _APPLICATIONS,
    f"{PAGES}projects/page.py": _PROJECTS,
    f"{PAGES}projects/new.py": _PROJECTS,
    f"{PAGES}projects/persons.py": _UNREGISTERED,
    f"{PAGES}referrals/of_project.py": _UNREGISTERED,
    f"{PAGES}projects/steps.py": _PROJECTS,
    f"{PAGES}projects/progress.py": _PROJECTS,
    f"{PAGES}projects/places.py": _PROJECTS,
    f"{PAGES}projects/contractors.py": _PROJECTS,
    f"{PAGES}projects/data.py": "test_projects.py::test_an_administrator_adds_a_type_on_screen",
    "dashboard/assets/js/pages/projects.js": _PROJECTS,
    f"{PAGES}boundaries/content.py": _BOUNDARIES,
    f"{PAGES}boundaries/catchment.py": "test_rounds.py::test_the_area_of_an_office_is_pasted_and_checked",
    f"{PAGES}boundaries/upload.py": _BOUNDARIES,
    "dashboard/assets/js/pick-day.js": "test_cases.py::test_a_day_is_typed_or_chosen_from_a_month_by_keyboard",
    "dashboard/assets/js/grid.js": "test_tasks.py::test_a_list_is_found_again_as_it_was_left",
    "dashboard/assets/js/find.js": "test_find.py::test_what_is_typed_stands_and_is_handed_to_the_search_of_households",
    "dashboard/assets/js/pages/case-draft.js": "test_typed.py::test_a_registration_form_sends_in_what_stands_there",
    "dashboard/assets/js/pages/visits-facts.js": (
        "test_visits.py::test_a_visit_that_is_made_without_a_connection_arrives_once_with_its_photograph"
    ),
    "dashboard/assets/js/pages/visits-parts.js": "test_typed.py::test_a_visit_sends_what_stands_there_and_says_so",
    "dashboard/assets/js/pages/visits-sites.js": (
        "test_site_visits.py::test_a_site_is_visited_without_a_connection_and_reported_once"
    ),
    "dashboard/assets/js/upload.js": "test_deliveries.py::test_a_delivery_from_its_file_to_its_import",
    "dashboard/templates/sign_in.html": "test_typed.py::test_the_sign_in_page_takes_what_is_typed_at_once",
    "dashboard/templates/code.html": _FIRST_DAYS,
    "dashboard/templates/authenticator.html": _FIRST_DAYS,
    "dashboard/templates/password.html": _FIRST_DAYS,
}
"""What draws fields and has a test of its own: boxes and circles only, drawn by our scripts, or plain pages."""

DRAWS_FIELDS: Final = re.compile(
    r"dmc\.(TextInput|Select|Textarea|NumberInput|Checkbox|CheckboxGroup|RadioGroup|MultiSelect|Switch|ChipGroup|"
    r"PasswordInput|Autocomplete|TagsInput|DateInput|DatePickerInput|FileInput|Slider|SegmentedControl)\("
    r"|dcc\.(Input|Dropdown|Textarea|Upload|Checklist|RadioItems)\((?!type=\"hidden\")"
    r"|make\(\"(input|select|textarea)\"|<(input (?!type=\"hidden\")|select|textarea)"
)
"""What a field is drawn with, in our modules, scripts and templates."""
