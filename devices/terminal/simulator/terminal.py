"""The terminal's behaviour without its cables: messages, keys and time in, messages and reports out."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from devices.terminal.simulator import commands, errands, messages
from devices.terminal.simulator.dialog import (
    Answer,
    Ask,
    AwaitLink,
    Effect,
    Flow,
    Heard,
    Pause,
    Send,
    Site,
    Step,
)
from devices.terminal.simulator.ledger import Kind
from devices.terminal.simulator.transaction import Course, reverse, transact
from devices.terminal.simulator.wire import Apdu, WireError

STATUS_ENQUIRY: Final = 0x0501
ABORT: Final = 0x06B0
NOT_REGISTERED: Final = 0x6B
WRONG_CURRENCY: Final = 0x6F
TOO_SMALL: Final = 0xC8
NOT_POSSIBLE: Final = 0x83
PROTOCOL_ERROR: Final = 0x9A
BUSY: Final = 0x9C
FORBIDDEN_CARD_DATA: Final = 0xA5

_NEEDS_NO_REGISTRATION: Final = frozenset(
    (0x0501, 0x0600, 0x0602, 0x0618, 0x0670, 0x0679, 0x0691, 0x0693, 0x06B0)
)
_JUST_COMPLETE: Final = frozenset((0x0618, 0x0670, 0x0679, 0x0691, 0x0693))


class _RefusedError(Exception):
    """The command is answered with this 84 xx and nothing follows."""

    def __init__(self, apdu: Apdu) -> None:
        super().__init__(bytes(apdu).hex())
        self.apdu = apdu


@dataclass(slots=True)
class _Dialog:
    """A course and the step it stands at; `due`: when the wait ends, by the caller's clock."""

    flow: Flow[None]
    step: Step | None = None
    due: int = 0
    epoch: int = 0


class Terminal:
    """One terminal from power on to power off; a new one on the same ledger is the same one restarted.

    Times are milliseconds of a clock that never goes back. A course that loses its link goes on inside,
    without answers, as a real payment does; meanwhile a status enquiry reports 9C; the rest is refused.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self._now = 0
        self._epoch = 0
        self._linked = False
        self._dialog: _Dialog | None = None
        self._inside: _Dialog | None = None
        self._keys: deque[str] = deque()
        for entry in site.ledger.restart():
            site.book(entry)

    @property
    def busy(self) -> bool:
        """Whether a command is under way."""
        return self._dialog is not None or self._inside is not None

    @property
    def due(self) -> int | None:
        """When `tick` must be called next, or None."""
        return min((dialog.due for dialog in (self._dialog, self._inside) if dialog), default=None)

    def take(self) -> list[Effect]:
        """What has to be sent and told, in order; each effect is given out once."""
        taken = list(self.site.out)
        self.site.out.clear()
        return taken

    def connected(self, now: int) -> None:
        """A till has opened the link."""
        self._now = now
        self._epoch += 1
        self._linked = True
        self._rejoin()

    def lost(self, now: int) -> None:
        """The link is gone; what waits for an answer gets none."""
        self._now = now
        self._linked = False
        dialog, self._dialog = self._dialog, None
        if dialog is None:
            return
        if self._inside is not None:  # only a status enquiry runs beside a detached course
            dialog.flow.close()
            return
        self._inside = dialog
        if isinstance(dialog.step, Ask):
            self._go_on(dialog, None)

    def tick(self, now: int) -> None:
        """Time has passed: end the waits that are over."""
        self._now = now
        for dialog in (self._dialog, self._inside):
            if dialog and dialog.due <= now:
                self._go_on(dialog, None)

    def press(self, now: int, key: str) -> bool:
        """A key of the terminal; False where nothing is under way that could hear it."""
        self._now = now
        dialog = self._inside or self._dialog
        if dialog is None:
            return False
        if isinstance(dialog.step, Pause) and dialog.step.keys:
            self._go_on(dialog, key)
        else:
            self._keys.append(key)
        return True

    def receive(self, now: int, apdu: Apdu) -> None:
        """A message from the till: an answer to ours, or a command."""
        self._now = now
        if apdu.control >> 8 in (0x80, 0x84):
            if self._dialog and isinstance(self._dialog.step, Ask):
                self._go_on(self._dialog, Answer(apdu.control & 0xFF))
            return
        try:
            self._command(apdu)
        except _RefusedError as refusal:
            self._send(refusal.apdu)
        except WireError as error:
            self.site.tell(protocol_error=str(error))
            self._send(messages.refused(PROTOCOL_ERROR))

    def _send(self, apdu: Apdu) -> None:
        self.site.out.append(Send(apdu))

    def _command(self, apdu: Apdu) -> None:
        handler = self._handlers().get(apdu.control)
        if handler is None:
            raise _RefusedError(messages.refused(NOT_POSSIBLE))
        if apdu.control == ABORT:
            self._abort()
            return
        enquiry_beside = apdu.control == STATUS_ENQUIRY and self._dialog is None
        if self.busy and not enquiry_beside:
            raise _RefusedError(messages.refused(BUSY))
        if self.site.registration is None and apdu.control not in _NEEDS_NO_REGISTRATION:
            raise _RefusedError(messages.refused(NOT_REGISTERED))
        flow = handler(apdu)
        self._send(messages.ACCEPTED)
        if flow is not None:
            self._dialog = _Dialog(flow)
            self._keys.clear()
            self._go_on(self._dialog, None)

    def _handlers(self) -> dict[int, Callable[[Apdu], Flow[None] | None]]:
        return {
            STATUS_ENQUIRY: self._status,
            0x0600: self._register,
            0x0601: lambda apdu: self._transact("payment", apdu),
            0x0602: self._log_off,
            0x0610: lambda apdu: errands.send_totals(self._checked(apdu)),
            0x0620: lambda apdu: errands.repeat_receipt(self._checked(apdu), commands.secured(apdu)),
            0x0630: self._reverse,
            0x0631: lambda apdu: self._transact("refund", apdu),
            0x0650: self._end_of_day,
            ABORT: lambda _apdu: None,
            **dict.fromkeys(_JUST_COMPLETE, lambda _apdu: errands.just_complete()),
        }

    def _check_password(self, password: str | None) -> None:
        if password != self.site.identity.password:
            self.site.tell(refused="password")
            raise _RefusedError(messages.refused(NOT_POSSIBLE))

    def _checked(self, apdu: Apdu) -> Site:
        self._check_password(commands.secured(apdu).password)
        return self.site

    def _check_currency(self, currency: str | None) -> None:
        if currency not in (None, self.site.identity.currency):
            raise _RefusedError(messages.refused(WRONG_CURRENCY))

    def _register(self, apdu: Apdu) -> Flow[None]:
        wish = commands.registration(apdu)
        self._check_password(wish.password)
        own = self.site.identity.currency
        if wish.currency not in (None, own):
            # The refusal of a registration names its reason and the terminal's own currency: 84 1E, 6F, CC.
            raise _RefusedError(messages.refused(0x1E, bytes((WRONG_CURRENCY,)) + bytes.fromhex(own)))
        return errands.register(self.site, wish)

    def _log_off(self, _apdu: Apdu) -> None:
        self.site.registration = None
        self.site.tell(registered=None)

    def _status(self, apdu: Apdu) -> Flow[None]:
        return errands.report_status(self.site, commands.secured(apdu), BUSY if self._inside else 0)

    def _end_of_day(self, apdu: Apdu) -> Flow[None]:
        site = self._checked(apdu)
        rule = site.playbook.take_payment("end_of_day", site.ledger.total())
        delay = site.timing.host if rule is None or rule.delay_ms is None else rule.delay_ms
        return errands.end_of_day(site, delay)

    def _transact(self, kind: Kind, apdu: Apdu) -> Flow[None]:
        order = commands.order(apdu, with_password=kind == "refund")
        if kind == "refund":
            self._check_password(order.password)
        if order.card_data:
            raise _RefusedError(messages.refused(FORBIDDEN_CARD_DATA))
        self._check_currency(order.currency)
        if order.amount is None:
            raise WireError("a payment without its amount, which may not be entered at the terminal")
        if order.amount == 0:
            raise _RefusedError(messages.refused(TOO_SMALL))
        rule = self.site.playbook.take_payment("refund" if kind == "refund" else "payment", order.amount)
        if rule and rule.do == "busy":
            raise _RefusedError(messages.refused(rule.code or BUSY))
        return transact(Course(self.site, kind, order, order.amount, self.site.card(), rule))

    def _reverse(self, apdu: Apdu) -> Flow[None]:
        order = commands.order(apdu, with_password=True)
        self._check_password(order.password)
        self._check_currency(order.currency)
        if order.receipt is None:
            raise WireError("a reversal without the receipt number it is for")
        rule = self.site.playbook.take_payment("reversal", order.amount or 0)
        if rule and rule.do == "busy":
            raise _RefusedError(messages.refused(rule.code or BUSY))
        return reverse(self.site, order, rule)

    def _abort(self) -> None:
        """06 B0: never an outcome; what was under way still reports its own end."""
        if not self.site.profile.abort:
            raise _RefusedError(messages.refused(NOT_POSSIBLE))
        self._send(messages.ACCEPTED)
        self.press(self._now, "abort")

    def _go_on(self, dialog: _Dialog, heard: Heard) -> None:
        """Drive a course to its next wait, or to its end."""
        while True:
            try:
                dialog.step = dialog.flow.send(heard if dialog.step is not None else None)
            except StopIteration:
                self._end(dialog)
                return
            if self._waits(dialog, dialog.step):
                return
            heard = (
                self._keys.popleft()
                if isinstance(dialog.step, Pause) and dialog.step.keys and self._keys
                else None
            )

    def _waits(self, dialog: _Dialog, step: Step) -> bool:
        """Begin the step's wait; False where it is over at once."""
        match step:
            case Ask():
                if dialog is not self._dialog:
                    return False
                self._send(step.apdu)
                dialog.due = self._now + self.site.timing.answer
                return True
            case Pause():
                dialog.due = self._now + step.ms
                return step.ms > 0 and not (step.keys and self._keys)
            case AwaitLink():
                if self._linked and dialog is self._dialog and not step.fresh:
                    return False
                dialog.due, dialog.epoch = self._now + step.ms, self._epoch + (1 if step.fresh else 0)
                if dialog is self._dialog:
                    self._dialog, self._inside = None, dialog
                return not self._can_rejoin(dialog)

    def _can_rejoin(self, dialog: _Dialog) -> bool:
        free = self._linked and self._dialog is None and isinstance(dialog.step, AwaitLink)
        if not free or self._epoch < dialog.epoch:
            return False
        self._dialog, self._inside = dialog, None
        return True

    def _rejoin(self) -> None:
        """A course that waits for a link takes the free one."""
        inside = self._inside
        if inside is not None and self._can_rejoin(inside):
            self._go_on(inside, None)

    def _end(self, dialog: _Dialog) -> None:
        if dialog is self._dialog:
            self._dialog = None
        else:
            self._inside = None
        if not self.busy:
            self._keys.clear()
            self.site.tell(display="idle")
        self._rejoin()
