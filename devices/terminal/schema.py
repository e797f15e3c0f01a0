"""The tables of payments.db, and the triggers that let an attempt move along its table only."""

from devices.terminal.attempt import OPEN, AttemptState, moves

VERSION = 1


def _quoted(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


TABLES = """
CREATE TABLE IF NOT EXISTS payment_attempt (
    seq INTEGER PRIMARY KEY,
    attempt_id TEXT NOT NULL UNIQUE,
    sale_id TEXT,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,
    amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
    currency TEXT NOT NULL,
    original TEXT REFERENCES payment_attempt (attempt_id),
    printer_ready INTEGER NOT NULL DEFAULT 1,
    automatic INTEGER NOT NULL DEFAULT 0,
    baseline TEXT,
    result TEXT,
    reason TEXT,
    evidence TEXT,
    settled INTEGER NOT NULL DEFAULT 0,
    abandoned INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS payment_event (
    seq INTEGER PRIMARY KEY,
    attempt_id TEXT NOT NULL REFERENCES payment_attempt (attempt_id),
    event TEXT NOT NULL,
    state TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    facts TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS receipt_line (
    seq INTEGER PRIMARY KEY,
    attempt_id TEXT NOT NULL REFERENCES payment_attempt (attempt_id),
    receipt INTEGER,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS terminal (
    channel TEXT PRIMARY KEY,
    terminal_id TEXT,
    software TEXT,
    recovery_query INTEGER NOT NULL DEFAULT 0,
    keeps_registration INTEGER
) STRICT;
"""

_ALLOWED = _quoted([f"{state}>{to}" for state, _, to in moves()])
_OPEN = _quoted(sorted(OPEN))

# Made anew at every start, so that they always say what attempt.py says.
GUARDS = f"""
DROP INDEX IF EXISTS one_open_attempt;
CREATE UNIQUE INDEX one_open_attempt ON payment_attempt (channel) WHERE state IN ({_OPEN});
DROP TRIGGER IF EXISTS attempt_begins;
CREATE TRIGGER attempt_begins BEFORE INSERT ON payment_attempt
WHEN NEW.state <> '{AttemptState.PREPARED}'
    AND NOT (NEW.state = '{AttemptState.NOT_CHARGED}' AND NEW.amount_minor = 0)
BEGIN SELECT RAISE(ABORT, 'an attempt begins as PREPARED'); END;
DROP TRIGGER IF EXISTS attempt_moves;
CREATE TRIGGER attempt_moves BEFORE UPDATE OF state ON payment_attempt
WHEN NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ({_ALLOWED})
BEGIN SELECT RAISE(ABORT, 'an attempt moves along its table only'); END;
DROP TRIGGER IF EXISTS attempt_fixed;
CREATE TRIGGER attempt_fixed
BEFORE UPDATE OF attempt_id, channel, kind, amount_minor, currency, original ON payment_attempt
BEGIN SELECT RAISE(ABORT, 'what was asked of the terminal does not change'); END;
DROP TRIGGER IF EXISTS baseline_fixed;
CREATE TRIGGER baseline_fixed BEFORE UPDATE OF baseline ON payment_attempt
WHEN OLD.baseline IS NOT NULL AND NEW.baseline IS NOT OLD.baseline
BEGIN SELECT RAISE(ABORT, 'a baseline is written once'); END;
DROP TRIGGER IF EXISTS attempt_stays;
CREATE TRIGGER attempt_stays BEFORE DELETE ON payment_attempt
BEGIN SELECT RAISE(ABORT, 'attempts are not deleted'); END;
DROP TRIGGER IF EXISTS event_fixed;
CREATE TRIGGER event_fixed BEFORE UPDATE ON payment_event
BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
DROP TRIGGER IF EXISTS event_stays;
CREATE TRIGGER event_stays BEFORE DELETE ON payment_event
BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
DROP TRIGGER IF EXISTS line_fixed;
CREATE TRIGGER line_fixed BEFORE UPDATE ON receipt_line
BEGIN SELECT RAISE(ABORT, 'receipt lines are only added'); END;
DROP TRIGGER IF EXISTS line_stays;
CREATE TRIGGER line_stays BEFORE DELETE ON receipt_line
BEGIN SELECT RAISE(ABORT, 'receipt lines are only added'); END;
"""
