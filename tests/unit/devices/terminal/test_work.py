from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest

from devices.terminal.attempt import UNCHARGED, AttemptState, Kind
from devices.terminal.dialogue import Order
from devices.terminal.evidence import Record, Result
from devices.terminal.steps import Connected, Lost, Session, Show, Start, Timer, Wishes, Woken
from devices.terminal.work import Task, carry_out
from devices.terminal.zvt.messages import Accepted, Completion, Message, Refused
from devices.terminal.zvt.status import StatusInformation
from tests.unit.devices.terminal.model import AMOUNT, Fault, World
from tests.unit.devices.terminal.stage import Stage, stage

S = AttemptState
ORDER = Order("a", Kind.SALE, AMOUNT, "EUR")
FRESH = Connected(fresh=True)
REGISTERED = (Accepted(), Completion(status=0))
READY = (Accepted(), Completion(terminal_status=0))
LAST = StatusInformation(result=0, amount_minor=999, receipt_no="0041", trace="000100")
KNOWN = (Accepted(), LAST, Completion())
PAID = Result("00", 999, "EUR", "0041", "000100")

FAULTS: dict[str, Fault] = {"drop": World.drop, "power": World.power, "kill": World.kill}
STEPS = 44  # of a payment without a fault, with the recovery of one that fails at its end


def _judge(world: World, before: int) -> None:
    """At most one charge, and the journal says what the terminal booked."""
    attempt = world.journal.get("a")
    charged = world.terminal.net() - before
    assert charged in {0, AMOUNT}
    if attempt.state is S.CAPTURED:
        assert charged == AMOUNT
    else:
        assert attempt.state in UNCHARGED
        assert charged == 0


def _world(folder: Path) -> World:
    """A terminal on which the shopper before paid the same amount."""
    world = World(folder)
    world.open_attempt(attempt_id="before")
    world.carry()
    assert world.terminal.net() == AMOUNT
    world.steps = 0
    return world


def _suffer(folder: Path, faults: dict[int, str]) -> World:
    world = _world(folder)
    world.faults = {step: FAULTS[name] for step, name in faults.items()}
    world.open_attempt()
    world.carry()
    _judge(world, AMOUNT)
    world.journal.close()
    return world


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_before_any_step(tmp_path: Path, fault: str) -> None:
    ends = set()
    for step in range(1, STEPS):
        world = _suffer(tmp_path / str(step), {step: fault})
        ends.add(world.terminal.net())
    assert ends == {AMOUNT, 2 * AMOUNT}


def _pairs() -> Iterator[dict[int, str]]:
    for one, two in combinations(range(1, STEPS), 2):
        for names in product(FAULTS, repeat=2):
            yield dict(zip((one, two), names, strict=True))


def test_two_faults_before_any_two_steps_a_sample(tmp_path: Path) -> None:
    drawn = Random(4).sample(list(_pairs()), 150)  # noqa: S311 - a fixed sample
    for number, faults in enumerate(drawn):
        _suffer(tmp_path / str(number), faults)


@pytest.mark.long
def test_two_faults_before_any_two_steps(tmp_path: Path) -> None:
    for number, faults in enumerate(_pairs()):
        _suffer(tmp_path / str(number), faults)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reversal_suffers_one_fault_before_any_step(tmp_path: Path, fault: str) -> None:
    for step in range(1, STEPS):
        world = World(tmp_path / str(step))
        world.open_attempt(attempt_id="paid")
        world.carry()
        world.steps, world.faults = 0, {step: FAULTS[fault]}
        world.open_attempt(kind=Kind.REVERSAL, original="paid")
        world.carry()
        reversal, original = world.journal.get("a"), world.journal.get("paid")
        if reversal.state is S.CAPTURED:
            assert (original.state, world.terminal.net()) == (S.REVERSED, 0)
        else:
            assert original.state in {S.CAPTURED, S.ESCALATED}
            assert world.terminal.net() == AMOUNT
        world.journal.close()


def _give_up(world: World) -> None:
    world.journal.abandon("a")


def test_given_up_in_doubt_nothing_is_kept(tmp_path: Path) -> None:
    """The lane abandons while the outcome is unknown; a charge that is found is reversed."""
    for step in range(1, STEPS):
        world = _world(tmp_path / str(step))
        world.open_attempt()
        world.faults = {step: World.kill, step + 1: _give_up}
        world.carry()
        world.journal.abandon("a")
        ids = iter(("r1", "r2", "r3"))
        while world.journal.owed_reversal(lambda names=ids: next(names)) is not None:  # type: ignore[misc]  # bound now
            world.carry()
        assert world.terminal.net() == AMOUNT
        assert world.journal.get("a").state in UNCHARGED
        world.journal.close()


Given = Message | Timer | Lost | Woken | Connected


def _carry(*inputs: Given, task: Task | None = None, session: Session | None = None) -> Stage:
    played = stage(*inputs)
    played.run(carry_out(session or Session(), task or Task(ORDER)))
    return played


def test_a_terminal_that_is_away_drops_the_attempt_before_anything_is_sent() -> None:
    assert _carry(Lost("The terminal is away.")).events == ["drop"]


def test_a_cancel_before_the_command_sends_nothing() -> None:
    played = _carry(FRESH, *REGISTERED, *READY, *KNOWN, session=Session(wishes=Wishes(cancel=True)))
    assert played.events == ["cancel"]
    assert _carry(Lost("away"), session=Session(wishes=Wishes(abandon=True))).events == ["cancel"]


def test_a_busy_terminal_is_given_a_little_time() -> None:
    inside = (Accepted(), Completion(terminal_status=0xDC))
    played = _carry(FRESH, *REGISTERED, *inside, Timer.PAUSE, Connected(), *READY, *KNOWN, Refused(0x05))
    assert played.events == ["arm", "decline"]
    assert Show("a", "remove_card") in played.effects


def test_a_terminal_that_stays_busy_is_not_waited_for_for_ever() -> None:
    busy = (Accepted(), Completion(terminal_status=0x9C))
    waits = tuple(one for _ in range(20) for one in (Timer.PAUSE, Connected(), *busy))
    played = _carry(FRESH, *REGISTERED, *busy, *waits)
    assert played.events == ["drop"]
    assert sum(isinstance(one, Start) and one.timer is Timer.PAUSE for one in played.effects) == 20


def test_a_wish_ends_the_wait_for_a_busy_terminal() -> None:
    busy = (Accepted(), Completion(terminal_status=0x9C))
    assert _carry(FRESH, *REGISTERED, *busy, session=Session(wishes=Wishes(cancel=True))).events == ["cancel"]


def test_a_reversal_we_owe_waits_for_the_terminal() -> None:
    task = Task(Order("a", Kind.REVERSAL, 999, "EUR", PAID), patient=True)
    played = _carry(Lost("away"), Timer.PAUSE, FRESH, *REGISTERED, *READY, *KNOWN, Refused(0xB4), task=task)
    assert played.events == ["arm", "decline"]


@pytest.mark.parametrize(
    "original",
    [None, Result("00", 999, "EUR"), Result("00", 999, "EUR", "0040", "000099")],
)
def test_a_reversal_of_anything_but_the_last_payment_is_not_sent(original: Result | None) -> None:
    task = Task(Order("a", Kind.REVERSAL, 999, "EUR", original))
    assert _carry(FRESH, *REGISTERED, *READY, *KNOWN, task=task).events == ["drop"]


@pytest.mark.parametrize("state", [S.ARMED, S.AUTHORISED])
def test_a_stopped_process_leaves_doubt(state: AttemptState) -> None:
    base = Record(receipt_no="0040", trace="000099")
    order = Order("a", Kind.SALE, 999, "EUR")
    played = _carry(
        FRESH, *READY, *KNOWN, task=Task(order, state, base, PAID if state is S.AUTHORISED else None)
    )
    assert played.events == ["doubt", "found_charged"]


def test_doubt_goes_on_where_it_was() -> None:
    order = Order("a", Kind.SALE, 999, "EUR")
    played = _carry(
        FRESH, *READY, *KNOWN, task=Task(order, S.UNCERTAIN, Record(receipt_no="0040", trace="000099"))
    )
    assert played.events == ["found_charged"]
    assert _carry(FRESH, *READY, *KNOWN, task=Task(order, S.UNCERTAIN)).events == ["give_up"]
