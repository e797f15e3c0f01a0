import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from devices.scanner.simulator.scanner import SimulatedScanner
from devices.scanner.simulator.script import Arm, Line, Plug, Scan


class Cable:
    """A port that remembers what was done to it."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.heard = True

    def pieces(self, text: str, suffix: str) -> list[bytes]:
        return [each.encode() for each in text + {"enter": "$", "none": ""}[suffix]]

    def plug(self) -> None:
        self.heard = True
        self.log.append("plug")

    def unplug(self) -> None:
        self.heard = False
        self.log.append("unplug")

    def send(self, piece: bytes) -> None:
        if not self.heard:
            raise BrokenPipeError
        self.log.append(piece.decode())


class Bench:
    """A simulated scanner on a cable, its waits in the same log."""

    def __init__(self, suffix: str = "enter") -> None:
        self.cable = Cable()
        self.third_two = asyncio.Event()
        self.scanner = SimulatedScanner(self.cable, suffix, self.wait)

    async def wait(self, seconds: float) -> None:
        if seconds:
            self.cable.log.append(f"{seconds * 1000:g} ms")
        if self.cable.log.count("2") == 3:
            self.third_two.set()
        await asyncio.sleep(0)

    def act(self, *lines: Line) -> list[dict[str, Any]]:
        async def body() -> list[dict[str, Any]]:
            answers = [await self.scanner.act(line) for line in lines]
            await asyncio.sleep(0.01)
            return answers

        return asyncio.run(body())


def test_a_scan_is_typed_character_by_character() -> None:
    bench = Bench()
    assert bench.act(Scan("12", gap_ms=4, after_ms=100)) == [{"event": "scan", "typed": "12", "heard": True}]
    assert bench.cable.log == ["100 ms", "1", "4 ms", "2", "4 ms", "$", "4 ms"]


def test_a_scan_into_a_cable_that_is_out_types_nothing() -> None:
    bench = Bench()
    answers = bench.act(Plug(on=False), Scan("12"), Plug(on=True), Scan("12"))
    assert answers[0] == {"event": "unplug"}
    assert answers[1] == {"event": "scan", "typed": "", "heard": False}
    assert answers[3] == {"event": "scan", "typed": "12", "heard": True}


@pytest.mark.parametrize(("at", "log"), [(None, "12"), (0, ""), (4, "1234"), (99, "1234")])
def test_a_stall_comes_once_inside_the_next_scan(at: int | None, log: str) -> None:
    bench = Bench()
    assert bench.act(Arm("stall", 300, at), Scan("1234", gap_ms=0), Scan("5", gap_ms=0))[0] == {
        "event": "armed",
        "do": "stall",
        "ms": 300,
    }
    assert bench.cable.log == [*log, "300 ms", *"1234$"[len(log) :], "5", "$"]


def test_an_unplug_inside_a_scan_cuts_it_and_comes_back_by_itself() -> None:
    bench = Bench()
    answers = bench.act(Arm("unplug", 50, 2), Scan("1234", gap_ms=0))
    assert answers[1] == {"event": "scan", "typed": "12", "heard": False}
    assert bench.cable.log == ["1", "2", "unplug", "50 ms", "plug"]


def test_an_unplug_at_the_end_of_the_scan_still_spoils_its_terminator() -> None:
    bench = Bench("none")
    assert bench.act(Arm("unplug", 0, 1), Scan("12"))[1]["heard"] is False


def test_a_plug_for_a_while_is_pulled_again() -> None:
    bench = Bench()
    bench.act(Plug(on=True, ms=70))
    assert bench.cable.log == ["plug", "70 ms", "unplug"]


def test_a_script_runs_in_order_and_its_repeating_lines_for_ever() -> None:
    bench = Bench("none")

    async def body() -> None:
        task = asyncio.create_task(
            bench.scanner.run((Scan("1", 0), Scan("2", 0, after_ms=5, repeat=True), Scan("3", 0)))
        )
        await bench.third_two.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(body())
    assert bench.cable.log[:8] == ["1", "5 ms", "2", "3", "5 ms", "2", "5 ms", "2"]


def test_lines_of_several_clients_do_not_mix() -> None:
    bench = Bench("none")

    async def body() -> None:
        await asyncio.gather(bench.scanner.act(Scan("111")), bench.scanner.act(Scan("222")))

    asyncio.run(body())
    assert [each for each in bench.cable.log if not each.endswith("ms")] == [*"111222"]


def test_closing_pulls_the_cable_and_forgets_what_was_to_come() -> None:
    bench = Bench()

    async def forever(_seconds: float) -> None:
        await asyncio.Event().wait()

    async def body(make: Callable[[], Coroutine[Any, Any, object]]) -> None:
        await make()
        await bench.scanner.close()

    bench.scanner.sleep = bench.wait
    asyncio.run(body(lambda: bench.scanner.act(Plug(on=False))))
    assert bench.scanner.state() == {"event": "state", "heard": False, "suffix": "enter"}

    async def pending() -> None:
        await bench.scanner.act(Plug(on=True))
        bench.scanner.sleep = forever
        turn = asyncio.ensure_future(bench.scanner.act(Plug(on=True, ms=5)))
        await asyncio.sleep(0)
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)
        await bench.scanner.close()

    asyncio.run(pending())
    assert bench.cable.log[-1] == "unplug"
