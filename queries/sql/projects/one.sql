-- One project as who is acting reads it.
-- grain:   one row
-- params:  project
-- columns: number, version, type_code, type_ms, type_en, shape, geometry, need_ms?, need_en?, damage?, asked_documents, asked_photos, title, state, state_since, opened_on, opened_by?, finished_on?, office_code, office_ms, office_en, agency_code, programme_code, programme_ms, programme_en, district_name, application_no?, minutes_no, checks, documents, estimate_rm, ceiling_rm?, cost_rm?, committed_rm?, commit_year?, contractor_id?, contractor?, contractor_no?, contractor_grade?, contractor_contact?, sum_rm?, list_no?, list_day?, override_given, completion?, sick?, sick_on?, longitude?, latitude?, polygon?, place_method?, place_accuracy_m?, placed_by?, placed_at?, inside?, own
-- row:     ProjectRow
SELECT p.number, p.version, p.type_code, t.name_ms AS type_ms, t.name_en AS type_en, t.shape, t.geometry, n.name_ms AS need_ms,
    n.name_en AS need_en, t.damage, t.documents AS asked_documents, t.photos AS asked_photos, p.title, p.state, p.state_since,
    CAST(p.opened_at AS date) AS opened_on, ekasih.name_of_user(p.opened_by) AS opened_by, p.finished_on, o.code AS office_code,
    o.name_ms AS office_ms, o.name_en AS office_en, g.code AS agency_code, p.programme_code, r.name_ms AS programme_ms,
    r.name_en AS programme_en, d.name AS district_name, p.application_no, p.minutes_no, p.checks, p.documents, p.estimate_rm,
    ekasih.project_ceiling(p.type_code, current_date) AS ceiling_rm, p.cost_rm, p.committed_rm, p.commit_year, p.contractor_id,
    c.name AS contractor, c.registration_no AS contractor_no, c.grade AS contractor_grade, c.contact AS contractor_contact,
    p.sum_rm, p.list_no, p.list_day, p.override_id IS NOT NULL AS override_given, p.completion, p.sick, p.sick_on,
    ST_X(ST_PointOnSurface(p.place)) AS longitude, ST_Y(ST_PointOnSurface(p.place)) AS latitude,
    CASE WHEN ST_GeometryType(p.place) = 'ST_Polygon' THEN CAST(ST_AsGeoJSON(p.place, 6) AS jsonb) END AS polygon,
    p.place_method, p.place_accuracy_m, p.placed_by, p.placed_at, ekasih.project_inside(p) AS inside,
    ekasih.of_project_office(p.agency_id, p.office_code) AS own
FROM ekasih.project AS p
JOIN ekasih.project_type AS t ON t.code = p.type_code
JOIN ekasih.agency AS g ON g.id = p.agency_id
JOIN ekasih.office AS o ON o.code = p.office_code
JOIN ekasih.aid_programme AS r ON r.code = p.programme_code
JOIN ekasih.area AS d ON d.code = p.district_code
LEFT JOIN ekasih.aid_need AS n ON n.code = t.need_code
LEFT JOIN ekasih.contractor AS c ON c.id = p.contractor_id
WHERE p.number = :project
