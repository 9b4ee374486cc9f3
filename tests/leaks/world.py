"""Two districts with a row in every table that tells of persons, each with words that stand nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from registry.principals import Role
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SOURCES = ("tests/leaks/world.py", "tests/world.py", "registry/principals.py")
OWN, FOREIGN = "0803", "0805"


@dataclass(frozen=True, slots=True)
class Place:
    """A district and what is planted in it; ``marks`` are found in an answer only where something of it was told."""

    district: str
    mukim: str
    name: str
    id_no: str
    phone: str
    longitude: float
    latitude: float

    @property
    def written_id(self) -> str:
        """The identity number as people write it."""
        return f"{self.id_no[:6]}-{self.id_no[6:8]}-{self.id_no[8:]}"

    @property
    def token(self) -> str:
        """What the code of a planted card holds."""
        return f"kod-{self.district}".ljust(22, "0")

    @property
    def marks(self) -> tuple[str, ...]:
        """Words, numbers and coordinates that only this district's records hold."""
        digits = (str(self.longitude).partition(".")[2], str(self.latitude).partition(".")[2])
        return (self.name, self.name.upper(), self.id_no, self.written_id, self.phone, *digits)


HERE = Place(OWN, "080305", "Kintaqx", "810101081117", "0121110001", 101.041739, 4.471937)
THERE = Place(FOREIGN, "080501", "Kangsarqx", "820202082224", "0122220002", 100.932517, 4.772863)

_EVERY_HOUSEHOLD = """
    UPDATE ekasih.household SET address = :name || ' 7', phone = :phone, phone_key = :phone, census_date =
        '2021-05-01', next_review_on = '2023-05-01', delivery_id = {delivery} WHERE district_code = :district;
    UPDATE ekasih.person SET id_no = :id_no, id_kind = 'mykad' WHERE is_head AND household_id = {first};
    INSERT INTO ekasih.aid_received (household_id, agency, programme) SELECT id, :name, :name {households};
    INSERT INTO ekasih.area_history (household_id, changed_by, state_code, district_code, mukim_code,
        strata, geom, geom_method, geom_accuracy_m) SELECT id, :name, state_code, district_code, mukim_code,
        strata, geom, geom_method, geom_accuracy_m {households};
    INSERT INTO ekasih.household_catchment (household_id, code, from_day) SELECT id, :name, '2020-01-01' {households};
    INSERT INTO ekasih.member_death (household_id, member_no, noted_by) SELECT id, 9, :name {households};
    INSERT INTO ekasih.quality_flag (household_id, district_code, code, detail) SELECT id, district_code,
        'titik_bertindih', jsonb_build_object('near', CAST(:name AS text)) {households};
    SELECT ekasih.keep_baseline(ARRAY(SELECT id {households}));
    INSERT INTO ekasih.delivery_row (delivery_id, district_code, file, row_no, household_no, code, raw)
        VALUES ({delivery}, :district, 'isirumah.csv', 1, :name, 'held', jsonb_build_object('nama', CAST(:name
        AS text)));
    INSERT INTO ekasih.held_household (delivery_id, district_code, household_no, code, payload) VALUES
        ({delivery}, :district, :name, 'pertindihan_no_kp', jsonb_build_object('nama', CAST(:name AS text)));
    INSERT INTO ekasih.duplicate_candidate (kind, household_a, household_b, score, reasons) SELECT
        'household', min(id), max(id), 0.99, '[]' {households};
    INSERT INTO ekasih.household_merge (kept_id, gone_id, kept_district, gone_district, kept_before,
        gone_before, digest, merged_by) SELECT {first}, 900000, :district, :district, s.snapshot, s.snapshot,
        '-', :name FROM (SELECT ekasih.household_snapshot({first}) AS snapshot) AS s;
    INSERT INTO ekasih.cohort (name, area_code, statuses, frozen_on, households, created_by) VALUES (:name,
        :district, '{{tegar}}', current_date, 3, :name);
    INSERT INTO ekasih.cohort_member (cohort_id, household_id, district_code, status, per_capita_rm) SELECT
        (SELECT max(id) FROM ekasih.cohort), id, district_code, status, per_capita_rm {households};
    INSERT INTO ekasih.change_request (household_id, district_code, kind, payload, seen_version, after,
        effect, state, note) SELECT id, district_code, 'edit_dwelling', '{{}}', 1, jsonb_build_object('tenure',
        CAST(:name AS text)), jsonb_build_object('status_before', status, 'status_after', status,
        'per_capita_before_rm', 75, 'per_capita_after_rm', 75, 'decided', false), 'waiting', :name {households}
        AND id = {first};
    INSERT INTO ekasih.case_file (channel, district_code, mukim_code, household_id, head_name,
        reporter_name, reporter_relation, draft) SELECT 'representative', district_code, mukim_code, id,
        head_name, :name, 'neighbour', jsonb_build_object('lokasi', jsonb_build_object('address', CAST(:name AS
        text))) {households} AND id = {first};
    INSERT INTO ekasih.case_step (case_id, action) SELECT max(id), 'submit' FROM ekasih.case_file;
    INSERT INTO ekasih.visit (case_id, officer_id, case_version, client_key, visited_at, remarks, recommendation,
        reason) SELECT max(id), (SELECT min(id) FROM ekasih.app_user), 1, gen_random_uuid(), now(), :name,
        'approve', :name FROM ekasih.case_file;
    INSERT INTO ekasih.visit_photo (visit_id, client_key, name, sha256, width, height, bytes) SELECT max(id),
        gen_random_uuid(), :name || '.jpg', '-', 1, 1, 1 FROM ekasih.visit;
    INSERT INTO ekasih.card_request (requested_by, agency, purpose, state_code, file_numbers, state) SELECT
        min(id), :name, :name, '08', ARRAY[CAST(:name AS text)], 'issued' FROM ekasih.app_user;
    INSERT INTO ekasih.card (request_id, household_id, district_code, valid_until, issued_by, ended_reason,
        token_hash) SELECT (SELECT max(id) FROM ekasih.card_request), id, district_code, current_date + 700,
        (SELECT min(id) FROM ekasih.app_user), :name, encode(sha256(convert_to({token}, 'UTF8')), 'hex')
        {households} AND id = {first};
    INSERT INTO ekasih.meeting (area_code, number, held_on, place, created_by) SELECT :district, :name,
        current_date, :name, min(id) FROM ekasih.app_user;
    INSERT INTO ekasih.meeting_item (meeting_id, case_id, outcome) SELECT (SELECT max(id) FROM ekasih.meeting),
        max(id), 'approve' FROM ekasih.case_file;
    INSERT INTO ekasih.audit_log (actor, action, subject, subject_id, district_code, before, after) SELECT
        'leak.officer', 'edit_dwelling', 'household', id, district_code, jsonb_build_object('name', head_name),
        jsonb_build_object('name', head_name) {households};
    INSERT INTO ekasih.delivery_upload (uploaded_by, file_name, stored_name, sha256, bytes, findings) SELECT id,
        :name || '.zip', md5(:name) || '.zip', md5(:name), 1, jsonb_build_array(jsonb_build_object('table', 'ahli',
        'columns', jsonb_build_array('nama'), 'unknown', '[]'::jsonb, 'absent', '[]'::jsonb, 'encoding', 'UTF8',
        'rows', jsonb_build_array(jsonb_build_array(CAST(:name AS text))))) FROM ekasih.app_user WHERE login =
        CASE :district WHEN '0803' THEN 'leak.state_office' ELSE 'lain.' || :district END;
    INSERT INTO ekasih.delivery_upload (layout, uploaded_by, file_name, stored_name, sha256, bytes, findings)
        SELECT 'aid', coalesce(o.id, u.uploaded_by), u.file_name, md5('aid' || :name) || '.zip', u.sha256, 1,
        jsonb_build_array(jsonb_build_object('table', 'a', 'head', '[]'::jsonb, 'columns',
        jsonb_build_array('nama'), 'unknown', '[]'::jsonb, 'absent', '[]'::jsonb, 'missing', '[]'::jsonb, 'of', 1,
        'rows',
        jsonb_build_array(jsonb_build_array(CAST(:name AS text))))) FROM ekasih.delivery_upload AS u
        LEFT JOIN ekasih.app_user AS o ON o.login = 'leak.administrator' AND :district = '0803'
        WHERE u.file_name = :name || '.zip';
    INSERT INTO ekasih.job (id, task, arguments, asked_by, problem) SELECT CAST(:district AS bigint),
        'deliveries.carry_out', jsonb_build_object('upload', d.id, 'what', 'import'), d.uploaded_by,
        jsonb_build_object('key', 'error.stale', 'values', jsonb_build_object('name', CAST(:name AS text)))
        FROM ekasih.delivery_upload AS d WHERE d.file_name = :name || '.zip' AND d.layout = 'birm';
    INSERT INTO ekasih.status_inquiry (reference, identity, telephone, answer_by, wished_district, number, state,
        office_code, household_id, due_on) SELECT 'S-' || :district || '-0000', :id_no, :phone, 'telefon', :district,
        :id_no, 'menunggu', :district, {first}, current_date;
    INSERT INTO ekasih.check_code (household_id, digest, way, made_by, valid_until) SELECT {first},
        sha256(convert_to(:name, 'UTF8')), 'kaunter', min(id), current_date + 30 FROM ekasih.app_user;
    INSERT INTO ekasih.household_exit (household_id, exited_on, reason, note, actor, undone_on) SELECT id,
        current_date, 'other', :name, :name, current_date {households} AND id = {first};
    INSERT INTO ekasih.aid_delivery (agency_id, number, content_key, folder, made_on, received_by, report) SELECT id,
        upper(:name), '-', :name, current_date, :name, '{{}}' FROM ekasih.agency WHERE code = 'A' || :district;
    INSERT INTO ekasih.aid_sending (agency_id, number, content_key, line_references, sent_by) SELECT d.agency_id,
        d.number, '-', ARRAY[CAST(:name AS text)], (SELECT min(id) FROM ekasih.app_user) FROM ekasih.aid_delivery AS d
        JOIN ekasih.agency AS a ON a.id = d.agency_id WHERE a.code = 'A' || :district;
    INSERT INTO ekasih.aid_row (delivery_id, row_no, agency_id, reference, content_key, fate, code, given,
        household_id, state_code, district_code, kind_id, day, period, amount_rm) SELECT d.id, 1, d.agency_id, :name,
        '-', 'held', 'nama_tidak_padan', jsonb_build_object('nama', CAST(:name AS text)), {first}, '08', :district,
        k.id, current_date, daterange(current_date - 40, current_date - 10), 100
        FROM ekasih.aid_delivery AS d JOIN ekasih.aid_programme AS p ON p.agency_id = d.agency_id
        JOIN ekasih.aid_kind AS k ON k.programme_id = p.id WHERE d.number = upper(:name);
    INSERT INTO ekasih.aid_line (agency_id, reference, kind_id, need_code, household_id, day, period, amount_rm,
        origin, delivery_id, row_no, recorded_by) SELECT d.agency_id, upper(:name) || n, k.id, k.need_code, {first},
        current_date, daterange(current_date - 40 * n, current_date - 40 * n + 30), 100, 'delivery', d.id, 1 + n, :name
        FROM ekasih.aid_delivery AS d JOIN ekasih.aid_programme AS p ON p.agency_id = d.agency_id
        JOIN ekasih.aid_kind AS k ON k.programme_id = p.id CROSS JOIN generate_series(1, 2) AS n
        WHERE d.number = upper(:name);
    INSERT INTO ekasih.aid_application (household_id, kind_id, agency_id, office_code, district_code, channel,
        head_present, asked_by, for_name, purpose, amount_asked_rm, state, conditions_id) SELECT {first}, k.id,
        p.agency_id, 'PA' ||
        :district, :district, 'kaunter', false, :name, :name, :name, 100, 'diterima', c.id FROM
        ekasih.aid_programme AS p JOIN ekasih.agency AS a ON a.id = p.agency_id AND a.code = 'A' || :district
        JOIN ekasih.aid_kind AS k
        ON k.programme_id = p.id JOIN ekasih.aid_conditions AS c ON c.programme_id = p.id;
    INSERT INTO ekasih.aid_step (application_id, action, reason) SELECT max(id), 'buka', :name
        FROM ekasih.aid_application;
    INSERT INTO ekasih.protected_place (household_id, reason, marked_by) SELECT {first}, :name, :name;
    INSERT INTO ekasih.aid_override (reason, words, evidence_no, made_by) VALUES ('gabungan_rekod', :name, '', :name);
    INSERT INTO ekasih.aid_claim (household_id, need_code, agency_id, kind_id, exclusive, period, line_id,
        override_id) SELECT l.household_id, l.need_code, l.agency_id, l.kind_id, true, l.period, l.id,
        CASE WHEN l.reference LIKE '%1' THEN (SELECT max(id) FROM ekasih.aid_override) END
        FROM ekasih.aid_line AS l WHERE l.recorded_by = :name;
    INSERT INTO ekasih.aid_reversal (line_id, agency_id, reference, day, amount_rm, recorded_by) SELECT l.id,
        l.agency_id, 'B' || l.reference, current_date, 100, :name FROM ekasih.aid_line AS l
        WHERE l.recorded_by = :name AND l.reference LIKE '%2';
    INSERT INTO ekasih.aid_pair (household_id, file_no, district_code, need_code, standing_claim_id,
        standing_agency_id, standing_reference, row_id, other_agency_id, other_reference) SELECT c.household_id,
        :name, :district, c.need_code, c.id, c.agency_id, :name, r.id, r.agency_id, :name FROM ekasih.aid_claim AS c
        JOIN ekasih.aid_row AS r ON r.household_id = c.household_id WHERE c.override_id IS NOT NULL
        AND r.reference = :name;
    UPDATE ekasih.office SET territory = ARRAY[CAST(:district AS text)] WHERE code = 'PA' || :district;
    UPDATE ekasih.aid_programme SET has_ledger = true WHERE code = 'PA' || :district;
    SELECT ekasih.ledger_post(c.command, current_date, extract(year FROM current_date)::int, 'PA' || :district,
        'PA' || :district, 'K-' || :district, 100, c.command || '-' || :district, NULL) FROM (VALUES (1, 'peruntukan'),
        (2, 'waran'), (3, 'tanggungan'), (4, 'bayar')) AS c (n, command) ORDER BY c.n;
    INSERT INTO ekasih.payee_account (programme, office, case_no, payee_name, id_no, bank_code, account_no, entered_by)
        SELECT 'PA' || :district, 'PA' || :district, 'K-' || :district, :name, :id_no, 'BANK', :phone, min(id)
        FROM ekasih.app_user;
    INSERT INTO ekasih.payment_list (number, programme, office, state, listed_on) VALUES ('S-' || :district, 'PA' ||
        :district, 'PA' || :district, 'dilepaskan', current_date);
    UPDATE ekasih.payment SET list_id = (SELECT max(id) FROM ekasih.payment_list), account_id = (SELECT max(id) FROM
        ekasih.payee_account) WHERE number = 'bayar-' || :district;
    INSERT INTO ekasih.payment_answer_file (agency_id, name, received_on) SELECT id, 'J-' || :district, current_date
        FROM ekasih.agency WHERE code = 'A' || :district;
    INSERT INTO ekasih.payment_answer (file_id, row_no, list_number, number, status, processed, amount, result, fate)
        SELECT max(id), 1, 'S-' || :district, :name, 'selesai', '-', '1', 'bayaran_tidak_dikenali', 'rejected'
        FROM ekasih.payment_answer_file;
    INSERT INTO ekasih.contractor (agency_id, name, registration_no, made_by) SELECT a.id, :name, :name, :name FROM
        ekasih.agency AS a WHERE a.code = 'A' || :district;
    INSERT INTO ekasih.project (type_code, agency_id, office_code, programme_code, title, district_code, place,
        place_method, estimate_rm, sum_rm, contractor_id, state, opened_by) SELECT 'bina_baru', a.id, 'PA' || :district,
        'PA' || :district, :name, :district, h.geom, 'rekod', 86000, 80000, c.id, 'dalam_pelaksanaan', (SELECT min(id)
        FROM ekasih.app_user) FROM ekasih.agency AS a JOIN ekasih.contractor AS c ON c.agency_id = a.id
        JOIN ekasih.household AS h ON h.id = {first} WHERE a.code = 'A' || :district;
    INSERT INTO ekasih.project_household (project_id, household_id) SELECT max(id), {first} FROM ekasih.project;
    INSERT INTO ekasih.project_person (project_id, name, address) SELECT max(id), :name, :name FROM ekasih.project;
    INSERT INTO ekasih.project_milestone (project_id, position, name_ms, name_en, weight) SELECT max(id), 1, :name,
        :name, 100 FROM ekasih.project;
    INSERT INTO ekasih.project_plan (project_id, version, begins, ends, reason, made_by) SELECT max(id), 1,
        ARRAY[current_date - 30], ARRAY[current_date + 30], :name, :name FROM ekasih.project;
    INSERT INTO ekasih.project_report (project_id, day, shares, note, state) SELECT max(id), current_date, '{{50}}',
        :name, 'dihantar' FROM ekasih.project;
    INSERT INTO ekasih.project_photo (project_id, client_key, phase, day, name, sha256, width, height, bytes, added_by)
        SELECT max(id), gen_random_uuid(), 'sebelum', current_date, :name || '.jpg', '-', 1, 1, 1, :name
        FROM ekasih.project;
    INSERT INTO ekasih.project_defect (project_id, noted_on, words, noted_by) SELECT max(id), current_date, :name,
        :name FROM ekasih.project;
    INSERT INTO ekasih.project_step (project_id, action, from_state, to_state, actor, reason) SELECT max(id), 'mula',
        'diperakukan', 'dalam_pelaksanaan', :name, :name FROM ekasih.project;
    INSERT INTO ekasih.target_group (agency_id, name, purpose, conditions, on_date, state, made_by, asked_at, districts,
        states, expires_on) SELECT a.id, CASE :district WHEN '0805' THEN :name ELSE 'Kumpulan' END, 'Tujuan', '[]',
        current_date, 'dipohon', (SELECT min(id) FROM ekasih.app_user), now(), ARRAY[CAST(:district AS text)], '{{08}}',
        current_date + 90 FROM ekasih.agency AS a WHERE a.code = 'A' || :district;
    INSERT INTO ekasih.target_group_household (group_id, file_no, household_id, district_code, status, per_capita_rm,
        version) SELECT (SELECT max(id) FROM ekasih.target_group), file_no, id, district_code, status, per_capita_rm,
        version {households};
    INSERT INTO ekasih.referral (from_party, to_party, household_id, question, components, due_on) VALUES
        ('daerah:' || :district, 'pejabat:PA' || :district, {first}, :name, '{{pengenalan,hubungan}}',
        current_date - 1);
    INSERT INTO ekasih.referral_step (referral_id, action, from_state, to_state, actor, party, words) SELECT max(id),
        'hantar', '', 'dihantar', :name, 'daerah:' || :district, :name FROM ekasih.referral;
    INSERT INTO ekasih.referral_file (referral_id, step_id, name, file_name, kind, sha256, bytes, added_by) SELECT
        max(referral_id), max(id), :name || '.jpg', :name || '.jpg', 'jpg', '-', 1,
        (SELECT min(id) FROM ekasih.app_user) FROM ekasih.referral_step;
    INSERT INTO ekasih.intake (reference, secret_key, kind, district_code, answers, name_key, id_no, phone, due_on,
        case_id) SELECT 'D-' || :district || '-AAAA', sha256(convert_to(:name, 'UTF8')), 'daftar', :district,
        jsonb_build_object('name', CAST(:name AS text), 'urgent', '["tiada"]'::jsonb, 'village', CAST(:name AS text)),
        :name, :id_no, :phone, current_date, NULL;
    INSERT INTO ekasih.intake_teller (intake_id, who, name, phone) SELECT max(id), 'guru', :name, :phone
        FROM ekasih.intake;
    INSERT INTO ekasih.intake_candidate (intake_id, household_id, district_code, reasons) SELECT max(id), {first},
        :district, '{{number}}' FROM ekasih.intake;
    INSERT INTO ekasih.intake_step (intake_id, action, to_state, reason) SELECT max(id), 'hantar', 'baru', :name
        FROM ekasih.intake;
    INSERT INTO ekasih.cleansing_round (office_code, years, households, terbuka)
        VALUES ('PA' || :district, '{{2026}}', 1, 1);
    INSERT INTO ekasih.round_household (round_id, household_id, file_no, head_name, district_code, mukim_code, status,
        per_capita_rm, version, claimed, needs, findings) SELECT (SELECT max(id) FROM ekasih.cleansing_round), id,
        file_no, head_name, district_code, mukim_code, status, per_capita_rm, version, true, '{{PENDAPATAN}}', '{{}}'
        {households} AND id = {first};
    INSERT INTO ekasih.round_decision (round_id, household_id, decision, reason) SELECT max(round_id), {first}, 'gugur',
        :name FROM ekasih.round_household;
    INSERT INTO ekasih.ticket (kind, subject, priority, place, handler_id, clock_stale, turn_at) VALUES ('data', :name,
        3, :district, (SELECT min(id) FROM ekasih.app_user), false, now() - interval '1 hour');
    INSERT INTO ekasih.ticket_step (ticket_id, action, from_state, to_state, actor, side, words) SELECT max(id), 'buka',
        '', 'baru', :name, 'pelapor', :name FROM ekasih.ticket;
    INSERT INTO ekasih.ticket_note (ticket_id, actor_id, words) SELECT max(id), (SELECT min(id) FROM ekasih.app_user),
        :name FROM ekasih.ticket;
    INSERT INTO ekasih.ticket_contact (ticket_id, name, phone) SELECT max(id), :name, '-' FROM ekasih.ticket;
    INSERT INTO ekasih.ticket_public (ticket_id, reference, secret) SELECT max(id), 'T-' || :name, ''
        FROM ekasih.ticket;
    INSERT INTO ekasih.ticket_link (ticket_id, kind, record_id) SELECT max(id), 'isi_rumah', {first} FROM ekasih.ticket;
    INSERT INTO ekasih.area_note (area_code, body, author_id, author_name, role) SELECT :district, :name, id, :name,
        'state_office' FROM ekasih.app_user WHERE login =
        CASE :district WHEN '0803' THEN 'leak.state_office' ELSE 'lain.' || :district END;
    INSERT INTO ekasih.household_cut (area_code, strata, ethnicity, head_sex, head_age, disability, size, tegar, miskin)
        VALUES (:district, 'urban', 'other', 'male', 'head_40_59', 'none', 'size_3_4', 3, 0);
    INSERT INTO ekasih.ticket_picture (ticket_id, name, sha256, bytes) SELECT max(id), :name || '.jpg', '-', 1
        FROM ekasih.ticket;
    INSERT INTO ekasih.ticket_escalation (ticket_id, measure, percent, reached_at, told) SELECT max(id), 'jawapan', 75,
        now(), 'ketua' FROM ekasih.ticket
"""
"""What a district has besides its households; ``:name`` is the word that marks it, ``{households}`` its households."""
_LINE_CHANGE = text("""
    INSERT INTO ekasih.line_change (kind, command, effective_from, asked_as, state, done_at, decided_on, households,
        moved)
    VALUES ('adopt_line', '{"survey_year": 2022, "effective_from": "2024-01-01"}', '2024-01-01', 'pentadbir', 'done',
        '2024-01-01', '2024-01-01', 6, 1)
""")
_AGENCIES = """
    INSERT INTO ekasih.agency (code, name_ms, name_en, kind, areas) VALUES ('A0803', 'Satu', 'One', 'negeri', '{08}'),
        ('A0805', 'Dua', 'Two', 'zakat', '{08}');
    INSERT INTO ekasih.office (code, agency_id, name_ms, name_en) SELECT 'P' || code, id, 'Pejabat', 'Office'
        FROM ekasih.agency;
    INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en) SELECT id, 'P' || code, 'Bantuan', 'Aid'
        FROM ekasih.agency;
    INSERT INTO ekasih.aid_kind (programme_id, code, name_ms, name_en, need_code, form, recipient, frequency, coverage)
        SELECT id, 'TUNAI', 'Tunai', 'Cash', 'PENDAPATAN', 'tunai', 'isi_rumah', 'bulanan', 'bulan'
        FROM ekasih.aid_programme;
    INSERT INTO ekasih.aid_rate (kind_id, from_date, ceiling_rm, source, made_by) SELECT id, '2025-01-01', 300,
        'andaian', 'system' FROM ekasih.aid_kind;
    INSERT INTO ekasih.aid_conditions (programme_id, conditions, made_by) SELECT id,
        '[{"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": ["tegar"]}]', 'system'
        FROM ekasih.aid_programme;
    UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = 'A0803'), office_code = 'PA0803'
        WHERE login IN ('leak.agency', 'leak.council')
"""
"""Who gives aid: the accounts of agency and council belong to the first, which works in their district."""
_HOUSEHOLDS = "FROM ekasih.household WHERE district_code = :district"
_FIRST = f"(SELECT min(id) {_HOUSEHOLDS})"
_TOKEN = "rpad('kod-' || CAST(:district AS text), 22, '0')"
_DELIVERY = "(SELECT min(id) FROM ekasih.delivery)"
_CASES = "(SELECT id FROM ekasih.case_file WHERE district_code = :district)"
_REMOVE = """
    DELETE FROM ekasih.area_note WHERE area_code = :district;
    DELETE FROM ekasih.household_cut WHERE area_code = :district;
    DELETE FROM ekasih.ticket WHERE place = :district;
    ALTER TABLE ekasih.round_household DISABLE TRIGGER USER;
    DELETE FROM ekasih.round_household WHERE district_code = :district;
    DELETE FROM ekasih.round_decision AS d USING ekasih.cleansing_round AS r WHERE r.id = d.round_id AND
        r.office_code = 'PA' || :district;
    DELETE FROM ekasih.cleansing_round WHERE office_code = 'PA' || :district;
    DELETE FROM ekasih.referral WHERE from_party = 'daerah:' || :district;
    DELETE FROM ekasih.intake WHERE district_code = :district;
    ALTER TABLE ekasih.ledger_entry DISABLE TRIGGER USER;
    ALTER TABLE ekasih.ledger_line DISABLE TRIGGER USER;
    DELETE FROM ekasih.payment_answer AS a USING ekasih.payment_answer_file AS f WHERE f.id = a.file_id AND f.name =
        'J-' || :district;
    DELETE FROM ekasih.payment_answer_file WHERE name = 'J-' || :district;
    DELETE FROM ekasih.ledger_line AS l USING ekasih.ledger_entry AS e WHERE e.id = l.entry_id AND e.programme = 'PA' ||
        :district;
    DELETE FROM ekasih.ledger_entry WHERE programme = 'PA' || :district;
    DELETE FROM ekasih.payment WHERE programme = 'PA' || :district;
    DELETE FROM ekasih.payment_list WHERE programme = 'PA' || :district;
    DELETE FROM ekasih.project_household AS l USING ekasih.project AS p WHERE p.id = l.project_id AND
        p.district_code = :district;
    DELETE FROM ekasih.project_person AS l USING ekasih.project AS p WHERE p.id = l.project_id AND
        p.district_code = :district;
    DELETE FROM ekasih.project_milestone AS l USING ekasih.project AS p WHERE p.id = l.project_id AND
        p.district_code = :district;
    DELETE FROM ekasih.project_plan AS l USING ekasih.project AS p WHERE p.id = l.project_id AND
        p.district_code = :district;
    DELETE FROM ekasih.project_report AS l USING ekasih.project AS p WHERE p.id = l.project_id AND
        p.district_code = :district;
    DELETE FROM ekasih.project_photo AS l USING ekasih.project AS p WHERE p.id = l.project_id AND
        p.district_code = :district;
    DELETE FROM ekasih.project_defect AS l USING ekasih.project AS p WHERE p.id = l.project_id AND
        p.district_code = :district;
    DELETE FROM ekasih.project_step AS l USING ekasih.project AS p WHERE p.id = l.project_id AND
        p.district_code = :district;
    DELETE FROM ekasih.project WHERE district_code = :district;
    DELETE FROM ekasih.contractor AS c USING ekasih.agency AS a WHERE a.id = c.agency_id AND a.code = 'A' || :district;
    DELETE FROM ekasih.payee_account WHERE programme = 'PA' || :district;
    DELETE FROM ekasih.ledger_balance WHERE programme = 'PA' || :district;
    DELETE FROM ekasih.ledger_vote WHERE programme = 'PA' || :district;
    DELETE FROM ekasih.ledger_year WHERE programme = 'PA' || :district;
    DELETE FROM ekasih.target_group AS g USING ekasih.agency AS a WHERE a.id = g.agency_id AND
        a.code = 'A' || :district;
    ALTER TABLE ekasih.aid_line DISABLE TRIGGER USER;
    ALTER TABLE ekasih.aid_reversal DISABLE TRIGGER USER;
    DELETE FROM ekasih.aid_application WHERE district_code = :district;
    DELETE FROM ekasih.protected_place AS p USING ekasih.household AS h WHERE h.id = p.household_id AND
        h.district_code = :district;
    DELETE FROM ekasih.aid_pair WHERE district_code = :district;
    DELETE FROM ekasih.aid_claim AS c USING ekasih.agency AS a WHERE a.id = c.agency_id AND a.code = 'A' || :district;
    DELETE FROM ekasih.aid_override AS o WHERE NOT EXISTS (SELECT FROM ekasih.aid_claim AS c
        WHERE c.override_id = o.id);
    DELETE FROM ekasih.aid_reversal AS r USING ekasih.agency AS a WHERE a.id = r.agency_id AND
        a.code = 'A' || :district;
    DELETE FROM ekasih.aid_line AS l USING ekasih.agency AS a WHERE a.id = l.agency_id AND a.code = 'A' || :district;
    DELETE FROM ekasih.aid_row WHERE district_code = :district;
    DELETE FROM ekasih.aid_sending AS s USING ekasih.agency AS a WHERE a.id = s.agency_id AND
        a.code = 'A' || :district;
    DELETE FROM ekasih.aid_delivery AS d USING ekasih.agency AS a WHERE a.id = d.agency_id AND
        a.code = 'A' || :district;
    ALTER TABLE ekasih.audit_log DISABLE TRIGGER USER;
    DELETE FROM ekasih.audit_log WHERE district_code = :district;
    DELETE FROM ekasih.job WHERE id = CAST(:district AS bigint);
    DELETE FROM ekasih.delivery_upload AS d USING ekasih.app_user AS u WHERE u.id = d.uploaded_by AND u.login =
        'lain.' || :district;
    DELETE FROM ekasih.delivery_row WHERE district_code = :district;
    DELETE FROM ekasih.held_household WHERE district_code = :district;
    DELETE FROM ekasih.household_merge WHERE kept_district = :district;
    DELETE FROM ekasih.duplicate_candidate AS d USING ekasih.household AS h WHERE h.id = d.household_a AND
        h.district_code = :district;
    DELETE FROM ekasih.cohort_member WHERE district_code = :district;
    DELETE FROM ekasih.cohort WHERE area_code = :district;
    DELETE FROM ekasih.case_file WHERE district_code = :district;
    DELETE FROM ekasih.card AS c USING ekasih.household AS h WHERE h.id = c.household_id AND h.district_code =
        :district;
    DELETE FROM ekasih.card_request AS r WHERE NOT EXISTS (SELECT FROM ekasih.card AS c WHERE c.request_id = r.id);
    DELETE FROM ekasih.meeting WHERE area_code = :district;
    DELETE FROM ekasih.status_inquiry WHERE office_code = :district;
    DELETE FROM ekasih.household WHERE district_code = :district
"""


def plant(connection: Connection, place: Place) -> None:
    """Fill a district: three households, so few that even their number is hidden from other districts."""
    for number in range(3):
        add_household(
            connection,
            f"9{place.district}{number}",
            district=place.district,
            mukim=place.mukim,
            name=f"{place.name} bin Rekaan {number}",
            longitude=place.longitude,
            latitude=place.latitude,
            income=300,
        )

    words = {"name": place.name, "district": place.district, "id_no": place.id_no, "phone": place.phone}
    for template in _EVERY_HOUSEHOLD.split(";\n"):
        statement = template.format(households=_HOUSEHOLDS, first=_FIRST, delivery=_DELIVERY, token=_TOKEN)
        connection.execute(text(statement), {key: value for key, value in words.items() if f":{key}" in statement})


_UNLIMITED = text("""
    INSERT INTO ekasih.setting (key, value)
    VALUES ('downloads.per_minute', '1000'), ('checking.per_minute', '1000'), ('cards.opened_per_minute', '1000'),
        ('ogc.per_minute', '1000')
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
""")
"""What is refused because it was asked too often tells nothing, of leaks least of all."""


def fill(engine: Engine) -> None:
    """Both districts, and an account of each role that belongs to the first."""
    with engine.begin() as connection:
        for role in Role:
            add_user(connection, f"leak.{role}", role=role, territory=(OWN,))
        add_user(connection, f"lain.{FOREIGN}", role=Role.STATE_OFFICE, territory=(FOREIGN,))
        connection.execute(
            text(
                "INSERT INTO ekasih.delivery (sha256, file_name, received_on, received_by, sample, state, report)"
                " VALUES ('leaks', 'contoh.zip', current_date, 'system', true, 'done', '{}')"
            )
        )
        connection.execute(_UNLIMITED)
        connection.execute(_LINE_CHANGE)
        for statement in _AGENCIES.split(";\n"):
            connection.exec_driver_sql(statement)
        for place in (HERE, THERE):
            plant(connection, place)


def remove_foreign(engine: Engine) -> None:
    """The same world as if the other district had never had a record."""
    with engine.begin() as connection:
        for statement in _REMOVE.split(";\n"):
            connection.execute(text(statement), {"district": FOREIGN} if ":district" in statement else {})


def numbers_of(connection: Connection, place: Place) -> dict[str, int]:
    """The number of a row of each kind in a district, as addresses and callbacks name them."""
    asked = {
        "household": _FIRST,
        "person": f"(SELECT min(id) FROM ekasih.person WHERE household_id = {_FIRST})",
        "case": "(SELECT min(id) FROM ekasih.case_file WHERE district_code = :district AND channel = 'representative')",
        "visit": f"(SELECT min(id) FROM ekasih.visit WHERE case_id IN {_CASES})",
        "photo": f"(SELECT min(f.id) FROM ekasih.visit_photo AS f JOIN ekasih.visit AS v ON v.id = f.visit_id"
        f" WHERE v.case_id IN {_CASES})",
        "inquiry": "(SELECT min(id) FROM ekasih.status_inquiry WHERE office_code = :district)",
        "check_code": f"(SELECT min(id) FROM ekasih.check_code WHERE household_id = {_FIRST})",
        "card": "(SELECT min(id) FROM ekasih.card WHERE district_code = :district)",
        "card_request": "(SELECT min(request_id) FROM ekasih.card WHERE district_code = :district)",
        "meeting": "(SELECT min(id) FROM ekasih.meeting WHERE area_code = :district)",
        "request": "(SELECT min(id) FROM ekasih.change_request WHERE district_code = :district)",
        "pair": f"(SELECT min(id) FROM ekasih.duplicate_candidate WHERE household_a = {_FIRST})",
        "merge": "(SELECT min(id) FROM ekasih.household_merge WHERE kept_district = :district)",
        "aid_row": "(SELECT min(id) FROM ekasih.aid_row WHERE district_code = :district)",
        "aid_pair": "(SELECT min(id) FROM ekasih.aid_pair WHERE district_code = :district)",
        "agency": "(SELECT id FROM ekasih.agency WHERE code = 'A' || :district)",
        "programme": "(SELECT id FROM ekasih.aid_programme WHERE code = 'PA' || :district)",
        "job": "CAST(:district AS bigint)",
        "upload": "(SELECT min(d.id) FROM ekasih.delivery_upload AS d JOIN ekasih.app_user AS u ON u.id = d.uploaded_by"
        " WHERE u.login LIKE 'lain.%' = (:district = '0805'))",
        "aid_upload": "(SELECT min(d.id) FROM ekasih.delivery_upload AS d JOIN ekasih.app_user AS u"
        " ON u.id = d.uploaded_by WHERE d.layout = 'aid' AND u.login LIKE 'lain.%' = (:district = '0805'))",
        "aid_delivery": "(SELECT min(d.id) FROM ekasih.aid_delivery AS d JOIN ekasih.agency AS a ON a.id = d.agency_id"
        " WHERE a.code = 'A' || :district)",
        "sending": "(SELECT min(s.id) FROM ekasih.aid_sending AS s JOIN ekasih.agency AS a ON a.id = s.agency_id"
        " WHERE a.code = 'A' || :district)",
        "line_change": "(SELECT min(id) FROM ekasih.line_change)",
        "payment_list": "(SELECT min(id) FROM ekasih.payment_list WHERE number = 'S-' || :district)",
        "answer_file": "(SELECT min(id) FROM ekasih.payment_answer_file WHERE name = 'J-' || :district)",
        "account": "(SELECT min(id) FROM ekasih.payee_account WHERE case_no = 'K-' || :district)",
        "target": "(SELECT min(g.id) FROM ekasih.target_group AS g JOIN ekasih.agency AS a ON a.id = g.agency_id"
        " WHERE a.code = 'A' || :district)",
        "application": "(SELECT min(id) FROM ekasih.aid_application WHERE district_code = :district)",
        "round": "(SELECT min(id) FROM ekasih.cleansing_round WHERE office_code = 'PA' || :district)",
        "referral": "(SELECT min(id) FROM ekasih.referral WHERE from_party = 'daerah:' || :district)",
        "referral_file": "(SELECT min(f.id) FROM ekasih.referral_file AS f JOIN ekasih.referral AS r"
        " ON r.id = f.referral_id WHERE r.from_party = 'daerah:' || :district)",
        "project": "(SELECT min(id) FROM ekasih.project WHERE district_code = :district)",
        "project_report": "(SELECT min(r.id) FROM ekasih.project_report AS r JOIN ekasih.project AS p"
        " ON p.id = r.project_id WHERE p.district_code = :district)",
        "project_photo": "(SELECT min(r.id) FROM ekasih.project_photo AS r JOIN ekasih.project AS p"
        " ON p.id = r.project_id WHERE p.district_code = :district)",
        "project_defect": "(SELECT min(r.id) FROM ekasih.project_defect AS r JOIN ekasih.project AS p"
        " ON p.id = r.project_id WHERE p.district_code = :district)",
        "ticket": "(SELECT min(id) FROM ekasih.ticket WHERE place = :district)",
        "ticket_link": "(SELECT min(l.id) FROM ekasih.ticket_link AS l JOIN ekasih.ticket AS k ON k.id = l.ticket_id"
        " WHERE k.place = :district)",
        "ticket_picture": "(SELECT min(p.id) FROM ekasih.ticket_picture AS p JOIN ekasih.ticket AS k"
        " ON k.id = p.ticket_id WHERE k.place = :district)",
        "cohort": "(SELECT min(id) FROM ekasih.cohort WHERE area_code = :district)",
    }
    selected = ", ".join(f'{expression} AS "{name}"' for name, expression in asked.items())
    row = connection.execute(text(f"SELECT {selected}"), {"district": place.district}).mappings().one()
    return {name: int(value) for name, value in row.items()}
