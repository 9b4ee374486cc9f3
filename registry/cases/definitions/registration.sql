-- What brings a household into the register by a case: the place of an address, the steps that settle what an import has
-- held back, which steps someone may take now, and who may still change a form.

-- area_key() comes with the place names, which a new register loads after its schema
SET LOCAL check_function_bodies = off;

-- The best place that an address leads to, with the method and the accuracy in metres: village, town, postcode, then the
-- mukim, the district or the state. The importer finds a delivery's addresses by the same order, in one pass.
CREATE OR REPLACE FUNCTION place_of_address(
    asked_state text, asked_district text, asked_mukim text, village text, town text, asked_postcode text
) RETURNS TABLE (geom geometry, method text, accuracy_m integer)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT candidate.geom, candidate.method, candidate.accuracy_m
    FROM (
        SELECT g.geom, g.kind AS method, g.accuracy_m,
            CASE g.kind WHEN 'village' THEN 1 WHEN 'town' THEN 2 ELSE 3 END AS turn,
            (g.district_code = asked_district) IS TRUE AS in_district
        FROM geocode_place AS g
        WHERE g.state_code = asked_state AND (
            (g.kind = 'village' AND g.name = area_key(village)
                AND (g.district_code = asked_district OR g.district_code IS NULL))
            OR (g.kind = 'town' AND g.name = area_key(town))
            OR (g.kind = 'postcode' AND g.name = asked_postcode))
        UNION ALL
        SELECT b.inside, CASE s.level WHEN 'mukim' THEN 'mukim' ELSE 'district' END, greatest(b.radius_m, s.accuracy_m),
            CASE s.level WHEN 'mukim' THEN 4 WHEN 'district' THEN 5 ELSE 6 END, true
        FROM boundary_set AS s
        JOIN area_boundary AS b ON b.set_id = s.id AND b.area_code = CASE s.level
            WHEN 'mukim' THEN asked_mukim WHEN 'district' THEN asked_district ELSE asked_state END
        WHERE s.active AND s.level IN ('mukim', 'district', 'state')
    ) AS candidate
    ORDER BY candidate.turn, candidate.in_district DESC, candidate.accuracy_m
    LIMIT 1
$$;

-- The district whose office holds a registered file, wherever in the country: that and no more may be known of it.
CREATE OR REPLACE FUNCTION district_of_file(asked_file_no text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT h.district_code FROM household AS h WHERE h.file_no = asked_file_no AND sees_persons() $$;

-- The name of who a case is given to, for those who see the case.
CREATE OR REPLACE FUNCTION name_of_user(asked_user bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT u.display_name FROM app_user AS u WHERE u.id = asked_user AND sees_persons() $$;

-- What a delivery states about a household, as the form of a case keeps it: the same answers, read by the same functions.
CREATE OR REPLACE FUNCTION form_of_delivery(payload jsonb, asked_district text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'lokasi', jsonb_build_object(
            'address', nullif(btrim(h ->> 'alamat'), ''), 'village', nullif(btrim(h ->> 'kampung_taman'), ''),
            'town', nullif(btrim(h ->> 'bandar'), ''),
            'postcode', nullif(lpad(regexp_replace(h ->> 'poskod', '\D', '', 'g'), 5, '0'), '00000'),
            'phone', nullif(btrim(h ->> 'telefon'), ''), 'strata', read_strata(h ->> 'strata'),
            'district_code', asked_district,
            'mukim_code', (SELECT a.code FROM area_alias AS a WHERE a.level = 'mukim' AND left(a.code, 4) = asked_district
                           AND a.alias = area_key(h ->> 'mukim') ORDER BY a.code LIMIT 1),
            'latitude', CASE WHEN on_map THEN read_number(h ->> 'latitud')::text END,
            'longitude', CASE WHEN on_map THEN read_number(h ->> 'longitud')::text END),
        'kediaman', jsonb_build_object(
            'dwelling_type', nullif(btrim(h ->> 'jenis_kediaman'), ''), 'tenure', nullif(btrim(h ->> 'pemilikan'), ''),
            'dwelling_condition', nullif(btrim(h ->> 'keadaan_rumah'), ''),
            'room_count', read_number(h ->> 'bil_bilik')::integer::text, 'toilet', nullif(btrim(h ->> 'tandas'), ''),
            'water_supply', nullif(btrim(h ->> 'bekalan_air'), ''),
            'electricity', CASE read_yes_no(h ->> 'bekalan_elektrik') WHEN true THEN 'yes' WHEN false THEN 'no' END,
            'rubbish_collection', CASE read_yes_no(h ->> 'kutipan_sampah') WHEN true THEN 'yes' WHEN false THEN 'no' END),
        'harta', jsonb_build_object('vehicle', nullif(btrim(h ->> 'kenderaan'), ''),
            'land_acres', round(read_number(h ->> 'tanah_ekar'), 2)::text),
        'members', (SELECT jsonb_agg(jsonb_build_object(
                'key', 'm' || listed.no, 'name', btrim(m ->> 'nama'),
                'relationship', CASE WHEN lower(btrim(m ->> 'hubungan')) IN ('kir', 'ketua', 'ketua isi rumah',
                    'ketua isi rumah (kir)', 'ketua keluarga', 'head', 'head of household') THEN 'KIR'
                    ELSE btrim(m ->> 'hubungan') END,
                'id_no', read_id_no(m ->> 'no_kp'), 'birth_date', to_char(read_date(m ->> 'tarikh_lahir'), 'DD/MM/YYYY'),
                'sex', read_sex(m ->> 'jantina'), 'ethnicity', nullif(btrim(m ->> 'etnik'), ''),
                'religion', nullif(btrim(m ->> 'agama'), ''), 'marital_status', nullif(btrim(m ->> 'taraf_kahwin'), ''),
                'citizen', CASE read_yes_no(m ->> 'warganegara') WHEN true THEN 'yes' WHEN false THEN 'no' END,
                'education_level', nullif(btrim(m ->> 'tahap_pendidikan'), ''),
                'in_school', CASE read_yes_no(m ->> 'bersekolah') WHEN true THEN 'yes' WHEN false THEN 'no' END,
                'skill', nullif(btrim(m ->> 'kemahiran'), ''),
                'employment_status', nullif(btrim(m ->> 'status_pekerjaan'), ''),
                'disability', nullif(btrim(m ->> 'oku'), ''), 'chronic_illness', nullif(btrim(m ->> 'penyakit_kronik'), ''),
                'employment', nullif(round(read_money(m ->> 'pendapatan_gaji'), 2), 0)::text,
                'self_employment', nullif(round(read_money(m ->> 'pendapatan_sendiri'), 2), 0)::text,
                'property', nullif(round(read_money(m ->> 'pendapatan_harta'), 2), 0)::text,
                'transfers', nullif(round(read_money(m ->> 'pendapatan_pindahan'), 2), 0)::text,
                -- the delivery says nought; where it says nothing, somebody has to ask
                'no_income', CASE WHEN concat(m ->> 'pendapatan_gaji', m ->> 'pendapatan_sendiri', m ->> 'pendapatan_harta',
                        m ->> 'pendapatan_pindahan') <> ''
                    AND read_money(m ->> 'pendapatan_gaji') + read_money(m ->> 'pendapatan_sendiri')
                        + read_money(m ->> 'pendapatan_harta') + read_money(m ->> 'pendapatan_pindahan') = 0 THEN 'yes' END)
                ORDER BY listed.no)
            FROM jsonb_array_elements(payload -> 'ahli') WITH ORDINALITY AS listed (m, no)),
        'aid', coalesce((SELECT jsonb_agg(jsonb_build_object(
                'key', 'b' || listed.no, 'agency', coalesce(nullif(btrim(g ->> 'agensi'), ''), '-'),
                'programme', coalesce(nullif(btrim(g ->> 'program'), ''), '-'),
                'member', (SELECT 'm' || own.no FROM jsonb_array_elements(payload -> 'ahli') WITH ORDINALITY AS own (m, no)
                           WHERE read_id_no(own.m ->> 'no_kp') = read_id_no(g ->> 'no_kp') ORDER BY own.no LIMIT 1),
                'given_on', to_char(read_date(g ->> 'tarikh'), 'DD/MM/YYYY'),
                'amount_rm', CASE WHEN btrim(g ->> 'amaun') <> '' THEN round(read_money(g ->> 'amaun'), 2)::text END,
                'frequency', nullif(btrim(g ->> 'kekerapan'), '')) ORDER BY listed.no)
            FROM jsonb_array_elements(payload -> 'bantuan') WITH ORDINALITY AS listed (g, no)), '[]')))
    FROM (SELECT payload -> 'isirumah' AS h,
            read_number(payload -> 'isirumah' ->> 'latitud') BETWEEN 0.8 AND 7.5
            AND read_number(payload -> 'isirumah' ->> 'longitud') BETWEEN 99.5 AND 119.4 AS on_map) AS listed
$$;

CREATE OR REPLACE FUNCTION head_of_delivery(payload jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce((SELECT btrim(m ->> 'nama') FROM jsonb_array_elements(payload -> 'ahli') AS listed (m)
                     WHERE lower(btrim(m ->> 'hubungan')) IN ('kir', 'ketua', 'ketua isi rumah', 'ketua isi rumah (kir)',
                         'ketua keluarga', 'head', 'head of household') LIMIT 1), '')
$$;

-- What waits for an officer comes into the one queue, all of a delivery at once.
CREATE OR REPLACE FUNCTION queue_held(held_ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    INSERT INTO case_file (channel, district_code, mukim_code, held_id, head_name, draft)
    SELECT 'held', w.district_code, form.form -> 'lokasi' ->> 'mukim_code', w.id, head_of_delivery(w.payload), form.form
    FROM held_household AS w
    CROSS JOIN LATERAL form_of_delivery(w.payload, w.district_code) AS form (form)
    WHERE w.id = ANY (held_ids) AND w.state = 'waiting'
        AND NOT EXISTS (SELECT FROM case_file AS c WHERE c.held_id = w.id);
    INSERT INTO case_step (case_id, action)
    SELECT c.id, 'submit' FROM case_file AS c WHERE c.held_id = ANY (held_ids) AND c.state = 'draft' ORDER BY c.id;
END
$$;

CREATE OR REPLACE FUNCTION queue_what_is_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM queue_held(ARRAY(SELECT n.id FROM new_held AS n));
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER held_queued AFTER INSERT ON held_household
REFERENCING NEW TABLE AS new_held FOR EACH STATEMENT EXECUTE FUNCTION queue_what_is_held();

-- A held household that a later delivery says anew has its case say it anew; one that a delivery settles has its closed.
CREATE OR REPLACE FUNCTION follow_what_is_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    UPDATE case_file AS c
    SET draft = form_of_delivery(n.payload, n.district_code), head_name = head_of_delivery(n.payload),
        district_code = n.district_code, version = c.version + 1, updated_at = now()
    FROM new_held AS n JOIN old_held AS o ON o.id = n.id
    WHERE c.held_id = n.id AND c.state = 'received' AND n.state = 'waiting' AND n.payload <> o.payload;

    UPDATE case_file AS c SET household_id = h.id
    FROM new_held AS n
    JOIN old_held AS o ON o.id = n.id AND o.state = 'waiting' AND n.state = 'accepted'
    JOIN household AS h ON h.file_no = n.household_no
    WHERE c.held_id = n.id AND c.household_id IS NULL
        AND EXISTS (SELECT FROM case_transition AS t WHERE t.action = 'settle' AND t.from_state = c.state);

    INSERT INTO case_step (case_id, action)
    SELECT c.id, 'settle'
    FROM new_held AS n
    JOIN old_held AS o ON o.id = n.id AND o.state = 'waiting' AND n.state = 'accepted'
    JOIN case_file AS c ON c.held_id = n.id
    JOIN case_transition AS t ON t.action = 'settle' AND t.from_state = c.state;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER held_followed AFTER UPDATE ON held_household
REFERENCING NEW TABLE AS new_held OLD TABLE AS old_held FOR EACH STATEMENT EXECUTE FUNCTION follow_what_is_held();

-- A case that closes settles what was held.
CREATE OR REPLACE FUNCTION settle_what_is_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    UPDATE held_household AS w SET state = CASE NEW.state WHEN 'active' THEN 'accepted' ELSE 'refused' END
    WHERE w.id = NEW.held_id AND w.state = 'waiting';
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER case_settles_held AFTER UPDATE OF state ON case_file
FOR EACH ROW WHEN (NEW.held_id IS NOT NULL AND NEW.state IN ('active', 'rejected', 'exited', 'withdrawn'))
EXECUTE FUNCTION settle_what_is_held();

DO $$
BEGIN
    IF EXISTS (SELECT FROM held_household AS w WHERE w.state = 'waiting') THEN
        PERFORM queue_held(ARRAY(SELECT w.id FROM held_household AS w WHERE w.state = 'waiting'));
    END IF;
END
$$;

REVOKE ALL ON FUNCTION district_of_file(text), name_of_user(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION district_of_file(text), name_of_user(bigint) TO app_web;
REVOKE ALL ON FUNCTION queue_held(bigint[]) FROM PUBLIC;
