-- Views of pages under a name, presentations and notes on areas: who sees them. A view is an address and nothing else, so that
-- sharing one gives no right to what stands there.

-- What somebody works in, by which a view is shared with the office: office, else agency, else the territory of the account.
CREATE OR REPLACE FUNCTION own_office_key() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT coalesce('pejabat:' || acting_office(), 'agensi:' || acting_agency(),
                    'wilayah:' || (SELECT array_to_string(ARRAY(SELECT t FROM unnest(u.territory) AS t ORDER BY t), ',')
                                   FROM app_user AS u WHERE u.id = acting_user()), '')
$$;

CREATE OR REPLACE FUNCTION acting_name() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$ SELECT u.display_name FROM app_user AS u WHERE u.id = acting_user() $$;

CREATE OR REPLACE FUNCTION acting_role() RETURNS text LANGUAGE sql STABLE
AS $$ SELECT coalesce(current_setting('app.role', true), '') $$;

-- Whether something shared in a way, by who has a role and works in an office, is there for who is acting.
CREATE OR REPLACE FUNCTION is_shared(shared text, role text, office text) RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT ekasih.signed_in() AND CASE shared
        WHEN 'semua' THEN true
        WHEN 'peranan' THEN role = ekasih.acting_role()
        WHEN 'pejabat' THEN office <> '' AND office = ekasih.own_office_key()
        ELSE false END
$$;

-- Whether an area is in sight of who is acting: its own, and the state and the country around it.
CREATE OR REPLACE FUNCTION note_in_reach(asked_area text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT signed_in() AND EXISTS (
        SELECT FROM area AS a
        WHERE a.code = asked_area AND a.level IN ('country', 'state', 'district', 'mukim')
            AND (nationwide() OR CASE a.level
                WHEN 'country' THEN true
                WHEN 'state' THEN EXISTS (SELECT FROM unnest(acting_districts()) AS d WHERE left(d, 2) = a.code)
                ELSE left(a.code, 4) = ANY (acting_districts()) END))
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['saved_view', 'presentation']
    LOOP
        EXECUTE format($policy$
            CREATE POLICY read_own_or_shared ON %1$I FOR SELECT TO app_web
            USING (owner_id = (SELECT acting_user()) OR is_shared(shared, role, office));
            CREATE POLICY make_own ON %1$I FOR INSERT TO app_web
            WITH CHECK (owner_id = (SELECT acting_user()) AND role = (SELECT acting_role())
                        AND office = (SELECT own_office_key()));
            CREATE POLICY change_own ON %1$I FOR UPDATE TO app_web
            USING (owner_id = (SELECT acting_user())) WITH CHECK (owner_id = (SELECT acting_user()));
            CREATE POLICY drop_own ON %1$I FOR DELETE TO app_web USING (owner_id = (SELECT acting_user()))
        $policy$, name);
    END LOOP;
END
$$;

CREATE POLICY own ON saved_home FOR ALL TO app_web
USING (user_id = (SELECT acting_user()))
WITH CHECK (user_id = (SELECT acting_user()) AND EXISTS (SELECT FROM saved_view AS v WHERE v.id = view_id));

CREATE POLICY read_of_role ON area_note FOR SELECT TO app_web
USING (author_id = (SELECT acting_user())
       OR retired_at IS NULL AND role = (SELECT acting_role()) AND note_in_reach(area_code));
CREATE POLICY write_in_reach ON area_note FOR INSERT TO app_web
WITH CHECK (author_id = (SELECT acting_user()) AND author_name = (SELECT acting_name()) AND role = (SELECT acting_role())
            AND note_in_reach(area_code));
CREATE POLICY change_own ON area_note FOR UPDATE TO app_web
USING (author_id = (SELECT acting_user()) AND retired_at IS NULL) WITH CHECK (author_id = (SELECT acting_user()));

-- what is written down of them belongs to no district; who wrote it may read it back
CREATE POLICY read_own_views ON audit_log FOR SELECT TO app_web
USING (subject IN ('saved_view', 'presentation', 'area_note') AND actor_id = (SELECT acting_user()));

GRANT SELECT, DELETE ON saved_view, presentation, saved_home TO app_web;
GRANT INSERT (owner_id, name, path, shared, role, office), UPDATE (name, shared) ON saved_view TO app_web;
GRANT INSERT (owner_id, name, views, shared, role, office), UPDATE (name, views, shared) ON presentation TO app_web;
GRANT INSERT, UPDATE ON saved_home TO app_web;
GRANT SELECT ON area_note TO app_web;
GRANT INSERT (area_code, noted_on, body, author_id, author_name, role),
    UPDATE (body, noted_on, version, changed_at, retired_at) ON area_note TO app_web;
REVOKE ALL ON FUNCTION own_office_key(), acting_name(), note_in_reach(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_office_key(), acting_name(), note_in_reach(text) TO app_web;
