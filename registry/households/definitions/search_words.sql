-- The words that names and addresses hold, kept by triggers as records are written; a word that no record has any more
-- does no harm.

-- Adds the words that are not there yet. Nobody waits for another who adds the same one at the same time.
CREATE OR REPLACE FUNCTION note_words(asked_kind text, words text[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO search_word (kind, word)
    SELECT asked_kind, w.word
    FROM (SELECT DISTINCT word FROM unnest(words) AS word WHERE word <> '') AS w
    WHERE NOT EXISTS (SELECT FROM search_word AS s WHERE s.kind = asked_kind AND s.word = w.word)
$$;

CREATE OR REPLACE FUNCTION note_name_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM note_words('name', ARRAY(
        SELECT DISTINCT w.word FROM new_rows AS n CROSS JOIN LATERAL unnest(string_to_array(n.name_key, ' ')) AS w (word)));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION note_changed_name() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM note_words('name', string_to_array(NEW.name_key, ' '));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION note_address_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM note_words('address', ARRAY(
        SELECT DISTINCT w.word
        FROM new_rows AS n
        CROSS JOIN LATERAL unnest(address_words(n.address, n.village, n.town, n.postcode)) AS w (word)));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION note_changed_address() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    PERFORM note_words('address', address_words(NEW.address, NEW.village, NEW.town, NEW.postcode));
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER person_words_added AFTER INSERT ON person
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_name_words();
CREATE OR REPLACE TRIGGER person_words_changed AFTER UPDATE OF name_key ON person
    FOR EACH ROW WHEN (OLD.name_key IS DISTINCT FROM NEW.name_key) EXECUTE FUNCTION note_changed_name();
CREATE OR REPLACE TRIGGER household_words_added AFTER INSERT ON household
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_address_words();
CREATE OR REPLACE TRIGGER household_words_changed AFTER UPDATE OF address, village, town, postcode ON household
    FOR EACH ROW WHEN ((OLD.address, OLD.village, OLD.town, OLD.postcode)
                       IS DISTINCT FROM (NEW.address, NEW.village, NEW.town, NEW.postcode))
    EXECUTE FUNCTION note_changed_address();

REVOKE ALL ON FUNCTION note_words(text, text[]) FROM PUBLIC;

-- an import stores with its references unchecked, which passes over every trigger that does not say so
ALTER TABLE person ENABLE ALWAYS TRIGGER person_words_added;
ALTER TABLE person ENABLE ALWAYS TRIGGER person_words_changed;
ALTER TABLE household ENABLE ALWAYS TRIGGER household_words_added;
ALTER TABLE household ENABLE ALWAYS TRIGGER household_words_changed;
