-- The register as bits, so that a count of the whole country reads some megabytes: of every 8192 households in the order of
-- their numbers one string of bits for each value that occurs (decision 61). Bits are made anew in blocks; what changed
-- since is noted in the same transaction and counted from the records, so that a count equals a recount at every moment.
-- Keys: 'field=value' has it; 'field?' has any; 'field#07' has this digit of a number or day in base two; 'ahli?' is somebody.
-- Slot -1 is the household, 0 its head, from 1 on the other members.

-- What number, day or list a field is kept as: of numbers twice the whole sen, one more where a part of one is over.
CREATE OR REPLACE FUNCTION bits_source(kind text, source text, person text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT format(CASE kind WHEN 'age' THEN '(%1$s - date ''1800-01-01'')'
                            WHEN 'number' THEN '(2 * floor(%1$s * 100) + (%1$s * 100 <> floor(%1$s * 100))::integer)'
                            WHEN 'several' THEN 'array_to_string(%1$s, ''|'')'
                            ELSE '(%1$s)::text' END, format(source, person))
$$;

-- The statement that reads the values of households, or of persons, of one block: where each stands, and its fields.
CREATE OR REPLACE FUNCTION bits_values_sql(of_persons boolean, fields text[], block integer) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE WHEN of_persons THEN format('SELECT h.id & 8191 AS place,
            CASE WHEN p.is_head THEN 0
                 ELSE row_number() OVER (PARTITION BY h.id, p.is_head ORDER BY p.member_no, p.id) END AS slot, %s
        FROM ekasih.household AS h JOIN ekasih.person AS p ON p.household_id = h.id', columns)
        ELSE format('SELECT h.id & 8191 AS place, -1 AS slot, %s FROM ekasih.household AS h', columns) END
        || format(' WHERE h.exited_on IS NULL AND h.id >= %s AND h.id < %s', block * 8192::bigint, (block + 1) * 8192::bigint)
    FROM (SELECT string_agg(format('%s AS %I', bits_source(k.kind, k.source, 'p'), f.name), ', ' ORDER BY f.no) AS columns
          FROM unnest(fields) WITH ORDINALITY AS f (name, no) CROSS JOIN LATERAL condition_field(f.name) AS k) AS c
$$;

-- Notes that bits of households are no longer right: one by one, or as a whole block where very many changed at once. Rows
-- are only added, so that nobody waits for another.
CREATE OR REPLACE FUNCTION note_stale_bits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    of_rows text := CASE TG_TABLE_NAME WHEN 'person' THEN 'household_id' ELSE 'id' END;
BEGIN
    EXECUTE format('
        WITH changed AS MATERIALIZED (%s), whole AS MATERIALIZED (
            SELECT c.id >> 13 AS block FROM changed AS c GROUP BY 1 HAVING count(*) > 1024
        )
        INSERT INTO target_stale (block, household_id)
        SELECT w.block, NULL FROM whole AS w
        UNION ALL
        SELECT DISTINCT c.id >> 13, c.id FROM changed AS c WHERE c.id >> 13 NOT IN (SELECT w.block FROM whole AS w)',
        CASE TG_OP WHEN 'INSERT' THEN format('SELECT n.%s AS id FROM new_rows AS n', of_rows)
                   WHEN 'DELETE' THEN format('SELECT o.%s AS id FROM old_rows AS o', of_rows)
                   ELSE format('SELECT n.%1$s AS id FROM new_rows AS n UNION ALL
                                SELECT o.%1$s FROM old_rows AS o', of_rows) END);
    RETURN NULL;
END
$$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['household', 'person']
    LOOP
        EXECUTE format('
            CREATE TRIGGER bits_of_inserted AFTER INSERT ON %1$I
                REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_stale_bits();
            CREATE TRIGGER bits_of_deleted AFTER DELETE ON %1$I
                REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_stale_bits();
            CREATE TRIGGER bits_of_updated AFTER UPDATE ON %1$I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION note_stale_bits();
            -- an import stores with its references unchecked, which passes over every trigger that does not say so
            ALTER TABLE %1$I ENABLE ALWAYS TRIGGER bits_of_inserted;
            ALTER TABLE %1$I ENABLE ALWAYS TRIGGER bits_of_deleted;
            ALTER TABLE %1$I ENABLE ALWAYS TRIGGER bits_of_updated', name);
    END LOOP;
END
$$;
