-- The visits of a case, the latest first, with their photographs.
-- grain:   one row per visit
-- params:  case_id
-- columns: visit_id, officer_id, officer_name?, case_version, client_key, visited_at, recorded_at, findings, remarks, recommendation, reason, latitude?, longitude?, point_source?, accuracy_m?, photos
-- row:     VisitRow
SELECT v.id AS visit_id, v.officer_id, ekasih.name_of_user(v.officer_id) AS officer_name, v.case_version, v.client_key,
    v.visited_at, v.recorded_at, v.findings, v.remarks, v.recommendation, v.reason, ST_Y(v.point) AS latitude,
    ST_X(v.point) AS longitude, v.point_source, v.accuracy_m,
    coalesce((SELECT jsonb_agg(jsonb_build_object('photo_id', p.id, 'width', p.width, 'height', p.height) ORDER BY p.id)
              FROM ekasih.visit_photo AS p WHERE p.visit_id = v.id), '[]') AS photos
FROM ekasih.visit AS v
WHERE v.case_id = :case_id
ORDER BY v.id DESC
