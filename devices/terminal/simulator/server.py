"""The simulator at work: a terminal on a line, the clock, the keypad, the cable and the power switch."""

import asyncio
from collections.abc import Callable
from typing import Final

from devices.terminal.simulator.dialog import Send, Site
from devices.terminal.simulator.line import POWER_MS, Line
from devices.terminal.simulator.port import Port
from devices.terminal.simulator.script import Key, parse_line
from devices.terminal.simulator.stream import Link
from devices.terminal.simulator.terminal import Terminal
from devices.terminal.simulator.wire import Apdu

_REOPEN_MS: Final = 200


class Simulator:
    """One terminal as a process has it. `make_site` gives its memory anew after each loss of power."""

    def __init__(
        self,
        port: Port,
        make_link: Callable[[], Link],
        make_site: Callable[[], Site],
        tell: Callable[[dict[str, object]], None],
    ) -> None:
        self._port = port
        self._make_site = make_site
        self._watchers = tell
        self._line = Line(port, make_link, self._tell, self._now, self._later)
        self._line.listener = self
        self._powered = True
        self._plugged = True
        self._timers: set[asyncio.TimerHandle] = set()
        self._wake: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._shown: dict[str, object] = {"display": "idle"}
        self._terminal = self._boot()
        for rule in self._terminal.site.playbook.rules:
            self._line.adopt(rule)

    def _boot(self) -> Terminal:
        return Terminal(self._make_site())

    @staticmethod
    def _now() -> int:
        return int(asyncio.get_running_loop().time() * 1000)

    def _tell(self, event: dict[str, object]) -> None:
        if "display" in event:
            self._shown = event
        self._watchers(event)

    async def start(self) -> None:
        """Open the way in; raises OSError."""
        await self._port.open(self._line)
        self._settle()

    def stop(self) -> None:
        """Close everything; what was pending stays pending in the ledger, as when the plug is pulled."""
        self._powered = False
        for timer in (*self._timers, *([self._wake] if self._wake else [])):
            timer.cancel()
        if self._task is not None:
            self._task.cancel()
        self._port.close()

    def greeting(self) -> dict[str, object]:
        """What a new client of the control socket hears first: how things stand."""
        return {**self._shown, "powered": self._powered, "plugged": self._plugged, **self._port.name}

    def up(self) -> None:
        """The line has a till."""
        self._terminal.connected(self._now())
        self._settle()

    def down(self) -> None:
        """The line lost its till."""
        self._terminal.lost(self._now())
        self._settle()

    def message(self, apdu: Apdu) -> None:
        """The till said this."""
        self._terminal.receive(self._now(), apdu)
        self._settle()

    def power_cut(self, milliseconds: int) -> None:
        """Connection gone, memory lost, ledger kept; back after `milliseconds`."""
        if not self._powered:
            return
        self._powered = False
        self._line.darken()
        self._port.close()
        self._tell({"power": "off", "ms": milliseconds})
        self._tell({"display": "dark"})
        self._later(milliseconds, self._power_back)

    def _power_back(self) -> None:
        self._powered = True
        self._plugged = True
        self._terminal = self._boot()
        self._tell({"power": "on"})
        self._tell({"display": "idle"})
        self._settle()
        self._reopen()

    def _reopen(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._open_again())

    async def _open_again(self) -> None:
        try:
            await self._port.open(self._line)
        except OSError as error:  # the port is still held by something; a terminal would come up all the same
            self._tell({"error": f"the way in is not free yet: {error}"})
            self._later(_REOPEN_MS, self._reopen)
        else:
            self._tell({"listening": True, **self._port.name})
        self._settle()

    def _settle(self) -> None:
        """Send and tell what the terminal wants, then set the alarm for what comes next."""
        if not self._powered:
            return
        for effect in self._terminal.take():
            if isinstance(effect, Send):
                self._line.send(effect.apdu)
            else:
                self._tell(effect.event)
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None
        dues = [due for due in (self._terminal.due, self._line.due) if due is not None]
        if dues and self._powered:
            delay = max(0, min(dues) - self._now()) / 1000
            self._wake = asyncio.get_running_loop().call_later(delay, self._tick)

    def _tick(self) -> None:
        if self._powered:
            self._line.tick()
            self._terminal.tick(self._now())
            self._settle()

    def _later(self, milliseconds: int, act: Callable[[], None]) -> None:
        def fire() -> None:
            self._timers.discard(timer)
            act()

        timer = asyncio.get_running_loop().call_later(milliseconds / 1000, fire)
        self._timers.add(timer)

    def obey(self, line: str) -> dict[str, object]:
        """Carry out a line of the control socket and answer its sender."""
        try:
            wish = parse_line(line)
        except ValueError as error:
            return {"error": str(error)}
        if isinstance(wish, Key):
            return self._press(wish)
        self._terminal.site.playbook.rules.append(wish)
        self._line.adopt(wish)
        return {"accepted": line.strip()}

    def _press(self, key: Key) -> dict[str, object]:
        heard = True
        if key.key == "power":
            self.power_cut(POWER_MS if key.ms is None else key.ms)
        elif not self._powered:
            heard = False
        elif key.key == "pull_cable":
            self._unplug()
        elif key.key == "plug_cable":
            self._plug()
        else:
            heard = self._terminal.press(self._now(), key.key)
            self._settle()
        return {"accepted" if heard else "ignored": key.key}

    def _unplug(self) -> None:
        if self._plugged:
            self._plugged = False
            self._line.freeze()
            self._port.refuse()
            self._tell({"cable": "pulled"})

    def _plug(self) -> None:
        if not self._plugged:
            self._plugged = True
            self._tell({"cable": "plugged"})
            self._line.thaw(deliver=self._port.delivers_late)
            if self._port.refusing:
                self._reopen()
