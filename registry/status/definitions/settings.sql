-- Settings: those with a step are numbers that administrators may change, from least to most; what is there stays.

INSERT INTO setting (key, value, least, most, step) VALUES
    ('review.months', '24', 1, 120, 1),
    ('quality.stacked_at_least', '5', 2, 1000, 1),
    ('quality.income_factor', '3', 1.5, 20, 0.5),
    ('quality.income_least_rm', '300', 0, 10000, 10),
    ('quality.oldest_years', '110', 90, 130, 1),
    ('cards.valid_days', '730', 30, 3650, 1),
    ('cards.requests_per_hour', '20', 1, 1000, 1),
    ('cards.opened_per_minute', '30', 1, 1000, 1),
    ('checking.per_day', '1000', 1, 100000, 1),
    ('checking.per_minute', '30', 1, 1000, 1),
    ('downloads.per_minute', '10', 1, 1000, 1),
    ('map.households_per_hour', '20000', 300, 1000000, 100),
    ('map.views_per_minute', '120', 10, 1000, 1),
    ('sign_in.factor_for_everyone', '0', 0, 1, 1),
    ('tercicir.n_eff', '287', 30, 100000, 1),
    ('measures.depth_from', '10', 10, 1000, 1),
    ('measures.spread_from', '30', 30, 10000, 1),
    ('measures.lorenz_from', '100', 100, 10000, 1),
    ('measures.change_from', '5', 5, 1000, 1),
    ('disclosure.threshold', '5', NULL, NULL, NULL)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

-- they hold nothing of a person, and are read before anybody has signed in
CREATE POLICY read_everyone ON setting FOR SELECT TO app_web USING (true);
CREATE POLICY administer ON setting FOR UPDATE TO app_web
USING ((SELECT administers()) AND step IS NOT NULL) WITH CHECK ((SELECT administers()) AND step IS NOT NULL);
GRANT UPDATE (value) ON setting TO app_web;

