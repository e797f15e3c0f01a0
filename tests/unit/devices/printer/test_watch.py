import pytest

from devices.printer.health import Health
from devices.printer.limits import Limits
from devices.printer.status import Noise, ProcessId
from devices.printer.watch import Watch

LIMITS = Limits(poll=2, answer=1, dead=10)
SOUND = Health("Online", "ok", "closed", drawer="low")
HEALTHY_POLL = b"\x12\x12\x12\x12"


@pytest.fixture
def watch() -> Watch:
    made = Watch(LIMITS, answers=True)
    made.connected(0)
    return made


def test_nothing_is_known_before_the_first_answer(watch: Watch) -> None:
    assert watch.health == Health()
    assert not watch.fresh(0)
    assert watch.tick(0) == "poll"


def test_four_answers_make_a_state(watch: Watch) -> None:
    watch.asked(0)
    assert watch.tick(0.5) is None
    assert watch.feed(0.5, HEALTHY_POLL[:3]) == ()
    assert watch.health == Health()
    watch.feed(0.6, HEALTHY_POLL[3:])
    assert watch.health == SOUND
    assert watch.polled_at == 0.6
    assert watch.fresh(2.6)
    assert not watch.fresh(2.7)
    assert watch.tick(2.5) is None
    assert watch.tick(2.6) == "poll"


def test_automatic_status_is_believed_at_once(watch: Watch) -> None:
    watch.feed(1, b"\x18\x00\x0c\x0f")
    assert watch.health == Health("Offline", "end", "closed", drawer="low")


def test_a_lost_answer_does_not_shift_the_others(watch: Watch) -> None:
    watch.asked(0)
    watch.feed(0, b"\x12\x12\x72")  # one of four is missing: paper end would be read as an error
    assert watch.tick(1) == "poll"
    assert watch.health == Health()
    watch.asked(1)
    watch.feed(1, b"\x12\x12\x12\x72")
    assert (watch.health.paper, watch.health.error) == ("end", "none")


def test_silence_becomes_unknown_then_dead(watch: Watch) -> None:
    watch.asked(0)
    watch.feed(0, HEALTHY_POLL)
    for begin in (2.0, 3.0):
        assert watch.tick(begin) == "poll"
        assert watch.health == SOUND
        watch.asked(begin)
    assert watch.tick(4) == "poll"
    assert watch.health == Health()
    watch.asked(4)
    assert watch.tick(10) == "dead"


def test_a_slow_printer_is_not_called_a_noisy_one(watch: Watch) -> None:
    watch.asked(0)
    watch.tick(1)
    watch.asked(1)
    assert watch.feed(1.5, HEALTHY_POLL * 2) == ()
    assert watch.health == SOUND
    assert watch.feed(1.6, b"\x12") == (Noise(b"\x12"),)


def test_a_serial_line_is_given_up_at_the_first_silence() -> None:
    watch = Watch(LIMITS, answers=True, hides_power=True)
    watch.connected(0)
    watch.asked(0)
    assert watch.tick(1) == "poll"
    watch.asked(1)
    assert watch.tick(2) == "dead"


def test_a_new_connection_starts_from_nothing(watch: Watch) -> None:
    watch.asked(0)
    watch.feed(0, HEALTHY_POLL)
    watch.disconnected()
    assert watch.health == Health(power="OffOffline")
    watch.connected(20)
    assert watch.health == Health()
    assert watch.tick(20) == "poll"


def test_a_file_is_taken_as_sound() -> None:
    watch = Watch(LIMITS, answers=False)
    watch.connected(0)
    assert watch.health.cause is None
    assert watch.fresh(100)
    assert watch.tick(100) is None


def test_other_answers_are_handed_on(watch: Watch) -> None:
    watch.fence()
    first, second = watch.feed(0, b'7"A001\x00\x03')
    assert first == ProcessId("A001")
    assert watch.health.paper == "near_end"
    assert second is not None
