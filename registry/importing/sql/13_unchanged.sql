-- Registered households of which the delivery says nothing new: they are left alone.
UPDATE accepted AS a SET unchanged = true
FROM household AS h, stage_isirumah AS s
WHERE a.known AND h.id = a.id AND s.row_no = a.row_no
    AND (h.census_date, h.district_code, h.mukim_code, h.strata, h.income_rm, h.member_count, h.address, h.village,
         h.postcode, h.town, h.phone, h.dwelling_type, h.tenure, h.dwelling_condition, h.toilet, h.water_supply,
         h.vehicle)
        IS NOT DISTINCT FROM
        (a.census_date, a.district_code, a.mukim_code, a.strata, a.income_rm, a.member_count::smallint,
         nullif(btrim(s.alamat), ''), nullif(btrim(s.kampung_taman), ''), a.postcode, nullif(btrim(s.bandar), ''),
         nullif(btrim(s.telefon), ''), nullif(btrim(s.jenis_kediaman), ''), nullif(btrim(s.pemilikan), ''),
         nullif(btrim(s.keadaan_rumah), ''), nullif(btrim(s.tandas), ''), nullif(btrim(s.bekalan_air), ''),
         nullif(btrim(s.kenderaan), ''))
    AND (
        SELECT array_agg((p.name, p.id_no, p.sex, p.birth_date, p.relationship,
                round(coalesce((SELECT sum(i.amount_rm) FROM income AS i WHERE i.person_id = p.id), 0), 2))::text ORDER BY p.member_no)
        FROM person AS p WHERE p.household_id = a.id
    ) = (
        SELECT array_agg((btrim(t.nama), p.id_no, p.sex, p.birth_date, CASE WHEN p.is_head THEN 'KIR' ELSE btrim(t.hubungan)
                END, round(p.employment_rm, 2) + round(p.self_employment_rm, 2) + round(p.property_rm, 2)
                + round(p.transfers_rm, 2))::text ORDER BY p.member_no)
        FROM read_person AS p JOIN stage_ahli AS t ON t.row_no = p.row_no WHERE p.household_row = a.row_no
    )
