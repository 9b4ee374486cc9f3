-- What deliveries brought, by programme, and by district and programme: lines given, and reversals, of these deliveries.
WITH touched AS (
    SELECT l.id, l.amount_rm, l.delivery_id = ANY (CAST(:deliveries AS integer[])) AS given,
        r.delivery_id = ANY (CAST(:deliveries AS integer[])) AS taken, r.line_id IS NULL AS stands,
        l.household_id, h.district_code, p.code AS programme
    FROM ekasih.aid_line AS l
    JOIN ekasih.household AS h ON h.id = l.household_id
    JOIN ekasih.aid_kind AS k ON k.id = l.kind_id
    JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
    LEFT JOIN ekasih.aid_reversal AS r ON r.line_id = l.id
    WHERE l.delivery_id = ANY (CAST(:deliveries AS integer[])) OR r.delivery_id = ANY (CAST(:deliveries AS integer[]))
)
SELECT district_code, programme, count(*) FILTER (WHERE given) AS lines,
    coalesce(sum(amount_rm) FILTER (WHERE given), 0) AS gross_rm,
    coalesce(sum(amount_rm) FILTER (WHERE taken), 0) AS reversed_rm,
    count(DISTINCT household_id) FILTER (WHERE stands AND given) AS households
FROM touched
GROUP BY GROUPING SETS ((programme), (district_code, programme))
ORDER BY district_code, programme
