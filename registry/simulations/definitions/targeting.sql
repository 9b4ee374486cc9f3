-- Whom conditions would reach: of the areas inside an area, how many who meet them are hardcore poor, poor, or neither, how
-- many poor do not meet them, and how many persons live where they are met. Counted as target groups are (decision 61), for
-- who sees the persons there and is of no agency: what is told here is exact.
CREATE OR REPLACE FUNCTION simulate_targeting(asked jsonb, on_day date, within text)
RETURNS TABLE (
    area_code text, met_tegar bigint, met_miskin bigint, met_others bigint, unmet_tegar bigint, unmet_miskin bigint,
    persons bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp SET jit = off SET work_mem = '64MB'
AS $$
DECLARE
    of_catchment boolean := within = ANY (acting_catchments());
    districts text[] := CASE WHEN NOT of_catchment THEN simulated_districts(within) END;
    everybody jsonb := CASE WHEN of_catchment THEN jsonb_build_array(
        jsonb_build_object('pada', 'isirumah', 'medan', 'kawasan', 'op', 'dalam', 'nilai', jsonb_build_array(within)))
        ELSE '[]' END;
    whole jsonb := conditions_whole(asked);
BEGIN
    IF NOT may_simulate(within) OR counts_as_agency() THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT CASE WHEN of_catchment THEN within WHEN within = 'MY' THEN left(a.district_code, 2) ELSE a.district_code END,
        sum(coalesce(m.tegar, 0))::bigint, sum(coalesce(m.miskin, 0))::bigint,
        sum(coalesce(m.households - m.tegar - m.miskin, 0))::bigint, sum(a.tegar - coalesce(m.tegar, 0))::bigint,
        sum(a.miskin - coalesce(m.miskin, 0))::bigint, sum(coalesce(m.persons, 0))::bigint
    FROM tallies_meeting(everybody, on_day, districts) AS a
    LEFT JOIN tallies_meeting(jsonb_set(whole, '{syarat}', (whole -> 'syarat') || everybody), on_day, districts) AS m
        USING (district_code)
    GROUP BY 1;
END
$$;
REVOKE ALL ON FUNCTION simulate_targeting(jsonb, date, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simulate_targeting(jsonb, date, text) TO app_web;
