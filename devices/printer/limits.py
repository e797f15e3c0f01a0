"""How long the printer's daemon waits for what; every wait is here and can be shortened in a test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Waits in seconds.

    Attributes:
        poll: Between two polls of an idle printer; also how old a status may be when a job starts.
        answer: For the answers to a poll.
        dead: Without any answer until the connection is made anew.
        settle: How long an unknown state is passed over before a waiting job is called held.
        confirm: For a process id after the last byte, counted while the printer is sound.
        recover: The same after a broken connection.
        stall: Without a byte taken by a sound printer until the job is held.
        write: The same until the connection is made anew.
        clear: For the answer to a clear command.
        reconnect: Between two attempts to connect.
    """

    poll: float = 2.0
    answer: float = 1.5
    dead: float = 15.0
    settle: float = 3.0
    confirm: float = 30.0
    recover: float = 5.0
    stall: float = 5.0
    write: float = 30.0
    clear: float = 2.0
    reconnect: float = 1.0
