-- Conditions on households, as data: {"pada", "medan", "op", "nilai"}, {"atau": [...]}, {"ahli": [...], "sekurang": n}, in
-- a list of which all must hold, or that list as "syarat" beside a "poligon". They are put into one statement out of the
-- fixed pieces below. What somebody wrote never becomes part of the statement: it stands in its first parameter and is
-- read from there by a path of counted numbers. A value that is not known is NULL, and so meets nothing.

-- How a field is looked up: what its values are read as, and where it stands; h is the household, %1$s a person.
CREATE OR REPLACE FUNCTION condition_field(name text) RETURNS TABLE (kind text, of_person boolean, source text)
LANGUAGE sql IMMUTABLE
AS $$
    SELECT f.kind, f.of_person, f.source
    FROM (VALUES
        ('umur', 'age', true, '%1$s.birth_date'), ('jantina', 'sex', true, '%1$s.sex'),
        ('taraf_kahwin', 'text', true, '%1$s.marital_status'), ('warganegara', 'yes_no', true, '%1$s.citizen'),
        ('etnik', 'text', true, '%1$s.ethnicity'), ('agama', 'text', true, '%1$s.religion'),
        ('bil_ahli', 'number', false, 'h.member_count'),
        ('negeri', 'text', false, 'h.state_code'), ('daerah', 'text', false, 'h.district_code'),
        ('mukim', 'text', false, 'h.mukim_code'), ('strata', 'strata', false, 'h.strata'),
        ('parlimen', 'text', false, 'h.parliament_code'), ('dun', 'text', false, 'h.dun_code'),
        ('kawasan', 'several', false, 'nullif(h.catchment_codes, ''{}'')'),
        ('kaedah_titik', 'text', false, 'CASE WHEN h.geom_method IN (''given'', ''swapped'') THEN ''dibekalkan''
                                              WHEN h.geom_method = ''manual'' THEN ''pegawai'' ELSE ''alamat'' END'),
        ('jenis_kediaman', 'text', false, 'h.dwelling_type'), ('pemilikan', 'text', false, 'h.tenure'),
        ('keadaan_rumah', 'text', false, 'h.dwelling_condition'), ('bil_bilik', 'number', false, 'h.room_count'),
        ('tandas', 'text', false, 'h.toilet'), ('bekalan_air', 'text', false, 'h.water_supply'),
        ('bekalan_elektrik', 'yes_no', false, 'h.electricity'),
        ('kutipan_sampah', 'yes_no', false, 'h.rubbish_collection'),
        ('tahap_pendidikan', 'text', true, '%1$s.education_level'), ('bersekolah', 'yes_no', true, '%1$s.in_school'),
        ('kemahiran', 'text', true, '%1$s.skill'), ('status_pekerjaan', 'text', true, '%1$s.employment_status'),
        ('kenderaan', 'text', false, 'h.vehicle'), ('tanah_ekar', 'number', false, 'h.land_acres'),
        ('oku', 'text', true, '%1$s.disability'), ('penyakit_kronik', 'text', true, '%1$s.chronic_illness'),
        ('status', 'text', false, 'h.status'), ('pendapatan_isirumah', 'number', false, 'h.income_rm'),
        -- exact: 287.9975 a head is below 288, though the record shows 288.00
        ('pendapatan_perkapita', 'number', false, '(h.income_rm / h.member_count)'),
        ('bantuan_berjalan', 'aid', false, ''), ('bantuan_pernah', 'aid', false, '')) AS f (name, kind, of_person, source)
    WHERE f.name = condition_field.name
$$;

-- The values of a condition as the register has them: one value is a list of one.
CREATE OR REPLACE FUNCTION condition_texts(given jsonb, kind text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT coalesce(array_agg(CASE kind WHEN 'sex' THEN read_sex(g.value) WHEN 'strata' THEN read_strata(g.value)
                                        WHEN 'yes_no' THEN read_yes_no(g.value)::text ELSE g.value END), '{}')
    FROM jsonb_array_elements_text(CASE jsonb_typeof(given) WHEN 'array' THEN given
                                                            ELSE jsonb_build_array(given) END) AS g (value)
$$;

CREATE OR REPLACE FUNCTION condition_numbers(given jsonb) RETURNS numeric[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT condition_texts(given, 'number')::numeric[] $$;

-- The last birthday, or the day after it, on which somebody has completed these years by a day.
CREATE OR REPLACE FUNCTION born_by(day date, years numeric) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT (day - make_interval(years => least(greatest(years, -200), 1000)::integer))::date $$;

-- Completed years on a day; not known before birth.
CREATE OR REPLACE FUNCTION years_old(born date, day date) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN born <= day THEN extract(year FROM age(day::timestamp, born::timestamp))::integer END $$;

-- The piece of a statement for one comparison; given is the piece that reads its value.
CREATE OR REPLACE FUNCTION comparison_sql(kind text, source text, op text, given text, day text) RETURNS text
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
    numbers text := format('condition_numbers(%s)', given);
    least_age text := format('%s <= born_by(%s, %%s)', source, day);
    most_age text := format('(%1$s > born_by(%2$s, %%s) AND %1$s <= %2$s)', source, day);
    alike text := CASE WHEN kind = 'several' THEN '%s && %s' WHEN op = 'bukan_dalam' THEN '%s <> ALL (%s)'
                       ELSE '%s = ANY (%s)' END;
BEGIN
    IF op = 'kosong' THEN
        RETURN format('((%s IS NULL) = (condition_texts(%s, ''yes_no''))[1]::boolean)',
                      CASE kind WHEN 'age' THEN format('years_old(%s, %s)', source, day) ELSE source END, given);
    ELSIF op IN ('dalam', 'bukan_dalam', '=') THEN
        RETURN CASE WHEN kind = 'several' AND op = 'bukan_dalam' THEN 'NOT ' ELSE '' END || '(' || CASE kind
            WHEN 'age' THEN format(alike, format('years_old(%s, %s)', source, day), numbers)
            WHEN 'number' THEN format(alike, source, numbers)
            WHEN 'yes_no' THEN format(alike, source, format('condition_texts(%s, ''yes_no'')::boolean[]', given))
            ELSE format(alike, source, format('condition_texts(%s, %L)', given, kind)) END || ')';
    ELSIF kind = 'age' THEN
        RETURN CASE op
            WHEN '>=' THEN format(least_age, format('ceil((%s)[1])', numbers))
            WHEN '>' THEN format(least_age, format('floor((%s)[1]) + 1', numbers))
            WHEN '<=' THEN format(most_age, format('floor((%s)[1]) + 1', numbers))
            WHEN '<' THEN format(most_age, format('ceil((%s)[1])', numbers))
            WHEN 'antara' THEN format(least_age, format('ceil((%s)[1])', numbers)) || ' AND '
                               || format(most_age, format('floor((%s)[2]) + 1', numbers)) END;
    ELSIF kind = 'number' AND op = 'antara' THEN
        RETURN format('%1$s BETWEEN (%2$s)[1] AND (%2$s)[2]', source, numbers);
    ELSIF kind = 'number' AND op IN ('<', '<=', '>', '>=') THEN
        RETURN format('%s %s (%s)[1]', source, op, numbers);
    END IF;
    RETURN NULL;
END
$$;

-- Whether the household has aid for a need that nobody took back: ever, or whose period holds a day.
CREATE OR REPLACE FUNCTION aid_sql(field text, op text, given text, day text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE WHEN op IN ('ada', 'tiada') THEN
        CASE op WHEN 'tiada' THEN 'NOT ' ELSE '' END
        || format('EXISTS (SELECT FROM aid_line AS l WHERE l.household_id = h.id AND l.need_code = %s ->> ''keperluan''', given)
        || CASE field WHEN 'bantuan_berjalan'
                      THEN format(' AND l.period @> coalesce((%s ->> ''tarikh'')::date, %s)', given, day) ELSE '' END
        || ' AND NOT EXISTS (SELECT FROM aid_reversal AS v WHERE v.line_id = l.id))' END
$$;

-- The piece for one condition, which stands at a path of the first parameter. The day $2 is one for all of a statement:
-- then members are found at once for all households, and nobody is aided; any other is that of a row of aid, with a person.
CREATE OR REPLACE FUNCTION condition_sql(asked jsonb, path text, person text, day text) RETURNS text
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
    field record;
    who text := asked ->> 'pada';
    inner_sql text;
    found text;
BEGIN
    IF asked ? 'atau' THEN
        SELECT '(' || string_agg(condition_sql(o.value, format('%s,atau,%s', path, o.no - 1), person, day), ' OR ') || ')'
        INTO found
        FROM jsonb_array_elements(asked -> 'atau') WITH ORDINALITY AS o (value, no);
    ELSIF asked ? 'ahli' AND person <> 'p' THEN
        SELECT string_agg(condition_sql(o.value, format('%s,ahli,%s', path, o.no - 1), 'p', day), ' AND ') INTO inner_sql
        FROM jsonb_array_elements(asked -> 'ahli') WITH ORDINALITY AS o (value, no);
        found := members_sql(inner_sql, format('(($1 #>> ''{%s,sekurang}'')::integer)', path), day,
                             coalesce(asked -> 'sekurang', '1') = '1');
    ELSIF who = 'ahli' AND person <> 'p' THEN
        found := members_sql(condition_sql(asked, path, 'p', day), '', day, true);
    ELSE
        SELECT * INTO field FROM condition_field(asked ->> 'medan');
        IF field.kind IS NULL OR who IS NULL OR who NOT IN ('isirumah', 'kir', 'penerima', 'ahli')
            OR field.of_person = (who = 'isirumah') OR (who = 'ahli') <> (person = 'p')
            OR who = 'penerima' AND day = '$2' THEN
            found := NULL;
        ELSIF field.kind = 'aid' THEN
            found := aid_sql(asked ->> 'medan', asked ->> 'op', format('($1 #> ''{%s,nilai}'')', path), day);
        ELSE
            found := comparison_sql(field.kind,
                format(field.source, CASE who WHEN 'kir' THEN 'kir' WHEN 'penerima' THEN 'penerima' ELSE 'p' END),
                asked ->> 'op', format('($1 #> ''{%s,nilai}'')', path), day);
        END IF;
    END IF;
    IF found IS NULL THEN
        RAISE EXCEPTION 'condition_unknown' USING ERRCODE = 'EK106';
    END IF;
    RETURN found;
END
$$;

-- The piece that asks for members, at least one or as many as counted says, who meet all of the inner piece. Where they
-- are found for all households at once, $3 may name the districts that alone are asked about.
CREATE OR REPLACE FUNCTION members_sql(inner_sql text, counted text, day text, one boolean) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE
        WHEN day = '$2' THEN format('h.id IN (SELECT p.household_id FROM person AS p
            WHERE ($3 IS NULL OR p.district_code = ANY ($3)) AND %s%s)', inner_sql,
            CASE WHEN one THEN '' ELSE ' GROUP BY p.household_id HAVING count(*) >= ' || counted END)
        WHEN one THEN format('EXISTS (SELECT FROM person AS p WHERE p.household_id = h.id AND %s)', inner_sql)
        ELSE format('(SELECT count(*) FROM person AS p WHERE p.household_id = h.id AND %s) >= %s', inner_sql, counted)
    END
$$;

-- The piece that asks whether the household's point lies in the polygon.
CREATE OR REPLACE FUNCTION inside_sql() RETURNS text LANGUAGE sql IMMUTABLE
AS $$ SELECT 'ST_Intersects(ST_SetSRID(ST_GeomFromGeoJSON($1 -> ''poligon''), 4326), h.geom)' $$;

-- All conditions of a list, with the polygon, as what follows WHERE; true where there are none.
CREATE OR REPLACE FUNCTION conditions_sql(asked jsonb, day text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT concat_ws(' AND ', 'true',
        (SELECT string_agg(condition_sql(c.value, 'syarat,' || (c.no - 1), '', day), ' AND ' ORDER BY c.no)
         FROM jsonb_array_elements(asked -> 'syarat') WITH ORDINALITY AS c (value, no)),
        CASE WHEN asked ? 'poligon' THEN inside_sql() END)
$$;

-- A list of conditions alone, put as what may have a polygon beside it.
CREATE OR REPLACE FUNCTION conditions_whole(asked jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$ SELECT CASE jsonb_typeof(asked) WHEN 'array' THEN jsonb_build_object('syarat', asked) ELSE asked END $$;

-- The join of the head, where a condition asks about the head.
CREATE OR REPLACE FUNCTION heads_sql(pieces text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE WHEN pieces LIKE '%kir.%' THEN 'LEFT JOIN person AS kir ON kir.household_id = h.id AND kir.is_head'
                ELSE '' END
$$;

-- The statement about registered households that meet conditions: $1 these, $2 the day, $3 the districts, if not all.
CREATE OR REPLACE FUNCTION households_sql(asked jsonb, columns text, day text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT format('SELECT %s FROM household AS h %s
                   WHERE h.exited_on IS NULL AND ($3 IS NULL OR h.district_code = ANY ($3)) AND %s',
                  columns, heads_sql(p.pieces), p.pieces)
    FROM (SELECT conditions_sql(asked, day) AS pieces) AS p
$$;

-- The registered households that meet conditions on a day; of some districts where they are named.
CREATE OR REPLACE FUNCTION households_meeting(asked jsonb, on_day date, within text[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    RETURN QUERY EXECUTE households_sql(conditions_whole(asked), 'h.id', '$2') USING conditions_whole(asked), on_day, within;
END
$$;

-- Of rows of aid (whom, who of them, on what day) those that are outside conditions, by their number in the lists.
CREATE OR REPLACE FUNCTION rows_outside(asked jsonb, households bigint[], persons bigint[], days date[])
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    pieces text := conditions_sql(conditions_whole(asked), 'x.day');
BEGIN
    RETURN QUERY EXECUTE format('
        SELECT x.no FROM unnest($2, $3, $4) WITH ORDINALITY AS x (household_id, person_id, day, no)
        JOIN household AS h ON h.id = x.household_id
        LEFT JOIN person AS penerima ON penerima.id = x.person_id %s
        WHERE (%s) IS NOT TRUE', heads_sql(pieces), pieces)
        USING conditions_whole(asked), households, persons, days;
END
$$;

-- The conditions that are told of one by one, with where each stands: counted from 1, and as a path of the parameter. Of
-- those under "atau" each alternative is one; members who meet a list are one.
CREATE OR REPLACE FUNCTION condition_leaves(asked jsonb) RETURNS TABLE (path integer[], place text, leaf jsonb)
LANGUAGE sql IMMUTABLE
AS $$
    WITH RECURSIVE found AS (
        SELECT ARRAY[c.no::integer] AS path, 'syarat,' || (c.no - 1) AS place, c.value AS leaf
        FROM jsonb_array_elements(asked -> 'syarat') WITH ORDINALITY AS c (value, no)
        UNION ALL
        SELECT f.path || o.no::integer, f.place || ',atau,' || (o.no - 1), o.value
        FROM found AS f CROSS JOIN LATERAL jsonb_array_elements(f.leaf -> 'atau') WITH ORDINALITY AS o (value, no)
    )
    SELECT f.path, f.place, f.leaf FROM found AS f WHERE NOT f.leaf ? 'atau'
$$;

-- The piece that reads what the record says where a condition asks; of members how many meet the list.
CREATE OR REPLACE FUNCTION own_value_sql(asked jsonb, path text, day text) RETURNS text
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
    field record;
    inner_sql text;
BEGIN
    IF asked ? 'ahli' THEN
        SELECT string_agg(condition_sql(o.value, format('%s,ahli,%s', path, o.no - 1), 'p', day), ' AND ') INTO inner_sql
        FROM jsonb_array_elements(asked -> 'ahli') WITH ORDINALITY AS o (value, no);
        RETURN format('(SELECT count(*) FROM person AS p WHERE p.household_id = h.id AND %s)', inner_sql);
    END IF;
    SELECT * INTO field FROM condition_field(asked ->> 'medan');
    field.source := format(field.source, asked ->> 'pada');
    RETURN CASE WHEN field.kind = 'aid' OR asked ->> 'pada' NOT IN ('isirumah', 'kir', 'penerima') THEN 'NULL::text'
                WHEN field.kind = 'age' THEN format('years_old(%s, %s)', field.source, day)
                WHEN asked ->> 'medan' = 'pendapatan_perkapita' THEN 'h.per_capita_rm'
                ELSE field.source END;
END
$$;

-- What becomes of each condition for one household, with the record's own value; the polygon stands at 0.
CREATE OR REPLACE FUNCTION conditions_verdict(asked jsonb, household bigint, person bigint, on_day date)
RETURNS TABLE (path integer[], holds boolean, own jsonb)
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    whole jsonb := conditions_whole(asked);
    pieces text;
BEGIN
    SELECT string_agg(format('SELECT %L::integer[], (%s) IS TRUE, to_jsonb(%s)', l.path::text,
                             condition_sql(l.leaf, l.place, '', '$4'), own_value_sql(l.leaf, l.place, '$4')), ' UNION ALL ')
    INTO pieces FROM condition_leaves(whole) AS l;
    IF whole ? 'poligon' THEN
        pieces := concat_ws(' UNION ALL ', pieces, format('SELECT ''{0}''::integer[], %s, NULL::jsonb', inside_sql()));
    END IF;
    IF pieces IS NOT NULL THEN
        RETURN QUERY EXECUTE format('
            SELECT judged.* FROM household AS h
            LEFT JOIN person AS kir ON kir.household_id = h.id AND kir.is_head
            LEFT JOIN person AS penerima ON penerima.id = $3
            CROSS JOIN LATERAL (%s) AS judged (path, holds, own)
            WHERE h.id = $2 ORDER BY judged.path', pieces) USING whole, household, person, on_day;
    END IF;
END
$$;

REVOKE ALL ON FUNCTION households_meeting(jsonb, date, text[]),
    rows_outside(jsonb, bigint[], bigint[], date[]), conditions_verdict(jsonb, bigint, bigint, date) FROM PUBLIC;
-- they read what who asks may see, and nothing else
GRANT EXECUTE ON FUNCTION rows_outside(jsonb, bigint[], bigint[], date[]), conditions_verdict(jsonb, bigint, bigint, date)
    TO app_web;
