-- Lists of payments, the newest first; before is the number of the last one that was shown before.
-- grain:   one row per list
-- params:  before, row_limit
-- columns: id, number, programme, office, state, listed_on?, made_at, made_by?, released_by?, own, payments, amount, unanswered
-- row:     PaymentListRow
SELECT l.id, l.number, l.programme, l.office, l.state, l.listed_on, l.made_at, ekasih.name_by_money(l.made_by) AS made_by,
    ekasih.name_by_money(l.released_by) AS released_by, coalesce(l.made_by = ekasih.acting_user(), false) AS own, s.payments, s.amount,
    s.unanswered
FROM ekasih.payment_list AS l
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE p.state <> 'dibatalkan') AS payments,
        coalesce(sum(p.amount) FILTER (WHERE p.state <> 'dibatalkan'), 0) AS amount,
        count(*) FILTER (WHERE p.state = 'dihantar') AS unanswered
    FROM ekasih.payment AS p WHERE p.list_id = l.id) AS s
WHERE l.id < coalesce(CAST(:before AS bigint), 9223372036854775807)
ORDER BY l.id DESC
LIMIT CAST(:row_limit AS int)
