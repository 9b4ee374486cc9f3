-- What tools of business intelligence may read, as the role app_bi: figures of closed months as they were published. The
-- schema bi is all that the role reaches; a view is added here when somebody has thought of what it tells.

-- What the figures rest on, in one row.
CREATE VIEW bi.keterangan AS
SELECT p.as_of AS setakat, EXISTS (SELECT FROM ekasih.delivery AS d WHERE d.sample) AS data_contoh,
    'Daftar eKasih, antara isi rumah yang berdaftar'::text AS sumber,
    'Kiraan 1 hingga 4 dan yang mendedahkannya tidak dinyatakan; bulan yang ditutup sahaja'::text AS nota,
    'Digunakan mengikut kuasa pejabat yang diberi sambungan'::text AS hak
FROM ekasih.publication AS p ORDER BY p.id DESC LIMIT 1;

-- The areas of which months are closed, with their households by the census.
CREATE VIEW bi.kawasan AS
SELECT a.code AS kod, a.name AS nama, a.level AS peringkat, a.parent_code AS dalam, a.state_code AS negeri,
    c.households AS isi_rumah_banci, c.year AS tahun_banci
FROM ekasih.area AS a
LEFT JOIN LATERAL (
    SELECT sum(s.value)::bigint AS households, max(s.year) AS year
    FROM ekasih.area_statistic AS s
    WHERE s.source = 'census_2020' AND s.measure = 'household_total' AND a.level IN ('country', 'state', 'district')
        AND (a.level = 'country' OR starts_with(s.area_code, a.code))
    HAVING count(*) > 0
) AS c ON true
WHERE a.level IN ('country', 'state', 'district', 'mukim');

-- The closed months that were published.
CREATE VIEW bi.bulan AS
SELECT c.month AS bulan FROM ekasih.published_count AS c
WHERE c.area_code = 'MY' AND c.cut = 'all'
    AND c.month < (SELECT date_trunc('month', p.as_of)::date FROM ekasih.publication AS p ORDER BY p.id DESC LIMIT 1);

-- Poor households of every area at the end of every closed month, together and by strata; a count that is not told is empty,
-- with the reason beside it, and an area that has nobody has 0.
CREATE VIEW bi.kiraan AS
SELECT m.bulan, a.code AS kod, a.name AS nama, a.level AS peringkat, cut.name AS pecahan,
    CASE WHEN c.area_code IS NULL THEN 0 ELSE c.tegar END AS tegar,
    CASE WHEN c.area_code IS NULL THEN 0 ELSE c.miskin END AS miskin,
    CASE WHEN c.area_code IS NULL THEN 0 ELSE c.tegar + c.miskin END AS jumlah_miskin,
    CASE WHEN c.area_code IS NULL THEN 0 ELSE c.gap_rm END AS jurang_rm,
    CASE WHEN c.area_code IS NOT NULL AND c.tegar IS NULL THEN 'disembunyikan' END AS sebab,
    CASE WHEN c.area_code IS NULL OR c.gap_rm IS NOT NULL THEN NULL WHEN c.tegar IS NULL THEN 'disembunyikan'
        ELSE 'terlalu_sedikit' END AS sebab_jurang
FROM bi.bulan AS m
CROSS JOIN (VALUES ('all'), ('urban'), ('rural')) AS cut (name)
CROSS JOIN ekasih.area AS a
LEFT JOIN ekasih.published_count AS c ON c.area_code = a.code AND c.month = m.bulan AND c.cut = cut.name
WHERE a.level IN ('country', 'state', 'district', 'mukim');

-- Values of indicators in closed months, rounded as they were published; what is hidden has no row.
CREATE VIEW bi.petunjuk AS
SELECT v.month AS bulan, v.area_code AS kod, a.name AS nama, a.level AS peringkat, v.indicator_code AS petunjuk, v.value AS nilai
FROM ekasih.published_value AS v
JOIN ekasih.area AS a ON a.code = v.area_code
WHERE v.value IS NOT NULL
    AND v.month < (SELECT date_trunc('month', p.as_of)::date FROM ekasih.publication AS p ORDER BY p.id DESC LIMIT 1);

GRANT SELECT ON bi.keterangan, bi.kawasan, bi.bulan, bi.kiraan, bi.petunjuk TO app_bi;
