-- What is true of the ledger at every commit, whoever writes it: entries sum to nothing and are only added, balances are
-- the sums of their lines, a reversal reverses once, and a closed year stays as it is.

-- An entry is judged once more as it is written: no year that is closed, no reversal of what cannot be reversed.
CREATE OR REPLACE FUNCTION keep_ledger_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_year AS y WHERE (y.year, y.programme) = (NEW.year, NEW.programme)
               AND y.closed_on IS NOT NULL) THEN
        PERFORM refuse_entry('tahun_ditutup');
    ELSIF NEW.original_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM ledger_entry AS e WHERE e.id = NEW.original_id AND (e.year, e.programme) = (NEW.year, NEW.programme)
            AND e.command IN ('peruntukan', 'kurang', 'waran', 'waran_pulang', 'tanggungan', 'lepas')) THEN
        PERFORM refuse_entry('tidak_boleh_dibatalkan');
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER entry_kept BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION keep_ledger_entry();

-- Adds lines to their balances, offices before cases, each in the order of its key.
CREATE OR REPLACE FUNCTION add_ledger_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM added AS l JOIN ledger_entry AS e ON e.id = l.entry_id
               JOIN ledger_year AS y USING (year, programme) WHERE y.closed_on IS NOT NULL) THEN
        PERFORM refuse_entry('tahun_ditutup');
    END IF;
    IF EXISTS (SELECT FROM added AS l JOIN ledger_entry AS e ON e.id = l.entry_id
               WHERE l.number NOT BETWEEN 1 AND e.lines) THEN
        PERFORM refuse_entry('lejar_dikunci');
    END IF;
    INSERT INTO ledger_vote (year, programme, office)
    SELECT DISTINCT e.year, e.programme, l.office
    FROM added AS l JOIN ledger_entry AS e ON e.id = l.entry_id ORDER BY 1, 2, 3
    ON CONFLICT (year, programme, office) DO NOTHING;
    PERFORM FROM ledger_vote AS v
    WHERE (v.year, v.programme, v.office) IN (
        SELECT e.year, e.programme, l.office FROM added AS l JOIN ledger_entry AS e ON e.id = l.entry_id)
    ORDER BY v.year, v.programme, v.office FOR UPDATE;
    UPDATE ledger_vote AS v SET
        sumber = v.sumber + s.sumber, peruntukan = v.peruntukan + s.peruntukan, waran = v.waran + s.waran,
        tanggungan = v.tanggungan + s.tanggungan, dalam_bayaran = v.dalam_bayaran + s.dalam_bayaran,
        belanja = v.belanja + s.belanja, luput = v.luput + s.luput, pulangan = v.pulangan + s.pulangan,
        changed_on = s.changed_on
    FROM (SELECT e.year, e.programme, l.office, max(e.day) AS changed_on,
              coalesce(sum(l.amount) FILTER (WHERE l.account = 'SUMBER'), 0) AS sumber,
              coalesce(sum(l.amount) FILTER (WHERE l.account = 'PERUNTUKAN'), 0) AS peruntukan,
              coalesce(sum(l.amount) FILTER (WHERE l.account = 'WARAN'), 0) AS waran,
              coalesce(sum(l.amount) FILTER (WHERE l.account = 'TANGGUNGAN'), 0) AS tanggungan,
              coalesce(sum(l.amount) FILTER (WHERE l.account = 'DALAM_BAYARAN'), 0) AS dalam_bayaran,
              coalesce(sum(l.amount) FILTER (WHERE l.account = 'BELANJA'), 0) AS belanja,
              coalesce(sum(l.amount) FILTER (WHERE l.account = 'LUPUT'), 0) AS luput,
              coalesce(sum(l.amount) FILTER (WHERE l.account = 'PULANGAN'), 0) AS pulangan
          FROM added AS l JOIN ledger_entry AS e ON e.id = l.entry_id
          GROUP BY e.year, e.programme, l.office) AS s
    WHERE (v.year, v.programme, v.office) = (s.year, s.programme, s.office);
    INSERT INTO ledger_balance (year, programme, office, case_no, account, amount)
    SELECT DISTINCT e.year, e.programme, l.office, l.case_no, l.account, 0::numeric
    FROM added AS l JOIN ledger_entry AS e ON e.id = l.entry_id ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (year, programme, office, case_no, account) DO NOTHING;
    PERFORM FROM ledger_balance AS b
    WHERE (b.year, b.programme, b.office, b.case_no, b.account) IN (
        SELECT e.year, e.programme, l.office, l.case_no, l.account
        FROM added AS l JOIN ledger_entry AS e ON e.id = l.entry_id)
    ORDER BY b.year, b.programme, b.office, b.case_no, b.account FOR UPDATE;
    UPDATE ledger_balance AS b SET amount = b.amount + s.amount
    FROM (SELECT e.year, e.programme, l.office, l.case_no, l.account, sum(l.amount) AS amount
          FROM added AS l JOIN ledger_entry AS e ON e.id = l.entry_id
          GROUP BY e.year, e.programme, l.office, l.case_no, l.account) AS s
    WHERE (b.year, b.programme, b.office, b.case_no, b.account) = (s.year, s.programme, s.office, s.case_no, s.account);
    RETURN NULL;
END
$$;
CREATE TRIGGER lines_added AFTER INSERT ON ledger_line REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION add_ledger_lines();

-- At commit: an entry has as many lines as it says, and they sum to nothing. None has a number above theirs, so that none
-- is added to it later.
CREATE OR REPLACE FUNCTION balance_ledger_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    found record;
BEGIN
    SELECT count(*) AS lines, coalesce(sum(l.amount), 0) AS amount INTO found FROM ledger_line AS l WHERE l.entry_id = NEW.id;
    IF (found.lines, found.amount) <> (NEW.lines, 0) THEN
        PERFORM refuse_entry('lejar_dikunci');
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER entry_balanced AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION balance_ledger_entry();

-- Entries and lines are only added; a year that is closed is never opened again.
CREATE OR REPLACE FUNCTION refuse_ledger_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM refuse_entry('lejar_dikunci');
    RETURN NULL;
END
$$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_line
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER stays_closed BEFORE UPDATE OR DELETE ON ledger_year
FOR EACH ROW WHEN (OLD.closed_on IS NOT NULL) EXECUTE FUNCTION refuse_ledger_change();

-- Every line added once more: what differs from the balances that are kept, in the order of their keys.
CREATE OR REPLACE FUNCTION ledger_differences()
RETURNS TABLE (account text, kept numeric, added_up numeric)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    WITH summed AS (
        SELECT e.year, e.programme, l.office, l.case_no, l.account, sum(l.amount) AS amount
        FROM ledger_line AS l JOIN ledger_entry AS e ON e.id = l.entry_id
        GROUP BY e.year, e.programme, l.office, l.case_no, l.account
    ), found AS (
        SELECT concat_ws('/', year, programme, nullif(office, ''), nullif(case_no, ''), s.account) AS account,
            coalesce(b.amount, 0) AS kept, coalesce(s.amount, 0) AS added_up
        FROM ledger_balance AS b FULL JOIN summed AS s USING (year, programme, office, case_no, account)
        UNION ALL
        SELECT concat_ws('/', year, programme, nullif(office, ''), lower(account)), coalesce(v.amount, 0),
            coalesce(s.amount, 0)
        FROM (SELECT year, programme, office, account, sum(amount) AS amount FROM summed
              GROUP BY year, programme, office, account) AS s
        FULL JOIN (SELECT v.year, v.programme, v.office, a.account, a.amount FROM ledger_vote AS v
                   CROSS JOIN LATERAL (VALUES ('SUMBER', v.sumber), ('PERUNTUKAN', v.peruntukan), ('WARAN', v.waran),
                       ('TANGGUNGAN', v.tanggungan), ('DALAM_BAYARAN', v.dalam_bayaran), ('BELANJA', v.belanja),
                       ('LUPUT', v.luput), ('PULANGAN', v.pulangan)) AS a (account, amount)) AS v
            USING (year, programme, office, account)
        UNION ALL
        SELECT 'entry ' || e.reference, e.lines, count(l.entry_id)
        FROM ledger_entry AS e LEFT JOIN ledger_line AS l ON l.entry_id = e.id
        GROUP BY e.id HAVING e.lines <> count(l.entry_id)
        UNION ALL
        SELECT 'entry ' || e.reference, 0, sum(l.amount)
        FROM ledger_entry AS e JOIN ledger_line AS l ON l.entry_id = e.id GROUP BY e.id HAVING sum(l.amount) <> 0
    )
    SELECT f.account, f.kept, f.added_up FROM found AS f WHERE f.kept <> f.added_up ORDER BY f.account
$$;

REVOKE ALL ON FUNCTION ledger_differences() FROM PUBLIC;
