-- What an agency is told of the household of an application that was routed to it, and of an application that is over.

-- Whether who is acting reads an application, as the policies of aid_application have it; told to an agency as what was
-- routed to it alone where routed is asked for.
CREATE OR REPLACE FUNCTION reads_application(asked aid_application, routed boolean) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT works_on_applications() AND CASE
        WHEN acting_agency() IS NULL THEN sees_persons() AND in_reach(asked.district_code, asked.catchment_codes)
        WHEN asked.agency_id = acting_agency() AND coalesce(asked.office_code = acting_office(), true)
            AND (asked.state <> 'draf' OR NOT routed AND asked.opened_agency_id = acting_agency())
            THEN application_is_told(asked.state, asked.state_since, asked.period)
        ELSE NOT routed AND coalesce(asked.opened_agency_id = acting_agency(), false)
            AND asked.state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'ditolak', 'dirayu', 'ditolak_muktamad', 'ditarik')
            AND application_is_told(asked.state, asked.state_since, asked.period) END
$$;

-- The fields that a condition may ask about, by component; what is sensitive is told only where a condition names it.
CREATE OR REPLACE FUNCTION record_fields() RETURNS TABLE (no bigint, component text, field text, sensitive boolean)
LANGUAGE sql IMMUTABLE
AS $$
    SELECT row_number() OVER (), c.component, f.field, f.field IN ('etnik', 'agama', 'oku', 'penyakit_kronik')
    FROM (VALUES
        ('peribadi', ARRAY['umur', 'jantina', 'taraf_kahwin', 'warganegara', 'etnik', 'agama', 'bil_ahli']),
        ('lokasi', ARRAY['negeri', 'daerah', 'mukim', 'strata', 'parlimen', 'dun', 'kawasan', 'kaedah_titik']),
        ('kediaman', ARRAY['jenis_kediaman', 'pemilikan', 'keadaan_rumah', 'bil_bilik', 'tandas', 'bekalan_air',
                           'bekalan_elektrik', 'kutipan_sampah']),
        ('pendidikan', ARRAY['tahap_pendidikan', 'bersekolah']),
        ('pekerjaan', ARRAY['kemahiran', 'status_pekerjaan']),
        ('harta', ARRAY['kenderaan', 'tanah_ekar']),
        ('kesihatan', ARRAY['oku', 'penyakit_kronik']),
        ('pendapatan', ARRAY['status', 'pendapatan_isirumah', 'pendapatan_perkapita'])) AS c (component, fields)
    CROSS JOIN LATERAL unnest(c.fields) AS f (field)
$$;

-- The components that the conditions of an application use, as the record has them now: of the household, of the members whom
-- the conditions ask about, and nothing else; of a protected place not where it is. Without conditions there is nothing to tell.
CREATE OR REPLACE FUNCTION application_record(asked_number text)
RETURNS TABLE (component text, field text, kind text, member_no smallint, relationship text, value jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    applied aid_application;
    told record;
BEGIN
    SELECT a.* INTO applied FROM aid_application AS a WHERE a.number = asked_number;
    IF applied.id IS NULL OR NOT reads_application(applied, true) THEN
        RETURN;
    END IF;
    FOR told IN
        WITH asked AS (
            SELECT DISTINCT t.test ->> 'medan' AS field, t.test ->> 'pada' AS who
            FROM aid_conditions AS c
            CROSS JOIN LATERAL jsonb_path_query(c.conditions, 'strict $.** ? (exists (@.medan))') AS t (test)
            WHERE c.id = applied.conditions_id
        ), used AS (
            SELECT f.component, bool_or(a.who = 'ahli') AS members, bool_or(a.who = 'kir') AS head,
                bool_or(a.who = 'penerima') AS aided
            FROM asked AS a JOIN record_fields() AS f ON f.field = a.field
            GROUP BY f.component
        )
        SELECT f.component, f.field, c.kind, c.of_person, u.members, u.head, u.aided,
            CASE c.kind WHEN 'age' THEN format('years_old(%s, current_date)', c.source) ELSE c.source END AS source
        FROM used AS u
        JOIN record_fields() AS f ON f.component = u.component
        CROSS JOIN LATERAL condition_field(f.field) AS c
        WHERE (NOT f.sensitive OR EXISTS (SELECT FROM asked AS a WHERE a.field = f.field))
            AND (f.component <> 'lokasi' OR NOT place_hidden(applied.household_id))
        ORDER BY f.no
    LOOP
        IF told.of_person THEN
            RETURN QUERY EXECUTE format('
                SELECT $1, $2, $3, m.member_no, CASE WHEN m.is_head THEN ''KIR'' ELSE m.relationship END, to_jsonb(%s)
                FROM person AS m
                WHERE m.household_id = $4 AND ($5 OR $6 AND m.is_head OR $7 AND m.id = $8) ORDER BY m.member_no',
                format(told.source, 'm'))
            USING told.component, told.field, told.kind, applied.household_id, told.members, told.head, told.aided,
                  applied.person_id;
        ELSE
            RETURN QUERY EXECUTE format('
                SELECT $1, $2, $3, NULL::smallint, NULL::text, to_jsonb(%s) FROM household AS h WHERE h.id = $4', told.source)
            USING told.component, told.field, told.kind, applied.household_id;
        END IF;
    END LOOP;
END
$$;

-- Which needs of the household of an application are met from when until when, and by which agency: no amounts, no
-- references, and of a protected place not by whom.
CREATE OR REPLACE FUNCTION application_needs(asked_number text)
RETURNS TABLE (need_code text, need_ms text, need_en text, agency_code text, agency_ms text, agency_en text, begins date,
               ends date, same_need boolean, form text, given boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT n.code, n.name_ms, n.name_en, CASE WHEN t.by_whom THEN g.code END, CASE WHEN t.by_whom THEN g.name_ms END,
        CASE WHEN t.by_whom THEN g.name_en END, lower(c.period),
        CASE WHEN NOT upper_inf(c.period) THEN upper(c.period) - 1 END,
        n.code = own.need_code AND c.person_key = coalesce(a.person_id::text, ''), k.form, c.line_id IS NOT NULL
    FROM aid_application AS a
    JOIN aid_kind AS own ON own.id = a.kind_id
    JOIN aid_claim AS c ON c.household_id = a.household_id
    JOIN aid_kind AS k ON k.id = c.kind_id
    JOIN aid_need AS n ON n.code = c.need_code
    JOIN agency AS g ON g.id = c.agency_id
    CROSS JOIN LATERAL (SELECT coalesce(c.agency_id = acting_agency(), false) OR NOT place_hidden(a.household_id) AS by_whom) AS t
    WHERE a.number = asked_number AND reads_application(a, true) AND c.ended_at IS NULL
        AND c.application_no IS DISTINCT FROM a.number AND (upper_inf(c.period) OR upper(c.period) > current_date)
    ORDER BY n.code, lower(c.period), c.id
    LIMIT 100
$$;

-- What was granted to a household and is not given yet, as who is acting may know it: the needs are met by it from the approval
-- on. The number of the application is told to its own agency and to who belongs to none.
CREATE OR REPLACE FUNCTION granted_to_household(asked_household bigint)
RETURNS TABLE (need_code text, need_ms text, need_en text, agency_code text, agency_ms text, agency_en text, begins date, ends date,
               form text, application_no text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT n.code, n.name_ms, n.name_en, CASE WHEN t.by_whom THEN g.code END, CASE WHEN t.by_whom THEN g.name_ms END,
        CASE WHEN t.by_whom THEN g.name_en END, lower(c.period), CASE WHEN NOT upper_inf(c.period) THEN upper(c.period) - 1 END,
        k.form, CASE WHEN t.own THEN c.application_no END
    FROM household AS h
    JOIN aid_claim AS c ON c.household_id = h.id
    JOIN aid_kind AS k ON k.id = c.kind_id
    JOIN aid_need AS n ON n.code = c.need_code
    JOIN agency AS g ON g.id = c.agency_id
    CROSS JOIN LATERAL (SELECT coalesce(acting_agency() = c.agency_id, true) AS own,
                               coalesce(acting_agency() = c.agency_id, true) OR NOT place_hidden(h.id) AS by_whom) AS t
    WHERE h.id = asked_household AND sees_persons() AND in_reach(h.district_code, h.catchment_codes)
        AND c.line_id IS NULL AND c.ended_at IS NULL
    ORDER BY n.code, lower(c.period), c.id
$$;

-- What an agency is still told of an application that ended long ago: number, day and reason.
CREATE OR REPLACE FUNCTION ended_application(asked_number text)
RETURNS TABLE (number text, state text, ended_on date, code text, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT a.number, a.state, a.state_since, s.code, s.reason
    FROM aid_application AS a
    JOIN LATERAL (SELECT s.code, s.reason FROM aid_step AS s WHERE s.application_id = a.id ORDER BY s.id DESC LIMIT 1) AS s ON true
    WHERE a.number = asked_number AND works_on_applications() AND a.agency_id = acting_agency()
        AND coalesce(a.office_code = acting_office(), true)
        AND NOT application_is_told(a.state, a.state_since, a.period)
$$;

REVOKE ALL ON FUNCTION application_record(text), application_needs(text), granted_to_household(bigint),
    ended_application(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION application_record(text), application_needs(text), granted_to_household(bigint),
    ended_application(text) TO app_web;
