-- Households seen on the map: how many an account may be shown, and what it was shown, an entry of the log for each
-- account, area and minute, so that moving the map about does not fill the log and nothing seen is left out of it.

-- Moves what was seen in minutes that have ended into the audit log. Whoever reads or looks at the map next does it.
CREATE OR REPLACE FUNCTION seal_sights() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    WITH ended AS (
        DELETE FROM map_sight AS s
        WHERE (s.user_id, s.minute, s.area) IN (
            SELECT e.user_id, e.minute, e.area FROM map_sight AS e
            WHERE e.minute < date_trunc('minute', clock_timestamp())
            ORDER BY e.user_id, e.minute, e.area
            FOR UPDATE SKIP LOCKED)
        RETURNING s.*
    )
    INSERT INTO audit_log (actor_id, actor, action, subject, district_code, after)
    SELECT e.user_id, u.login, 'read', 'map_view', district.code, jsonb_build_object('area', e.area, 'minute', e.minute,
        'views', e.views, 'households', e.households, 'most', e.most,
        'box', jsonb_build_array(e.west, e.south, e.east, e.north))
    FROM ended AS e
    JOIN app_user AS u ON u.id = e.user_id
    LEFT JOIN area AS district ON district.code = left(e.area, 4) AND district.level = 'district'
        AND e.area ~ '^[0-9]{4,6}$'
    ORDER BY e.minute, e.user_id, e.area
$$;

-- Opens the map to who is acting for one more view, or refuses: SQLSTATE EK010. Views of one account take turns until
-- they are noted, so that many at once are counted one by one.
CREATE OR REPLACE FUNCTION take_sight() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    most_views integer := coalesce((SELECT (value #>> '{}')::integer FROM setting WHERE key = 'map.views_per_minute'), 120);
    most_households integer := coalesce(
        (SELECT (value #>> '{}')::integer FROM setting WHERE key = 'map.households_per_hour'), 20000);
BEGIN
    IF acting_user() IS NULL OR NOT sees_persons() THEN
        RAISE EXCEPTION 'may not see households' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('ekasih.sight', acting_user()));
    PERFORM seal_sights();
    IF (SELECT coalesce(sum(s.views), 0) FROM map_sight AS s WHERE s.user_id = acting_user()) >= most_views
        OR (SELECT coalesce(sum(s.households), 0) FROM map_sight AS s WHERE s.user_id = acting_user())
         + (SELECT coalesce(sum((a.after ->> 'households')::integer), 0) FROM audit_log AS a
            WHERE a.actor_id = acting_user() AND a.action = 'read' AND a.action IN ('read', 'search', 'export')
                AND a.at > clock_timestamp() - interval '1 hour' AND a.subject = 'map_view') >= most_households THEN
        RAISE EXCEPTION 'too_much_of_the_map' USING ERRCODE = 'EK011';
    END IF;
END
$$;

-- Notes what the view that was taken showed: the box, how many one by one, how many it held.
CREATE OR REPLACE FUNCTION note_sight(seen_area text, one_by_one integer, held integer, west float8, south float8,
                                      east float8, north float8) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO map_sight AS s (user_id, minute, area, views, households, most, west, south, east, north)
    VALUES (acting_user(), date_trunc('minute', clock_timestamp()), seen_area, 1, one_by_one, held, west, south, east,
        north)
    ON CONFLICT (user_id, minute, area) DO UPDATE
    SET views = s.views + 1, households = s.households + excluded.households, most = greatest(s.most, excluded.most),
        west = least(s.west, excluded.west), south = least(s.south, excluded.south),
        east = greatest(s.east, excluded.east), north = greatest(s.north, excluded.north)
$$;

REVOKE ALL ON FUNCTION seal_sights(), take_sight(), note_sight(text, integer, integer, float8, float8, float8, float8)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_sights(), take_sight(),
    note_sight(text, integer, integer, float8, float8, float8, float8) TO app_web;
