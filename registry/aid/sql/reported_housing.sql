-- Of these lines (of a house), those whose family told the census of a house before the day of the line.
SELECT j.row_no
FROM judged_line AS j
WHERE j.need_code = 'RUMAH' AND EXISTS (
    SELECT FROM ekasih.aid_received AS a
    WHERE a.household_id = j.household_id AND a.given_on < j.day
        AND upper(btrim(a.programme)) IN ('BAIK PULIH RUMAH', 'PPRT'))
