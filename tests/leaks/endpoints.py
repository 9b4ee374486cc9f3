"""What to send to every callback and route: an endpoint that is not named here fails the matrix."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dashboard.boundary_files import neighbours_url
from dashboard.pages.changes.view import STATES
from layers.measures import AID
from queries.quality import KINDS
from queries.worklists import LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash import Dash

    from tests.leaks.world import Place

Given = dict[str, Any]
ROWS = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}}


@dataclass(frozen=True, slots=True)
class Target:
    """Whom an endpoint is asked about: a district and the numbers of its rows."""

    place: Place
    numbers: dict[str, int]

    def __getattr__(self, name: str) -> int:
        return self.numbers[name]

    @property
    def file_no(self) -> str:
        """The file number of a household, which whoever asks types."""
        return f"9{self.place.district}0"

    @property
    def application_no(self) -> str:
        """The number of an application for aid."""
        return f"B{self.application:08}"

    @property
    def referral_no(self) -> str:
        """The number of a referral."""
        return f"R{self.referral:08}"

    @property
    def intake_ref(self) -> str:
        """The reference of a form that the public sent."""
        return f"D-{self.place.district}-AAAA"

    @property
    def project_no(self) -> str:
        """The number of a project."""
        return f"P{self.project:08}"

    @property
    def round_no(self) -> str:
        """The number of a round of cleansing."""
        return f"PB{self.round:06}"

    @property
    def ticket_no(self) -> str:
        """The number of a ticket of support."""
        return f"T{self.ticket:08}"

    @property
    def view(self) -> dict[str, str]:
        """A page's view of the district."""
        return {"in": self.place.district}

    @property
    def box(self) -> dict[str, Any]:
        """What the map asks for: the households in view."""
        place = self.place
        box = [place.longitude - 0.2, place.latitude - 0.2, place.longitude + 0.2, place.latitude + 0.2]
        return {"box": box, "zoom": 18, "view": {"in": place.mukim}}

    @property
    def ring(self) -> dict[str, Any]:
        """A shape drawn around the households."""
        west, south, east, north = self.box["box"]
        return {"ring": [[west, south], [east, south], [east, north], [west, north]]}

    @property
    def drawn(self) -> str:
        """The same shape as GeoJSON that somebody pastes."""
        ring = self.ring["ring"]
        return json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})

    @property
    def moved(self) -> dict[str, Any]:
        """A place near by, for a household that is being moved."""
        return {"latitude": self.place.latitude, "longitude": self.place.longitude, "accuracy_m": 10, "key": "leak"}


POOR: Given = {"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": ["tegar", "miskin"]}
NO_ILLNESS: Given = {"pada": "kir", "medan": "penyakit_kronik", "op": "kosong", "nilai": True}


def in_district(target: Target) -> Given:
    """A condition on the place's district."""
    return {"pada": "isirumah", "medan": "daerah", "op": "dalam", "nilai": [target.place.district]}


def pressed(kind: str, **names: Any) -> str:
    """The property of a button that was pressed, by the names that tell it from its like."""
    identity = json.dumps({"type": kind, **names}, sort_keys=True, separators=(",", ":"))
    return f"{identity}.n_clicks"


def _defined(name: str, value: str) -> Given:
    return {
        json.dumps({"name": name, "type": "kpi-define-field"}, sort_keys=True, separators=(",", ":")) + ".value": value
    }


def _edit(form: str, target: Target, **values: Any) -> Given:
    fields = {f'{json.dumps({"name": name, "row": "", "type": "households-field"}, sort_keys=True)}': value
              for name, value in values.items()}  # fmt: skip
    return {
        "households-save.n_clicks": 1,
        "households-editing.data": {"form": form, "row": "", "key": f"leak-{form}"},
        "households-household.data": target.household,
        "households-loaded.data": {"version": 1},
        "households-baseline.data": {},
        "*households-field.value": fields,
    }


# what the inputs and states of each callback hold; what is not named is empty
CALLBACKS: dict[str, Callable[[Target], list[Given]]] = {
    "dashboard.shell.state_register": lambda _: [{"frame-location.pathname": "/"}],
    "dashboard.router.open_page": lambda t: [
        {"frame-location.pathname": path, "frame-location.search": f"?in={t.place.district}"}
        for path in ("/", "/utama", "/kpi", "/takrif-kpi", "/takrif-kpi/ubah", "/papan", "/papan/daerah",
                     "/amaran", "/paparan", "/jadual-silang", "/kawasan", f"/kawasan/{t.place.district}",
                     "/banding",
                     "/isi-rumah", f"/isi-rumah/{t.household}", "/kes", f"/kes/{t.case}",
                     f"/kes/{t.case}/borang", "/lawatan", f"/lawatan/{t.case}",
                     "/kad", f"/kad/{t.card}",
                     f"/kad/permohonan/{t.card_request}", "/kad/mohon", "/mesyuarat",
                     "/kumpulan-sasaran", "/kumpulan-sasaran/bina", f"/kumpulan-sasaran/{t.target}",
                     f"/mesyuarat/{t.meeting}", "/permohonan-bantuan", "/permohonan-bantuan/baru",
                     f"/permohonan-bantuan/{t.application_no}",
                     "/rujukan", "/rujukan/baharu",
                     f"/rujukan/baharu?isi_rumah={t.household}", f"/rujukan/{t.referral_no}",
                     "/peti", f"/peti/{t.intake_ref}", "/pemakluman",
                     "/tugasan",
                     "/projek", "/projek/baharu", "/projek/jenis", "/projek/kontraktor", f"/projek/{t.project_no}",
                     f"/permohonan-bantuan/{t.application_no}", "/tugasan",
                     "/projek", "/projek/baharu", "/projek/jenis", "/projek/kontraktor", "/projek/bilangan",
                     "/projek/tapak", f"/projek/{t.project_no}",
                     "/sokongan", "/sokongan/baharu", "/sokongan/baharu?halaman=/kpi", "/sokongan/papan",
                     "/sokongan/kalendar", f"/sokongan/{t.ticket_no}",
                     "/semakan", "/pemutihan",
                     "/pusingan", f"/pusingan/{t.round_no}", "/pejabat", "/pejabat/senarai",
                     "/kualiti", "/kemaskini",
                     "/bantuan-ditahan", f"/bantuan-ditahan/{t.aid_row}", "/bantuan-bertindih",
                     "/program-bantuan", f"/program-bantuan/{t.programme}",
                     "/penghantaran", f"/penghantaran/{t.upload}", "/pekerjaan",
                     "/penghantaran-bantuan", f"/penghantaran-bantuan/{t.aid_upload}",
                     "/garis-kemiskinan", "/garis-kemiskinan/ubah", "/garis-kemiskinan/tambah",
                     "/sempadan", "/sempadan/fail/1", "/kawasan-pejabat",
                     "/pentadbiran", "/pentadbiran/pengguna", "/pentadbiran/wakil",
                     "/pentadbiran/tetapan", "/pentadbiran/kunci", "/sambungan", "/audit", "/saya", "/panduan")
    ],
    "dashboard.pages.poverty_map.drawing.draw_panel": lambda t: [
        {"poverty-map-step.data": {}, "poverty-map-view.data": t.view},
        {"poverty-map-step.data": {}, "poverty-map-view.data": {"in": t.place.mukim}},
        {"poverty-map-step.data": {}, "poverty-map-view.data": {**t.view, "measure": AID[1]}}],
    "dashboard.pages.poverty_map.households.show_points": lambda t: [{"poverty-map-asked.data": t.box}],
    "dashboard.pages.poverty_map.households.count_inside": lambda t: [
        {"poverty-map-drawn.data": t.ring, "poverty-map-view.data": t.view}],
    "dashboard.pages.poverty_map.card.open_card": lambda t: [
        {"poverty-map-point.data": {"id": t.household}, "poverty-map-view.data": t.view},
        {"poverty-map-point.data": {"lat": t.place.latitude, "lon": t.place.longitude},
         "poverty-map-view.data": t.view}],
    "dashboard.pages.poverty_map.moving.compare": lambda t: [
        {"poverty-map-place.data": t.moved, "poverty-map-opened.data": {"id": str(t.household), "version": 1}}],
    "dashboard.pages.poverty_map.moving.save": lambda t: [
        {"poverty-map-save.n_clicks": 1, "poverty-map-place.data": t.moved,
         "poverty-map-opened.data": {"id": str(t.household), "version": 1},
         "poverty-map-accuracy.value": "door"}],
    "dashboard.pages.profile.page.show": lambda t: [
        {"profile-area.data": area} for area in (t.place.district, t.place.mukim, t.place.district[:2], "MY")],
    "dashboard.pages.profile.notes.show_notes": lambda t: [
        {"profile-area.data": area} for area in (t.place.district, t.place.mukim)],
    "dashboard.pages.profile.notes.act_on_note": lambda t: [
        {pressed("profile-act", act=act, note="1", version="1"): 1, "profile-area.data": t.place.district,
         "profile-key.data": f"leak-{act}"} for act in ("write", "change", "retire")],
    "dashboard.pages.compare.page.show": lambda t: [
        {"compare-view.data": {**t.view, "with": f"{t.place.mukim},MY"}}],
    "dashboard.pages.compare.page.add": lambda t: [
        {"compare-add.value": t.place.district, "compare-view.data": {"in": "MY"}}],
    "dashboard.pages.pivot.page.show": lambda t: [
        {"pivot-view.data": {**t.view, "baris": rows, "lajur": columns}}
        for rows, columns in (("ethnicity", "status"), ("head_sex", "size"))
    ] + [{"pivot-view.data": {"in": t.place.district[:2], "baris": "area", "lajur": "ethnicity"}}],
    "dashboard.pages.views.page.show": lambda t: [
        {"views-view.data": {}}, {"views-view.data": {"simpan": f"/?in={t.place.district}"}},
        {"views-view.data": {"susun": "0"}}],
    "dashboard.pages.views.page.act": lambda _: [
        {pressed("views-act", act=act, number="1"): 1, "views-key.data": f"leak-{act}", "views-view.data": {}}
        for act in ("keep", "change", "drop", "home", "no_home", "arrange", "take_down")],
    "dashboard.pages.start.page.show": lambda _: [{"start-opened.data": 1}],
    "dashboard.pages.alerts.page.show": lambda _: [
        {"alerts-view.data": {"lihat": name}} for name in ("saya", "semua", "ditutup")],
    "dashboard.pages.alerts.page.act": lambda _: [
        {pressed("alerts-act", act="take", alert="1"): 1}, {pressed("alerts-act", act="snooze", alert="1"): 1},
        {pressed("alerts-rule", act="mail", rule="lonjakan", now="1-1-1"): 1}],
    "dashboard.pages.alerts.page.limit": lambda _: [
        {pressed("alerts-limits", rule="data_lewat", version="1"): 1,
         "*alerts-limit.value": {'{"action":"data_lewat","name":"days","type":"alerts-limit"}': 45}}],
    "dashboard.pages.alerts.page.offer": lambda _: [{"alerts-opened.data": 1}],
    "dashboard.pages.alerts.page.save": lambda _: [
        {"alerts-save.n_clicks": 1, "alerts-email.value": "a@ekasih.example", "alerts-quiet-from.value": "21",
         "alerts-quiet-until.value": "7"}],
    "dashboard.pages.boards.page.show": lambda t: [
        {"boards-name.data": "daerah", "boards-view.data": t.view},
        {"boards-name.data": "negeri", "boards-view.data": {"in": t.place.district[:2], "susun": "nilai"}},
        {"boards-name.data": "menteri", "boards-view.data": {}}],
    "dashboard.pages.kpi.page.show": lambda t: [{"kpi-view.data": t.view}],
    "dashboard.pages.kpi.deciding.decide": lambda _: [
        {pressed("kpi-decide", act=act, proposal=1): 1, "*kpi-decide-answer.value": {
            '{"of":"answer","type":"kpi-decide-answer"}': "Sebab"}}
        for act in ("look", "approve", "refuse", "withdraw")],
    "dashboard.pages.kpi.proposing.propose": lambda t: [
        {pressed("kpi-propose", act=act, of=of): 1, "*kpi-propose-field.value": {
            '{"name":"indicator","type":"kpi-propose-field"}': "tegar 2030-12-31",
            '{"name":"target","type":"kpi-propose-field"}': "3",
            '{"name":"reason","type":"kpi-propose-field"}': "Sebab"}}
        for act, of in (("send", t.place.district), ("withdraw", "1"))],
    "dashboard.pages.kpi.defined.show": lambda _: [{"kpi-defined.id": "kpi-defined"}],
    "dashboard.pages.kpi.defining.load": lambda _: [{"kpi-define.data": {"kod": "tegar"}}],
    "dashboard.pages.kpi.defining.say": lambda _: [_defined("formula", "tegar") | _defined("unit", "isi_rumah")],
    "dashboard.pages.kpi.defining.look": lambda _: [
        {"kpi-define-look.n_clicks": 1, "kpi-define-seen.data": {"code": "tegar", "version": 1},
         **_defined("formula", "poor"), **_defined("unit", "isi_rumah"), **_defined("lowest", "district")}],
    "dashboard.pages.kpi.defining.save": lambda _: [
        {"kpi-define-save.n_clicks": 1, "kpi-define-seen.data": {"code": "tegar", "version": 1},
         "kpi-define-looked.data": {}, **_defined("formula", "poor"), **_defined("reason", "Sebab")}],
    "dashboard.pages.households.search.offer_districts": lambda _: [{"households-filter-start.data": 1}],
    "dashboard.pages.households.search.offer_mukims": lambda t: [
        {"households-filter-district.value": t.place.district}],
    "dashboard.pages.households.search.give_rows": lambda t: [
        {"households-results.getRowsRequest": ROWS, "households-asked.data": asked}
        for asked in ({"text": t.place.name[:-1]}, {"text": t.place.id_no}, {"text": t.place.phone},
                      {"text": "", "filters": {"daerah": t.place.district}}, {"filters": {"status": "tegar"}})],
    "dashboard.pages.households.found_file.take": lambda t: [
        {f"households-{kind}.n_clicks": 1, "households-asked.data": asked}
        for kind in ("csv", "xlsx")
        for asked in ({"text": t.place.id_no}, {"filters": {"daerah": t.place.district}})] + [
        {"households-csv.n_clicks": 1, "households-asked.data": {"filters": {"daerah": t.place.district}},
         "households-ticked.data": [t.household]}],
    "dashboard.pages.households.found_reviews.review": lambda t: [
        {"households-review.n_clicks": 1, "households-ticked.data": [t.household]}],
    "dashboard.pages.households.record.show_record": lambda t: [
        {"households-household.data": t.household},
        {"households-household.data": t.household, "households-as-of.data": {"pada": "2026-01-01",
                                                                        "diketahui": "2030-01-01"}}],
    "dashboard.pages.households.record.show_number": lambda t: [
        {pressed("households-reveal", row=str(t.person)): 1, "households-household.data": t.household}],
    "dashboard.pages.households.record.show_form": lambda t: [
        {"households-editing.data": {"form": form, "row": ""}, "households-household.data": t.household}
        for form in ("kediaman", "lokasi")],
    "dashboard.pages.households.record.offer_mukims": lambda t: [
        {'{"name":"district_code","row":"","type":"households-field"}.value': t.place.district}],
    "dashboard.pages.households.record.compare_place": lambda t: [
        {'{"name":"latitude","row":"","type":"households-field"}.value': str(t.place.latitude),
         '{"name":"longitude","row":"","type":"households-field"}.value': str(t.place.longitude),
         "households-household.data": t.household}],
    "dashboard.pages.households.record.hint_identity": lambda t: [
        {'{"name":"id_no","row":"","type":"households-field"}.value': t.place.id_no}],
    "dashboard.pages.households.saving.save": lambda t: [_edit("kediaman", t, room_count="3")],
    "dashboard.pages.households.leaving.leave": lambda t: [
        {"households-exit-save.n_clicks": 1, "households-exit-reason.value": "died",
         "households-household.data": t.household,
         "households-loaded.data": {"version": 1}}],
    "dashboard.pages.households.mukim.accept": lambda t: [
        {"households-mukim-accept.n_clicks": 1, "households-mukim-offered.data": t.place.mukim,
         "households-household.data": t.household, "households-loaded.data": {"version": 1}}],
    "dashboard.pages.boundaries.catchment.offer": lambda _: [{"catchment-opened.data": 1}],
    "dashboard.pages.boundaries.catchment.fill": lambda _: [{"catchment-which.value": "C.PPKB-BATU-GAJAH"}],
    "dashboard.pages.boundaries.catchment.list_parts": lambda t: [{"catchment-state.value": t.place.district[:2]}],
    "dashboard.pages.boundaries.catchment.propose": lambda t: [
        {"catchment-propose.n_clicks": 1, "catchment-code.value": "C.UJI", "catchment-name.value": "Uji",
         "catchment-polygon.value": t.drawn, "catchment-source.value": "x", "catchment-dated.value": "01/01/2026",
         "catchment-accuracy.value": "10"}],
    "dashboard.pages.office.page.show": lambda t: [{"office-view.data": {"pejabat": f"PA{t.place.district}"}}],
    "dashboard.pages.office.lists.show": lambda t: [
        {"office-list-view.data": {"pejabat": f"PA{t.place.district}", "angka": name}}
        for name in ("miskin", "dibantu", "keluar", "keputusan", "kepada", "daripada", "rumah", "kos")],
    "dashboard.pages.releases.page.show": lambda _: [{"releases-opened.data": 1}],
    "dashboard.pages.releases.page.ask": lambda _: [
        {"releases-ask.n_clicks": 1, "releases-reason.value": "Salah", "releases-key.data": "leak"}],
    "dashboard.pages.releases.one.show": lambda _: [
        {"releases-number.data": "2026-09.1", "releases-view.data": {"in": state}} for state in ("MY", "08")],
    "dashboard.pages.releases.one.decide": lambda _: [
        {pressed("releases-decide", step=step): 1, "releases-answer.value": "Semak",
         "releases-number.data": "2026-09.1"}
        for step in ("lulus", "tolak")],
    "dashboard.pages.reports.page.offer": lambda _: [{"reports-opened.data": 1}],
    "dashboard.pages.reports.page.areas": lambda _: [
        {'{"name":"report","type":"reports-field"}.value': report} for report in ("daerah", "audit", "pemutihan")],
    "dashboard.pages.reports.page.listed": lambda _: [{"reports-view.data": {}}],
    "dashboard.pages.reports.page.make": lambda t: [
        {"reports-make.n_clicks": 1, "reports-key.data": f"leak {report}",
         '{"name":"report","type":"reports-field"}.value': report,
         '{"name":"area","type":"reports-field"}.value': t.place.district,
         '{"name":"month","type":"reports-field"}.value': "",
         '{"name":"language","type":"reports-field"}.value': "ms"}
        for report in ("daerah", "program", "pemutihan")],
    "dashboard.pages.reports.tables.fill": lambda _: [{"reports-table-view.data": {"ubah": "1"}}],
    "dashboard.pages.reports.tables.listed": lambda _: [{"reports-table-view.data": {}}],
    "dashboard.pages.reports.tables.save": lambda t: [
        {"reports-table-save.n_clicks": 1, "reports-table-key.data": "leak save", "reports-table-view.data": {},
         **{f'{{"name":"{name}","type":"reports-table-field"}}.value': value for name, value in (
             ("name", "Uji"), ("within", t.place.district), ("level", "mukim"), ("measures", ["poor", "persons"]),
             ("months", "1"), ("cut", "strata"), ("language", "ms"), ("every", "bulanan"), ("email", ""),
             ("shared", "ya"))}}],
    "dashboard.pages.reports.tables.act": lambda _: [
        {pressed("reports-table-act", act=act, table="1"): 1, "reports-table-key.data": "leak"}
        for act in ("make", "retire")],
    "dashboard.pages.reports.one.show": lambda _: [{"reports-number.data": "L00000001"}],
    "dashboard.pages.reports.verify.verify": lambda _: [{"reports-hash.data": "0" * 64}],
    "dashboard.pages.rounds.page.show": lambda _: [{"rounds-opened.data": 1}],
    "dashboard.pages.rounds.page.freeze": lambda t: [
        {"rounds-freeze.n_clicks": 1, "rounds-office.value": f"PA{t.place.district}", "rounds-years.value": ["2026"],
         "rounds-key.data": "leak"}],
    "dashboard.pages.rounds.one.narrow": lambda _: [{"rounds-finding.value": "ada", "rounds-view.data": {}}],
    "dashboard.pages.rounds.one.choose": lambda t: [{pressed("rounds-choose", household=str(t.household)): 1}],
    "dashboard.pages.rounds.one.show_head": lambda t: [{"rounds-number.data": t.round_no}],
    "dashboard.pages.rounds.one.show_list": lambda t: [
        {"rounds-view.data": {"senarai": name}, "rounds-number.data": t.round_no} for name in ("terbuka", "sah")],
    "dashboard.pages.rounds.deciding.show_panel": lambda t: [
        {"rounds-chosen.data": str(t.household), "rounds-number.data": t.round_no}],
    "dashboard.pages.rounds.deciding.decide": lambda t: [
        {pressed("rounds-decide", decision=decision): 1, "rounds-chosen.data": str(t.household),
         "rounds-number.data": t.round_no} for decision in ("kekal", "tolak", "semua")],
    "dashboard.pages.intake.page.show": lambda _: [
        {"intake-view.data": {"senarai": name}} for name in ("menunggu", "daftar", "maklum", "selesai")],
    "dashboard.pages.intake.one.show": lambda t: [{"intake-reference.data": t.intake_ref}],
    "dashboard.pages.intake.one.take": lambda t: [
        {pressed("intake-step", action="spam"): 1, "intake-reference.data": t.intake_ref,
         "intake-loaded.data": {"version": 99},
         "*intake-answer.value": {
             json.dumps({"action": "spam", "name": "reason", "type": "intake-answer"}): "Iklan"}}],
    "dashboard.pages.notices.page.offer_districts": lambda _: [{}],
    "dashboard.pages.notices.page.show": lambda _: [{"notices-view.data": {}}],
    "dashboard.pages.notices.page.send": lambda t: [
        {pressed("notices-send", name="send"): 1, "notices-key.data": "leak",
         "*notices-field.value": {json.dumps({"name": name, "type": "notices-field"}, sort_keys=True): value
                                  for name, value in (("district", t.place.district), ("village", "Kampung"),
                                                      ("seen", ["sakit"]))}}],
    "dashboard.pages.articles.page.narrow": lambda _: [{"articles-kind.value": "panduan", "articles-view.data": {}}],
    "dashboard.pages.articles.page.show": lambda t: [
        {"articles-asked.value": asked, "articles-view.data": {}} for asked in ("", "daftar", t.place.name)],
    "dashboard.pages.articles.article.show": lambda _: [
        {"articles-slug.data": name} for name in ("status-isi-rumah", "_record", "tiada")],
    "dashboard.pages.articles.article.take": lambda _: [
        {pressed("articles-step", step="semak"): 1, "articles-seen.data": "status-isi-rumah 0",
         "articles-key.data": "leak"}],
    "dashboard.pages.articles.article.tell": lambda _: [
        {pressed("articles-helps", answer="ya"): 1, "articles-seen.data": "status-isi-rumah 0",
         "articles-feedback-text.value": "", "articles-key.data": "leak"}],
    "dashboard.pages.articles.editor.show_form": lambda _: [
        {"articles-slug.data": name} for name in (None, "status-isi-rumah")],
    "dashboard.pages.articles.editor.save": lambda _: [
        {"articles-save.n_clicks": 1, "articles-opened.data": 0, "articles-key.data": "leak",
         "*articles-field.value": {json.dumps({"name": name, "type": "articles-field"}, sort_keys=True): value
                                   for name, value in (("slug", "ujian"), ("title_ms", "Ujian"))}}],
    "dashboard.pages.articles.editor.preview": lambda _: [
        {"articles-preview.n_clicks": 1,
         "*articles-field.value": {'{"name": "title_ms", "type": "articles-field"}': "Ujian"}}],
    "dashboard.pages.articles.versions.show": lambda _: [{"articles-slug.data": "status-isi-rumah"}],
    "dashboard.pages.articles.versions.compare": lambda _: [
        {"articles-older.value": "1", "articles-newer.value": "1", "articles-slug.data": "status-isi-rumah"}],
    "dashboard.pages.articles.library.show": lambda _: [{"articles-files-view.data": {}}],
    "dashboard.pages.articles.library_file.show": lambda _: [{"articles-file.data": 1}],
    "dashboard.pages.articles.library_file.take": lambda _: [
        {pressed("articles-file-step", step="tarik"): 1, "articles-file.data": 1, "articles-key.data": "leak"}],
    "dashboard.pages.articles.work.show": lambda _: [{"articles-work-opened.data": 1}],
    "dashboard.pages.referrals.page.show": lambda _: [
        {"referrals-view.data": {"senarai": name}} for name in ("kepada", "daripada", "lewat", "selesai")],
    "dashboard.pages.referrals.one.show": lambda t: [{"referrals-number.data": t.referral_no}],
    "dashboard.pages.referrals.one.take": lambda t: [
        {pressed("referrals-step", action="catat"): 1, "referrals-number.data": t.referral_no,
         "referrals-loaded.data": {"version": 1},
         "*referrals-answer.value": {
             json.dumps({"action": "catat", "name": "words", "type": "referrals-answer"}): "Apa?"}}],
    "dashboard.pages.referrals.one.drop": lambda t: [{pressed("referrals-drop", file=str(t.referral_file)): 1}],
    "dashboard.pages.referrals.new.show_form": lambda t: [
        {"referrals-household.data": t.household}, {"referrals-household.data": None},
        {"referrals-household.data": None, "referrals-project.data": t.project_no}],
    "dashboard.pages.referrals.new.send": lambda t: [
        {pressed("referrals-send", name="send"): 1, "referrals-household.data": t.household,
         "referrals-key.data": "leak",
         "*referrals-field.value": {json.dumps({"name": name, "type": "referrals-field"}, sort_keys=True): value
            for name, value in (("to", "negeri:08"), ("question", "Apa?"), ("components", ["pengenalan"]))}}],
    "dashboard.pages.support.page.show": lambda _: [
        {"support-view.data": {"senarai": name}}
        for name in ("saya", "baharu", "lewat", "dinaikkan", "terbuka", "selesai", "dibuka")],
    "dashboard.pages.support.new.show_form": lambda _: [{"support-page.data": "/kpi"}],
    "dashboard.pages.support.new.send": lambda t: [
        {pressed("support-send", name="send"): 1, "support-page.data": "/kpi", "support-key.data": "leak",
         "*support-field.value": {json.dumps({"name": name, "type": "support-field"}, sort_keys=True): value
            for name, value in (("kind", "data"), ("subject", "Apa?"), ("words", "Apa?"), ("place", t.place.district),
                                ("exposure", ["ya"]))}}],
    "dashboard.pages.support.one.show": lambda t: [{"support-number.data": t.ticket_no}],
    "dashboard.pages.support.one.take": lambda t: [
        {pressed("support-step", action=action): 1, "support-number.data": t.ticket_no,
         "support-loaded.data": {"version": 1},
         "*support-answer.value": {
             json.dumps({"action": action, "name": name, "type": "support-answer"}, sort_keys=True): value
             for name, value in fields.items()}}
        for action, fields in (
            ("balas", {"words": "Apa?"}), ("nota", {"words": "Apa?"}), ("puas", {"rating": "5"}),
            ("pautkan", {"kind": "isi_rumah", "record": t.file_no}), ("artikel", {"slug": "apa"}),
            ("jadi_artikel", {}))],
    "dashboard.pages.support.one.fill": lambda _: [
        {json.dumps({"action": "jawab", "type": "support-template"}, separators=(",", ":")) + ".value": "kata_laluan"}],
    "dashboard.pages.support.board.show": lambda _: [{"support-board-view.data": {"bulan": "12"}}],
    "dashboard.pages.support.calendar.show": lambda _: [{"support-calendar-opened.data": 1}],
    "dashboard.pages.support.calendar.change": lambda _: [
        {pressed("support-change", what="add"): 1,
         "*support-day.value": {json.dumps({"name": name, "type": "support-day"}, sort_keys=True): value
            for name, value in (("state", "08"), ("day", "02/03/2027"), ("name_ms", "Cuti"))}}],
    "dashboard.pages.support.templates.show": lambda _: [{"support-templates-opened.data": 1}],
    "dashboard.pages.support.templates.save": lambda _: [
        {pressed("support-template-keep", code="", version="0", what="keep"): 1,
         "*support-template-field.value": {
            json.dumps({"code": "", "name": name, "type": "support-template-field"}, sort_keys=True): "Apa"
            for name in ("name_ms", "name_en", "words_ms", "words_en")}}],
    "dashboard.pages.cases.queue.show_states": lambda _: [{"cases-view.data": {}}],
    "dashboard.pages.cases.queue.give_rows": lambda _: [{"cases-rows.getRowsRequest": ROWS, "cases-view.data": {}}],
    "dashboard.pages.cases.queue_file.take": lambda t: [
        {f"cases-{kind}.n_clicks": 1, "cases-view.data": {}} for kind in ("csv", "xlsx")] + [
        {"cases-csv.n_clicks": 1, "cases-view.data": {}, "cases-ticked.data": [f"{t.case}:1"]}],
    "dashboard.pages.cases.queue_assigning.offer_officers": lambda t: [{"cases-ticked.data": [f"{t.case}:1"]}],
    "dashboard.pages.cases.queue_assigning.assign": lambda t: [
        {"cases-assign.n_clicks": 1, "cases-ticked.data": [f"{t.case}:1"], "cases-ticked-officer.value": 1}],
    "dashboard.pages.cases.start.offer_districts": lambda _: [{"cases-start-key.data": "leak"}],
    "dashboard.pages.cases.start.start": lambda t: [
        {"cases-start-button.n_clicks": 1, "cases-start-channel.value": "officer",
         "cases-start-district.value": t.place.district, "cases-start-key.data": f"leak-{t.place.district}"}],
    "dashboard.pages.cases.case.show_case": lambda t: [{"cases-case.data": t.case}],
    "dashboard.pages.cases.case.take": lambda t: [
        {pressed("cases-step", action=action): 1, "cases-case.data": t.case, "cases-loaded.data": {"version": 1}}
        for action in ("assign", "recommend", "reject")],
    "dashboard.pages.cases.form.give_form": lambda t: [{"cases-form-case.data": t.case}],
    "dashboard.pages.cases.form.save": lambda t: [
        {"cases-form-sent.data": {"case": t.case, "version": version, "at": 1, "form": {}}} for version in (1, 99)],
    "dashboard.pages.cases.form.give_mukims": lambda t: [
        {"cases-form-mukim-asked.data": {"district": t.place.district}}],
    "dashboard.pages.visits.round_of_day.show_round": lambda _: [{"visits-opened.data": 1}],
    "dashboard.pages.visits.round_file.take": lambda _: [
        {f"visits-round-{kind}.n_clicks": 1} for kind in ("csv", "xlsx")],
    "dashboard.pages.visits.assigning.offer_districts": lambda _: [{"visits-opened.data": 1}],
    "dashboard.pages.visits.assigning.show_cases": lambda t: [{"visits-district.value": t.place.district}],
    "dashboard.pages.visits.assigning.assign": lambda t: [
        {"visits-assign.n_clicks": 1, '{"mukim":"-","type":"visits-mukim"}.value': [str(t.case)],
         "visits-officer.value": "1"}],
    "dashboard.pages.visits.form.give_form": lambda t: [{"visits-case.data": t.case}],
    "dashboard.pages.vote_book.page.show": lambda _: [{"votes-view.data": {}}],
    "dashboard.pages.vote_book.page.keep": lambda _: [
        {f"votes-{kind}.n_clicks": 1, "votes-view.data": {}} for kind in ("csv", "xlsx", "pdf")],
    "dashboard.pages.vote_book.entry.offer": lambda _: [{"votes-view.data": {}}],
    "dashboard.pages.vote_book.entry.send": lambda t: [
        {"votes-post.n_clicks": 1, "votes-key.data": f"leak-{command}-{t.place.district}",
         "votes-command.value": command, "votes-programme.value": f"PA{t.place.district}",
         "votes-office.value": f"PA{t.place.district}",
         "votes-case.value": f"K-{t.place.district}", "votes-amount.value": "1", "votes-day.value": "01/01/2026",
         "votes-year.value": "2026"} for command in ("peruntukan", "lepas")],
    "dashboard.pages.payments.page.show": lambda _: [{"payments-view.data": {}}],
    "dashboard.pages.payments.making.offer": lambda t: [
        {"payments-view.data": {"program": f"PA{t.place.district}"}}],
    "dashboard.pages.payments.making.make": lambda t: [
        {pressed("payments-make", of=f"PA{t.place.district}"): 1, "payments-key.data": f"leak-{t.place.district}",
         "payments-view.data": {"program": f"PA{t.place.district}"}}],
    "dashboard.pages.payments.making.save": lambda t: [
        {"payments-payee-save.n_clicks": 1, "payments-key.data": f"leak-{t.place.district}",
         "payments-view.data": {"program": f"PA{t.place.district}"},
         "payments-payee-case.value": f"PA{t.place.district}|K-{t.place.district}", "payments-payee-name.value": "Siti",
         "payments-payee-id.value": "800101081234", "payments-payee-bank.value": "BANK",
         "payments-payee-account.value": "12345678"}],
    "dashboard.pages.payments.making.verify": lambda t: [{pressed("payments-verify", account=t.account): 1}],
    "dashboard.pages.payments.one.show": lambda t: [{"payments-one.data": t.payment_list}],
    "dashboard.pages.payments.one.keep": lambda t: [
        {f"payments-one-{kind}.n_clicks": 1, "payments-one.data": t.payment_list} for kind in ("csv", "xlsx")],
    "dashboard.pages.payments.one.release": lambda t: [
        {pressed("payments-one-release", list=t.payment_list): 1, "payments-one.data": t.payment_list}],
    "dashboard.pages.payments.one.take_off": lambda t: [
        {pressed("payments-one-call-off", payment=0): 1, "payments-one.data": t.payment_list}],
    "dashboard.pages.payments.answers.show": lambda t: [{"payments-file.data": t.answer_file}],
    "dashboard.pages.payments.answers.keep": lambda t: [
        {"payments-file-keep.n_clicks": 1, "payments-file.data": t.answer_file}],
    "dashboard.pages.projects.page.show": lambda _: [
        {"projects-view.data": view} for view in ({}, {"lewat": "lewat"}, {"keadaan": "dalam_pelaksanaan"})],
    "dashboard.pages.projects.page.draw_areas": lambda _: [{"projects-areas.data": 1}],
    "dashboard.pages.projects.page.choose": lambda _: [{"projects-view.data": {}}],
    "dashboard.pages.projects.page.show_card": lambda t: [{"projects-point.data": {"number": t.project_no}}],
    "dashboard.pages.projects.one.show": lambda t: [{"projects-number.data": t.project_no}],
    "dashboard.pages.projects.one.take": lambda t: [
        {pressed("projects-step", action=action): 1, "projects-number.data": t.project_no,
         "projects-loaded.data": {"version": 1}} for action in ("sah_sakit", "siap", "peraku")],
    "dashboard.pages.projects.one.work": lambda t: [
        {pressed("projects-act", action=action, row=row): 1, "projects-number.data": t.project_no,
         "projects-loaded.data": {"version": 1}}
        for action, row in (("accept", str(t.project_report)), ("refuse", str(t.project_report)),
                            ("mend", str(t.project_defect)), ("defect", ""), ("report", ""), ("place", ""),
                            ("join", ""))],
    "dashboard.pages.projects.site.take_along": lambda t: [{"projects-site-asked.data": t.project_no}],
    "dashboard.pages.projects.new.show_form": lambda t: [{"projects-new-led.data": {"file": t.file_no}}],
    "dashboard.pages.projects.new.open_one": lambda t: [
        {"projects-open.n_clicks": 1, "projects-key.data": f"leak-{t.household}", "*projects-new.value": {
            json.dumps({"name": name, "type": "projects-new"}, sort_keys=True): value
            for name, value in (("type", "bina_baru"), ("programme", "PA0803"), ("title", "Rumah"),
                                ("estimate_rm", "100"), ("households", t.file_no))}}],
    "dashboard.pages.projects.data.show_types": lambda _: [{"projects-saved.data": None}],
    "dashboard.pages.projects.data.save_one": lambda _: [
        {pressed("projects-save", name=name): 1} for name in ("kios:rate", "kios:type")],
    "dashboard.pages.projects.counts.show_counts": lambda _: [{"projects-counted.data": 1}],
    "dashboard.pages.projects.contractors.show_contractors": lambda _: [{"projects-hired-saved.data": None}],
    "dashboard.pages.projects.contractors.save_one": lambda _: [{"projects-hire.n_clicks": 1}],
    "dashboard.pages.applications.page.show": lambda _: [
        {"applications-view.data": {"senarai": which}} for which in ("menunggu", "terbuka", "lewat", "ditutup")],
    "dashboard.pages.applications.page.choose": lambda _: [
        {"applications-programme.value": "PA0803", "applications-view.data": {}}],
    "dashboard.pages.applications.application.show": lambda t: [{"applications-number.data": t.application_no}],
    "dashboard.pages.applications.application.take": lambda t: [
        {pressed("applications-step", action=action): 1, "applications-number.data": t.application_no,
         "applications-loaded.data": {"version": 1}} for action in ("semak", "tarik", "lulus")],
    "dashboard.pages.applications.edit.show": lambda t: [{"applications-edit-number.data": t.application_no}],
    "dashboard.pages.applications.edit.keep": lambda t: [
        {pressed("applications-keep", name="keep"): 1, "applications-edit-number.data": t.application_no,
         "applications-edit-seen.data": {"version": 1}}],
    "dashboard.pages.applications.new.find": lambda t: [
        {"applications-find.n_clicks": 1, "applications-id-no.value": t.place.id_no}],
    "dashboard.pages.applications.new.show_form": lambda t: [
        {"applications-found.data": {"household": t.household}},
        {"applications-found.data": {"household": None, "registered": True}}],
    "dashboard.pages.applications.new.open_one": lambda t: [
        {pressed("applications-open", name="open"): 1, "applications-key.data": f"leak-{household}",
         "applications-found.data": {"household": household, "registered": True},
         "applications-id-no.value": t.place.id_no,
         "*applications-field.value": {
             f'{json.dumps({"name": name, "type": "applications-field"}, sort_keys=True)}': value
             for name, value in {"kind": "1", "amount": "50", "who": "ketua"}.items()}}
        for household in (t.household, None)],
    "dashboard.pages.households.protecting.protect": lambda t: [
        {pressed("households-protect", act=act): 1, "households-household.data": t.household,
         "households-protect-reason.value": "Uji"} for act in ("protect", "unprotect", "protect")],
    "dashboard.pages.households.programmes.why_not": lambda t: [
        {"households-why-not.n_clicks": 1, "households-household.data": t.household}],
    "dashboard.pages.programmes.page.show": lambda _: [{"programmes-opened.data": 1}],
    "dashboard.pages.programmes.page.add": lambda t: [
        {pressed("programmes-add", act="add"): 1,
         "*programmes-new.value": {f'{{"name":"{name}","type":"programmes-new"}}': value for name, value in (
             ("agency", str(t.agency)), ("code", f"L{t.place.district}"), ("name_ms", "Uji"), ("name_en", "Test"),
             ("valid_from", "01/01/2026"), ("need_code", "MAKANAN"), ("form", "tunai"), ("recipient", "isi_rumah"),
             ("frequency", "sekali"), ("coverage", "bulan"), ("unit", ""))}}],
    "dashboard.pages.programmes.offices.place": lambda t: [
        {pressed("programmes-place-act", act=act): 1,
         "*programmes-place.value": {f'{{"act":"{act}","name":"{name}","type":"programmes-place"}}': value
                                     for name, value in (("agency", str(t.agency)), ("code", f"L{t.place.district}"),
                                                         ("name_ms", "Uji"), ("rule", "free"),
                                                         ("valid_from", "01/01/2026"))}}
        for act in ("add_office", "add_need", "change_office", "change_need")],
    "dashboard.pages.programmes.one.show": lambda t: [{"programmes-one.data": t.programme}],
    "dashboard.pages.programmes.one.act": lambda t: [
        {pressed("programmes-step", act=act): 1, "programmes-one.data": t.programme, "programmes-kept.data": "[]",
         "*programmes-field.value": {f'{{"name":"{name}","type":"programmes-field"}}': value for name, value in (
             ("kind", "1"), ("ceiling_rm", "10"), ("rate_from", "01/01/2031"), ("source", "Uji"),
             ("conditions_from", "01/01/2031"))},
         "*programmes-condition.value": {
             f'{{"name":"{name}","row":0,"type":"programmes-condition"}}': value for name, value in (
                 ("group", "atau1"), ("who", "isirumah"), ("field", "status"), ("operator", "dalam"),
                 ("value", "tegar"))}}
        for act in ("preview", "conditions", "rate", "dijeda")],
    "dashboard.pages.held_aid.page.offer": lambda _: [{"held-aid-agency.id": "held-aid-agency"}],
    "dashboard.pages.held_aid.page.show": lambda t: [
        {"held-aid-view.data": view} for view in ({}, t.view, {"sebab": "nama_tidak_padan"})],
    "dashboard.pages.held_aid.one.show": lambda t: [{"held-aid-row.data": t.aid_row}],
    "dashboard.pages.held_aid.one.compare": lambda t: [
        {'{"name":"person","type":"held-aid-field"}.value': str(t.person), "held-aid-row.data": t.aid_row}],
    "dashboard.pages.held_aid.one.find": lambda t: [
        {"held-aid-find.n_clicks": 1, "held-aid-find-text.value": number, "held-aid-row.data": t.aid_row}
        for number in (t.place.id_no, t.file_no)],
    "dashboard.pages.held_aid.one.act": lambda t: [
        {pressed("held-aid-step", step=step): 1, "held-aid-row.data": t.aid_row,
         "*held-aid-field.value": {f'{{"name":"{name}","type":"held-aid-field"}}': value
                                   for name, value in (("reason", "Semak"), ("person", str(t.person)))}}
        for step in ("accept", "override", "refuse")],
    "dashboard.pages.double_aid.page.show": lambda _: [{"double-aid-view.data": {}}],
    "dashboard.pages.double_aid.page.settle": lambda t: [
        {pressed("double-aid-settle", pair=t.aid_pair): 1,
         "*double-aid-finding.value": {f'{{"pair":{t.aid_pair},"type":"double-aid-finding"}}': "agreed"}}],
    "dashboard.pages.double_aid.page.take": lambda _: [
        {f"double-aid-{kind}.n_clicks": 1, "double-aid-view.data": {}} for kind in ("csv", "xlsx")],
    "dashboard.pages.cards.lists.show_requests": lambda _: [{"cards-view.data": {}}],
    "dashboard.pages.cards.lists.show_cards": lambda t: [
        {"cards-view.data": {}}, {"cards-view.data": {}, "cards-find.n_clicks": 1, "cards-number.value": t.file_no}],
    "dashboard.pages.cards.ask.show_own": lambda _: [{"cards-ask-key.data": "leak"}],
    "dashboard.pages.cards.ask.send": lambda t: [
        {"cards-ask-send.n_clicks": 1, "cards-ask-key.data": f"leak-{t.file_no}", "cards-ask-agency.value": "Jabatan",
         "cards-ask-purpose.value": "Bantuan", "cards-ask-state.value": "08", "cards-ask-numbers.value": t.file_no}],
    "dashboard.pages.cards.request.show": lambda t: [{"cards-request-request.data": t.card_request}],
    "dashboard.pages.cards.request.take": lambda t: [
        {pressed("cards-request-step", step=step): 1, "cards-request-request.data": t.card_request,
         "cards-request-loaded.data": {"version": 1}} for step in ("approve", "issue")],
    "dashboard.pages.cards.request.print_sheet": lambda t: [
        {pressed("cards-request-print", step="print"): 1, "cards-request-request.data": t.card_request}],
    "dashboard.pages.cards.card.show": lambda t: [{"cards-one-card.data": t.card}],
    "dashboard.pages.cards.card.end": lambda t: [
        {pressed("cards-one-step", step="withdraw"): 1, "cards-one-card.data": t.card,
         "cards-one-loaded.data": {"version": 1}}],
    "dashboard.pages.cards.card.print_card": lambda t: [
        {pressed("cards-one-print", step="print"): 1, "cards-one-card.data": t.card}],
    "dashboard.pages.inquiries.page.show": lambda _: [
        {"inquiries-view.data": {"senarai": name}} for name in ("menunggu", "selesai")],
    "dashboard.pages.inquiries.page.step": lambda t: [
        {pressed("inquiries-step", inquiry=str(t.inquiry), outcome="dijawab", version="1"): 1}],
    "dashboard.pages.inquiries.offices.offer": lambda _: [{}],
    "dashboard.pages.inquiries.offices.open_form": lambda t: [{"inquiries-office.value": t.place.district}],
    "dashboard.pages.inquiries.offices.save": lambda t: [
        {pressed("inquiries-office-save", district=t.place.district): 1, "inquiries-office-seen.data": 0}],
    "dashboard.pages.inquiries.codes.show": lambda t: [{"inquiries-household.data": t.household}],
    "dashboard.pages.inquiries.codes.act": lambda t: [
        {pressed("inquiries-code-make", act="make"): 1, "inquiries-household.data": t.household,
         "*inquiries-code-member.value": {json.dumps({"act": "make", "type": "inquiries-code-member"}): "1"}},
        {pressed("inquiries-code-withdraw", code=str(t.check_code)): 1, "inquiries-household.data": t.household}],
    "dashboard.pages.meetings.page.show": lambda _: [{"meetings-key.data": "leak"}],
    "dashboard.pages.meetings.page.plan": lambda t: [
        {"meetings-plan.n_clicks": 1, "meetings-area.value": t.place.district, "meetings-number.value": "1/2026",
         "meetings-held-on.value": "01/02/2026", "meetings-place.value": "Ipoh", "meetings-members.value": "Ali",
         "meetings-key.data": f"leak-{t.place.district}"}],
    "dashboard.pages.meetings.meeting.show": lambda t: [{"meetings-one.data": t.meeting}],
    "dashboard.pages.meetings.meeting.choose_for_all": lambda _: [{pressed("meetings-every", outcome="approve"): 1}],
    "dashboard.pages.meetings.meeting.act": lambda t: [
        {pressed("meetings-act", act=act, row=str(t.case)): 1, "meetings-one.data": t.meeting,
         "meetings-one-loaded.data": {"version": 1, "key": "leak", "cases": {}}}
        for act in ("draw", "off", "decide", "edit", "close")],
    "dashboard.pages.targets.page.show": lambda _: [{"targets-opened.data": 1}],
    "dashboard.pages.targets.counting.count": lambda t: [
        {"targets-conditions.data": conditions, "targets-on-date.value": "30/06/2026", "targets-polygon.value": shape}
        for conditions, shape in (([POOR], ""), ([NO_ILLNESS], ""), ([], t.drawn), ([in_district(t)], ""))],
    "dashboard.pages.targets.build.offer": lambda _: [
        {"targets-field.value": name} for name in ("mukim", "daerah", "pemilikan", "umur")],
    "dashboard.pages.targets.build.uncover": lambda _: [
        {"targets-operator.value": "dalam", "targets-who.value": "ahli", "targets-field.value": "oku"}],
    "dashboard.pages.targets.build.change": lambda _: [
        {"targets-add.n_clicks": 1, "targets-conditions.data": [POOR], "targets-field.value": "bil_ahli",
         "targets-operator.value": "<", "targets-low.value": "3", "targets-join.value": "atau"}],
    "dashboard.pages.targets.build.tell": lambda t: [
        {"targets-conditions.data": [POOR, in_district(t)], "targets-polygon.value": shape} for shape in ("", "{}")],
    "dashboard.pages.targets.build.load": lambda t: [{"targets-draft.data": None}, {"targets-draft.data": t.target}],
    "dashboard.pages.targets.build.keep": lambda t: [
        {pressed("targets-act", act=act): 1, "targets-loaded.data": {"group": t.target, "version": 1},
         "targets-key.data": "leak", "targets-conditions.data": [POOR], "targets-name.value": "Kumpulan",
         "targets-on-date.value": "30/06/2026", "targets-purpose.value": "Tujuan"} for act in ("save", "ask")],
    "dashboard.pages.targets.group.show": lambda t: [{"targets-group.data": t.target}],
    "dashboard.pages.targets.places.show_areas": lambda t: [{"targets-group.data": t.target}],
    "dashboard.pages.targets.places.show_marks": lambda t: [
        {"targets-group.data": t.target, "targets-group-asked.data": {"box": [99, 0, 120, 8], "zoom": zoom}}
        for zoom in (6, 20)],
    "dashboard.pages.targets.group.act": lambda t: [
        {pressed("targets-step", act=act): 1, "targets-group.data": t.target,
         "targets-group-loaded.data": {"key": "leak"}}
        for act in ("ask", "approve", "refuse", "freeze", "drop")],
    "dashboard.pages.tasks.page.offer_districts": lambda _: [{"tasks-district.id": "tasks-district"}],
    "dashboard.pages.tasks.page.show_lists": lambda t: [{"tasks-view.data": view} for view in ({}, t.view)],
    "dashboard.pages.tasks.page.give_rows": lambda t: [
        {"tasks-rows.getRowsRequest": ROWS, "tasks-view.data": {**view, "senarai": name},
         "tasks-places.data": None}
        for view in ({}, t.view) for name in LISTS],
    "dashboard.pages.tasks.page.download": lambda t: [
        {f"tasks-{kind}.n_clicks": 1, "tasks-view.data": {**t.view, "senarai": name}}
        for name in LISTS for kind in ("csv", "xlsx")] + [
        {"tasks-csv.n_clicks": 1, "tasks-view.data": t.view, "tasks-ticked.data": [t.household]}],
    "dashboard.pages.tasks.reviews.review": lambda t: [
        {"tasks-review.n_clicks": 1, "tasks-view.data": {"senarai": "due"}, "tasks-ticked.data": [t.household]},
        {"tasks-review.n_clicks": 1, "tasks-view.data": {**t.view, "senarai": "due"}}],
    "dashboard.pages.tasks.mukims.accept": lambda t: [
        {"tasks-accepting.data": {
            "key": f"{t.household}", "rows": [{"household": t.household, "version": 1, "mukim": t.place.mukim}]}}],
    "dashboard.pages.checks.page.check": lambda t: [
        {"checks-check.n_clicks": 1, f"checks-{name}.value": value}
        for name, value in (("id-no", t.place.id_no), ("name", t.place.name), ("phone", t.place.phone))],
    "dashboard.pages.checks.page.tell": lambda _: [
        {"checks-tell.n_clicks": 1, "checks-reference.value": reference} for reference in ("2345-6789", "x")],
    "dashboard.pages.checks.page.clear": lambda _: [{"checks-clear.n_clicks": 1}],
    "dashboard.pages.cleansing.page.show": lambda t: [
        {"cleansing-view.data": view}
        for view in ({}, {"banding": str(t.pair)}, {"bahagian": "gabungan"}, {"bahagian": "kohort"},
                     {"bahagian": "kohort", "senarai": str(t.cohort)})],
    "dashboard.pages.cleansing.page.act": lambda t: [
        {pressed("cleansing-act", act=act, row=row): 1, "cleansing-view.data": {}}
        for act, row in (("merge", f"{t.pair}.1.1"), ("undo", str(t.merge)), ("different", str(t.pair)))],
    "dashboard.pages.lines.page.show": lambda _: [{"lines-view.data": {}}, {"lines-view.data": {"tahun": "2014"}}],
    "dashboard.pages.lines.page.remove": lambda _: [{pressed("lines-remove", line=1): 1}],
    "dashboard.pages.lines.change.offer": lambda _: [{}],
    "dashboard.pages.lines.change.try_out": lambda _: [
        {"lines-change-adopt.n_clicks": 1, "lines-change-year.value": "2022",
         "lines-change-adopt-from.value": "01/01/2024"},
        {"lines-change-set-rule.n_clicks": 1, "lines-change-rule.value": "household_or_per_capita",
         "lines-change-rule-from.value": "01/01/2024"}],
    "dashboard.pages.lines.change.make": lambda _: [
        {pressed("lines-change-make", act="make"): 1,
         "lines-change-supposed.data": {"kind": "adopt_line", "survey_year": 2022, "effective_from": "2024-01-01"}}],
    "dashboard.pages.lines.change.take_back": lambda t: [{pressed("lines-change-withdraw", change=t.line_change): 1}],
    "dashboard.pages.lines.change.show": lambda t: [
        {"lines-change-view.data": {}}, {"lines-change-view.data": {"perubahan": str(t.line_change)}}],
    "dashboard.pages.lines.change.follow": lambda t: [
        {"lines-change-clock.n_intervals": 1, "lines-change-loaded.data": {"change": t.line_change, "state": "waits"}}],
    "dashboard.pages.lines.add.offer": lambda _: [{}],
    "dashboard.pages.lines.add.add": lambda _: [
        {"lines-add-add.n_clicks": 1, "lines-add-year.value": "2023", "lines-add-state.value": "08",
         "lines-add-strata.value": "urban", "lines-add-published.value": "01/02/2024",
         "lines-add-source.value": "DOSM"}],
    "dashboard.pages.deliveries.page.show": lambda _: [{"deliveries-view.data": {}}],
    "dashboard.pages.deliveries.upload.show": lambda t: [{"deliveries-one.data": t.upload}],
    "dashboard.pages.deliveries.upload.follow": lambda t: [
        {"deliveries-one-clock.n_intervals": 1, "deliveries-one-loaded.data": {"state": "trial"},
         "deliveries-one.data": t.upload}],
    "dashboard.pages.deliveries.upload.act": lambda t: [
        {pressed("deliveries-act", act=act): 1, "deliveries-one.data": t.upload}
        for act in ("trial", "stop", "import", "discard")],
    "dashboard.pages.deliveries.aid.show": lambda _: [{"aid-deliveries-view.data": {}}],
    "dashboard.pages.deliveries.aid_upload.show": lambda t: [{"aid-deliveries-one.data": t.aid_upload}],
    "dashboard.pages.deliveries.aid_upload.follow": lambda t: [
        {"aid-deliveries-one-clock.n_intervals": 1, "aid-deliveries-one-loaded.data": {"state": "trial"},
         "aid-deliveries-one.data": t.aid_upload}],
    "dashboard.pages.deliveries.aid_upload.act": lambda t: [
        {pressed("aid-deliveries-act", act=act): 1, "aid-deliveries-one.data": t.aid_upload}
        for act in ("trial", "stop", "import", "discard")],
    "dashboard.pages.jobs.page.show": lambda _: [
        {"jobs-view.data": {"senarai": name}} for name in ("terbuka", "gagal", "tamat")],
    "dashboard.pages.jobs.page.follow": lambda _: [
        {"jobs-clock.n_intervals": 1, "jobs-loaded.data": "-"}],
    "dashboard.pages.jobs.page.act": lambda t: [
        {pressed("jobs-act", act=act, job=t.job): 1} for act in ("cancel", "rerun")],
    "dashboard.pages.boundaries.page.show": lambda _: [{}, {"boundaries-asked.data": {"set": 1}}],
    "dashboard.pages.boundaries.page.follow": lambda _: [
        {"boundaries-clock.n_intervals": 1, "boundaries-shown.data": {"jobs": "1"}}],
    "dashboard.pages.boundaries.page.act": lambda _: [
        {pressed("boundaries-act", act=act, row=1): 1} for act in ("return", "confirm", "keep")],
    "dashboard.pages.boundaries.upload.show": lambda _: [{"boundaries-file.data": 1}],
    "dashboard.pages.boundaries.upload.draw": lambda _: [
        {"boundaries-file-within.value": "MY", "boundaries-file.data": 1}],
    "dashboard.pages.boundaries.upload.follow": lambda _: [
        {"boundaries-file-clock.n_intervals": 1, "boundaries-file-loaded.data": {"jobs": "1"},
         "boundaries-file.data": 1}],
    "dashboard.pages.boundaries.upload.check": lambda _: [
        {"boundaries-file-check.n_clicks": 1, "boundaries-file-level.value": "state",
         "boundaries-file-source.value": "a",
         "boundaries-file-licence.value": "b", "boundaries-file-dated.value": "01/01/2026",
         "boundaries-file-accuracy.value": 50, "boundaries-file.data": 1}],
    "dashboard.pages.boundaries.upload.act": lambda _: [
        {pressed("boundaries-file-act", act=act): 1, "boundaries-file.data": 1}
        for act in ("activate", "discard", "withdraw")],
    "dashboard.pages.analysis.page.show": lambda t: [{"analysis-view.data": {**t.view, "ukuran": "mpi"}}],
    "dashboard.pages.analysis.page.step": lambda t: [
        {"analysis-picked.data": {"code": t.place.district}, "analysis-view.data": {}}],
    "dashboard.pages.analysis.page.take": lambda t: [{"analysis-csv.n_clicks": 1, "analysis-view.data": t.view}],
    "dashboard.pages.analysis.structures.show": lambda _: [{"structures-opened.data": 1}],
    "dashboard.pages.analysis.structures.act": lambda _: [
        {"structures-add-look.n_clicks": 1, "structures-add-file.value": "{}", "structures-add-reason.value": "uji"},
        {"structures-add-add.n_clicks": 1, "structures-add-file.value": "{}", "structures-add-reason.value": "uji"}],
    "dashboard.pages.effects.page.show": lambda _: [{"effects-opened.data": 1}],
    "dashboard.pages.areas_compared.page.show": lambda t: [
        {"areas-compared-view.data": {**t.view, "lihat": view}} for view in ("tercicir", "kadar", "poket", "capaian")],
    "dashboard.pages.areas_compared.page.step": lambda t: [
        {"areas-compared-picked.data": {"code": t.place.district}, "areas-compared-view.data": {}}],
    "dashboard.pages.areas_compared.page.take": lambda t: [
        {"areas-compared-csv.n_clicks": 1, "areas-compared-view.data": {**t.view, "lihat": view}}
        for view in ("tercicir", "kadar", "poket", "capaian")],
    "dashboard.pages.poverty_map.dates.page.show": lambda t: [
        {"map-dates-view.data": {"in": place, "mode": mode}}
        for place in ("MY", t.place.district, t.place.mukim) for mode in ("dua", "beza", "bulan")],
    "dashboard.pages.reach.page.show": lambda t: [
        {"reach-view.data": {**t.view, "ukuran": "reach_amount"}}],
    "dashboard.pages.reach.page.step": lambda t: [
        {"reach-picked.data": {"code": t.place.district}, "reach-view.data": {}}],
    "dashboard.pages.what_if.page.show": lambda t: [
        {"what-if-view.data": {**t.view, "pgk": "60", "anak_rm": "50"}}, {"what-if-view.data": {"pgk": "60"}}],
    "dashboard.pages.what_if.targeting_page.show": lambda t: [
        {"targeting-view.data": {**t.view, "sasaran": "p1", "rm": "100"}}, {"targeting-view.data": {"sasaran": "k1"}}],
    "dashboard.pages.what_if.saved.saved": lambda t: [
        {"what-if-view.data": {**t.view, "banding": "1-2"}}],
    "dashboard.pages.what_if.saved.keep": lambda t: [
        {"what-if-save.n_clicks": 1, "what-if-name.value": "Cuba", "what-if-view.data": t.view},
        {pressed("what-if-drop", number="1"): 1, "what-if-view.data": t.view}],
    "dashboard.pages.what_if.page.listed": lambda t: [
        {"what-if-view.data": {**t.view, "pgk": "60", "senarai": way}} for way in ("in", "out")],
    "dashboard.pages.quality.page.show": lambda t: [
        {"quality-view.data": {**t.view, "jenis": kind}} for kind in KINDS],
    "dashboard.pages.quality.page.step": lambda t: [
        {"quality-picked.data": {"code": t.place.district}, "quality-view.data": {}}],
    "dashboard.pages.quality.page.confirm": lambda t: [
        {pressed("quality-confirm", code="titik_bertindih", row=str(t.household)): 1}],
    "dashboard.pages.administration.page.show": lambda _: [{"administration-role.value": "officer"}],
    "dashboard.pages.administration.page.save": lambda _: [
        {"administration-save.n_clicks": 1, "administration-role.value": "planner",
         "administration-permissions.value": ["read_aggregates", "read_persons"],
         "administration-seen.data": ["read_persons"]}],
    "dashboard.pages.administration.people.offer_areas": lambda _: [{"pengguna-add.id": "pengguna-add"}],
    "dashboard.pages.administration.people.show": lambda t: [
        {}, {"pengguna-filter-area.value": t.place.district, "pengguna-filter-name.value": t.place.name}],
    "dashboard.pages.administration.people.add": lambda t: [
        {"pengguna-add.n_clicks": 1, "pengguna-new-login.value": f"leak.new{t.place.district}",
         "pengguna-new-name.value": "Pegawai Baharu", "pengguna-new-role.value": "officer",
         "pengguna-new-areas.value": [t.place.district]}],
    "dashboard.pages.administration.people.pick": lambda _: [{"pengguna-account.value": "1"}],
    "dashboard.pages.administration.people.change": lambda t: [
        {"pengguna-change.n_clicks": 1, "pengguna-account.value": "1", "pengguna-changed-role.value": "officer",
         "pengguna-version.data": {"version": 99, "active": True, "login": "leak", "role": "officer", "areas": []},
         "pengguna-changed-areas.value": [t.place.district]}],
    "dashboard.pages.administration.delegates.offer": lambda _: [{"wakil-lend.id": "wakil-lend"}],
    "dashboard.pages.administration.delegates.show": lambda _: [{"wakil-lent.data": 1}],
    "dashboard.pages.administration.delegates.lend": lambda t: [
        {"wakil-lend.n_clicks": 1, "wakil-lender.value": "1", "wakil-borrower.value": "2",
         "wakil-areas.value": [t.place.district], "wakil-from.value": "01/02/2026", "wakil-until.value": "02/02/2026",
         "wakil-reason.value": "Cuti"}],
    "dashboard.pages.administration.settings.show_settings": lambda _: [{"settings-settings-saved.data": 1}],
    "dashboard.pages.administration.settings.save_settings": lambda _: [
        {"settings-settings-save.n_clicks": 1, "settings-settings-seen.data": {"review.months": "24"},
         "*settings-setting.value": {'{"key":"review.months","type":"settings-setting"}': 36}}],
    "dashboard.pages.administration.settings.show_states": lambda _: [{"settings-states-saved.data": 1}],
    "dashboard.pages.administration.settings.save_states": lambda _: [
        {"settings-states-save.n_clicks": 1, "settings-states-seen.data": {"received": ["diterima", "received"]},
         "*settings-state.value": {f'{{"code":"received","language":"{language}","type":"settings-state"}}': "baharu"
                                  for language in ("ms", "en")}}],
    "dashboard.pages.administration.delegates.revoke": lambda _: [{pressed("wakil-revoke", row="1"): 1}],
    "dashboard.pages.administration.targets.offer_areas": lambda _: [
        {"settings-target-area.id": "settings-target-area"}],
    "dashboard.pages.administration.targets.offer_mukims": lambda t: [{"settings-target-area.value": t.place.district}],
    "dashboard.pages.administration.targets.show_targets": lambda t: [{"settings-target-area.value": t.place.district}],
    "dashboard.pages.administration.target_paths.show_path": lambda t: [
        {"settings-targets-path-of.value": "tegar", "settings-target-area.value": t.place.district}],
    "dashboard.pages.administration.proposals.show_proposals": lambda _: [{"settings-targets-saved.data": 1}],
    "dashboard.pages.administration.proposals.decide": lambda _: [
        {pressed("settings-proposal", act=act, proposal=1): 1, "settings-proposal-answer.value": "Sebab"}
        for act in ("look", "approve", "refuse", "withdraw")],
    "dashboard.pages.administration.targets.propose_targets": lambda t: [
        {"settings-targets-save.n_clicks": 1,
         "settings-targets-seen.data": {"area": t.place.district, "units": {}, "shown": {}, "exact": {}},
         "settings-targets-reason.value": "Sebab", "settings-targets-how.value": "keperluan",
         "settings-targets-path-of.value": "tegar", "settings-targets-path.value": "tangan"}],
    "dashboard.pages.administration.people.choose": lambda _: [{"pengguna-view.data": {"akaun": "1"}}],
    "dashboard.pages.connections.page.show": lambda _: [{"sambungan-changed.data": "1"}],
    "dashboard.pages.connections.page.make": lambda _: [
        {"sambungan-make.n_clicks": 1, "sambungan-name.value": name} for name in ("QGIS", "")],
    "dashboard.pages.connections.page.end": lambda _: [
        {"sambungan-end.n_clicks": 1, "sambungan-key.value": str(number)} for number in (1, 999)],
    "dashboard.pages.administration.keys.show_keys": lambda _: [{"kunci-issued.data": "1"}],
    "dashboard.pages.administration.keys.offer_agencies": lambda _: [{"kunci-issue.id": "kunci-issue"}],
    "dashboard.pages.administration.keys.issue": lambda t: [
        {"kunci-issue.n_clicks": 1, "kunci-name.value": "Sistem", "kunci-agency.value": str(t.agency),
         "kunci-office.value": None, "kunci-scopes.value": ["aid.read"], "kunci-until.value": "01/02/2027"}],
    "dashboard.pages.administration.keys.pick_key": lambda _: [{"kunci-chosen.value": "1"}],
    "dashboard.pages.administration.keys.change_of_key": lambda _: [
        {f"kunci-{name}.n_clicks": 1, "kunci-chosen.value": "1", "kunci-changed-scopes.value": ["aid.read"],
         "kunci-changed-until.value": "01/02/2027", "kunci-sure.checked": True}
        for name in ("change", "rotate", "rotate-now", "revoke")],
    "dashboard.pages.audit.page.offer": lambda _: [{"audit-show.id": "audit-show"}],
    "dashboard.pages.audit.page.show": lambda t: [
        {"audit-show.n_clicks": 1, "audit-area.value": t.place.district},
        *({"audit-show.n_clicks": 1, f"audit-{name}.value": value}
          for name, value in (("area", None), ("file-no", t.file_no), ("number", t.place.id_no),
                              ("name", t.place.name)))],
    "dashboard.pages.audit.page.check": lambda _: [{"audit-verify-newest.n_clicks": 1, "audit-newest.value": "100"}],
    "dashboard.pages.audit.page.export": lambda t: [
        {f"audit-{kind}.n_clicks": 1, "audit-area.value": area}
        for area in (None, t.place.district) for kind in ("csv", "xlsx")],
    "dashboard.pages.account.page.show": lambda _: [{"account-acting.id": "account-acting"}],
    "dashboard.pages.account.sessions.show_sessions": lambda _: [{"account-ended.data": None}],
    "dashboard.pages.account.sessions.end": lambda _: [
        {pressed("account-end", row="1"): 1}, {"account-end-others.n_clicks": 1}],
    "dashboard.pages.changes.listing.give_rows": lambda _: [
        {"changes-rows.getRowsRequest": ROWS, "changes-view.data": {"keadaan": state}} for state in STATES],
    "dashboard.pages.changes.listing.take": lambda t: [
        {f"changes-{kind}.n_clicks": 1, "changes-view.data": {}} for kind in ("csv", "xlsx")] + [
        {"changes-csv.n_clicks": 1, "changes-view.data": {}, "changes-ticked.data": [t.request]}],
    "dashboard.pages.changes.page.decide": lambda t: [
        {pressed("changes-act", action=action, request=t.request): 1} for action in ("approve", "refuse")],
    "dashboard.pages.changes.page.show": lambda _: [
        {"changes-view.data": {"keadaan": state}} for state in STATES],
}  # fmt: skip

ROUTES: dict[str, Callable[[Target], list[str]]] = {
    "/": lambda _: ["/"],
    "/<path:path>": lambda t: [f"/isi-rumah/{t.household}", f"/kes/{t.case}"],
    "/peta/gambar": lambda t: [
        *(f"/peta/gambar?in={place}" for place in (t.place.district, t.place.mukim)),
        *(f"/peta/gambar?in={t.place.district}&measure={measure}" for measure in AID),
    ],
    "/peta/bulan": lambda t: [
        f"/peta/bulan?in={place}&scale={scale}{month}"
        for place in ("MY", t.place.district, t.place.mukim)
        for scale, month in (("all", ""), ("all", "&month=2026-09"), ("2026-09", "&month=2026-08"))
    ],
    "/sempadan-dahulu/<int:former>/<level>/<within>": lambda t: [f"/sempadan-dahulu/1/district/{t.place.district[:2]}"],
    "/peta/garis-masa": lambda t: [f"/peta/garis-masa?in={place}" for place in ("MY", t.place.district)],
    "/muat-turun/peta-masa": lambda t: [
        f"/muat-turun/peta-masa?in={place}&mode={mode}&as={kind}"
        for place, kinds in (("MY", ("csv",)), (t.place.district, ("csv", "xlsx", "svg", "a4")))
        for mode in ("dua", "beza", "bulan")
        for kind in kinds
    ],
    "/muat-turun/analisis": lambda t: [
        f"/muat-turun/analisis?in={area}&as={kind}" for area in ("MY", t.place.district) for kind in ("svg", "pdf")],
    "/muat-turun/analisis-kawasan": lambda t: [
        f"/muat-turun/analisis-kawasan?in={t.place.district}&lihat={view}&as=svg"
        for view in ("tercicir", "kadar", "poket", "capaian")],
    "/muat-turun/bagaimana-jika": lambda t: [
        f"/muat-turun/bagaimana-jika?in={area}&pgk=10&as={kind}"
        for area in ("MY", t.place.district) for kind in ("svg", "pdf", "csv")],
    "/muat-turun/jadual-silang": lambda t: [
        f"/muat-turun/jadual-silang?in={t.place.district}",
        f"/muat-turun/jadual-silang?in={t.place.district[:2]}&baris=area",
    ],
    "/muat-turun/sasaran": lambda t: [
        f"/muat-turun/sasaran?in={area}&sasaran=p1&rm=100" for area in ("MY", t.place.district)],
    "/muat-turun/kawasan": lambda t: [
        f"/muat-turun/kawasan?in={area}&as={kind}"
        for area in (t.place.district, t.place.mukim)
        for kind in ("svg", "pdf")
    ],
    "/muat-turun/peta": lambda t: [
        *(f"/muat-turun/peta?in={place}" for place in (t.place.district, t.place.mukim)),
        *(f"/muat-turun/peta?in={t.place.district}&as={kind}" for kind in ("svg", "a4", "csv", "xlsx")),
        *(f"/muat-turun/peta?in={t.place.district}&measure={measure}&as=csv" for measure in AID),
    ],
    "/laporan/<number>/fail/<kind>": lambda _: [f"/laporan/L00000001/fail/{kind}" for kind in ("pdf", "xlsx", "csv")],
    "/laporan/<number>/halaman/<int:page>": lambda _: ["/laporan/L00000001/halaman/1"],
    "/muat-turun/data-kawasan": lambda _: [
        f"/muat-turun/data-kawasan?peringkat={level}&jenis={kind}"
        for level, kind in (("negeri", "csvw"), ("daerah", "csvw"), ("mukim", "csvw"), ("daerah", "gpkg"))],
    "/muat-turun/titik": lambda t: [
        f"/muat-turun/titik?daerah={t.place.district}&jenis={kind}" for kind in ("gpkg", "parquet")],
    "/muat-turun/pejabat": lambda t: [
        f"/muat-turun/pejabat?pejabat={office}&as={kind}"
        for office in ("", f"PA{t.place.district}")
        for kind in ("svg", "pdf")
    ],
    "/muat-turun/papan": lambda t: [
        f"/muat-turun/papan?papan={name}&in={area}&as={kind}"
        for name, area in (("daerah", t.place.district), ("negeri", t.place.district[:2]), ("menteri", "MY"))
        for kind in ("svg", "pdf")
    ],
    "/isi-rumah/<int:household>/ringkasan.pdf": lambda t: [f"/isi-rumah/{t.household}/ringkasan.pdf"],
    "/kes/borang.pdf": lambda _: ["/kes/borang.pdf"],
    "/permohonan-bantuan/<number>/surat-<language>.pdf": lambda t: [
        f"/permohonan-bantuan/{t.application_no}/surat-ms.pdf"
    ],
    "/ilmu-fail/<int:file>/muat-turun": lambda _: ["/ilmu-fail/1/muat-turun"],
    "/sokongan/gambar/<int:picture>": lambda t: [f"/sokongan/gambar/{t.ticket_picture}"],
    "/sokongan/pautan/<int:link>": lambda t: [f"/sokongan/pautan/{t.ticket_link}"],
    "/rujukan/fail/<int:file>": lambda t: [f"/rujukan/fail/{t.referral_file}"],
    "/projek/<number>/<kind>-<language>.pdf": lambda t: [
        f"/projek/{t.project_no}/{kind}-ms.pdf" for kind in ("sijil", "serah")
    ],
    "/foto-projek/<int:photo>": lambda t: [f"/foto-projek/{t.project_photo}"],
    "/mesyuarat/<int:meeting>/minit.pdf": lambda t: [f"/mesyuarat/{t.meeting}/minit.pdf"],
    "/kumpulan-sasaran/<int:group>/senarai.<kind>": lambda t: [
        f"/kumpulan-sasaran/{t.target}/senarai.{kind}" for kind in ("xlsx", "csv", "gpkg")
    ],
    "/k/<token>": lambda t: [f"/k/{t.place.token}", f"/k/{'0' * 22}"],
    "/foto/<int:photo>": lambda t: [f"/foto/{t.photo}"],
    "/penghantaran/<int:upload>/ditolak.zip": lambda t: [f"/penghantaran/{t.upload}/ditolak.zip"],
    "/penghantaran-bantuan/<int:upload>/semula.zip": lambda t: [f"/penghantaran-bantuan/{t.aid_upload}/semula.zip"],
    "/penghantaran-bantuan/diterima/<int:delivery>/semula.zip": lambda t: [
        f"/penghantaran-bantuan/diterima/{t.aid_delivery}/semula.zip"
    ],
    "/masuk": lambda _: ["/masuk"],
    "/masuk/kod": lambda _: ["/masuk/kod"],
    "/masuk/pengesah": lambda _: ["/masuk/pengesah"],
    "/kata-laluan": lambda _: ["/kata-laluan"],
    "/bahasa/<language>": lambda _: ["/bahasa/en"],
    "/sempadan/<name>": lambda _: ["/sempadan/none.json", neighbours_url()],
    "/peta-dasar/<name>": lambda _: ["/peta-dasar/0123456789ab.pmtiles"],
    "/sempadan/fail/<int:upload>/<name>": lambda _: ["/sempadan/fail/1/state-MY-far.0123456789ab.geojson.gz"],
    "/_dash-layout": lambda _: ["/_dash-layout"],
    "/_dash-dependencies": lambda _: ["/_dash-dependencies"],
}
SENT: dict[str, Callable[[Target], list[tuple[str, Any]]]] = {
    "/lawatan/<int:case_id>/hantar": lambda t: [
        (f"/lawatan/{t.case}/hantar", {"user": 1, "key": str(UUID(int=t.case)), "version": 1, "form": {
            "findings": {}, "recommendation": "approve", "reason": "Layak"}})],
    "/cari": lambda t: [("/cari", {"text": text}) for text in (t.place.name[:-1], t.place.id_no, t.file_no, "Kinta")],
    "/penghantaran/muat-naik": lambda _: [("/penghantaran/muat-naik?nama=a.zip", {})],
    "/penghantaran-bantuan/muat-naik": lambda _: [("/penghantaran-bantuan/muat-naik?nama=a.zip", {})],
    "/laporan/sahkan/fail": lambda _: [("/laporan/sahkan/fail?nama=a.pdf", {})],
    "/ilmu-fail/muat-naik": lambda _: [("/ilmu-fail/muat-naik?nama=a.pdf", {})],
    "/sokongan/<number>/gambar": lambda t: [(f"/sokongan/{t.ticket_no}/gambar?nama=a.jpg", {})],
    "/rujukan/<number>/muat-naik": lambda t: [(f"/rujukan/{t.referral_no}/muat-naik?nama=a.pdf", {})],
    "/sempadan/muat-naik": lambda _: [("/sempadan/muat-naik?nama=a.zip", {})],
    "/bayaran/jawapan/muat-naik": lambda _: [("/bayaran/jawapan/muat-naik?nama=a.csv", {})],
    "/projek/<number>/tapak": lambda t: [
        (f"/projek/{t.project_no}/tapak", {"user": 1, "key": str(UUID(int=t.project)), "version": 1, "report": 1,
                                           "form": {"shares": ["50"], "note": "", "reason": ""}})],
    "/projek/<number>/foto": lambda t: [
        (f"/projek/{t.project_no}/foto?kunci={UUID(int=t.project)}&peringkat=sebelum&hari=01/01/2026", {})],
    "/lawatan/<int:visit_id>/foto": lambda t: [(f"/lawatan/{t.visit}/foto?kunci={UUID(int=t.visit)}", {})],
}  # fmt: skip
"""Addresses that take what is sent to them."""
FILES = {"/sihat", "/assets/<path:filename>", "/assets/js/all.js", "/assets/css/all.css",
         "/_favicon.ico", "/_reload-hash", "/_dash-update-component", "/keluar",
         "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"}  # fmt: skip
"""Addresses that answer the same to everyone, and the two that only take what is sent."""


def server_callbacks(app: Dash) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every callback that runs on the server, by module and function."""
    for output, callback in app.callback_map.items():
        function = callback.get("callback")
        if function is None:
            continue
        while hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        yield f"{function.__module__}.{function.__name__}", {**callback, "output_id": output}


def request_of(callback: dict[str, Any], given: Given) -> dict[str, Any]:
    """What the browser would send to a callback whose inputs and states hold ``given``."""
    rest = dict(given)
    inputs = [_filled(item, rest, given) for item in callback["inputs"]]
    states = [_filled(item, rest, given) for item in callback["state"]]
    if set(rest) - _wild(callback):
        raise KeyError(f"nothing takes {sorted(rest)}")
    return {
        "output": callback["output_id"],
        "outputs": _outputs(callback["output_id"], given),
        "inputs": inputs,
        "state": states,
        "changedPropIds": [key for key in given if not key.startswith("*") and _is_input(key, inputs)],
    }


def _filled(item: dict[str, str], rest: Given, given: Given) -> Any:
    identity, prop = item["id"], item["property"]
    if not identity.startswith("{"):
        known = identity if prop == "id" else None
        return {"id": identity, "property": prop, "value": rest.pop(f"{identity}.{prop}", known)}
    shape = json.loads(identity)
    found = [key for key in rest if key.startswith("{") and _fits(key, shape, prop)]
    wild = rest.get(f"*{shape['type']}.value", {})
    if wild:
        names = [json.loads(name) for name in wild]
        return [
            {"id": name, "property": prop, "value": value if prop == "value" else name}
            for name, value in zip(names, wild.values(), strict=True)
        ]
    values = [{"id": json.loads(key.rpartition(".")[0]), "property": prop, "value": rest.pop(key)} for key in found]
    if prop == "id":
        values = [{"id": name, "property": prop, "value": name} for name in _named(given, shape)]
    if ["ALL"] in shape.values():
        return values
    return values[0] if values else {"id": _concrete(shape), "property": prop, "value": None}


def _named(given: Given, shape: dict[str, Any]) -> list[dict[str, Any]]:
    """The ids of many alike that values are given for."""
    written = dict.fromkeys(key.rpartition(".")[0] for key in given if key.startswith("{"))
    return [names for names in map(json.loads, written) if _alike(names, shape)]


def _fits(key: str, shape: dict[str, Any], prop: str) -> bool:
    identity, _, found = key.rpartition(".")
    return found == prop and _alike(json.loads(identity), shape)


def _alike(names: dict[str, Any], shape: dict[str, Any]) -> bool:
    same = all(value in (["ALL"], ["MATCH"], names.get(name)) for name, value in shape.items())
    return same and set(names) == set(shape)


def _concrete(shape: dict[str, Any]) -> dict[str, Any]:
    return {name: "" if isinstance(value, list) else value for name, value in shape.items()}


def _wild(callback: dict[str, Any]) -> set[str]:
    kinds = [json.loads(item["id"])["type"] for item in [*callback["inputs"], *callback["state"]]
             if item["id"].startswith("{")]  # fmt: skip
    return {f"*{kind}.value" for kind in kinds}


def _is_input(key: str, inputs: list[Any]) -> bool:
    flat = [one for item in inputs for one in (item if isinstance(item, list) else [item])]
    return key in {f"{_written(one['id'])}.{one['property']}" for one in flat}


def _written(identity: Any) -> str:
    return identity if isinstance(identity, str) else json.dumps(identity, sort_keys=True, separators=(",", ":"))


def _outputs(output: str, given: Given) -> Any:
    many = output.startswith("..")
    parts = output.strip(".").split("...") if many else [output]
    matched = next((json.loads(key.rpartition(".")[0]) for key in given if key.startswith("{")), {})
    described = []
    for part in parts:
        identity, _, prop = part.rpartition(".")
        if not identity.startswith("{"):
            described.append({"id": identity, "property": prop})
            continue
        shape = json.loads(identity)
        if ["ALL"] in shape.values():
            wild = [json.loads(name) for name in given.get(f"*{shape['type']}.value", {})]
            described.append([{"id": name, "property": prop} for name in wild or _named(given, shape)])
        else:
            filled = {
                name: matched.get(name, "") if isinstance(value, list) else value for name, value in shape.items()
            }
            described.append({"id": filled, "property": prop})
    return described if many else described[0]
