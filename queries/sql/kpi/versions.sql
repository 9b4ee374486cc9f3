-- Every version of every indicator, the first first.
-- grain:   one row per indicator and version
-- params:
-- columns: indicator_code, version, valid_from, definition, reason, decided_by?, decided_at, formula, frequency, cohort_id?
-- row:     VersionRow
SELECT v.indicator_code, v.version, v.valid_from, v.definition, v.reason, ekasih.name_of_definer(v.decided_by) AS decided_by,
    v.decided_at, v.definition ->> 'formula' AS formula, v.definition ->> 'frequency' AS frequency,
    CAST(v.definition ->> 'cohort_id' AS bigint) AS cohort_id
FROM ekasih.indicator_version AS v
JOIN ekasih.indicator AS i ON i.code = v.indicator_code
ORDER BY i.position, v.version
