-- How many applications wait for the own step, and how many are late, each counted up to 1,000.
-- grain:   one row
-- params:
-- columns: waiting, late
-- row:     ApplicationCountsRow
SELECT
    (SELECT count(*) FROM (
        SELECT FROM ekasih.aid_application AS a JOIN ekasih.aid_kind AS k ON k.id = a.kind_id
        WHERE a.state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu')
            AND CASE WHEN a.state IN ('draf', 'tidak_lengkap') THEN a.opened_by = ekasih.acting_user()
                WHEN a.state = 'dirayu' THEN ekasih.may('decide_appeal')
                ELSE a.agency_id = ekasih.acting_agency() AND CASE a.state WHEN 'diterima' THEN ekasih.may('check_aid')
                    WHEN 'disemak' THEN ekasih.may('approve_aid') WHEN 'diserah' THEN ekasih.may('deliver_aid')
                    WHEN 'diluluskan' THEN ekasih.may('deliver_aid') AND k.form <> 'tunai' ELSE false END END
        LIMIT 1000) AS mine) AS waiting,
    (SELECT count(*) FROM (
        SELECT FROM ekasih.aid_application AS a
        WHERE a.state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu')
            AND a.due_on < current_date
        LIMIT 1000) AS behind) AS late
