-- Visits and their photographs: those who see a case see them, only its officer adds them, and nobody changes them.

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
