-- The sites that who is acting may visit: projects of the own office that are being worked on, those longest without a report
-- first; or one project, however far it is. Each with all that its form needs without a connection.
-- grain:   one row per project
-- params:  project, row_limit
-- columns: number, version, title, type_ms, type_en, office_ms, office_en, district_name, state, own, longitude?, latitude?, contractor?, contractor_contact?, asked_photos, plan?, milestones, photos, report?, report_day?, report_state?, report_by?, shares?, households, keys, total
-- row:     ProjectSiteRow
SELECT p.number, p.version, p.title, t.name_ms AS type_ms, t.name_en AS type_en, o.name_ms AS office_ms, o.name_en AS office_en,
    d.name AS district_name, p.state, ekasih.of_project_office(p.agency_id, p.office_code) AS own,
    ST_X(ST_PointOnSurface(p.place)) AS longitude, ST_Y(ST_PointOnSurface(p.place)) AS latitude,
    c.name AS contractor, c.contact AS contractor_contact, t.photos AS asked_photos, v.version AS plan,
    (SELECT jsonb_agg(jsonb_build_object('position', m.position, 'name_ms', m.name_ms, 'name_en', m.name_en, 'weight', m.weight,
        'begins', v.begins[m.position], 'ends', v.ends[m.position]) ORDER BY m.position)
     FROM ekasih.project_milestone AS m WHERE m.project_id = p.id) AS milestones,
    coalesce((SELECT jsonb_agg(DISTINCT concat_ws(':', f.phase, f.position)) FROM ekasih.project_photo AS f
              WHERE f.project_id = p.id), '[]') AS photos,
    r.id AS report, r.day AS report_day, r.state AS report_state, ekasih.name_of_user(r.made_by) AS report_by,
    to_jsonb(r.shares) AS shares,
    coalesce((SELECT jsonb_agg(jsonb_build_object('file_no', k.file_no, 'head_name', k.head_name, 'address', h.address,
                  'village', h.village, 'phone', h.phone) ORDER BY k.file_no)
              FROM ekasih.project_households(p.number) AS k LEFT JOIN ekasih.household AS h ON h.id = k.household_id), '[]')
        AS households,
    coalesce((SELECT jsonb_agg(s.client_key) FROM ekasih.project_report AS s
              WHERE s.project_id = p.id AND s.made_by = ekasih.acting_user() AND s.client_key IS NOT NULL), '[]') AS keys,
    count(*) OVER () AS total
FROM ekasih.project AS p
JOIN ekasih.project_type AS t ON t.code = p.type_code
JOIN ekasih.office AS o ON o.code = p.office_code
JOIN ekasih.area AS d ON d.code = p.district_code
LEFT JOIN ekasih.contractor AS c ON c.id = p.contractor_id
LEFT JOIN LATERAL (
    SELECT n.version, n.begins, n.ends FROM ekasih.project_plan AS n WHERE n.project_id = p.id ORDER BY n.version DESC LIMIT 1
) AS v ON true
LEFT JOIN ekasih.project_report AS r ON r.id = ekasih.last_project_report(p.id)
WHERE CASE WHEN CAST(:project AS text) IS NOT NULL THEN p.number = CAST(:project AS text)
           ELSE p.state = 'dalam_pelaksanaan' AND ekasih.of_project_office(p.agency_id, p.office_code) END
ORDER BY r.day NULLS FIRST, p.id
LIMIT :row_limit
