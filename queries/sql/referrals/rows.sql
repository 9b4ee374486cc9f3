-- A page of a list of referrals: those to the own party that are to be taken or answered, the open ones of the own party, those
-- of either side whose answer is late (by the day on which it was due), and what is over (the latest first). Each list is read on
-- an index, party by party and state by state; its total is counted up to 2,001.
-- grain:   one row per referral
-- params:  referral_list, row_limit, row_offset
-- columns: number, state, from_party, from_ms, from_en, to_party, to_ms, to_en, about, head_name?, area_name?, decision?, sent_on, due_on, late, total
-- row:     ReferralListRow
WITH asked AS (
    SELECT CAST(:referral_list AS text) AS list, greatest(2001, CAST(:row_limit AS bigint) + :row_offset) AS most,
        ekasih.referral_parties() AS mine
), parts AS (
    SELECT w.* FROM asked
    JOIN (VALUES ('kepada', 'dihantar'), ('kepada', 'diterima'), ('daripada', 'dihantar'), ('daripada', 'diterima'),
                 ('daripada', 'dijawab'), ('lewat', 'dihantar'), ('lewat', 'diterima'), ('selesai', 'ditutup'),
                 ('selesai', 'ditolak')) AS w (list, state) ON w.list = asked.list
), found AS (
    SELECT w.id FROM asked CROSS JOIN unnest(asked.mine) AS party CROSS JOIN parts
    CROSS JOIN LATERAL (
        SELECT r.id FROM ekasih.referral AS r
        WHERE r.to_party = party AND r.state = parts.state AND (asked.list <> 'lewat' OR r.due_on < current_date)
        ORDER BY r.due_on, r.id LIMIT asked.most) AS w
    WHERE asked.list IN ('kepada', 'lewat')
    UNION
    SELECT w.id FROM asked CROSS JOIN unnest(asked.mine) AS party CROSS JOIN parts
    CROSS JOIN LATERAL (
        SELECT r.id FROM ekasih.referral AS r
        WHERE r.from_party = party AND r.state = parts.state AND (asked.list <> 'lewat' OR r.due_on < current_date)
        ORDER BY r.due_on, r.id LIMIT asked.most) AS w
    WHERE asked.list IN ('daripada', 'lewat')
    UNION
    SELECT w.id FROM asked CROSS JOIN unnest(asked.mine) AS party CROSS JOIN parts
    CROSS JOIN LATERAL (
        (SELECT r.id FROM ekasih.referral AS r
         WHERE r.to_party = party AND r.state = parts.state ORDER BY r.due_on DESC, r.id DESC LIMIT asked.most)
        UNION ALL
        (SELECT r.id FROM ekasih.referral AS r
         WHERE r.from_party = party AND r.state = parts.state ORDER BY r.due_on DESC, r.id DESC LIMIT asked.most)) AS w
    WHERE asked.list = 'selesai'
), page AS (
    SELECT r.id, r.number, r.state, r.from_party, r.to_party, r.area_code, r.about, r.decision, r.sent_on, r.due_on, r.closed_on
    FROM found AS f JOIN ekasih.referral AS r ON r.id = f.id
    ORDER BY r.closed_on DESC NULLS FIRST, r.due_on, r.id LIMIT :row_limit OFFSET :row_offset
)
SELECT p.number, p.state, p.from_party, s.name_ms AS from_ms, s.name_en AS from_en, p.to_party, t.name_ms AS to_ms,
    t.name_en AS to_en, p.about, ekasih.referral_name(p.number) AS head_name, a.name AS area_name, p.decision, p.sent_on, p.due_on,
    p.state IN ('dihantar', 'diterima') AND p.due_on < current_date AS late, (SELECT count(*) FROM found) AS total
FROM page AS p
CROSS JOIN LATERAL ekasih.party_names(p.from_party) AS s
CROSS JOIN LATERAL ekasih.party_names(p.to_party) AS t
LEFT JOIN ekasih.area AS a ON a.code = p.area_code
ORDER BY p.closed_on DESC NULLS FIRST, p.due_on, p.id
