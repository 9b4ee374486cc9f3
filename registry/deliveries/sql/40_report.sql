-- The report of the delivery, with the keys of the specification.
-- grain:   one row
-- columns: report
SELECT jsonb_build_object(
    'rows', jsonb_build_object(
        'isirumah', (SELECT count(*) FROM stage_isirumah), 'ahli', (SELECT count(*) FROM stage_ahli),
        'bantuan', (SELECT count(*) FROM stage_bantuan)),
    'accepted', (SELECT jsonb_build_object(
        'tegar', count(*) FILTER (WHERE status = 'tegar'), 'miskin', count(*) FILTER (WHERE status = 'miskin'),
        'bukan', count(*) FILTER (WHERE status NOT IN ('tegar', 'miskin')), 'total', count(*)) FROM accepted),
    'by_district', (SELECT coalesce(jsonb_object_agg(district_code, counts), '{}') FROM (
        SELECT district_code, jsonb_build_object(
            'tegar', count(*) FILTER (WHERE status = 'tegar'), 'miskin', count(*) FILTER (WHERE status = 'miskin'),
            'bukan', count(*) FILTER (WHERE status NOT IN ('tegar', 'miskin'))) AS counts
        FROM accepted GROUP BY district_code) AS d),
    'rejected', (SELECT coalesce(jsonb_object_agg(rejected, n), '{}') FROM (
        SELECT rejected, count(*) AS n FROM fate WHERE rejected IS NOT NULL GROUP BY rejected) AS r),
    'held', (SELECT coalesce(jsonb_object_agg(held, n), '{}') FROM (
        SELECT held, count(*) AS n FROM fate WHERE held IS NOT NULL GROUP BY held) AS h),
    'warnings', (SELECT coalesce(jsonb_object_agg(code, n), '{}') FROM (
        SELECT code, count(*) AS n FROM warning GROUP BY code) AS w),
    'apart_by_district', (SELECT coalesce(jsonb_object_agg(district_code, counts), '{}') FROM (
        SELECT district_code, jsonb_build_object('rejected', count(rejected), 'held', count(held)) AS counts
        FROM fate WHERE district_code IS NOT NULL AND (rejected IS NOT NULL OR held IS NOT NULL)
        GROUP BY district_code) AS p),
    'updated', (SELECT count(*) FROM accepted WHERE known AND NOT unchanged),
    'unchanged', (SELECT count(*) FROM accepted WHERE unchanged),
    'older', (SELECT count(*) FROM accepted WHERE older),
    'persons_without_household', (SELECT count(*) FROM read_person WHERE household_row IS NULL),
    'aid_without_household', (SELECT count(*) FROM stage_bantuan AS s WHERE NOT EXISTS (
        SELECT FROM read_household AS h WHERE h.file_no = upper(btrim(s.no_isirumah)))),
    'line_years', (SELECT coalesce(jsonb_agg(DISTINCT l.survey_year), '[]')
                   FROM accepted AS a JOIN poverty_line AS l ON l.id = a.line_id)
) AS report
