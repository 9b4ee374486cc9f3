-- A page of the projects that who is acting reads, the newest first, with what a map and a judgement of each need; of those under
-- way the reports that were accepted and the plan in force. Their total is counted up to 2,001.
-- grain:   one row per project
-- params:  of_office, type_code, state, year, contractor, under_way, row_limit, row_offset
-- columns: number, type_code, type_ms, type_en, shape, title, state, state_since, opened_on, finished_on?, office_ms, office_en, district_name, contractor_id?, contractor?, cost_rm, sum_rm?, paid_rm, done, sick?, weights, begins?, ends?, reports, longitude?, latitude?, polygon?, total
-- row:     ProjectListRow
WITH listed AS (
    SELECT p.* FROM ekasih.project AS p
    WHERE (CAST(:of_office AS text) IS NULL OR p.office_code = CAST(:of_office AS text))
        AND (CAST(:type_code AS text) IS NULL OR p.type_code = CAST(:type_code AS text))
        AND (CAST(:state AS text) IS NULL OR p.state = CAST(:state AS text))
        AND (CAST(:year AS integer) IS NULL OR extract(year FROM p.opened_at) = CAST(:year AS integer))
        AND (CAST(:contractor AS integer) IS NULL OR p.contractor_id = CAST(:contractor AS integer))
        AND (NOT CAST(:under_way AS boolean) OR p.state IN ('dalam_pelaksanaan', 'digantung'))
), page AS (
    SELECT l.* FROM listed AS l ORDER BY l.id DESC LIMIT :row_limit OFFSET :row_offset
)
SELECT p.number, p.type_code, t.name_ms AS type_ms, t.name_en AS type_en, t.shape, p.title, p.state, p.state_since,
    CAST(p.opened_at AS date) AS opened_on, p.finished_on, o.name_ms AS office_ms, o.name_en AS office_en, d.name AS district_name,
    c.id AS contractor_id, c.name AS contractor, coalesce(p.cost_rm, p.estimate_rm) AS cost_rm, p.sum_rm,
    coalesce((SELECT sum(b.amount) FROM ekasih.ledger_balance AS b
              WHERE b.programme = p.programme_code AND b.office = p.office_code AND b.case_no = p.number AND b.account = 'BELANJA'), 0)
        AS paid_rm,
    ekasih.project_done(p.id, current_date) AS done, p.sick,
    (SELECT jsonb_agg(m.weight ORDER BY m.position) FROM ekasih.project_milestone AS m WHERE m.project_id = p.id) AS weights,
    to_jsonb(v.begins) AS begins, to_jsonb(v.ends) AS ends,
    coalesce((SELECT jsonb_agg(jsonb_build_object('day', r.day, 'shares', r.shares) ORDER BY r.day, r.id)
              FROM ekasih.project_report AS r WHERE r.project_id = p.id AND r.state = 'diterima'), '[]') AS reports,
    ST_X(ST_PointOnSurface(p.place)) AS longitude, ST_Y(ST_PointOnSurface(p.place)) AS latitude,
    CASE WHEN ST_GeometryType(p.place) = 'ST_Polygon' THEN CAST(ST_AsGeoJSON(p.place, 6) AS jsonb) END AS polygon,
    (SELECT count(*) FROM (SELECT FROM listed LIMIT 2001) AS most) AS total
FROM page AS p
JOIN ekasih.project_type AS t ON t.code = p.type_code
JOIN ekasih.office AS o ON o.code = p.office_code
JOIN ekasih.area AS d ON d.code = p.district_code
LEFT JOIN ekasih.contractor AS c ON c.id = p.contractor_id
LEFT JOIN LATERAL (
    SELECT n.begins, n.ends FROM ekasih.project_plan AS n WHERE n.project_id = p.id ORDER BY n.version DESC LIMIT 1) AS v ON true
ORDER BY p.id DESC
