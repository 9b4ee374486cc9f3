-- The ledger: one function posts every entry, judging it in the order of the rule; triggers hold what must be true of the
-- entries whoever writes them.

INSERT INTO setting (key, value, least, most, step) VALUES
    ('ledger.late_days', '31', 0, 180, 1),
    ('ledger.answer_days', '7', 1, 90, 1)
ON CONFLICT (key) DO UPDATE SET least = EXCLUDED.least, most = EXCLUDED.most, step = EXCLUDED.step;

-- The refusals of the ledger, each with a SQLSTATE of its own; registry/money_refusals.py names them.
CREATE OR REPLACE FUNCTION refuse_entry(code text) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    CASE code
        WHEN 'rujukan_berulang' THEN RAISE EXCEPTION 'rujukan_berulang' USING ERRCODE = 'EK080';
        WHEN 'amaun_tidak_positif' THEN RAISE EXCEPTION 'amaun_tidak_positif' USING ERRCODE = 'EK081';
        WHEN 'tahun_ditutup' THEN RAISE EXCEPTION 'tahun_ditutup' USING ERRCODE = 'EK082';
        WHEN 'tahun_tidak_padan' THEN RAISE EXCEPTION 'tahun_tidak_padan' USING ERRCODE = 'EK083';
        WHEN 'tahun_belum_tamat' THEN RAISE EXCEPTION 'tahun_belum_tamat' USING ERRCODE = 'EK084';
        WHEN 'bayaran_tidak_dikenali' THEN RAISE EXCEPTION 'bayaran_tidak_dikenali' USING ERRCODE = 'EK085';
        WHEN 'sudah_dijawab' THEN RAISE EXCEPTION 'sudah_dijawab' USING ERRCODE = 'EK086';
        WHEN 'amaun_tidak_sama' THEN RAISE EXCEPTION 'amaun_tidak_sama' USING ERRCODE = 'EK087';
        WHEN 'asal_tidak_ditemui' THEN RAISE EXCEPTION 'asal_tidak_ditemui' USING ERRCODE = 'EK088';
        WHEN 'tidak_boleh_dibatalkan' THEN RAISE EXCEPTION 'tidak_boleh_dibatalkan' USING ERRCODE = 'EK089';
        WHEN 'sudah_dibatalkan' THEN RAISE EXCEPTION 'sudah_dibatalkan' USING ERRCODE = 'EK090';
        WHEN 'dalam_bayaran_belum_selesai' THEN RAISE EXCEPTION 'dalam_bayaran_belum_selesai' USING ERRCODE = 'EK091';
        WHEN 'baki_tidak_cukup' THEN RAISE EXCEPTION 'baki_tidak_cukup' USING ERRCODE = 'EK092';
        WHEN 'arahan_tidak_lengkap' THEN RAISE EXCEPTION 'arahan_tidak_lengkap' USING ERRCODE = 'EK093';
        WHEN 'program_tidak_dikenali' THEN RAISE EXCEPTION 'program_tidak_dikenali' USING ERRCODE = 'EK094';
        WHEN 'lejar_dikunci' THEN RAISE EXCEPTION 'lejar_dikunci' USING ERRCODE = 'EK095';
    END CASE;
END
$$;

-- The fiscal year that a day lies in: it is named by the year in which it begins.
CREATE OR REPLACE FUNCTION fiscal_year(asked_day date, first_month integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT extract(year FROM asked_day)::integer - CASE WHEN extract(month FROM asked_day) < first_month THEN 1 ELSE 0 END
$$;

CREATE OR REPLACE FUNCTION fiscal_month_of(asked_programme text) RETURNS integer
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT a.fiscal_month::integer FROM aid_programme AS p JOIN agency AS a ON a.id = p.agency_id
    WHERE p.code = asked_programme
$$;

-- The account that a command takes from and the one that it gives to.
CREATE OR REPLACE FUNCTION ledger_move(command text, closed boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE command
        WHEN 'peruntukan' THEN ARRAY['SUMBER', 'PERUNTUKAN'] WHEN 'kurang' THEN ARRAY['PERUNTUKAN', 'SUMBER']
        WHEN 'waran' THEN ARRAY['PERUNTUKAN', 'WARAN'] WHEN 'waran_pulang' THEN ARRAY['WARAN', 'PERUNTUKAN']
        WHEN 'tanggungan' THEN ARRAY['WARAN', 'TANGGUNGAN'] WHEN 'lepas' THEN ARRAY['TANGGUNGAN', 'WARAN']
        WHEN 'bayar' THEN ARRAY['TANGGUNGAN', 'DALAM_BAYARAN'] WHEN 'sah' THEN ARRAY['DALAM_BAYARAN', 'BELANJA']
        WHEN 'gagal' THEN ARRAY['DALAM_BAYARAN', 'TANGGUNGAN']
        WHEN 'pulang' THEN CASE WHEN closed THEN ARRAY['SUMBER', 'PULANGAN'] ELSE ARRAY['BELANJA', 'TANGGUNGAN'] END
    END
$$;

-- A line of an account of a case: an account has no office and no case but those that belong to it.
CREATE OR REPLACE FUNCTION ledger_line_of(account text, office text, case_no text, amount numeric) RETURNS ledger_line
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT ROW(NULL, NULL, account,
        CASE WHEN account IN ('SUMBER', 'PERUNTUKAN', 'LUPUT', 'PULANGAN') THEN '' ELSE office END,
        CASE WHEN account IN ('TANGGUNGAN', 'DALAM_BAYARAN', 'BELANJA') THEN case_no ELSE '' END, amount)::ledger_line
$$;

-- Opens the book of a year where it is new, and holds it: nobody closes it meanwhile. Answers whether it is closed.
CREATE OR REPLACE FUNCTION hold_ledger_year(asked_year integer, asked_programme text, to_close boolean) RETURNS boolean
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    book ledger_year;
BEGIN
    INSERT INTO ledger_year (year, programme) VALUES (asked_year, asked_programme) ON CONFLICT DO NOTHING;
    IF to_close THEN
        SELECT * INTO book FROM ledger_year WHERE year = asked_year AND programme = asked_programme FOR UPDATE;
    ELSE
        SELECT * INTO book FROM ledger_year WHERE year = asked_year AND programme = asked_programme FOR SHARE;
    END IF;
    RETURN book.closed_on IS NOT NULL;
END
$$;

-- Takes the turn of these offices in a book, in their order: commands of one office wait for each other, and none fails.
CREATE OR REPLACE FUNCTION hold_ledger_offices(asked_year integer, asked_programme text, offices text[]) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    INSERT INTO ledger_vote (year, programme, office)
    SELECT DISTINCT asked_year, asked_programme, o FROM unnest(offices) AS o ORDER BY o ON CONFLICT DO NOTHING;
    PERFORM FROM ledger_vote AS v
    WHERE v.year = asked_year AND v.programme = asked_programme AND v.office = ANY (offices)
    ORDER BY v.office FOR UPDATE;
END
$$;

-- The offices whose accounts a command touches; the programme's own are those of no office.
CREATE OR REPLACE FUNCTION ledger_offices(asked ledger_entry, closed boolean) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE
        WHEN asked.command = 'tutup' THEN ARRAY(SELECT office FROM ledger_vote
            WHERE year = asked.year AND programme = asked.programme) || ARRAY['']
        WHEN asked.command = 'batal' THEN ARRAY(SELECT DISTINCT office FROM ledger_line
            WHERE entry_id = asked.original_id)
        WHEN asked.command IN ('peruntukan', 'kurang') OR asked.command = 'pulang' AND closed THEN ARRAY['']
        WHEN asked.command IN ('waran', 'waran_pulang') THEN ARRAY['', asked.office]
        WHEN asked.office = '' THEN '{}' ELSE ARRAY[asked.office] END
$$;

-- What the column of a command refuses, once its turn has come.
CREATE OR REPLACE FUNCTION judge_ledger_command(asked ledger_entry) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    paid payment;
    reversed ledger_entry;
BEGIN
    IF asked.command IN ('sah', 'gagal', 'pulang') THEN
        SELECT * INTO paid FROM payment WHERE id = asked.payment_id;
        RETURN CASE
            WHEN paid.id IS NULL OR (paid.year, paid.programme) <> (asked.year, asked.programme)
                OR paid.state IN ('disediakan', 'dibatalkan') THEN 'bayaran_tidak_dikenali'
            WHEN paid.state <> CASE asked.command WHEN 'pulang' THEN 'berjaya' ELSE 'dihantar' END THEN 'sudah_dijawab'
            WHEN paid.amount IS DISTINCT FROM asked.amount THEN 'amaun_tidak_sama' END;
    ELSIF asked.command = 'batal' THEN
        SELECT * INTO reversed FROM ledger_entry WHERE id = asked.original_id;
        RETURN CASE
            WHEN reversed.id IS NULL OR (reversed.year, reversed.programme) <> (asked.year, asked.programme)
                THEN 'asal_tidak_ditemui'
            WHEN reversed.command NOT IN ('peruntukan', 'kurang', 'waran', 'waran_pulang', 'tanggungan', 'lepas')
                THEN 'tidak_boleh_dibatalkan'
            WHEN EXISTS (SELECT FROM ledger_entry AS e WHERE e.original_id = reversed.id) THEN 'sudah_dibatalkan' END;
    ELSIF asked.command = 'tutup' THEN
        RETURN (SELECT 'dalam_bayaran_belum_selesai' FROM ledger_vote AS v
                WHERE v.year = asked.year AND v.programme = asked.programme AND v.dalam_bayaran > 0 LIMIT 1);
    END IF;
    RETURN NULL;
END
$$;

-- What is refused of any entry before its own column, in the order of the rule. An answer of the bank is one whenever it
-- comes: its year cannot be closed without it.
CREATE OR REPLACE FUNCTION judge_ledger_entry(asked ledger_entry, closed boolean, came_back boolean, answers boolean)
RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    first_month integer := fiscal_month_of(asked.programme);
    current_year integer := fiscal_year(asked.day, first_month);
    late boolean := asked.command IN ('lepas', 'bayar', 'sah', 'gagal', 'pulang', 'batal')
        AND asked.year = current_year - 1 AND asked.day - make_date(current_year, first_month, 1)
            < (SELECT value::text::integer FROM setting WHERE key = 'ledger.late_days');
BEGIN
    RETURN CASE
        WHEN EXISTS (SELECT FROM ledger_entry AS e WHERE e.reference = asked.reference) THEN 'rujukan_berulang'
        WHEN asked.command NOT IN ('tutup', 'sah', 'gagal', 'pulang', 'batal') AND coalesce(asked.amount, 0) <= 0
            THEN 'amaun_tidak_positif'
        WHEN closed AND NOT came_back THEN 'tahun_ditutup'
        WHEN asked.command = 'tutup' AND current_year <= asked.year THEN 'tahun_belum_tamat'
        WHEN asked.command <> 'tutup' AND asked.year <> current_year AND NOT late AND NOT came_back AND NOT answers
            THEN 'tahun_tidak_padan'
        ELSE coalesce(judge_ledger_command(asked), CASE
            WHEN asked.command IN ('waran', 'waran_pulang', 'tanggungan', 'lepas', 'bayar') AND asked.office = ''
                OR asked.command IN ('tanggungan', 'lepas', 'bayar') AND asked.case_no = '' THEN 'arahan_tidak_lengkap' END)
        END;
END
$$;

-- The lines of an entry that was judged.
CREATE OR REPLACE FUNCTION ledger_lines(asked ledger_entry, closed boolean) RETURNS ledger_line[]
LANGUAGE plpgsql STABLE SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    moved text[] := ledger_move(asked.command, closed);
    made ledger_line[];
BEGIN
    IF asked.command = 'batal' THEN
        RETURN ARRAY(SELECT ledger_line_of(l.account, l.office, l.case_no, -l.amount) FROM ledger_line AS l
                     WHERE l.entry_id = asked.original_id ORDER BY l.number);
    ELSIF asked.command = 'tutup' THEN
        made := ARRAY(SELECT ledger_line_of(b.account, b.office, b.case_no, -b.amount) FROM ledger_balance AS b
                      WHERE b.year = asked.year AND b.programme = asked.programme AND b.amount > 0
                          AND b.account IN ('PERUNTUKAN', 'WARAN', 'TANGGUNGAN')
                      ORDER BY b.office, b.case_no, b.account);
        RETURN CASE WHEN made = '{}' THEN made
                    ELSE made || ledger_line_of('LUPUT', '', '', -(SELECT sum((l).amount) FROM unnest(made) AS l)) END;
    END IF;
    RETURN ARRAY[ledger_line_of(moved[1], asked.office, asked.case_no, -asked.amount),
                 ledger_line_of(moved[2], asked.office, asked.case_no, asked.amount)];
END
$$;

-- Writes an entry with its lines; balances follow, and what would leave one below nothing is refused.
CREATE OR REPLACE FUNCTION write_ledger_entry(asked ledger_entry, lines ledger_line[]) RETURNS bigint
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    made bigint;
BEGIN
    IF EXISTS (
        SELECT FROM unnest(lines) AS l
        LEFT JOIN ledger_balance AS b ON (b.year, b.programme, b.office, b.case_no, b.account)
            = (asked.year, asked.programme, l.office, l.case_no, l.account)
        WHERE l.account <> 'SUMBER'
        GROUP BY l.account, l.office, l.case_no, b.amount HAVING coalesce(b.amount, 0) + sum(l.amount) < 0) THEN
        PERFORM refuse_entry('baki_tidak_cukup');
    END IF;
    IF asked.command = 'bayar' THEN
        INSERT INTO payment AS p (number, year, programme, office, case_no, amount, state, sent_on)
        VALUES (asked.reference, asked.year, asked.programme, asked.office, asked.case_no, asked.amount, 'dihantar',
                asked.day)
        ON CONFLICT (number) DO UPDATE SET state = 'dihantar', sent_on = EXCLUDED.sent_on
        WHERE p.state = 'disediakan' AND (p.year, p.programme, p.office, p.case_no, p.amount)
            = (EXCLUDED.year, EXCLUDED.programme, EXCLUDED.office, EXCLUDED.case_no, EXCLUDED.amount)
        RETURNING id INTO asked.payment_id;
    END IF;
    INSERT INTO ledger_entry (reference, day, command, year, programme, office, case_no, amount, lines, original_id,
        payment_id, made_by)
    SELECT asked.reference, asked.day, asked.command, asked.year, asked.programme, asked.office, asked.case_no,
        (SELECT coalesce(sum(l.amount) FILTER (WHERE l.amount > 0), 0) FROM unnest(lines) AS l),
        coalesce(cardinality(lines), 0), asked.original_id, asked.payment_id, acting_user()
    WHERE asked.command <> 'bayar' OR asked.payment_id IS NOT NULL
    ON CONFLICT (reference) DO NOTHING RETURNING id INTO made;
    IF made IS NULL THEN  -- posted meanwhile, or the number of another payment
        PERFORM refuse_entry('rujukan_berulang');
    END IF;
    INSERT INTO ledger_line (entry_id, number, account, office, case_no, amount)
    SELECT made, l.n, l.account, l.office, l.case_no, l.amount
    FROM unnest(lines) WITH ORDINALITY AS l (entry_id, number, account, office, case_no, amount, n);
    RETURN made;
END
$$;

-- Posts an entry, or refuses it by the first rule that it breaks. Locks are taken in one order: the years, the offices,
-- then the balances.
CREATE OR REPLACE FUNCTION ledger_post(
    asked_command text, asked_day date, asked_year integer, asked_programme text, asked_office text, asked_case text,
    asked_amount numeric, asked_reference text, asked_original text, answers boolean DEFAULT false)
RETURNS bigint
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    asked ledger_entry;
    paid payment;
    closed boolean;
    came_back boolean := false;
    refused text;
    made bigint;
BEGIN
    asked.command := asked_command;
    asked.day := asked_day;
    asked.year := CASE WHEN asked_year BETWEEN 1900 AND 9999 THEN asked_year ELSE 0 END;
    asked.programme := coalesce(asked_programme, '');
    asked.office := coalesce(asked_office, '');
    asked.case_no := coalesce(asked_case, '');
    asked.amount := asked_amount;
    asked.reference := coalesce(nullif(asked_reference, ''), format('TUTUP/%s/%s', asked_year, asked_programme));
    IF fiscal_month_of(asked.programme) IS NULL THEN
        PERFORM refuse_entry('program_tidak_dikenali');
    ELSIF asked.day IS NULL OR asked.year = 0 AND asked_command = 'tutup' OR asked_command <> 'tutup' AND coalesce(asked_reference, '') = ''
        OR NOT asked_command = ANY (ARRAY['peruntukan', 'kurang', 'waran', 'waran_pulang', 'tanggungan', 'lepas', 'bayar',
                                          'sah', 'gagal', 'pulang', 'batal', 'tutup']) THEN
        PERFORM refuse_entry('arahan_tidak_lengkap');
    END IF;
    IF asked_command IN ('sah', 'gagal', 'pulang') THEN
        SELECT * INTO paid FROM payment WHERE number = asked_original;
        asked.payment_id := paid.id;
        asked.office := coalesce(paid.office, asked.office);
        asked.case_no := coalesce(paid.case_no, asked.case_no);
    ELSIF asked_command = 'batal' THEN
        asked.original_id := (SELECT id FROM ledger_entry WHERE reference = asked_original);
    END IF;
    closed := hold_ledger_year(asked.year, asked.programme, asked_command = 'tutup');
    IF closed AND asked_command = 'pulang' THEN  -- the money comes into the year of the day, which must be open itself
        came_back := fiscal_year(asked.day, fiscal_month_of(asked.programme)) > asked.year
            AND NOT hold_ledger_year(fiscal_year(asked.day, fiscal_month_of(asked.programme)), asked.programme, false);
    END IF;
    PERFORM hold_ledger_offices(
        CASE WHEN came_back THEN fiscal_year(asked.day, fiscal_month_of(asked.programme)) ELSE asked.year END,
        asked.programme, ledger_offices(asked, closed));
    came_back := came_back AND EXISTS (
        SELECT FROM payment AS p WHERE p.id = asked.payment_id AND p.state = 'berjaya'
            AND (p.year, p.programme) = (asked.year, asked.programme));
    refused := judge_ledger_entry(asked, closed, came_back, answers);
    IF refused IS NOT NULL THEN
        PERFORM refuse_entry(refused);
    END IF;
    IF came_back THEN
        asked.year := fiscal_year(asked.day, fiscal_month_of(asked.programme));
    END IF;
    made := write_ledger_entry(asked, ledger_lines(asked, closed));
    UPDATE payment SET state = CASE asked_command WHEN 'sah' THEN 'berjaya' WHEN 'gagal' THEN 'gagal' ELSE 'dipulangkan' END,
        answered_on = asked.day
    WHERE id = asked.payment_id AND asked_command IN ('sah', 'gagal', 'pulang');
    IF asked_command = 'tutup' THEN
        UPDATE ledger_year SET closed_on = asked.day WHERE year = asked.year AND programme = asked.programme;
    END IF;
    RETURN made;
END
$$;

REVOKE ALL ON FUNCTION
    ledger_post(text, date, integer, text, text, text, numeric, text, text, boolean), refuse_entry(text),
    write_ledger_entry(ledger_entry, ledger_line[]), hold_ledger_year(integer, text, boolean),
    hold_ledger_offices(integer, text, text[]) FROM PUBLIC;
