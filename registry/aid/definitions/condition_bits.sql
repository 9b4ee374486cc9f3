-- Conditions read into bits, as they are read into comparisons of records (conditions.sql). What somebody wrote never becomes
-- part of the statement here either: keys are a parameter of it.

CREATE OR REPLACE FUNCTION no_bits() RETURNS bit varying LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT 0::bit(8192)::bit varying $$;

-- A list of households as the bits of a block.
CREATE OR REPLACE FUNCTION bits_of_sql(households text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT format('SELECT (w.word >> 8)::integer AS block,
            bit_or(w.bits::bit(32)::bit(8192) >> ((w.word & 255) * 32)::integer)::bit varying AS bits
        FROM (SELECT s.id >> 5 AS word, bit_or(1 << (31 - (s.id & 31)::integer)) AS bits FROM (%s) AS s (id) GROUP BY 1) AS w
        GROUP BY 1', households)
$$;

-- Who of a block has at least so many members among those of these slots.
CREATE OR REPLACE FUNCTION at_least_members(slots bit varying[], low integer) RETURNS bit varying
LANGUAGE plpgsql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    counted bit varying[] := array_fill(no_bits(), ARRAY[low]);
    one bit varying;
BEGIN
    FOREACH one IN ARRAY slots
    LOOP
        FOR n IN REVERSE low..2
        LOOP
            counted[n] := counted[n] | (counted[n - 1] & one);
        END LOOP;
        counted[1] := counted[1] | one;
    END LOOP;
    RETURN counted[low];
END
$$;

-- What is put together while conditions are read: "sql" is the piece just made; "columns" are the keys whose bits it names,
-- each of a scope (h, k, m0, m1, …); "members" and "sets" are statements of their own; "plain": it cannot be read from bits.
-- The bits of all who have one of these keys.
CREATE OR REPLACE FUNCTION bits_column(state jsonb, scope text, keys text[]) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    asked jsonb := jsonb_build_object('scope', scope, 'keys', to_jsonb(keys));
    no bigint := (SELECT c.no FROM jsonb_array_elements(state -> 'columns') WITH ORDINALITY AS c (value, no)
                  WHERE c.value = asked);
BEGIN
    IF no IS NULL THEN
        state := jsonb_set(state, '{columns}', state -> 'columns' || asked);
        no := jsonb_array_length(state -> 'columns');
    END IF;
    RETURN state || jsonb_build_object('sql', format('%s.b%s', left(scope, 1), no));
END
$$;

-- The bits of all whose number is at least this one.
CREATE OR REPLACE FUNCTION bits_from(state jsonb, scope text, field text, bound numeric) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    top integer := (state -> 'tops' ->> field)::integer;
    whole bigint;
    piece text;
BEGIN
    IF bound IS NULL OR bound > 0 AND (top IS NULL OR bound >= 2::numeric ^ (top + 1)) THEN
        RETURN state || '{"sql": "no_bits()"}';
    ELSIF bound <= 0 THEN
        RETURN bits_column(state, scope, ARRAY[field || '?']);
    END IF;
    whole := bound::bigint;
    FOR digit IN 0..top
    LOOP
        IF (whole >> digit) & 1 = 1 THEN
            state := bits_column(state, scope, ARRAY[field || '#' || to_char(digit, 'FM00')]);
            piece := CASE WHEN piece IS NULL THEN state ->> 'sql' ELSE format('(%s & %s)', state ->> 'sql', piece) END;
        ELSIF piece IS NOT NULL THEN
            state := bits_column(state, scope, ARRAY[field || '#' || to_char(digit, 'FM00')]);
            piece := format('(%s | %s)', state ->> 'sql', piece);
        END IF;
    END LOOP;
    RETURN state || jsonb_build_object('sql', piece);
END
$$;

-- The bits of all whose number is at least the first and at most the second; NULL is without an end.
CREATE OR REPLACE FUNCTION bits_between(state jsonb, scope text, field text, low numeric, high numeric) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    piece text;
BEGIN
    state := bits_from(state, scope, field, coalesce(low, 0));
    piece := state ->> 'sql';
    IF high IS NULL THEN
        RETURN state;
    END IF;
    state := bits_from(state, scope, field, high + 1);
    RETURN state || jsonb_build_object('sql', format('(%s & (~ %s))', piece, state ->> 'sql'));
END
$$;

-- The bits of all who are in one of several such ranges.
CREATE OR REPLACE FUNCTION bits_ranges(state jsonb, scope text, field text, low numeric[], high numeric[]) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    pieces text[] := '{}';
BEGIN
    FOR n IN 1..cardinality(low)
    LOOP
        state := bits_between(state, scope, field, low[n], high[n]);
        pieces := pieces || (state ->> 'sql');
    END LOOP;
    RETURN state || jsonb_build_object('sql', '(' || array_to_string(pieces, ' | ') || ')');
END
$$;

-- A number of a condition as fields are kept, so that comparing what is kept compares the numbers.
CREATE OR REPLACE FUNCTION bits_number(given numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE
AS $$ SELECT 2 * floor(given * 100) + (given * 100 <> floor(given * 100))::integer $$;

CREATE OR REPLACE FUNCTION bits_day(given date) RETURNS numeric
LANGUAGE sql IMMUTABLE
AS $$ SELECT (given - date '1800-01-01')::numeric $$;

-- Of a comparison of numbers the range of what is kept: least, most, and whether there is one.
CREATE OR REPLACE FUNCTION bits_range(op text, given numeric[]) RETURNS TABLE (low numeric, high numeric)
LANGUAGE sql IMMUTABLE
AS $$
    SELECT r.low, r.high
    FROM (SELECT bits_number(given[1]) AS one, bits_number(given[2]) AS two) AS n
    CROSS JOIN LATERAL (VALUES ('<', 0, n.one - 1), ('<=', 0, n.one), ('>', n.one + 1, NULL), ('>=', n.one, NULL),
                               ('antara', n.one, n.two)) AS r (op, low, high)
    WHERE r.op = bits_range.op AND given[1] IS NOT NULL AND (r.op <> 'antara' OR given[2] IS NOT NULL)
$$;

-- The same of an age on a day: of birthdays, as comparison_sql() has them.
CREATE OR REPLACE FUNCTION bits_births(op text, given numeric[], day date) RETURNS TABLE (low numeric, high numeric)
LANGUAGE sql IMMUTABLE
AS $$
    SELECT r.low, r.high
    FROM (VALUES
        ('>=', 0, bits_day(born_by(day, ceil(given[1])))),
        ('>', 0, bits_day(born_by(day, floor(given[1]) + 1))),
        ('<=', bits_day(born_by(day, floor(given[1]) + 1)) + 1, bits_day(day)),
        ('<', bits_day(born_by(day, ceil(given[1]))) + 1, bits_day(day)),
        ('antara', bits_day(born_by(day, floor(given[2]) + 1)) + 1,
         least(bits_day(day), bits_day(born_by(day, ceil(given[1])))))) AS r (op, low, high)
    WHERE r.op = bits_births.op AND given[1] IS NOT NULL AND (r.op <> 'antara' OR given[2] IS NOT NULL)
$$;

-- The bits of all who have a value, or who have none.
CREATE OR REPLACE FUNCTION bits_known(state jsonb, scope text, field text, kind text, day date, empty boolean) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    piece text;
BEGIN
    state := CASE kind WHEN 'age' THEN bits_between(state, scope, field, 0, bits_day(day))
                       ELSE bits_column(state, scope, ARRAY[field || '?']) END;
    IF empty IS NULL THEN
        RETURN state || '{"sql": "no_bits()"}';
    ELSIF NOT empty THEN
        RETURN state;
    END IF;
    piece := state ->> 'sql';
    IF scope NOT IN ('h', 'k') THEN
        state := bits_column(state, scope, '{ahli?}');
        RETURN state || jsonb_build_object('sql', format('(%s & (~ %s))', state ->> 'sql', piece));
    END IF;
    RETURN state || jsonb_build_object('sql', format('(~ %s)', piece));
END
$$;

-- The bits of one comparison.
CREATE OR REPLACE FUNCTION bits_comparison(state jsonb, scope text, field text, kind text, op text, given jsonb, day date)
RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    texts text[] := CASE WHEN kind NOT IN ('age', 'number') THEN condition_texts(given, kind) END;
    numbers numeric[] := CASE WHEN kind IN ('age', 'number') AND op <> 'kosong' THEN condition_numbers(given) END;
    span record;
    piece text;
BEGIN
    IF op = 'kosong' THEN
        RETURN bits_known(state, scope, field, kind, day, (condition_texts(given, 'yes_no'))[1]::boolean);
    ELSIF field = 'pendapatan_perkapita' AND EXISTS (SELECT FROM unnest(numbers) AS n WHERE n * 100 <> floor(n * 100))
        OR coalesce(cardinality(texts), cardinality(numbers)) = 0
        OR array_position(texts, NULL) IS NOT NULL OR array_position(numbers, NULL) IS NOT NULL THEN
        RETURN state || '{"plain": true, "sql": "no_bits()"}';
    ELSIF op IN ('dalam', 'bukan_dalam', '=') THEN
        state := CASE kind
            WHEN 'number' THEN bits_ranges(state, scope, field, ARRAY(SELECT bits_number(n) FROM unnest(numbers) AS n),
                                           ARRAY(SELECT bits_number(n) FROM unnest(numbers) AS n))
            WHEN 'age' THEN bits_ranges(state, scope, field,
                ARRAY(SELECT CASE WHEN n >= 0 AND n = floor(n) THEN bits_day(born_by(day, n + 1)) + 1 ELSE 1 END
                      FROM unnest(numbers) AS n),
                ARRAY(SELECT CASE WHEN n >= 0 AND n = floor(n) THEN least(bits_day(born_by(day, n)), bits_day(day)) ELSE 0 END
                      FROM unnest(numbers) AS n))
            ELSE bits_column(state, scope, ARRAY(SELECT field || '=' || t FROM unnest(texts) AS t)) END;
        IF op = 'bukan_dalam' THEN
            piece := state ->> 'sql';
            state := bits_known(state, scope, field, kind, day, false);
            state := state || jsonb_build_object('sql', format('(%s & (~ %s))', state ->> 'sql', piece));
        END IF;
        RETURN state;
    END IF;
    IF kind = 'age' THEN
        SELECT * INTO span FROM bits_births(op, numbers, day);
    ELSE
        SELECT * INTO span FROM bits_range(op, numbers);
    END IF;
    IF NOT FOUND THEN
        RETURN state || '{"sql": "no_bits()"}';
    END IF;
    RETURN bits_between(state, scope, field, span.low, span.high);
END
$$;

-- The bits of aid, or of its absence, read from the lines themselves.
CREATE OR REPLACE FUNCTION bits_aid(state jsonb, field text, op text, path text) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$
    SELECT state || jsonb_build_object(
        'sets', state -> 'sets' || to_jsonb(
            format('SELECT l.household_id FROM aid_line AS l WHERE l.need_code = ($5 #> ''{%s,nilai}'') ->> ''keperluan''', path)
            || CASE field WHEN 'bantuan_berjalan'
                    THEN format(' AND l.period @> coalesce((($5 #> ''{%s,nilai}'') ->> ''tarikh'')::date, $6)', path) ELSE '' END
            || ' AND NOT EXISTS (SELECT FROM aid_reversal AS v WHERE v.line_id = l.id)'),
        'sql', format(CASE op WHEN 'tiada' THEN '(~ coalesce(s%s.bits, no_bits()))' ELSE 'coalesce(s%s.bits, no_bits())' END,
                      jsonb_array_length(state -> 'sets')))
$$;

-- Reads one condition into bits, as condition_sql() reads it into a comparison of records.
CREATE OR REPLACE FUNCTION condition_bits(state jsonb, asked jsonb, path text, scope text, day date) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    field record;
    option record;
    pieces text[] := '{}';
    inside jsonb := CASE WHEN asked ? 'atau' THEN asked -> 'atau' ELSE asked -> 'ahli' END;
    within text := CASE WHEN asked ? 'atau' THEN 'atau' ELSE 'ahli' END;
    place text := 'm' || jsonb_array_length(state -> 'members');
BEGIN
    IF asked ? 'atau' OR asked ? 'ahli' THEN
        IF within = 'ahli' THEN  -- its place is taken before what stands in it takes one
            state := jsonb_set(state, '{members}', state -> 'members' || '[null]');
        END IF;
        FOR option IN SELECT o.value, o.no FROM jsonb_array_elements(inside) WITH ORDINALITY AS o (value, no)
        LOOP
            state := condition_bits(state, option.value, format('%s,%s,%s', path, within, option.no - 1),
                                    CASE within WHEN 'ahli' THEN place ELSE scope END, day);
            pieces := pieces || (state ->> 'sql');
        END LOOP;
        IF within = 'atau' THEN
            RETURN state || jsonb_build_object('sql', '(' || array_to_string(pieces, ' | ') || ')');
        END IF;
        RETURN bits_members(state, place, array_to_string(pieces, ' & '), coalesce((asked ->> 'sekurang')::integer, 1));
    ELSIF asked ->> 'pada' = 'ahli' AND scope = 'h' THEN
        state := jsonb_set(state, '{members}', state -> 'members' || '[null]');
        state := condition_bits(state, asked, path, place, day);
        RETURN bits_members(state, place, state ->> 'sql', 1);
    END IF;
    SELECT * INTO field FROM condition_field(asked ->> 'medan');
    IF field.kind = 'aid' THEN
        RETURN bits_aid(state, asked ->> 'medan', asked ->> 'op', path);
    END IF;
    RETURN bits_comparison(state, CASE asked ->> 'pada' WHEN 'kir' THEN 'k' ELSE scope END, asked ->> 'medan', field.kind,
                           asked ->> 'op', asked -> 'nilai', day);
END
$$;

-- Keeps what is asked of members at its place, and names its bits.
CREATE OR REPLACE FUNCTION bits_members(state jsonb, place text, piece text, low integer) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$
    SELECT jsonb_set(state, ARRAY['members', substr(place, 2)], jsonb_build_object('sql', piece, 'least', greatest(low, 1)))
        || jsonb_build_object('sql', format('coalesce(%s.bits, no_bits())', place))
$$;

-- The statement that looks up the bits of a scope: one row a block, of members one a block and slot.
CREATE OR REPLACE FUNCTION bits_lookup_sql(state jsonb, scope text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT format('SELECT b.block%1$s, %2$s FROM unnest($1) AS b (block)
            LEFT JOIN LATERAL (SELECT a.no, t.slot, t.bits FROM unnest($2, $3) AS a (no, key)
                JOIN target_bits AS t ON t.block = b.block AND t.key = a.key AND t.slot %3$s
                WHERE a.no = ANY (%4$L)) AS t ON true
            GROUP BY b.block%1$s',
        CASE WHEN scope IN ('h', 'k') THEN '' ELSE ', t.slot' END,
        string_agg(format('coalesce(bit_or(t.bits) FILTER (WHERE t.no = %s), no_bits())::bit varying AS b%1$s', c.no), ', '),
        CASE scope WHEN 'h' THEN '= -1' WHEN 'k' THEN '= 0' ELSE '>= 0' END,
        array_agg(c.no)::text)
    FROM jsonb_array_elements(state -> 'columns') WITH ORDINALITY AS c (value, no)
    WHERE c.value ->> 'scope' = scope
    HAVING count(*) > 0
$$;

-- The keys that are looked up, and of which column each is.
CREATE OR REPLACE FUNCTION bits_keys(state jsonb, OUT numbers integer[], OUT keys text[])
LANGUAGE sql IMMUTABLE
AS $$
    SELECT array_agg(c.no::integer ORDER BY c.no, k.key), array_agg(k.key ORDER BY c.no, k.key)
    FROM jsonb_array_elements(state -> 'columns') WITH ORDINALITY AS c (value, no)
    CROSS JOIN LATERAL jsonb_array_elements_text(c.value -> 'keys') AS k (key)
$$;

-- Asks of who is found also how many are hardcore poor and poor, and how many persons all are: these are added up digit by
-- digit, of which the lowest three are always 0, since the number is kept two hundredfold.
CREATE OR REPLACE FUNCTION bits_tallied(state jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    whole text := state ->> 'sql';
    tallies text[] := '{}';
    digits text[] := '{0}';
    name text;
BEGIN
    FOREACH name IN ARRAY '{tegar,miskin}'::text[]
    LOOP
        state := bits_column(state, 'h', ARRAY['status=' || name]);
        tallies := tallies || format('sum(bit_count(m.bits & %s))', state ->> 'sql');
    END LOOP;
    FOR digit IN 3..coalesce((state -> 'tops' ->> 'bil_ahli')::integer, 0)
    LOOP
        state := bits_column(state, 'h', ARRAY['bil_ahli#' || to_char(digit, 'FM00')]);
        digits := digits || format('bit_count(m.bits & %s) * %s', state ->> 'sql', 1 << digit);
    END LOOP;
    tallies := tallies || ARRAY['sum(bit_count(m.bits))', format('sum(%s) / 200', array_to_string(digits, ' + '))];
    RETURN state || jsonb_build_object('sql', whole, 'tallies', format('ARRAY[%s]::bigint[]',
                                                                          array_to_string(tallies, ', ')));
END
$$;

-- The whole statement: by district the households of the blocks $1 whose bits say so, but for those that changed, $4.
CREATE OR REPLACE FUNCTION bits_statement(state jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    tables text[] := ARRAY['changed AS MATERIALIZED (' || bits_of_sql('SELECT unnest($4)') || ')'];
    joined text := ' LEFT JOIN changed ON changed.block = d.block';
    part record;
    name text;
    source text;
BEGIN
    FOREACH name IN ARRAY ARRAY['h', 'k']
    LOOP
        source := bits_lookup_sql(state, name);
        IF source IS NOT NULL THEN
            tables := tables || format('%s AS MATERIALIZED (%s)', name, source);
            joined := joined || format(' JOIN %1$s ON %1$s.block = d.block', name);
        END IF;
    END LOOP;
    FOR part IN SELECT m.value, 'm' || (m.no - 1) AS name
                FROM jsonb_array_elements(state -> 'members') WITH ORDINALITY AS m (value, no)
    LOOP
        source := coalesce(bits_lookup_sql(state, part.name), 'SELECT NULL::integer AS block WHERE false');
        tables := tables || format('%s AS MATERIALIZED (SELECT m.block, %s AS bits FROM (%s) AS m GROUP BY m.block)', part.name,
            CASE WHEN (part.value ->> 'least')::integer = 1 THEN format('bit_or(%s)::bit varying', part.value ->> 'sql')
                 ELSE format('at_least_members(array_agg((%s)::bit varying), %s)', part.value ->> 'sql',
                             (part.value ->> 'least')::integer) END, source);
        joined := joined || format(' LEFT JOIN %1$s ON %1$s.block = d.block', part.name);
    END LOOP;
    FOR part IN SELECT s.value #>> '{}' AS households, 's' || (s.no - 1) AS name
                FROM jsonb_array_elements(state -> 'sets') WITH ORDINALITY AS s (value, no)
    LOOP
        tables := tables || format('%s AS MATERIALIZED (%s)', part.name, bits_of_sql(part.households));
        joined := joined || format(' LEFT JOIN %1$s ON %1$s.block = d.block', part.name);
    END LOOP;
    RETURN format('WITH %s
        SELECT d.code, %s
        FROM (SELECT t.block, substr(t.key, 8) AS code, t.bits::bit varying AS bits FROM target_bits AS t
              WHERE t.block = ANY ($1) AND t.key >= ''daerah='' AND t.key < ''daerah>'' AND t.slot = -1
                  AND ($7 IS NULL OR substr(t.key, 8) = ANY ($7))) AS d %s
        -- once for each, however many numbers are told of it
        CROSS JOIN LATERAL (SELECT (d.bits & (~ coalesce(changed.bits, no_bits()))) & %s AS bits OFFSET 0) AS m
        GROUP BY d.code', array_to_string(tables, ', '), coalesce(state ->> 'tallies', 'sum(bit_count(m.bits))::bigint'),
        joined, state ->> 'sql');
END
$$;
