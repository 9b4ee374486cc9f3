-- How the words of a census file are read: one function a kind of value, NULL for what cannot be read. No table is looked
-- at, so that each is a plain expression inside a bulk statement. What nearly every row says is read first and by the
-- cheapest means; the forgiving rest is only reached by the rows that need it.

-- A name as it is searched: upper case, one blank between words.
CREATE OR REPLACE FUNCTION name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN name !~ '[^A-Za-z0-9''/@. -]|  |^ | $' THEN upper(name COLLATE "C")
        ELSE btrim(regexp_replace(upper(name), '\s+', ' ', 'g'))
    END
$$;

-- The census's four groups, from what a household calls itself.
CREATE OR REPLACE FUNCTION ethnicity_code(declared text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN declared IN ('Melayu', 'Bumiputera', 'Orang Asli', 'Iban', 'Kadazan') THEN 'bumiputera'
        WHEN declared = 'Cina' THEN 'chinese'
        WHEN declared = 'India' THEN 'indian'
        WHEN lower(declared) ~ '(cina|chinese)' THEN 'chinese'
        WHEN lower(declared) ~ '(india|indian|tamil)' AND lower(declared) !~ 'indian muslim|indonesia' THEN 'indian'
        WHEN lower(declared) ~ ('(melayu|malay|bumiputera|orang asli|iban|bidayuh|melanau|dayak|orang ulu|kayan|kenyah|'
            'kelabit|penan|lun bawang|kadazan|dusun|bajau|murut|rungus|sungai|suluk|brunei|kedayan|bisaya|semai|'
            'temiar|jakun|senoi|negrito|bumi)') THEN 'bumiputera'
        ELSE 'other'
    END
$$;

CREATE OR REPLACE FUNCTION read_sex(declared text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE lower(btrim(declared) COLLATE "C")
        WHEN 'lelaki' THEN 'male' WHEN 'l' THEN 'male' WHEN 'male' THEN 'male' WHEN 'm' THEN 'male'
        WHEN 'perempuan' THEN 'female' WHEN 'p' THEN 'female' WHEN 'female' THEN 'female' WHEN 'f' THEN 'female'
        WHEN 'wanita' THEN 'female'
    END
$$;

CREATE OR REPLACE FUNCTION read_strata(declared text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        CASE WHEN declared IN ('Bandar', 'Luar Bandar') THEN lower(translate(declared, ' ', '') COLLATE "C")
             ELSE regexp_replace(lower(declared), '[^a-z0-9]', '', 'g') END
        WHEN 'bandar' THEN 'urban' WHEN 'b' THEN 'urban' WHEN 'urban' THEN 'urban' WHEN 'u' THEN 'urban'
        WHEN 'luarbandar' THEN 'rural' WHEN 'lb' THEN 'rural' WHEN 'rural' THEN 'rural' WHEN 'r' THEN 'rural'
    END
$$;

CREATE OR REPLACE FUNCTION read_yes_no(declared text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE lower(btrim(declared) COLLATE "C")
        WHEN 'ya' THEN true WHEN 'y' THEN true WHEN 'yes' THEN true WHEN '1' THEN true WHEN 'ada' THEN true
        WHEN 'true' THEN true WHEN 'benar' THEN true
        WHEN 'tidak' THEN false WHEN 't' THEN false WHEN 'no' THEN false WHEN 'n' THEN false WHEN '0' THEN false
        WHEN 'tiada' THEN false WHEN 'false' THEN false WHEN 'palsu' THEN false
    END
$$;

-- Money in RM: 1200, 1,200.00, RM1,200.00, RM 1 200; blank is nothing, that is 0; NULL where it is not a number.
CREATE OR REPLACE FUNCTION read_money(declared text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN declared IN ('0.00', '0') THEN 0
        WHEN declared ~ '^[0-9]{1,9}(\.[0-9]{1,4})?$' THEN declared::numeric
        WHEN declared IS NULL OR btrim(declared, E' \t\n\r') = '' THEN 0
        WHEN upper(declared) ~ ('^\s*(-\s*)?(RM\s*)?(-\s*)?'
            '(([0-9]{1,9}|[0-9]{1,3}([, ][0-9]{3}){1,2})(\.[0-9]{0,20})?|\.[0-9]{1,20})\s*$')
            AND declared !~ '-.*-'
            THEN regexp_replace(upper(declared), '(RM|,|\s|\.\s*$)', '', 'g')::numeric
    END
$$;

-- A plain number such as a coordinate or a count, with a decimal point or comma; NULL where it is none.
CREATE OR REPLACE FUNCTION read_number(declared text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN declared ~ '^[0-9]{1,9}(\.[0-9]{0,15})?$' THEN declared::numeric
        WHEN declared ~ '^\s*[-+]?[0-9]{1,9}([.,][0-9]{0,15})?\s*$'
            THEN replace(btrim(declared, E' \t\n\r'), ',', '.')::numeric
    END
$$;

-- A day written d/m/yyyy or yyyy-m-d (blanks, dots and dashes as separators too, a time after it is dropped). NULL for
-- what is no day of the calendar. In PL/pgSQL because SQL could not be put in line here and would cost twenty times more.
CREATE OR REPLACE FUNCTION read_written_date(declared text) RETURNS date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    parts text[];
    year integer;
    month integer;
    day integer;
BEGIN
    IF declared ~ '^\s*\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}([ T].*)?\s*$' THEN
        parts := regexp_split_to_array(btrim(declared), '[-/. T]');
        day := parts[1]; month := parts[2]; year := parts[3];
    ELSIF declared ~ '^\s*\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}([ T].*)?\s*$' THEN
        parts := regexp_split_to_array(btrim(declared), '[-/. T]');
        year := parts[1]; month := parts[2]; day := parts[3];
    ELSE
        RETURN NULL;
    END IF;
    IF year NOT BETWEEN 1850 AND 2200 OR month NOT BETWEEN 1 AND 12 OR day < 1
        OR day > extract(day FROM make_date(year, month, 1) + interval '1 month - 1 day') THEN
        RETURN NULL;
    END IF;
    RETURN make_date(year, month, day);
END
$$;

-- The same, with the two forms of the layout read at a fifth of the cost as long as the day is in every month.
CREATE OR REPLACE FUNCTION read_date(declared text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN declared ~ '^(0[1-9]|1[0-9]|2[0-8])/(0[1-9]|1[0-2])/(19|20)[0-9][0-9]$'
            THEN make_date(substr(declared, 7, 4)::integer, substr(declared, 4, 2)::integer, left(declared, 2)::integer)
        WHEN declared ~ '^(19|20)[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$'
            THEN make_date(left(declared, 4)::integer, substr(declared, 6, 2)::integer, substr(declared, 9, 2)::integer)
        WHEN btrim(declared) <> '' THEN read_written_date(declared)
    END
$$;

-- An identity number without blanks and dashes; NULL for what stands for having none.
CREATE OR REPLACE FUNCTION read_id_no(declared text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN declared LIKE '______-__-____' AND translate(declared, '0123456789', '') = '--'
            AND declared <> '000000-00-0000' THEN replace(declared, '-', '')
        WHEN declared ~ '[1-9]' THEN regexp_replace(upper(declared), '[^A-Z0-9]', '', 'g')
    END
$$;

-- A record as the audit keeps it when a delivery brings it up to date: what the census asks, of the household and of its
-- members.
CREATE OR REPLACE FUNCTION census_record(asked_household bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT jsonb_build_object('census_date', h.census_date, 'state_code', h.state_code, 'district_code', h.district_code,
        'mukim_code', h.mukim_code, 'strata', h.strata, 'address', h.address, 'phone', h.phone,
        'member_count', h.member_count, 'income_rm', h.income_rm, 'status', h.status,
        'members', (SELECT jsonb_agg(jsonb_build_object('name', p.name, 'id_no', p.id_no, 'relationship', p.relationship,
                        'income', (SELECT jsonb_object_agg(i.source, i.amount_rm) FROM income AS i
                                   WHERE i.person_id = p.id)) ORDER BY p.member_no)
                    FROM person AS p WHERE p.household_id = h.id))
    FROM household AS h
    WHERE h.id = asked_household
$$;
