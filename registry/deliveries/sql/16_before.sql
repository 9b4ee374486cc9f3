-- What the records that are brought up to date were before: for the audit, and to know what changed.
CREATE TEMP TABLE before ON COMMIT DROP AS
SELECT h.id, h.income_rm, h.member_count, h.status, h.state_code, h.district_code, h.mukim_code, h.strata, h.geom,
    census_record(h.id) AS record
FROM household AS h
JOIN accepted AS a ON a.id = h.id AND a.known AND NOT a.unchanged
