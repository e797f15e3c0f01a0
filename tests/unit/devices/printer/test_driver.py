"""A conversation at a time: what the printer says, what the driver writes and has journalled."""

from dataclasses import replace

import pytest

from devices.printer import commands
from devices.printer.driver import (
    Driver,
    Effect,
    Finished,
    Garbage,
    HealthChanged,
    Order,
    Reconnect,
    Saved,
)
from devices.printer.health import Health
from devices.printer.job import Phase, Run, Stream
from devices.printer.limits import Limits

ASK = b"".join(commands.ASK_STATUS)
FINE = b"\x12\x12\x12\x12"
SOUND_ASB = b"\x10\x00\x00\x0f"
NO_PAPER = b"\x18\x00\x0c\x0f"
ID_A, ID_B, ID_C = b'7"A001\x00', b'7"B001\x00', b'7"C001\x00'
TEXT, IDS_A, CUT, IDS_B, PROBE = b"TEXT", b"(A)", b"CUT", b"(B)", b"(C)"
ORDER = Order(Run(1, "k"), Stream((TEXT, IDS_A, CUT, IDS_B), text_end=7), (CUT, IDS_B), PROBE)
LIMITS = Limits()


class Talk:
    """A driver with a clock and a transport that takes everything at once, or nothing."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.now = 100.0
        self.effects: list[Effect] = []

    def connect(self) -> bytes:
        self.effects.extend(self.driver.connected(self.now))
        return self.later(0)

    def lose(self) -> None:
        self.effects.extend(self.driver.disconnected(self.now))

    def hear(self, data: bytes) -> bytes:
        self.effects.extend(self.driver.received(self.now, data))
        return self.write()

    def later(self, seconds: float, *, stuck: bool = False) -> bytes:
        """Time passes in ticks of a tenth; what is written meanwhile."""
        written = b""
        for _ in range(max(1, round(seconds * 10))):
            self.now += 0.1 if seconds else 0
            self.effects.extend(self.driver.tick(self.now))
            written += b"" if stuck else self.write()
        return written

    def offer(self, order: Order = ORDER) -> bytes:
        self.effects.extend(self.driver.offer(self.now, order))
        return self.write()

    def write(self, most: int = 1000) -> bytes:
        written = b""
        while (piece := self.driver.pending()[: most - len(written)]) and len(written) < most:
            self.effects.extend(self.driver.wrote(self.now, len(piece)))
            written += piece
        return written

    def states(self) -> list[tuple[str, str | None]]:
        """Every change of the run since last asked."""
        found: list[tuple[str, str | None]] = [
            (each.run.phase.value, each.run.held)
            for each in self.effects
            if isinstance(each, Saved | Finished)
        ]
        self.effects.clear()
        return found


@pytest.fixture
def talk() -> Talk:
    made = Talk(Driver(LIMITS))
    assert made.connect() == commands.STATUS_BACK_ON + ASK
    made.hear(FINE)
    made.effects.clear()
    return made


def test_a_connection_is_asked_for_its_state_and_then_kept_fresh(talk: Talk) -> None:
    assert talk.driver.health == Health("Online", "ok", "closed", drawer="low")
    assert talk.later(1.9) == b""
    assert talk.later(0.2) == ASK


def test_a_receipt_is_done_when_both_ids_have_come(talk: Talk) -> None:
    assert talk.offer() == TEXT + IDS_A + CUT + IDS_B
    assert talk.states() == [("SENDING", None), ("SENT", None)]
    talk.hear(ID_A)
    assert talk.states() == [("TEXT_DONE", None)]
    talk.hear(b'7"B999\x00')
    assert talk.states() == []
    talk.hear(ID_B)
    assert talk.states() == [("DONE", None)]
    assert talk.driver.run is None


def test_sending_is_told_before_its_first_byte_is_pending(talk: Talk) -> None:
    effects = talk.driver.offer(talk.now, ORDER)
    assert [each.run.phase for each in effects if isinstance(each, Saved)] == [Phase.SENDING]
    assert talk.driver.pending() == TEXT


def test_a_stale_state_is_asked_for_anew_before_a_job_starts(talk: Talk) -> None:
    talk.now += 60
    assert talk.offer() == ASK
    assert talk.states() == []
    assert talk.hear(FINE) == TEXT + IDS_A + CUT + IDS_B


def test_without_paper_a_job_waits_and_not_one_byte_goes(talk: Talk) -> None:
    talk.hear(NO_PAPER)
    assert talk.offer() == b""
    assert talk.states() == [("QUEUED", "paper_end")]
    for _ in range(20):
        assert TEXT not in talk.later(1)
        assert TEXT not in talk.hear(NO_PAPER)
    assert talk.hear(SOUND_ASB) == TEXT + IDS_A + CUT + IDS_B
    assert talk.states() == [("QUEUED", None), ("SENDING", None), ("SENT", None)]


def test_paper_out_in_the_middle_holds_and_goes_on_at_the_same_byte(talk: Talk) -> None:
    talk.effects.extend(talk.driver.offer(talk.now, ORDER))
    assert talk.write(2) == b"TE"
    assert (
        talk.hear(NO_PAPER) == b"XT"
    )  # a command begun is ended: the next bytes would be taken for its data
    assert talk.states() == [("SENDING", None), ("SENDING", "paper_end")]
    assert talk.hear(SOUND_ASB) == IDS_A + CUT + IDS_B
    talk.hear(ID_A + ID_B)
    assert talk.states() == [("SENDING", None), ("SENT", None), ("TEXT_DONE", None), ("DONE", None)]


def test_time_counts_only_while_the_printer_could_go_on(talk: Talk) -> None:
    talk.offer()
    talk.hear(NO_PAPER)
    for _ in range(60):
        assert talk.later(2.1) == ASK
        talk.hear(b"\x1a\x32\x12\x72")
    assert talk.driver.run is not None
    assert talk.driver.run.held == "paper_end"


def keep_alive(talk: Talk, seconds: float) -> bytes:
    """Time passes with every poll answered; what else was written."""
    written = b""
    for _ in range(round(seconds * 10)):
        piece = talk.later(0.1)
        written += piece.replace(ASK, b"")
        if ASK in piece:
            written += talk.hear(FINE)
    return written


def test_a_sound_printer_without_a_word_is_asked_and_then_unconfirmed(talk: Talk) -> None:
    talk.offer()
    assert keep_alive(talk, LIMITS.confirm - 0.5) == b""
    assert keep_alive(talk, 1) == PROBE
    talk.states()
    keep_alive(talk, LIMITS.answer_id + 1)
    assert talk.states() == [("UNCONFIRMED", None)]


def test_a_printer_that_answers_only_the_last_id_has_lost_the_job(talk: Talk) -> None:
    talk.offer()
    keep_alive(talk, LIMITS.confirm + 0.5)
    talk.hear(ID_C)
    assert talk.states()[-1] == ("UNKNOWN", None)
    assert talk.driver.run is None


def test_a_cut_that_was_lost_goes_again_alone(talk: Talk) -> None:
    talk.offer()
    talk.hear(ID_A)
    assert keep_alive(talk, LIMITS.confirm + 0.5) == PROBE
    assert talk.hear(ID_C) == CUT + IDS_B
    talk.hear(ID_B)
    assert talk.states()[-1] == ("DONE", None)


def test_a_connection_lost_in_the_text_is_unknown(talk: Talk) -> None:
    talk.effects.extend(talk.driver.offer(talk.now, ORDER))
    talk.write(2)
    talk.lose()
    assert talk.states() == [("SENDING", None), ("UNKNOWN", None)]
    assert talk.driver.run is None
    assert talk.driver.pending() == b""


def test_a_connection_lost_before_the_first_byte_costs_nothing(talk: Talk) -> None:
    talk.effects.extend(talk.driver.offer(talk.now, ORDER))
    talk.lose()
    assert talk.states() == [("SENDING", None), ("QUEUED", None)]
    talk.connect()
    assert talk.hear(FINE) == TEXT + IDS_A + CUT + IDS_B


def test_after_a_reset_the_printer_is_asked_whether_the_text_is_out(talk: Talk) -> None:
    talk.offer()
    talk.lose()
    assert talk.later(5) == b""
    assert talk.states() == [("SENDING", None), ("SENT", None), ("SENT", "disconnected")]
    talk.connect()
    assert talk.hear(FINE) == PROBE
    talk.hear(ID_A + ID_B)
    assert talk.states() == [("SENT", None), ("TEXT_DONE", None), ("DONE", None)]


def test_after_a_reset_without_an_answer_it_is_unknown(talk: Talk) -> None:
    talk.offer()
    talk.lose()
    talk.connect()
    talk.hear(FINE)
    keep_alive(talk, LIMITS.recover + 0.5)
    assert talk.states()[-1] == ("UNKNOWN", None)


def test_text_out_and_cut_not_sent_means_only_the_cut(talk: Talk) -> None:
    talk.effects.extend(talk.driver.offer(talk.now, ORDER))
    talk.write(7)
    talk.effects.extend(talk.driver.received(talk.now, ID_A))
    talk.lose()
    talk.connect()
    assert talk.hear(FINE) == CUT + IDS_B
    talk.hear(ID_B)
    assert talk.states()[-1] == ("DONE", None)


def test_an_inherited_run_is_asked_for_not_sent_again(talk: Talk) -> None:
    inherited = Run(1, "k", phase=Phase.SENT).restarted()
    assert talk.offer(replace(ORDER, run=inherited)) == PROBE
    talk.hear(ID_A + ID_B)
    assert talk.states()[-1] == ("DONE", None)


def test_a_copy_begins_with_a_cleared_printer(talk: Talk) -> None:
    assert talk.offer(replace(ORDER, clear=True)) == commands.CLEAR
    assert talk.states() == []
    assert talk.hear(b"7%\x00") == TEXT + IDS_A + CUT + IDS_B


def test_a_printer_that_does_not_say_it_is_cleared_is_not_waited_for_long(talk: Talk) -> None:
    talk.offer(replace(ORDER, clear=True))
    assert TEXT in keep_alive(talk, LIMITS.clear + 0.5)


def test_a_model_without_ids_is_unconfirmed_behind_its_fence(talk: Talk) -> None:
    blind = Order(Run(1, "k"), Stream((TEXT, CUT, commands.FENCE)), confirms=False)
    assert talk.offer(blind) == TEXT + CUT + commands.FENCE
    assert talk.hear(b"\x00") == ASK
    assert talk.states() == [("SENDING", None), ("SENT", None)]
    talk.now += 0.1
    talk.hear(FINE)
    assert talk.states() == [("UNCONFIRMED", None)]


def test_paper_out_behind_the_fence_is_held(talk: Talk) -> None:
    talk.offer(Order(Run(1, "k"), Stream((TEXT, CUT, commands.FENCE)), confirms=False))
    talk.hear(b"\x0c")
    talk.now += 0.1
    talk.hear(b"\x1a\x32\x12\x72")
    assert talk.states()[-1] == ("SENT", "paper_end")
    talk.hear(SOUND_ASB)
    assert talk.states()[-1] == ("UNCONFIRMED", None)


def test_a_file_is_unconfirmed_when_all_is_written() -> None:
    talk = Talk(Driver(LIMITS, answers=False))
    talk.connect()
    assert talk.offer(Order(Run(1, "k"), Stream((TEXT, CUT)), confirms=False)) == TEXT + CUT
    talk.later(0)
    assert talk.states()[-1] == ("UNCONFIRMED", None)


def test_silence_holds_the_job_and_then_makes_a_new_connection(talk: Talk) -> None:
    talk.effects.extend(talk.driver.offer(talk.now, ORDER))
    talk.write(2)
    talk.later(8)
    assert talk.states()[-1] == ("SENT", "silent")
    talk.later(10)
    assert Reconnect("the printer has stopped answering") in talk.effects


def test_after_silence_a_printer_is_asked_what_it_still_has(talk: Talk) -> None:
    talk.offer()
    talk.later(8)
    assert PROBE in talk.hear(FINE)


def test_a_printer_that_takes_nothing_is_stalled_and_then_left(talk: Talk) -> None:
    talk.effects.extend(talk.driver.offer(talk.now, ORDER))
    for _ in range(round(LIMITS.stall / 0.5) + 1):
        talk.later(0.5, stuck=True)
        talk.effects.extend(talk.driver.received(talk.now, SOUND_ASB))
    assert talk.states()[-1] == ("SENDING", "stalled")
    assert talk.write() == TEXT + IDS_A + CUT + IDS_B
    assert ("SENDING", None) in talk.states()
    talk.driver.pulse(1)
    for _ in range(round(LIMITS.write / 0.5) + 1):
        talk.later(0.5, stuck=True)
        talk.effects.extend(talk.driver.received(talk.now, SOUND_ASB))
    assert Reconnect("the printer has stopped taking data") in talk.effects


def test_an_offline_printer_is_not_called_stalled(talk: Talk) -> None:
    talk.effects.extend(talk.driver.offer(talk.now, ORDER))
    for _ in range(100):
        talk.later(0.5, stuck=True)
        talk.effects.extend(talk.driver.received(talk.now, NO_PAPER))
    assert talk.states()[-1] == ("SENDING", "paper_end")


def test_xoff_stops_the_job_until_xon(talk: Talk) -> None:
    talk.hear(b"\x13")
    assert talk.offer() == b""
    assert talk.hear(b"\x11") == TEXT + IDS_A + CUT + IDS_B


@pytest.mark.parametrize("trouble", [b"\x38\x08\x00\x0f", b"\x38\x04\x00\x0f"], ids=["knife", "recoverable"])
def test_a_jam_is_recovered_from_when_the_cover_is_closed_again(talk: Talk, trouble: bytes) -> None:
    talk.hear(trouble)
    closed = bytes((0x18, *trouble[1:]))
    assert talk.hear(closed) == commands.RECOVER
    assert talk.hear(closed) == b""


def test_the_drawer_opens_now_or_not_at_all(talk: Talk) -> None:
    assert talk.driver.pulse(2)
    assert talk.write() == b"\x1bp\x01\x19\xfa"
    talk.hear(NO_PAPER)
    assert not talk.driver.pulse(1)
    talk.lose()
    assert not talk.driver.pulse(1)
    assert talk.driver.pending() == b""


def test_changes_of_health_and_garbage_are_told(talk: Talk) -> None:
    talk.hear(NO_PAPER + b"\xfe_TM\x00")
    assert Garbage(b"\xfe") in talk.effects
    assert [each.health.paper for each in talk.effects if isinstance(each, HealthChanged)] == ["end"]


def test_without_a_connection_a_job_is_held_after_a_moment() -> None:
    talk = Talk(Driver(LIMITS))
    talk.offer()
    assert talk.states() == []
    talk.later(LIMITS.settle + 0.1)
    assert talk.states() == [("QUEUED", "disconnected")]


def test_a_connection_that_comes_and_goes_does_not_hide_that_the_printer_is_away() -> None:
    talk = Talk(Driver(LIMITS))
    talk.offer()
    for _ in range(4):
        talk.connect()
        talk.lose()
        talk.later(1)
    assert talk.states() == [("QUEUED", "disconnected")]


def test_a_held_job_is_not_held_anew_while_the_connection_is_young() -> None:
    talk = Talk(Driver(LIMITS))
    talk.offer()
    talk.later(LIMITS.settle + 0.1)
    talk.states()
    talk.connect()
    talk.later(1)
    assert talk.states() == []
    talk.hear(FINE)
    assert talk.states()[:2] == [("QUEUED", None), ("SENDING", None)]


def test_ids_without_a_job_are_passed_over(talk: Talk) -> None:
    talk.hear(ID_A + ID_B + b"7%\x00")
    assert talk.states() == []


def test_a_model_without_ids_whose_connection_broke_is_unknown(talk: Talk) -> None:
    talk.offer(Order(Run(1, "k"), Stream((TEXT, CUT, commands.FENCE)), confirms=False))
    talk.lose()
    talk.connect()
    assert talk.hear(FINE) == b""
    assert talk.states()[-1] == ("UNKNOWN", None)
