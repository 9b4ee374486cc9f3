-- One release.
-- grain:   one row
-- params:  release_no
-- columns: number, month, state, corrects?, reason?, made_at, made_by?, own, as_of?, census_year?, boundaries?, sample, checksum?, decided_at?, decided_by?, answer?
-- row:     OneReleaseRow
SELECT r.number, r.month, r.state, c.number AS corrects, r.reason, r.made_at, m.name AS made_by,
    r.made_by IS NOT DISTINCT FROM ekasih.acting_user() AS own, r.as_of, r.census_year, r.boundaries, r.sample, r.checksum,
    r.decided_at, d.name AS decided_by, r.answer
FROM ekasih.release AS r
LEFT JOIN ekasih.release AS c ON c.id = r.corrects
LEFT JOIN ekasih.release_names() AS m ON m.id = r.made_by
LEFT JOIN ekasih.release_names() AS d ON d.id = r.decided_by
WHERE r.number = :release_no
