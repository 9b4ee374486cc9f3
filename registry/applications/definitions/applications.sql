-- Applications for aid: the steps that there are, who reads an application, and how one is opened. steps.sql judges each
-- step.

INSERT INTO setting (key, value, least, most, step) VALUES
    ('applications.check_days', '7', 1, 365, 1),
    ('applications.decide_days', '21', 1, 365, 1),
    ('applications.pay_days', '14', 1, 365, 1),
    ('applications.appeal_days', '30', 1, 365, 1),
    ('applications.documents_days', '14', 1, 365, 1)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

DELETE FROM aid_transition;
INSERT INTO aid_transition
    (action, from_state, to_state, permission, own_agency, needs_reason, codes, not_by, only_by)
VALUES
    ('ubah', 'draf', 'draf', 'apply_aid', false, false, '{}', '{}', NULL),
    ('hantar', 'draf', 'diterima', 'apply_aid', false, false, '{}', '{}', NULL),
    ('alih', 'diterima', 'diterima', 'check_aid', true, true, '{}', '{}', NULL),
    ('minta_dokumen', 'diterima', 'tidak_lengkap', 'check_aid', true, true, '{}', '{}', NULL),
    ('minta_dokumen', 'disemak', 'tidak_lengkap', 'check_aid', true, true, '{}', '{}', NULL),
    ('lengkap', 'tidak_lengkap', 'diterima', 'apply_aid', false, false, '{}', '{}', 'buka'),
    ('semak', 'diterima', 'disemak', 'check_aid', true, true, '{sokong,tidak_sokong}', '{}', NULL),
    -- where the need is met already: its agency asks for leave to overlap, who may override gives it or not
    ('mohon_izin', 'disemak', 'disemak', 'approve_aid', true, true, '{}', '{buka,semak}', NULL),
    ('izin', 'disemak', 'disemak', 'override_double_aid', false, true, '{bencana,tambahan_dirancang,keperluan_lain}',
     '{semak,mohon_izin}', NULL),
    ('tolak_izin', 'disemak', 'disemak', 'override_double_aid', false, true, '{}', '{mohon_izin}', NULL),
    ('lulus', 'disemak', 'diluluskan', 'approve_aid', true, false, '{}', '{buka,semak,izin}', NULL),
    ('tolak', 'disemak', 'ditolak', 'approve_aid', true, true,
     '{tidak_layak,dokumen,peruntukan,pertindihan,rumah_pernah,luar_kawasan,lain}', '{buka,semak}', NULL),
    ('rayu', 'ditolak', 'dirayu', 'apply_aid', false, true, '{}', '{}', NULL),
    ('putus_terima', 'dirayu', 'disemak', 'decide_appeal', false, true, '{}', '{*}', NULL),
    ('putus_tolak', 'dirayu', 'ditolak_muktamad', 'decide_appeal', false, true, '{}', '{*}', NULL),
    ('serah', 'diluluskan', 'diserah', 'deliver_aid', true, false, '{}', '{}', NULL),
    ('terima', 'diserah', 'selesai', 'deliver_aid', true, false, '{}', '{}', NULL),
    ('batal', 'diluluskan', 'dibatalkan', 'approve_aid', true, true, '{}', '{}', NULL),
    ('tarik', 'draf', 'ditarik', 'apply_aid', false, false, '{}', '{}', NULL),
    ('tarik', 'diterima', 'ditarik', 'apply_aid', false, true, '{}', '{}', NULL),
    ('tarik', 'tidak_lengkap', 'ditarik', 'apply_aid', false, true, '{}', '{}', NULL),
    ('tarik', 'disemak', 'ditarik', 'apply_aid', false, true, '{}', '{}', NULL),
    ('tarik', 'dirayu', 'ditarik', 'apply_aid', false, true, '{}', '{}', NULL),
    -- a payment list, the bank's answer, a delivery that names the application, and time: only the system takes these
    ('bayar', 'diluluskan', 'dalam_bayaran', 'system', false, false, '{}', '{}', NULL),
    ('gagal', 'dalam_bayaran', 'diluluskan', 'system', false, false, '{}', '{}', NULL),
    -- the bank sends back what was paid: the account is mended, and the money paid again
    ('gagal', 'selesai', 'diluluskan', 'system', false, false, '{}', '{}', NULL),
    ('terima', 'dalam_bayaran', 'selesai', 'system', false, false, '{}', '{}', NULL),
    ('terima', 'diluluskan', 'selesai', 'system', false, false, '{}', '{}', NULL),
    ('luput', 'tidak_lengkap', 'luput', 'system', false, false, '{dokumen_lewat}', '{}', NULL),
    ('luput', 'diluluskan', 'luput', 'system', false, false, '{program_tamat,tahun_ditutup}', '{}', NULL);

-- How long an application is told of to those who work in an agency: what was refused, withdrawn or lapsed for 30 days, what
-- was given for 90 days after it ends, or after it was given where it has no end.
CREATE OR REPLACE FUNCTION application_is_told(state text, since date, period daterange) RETURNS boolean
LANGUAGE sql STABLE
AS $$
    SELECT CASE WHEN state IN ('ditolak', 'ditolak_muktamad', 'ditarik', 'luput') THEN current_date <= since + 30
                WHEN state = 'dibatalkan' OR state = 'selesai' AND upper_inf(period) THEN current_date <= since + 90
                WHEN state = 'selesai' THEN current_date <= greatest(since, upper(period)) + 90
                ELSE true END
$$;

-- Whether who is acting does anything with applications at all.
CREATE OR REPLACE FUNCTION works_on_applications() RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT ekasih.may('read_applications') OR ekasih.may('apply_aid') OR ekasih.may('check_aid') OR ekasih.may('approve_aid') OR ekasih.may('deliver_aid')
        OR ekasih.may('decide_appeal')
$$;

CREATE POLICY read_signed_in ON aid_transition FOR SELECT TO app_web USING ((SELECT signed_in()));
-- officers, the state and the country: by place
CREATE POLICY read_own_area ON aid_application FOR SELECT TO app_web
USING ((SELECT acting_agency() IS NULL AND sees_persons() AND works_on_applications())
       AND ((SELECT nationwide()) OR district_code = ANY ((SELECT acting_districts())::text[])
            OR catchment_codes && (SELECT acting_catchments())::text[]));
-- an agency, or its office: what was routed to it; and what it opened itself, until another agency grants it
CREATE POLICY read_routed ON aid_application FOR SELECT TO app_web
USING ((SELECT works_on_applications()) AND agency_id = (SELECT acting_agency())
       AND coalesce(office_code = (SELECT acting_office()), true)
       AND (state <> 'draf' OR opened_agency_id = (SELECT acting_agency()))
       AND application_is_told(state, state_since, period));
CREATE POLICY read_opened ON aid_application FOR SELECT TO app_web
USING ((SELECT works_on_applications()) AND opened_agency_id = (SELECT acting_agency())
       AND state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'ditolak', 'dirayu', 'ditolak_muktamad', 'ditarik')
       AND application_is_told(state, state_since, period));
CREATE POLICY read_with_application ON aid_step FOR SELECT TO app_web
USING (EXISTS (SELECT FROM aid_application AS a WHERE a.id = aid_step.application_id));
GRANT SELECT ON aid_transition, aid_application, aid_step TO app_web;

-- The office of an agency that an application of a place goes to today: the nearest to it.
CREATE OR REPLACE FUNCTION office_for(asked_agency integer, district text, catchments text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT o.code
    FROM office AS o
    CROSS JOIN LATERAL (SELECT CASE WHEN o.territory && catchments THEN 1 WHEN district = ANY (o.territory) THEN 2
                                    WHEN left(district, 2) = ANY (o.territory) THEN 3
                                    WHEN o.territory = '{}' THEN 4 END AS nearness) AS n
    WHERE o.agency_id = asked_agency AND n.nearness IS NOT NULL AND daterange(o.valid_from, o.valid_until, '[]') @> current_date
    ORDER BY n.nearness, o.code LIMIT 1
$$;

-- Whether a programme takes applications on a day.
CREATE OR REPLACE FUNCTION takes_applications(asked_kind integer, day date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM aid_kind AS k JOIN aid_programme AS p ON p.id = k.programme_id
        WHERE k.id = asked_kind AND p.state = 'dibuka' AND daterange(p.valid_from, p.valid_until, '[]') @> day)
$$;

-- Looks for who is to be applied for by an identity number: counted and written down as any check. Who sees the household gets
-- its id; an agency learns whether the number is registered, and may apply for it on the same day.
CREATE OR REPLACE FUNCTION find_applicant(asked_id_no text, key text)
RETURNS TABLE (household_id bigint, registered boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own bigint;
    anywhere bigint;
BEGIN
    IF NOT may('apply_aid') OR acting_user() IS NULL THEN
        RAISE EXCEPTION 'not_permitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM take_check(false);
    anywhere := household_of_number(asked_id_no);
    SELECT h.id INTO own FROM household AS h
    WHERE h.id = anywhere AND sees_persons() AND in_reach(h.district_code, h.catchment_codes);
    INSERT INTO audit_log (actor_id, actor, action, subject, after)
    VALUES (acting_user(), acting_login(), 'check_status', 'check', jsonb_build_object('by', jsonb_build_array('id_no'),
        'key', key, 'for', 'apply', 'own', CASE WHEN own IS NULL THEN 0 ELSE 1 END,
        'elsewhere', CASE WHEN own IS NULL AND anywhere IS NOT NULL THEN 1 ELSE 0 END));
    RETURN QUERY SELECT own, own IS NOT NULL OR acting_agency() IS NOT NULL AND anywhere IS NOT NULL;
END
$$;

CREATE OR REPLACE FUNCTION household_of_number(asked_id_no text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT p.household_id FROM person AS p JOIN household AS h ON h.id = p.household_id
    WHERE p.id_no = asked_id_no ORDER BY h.exited_on IS NOT NULL, p.household_id LIMIT 1
$$;

-- The household that somebody applies for: one in reach by its id; by a number that was looked for today, for an agency.
CREATE OR REPLACE FUNCTION household_applying(asked_household bigint, asked_id_no text, key text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT h.id FROM household AS h
    WHERE h.id = coalesce(asked_household, household_of_number(asked_id_no))
        AND CASE WHEN asked_household IS NOT NULL THEN sees_persons() AND in_reach(h.district_code, h.catchment_codes)
                 ELSE acting_agency() IS NOT NULL AND EXISTS (
                     SELECT FROM audit_log AS a
                     WHERE a.action = 'check_status' AND a.actor_id = acting_user()
                         AND a.at > clock_timestamp() - interval '1 day' AND a.after ->> 'for' = 'apply'
                         AND a.after ->> 'key' = household_applying.key) END
$$;

-- An application is where its household is.
CREATE OR REPLACE FUNCTION carry_applications() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    UPDATE aid_application AS a SET district_code = NEW.district_code, catchment_codes = NEW.catchment_codes
    WHERE a.household_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER household_applications_carried AFTER UPDATE OF district_code, catchment_codes ON household
FOR EACH ROW WHEN (OLD.district_code IS DISTINCT FROM NEW.district_code
                   OR OLD.catchment_codes IS DISTINCT FROM NEW.catchment_codes)
EXECUTE FUNCTION carry_applications();
-- an import that leaves references unchecked carries them all the same
ALTER TABLE household ENABLE ALWAYS TRIGGER household_applications_carried;

-- Where two records become one, so do those whom their applications are for; two that are open for the same kind stop it.
CREATE OR REPLACE FUNCTION keep_applicant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    NEW.person_id := coalesce((
        SELECT min(own.id) FROM person AS theirs JOIN person AS own ON own.id_no = theirs.id_no
        WHERE theirs.id = OLD.person_id AND own.household_id = NEW.household_id), NEW.person_id);
    SELECT h.district_code, h.catchment_codes INTO NEW.district_code, NEW.catchment_codes
    FROM household AS h WHERE h.id = NEW.household_id;
    IF is_open_application(NEW.state) AND EXISTS (
        SELECT FROM aid_application AS a
        WHERE a.household_id = NEW.household_id AND a.kind_id = NEW.kind_id AND is_open_application(a.state)
            AND a.person_id IS NOT DISTINCT FROM NEW.person_id AND a.id <> NEW.id) THEN
        RAISE EXCEPTION 'merge_blocked' USING ERRCODE = 'EK040', DETAIL = 'both have an application for the same aid';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER applicant_kept BEFORE UPDATE OF household_id ON aid_application
FOR EACH ROW WHEN (OLD.household_id IS DISTINCT FROM NEW.household_id) EXECUTE FUNCTION keep_applicant();

CREATE OR REPLACE FUNCTION is_open_application(state text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu')
$$;

REVOKE ALL ON FUNCTION keep_applicant(), find_applicant(text, text), household_of_number(text), household_applying(bigint, text, text),
    office_for(integer, text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_applicant(text, text) TO app_web;
