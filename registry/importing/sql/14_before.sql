-- What the records that are brought up to date were before: for the audit, and to know what changed.
CREATE TEMP TABLE before ON COMMIT DROP AS
SELECT h.id, h.income_rm, h.member_count, h.state_code, h.district_code, h.mukim_code, h.strata, h.geom,
    jsonb_build_object('census_date', h.census_date, 'state_code', h.state_code, 'district_code', h.district_code,
        'mukim_code', h.mukim_code, 'strata', h.strata, 'address', h.address, 'phone', h.phone,
        'member_count', h.member_count, 'income_rm', h.income_rm, 'status', h.status,
        'members', (SELECT jsonb_agg(jsonb_build_object('name', p.name, 'id_no', p.id_no, 'relationship', p.relationship,
                        'income', (SELECT jsonb_object_agg(i.source, i.amount_rm) FROM income AS i
                                   WHERE i.person_id = p.id)) ORDER BY p.member_no)
                    FROM person AS p WHERE p.household_id = h.id)) AS record
FROM household AS h
JOIN accepted AS a ON a.id = h.id AND a.known AND NOT a.unchanged
