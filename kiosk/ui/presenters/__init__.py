"""Pure functions from the session to a frozen view: every string, flag and amount is decided here."""
