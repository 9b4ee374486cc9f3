-- Versions of how indicators are defined: added in their turn, never changed; indicator holds the newest.

-- A version comes after the one before, and counts from a day of the running month that has come: what was closed by another
-- keeps its value. What the owner of the register enters is not asked for its day.
CREATE OR REPLACE FUNCTION judge_indicator_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    latest indicator_version;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('indicator_version ' || NEW.indicator_code, 0));
    SELECT * INTO latest FROM indicator_version AS v WHERE v.indicator_code = NEW.indicator_code
    ORDER BY v.version DESC LIMIT 1;
    IF NEW.version <> coalesce(latest.version, 0) + 1 THEN
        RAISE EXCEPTION 'stale' USING ERRCODE = 'EK019';
    ELSIF latest.version IS NOT NULL AND (
        NEW.valid_from < latest.valid_from
        OR acting_user() IS NOT NULL
            AND NEW.valid_from NOT BETWEEN date_trunc('month', current_date)::date AND current_date)
    THEN
        RAISE EXCEPTION 'definition_not_open' USING ERRCODE = 'EK191';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER judged BEFORE INSERT ON indicator_version
FOR EACH ROW EXECUTE FUNCTION judge_indicator_version();

-- Puts a new version in force.
CREATE OR REPLACE FUNCTION put_indicator_in_force() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    wanted indicator := jsonb_populate_record(NULL::indicator, NEW.definition);
BEGIN
    wanted.code := NEW.indicator_code;
    wanted.version := NEW.version;
    wanted.position := coalesce((SELECT i.position FROM indicator AS i WHERE i.code = NEW.indicator_code),
                                (SELECT coalesce(max(i.position), 0) + 1 FROM indicator AS i));
    INSERT INTO indicator AS i SELECT wanted.*
    ON CONFLICT (code) DO UPDATE SET
        (name_ms, name_en, formula, unit, direction, numerator, denominator, source_ms, source_en, lowest, frequency,
         cascade, forecast, tolerance, version, cohort_id)
        = ROW(excluded.name_ms, excluded.name_en, excluded.formula, excluded.unit, excluded.direction, excluded.numerator,
              excluded.denominator, excluded.source_ms, excluded.source_en, excluded.lowest, excluded.frequency,
              excluded.cascade, excluded.forecast, excluded.tolerance, excluded.version, excluded.cohort_id);
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER put_in_force AFTER INSERT ON indicator_version
FOR EACH ROW EXECUTE FUNCTION put_indicator_in_force();

-- What comes with the product is its first version.
CREATE OR REPLACE FUNCTION keep_first_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM indicator_version AS v WHERE v.indicator_code = NEW.code) THEN
        INSERT INTO indicator_version (indicator_code, version, valid_from, definition, reason)
        VALUES (NEW.code, 1, '0001-01-01', to_jsonb(NEW) - '{code,position,version}'::text[], 'Takrif asal produk');
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER first_version_kept AFTER INSERT ON indicator
FOR EACH ROW EXECUTE FUNCTION keep_first_version();

-- Who decided on a version, by name, for who defines indicators.
CREATE OR REPLACE FUNCTION name_of_definer(asked_user bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT u.display_name FROM app_user AS u WHERE u.id = asked_user AND may('define_kpi') $$;

-- They hold nothing of a person: whoever sees figures may read how they are worked out.
CREATE POLICY read_signed_in ON indicator_version FOR SELECT TO app_web USING ((SELECT signed_in()));
CREATE POLICY define ON indicator_version FOR INSERT TO app_web
WITH CHECK ((SELECT may('define_kpi') AND sees_persons() AND nationwide()) AND decided_by = (SELECT acting_user()));
GRANT SELECT, INSERT ON indicator_version TO app_web;

REVOKE ALL ON FUNCTION judge_indicator_version(), put_indicator_in_force(), keep_first_version(), name_of_definer(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION name_of_definer(bigint) TO app_web;
