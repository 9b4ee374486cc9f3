-- The vote book of a year: what each office of each programme may spend, is bound to spend and has spent. The row without
-- an office is the programme's own, with what of its allocation is not warranted.
-- grain:   one row per programme and office, and one per programme
-- params:  year
-- columns: programme, programme_ms, programme_en, agency_ms, agency_en, office, office_ms?, office_en?, closed_on?, changed_on, sumber, peruntukan, waran, tanggungan, dalam_bayaran, belanja, luput, pulangan
-- row:     VoteRow
SELECT p.code AS programme, p.name_ms AS programme_ms, p.name_en AS programme_en, a.name_ms AS agency_ms,
    a.name_en AS agency_en, v.office, o.name_ms AS office_ms, o.name_en AS office_en, y.closed_on, v.changed_on, v.sumber,
    v.peruntukan, v.waran, v.tanggungan, v.dalam_bayaran, v.belanja, v.luput, v.pulangan
FROM ekasih.ledger_vote AS v
JOIN ekasih.ledger_year AS y ON y.year = v.year AND y.programme = v.programme
JOIN ekasih.aid_programme AS p ON p.code = v.programme
JOIN ekasih.agency AS a ON a.id = p.agency_id
LEFT JOIN ekasih.office AS o ON o.code = v.office
WHERE v.year = CAST(:year AS int)
ORDER BY a.code, p.code, v.office
