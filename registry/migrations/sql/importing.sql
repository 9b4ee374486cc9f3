-- How the words of a census file are read: one function a kind of value, NULL for what cannot be read. No table is looked
-- at, so that each is a plain expression inside a bulk statement.

-- A name as it is searched: upper case, one blank between words.
CREATE OR REPLACE FUNCTION name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT btrim(regexp_replace(upper(name), '\s+', ' ', 'g')) $$;

-- The census's four groups, from what a household calls itself.
CREATE OR REPLACE FUNCTION ethnicity_code(declared text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
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
    SELECT CASE lower(btrim(declared))
        WHEN 'lelaki' THEN 'male' WHEN 'l' THEN 'male' WHEN 'male' THEN 'male' WHEN 'm' THEN 'male'
        WHEN 'perempuan' THEN 'female' WHEN 'p' THEN 'female' WHEN 'female' THEN 'female' WHEN 'f' THEN 'female'
        WHEN 'wanita' THEN 'female'
    END
$$;

CREATE OR REPLACE FUNCTION read_strata(declared text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE regexp_replace(lower(declared), '[^a-z0-9]', '', 'g')
        WHEN 'bandar' THEN 'urban' WHEN 'b' THEN 'urban' WHEN 'urban' THEN 'urban' WHEN 'u' THEN 'urban'
        WHEN 'luarbandar' THEN 'rural' WHEN 'lb' THEN 'rural' WHEN 'rural' THEN 'rural' WHEN 'r' THEN 'rural'
    END
$$;

CREATE OR REPLACE FUNCTION read_yes_no(declared text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE lower(btrim(declared))
        WHEN 'ya' THEN true WHEN 'y' THEN true WHEN 'yes' THEN true WHEN '1' THEN true WHEN 'ada' THEN true
        WHEN 'tidak' THEN false WHEN 't' THEN false WHEN 'no' THEN false WHEN 'n' THEN false WHEN '0' THEN false
        WHEN 'tiada' THEN false
    END
$$;

-- Money in RM: 1200, 1,200.00, RM1,200.00, RM 1 200; blank is nothing, that is 0; NULL where it is not a number.
CREATE OR REPLACE FUNCTION read_money(declared text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN declared ~ '^[0-9]{1,9}(\.[0-9]{1,4})?$' THEN declared::numeric
        WHEN declared IS NULL OR btrim(declared) = '' THEN 0
        WHEN regexp_replace(upper(declared), '^\s*(-?)\s*(RM)?\s*(-?)\s*', '\1\3')
            ~ '^-?([0-9]{1,9}|[0-9]{1,3}([, ][0-9]{3}){1,2})(\.[0-9]*)?\s*$'
            THEN regexp_replace(regexp_replace(upper(declared), '(RM|[, ]|\s)', '', 'g'), '\.$', '')::numeric
    END
$$;

-- A plain number such as a coordinate or a count; NULL where it is none.
CREATE OR REPLACE FUNCTION read_number(declared text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE WHEN declared ~ '^\s*[-+]?[0-9]{1,9}(\.[0-9]{0,15})?\s*$' THEN btrim(declared)::numeric END
$$;

-- A day written dd/mm/yyyy or yyyy-mm-dd (blanks, dots and dashes as separators too, a time after it is dropped). NULL for
-- what is no day of the calendar. In PL/pgSQL because SQL could not be put in line here and would cost twenty times more.
CREATE OR REPLACE FUNCTION read_date(declared text) RETURNS date
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

-- An identity number without blanks and dashes; NULL for what stands for having none.
CREATE OR REPLACE FUNCTION read_id_no(declared text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN declared ~ '[1-9]' THEN regexp_replace(upper(declared), '[^A-Z0-9]', '', 'g') END $$;
