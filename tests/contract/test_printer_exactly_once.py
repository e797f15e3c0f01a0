"""Thousands of interleaved faults in one process: driver, office and journal against a modelled printer.

The model keeps what a real one keeps: bytes on the wire are lost with the connection, its buffer is lost with
its power, real-time commands are taken on arrival, everything else when the print engine comes to it.
"""

import contextlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from devices.printer.codepage import CodePage
from devices.printer.driver import Driver, Effect, Reconnect
from devices.printer.journal import Journal
from devices.printer.limits import Limits
from devices.printer.office import Office
from devices.printer.press import Press
from devices.printer.profile import Profile
from devices.printer.raster import PillowArtist

LINES = 6
_REAL_TIME = re.compile(rb"\x10\x04([\x01-\x04])|(\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08)", re.DOTALL)
_BEGUN = re.compile(rb"\x10(\x04|\x14(\x08(\x01(\x03(\x14(\x01(\x06(\x02)?)?)?)?)?)?)?)?\Z")
_COMMANDS = re.compile(
    rb"(?P<id>\x1d\(H\x06\x0000(?P<name>....))|(?P<cut>\x1dV.\x00)|(?P<reset>\x1b@)"
    rb"|(?P<asb>\x1da\x0f)|(?P<fence>\x1dr\x01)|(?P<style>\x1b[taE-].|\x1d!.)|(?P<nul>\x00)|(?P<line>[^\x1b\x1d\x00\n]*\n)",
    re.DOTALL,
)


@dataclass
class Model:
    """A printer: what is in its buffer, what is on its paper, what it has to say."""

    confirms: bool
    powered: bool = True
    paper_in: bool = True
    asb: bool = False
    buffer: bytes = b""
    strip: list[str] = field(default_factory=list)
    slips: list[list[str]] = field(default_factory=list)
    said: bytes = b""
    begun: bytes = b""

    def arrive(self, data: bytes) -> None:
        """Bytes reach the interface: real-time commands act at once."""
        if not self.powered:
            return
        data, rest, end = self.begun + data, b"", 0
        held = _BEGUN.search(data)
        self.begun = held.group() if held else b""
        data = data[: len(data) - len(self.begun)]
        for found in _REAL_TIME.finditer(data):
            rest += data[end : found.start()]
            end = found.end()
            if found.group(2):
                if self.confirms:
                    self.buffer, rest = b"", b""
                    self.said += b"7%\x00"
            else:
                self.said += self._answer(found.group(1)[0])
        self.buffer += rest + data[end:]

    def _answer(self, question: int) -> bytes:
        out = not self.paper_in
        return {
            1: b"\x1a" if out else b"\x12",
            2: b"\x32" if out else b"\x12",
            3: b"\x12",
            4: b"\x72" if out else b"\x12",
        }[question]

    def print(self, commands: int) -> None:
        """The engine carries out up to so many commands."""
        for _ in range(commands):
            found = _COMMANDS.match(self.buffer)
            if not found and len(self.buffer) > 16:  # the rest of a command that was cut off: passed over
                self.buffer = self.buffer[1:]
                continue
            if not (self.powered and self.paper_in and found):
                return
            self.buffer = self.buffer[found.end() :]
            self._carry_out(found)

    def _carry_out(self, found: re.Match[bytes]) -> None:
        if found["id"] and self.confirms:
            self.said += b'7"' + found["name"] + b"\x00"
        elif found["fence"]:
            self.said += b"\x00"
        elif found["cut"]:
            self.slips.append(self.strip)
            self.strip = []
        elif found["line"] and found["line"] != b"\n":
            self.strip.append(found["line"].decode("ascii").strip())
        elif found["asb"]:
            self.asb = True
            self.tell()

    def tell(self) -> None:
        """Automatic status, once it was asked for."""
        if self.asb and self.powered:
            self.said += b"\x10\x00\x00\x0f" if self.paper_in else b"\x18\x00\x0c\x0f"

    def lose_power(self) -> None:
        self.powered = self.asb = False
        self.buffer = self.said = self.begun = b""


class World:
    """A daemon, its wire and its printer, moved by chance."""

    def __init__(self, path: Path, seed: int, *, confirms: bool) -> None:
        self.path = path
        self.chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
        self.model = Model(confirms)
        profile = Profile("model", 42, 512, (CodePage(19, "cp858"),), process_id=confirms)
        self.press = Press(profile, PillowArtist())
        self.now = 0.0
        self.wire = b""
        self.connected = False
        self.journal: Journal
        self.start()

    def start(self) -> None:
        """A new process on the journal of the last."""
        self.journal = Journal(self.path, automatic_copies=3)
        self.driver = Driver(Limits())
        self.office = Office(self.journal, self.driver, self.press, lambda _kind, _job: None)

    def kill(self) -> None:
        """kill -9: what the kernel has taken still goes out, nobody hears the answers."""
        self.journal.close()
        self.model.arrive(self.wire)
        self.model.said = self.wire = b""
        self.connected = False
        self.start()

    def act(self, effects: tuple[Effect, ...]) -> None:
        self.office.carry_out(effects)
        if any(isinstance(effect, Reconnect) for effect in effects):
            self.reset()

    def reset(self) -> None:
        """The connection breaks; some of what is on the wire arrives, the rest never does."""
        if not self.connected:
            return
        self.connected = False
        self.model.arrive(self.wire[: self.chance.randint(0, len(self.wire))])
        self.wire = self.model.said = b""
        self.act(self.driver.disconnected(self.now))

    def turn(self, seconds: float = 0.1) -> None:
        """One round of the daemon's loop."""
        self.now += seconds
        if not self.connected and self.model.powered:
            self.connected = True
            self.act(self.driver.connected(self.now))
        self.office.offer_next(self.now)
        if self.connected and self.model.said:
            said, self.model.said = self.model.said, b""
            self.act(self.driver.received(self.now, said))
        self.act(self.driver.tick(self.now))
        self.write(self.chance.choice((1, 7, 40, 400)))

    def write(self, most: int) -> None:
        while self.connected and most > 0 and (pending := self.driver.pending()):
            piece = pending[:most]
            self.wire += piece
            most -= len(piece)
            self.act(self.driver.wrote(self.now, len(piece)))

    def deliver(self) -> None:
        """Some of the wire reaches the printer, which prints some of it."""
        if self.model.powered:
            count = self.chance.randint(0, len(self.wire))
            self.model.arrive(self.wire[:count])
            self.wire = self.wire[count:]
            self.model.print(self.chance.randint(0, 8))

    def trouble(self) -> None:
        """Something happens, or most often nothing."""
        match self.chance.randrange(60):
            case 0:
                self.kill()
            case 1:
                self.reset()
            case 2:
                self.model.lose_power()
                self.reset()
            case 3 | 4:
                self.model.powered = True
            case 5:
                self.model.paper_in = False
                self.model.tell()
            case 6 | 7 | 8:
                self.model.paper_in = True
                self.model.tell()
            case _:
                pass

    def heal(self) -> None:
        self.model.powered = self.model.paper_in = True
        self.model.tell()

    def settle(self) -> None:
        """Everything is well from now on; until no run is open."""
        self.heal()
        for _ in range(5000):
            self.turn()
            self.model.arrive(self.wire)
            self.wire = b""
            self.model.print(50)
            if not self.journal.queued():
                return
        raise AssertionError(f"a job never ends: {self.driver.run}")


def wanted(job: str) -> list[str]:
    return [f"{job} line {number}" for number in range(LINES)]


def document(job: str) -> dict[str, object]:
    return {"blocks": [*({"text": line} for line in wanted(job)), {"cut": "partial"}]}


def is_whole(slip: list[str], job: str) -> bool:
    """Whether all lines of the job stand on the slip, one behind the other."""
    lines = wanted(job)
    return any(slip[at : at + LINES] == lines for at in range(len(slip)))


@contextlib.contextmanager
def world(folder: Path, seed: int, *, confirms: bool) -> Iterator[World]:
    made = World(folder / "print.db", seed, confirms=confirms)
    yield made
    made.journal.close()


def run(folder: Path, seed: int, *, confirms: bool) -> None:
    with world(folder, seed, confirms=confirms) as made:
        jobs = [f"job{number}" for number in range(3)]
        for job in jobs:
            made.journal.add(job, document(job), 1)
            for _ in range(made.chance.randint(5, 60)):
                made.turn(made.chance.choice((0.1, 0.1, 0.1, 1.0)))
                made.deliver()
                made.trouble()
        made.settle()
        check(made, jobs)


def check(made: World, jobs: list[str]) -> None:
    paper = [*made.model.slips, made.model.strip]
    for job in jobs:
        state = made.journal.job(job)
        assert state is not None
        whole = [slip for slip in paper if is_whole(slip, job)]
        originals = [slip for slip in whole if "COPY" not in slip]
        begun = sum(slip.count(f"{job} line 0") for slip in paper if "COPY" not in slip)
        assert begun <= 1, f"{job} was begun twice without a mark"
        assert len(originals) <= 1
        if state.state == "DONE":
            assert whole, f"{job} is called done and is not on paper"
        if state.state == "DONE" and state.copies == 0:
            assert originals, f"{job} is called done and is not on paper"


@pytest.mark.parametrize("confirms", [True, False], ids=["ids", "fence"])
@pytest.mark.parametrize("seed", range(60))
def test_no_receipt_prints_twice_unmarked_and_none_is_called_done_in_vain(
    tmp_path: Path, seed: int, *, confirms: bool
) -> None:
    run(tmp_path, seed, confirms=confirms)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("confirms", [True, False], ids=["ids", "fence"])
def test_the_same_over_thousands_of_seeds(tmp_path: Path, *, confirms: bool) -> None:
    for seed in range(1000, 3000):
        (tmp_path / str(seed)).mkdir()
        run(tmp_path / str(seed), seed, confirms=confirms)
