from pathlib import Path

import pytest

from devices.terminal.runner import Runner
from devices.terminal.steps import (
    Change,
    Close,
    Connect,
    Connected,
    Expired,
    Heard,
    Input,
    Journal,
    Lost,
    Progress,
    Receive,
    Send,
    Show,
    Start,
    Step,
    Steps,
    Stop,
    Timer,
    Woken,
)
from devices.terminal.zvt.commands import Password, accept, status_enquiry
from devices.terminal.zvt.messages import Accepted, Completion
from tests.unit.devices.terminal.bench import FAST, Bench, run

ENQUIRY = status_enquiry(Password())


class Notes:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def journal_change(self, change: Change) -> None:
        self.told.append(change)

    def show(self, shown: Show) -> None:
        self.told.append(shown)

    def progress(self, progress: Progress, quiet_left: float | None) -> None:
        self.told.append((progress, quiet_left is not None))


def _runner(folder: Path) -> tuple[Runner, Bench, Notes]:
    bench, notes = Bench(folder), Notes()
    return Runner(bench.way, FAST, notes), bench, notes


def test_every_effect_is_carried_out_and_answered(tmp_path: Path) -> None:
    change, shown = Change("a"), Show("a", "see_terminal")
    progress = Progress("a", Step.ASKING, 1)

    def steps() -> Steps[list[Input | None]]:
        heard = [(yield Connect()), (yield Connect())]
        yield Send(ENQUIRY)
        heard += [(yield Receive()), (yield Receive())]
        yield Journal(change)
        yield Show(shown.attempt_id, shown.code)
        yield progress
        yield Start(Timer.QUIET, 60.0)
        yield progress
        yield Stop(Timer.QUIET)
        yield Stop(Timer.QUIET)
        yield Close()
        yield Close()
        return heard

    async def test() -> None:
        runner, _, notes = _runner(tmp_path)
        heard = await runner.run(steps())
        assert heard == [
            Connected(fresh=True),
            Connected(),
            Heard(Accepted()),
            Heard(Completion(terminal_status=0, software="MODEL 1")),
        ]
        assert notes.told == [change, shown, (progress, False), (progress, True)]
        assert not runner.is_open

    run(test)


def test_timers_run_out_in_their_order_and_wishes_wake(tmp_path: Path) -> None:
    def steps() -> Steps[list[Input | None]]:
        yield Start(Timer.T4, 0.03)
        yield Start(Timer.T3, 0.01)
        heard = [(yield Receive()), (yield Receive()), (yield Receive())]
        yield Start(Timer.T3, 60.0)
        return heard

    async def test() -> None:
        runner, _, _ = _runner(tmp_path)
        runner.wake()
        assert await runner.run(steps()) == [Woken(), Expired(Timer.T3), Expired(Timer.T4)]
        await runner.run(_left())

    def _left() -> Steps[None]:
        yield Start(Timer.PAUSE, 0.01)
        assert (yield Receive()) == Expired(Timer.PAUSE)  # T3 of the dialogue before does not run any more

    run(test)


def test_a_lost_line_is_closed_and_a_new_one_starts_clean(tmp_path: Path) -> None:
    async def test() -> None:
        runner, bench, _ = _runner(tmp_path)

        def steps() -> Steps[list[Input | None]]:
            yield Connect()
            bench.pull()
            heard = [(yield Receive()), (yield Connect())]
            bench.plugged = True
            yield Send(accept())
            heard.append((yield Connect()))
            return heard

        heard = await runner.run(steps())
        assert isinstance(heard[0], Lost)
        assert heard[1] == Lost("The terminal is unplugged.")
        assert heard[2] == Connected(fresh=True)
        assert runner.is_open
        await runner.close()

    run(test)


def test_what_the_old_line_said_is_dropped_wishes_are_kept(tmp_path: Path) -> None:
    def steps() -> Steps[Input | None]:
        yield Connect()
        yield Send(ENQUIRY)
        yield Close()
        return (yield Receive())

    async def test() -> None:
        runner, _, _ = _runner(tmp_path)
        runner.wake()
        assert await runner.run(steps()) == Woken()

    run(test)


def test_an_effect_it_does_not_know_is_our_fault(tmp_path: Path) -> None:
    async def test() -> None:
        runner, _, _ = _runner(tmp_path)
        with pytest.raises(AssertionError):
            runner._do(Receive())

    run(test)
