-- Where households stand, as narrow as simulations can read it: kept block by block with the bits, so that what is noted as
-- stale for those is stale for this too, and is read from the records (decision 76).

-- State and strata as one small number: the place of their line in a list.
CREATE OR REPLACE FUNCTION standing_cell(state_code text, strata text) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT (state_code::integer * 2 + (strata = 'urban')::integer)::smallint $$;

-- The same of every registered household as its record says now. Of members who are 19 or older no birthday is needed.
CREATE OR REPLACE VIEW household_standing AS
SELECT h.id AS household_id, (h.income_rm * 100)::bigint AS income_sen, (h.gap_rm * 100)::bigint AS gap_sen,
    standing_cell(h.state_code, h.strata) AS cell,
    array_position('{tegar,miskin,mudah_miskin,terkeluar}'::text[], h.status)::smallint AS status,
    h.member_count AS members, coalesce(h.mukim_code, h.district_code || '00') COLLATE "C" AS place,
    h.district_code COLLATE "C" AS district_code,
    coalesce(i.employment_sen, 0) AS employment_sen, coalesce(i.self_employment_sen, 0) AS self_employment_sen,
    coalesce(i.property_sen, 0) AS property_sen, coalesce(i.transfers_sen, 0) AS transfers_sen,
    i.employment_earners, i.self_employment_earners, i.property_earners, i.transfers_earners,
    (SELECT array_agg(p.birth_date ORDER BY p.birth_date) FROM person AS p
     WHERE p.household_id = h.id AND p.birth_date > current_date - interval '19 years 1 day') AS births
FROM household AS h
CROSS JOIN LATERAL (
    SELECT (sum(i.amount_rm) FILTER (WHERE i.source = 'employment') * 100)::bigint AS employment_sen,
        (sum(i.amount_rm) FILTER (WHERE i.source = 'self_employment') * 100)::bigint AS self_employment_sen,
        (sum(i.amount_rm) FILTER (WHERE i.source = 'property') * 100)::bigint AS property_sen,
        (sum(i.amount_rm) FILTER (WHERE i.source = 'transfers') * 100)::bigint AS transfers_sen,
        count(*) FILTER (WHERE i.source = 'employment' AND i.amount_rm > 0)::smallint AS employment_earners,
        count(*) FILTER (WHERE i.source = 'self_employment' AND i.amount_rm > 0)::smallint AS self_employment_earners,
        count(*) FILTER (WHERE i.source = 'property' AND i.amount_rm > 0)::smallint AS property_earners,
        count(*) FILTER (WHERE i.source = 'transfers' AND i.amount_rm > 0)::smallint AS transfers_earners
    FROM person AS p JOIN income AS i ON i.person_id = p.id
    WHERE p.household_id = h.id
) AS i
WHERE h.exited_on IS NULL;

-- Makes what is kept of a block anew.
CREATE OR REPLACE FUNCTION keep_standing(block integer) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
    DELETE FROM target_standing AS t
    WHERE t.household_id >= block * 8192::bigint AND t.household_id < (block + 1) * 8192::bigint;
    INSERT INTO target_standing
    SELECT s.* FROM household_standing AS s
    WHERE s.household_id >= block * 8192::bigint AND s.household_id < (block + 1) * 8192::bigint
$$;
REVOKE ALL ON FUNCTION keep_standing(integer) FROM PUBLIC;
