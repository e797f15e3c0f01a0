"""Faults of the link at an exact byte: bytes in, the same bytes out, cut where a fault shall strike."""

from dataclasses import dataclass, replace

from devices.terminal.simulator.script import ByteRule, Direction

ENDS_LINK = frozenset(("drop", "rst", "half_open", "power_off"))
_PAYMENT_STARTS = (b"\x06\x01", b"\x10\x02\x06\x01")
"""The first bytes of a payment command on TCP and on the serial line."""


@dataclass(slots=True)
class _Watch:
    rule: ByteRule
    passed: int = 0
    counting: bool = True


class Injector:
    """Counts bytes for every rule. A rule strikes when byte number `at_byte` (from 0) is about to pass."""

    def __init__(self) -> None:
        self._watches: list[_Watch] = []

    def arm(self, rule: ByteRule) -> None:
        """Watch for this rule from now on."""
        self._watches.append(_Watch(rule, counting=rule.origin == "start"))

    def arriving(self, data: bytes, *, at_start: bool) -> None:
        """Bytes from the till come next; where a payment command begins, rules from "payment" begin."""
        if at_start and data.startswith(_PAYMENT_STARTS):
            for watch in self._watches:
                watch.counting = True

    def cut(self, direction: Direction, data: bytes) -> list[bytes | ByteRule]:
        """Split `data` at each fault; after one that ends the link nothing follows."""
        pieces: list[bytes | ByteRule] = []
        while data:
            watch = self._next(direction, len(data))
            if watch is None:
                break
            size = watch.rule.at_byte - watch.passed
            head, data = data[:size], data[size:]
            self._count(direction, size)
            self._used(watch)
            pieces += [head] if head else []
            pieces.append(watch.rule)
            if watch.rule.do in ENDS_LINK:
                return pieces
            if watch.rule.do == "corrupt":
                data = bytes((data[0] ^ 0xFF,)) + data[1:]
        self._count(direction, len(data))
        return [*pieces, data] if data else pieces

    def _next(self, direction: Direction, size: int) -> _Watch | None:
        """The rule that strikes first within the next `size` bytes."""
        hit = [
            watch
            for watch in self._watches
            if watch.counting
            and watch.rule.direction == direction
            and watch.rule.at_byte - watch.passed < size
        ]
        return min(hit, key=lambda watch: watch.rule.at_byte - watch.passed, default=None)

    def _count(self, direction: Direction, size: int) -> None:
        for watch in self._watches:
            if watch.counting and watch.rule.direction == direction:
                watch.passed += size

    def _used(self, watch: _Watch) -> None:
        self._watches.remove(watch)
        if watch.rule.repeat and (watch.rule.at_byte or watch.rule.do in ENDS_LINK):
            self.arm(replace(watch.rule))
