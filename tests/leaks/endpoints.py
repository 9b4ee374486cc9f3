"""What to send to every callback and route: an endpoint that is not named here fails the matrix."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dashboard.pages.kemaskini.page import STATES
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
    def moved(self) -> dict[str, Any]:
        """A place near by, for a household that is being moved."""
        return {"latitude": self.place.latitude, "longitude": self.place.longitude, "accuracy_m": 10, "key": "leak"}


def pressed(kind: str, **names: Any) -> str:
    """The property of a button that was pressed, by the names that tell it from its like."""
    identity = json.dumps({"type": kind, **names}, sort_keys=True, separators=(",", ":"))
    return f"{identity}.n_clicks"


def _edit(form: str, target: Target, **values: Any) -> Given:
    fields = {f'{json.dumps({"name": name, "row": "", "type": "isirumah-field"}, sort_keys=True)}': value
              for name, value in values.items()}  # fmt: skip
    return {
        "isirumah-save.n_clicks": 1,
        "isirumah-editing.data": {"form": form, "row": "", "key": f"leak-{form}"},
        "isirumah-household.data": target.household,
        "isirumah-loaded.data": {"version": 1},
        "isirumah-baseline.data": {},
        "*isirumah-field.value": fields,
    }


# what the inputs and states of each callback hold; what is not named is empty
CALLBACKS: dict[str, Callable[[Target], list[Given]]] = {
    "dashboard.shell.state_register": lambda _: [{"frame-location.pathname": "/"}],
    "dashboard.router.open_page": lambda t: [
        {"frame-location.pathname": path, "frame-location.search": f"?in={t.place.district}"}
        for path in ("/", "/utama", "/kpi", "/isi-rumah", f"/isi-rumah/{t.household}", "/kes", f"/kes/{t.case}",
                     f"/kes/{t.case}/borang", "/lawatan", f"/lawatan/{t.case}",
                     "/kad", f"/kad/{t.card}",
                     f"/kad/permohonan/{t.card_request}", "/kad/mohon", "/mesyuarat",
                     f"/mesyuarat/{t.meeting}", "/tugasan", "/semakan", "/pemutihan",
                     "/kualiti", "/kemaskini", "/penghantaran", f"/penghantaran/{t.upload}", "/pekerjaan",
                     "/garis-kemiskinan", "/garis-kemiskinan/ubah", "/garis-kemiskinan/tambah",
                     "/sempadan", "/sempadan/fail/1",
                     "/pentadbiran", "/pentadbiran/pengguna", "/pentadbiran/wakil",
                     "/pentadbiran/tetapan", "/audit", "/saya", "/panduan")
    ],
    "dashboard.pages.peta.drawing.draw_map": lambda t: [
        {"peta-view.data": t.view}, {"peta-view.data": {"in": t.place.mukim}}],
    "dashboard.pages.peta.drawing.draw_panel": lambda t: [
        {"peta-step.data": {}, "peta-view.data": t.view},
        {"peta-step.data": {}, "peta-view.data": {"in": t.place.mukim}}],
    "dashboard.pages.peta.households.show_points": lambda t: [{"peta-asked.data": t.box}],
    "dashboard.pages.peta.households.count_inside": lambda t: [{"peta-drawn.data": t.ring, "peta-view.data": t.view}],
    "dashboard.pages.peta.card.open_card": lambda t: [
        {"peta-point.data": {"id": t.household}, "peta-view.data": t.view},
        {"peta-point.data": {"lat": t.place.latitude, "lon": t.place.longitude}, "peta-view.data": t.view}],
    "dashboard.pages.peta.moving.compare": lambda t: [
        {"peta-place.data": t.moved, "peta-opened.data": {"id": str(t.household), "version": 1}}],
    "dashboard.pages.peta.moving.save": lambda t: [
        {"peta-save.n_clicks": 1, "peta-place.data": t.moved,
         "peta-opened.data": {"id": str(t.household), "version": 1}}],
    "dashboard.pages.utama.page.show": lambda _: [{"utama-opened.data": 1}],
    "dashboard.pages.kpi.page.show": lambda t: [{"kpi-view.data": t.view}],
    "dashboard.pages.isirumah.search.offer_districts": lambda _: [{"isirumah-filter-start.data": 1}],
    "dashboard.pages.isirumah.search.offer_mukims": lambda t: [
        {"isirumah-filter-district.value": t.place.district}],
    "dashboard.pages.isirumah.search.give_rows": lambda t: [
        {"isirumah-results.getRowsRequest": ROWS, "isirumah-asked.data": asked}
        for asked in ({"text": t.place.name[:-1]}, {"text": t.place.id_no}, {"text": t.place.phone},
                      {"text": "", "filters": {"daerah": t.place.district}}, {"filters": {"status": "tegar"}})],
    "dashboard.pages.isirumah.record.show_record": lambda t: [
        {"isirumah-household.data": t.household},
        {"isirumah-household.data": t.household, "isirumah-as-of.data": {"pada": "2026-01-01",
                                                                        "diketahui": "2030-01-01"}}],
    "dashboard.pages.isirumah.record.show_number": lambda t: [
        {pressed("isirumah-reveal", row=str(t.person)): 1, "isirumah-household.data": t.household}],
    "dashboard.pages.isirumah.record.show_form": lambda t: [
        {"isirumah-editing.data": {"form": form, "row": ""}, "isirumah-household.data": t.household}
        for form in ("kediaman", "lokasi")],
    "dashboard.pages.isirumah.record.offer_mukims": lambda t: [
        {'{"name":"district_code","row":"","type":"isirumah-field"}.value': t.place.district}],
    "dashboard.pages.isirumah.record.compare_place": lambda t: [
        {'{"name":"latitude","row":"","type":"isirumah-field"}.value': str(t.place.latitude),
         '{"name":"longitude","row":"","type":"isirumah-field"}.value': str(t.place.longitude),
         "isirumah-household.data": t.household}],
    "dashboard.pages.isirumah.record.hint_identity": lambda t: [
        {'{"name":"id_no","row":"","type":"isirumah-field"}.value': t.place.id_no}],
    "dashboard.pages.isirumah.saving.save": lambda t: [_edit("kediaman", t, room_count="3")],
    "dashboard.pages.isirumah.leaving.leave": lambda t: [
        {"isirumah-exit-save.n_clicks": 1, "isirumah-exit-reason.value": "died", "isirumah-household.data": t.household,
         "isirumah-loaded.data": {"version": 1}}],
    "dashboard.pages.kes.queue.show_states": lambda _: [{"kes-view.data": {}}],
    "dashboard.pages.kes.queue.give_rows": lambda _: [{"kes-rows.getRowsRequest": ROWS, "kes-view.data": {}}],
    "dashboard.pages.kes.start.offer_districts": lambda _: [{"kes-start-key.data": "leak"}],
    "dashboard.pages.kes.start.start": lambda t: [
        {"kes-start-button.n_clicks": 1, "kes-start-channel.value": "officer",
         "kes-start-district.value": t.place.district, "kes-start-key.data": f"leak-{t.place.district}"}],
    "dashboard.pages.kes.case.show_case": lambda t: [{"kes-case.data": t.case}],
    "dashboard.pages.kes.case.take": lambda t: [
        {pressed("kes-step", action=action): 1, "kes-case.data": t.case, "kes-loaded.data": {"version": 1}}
        for action in ("assign", "recommend", "reject")],
    "dashboard.pages.kes.form.give_form": lambda t: [{"kes-form-case.data": t.case}],
    "dashboard.pages.kes.form.save": lambda t: [
        {"kes-form-sent.data": {"case": t.case, "version": version, "at": 1, "form": {}}} for version in (1, 99)],
    "dashboard.pages.kes.form.give_mukims": lambda t: [{"kes-form-mukim-asked.data": {"district": t.place.district}}],
    "dashboard.pages.lawatan.round_of_day.show_round": lambda _: [{"lawatan-opened.data": 1}],
    "dashboard.pages.lawatan.assigning.offer_districts": lambda _: [{"lawatan-opened.data": 1}],
    "dashboard.pages.lawatan.assigning.show_cases": lambda t: [{"lawatan-district.value": t.place.district}],
    "dashboard.pages.lawatan.assigning.assign": lambda t: [
        {"lawatan-assign.n_clicks": 1, '{"mukim":"-","type":"lawatan-mukim"}.value': [str(t.case)],
         "lawatan-officer.value": "1"}],
    "dashboard.pages.lawatan.form.give_form": lambda t: [{"lawatan-case.data": t.case}],
    "dashboard.pages.kad.lists.show_requests": lambda _: [{"kad-view.data": {}}],
    "dashboard.pages.kad.lists.show_cards": lambda t: [
        {"kad-view.data": {}}, {"kad-view.data": {}, "kad-find.n_clicks": 1, "kad-number.value": t.file_no}],
    "dashboard.pages.kad.ask.show_own": lambda _: [{"kad-mohon-key.data": "leak"}],
    "dashboard.pages.kad.ask.send": lambda t: [
        {"kad-mohon-send.n_clicks": 1, "kad-mohon-key.data": f"leak-{t.file_no}", "kad-mohon-agency.value": "Jabatan",
         "kad-mohon-purpose.value": "Bantuan", "kad-mohon-state.value": "08", "kad-mohon-numbers.value": t.file_no}],
    "dashboard.pages.kad.request.show": lambda t: [{"kad-permohonan-request.data": t.card_request}],
    "dashboard.pages.kad.request.take": lambda t: [
        {pressed("kad-permohonan-step", step=step): 1, "kad-permohonan-request.data": t.card_request,
         "kad-permohonan-loaded.data": {"version": 1}} for step in ("approve", "issue")],
    "dashboard.pages.kad.request.print_sheet": lambda t: [
        {pressed("kad-permohonan-print", step="print"): 1, "kad-permohonan-request.data": t.card_request}],
    "dashboard.pages.kad.card.show": lambda t: [{"kad-satu-card.data": t.card}],
    "dashboard.pages.kad.card.end": lambda t: [
        {pressed("kad-satu-step", step="withdraw"): 1, "kad-satu-card.data": t.card,
         "kad-satu-loaded.data": {"version": 1}}],
    "dashboard.pages.kad.card.print_card": lambda t: [
        {pressed("kad-satu-print", step="print"): 1, "kad-satu-card.data": t.card}],
    "dashboard.pages.mesyuarat.page.show": lambda _: [{"mesyuarat-key.data": "leak"}],
    "dashboard.pages.mesyuarat.page.plan": lambda t: [
        {"mesyuarat-plan.n_clicks": 1, "mesyuarat-area.value": t.place.district, "mesyuarat-number.value": "1/2026",
         "mesyuarat-held-on.value": "01/02/2026", "mesyuarat-place.value": "Ipoh", "mesyuarat-members.value": "Ali",
         "mesyuarat-key.data": f"leak-{t.place.district}"}],
    "dashboard.pages.mesyuarat.meeting.show": lambda t: [{"mesyuarat-satu.data": t.meeting}],
    "dashboard.pages.mesyuarat.meeting.choose_for_all": lambda _: [{pressed("mesyuarat-every", outcome="approve"): 1}],
    "dashboard.pages.mesyuarat.meeting.act": lambda t: [
        {pressed("mesyuarat-act", act=act, row=str(t.case)): 1, "mesyuarat-satu.data": t.meeting,
         "mesyuarat-satu-loaded.data": {"version": 1, "key": "leak", "cases": {}}}
        for act in ("draw", "off", "decide", "edit", "close")],
    "dashboard.pages.tugasan.page.show_lists": lambda t: [{"tugasan-view.data": view} for view in ({}, t.view)],
    "dashboard.pages.tugasan.page.give_rows": lambda t: [
        {"tugasan-rows.getRowsRequest": ROWS, "tugasan-view.data": {**view, "senarai": name},
         "tugasan-places.data": None}
        for view in ({}, t.view) for name in LISTS],
    "dashboard.pages.tugasan.page.download": lambda t: [
        {"tugasan-download-button.n_clicks": 1, "tugasan-view.data": {**t.view, "senarai": name}} for name in LISTS],
    "dashboard.pages.tugasan.reviews.review": lambda t: [
        {"tugasan-review.n_clicks": 1, "tugasan-view.data": {**t.view, "senarai": "due"}}],
    "dashboard.pages.semakan.page.check": lambda t: [
        {"semakan-check.n_clicks": 1, f"semakan-{name}.value": value}
        for name, value in (("id-no", t.place.id_no), ("name", t.place.name), ("phone", t.place.phone))],
    "dashboard.pages.semakan.page.clear": lambda _: [{"semakan-clear.n_clicks": 1}],
    "dashboard.pages.pemutihan.page.show": lambda t: [
        {"pemutihan-view.data": view}
        for view in ({}, {"banding": str(t.pair)}, {"bahagian": "gabungan"}, {"bahagian": "kohort"},
                     {"bahagian": "kohort", "senarai": str(t.cohort)})],
    "dashboard.pages.pemutihan.page.act": lambda t: [
        {pressed("pemutihan-act", act=act, row=row): 1, "pemutihan-view.data": {}}
        for act, row in (("merge", f"{t.pair}.1.1"), ("undo", str(t.merge)), ("different", str(t.pair)))],
    "dashboard.pages.garis.page.show": lambda _: [{"garis-view.data": {}}, {"garis-view.data": {"tahun": "2014"}}],
    "dashboard.pages.garis.page.remove": lambda _: [{pressed("garis-remove", line=1): 1}],
    "dashboard.pages.garis.change.offer": lambda _: [{}],
    "dashboard.pages.garis.change.try_out": lambda _: [
        {"garis-ubah-adopt.n_clicks": 1, "garis-ubah-year.value": "2022", "garis-ubah-adopt-from.value": "01/01/2024"},
        {"garis-ubah-set-rule.n_clicks": 1, "garis-ubah-rule.value": "household_or_per_capita",
         "garis-ubah-rule-from.value": "01/01/2024"}],
    "dashboard.pages.garis.change.make": lambda _: [
        {pressed("garis-ubah-make", act="make"): 1,
         "garis-ubah-supposed.data": {"kind": "adopt_line", "survey_year": 2022, "effective_from": "2024-01-01"}}],
    "dashboard.pages.garis.change.take_back": lambda t: [{pressed("garis-ubah-withdraw", change=t.line_change): 1}],
    "dashboard.pages.garis.change.show": lambda t: [
        {"garis-ubah-view.data": {}}, {"garis-ubah-view.data": {"perubahan": str(t.line_change)}}],
    "dashboard.pages.garis.change.follow": lambda t: [
        {"garis-ubah-clock.n_intervals": 1, "garis-ubah-loaded.data": {"change": t.line_change, "state": "waits"}}],
    "dashboard.pages.garis.add.offer": lambda _: [{}],
    "dashboard.pages.garis.add.add": lambda _: [
        {"garis-tambah-add.n_clicks": 1, "garis-tambah-year.value": "2023", "garis-tambah-state.value": "08",
         "garis-tambah-strata.value": "urban", "garis-tambah-published.value": "01/02/2024",
         "garis-tambah-source.value": "DOSM"}],
    "dashboard.pages.penghantaran.page.show": lambda _: [{"penghantaran-view.data": {}}],
    "dashboard.pages.penghantaran.upload.show": lambda t: [{"penghantaran-satu.data": t.upload}],
    "dashboard.pages.penghantaran.upload.follow": lambda t: [
        {"penghantaran-satu-clock.n_intervals": 1, "penghantaran-satu-loaded.data": {"state": "trial"},
         "penghantaran-satu.data": t.upload}],
    "dashboard.pages.penghantaran.upload.act": lambda t: [
        {pressed("penghantaran-act", act=act): 1, "penghantaran-satu.data": t.upload}
        for act in ("trial", "stop", "import", "discard")],
    "dashboard.pages.pekerjaan.page.show": lambda _: [
        {"pekerjaan-view.data": {"senarai": name}} for name in ("terbuka", "gagal", "tamat")],
    "dashboard.pages.pekerjaan.page.follow": lambda _: [
        {"pekerjaan-clock.n_intervals": 1, "pekerjaan-loaded.data": "-"}],
    "dashboard.pages.pekerjaan.page.act": lambda t: [
        {pressed("pekerjaan-act", act=act, job=t.job): 1} for act in ("cancel", "rerun")],
    "dashboard.pages.sempadan.page.show": lambda _: [{}, {"sempadan-asked.data": {"set": 1}}],
    "dashboard.pages.sempadan.page.follow": lambda _: [
        {"sempadan-clock.n_intervals": 1, "sempadan-shown.data": {"jobs": "1"}}],
    "dashboard.pages.sempadan.page.act": lambda _: [
        {pressed("sempadan-act", act=act, row=1): 1} for act in ("return", "confirm", "keep")],
    "dashboard.pages.sempadan.upload.show": lambda _: [{"sempadan-fail.data": 1}],
    "dashboard.pages.sempadan.upload.draw": lambda _: [
        {"sempadan-fail-within.value": "MY", "sempadan-fail.data": 1}],
    "dashboard.pages.sempadan.upload.follow": lambda _: [
        {"sempadan-fail-clock.n_intervals": 1, "sempadan-fail-loaded.data": {"jobs": "1"}, "sempadan-fail.data": 1}],
    "dashboard.pages.sempadan.upload.check": lambda _: [
        {"sempadan-fail-check.n_clicks": 1, "sempadan-fail-level.value": "state", "sempadan-fail-source.value": "a",
         "sempadan-fail-licence.value": "b", "sempadan-fail-dated.value": "01/01/2026",
         "sempadan-fail-accuracy.value": 50, "sempadan-fail.data": 1}],
    "dashboard.pages.sempadan.upload.act": lambda _: [
        {pressed("sempadan-fail-act", act=act): 1, "sempadan-fail.data": 1} for act in ("activate", "discard")],
    "dashboard.pages.kualiti.page.show": lambda t: [
        {"kualiti-view.data": {**t.view, "jenis": kind}} for kind in KINDS],
    "dashboard.pages.kualiti.page.step": lambda t: [
        {"kualiti-picked.data": {"code": t.place.district}, "kualiti-view.data": {}}],
    "dashboard.pages.kualiti.page.confirm": lambda t: [
        {pressed("kualiti-confirm", code="titik_bertindih", row=str(t.household)): 1}],
    "dashboard.pages.pentadbiran.page.show": lambda _: [{"pentadbiran-role.value": "officer"}],
    "dashboard.pages.pentadbiran.page.save": lambda _: [
        {"pentadbiran-save.n_clicks": 1, "pentadbiran-role.value": "planner",
         "pentadbiran-permissions.value": ["read_aggregates", "read_persons"],
         "pentadbiran-seen.data": ["read_persons"]}],
    "dashboard.pages.pentadbiran.people.offer_areas": lambda _: [{"pengguna-add.id": "pengguna-add"}],
    "dashboard.pages.pentadbiran.people.show": lambda t: [
        {}, {"pengguna-filter-area.value": t.place.district, "pengguna-filter-said.value": t.place.name}],
    "dashboard.pages.pentadbiran.people.add": lambda t: [
        {"pengguna-add.n_clicks": 1, "pengguna-new-login.value": f"leak.new{t.place.district}",
         "pengguna-new-name.value": "Pegawai Baharu", "pengguna-new-role.value": "officer",
         "pengguna-new-areas.value": [t.place.district]}],
    "dashboard.pages.pentadbiran.people.pick": lambda _: [{"pengguna-account.value": "1"}],
    "dashboard.pages.pentadbiran.people.change": lambda t: [
        {"pengguna-change.n_clicks": 1, "pengguna-account.value": "1", "pengguna-changed-role.value": "officer",
         "pengguna-version.data": {"version": 99, "active": True, "login": "leak", "role": "officer", "areas": []},
         "pengguna-changed-areas.value": [t.place.district]}],
    "dashboard.pages.pentadbiran.delegates.offer": lambda _: [{"wakil-lend.id": "wakil-lend"}],
    "dashboard.pages.pentadbiran.delegates.show": lambda _: [{"wakil-lent.data": 1}],
    "dashboard.pages.pentadbiran.delegates.lend": lambda t: [
        {"wakil-lend.n_clicks": 1, "wakil-lender.value": "1", "wakil-borrower.value": "2",
         "wakil-areas.value": [t.place.district], "wakil-from.value": "01/02/2026", "wakil-until.value": "02/02/2026",
         "wakil-reason.value": "Cuti"}],
    "dashboard.pages.pentadbiran.tetapan.show_settings": lambda _: [{"tetapan-settings-saved.data": 1}],
    "dashboard.pages.pentadbiran.tetapan.save_settings": lambda _: [
        {"tetapan-settings-save.n_clicks": 1, "tetapan-settings-seen.data": {"review.months": "24"},
         "*tetapan-setting.value": {'{"key":"review.months","type":"tetapan-setting"}': 36}}],
    "dashboard.pages.pentadbiran.tetapan.show_states": lambda _: [{"tetapan-states-saved.data": 1}],
    "dashboard.pages.pentadbiran.tetapan.save_states": lambda _: [
        {"tetapan-states-save.n_clicks": 1, "tetapan-states-seen.data": {"received": ["diterima", "received"]},
         "*tetapan-state.value": {f'{{"code":"received","language":"{language}","type":"tetapan-state"}}': "baharu"
                                  for language in ("ms", "en")}}],
    "dashboard.pages.pentadbiran.delegates.revoke": lambda _: [{pressed("wakil-revoke", row="1"): 1}],
    "dashboard.pages.audit.page.offer": lambda _: [{"audit-show.id": "audit-show"}],
    "dashboard.pages.audit.page.show": lambda t: [
        {"audit-show.n_clicks": 1, "audit-area.value": area} for area in (None, t.place.district)],
    "dashboard.pages.audit.page.check": lambda _: [{"audit-verify-newest.n_clicks": 1, "audit-newest.value": "100"}],
    "dashboard.pages.audit.page.export": lambda t: [
        {"audit-export.n_clicks": 1, "audit-area.value": area} for area in (None, t.place.district)],
    "dashboard.pages.saya.page.show": lambda _: [{"saya-acting.id": "saya-acting"}],
    "dashboard.pages.saya.sessions.show_sessions": lambda _: [{"saya-ended.data": None}],
    "dashboard.pages.saya.sessions.end": lambda _: [
        {pressed("saya-end", row="1"): 1}, {"saya-end-others.n_clicks": 1}],
    "dashboard.pages.kemaskini.page.decide": lambda t: [
        {pressed("kemaskini-act", action=action, request=t.request): 1} for action in ("approve", "refuse")],
    "dashboard.pages.kemaskini.page.show": lambda _: [
        {"kemaskini-view.data": {"keadaan": state}} for state in STATES],
}  # fmt: skip

ROUTES: dict[str, Callable[[Target], list[str]]] = {
    "/": lambda _: ["/"],
    "/<path:path>": lambda t: [f"/isi-rumah/{t.household}", f"/kes/{t.case}"],
    "/muat-turun/peta": lambda t: [f"/muat-turun/peta?in={t.place.district}", f"/muat-turun/peta?in={t.place.mukim}"],
    "/isi-rumah/<int:household>/ringkasan.pdf": lambda t: [f"/isi-rumah/{t.household}/ringkasan.pdf"],
    "/kes/borang.pdf": lambda _: ["/kes/borang.pdf"],
    "/mesyuarat/<int:meeting>/minit.pdf": lambda t: [f"/mesyuarat/{t.meeting}/minit.pdf"],
    "/k/<token>": lambda t: [f"/k/{t.place.token}", f"/k/{'0' * 22}"],
    "/foto/<int:photo>": lambda t: [f"/foto/{t.photo}"],
    "/penghantaran/<int:upload>/ditolak.zip": lambda t: [f"/penghantaran/{t.upload}/ditolak.zip"],
    "/masuk": lambda _: ["/masuk"],
    "/masuk/kod": lambda _: ["/masuk/kod"],
    "/masuk/pengesah": lambda _: ["/masuk/pengesah"],
    "/kata-laluan": lambda _: ["/kata-laluan"],
    "/bahasa/<language>": lambda _: ["/bahasa/en"],
    "/sempadan/<name>": lambda _: ["/sempadan/none.json"],
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
    "/sempadan/muat-naik": lambda _: [("/sempadan/muat-naik?nama=a.zip", {})],
    "/lawatan/<int:visit_id>/foto": lambda t: [(f"/lawatan/{t.visit}/foto?kunci={UUID(int=t.visit)}", {})],
}  # fmt: skip
"""Addresses that take what is sent to them."""
FILES = {"/sihat", "/assets/<path:filename>", "/_favicon.ico", "/_reload-hash", "/_dash-update-component", "/keluar",
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
    inputs = [_filled(item, rest) for item in callback["inputs"]]
    states = [_filled(item, rest) for item in callback["state"]]
    if set(rest) - _wild(callback):
        raise KeyError(f"nothing takes {sorted(rest)}")
    return {
        "output": callback["output_id"],
        "outputs": _outputs(callback["output_id"], given),
        "inputs": inputs,
        "state": states,
        "changedPropIds": [key for key in given if not key.startswith("*") and _is_input(key, inputs)],
    }


def _filled(item: dict[str, str], rest: Given) -> Any:
    identity, prop = item["id"], item["property"]
    if not identity.startswith("{"):
        return {"id": identity, "property": prop, "value": rest.pop(f"{identity}.{prop}", None)}
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
    if ["ALL"] in shape.values():
        return values
    return values[0] if values else {"id": _concrete(shape), "property": prop, "value": None}


def _fits(key: str, shape: dict[str, Any], prop: str) -> bool:
    identity, _, found = key.rpartition(".")
    names = json.loads(identity)
    same = all(value in (["ALL"], ["MATCH"], names.get(name)) for name, value in shape.items())
    return found == prop and set(names) == set(shape) and same


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
            wild = given.get(f"*{shape['type']}.value", {})
            described.append([{"id": json.loads(name), "property": prop} for name in wild])
        else:
            filled = {
                name: matched.get(name, "") if isinstance(value, list) else value for name, value in shape.items()
            }
            described.append({"id": filled, "property": prop})
    return described if many else described[0]
