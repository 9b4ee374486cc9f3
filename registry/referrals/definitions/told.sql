-- What the receiver of a referral learns of the household that it is about: the components that were handed over by name, as
-- the record has them now, and nothing else, until 30 days after it was closed. Of a protected place not where it is.

-- Whether who is acting reads the household's own record.
CREATE OR REPLACE FUNCTION reads_household(asked_household bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM household AS h
                   WHERE h.id = asked_household AND sees_persons() AND in_reach(h.district_code, h.catchment_codes))
$$;

-- Whether where a household lives is kept from who is acting: what is protected is told to who reads the record of no agency.
CREATE OR REPLACE FUNCTION referred_place_hidden(asked_household bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT place_hidden(asked_household)
        OR NOT reads_household(asked_household)
            AND EXISTS (SELECT FROM protected_place AS p WHERE p.household_id = asked_household)
$$;

-- The household of a referral for who reads its record anyway: where to look at it, and its name for lists.
CREATE OR REPLACE FUNCTION referral_household(asked_number text) RETURNS TABLE (household_id bigint, file_no text, head_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT h.id, h.file_no, h.head_name
    FROM referral AS r JOIN household AS h ON h.id = r.household_id
    WHERE r.number = asked_number AND referral_sides(r) <> '{}' AND reads_household(h.id)
$$;

-- What a list calls what a referral is about: the name of the household or of the project where who is acting may know it, which for
-- the receiver is where it was handed over.
CREATE OR REPLACE FUNCTION referral_name(asked_number text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE
        WHEN 'penerima' = ANY (s.own) AND r.components && '{pengenalan,projek}' THEN coalesce(h.head_name, p.title)
        WHEN reads_household(h.id) THEN h.head_name
        WHEN reads_project(p) THEN p.title END
    FROM referral AS r
    CROSS JOIN LATERAL (SELECT referral_sides(r) AS own) AS s
    LEFT JOIN household AS h ON h.id = r.household_id
    LEFT JOIN project AS p ON p.id = r.project_id
    WHERE r.number = asked_number AND s.own <> '{}'
$$;

-- The referral itself where its record may be told to who is acting: to the receiver, and to a sender who still reads it.
CREATE OR REPLACE FUNCTION told_referral(asked_number text) RETURNS SETOF referral
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT r.* FROM referral AS r
    WHERE r.number = asked_number AND r.household_id IS NOT NULL
        AND ('penerima' = ANY (referral_sides(r)) OR 'pengirim' = ANY (referral_sides(r)) AND reads_household(r.household_id))
$$;

-- The fields of the components that were handed over. Faith and ethnicity never go along; an identity number goes masked.
CREATE OR REPLACE FUNCTION referral_record(asked_number text)
RETURNS TABLE (component text, field text, kind text, member_no smallint, relationship text, value jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own referral;
    home household;
    hidden boolean;
    told record;
BEGIN
    SELECT * INTO own FROM told_referral(asked_number);
    SELECT * INTO home FROM household AS h WHERE h.id = own.household_id;
    IF home.id IS NULL THEN
        RETURN;
    END IF;
    hidden := referred_place_hidden(home.id);
    RETURN QUERY
        SELECT f.component, f.field, 'text', NULL::smallint, NULL::text, to_jsonb(f.value)
        FROM (VALUES
            ('pengenalan', 'no_fail', home.file_no), ('pengenalan', 'nama', home.head_name),
            ('pengenalan', 'no_kp', (SELECT '******-**-' || right(p.id_no, 4) FROM person AS p
                                     WHERE p.household_id = home.id AND p.is_head AND p.id_no IS NOT NULL)),
            ('hubungan', 'alamat', concat_ws(', ', nullif(home.address, ''), nullif(home.village, ''), nullif(home.postcode, ''),
                                             nullif(home.town, ''))),
            ('hubungan', 'telefon', home.phone),
            ('hubungan', 'titik', ST_Y(home.geom) || ', ' || ST_X(home.geom))) AS f (component, field, value)
        WHERE f.component = ANY (own.components) AND (f.component <> 'hubungan' OR NOT hidden);
    FOR told IN
        SELECT f.component, f.field, c.kind, c.of_person,
            CASE c.kind WHEN 'age' THEN format('years_old(%s, current_date)', c.source) ELSE c.source END AS source
        FROM record_fields() AS f CROSS JOIN LATERAL condition_field(f.field) AS c
        WHERE f.component = ANY (own.components) AND (NOT f.sensitive OR f.component = 'kesihatan')
            AND (f.component <> 'lokasi' OR NOT hidden)
        ORDER BY f.no
    LOOP
        IF told.of_person THEN
            RETURN QUERY EXECUTE format('
                SELECT $1, $2, $3, m.member_no, CASE WHEN m.is_head THEN ''KIR'' ELSE m.relationship END, to_jsonb(%s)
                FROM person AS m WHERE m.household_id = $4 ORDER BY m.member_no', format(told.source, 'm'))
            USING told.component, told.field, told.kind, home.id;
        ELSE
            RETURN QUERY EXECUTE format('
                SELECT $1, $2, $3, NULL::smallint, NULL::text, to_jsonb(%s) FROM household AS h WHERE h.id = $4', told.source)
            USING told.component, told.field, told.kind, home.id;
        END IF;
    END LOOP;
END
$$;

-- Which needs of the household are met from when until when and by which agency, where aid was handed over: no amounts.
CREATE OR REPLACE FUNCTION referral_needs(asked_number text)
RETURNS TABLE (need_ms text, need_en text, agency_ms text, agency_en text, begins date, ends date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT n.name_ms, n.name_en, CASE WHEN t.by_whom THEN g.name_ms END, CASE WHEN t.by_whom THEN g.name_en END,
        lower(c.period), CASE WHEN NOT upper_inf(c.period) THEN upper(c.period) - 1 END
    FROM told_referral(asked_number) AS r
    JOIN aid_claim AS c ON c.household_id = r.household_id
    JOIN aid_need AS n ON n.code = c.need_code
    JOIN agency AS g ON g.id = c.agency_id
    CROSS JOIN LATERAL (SELECT NOT referred_place_hidden(r.household_id) AS by_whom) AS t
    WHERE 'bantuan' = ANY (r.components) AND c.ended_at IS NULL AND (upper_inf(c.period) OR upper(c.period) > current_date)
    ORDER BY n.code, lower(c.period), c.id LIMIT 100
$$;

-- The referrals of a household of which who is acting is a side, the latest first.
CREATE OR REPLACE FUNCTION referrals_of_household(asked_household bigint)
RETURNS TABLE (number text, state text, to_party text, sent_on date, due_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT r.number, r.state, r.to_party, r.sent_on, r.due_on FROM referral AS r
    WHERE r.household_id = asked_household AND reads_household(asked_household) AND referral_sides(r) <> '{}'
    ORDER BY r.id DESC LIMIT 50
$$;

-- What the receiver is still told of a referral that ended long ago: number, state and days.
CREATE OR REPLACE FUNCTION ended_referral(asked_number text) RETURNS TABLE (number text, state text, sent_on date, closed_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT r.number, r.state, r.sent_on, r.closed_on FROM referral AS r
    WHERE r.number = asked_number AND r.to_party = ANY (referral_parties()) AND NOT referral_is_told(r.closed_on)
$$;

REVOKE ALL ON FUNCTION reads_household(bigint), referred_place_hidden(bigint), referral_household(text), referral_name(text),
    told_referral(text), referral_record(text), referral_needs(text), referrals_of_household(bigint), ended_referral(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referral_household(text), referral_name(text), referral_record(text), referral_needs(text),
    referrals_of_household(bigint), ended_referral(text) TO app_web;
