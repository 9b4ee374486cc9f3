-- What became of each household of a cohort by the end of a day: the one place where fates are told apart. A status in
-- force is its own fate; "exited" is a household out of the counts on that day, with the reason; "merged" a record taken
-- out as a duplicate; "gone" one that left the register otherwise. "by_line" says that its status is another one than when
-- it was locked, and that a change of the line or of the rule made it so, not one of the household.
CREATE OR REPLACE FUNCTION cohort_fates(asked_cohort bigint, on_day date)
RETURNS TABLE (household_id bigint, district_code text, fate text, reason text, by_line boolean)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT m.household_id, m.district_code,
        CASE
            -- an exit writes no decision, so the last status would stay
            WHEN absent.reason IS NOT NULL THEN 'exited'
            WHEN d.status IS NOT NULL THEN d.status
            WHEN merged.gone_id IS NOT NULL THEN 'merged'
            ELSE 'gone'
        END,
        absent.reason,
        absent.reason IS NULL AND d.status <> m.status AND coalesce(last.cause IN ('line_changed', 'rule_changed'), false)
    FROM cohort_member AS m
    LEFT JOIN LATERAL (
        SELECT e.reason FROM household_exit AS e
        WHERE e.household_id = m.household_id AND time_out(e.exited_on, e.undone_on) @> on_day
        ORDER BY e.exited_on DESC, e.id DESC LIMIT 1) AS absent ON true
    LEFT JOIN LATERAL (
        SELECT s.status FROM status_decision AS s
        WHERE s.household_id = m.household_id AND s.effective_on <= on_day
        ORDER BY s.effective_on DESC, s.id DESC LIMIT 1) AS d ON true
    LEFT JOIN LATERAL (
        SELECT s.cause FROM status_decision AS s
        WHERE s.household_id = m.household_id AND s.effective_on <= on_day AND s.status <> s.previous_status
        ORDER BY s.effective_on DESC, s.id DESC LIMIT 1) AS last ON true
    LEFT JOIN LATERAL (
        SELECT h.gone_id FROM household_merge AS h
        WHERE h.gone_id = m.household_id AND h.undone_at IS NULL LIMIT 1) AS merged ON true
    WHERE m.cohort_id = asked_cohort
$$;
