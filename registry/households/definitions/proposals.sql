-- The mukim that a household's own point proposes where its record names none.

-- The one mukim of the declared district, in the active boundaries, in which the point of a household without a mukim lies;
-- no row where it lies in none or on the edge of two, or was not placed well enough to tell (within 100 m).
CREATE OR REPLACE FUNCTION proposed_mukim(asked_household bigint)
RETURNS TABLE (mukim_code text, mukim_name text, approximate boolean, accuracy_m integer)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT area.code, area.name, found.approximate, found.accuracy_m
    FROM (
        SELECT min(h.district_code) AS district_code, min(piece.area_code) AS code,
            bool_or(bounds.approximate) AS approximate, min(bounds.accuracy_m) AS accuracy_m
        FROM household AS h
        JOIN boundary_set AS bounds ON bounds.active AND bounds.level = 'mukim'
        JOIN area_piece AS piece ON piece.set_id = bounds.id AND ST_Intersects(piece.geom, h.geom)
        WHERE h.id = asked_household AND h.mukim_code IS NULL AND h.exited_on IS NULL
            AND h.geom_method IN ('given', 'swapped', 'manual') AND h.geom_accuracy_m <= 100
        HAVING count(DISTINCT piece.area_code) = 1
    ) AS found
    -- what is left of a district beside its mukim is none of them
    JOIN area ON area.code = found.code AND area.level = 'mukim' AND area.parent_code = found.district_code
        AND area.code <> found.district_code || '00'
$$;
REVOKE ALL ON FUNCTION proposed_mukim(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION proposed_mukim(bigint) TO app_web;
