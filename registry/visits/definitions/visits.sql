-- Visits and their photographs: those who see a case see them, only its officer adds them, and nobody changes them.

-- A case is given only to somebody who looks into households in its district.
CREATE OR REPLACE FUNCTION refuse_foreign_officer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NEW.assigned_to IS NOT NULL AND NOT EXISTS (
        SELECT FROM case_file AS c
        JOIN app_user AS u ON u.id = NEW.assigned_to AND u.active
        JOIN role_permission AS r ON r.role = u.role AND r.permission = 'visit'
        WHERE c.id = NEW.case_id
            AND (u.territory = '{}' OR c.district_code = ANY (u.territory) OR left(c.district_code, 2) = ANY (u.territory)))
    THEN
        RAISE EXCEPTION 'case_step_incomplete' USING ERRCODE = 'EK005';
    END IF;
    RETURN NEW;
END
$$;
-- its name puts it before the trigger that moves the case
CREATE OR REPLACE TRIGGER case_step_officer BEFORE INSERT ON case_step
FOR EACH ROW EXECUTE FUNCTION refuse_foreign_officer();

CREATE POLICY read_with_case ON visit FOR SELECT TO app_web
USING (EXISTS (SELECT FROM case_file AS c WHERE c.id = visit.case_id));
CREATE POLICY add_own ON visit FOR INSERT TO app_web
WITH CHECK ((SELECT may('visit')) AND officer_id = (SELECT acting_user())
            AND EXISTS (SELECT FROM case_file AS c WHERE c.id = visit.case_id AND c.state = 'assigned'
                        AND c.assigned_to = (SELECT acting_user()) AND in_territory(c.district_code)));

CREATE POLICY read_with_visit ON visit_photo FOR SELECT TO app_web
USING (EXISTS (SELECT FROM visit AS v WHERE v.id = visit_photo.visit_id));
-- photographs follow their visit when the connection allows, until the focus group has decided
CREATE POLICY add_to_own ON visit_photo FOR INSERT TO app_web
WITH CHECK ((SELECT may('visit'))
            AND EXISTS (SELECT FROM visit AS v JOIN case_file AS c ON c.id = v.case_id
                        WHERE v.id = visit_photo.visit_id AND v.officer_id = (SELECT acting_user())
                            AND in_territory(c.district_code)
                            AND c.state IN ('visited', 'recommended', 'returned', 'assigned')));

GRANT SELECT ON visit, visit_photo TO app_web;
GRANT INSERT (case_id, officer_id, case_version, client_key, visited_at, findings, remarks, recommendation, reason, point,
    point_source, accuracy_m) ON visit TO app_web;
GRANT INSERT (visit_id, client_key, name, sha256, width, height, bytes) ON visit_photo TO app_web;
