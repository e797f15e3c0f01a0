"""Plays dialogues without any I/O: inputs are given one by one, effects are kept in their order."""

from collections import deque
from dataclasses import dataclass, field
from typing import TypeVar

from devices.terminal.steps import (
    Close,
    Connect,
    Connected,
    Effect,
    Expired,
    Heard,
    Input,
    Journal,
    Lost,
    Receive,
    Send,
    Start,
    Steps,
    Stop,
    Timer,
)
from devices.terminal.zvt.messages import Message

T = TypeVar("T")


class StarvedError(AssertionError):
    """The dialogue waits, and the test has no more inputs."""


@dataclass
class Stage:
    """Gives `inputs` to whoever waits; messages are Heard, timers Expired."""

    inputs: deque[Input]
    effects: list[Effect] = field(default_factory=list)
    running: dict[Timer, float] = field(default_factory=dict)

    def run(self, steps: Steps[T]) -> T:
        heard: Input | None = None
        while True:
            try:
                effect = steps.send(heard)
            except StopIteration as end:
                result: T = end.value
                return result
            heard = self._take(effect)

    def _take(self, effect: Effect) -> Input | None:
        self.effects.append(effect)
        if isinstance(effect, Start):
            self.running[effect.timer] = effect.seconds
        elif isinstance(effect, Stop):
            self.running.pop(effect.timer, None)
        if not isinstance(effect, Receive | Connect):
            return None
        if not self.inputs:
            raise StarvedError(f"{effect} after {self.effects[-6:-1]}")
        heard = self.inputs.popleft()
        if isinstance(heard, Expired):
            assert heard.timer in self.running, f"{heard.timer} does not run"
            del self.running[heard.timer]
        return heard

    @property
    def sent(self) -> list[str]:
        """The messages that went out, as hex."""
        return [effect.apdu.encode().hex(" ").upper() for effect in self.effects if isinstance(effect, Send)]

    @property
    def events(self) -> list[str]:
        """What was journalled, as event names; a note is a dash."""
        changes = [effect.change for effect in self.effects if isinstance(effect, Journal)]
        return [change.event.value if change.event else "-" for change in changes]

    @property
    def order(self) -> list[str]:
        """Journal entries and messages in the order they happened."""
        told = []
        for effect in self.effects:
            if isinstance(effect, Journal):
                told.append(f"journal {effect.change.event or '-'}")
            elif isinstance(effect, Send):
                told.append(f"send {effect.apdu.header}")
            elif isinstance(effect, Close):
                told.append("close")
        return told


def stage(*inputs: Message | Timer | Lost | Input) -> Stage:
    """A stage with these inputs."""
    made: deque[Input] = deque()
    for one in inputs:
        if isinstance(one, Timer):
            made.append(Expired(one))
        elif isinstance(one, Lost | Connected) or type(one).__module__.endswith("steps"):
            made.append(one)  # type: ignore[arg-type]  # the inputs of steps.py are all that is left
        else:
            made.append(Heard(one))  # type: ignore[arg-type]  # a message
    return Stage(made)
