"""How long the printer's daemon waits for what; every wait is here and can be shortened in a test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Waits in seconds.

    Attributes:
        poll: Between two polls of an idle printer; also how old a status may be when a job starts.
        answer: For the answers to a poll.
        dead: Without any answer until the connection is made anew; on a serial line, which does not show that
            the printer was switched off and on, the first unanswered polls are enough.
        settle: How long an unknown state is passed over before a waiting job is called held.
        confirm: For a process id after the last byte, until one more is asked for; counted while sound.
        answer_id: For that one, on a connection that never broke.
        recover: For that one, on a connection made anew.
        stall: Without a byte taken by a sound printer until the job is held.
        write: The same until the connection is made anew.
        clear: For the answer to a clear command.
        reconnect: Between two attempts to connect.
    """

    poll: float = 2.0
    answer: float = 1.5
    dead: float = 15.0
    settle: float = 3.0
    confirm: float = 5.0
    answer_id: float = 30.0
    recover: float = 5.0
    stall: float = 5.0
    write: float = 30.0
    clear: float = 2.0
    reconnect: float = 1.0
