import asyncio
import uuid
from pathlib import Path

import pytest

from devices.terminal.attempt import AttemptEvent, AttemptState, Kind
from devices.terminal.book import Attempt, UnknownAttemptError
from devices.terminal.engine import Engine, Listeners, Power, boot_us, new_attempt_id
from devices.terminal.journal import Journal, OpenAttemptError
from devices.terminal.preflight import log_in
from devices.terminal.steps import Change, Profile, Step, Timers
from tests.unit.devices.terminal.bench import Bench, run, until

S = AttemptState
E = AttemptEvent


def _sale(attempt_id: str = "a", amount_minor: int = 1234) -> Attempt:
    return Attempt(attempt_id, "card", Kind.SALE, S.PREPARED, amount_minor, "EUR")


def _states(bench: Bench, attempt_id: str = "a") -> list[str]:
    states = [one.state.value for one in bench.told if one.attempt_id == attempt_id]
    return [state for number, state in enumerate(states) if number == 0 or states[number - 1] != state]


def test_a_payment_from_the_journal_to_the_listeners(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with bench.engine() as engine:
            assert engine.authorize(_sale()).state is S.PREPARED
            await until(lambda: engine.journal.get("a").state is S.CAPTURED)
            await until(lambda: engine.condition.ready)
            assert _states(bench) == ["PREPARED", "ARMED", "AUTHORISED", "CAPTURED"]
            assert bench.shown[0].code == "see_terminal"
            assert engine.condition.power is Power.ONLINE
            assert engine.condition.terminal_id == "52500041"
            assert engine.settle("a").settled
        assert bench.terminal.net() == 1234

    run(test)


def test_a_payment_told_again_stands_until_it_is_given_up(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with bench.engine() as engine:
            engine.authorize(_sale())
            await until(lambda: engine.journal.get("a").state is S.CAPTURED)
            assert engine.session.booked == engine.journal.get("a").result
        async with bench.engine(working=False) as again:
            assert again.session.booked == again.journal.get("a").result
            again.abandon("a")
            assert again.session.booked is None

    run(test)


def test_an_idle_terminal_is_registered_learnt_and_asked_again(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with bench.engine() as engine:
            await until(lambda: engine.condition.ready)
            assert engine.condition.registered
            assert engine.journal.terminal() == ("52500041", "MODEL 1", True, True)
            assert engine.session.keeps_registration
            asked = bench.heard.count("05 01")
            await until(lambda: bench.heard.count("05 01") > asked)
        async with bench.engine(working=False) as again:
            assert again.session.terminal_id == "52500041"
            assert again.session.keeps_registration
            assert await again.get_acquainted() is None

    run(test)


def test_a_terminal_that_comes_and_goes(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path, plugged=False)
        async with bench.engine() as engine:
            await until(lambda: engine.condition.power is Power.OFFLINE)
            assert engine.condition.sentence == "The terminal is unplugged."
            engine.authorize(_sale())
            await until(lambda: engine.journal.get("a").state is S.NOT_CHARGED)
            bench.plugged = True
            await until(lambda: engine.condition.ready)
            bench.pull()
            await until(lambda: engine.condition.power is Power.OFFLINE)

    run(test)


def test_a_terminal_that_is_not_ready_says_why(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        bench.terminal.status = 0xF0
        async with bench.engine() as engine:
            await until(lambda: "end of day" in engine.condition.sentence)
            assert engine.condition.power is Power.ONLINE
            assert not engine.condition.ready

    run(test)


def test_a_cancel_reaches_the_terminal(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path, timers=Timers(t3=0.25, t4=30))
        bench.terminal.silent = True
        async with bench.engine() as engine:
            engine.authorize(_sale())
            await until(lambda: engine.journal.get("a").state is S.ARMED)
            assert engine.cancel("a")
            await until(lambda: engine.journal.get("a").state is S.CANCELLED)
            assert not engine.cancel("a")
            with pytest.raises(UnknownAttemptError):
                engine.cancel("b")

    run(test)


def test_a_cancel_before_the_terminal_is_asked(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with bench.engine() as engine:
            engine.authorize(_sale())
            assert engine.cancel("a")
            await until(lambda: engine.journal.get("a").state is S.CANCELLED)
            assert "06 01" not in bench.heard

    run(test)


def test_what_a_stopped_process_left_is_found_first(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        journal = Journal(tmp_path / "state")
        journal.prepare(_sale())
        journal.apply(Change("a", E.ARM))
        journal.close()
        async with bench.engine() as engine:
            with pytest.raises(OpenAttemptError, match="a"):
                engine.authorize(_sale("b"))
            await until(lambda: engine.journal.get("a").state is S.ESCALATED)
            assert engine.resolve("a", S.NOT_CHARGED, "Kim", "seen").state is S.NOT_CHARGED
            engine.authorize(_sale("b"))
            await until(lambda: engine.journal.get("b").state is S.CAPTURED)

    run(test)


def test_what_was_not_armed_when_the_process_stopped_is_dropped(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        journal = Journal(tmp_path / "state")
        journal.prepare(_sale())
        journal.close()
        async with bench.engine() as engine:
            await until(lambda: engine.journal.get("a").state is S.NOT_CHARGED)
            await until(lambda: engine.condition.ready)
        assert "06 01" not in bench.heard

    run(test)


def test_a_reversal_owed_goes_on_after_a_restart(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with bench.engine() as engine:
            engine.authorize(_sale())
            await until(lambda: engine.journal.get("a").state is S.CAPTURED)
        journal = Journal(tmp_path / "state")
        journal.abandon("a")
        assert journal.owed_reversal(lambda: "r") is not None
        journal.close()
        async with bench.engine() as engine:
            await until(lambda: engine.journal.get("a").state is S.REVERSED)
        assert bench.terminal.net() == 0

    run(test)


def test_a_check_tells_how_it_goes_and_until_when(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path, timers=Timers(t3=0.25, t4=1.0))
        async with bench.engine() as engine:
            await until(lambda: engine.condition.ready)
            bench.terminal.silent = True
            engine.authorize(_sale())
            await until(lambda: engine.journal.get("a").state is S.ARMED)
            bench.pull()
            await until(lambda: engine.check is not None and engine.check.step is Step.WAITING)
            first = engine.check
            assert first is not None
            assert first.deadline_us is not None
            assert 0 < first.deadline_us - first.since_us <= 1_000_000
            assert first.since_us <= boot_us()
            assert engine.condition.power is Power.OFFLINE
            await until(lambda: engine.check is not None and engine.check.tries > 1)
            second = engine.check
            assert second is not None
            assert second.deadline_us == first.deadline_us
            bench.plugged = True
            await until(lambda: engine.journal.get("a").state is S.NOT_CHARGED)
            assert engine.check is None

    run(test)


def test_a_charge_of_a_sale_that_was_given_up_is_reversed(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        async with bench.engine() as engine:
            engine.authorize(_sale())
            await until(lambda: engine.journal.get("a").state is S.CAPTURED)
            assert engine.abandon("a").abandoned
            await until(lambda: engine.journal.get("a").state is S.REVERSED)
        assert bench.terminal.net() == 0

    run(test)


def test_given_up_in_the_middle_the_approval_is_vetoed(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path, timers=Timers(t3=0.25, t4=1.0))
        async with bench.engine() as engine:
            await until(lambda: engine.condition.ready)

            def give_up(attempt: Attempt) -> None:
                if attempt.state is S.ARMED and not attempt.abandoned:
                    engine.abandon(attempt.attempt_id)

            engine.listeners = Listeners(give_up)
            engine.authorize(_sale())
            await until(lambda: engine.journal.get("a").state is S.NOT_CHARGED)
        assert bench.terminal.net() == 0
        assert [one.amount_minor for one in bench.terminal.reversed_] == [1234]

    run(test)


def test_a_decline_is_no_approval_after_a_restart(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        bench.terminal.declines = True
        async with bench.engine() as engine:
            engine.authorize(_sale())
            await until(lambda: engine.journal.get("a").state is S.DECLINED)
            assert engine._task(engine.journal.get("a")).reported is None

    run(test)


def test_a_terminal_without_the_query_takes_no_payment(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        bench.terminal.no_query = True
        async with bench.engine() as engine:
            await until(lambda: engine.condition.ready)
            assert not engine.condition.recovery_query
            assert engine.journal.terminal()[2:] == (False, None)
            engine.authorize(_sale())
            await until(lambda: engine.journal.get("a").state is S.NOT_CHARGED)
            assert "recovery query" in (engine.journal.get("a").reason or "")

    run(test)


def test_a_line_lost_while_learning_leaves_the_question_open(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path, dials=1)
        async with bench.engine(working=False) as engine:
            assert await engine.run(log_in(engine.session)) is None
            await engine.get_acquainted()
            assert engine.journal.terminal() == ("52500041", "MODEL 1", True, None)

    run(test)


def test_attempt_ids_are_uuids_of_version_7_in_the_order_of_time() -> None:
    ids = [new_attempt_id() for _ in range(3)]
    assert all(uuid.UUID(one).version == 7 and uuid.UUID(one).variant == uuid.RFC_4122 for one in ids)
    assert len(set(ids)) == 3
    assert ids[0][:8] <= ids[-1][:8]


def test_nobody_need_listen(tmp_path: Path) -> None:
    async def test() -> None:
        bench = Bench(tmp_path)
        journal = Journal(tmp_path / "state")
        engine = Engine(bench.way, Profile(bench.timers), journal)
        work = asyncio.create_task(engine.work())
        engine.authorize(_sale())
        await until(lambda: journal.get("a").state is S.CAPTURED)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        journal.close()

    run(test)
