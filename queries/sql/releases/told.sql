-- How many counts of a release's last month are told as numbers, as below 10, and not at all; of districts apart.
-- grain:   one row
-- params:  release_no
-- columns: numbers, below, held, districts, districts_told
-- row:     ReleaseToldRow
SELECT count(*) FILTER (WHERE c.told = 'angka') AS numbers, count(*) FILTER (WHERE c.told = 'bawah10') AS below,
    count(*) FILTER (WHERE c.told = 'tutup') AS held,
    count(*) FILTER (WHERE length(c.area_code) = 4 AND c.measure = 'poor') AS districts,
    count(*) FILTER (WHERE length(c.area_code) = 4 AND c.measure = 'poor' AND c.told = 'angka') AS districts_told
FROM ekasih.release AS r
JOIN ekasih.release_count AS c ON c.release_id = r.id AND c.month = r.month
WHERE r.number = :release_no
