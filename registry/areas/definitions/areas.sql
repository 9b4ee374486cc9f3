-- Where households lie in the active boundary sets: all of them at once, after a set has changed.

-- Works out the computed areas of every household, and how far it lies outside its declared district; raises and
-- resolves the flag for those that lie farther outside than the set's accuracy. Answers how many households changed.
CREATE OR REPLACE FUNCTION locate_households() RETURNS integer
LANGUAGE plpgsql VOLATILE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    changed integer;
    accuracy integer := (SELECT accuracy_m FROM boundary_set WHERE level = 'district' AND active);
BEGIN
    WITH found AS (
        SELECT h.id,
            min(p.area_code) FILTER (WHERE s.level = 'district') AS district_code,
            min(p.area_code) FILTER (WHERE s.level = 'mukim') AS mukim_code,
            min(p.area_code) FILTER (WHERE s.level = 'parliament') AS parliament_code,
            min(p.area_code) FILTER (WHERE s.level = 'dun') AS dun_code,
            coalesce(array_agg(DISTINCT p.area_code ORDER BY p.area_code) FILTER (WHERE s.level = 'catchment'), '{}')
                AS catchment_codes
        FROM household AS h
        LEFT JOIN (area_piece AS p JOIN boundary_set AS s ON s.id = p.set_id AND s.active)
            ON ST_Intersects(p.geom, h.geom)
        GROUP BY h.id
    ), placed AS (
        SELECT f.*,
            CASE
                WHEN h.geom_method NOT IN ('given', 'swapped', 'manual') OR f.district_code = h.district_code THEN NULL
                ELSE metres_outside(h.geom, h.district_code)
            END AS outside_m
        FROM found AS f JOIN household AS h USING (id)
    )
    UPDATE household AS h
    SET computed_district_code = p.district_code, computed_mukim_code = p.mukim_code,
        parliament_code = p.parliament_code, dun_code = p.dun_code, catchment_codes = p.catchment_codes,
        outside_district_m = p.outside_m
    FROM placed AS p
    WHERE h.id = p.id AND (h.computed_district_code, h.computed_mukim_code, h.parliament_code, h.dun_code,
            h.catchment_codes, h.outside_district_m)
        IS DISTINCT FROM (p.district_code, p.mukim_code, p.parliament_code, p.dun_code, p.catchment_codes, p.outside_m);
    GET DIAGNOSTICS changed = ROW_COUNT;

    UPDATE quality_flag AS f SET resolved_at = now(), resolved_by = 'system'
    FROM household AS h
    WHERE f.household_id = h.id AND f.code = 'koordinat_luar_daerah' AND f.resolved_at IS NULL
        AND coalesce(h.outside_district_m, 0) <= accuracy;
    INSERT INTO quality_flag (household_id, district_code, code, detail)
    SELECT h.id, h.district_code, 'koordinat_luar_daerah', jsonb_build_object('metres', h.outside_district_m)
    FROM household AS h
    WHERE h.outside_district_m > accuracy AND NOT EXISTS (
        SELECT FROM quality_flag AS f
        WHERE f.household_id = h.id AND f.code = 'koordinat_luar_daerah' AND f.resolved_at IS NULL);
    PERFORM begin_catchments();
    RETURN changed;
END
$$;

-- Facts of a record as people read them: its district and mukim by their names instead of their codes.
CREATE OR REPLACE FUNCTION with_area_names(facts jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE jsonb_typeof(facts)
        WHEN 'object' THEN facts || coalesce(jsonb_object_agg(field.name, area.name), '{}')
        ELSE facts END
    FROM unnest(ARRAY['district_code', 'mukim_code']) AS field (name)
    JOIN area ON area.code = facts ->> field.name
$$;

-- Outlines of districts and their mukim that may be passed on to anybody (as those of a release), for the picture on which
-- the public marks a place.
CREATE VIEW portal.outline AS
SELECT a.code, a.level, CASE a.level WHEN 'district' THEN a.code ELSE a.parent_code END AS district_code, a.name,
    ST_AsBinary(b.geom) AS shape, left(s.sha256, 8) AS version, s.source, s.licence, s.approximate, s.accuracy_m
FROM (SELECT DISTINCT ON (o.level) o.* FROM ekasih.boundary_set AS o
      WHERE o.level IN ('district', 'mukim') AND o.licence IN ('public domain', 'CC BY 4.0', 'DOSM Open Data Licence')
      ORDER BY o.level, o.active DESC, o.id DESC) AS s
JOIN ekasih.area_boundary AS b ON b.set_id = s.id
JOIN ekasih.area AS a ON a.code = b.area_code;
GRANT SELECT ON portal.outline TO app_public;
