-- Aid given to a household, as who is acting may know it, newest first.
-- grain:   one row per line of aid
-- params:  household
-- columns: line_id, day, agency_code?, agency_ms?, agency_en?, programme_ms?, programme_en?, kind_ms?, kind_en?, need_code, need_ms, need_en, begins, ends?, amount_rm?, quantity?, unit?, reference?, origin, outside_target, reversed_on?, member_no?, override_reason?
-- row:     GivenRow
SELECT line_id, day, agency_code, agency_ms, agency_en, programme_ms, programme_en, kind_ms, kind_en, need_code, need_ms,
    need_en, begins, ends, amount_rm, quantity, unit, reference, origin, outside_target, reversed_on, member_no,
    override_reason
FROM ekasih.aid_of_household(:household)
