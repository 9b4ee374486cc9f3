"""Who gives aid, and what: agencies, their offices, needs, programmes, kinds of aid, rates and conditions, as data."""
