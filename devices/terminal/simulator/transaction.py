"""Payment, refund and reversal in the terminal: card, host, commit on acknowledgement, automatic reversal.

PA00P015 2.2.6-2.2.9: a transaction is stored finally only once the till has acknowledged its status
information; without that, or with a refusal, the terminal takes it back by itself.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal

from devices.terminal.simulator import messages
from devices.terminal.simulator.commands import Order
from devices.terminal.simulator.dialog import Answer, AwaitLink, Flow, Pause, Site, ask, pressed, show
from devices.terminal.simulator.ledger import Entry, Kind
from devices.terminal.simulator.profile import CURRENCIES, Card, Timing
from devices.terminal.simulator.receipt import card_named, receipt_lines
from devices.terminal.simulator.reports import PIN_FROM, status_of
from devices.terminal.simulator.script import PaymentRule, StatusRule
from devices.terminal.simulator.wire import Apdu

CANCELLED: Final = 0x6C
WRONG_PIN: Final = 0x55
HOST_REFUSES: Final = 0x05
WAIT: Final = 0x9C
PIN_TRIES: Final = 3
DEFAULT_WAIT_S: Final = 30
"""How long a terminal repeats its status while the till answers 84 9C, where BMP 01 does not say."""

Verdict = Literal["approve", "decline", "cancel"]
_VERDICTS: Final[dict[str, Verdict]] = {"approve": "approve", "decline": "decline", "cancel": "cancel"}


@dataclass(slots=True)
class Course:
    """One transaction under way. `rule`: what a script wants; `verdict`: what a person pressed so far."""

    site: Site
    kind: Kind
    order: Order
    amount: int
    card: Card
    rule: PaymentRule | None
    verdict: Verdict | None = None
    wrong_pin: bool = False

    @property
    def timing(self) -> Timing:
        """The phases' lengths, as the script wants them."""
        base = self.site.timing
        if self.rule is None or (self.rule.delay_ms is None and self.rule.do != "slow"):
            return base
        return base.scaled(self.rule.delay_ms if self.rule.delay_ms is not None else base.slow_host)

    @property
    def by_hand(self) -> bool:
        """Whether a person at the keypad decides."""
        return self.site.manual and self.rule is None

    def hear(self, key: str | None) -> None:
        """Take a key into account; the first verdict counts."""
        if key == "wrong_pin":
            self.wrong_pin = True
        elif key == "abort":
            self.verdict = "cancel"
        elif self.verdict is None:
            self.verdict = _VERDICTS.get(key or "")


def transact(course: Course) -> Flow[None]:
    """A payment or refund from the card prompt to the completion."""
    site = course.site
    site.tell(payment="started", kind=course.kind, amount=_text(course.amount))
    yield from _take_card(course)
    wanted = course.rule is not None and course.rule.do == "cancel"
    code = None if wanted or course.verdict == "cancel" else (yield from _authorise(course))
    if code is None:
        yield from _cancel(course)
    elif code:
        yield from _refuse(course, code)
    else:
        yield from book(site, _enter(course, 0), course.order)


def _cancel(course: Course) -> Flow[None]:
    """Nobody was asked for money: no ledger line, only the abort."""
    scripted = course.rule is not None and course.verdict is None
    code = (course.rule.code if course.rule and scripted else None) or CANCELLED
    course.site.tell(payment="cancelled", amount=_text(course.amount), code=f"{code:02X}")
    yield from ask(messages.aborted(code))


def _text(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def _enter(course: Course, code: int, original: int | None = None) -> Entry:
    site = course.site
    return site.book(
        site.ledger.enter(
            course.kind,
            course.amount,
            CURRENCIES[site.identity.currency],
            at=site.wall(),
            card=course.card.name,
            result=code,
            original=original,
        )
    )


def _take_card(course: Course) -> Flow[None]:
    """Wait for the card; nobody comes: cancelled."""
    yield from show(course.site, messages.INSERT_CARD)
    key = yield from pressed(course.site.timing.keypad if course.by_hand else course.timing.card)
    course.hear(key)
    if key is None and course.by_hand:
        course.verdict = "cancel"


def _authorise(course: Course) -> Flow[int | None]:
    """PIN and host: the host's result code, 0 for approved, None where a person cancels."""
    if course.amount >= PIN_FROM or _pin_is_wrong(course):
        code = yield from _check_pin(course)
        if code != 0:
            return code
    yield from show(course.site, messages.WAITING_FOR_HOST)
    return (yield from _host(course))


def _check_pin(course: Course) -> Flow[int | None]:
    """Up to three tries; 0 for a right PIN, None where a person cancels."""
    for _ in range(PIN_TRIES):
        yield from show(course.site, messages.WATCH_PIN_PAD)
        course.hear((yield from pressed(course.timing.pin)))
        if course.verdict == "cancel":
            return None
        if not _pin_is_wrong(course):
            return 0
        yield from show(course.site, messages.INCORRECT_PIN)
        course.wrong_pin = False
        if course.rule is not None and course.rule.do == "wrong_pin":
            course.rule = replace(course.rule, do="approve")
    return WRONG_PIN


def _pin_is_wrong(course: Course) -> bool:
    rule = course.rule
    scripted = rule is not None and (
        rule.do == "wrong_pin" or (rule.do == "decline" and rule.code == WRONG_PIN)
    )
    return course.wrong_pin or scripted


def _host(course: Course) -> Flow[int | None]:
    """What the bank says; by hand, the person at the keypad is the bank."""
    if course.by_hand and course.verdict is None:
        course.hear((yield from pressed(course.site.timing.keypad)))
        if course.verdict is None:
            return None
    else:
        yield Pause(course.timing.host)
    if course.verdict == "cancel":
        return None
    rule = course.rule
    if course.verdict == "decline" or (rule and rule.do == "decline" and course.verdict is None):
        return (rule.code if rule else None) or HOST_REFUSES
    return 0


def _refuse(course: Course, code: int) -> Flow[None]:
    """A transaction the host did not allow: its status, then the abort."""
    site = course.site
    yield from show(site, messages.DECLINED)
    entry = _enter(course, code)
    site.tell(payment="declined", amount=_text(course.amount), code=f"{code:02X}")
    yield from ask(status_of(site, entry))
    yield from ask(messages.aborted(code))


def book(site: Site, entry: Entry, order: Order) -> Flow[None]:
    """From the host's approval to the end: store if the till acknowledges, else take it back."""
    site.tell(payment="approved", kind=entry.kind, amount=_text(entry.amount), receipt=f"{entry.receipt:04d}")
    yield from show(site, messages.REMOVE_CARD)
    rule = site.playbook.take_status("status")
    status = status_of(site, entry, rule)
    yield from _hold_back(site, rule)
    accepted = yield from _deliver(site, status, order)
    if accepted and site.profile.commit_after_prints:
        accepted = yield from print_receipts(site, entry)
    if not accepted:
        yield from _take_back(site, entry)
        return
    stored = site.book(site.ledger.settle(entry, "stored"))
    site.tell(payment="stored", kind=entry.kind, amount=_text(entry.amount), receipt=f"{entry.receipt:04d}")
    if rule and rule.do == "duplicate":
        yield from ask(status)
    if not site.profile.commit_after_prints:
        yield from print_receipts(site, stored)
    yield from ask(
        messages.aborted(CANCELLED) if rule and rule.do == "abort_after" else messages.completion()
    )


def _hold_back(site: Site, rule: StatusRule | None) -> Flow[None]:
    """The fault `late`: after `ms` on whatever link there is, without `ms` on the next connection only."""
    if rule and rule.do == "late":
        if rule.ms is not None:
            yield Pause(rule.ms)
        yield AwaitLink(site.timing.late, fresh=rule.ms is None)
    elif site.profile.late_status:
        yield AwaitLink(site.timing.late)


def _deliver(site: Site, status: Apdu, order: Order) -> Flow[bool]:
    """Send the status until the till accepts or refuses; 84 9C means: wait and send it again."""
    seconds = DEFAULT_WAIT_S if order.seconds is None else order.seconds
    tries = max(1, seconds * 1000 // max(1, site.timing.repeat))
    for limit in (order.max_status, site.profile.max_status):
        tries = tries if limit is None else min(tries, max(1, limit))
    for _ in range(tries):
        answer: Answer | None = yield from ask(status)
        if answer is None or answer.code != WAIT:
            return answer is not None and answer.code == 0
        yield Pause(site.timing.repeat)
    return False


def _take_back(site: Site, entry: Entry) -> Flow[None]:
    """The automatic reversal; until it is done the terminal is busy."""
    yield from show(site, messages.AUTO_REVERSAL)
    yield Pause(site.profile.reversal_ms)
    state = site.profile.unanswered
    site.book(site.ledger.settle(entry, state, result=CANCELLED))
    site.tell(payment="reversed", kind=entry.kind, amount=_text(entry.amount), receipt=f"{entry.receipt:04d}")
    yield from ask(messages.aborted(CANCELLED))


def print_receipts(site: Site, entry: Entry) -> Flow[bool]:
    """Send the receipts to a till that registered for them (config 80); whether it took every piece."""
    if not (site.config(0x80) and site.config(0x02)):
        return True
    for copy, number in (("Händlerbeleg", 1), ("Kundenbeleg", 2)):
        taken = yield from print_lines(site, receipt_lines(site, entry, copy), number)
        if not taken:
            return False
    return True


def print_lines(site: Site, lines: list[str], receipt_type: int) -> Flow[bool]:
    """One receipt as 06 D3 where the till takes blocks, else line by line as 06 D1."""
    blocks = site.registration is not None and site.registration.blocks
    encoding = site.profile.encoding
    pieces = (
        [messages.printed_block(lines, receipt_type, encoding)]
        if blocks
        else messages.printed_lines(lines, encoding)
    )
    for piece in pieces:
        answer = yield from ask(piece)
        if answer is None or answer.code:
            return False
    return True


def reverse(site: Site, order: Order, rule: PaymentRule | None) -> Flow[None]:
    """06 30: undo a stored payment, if receipt and amount name one that still stands."""
    yield from show(site, messages.PLEASE_WAIT)
    last = site.ledger.last_payment()
    named = last if site.profile.reverses_last else site.ledger.payment(order.receipt or 0)
    code = refusal_of(site, named, order)
    if named is None or code:
        yield from ask(messages.aborted(code))
        return
    course = Course(site, "reversal", order, named.amount, card_named(named.card), rule)
    yield Pause(course.timing.host)
    if rule and rule.do == "cancel":
        yield from _cancel(course)
    elif rule and rule.do == "decline":
        yield from _refuse(course, rule.code or HOST_REFUSES)
    else:
        yield from book(site, _enter(course, 0, original=named.trace), order)


def refusal_of(site: Site, named: Entry | None, order: Order) -> int:
    """Why this payment cannot be reversed, 0 if it can: B4 already reversed, B5 impossible."""
    if named is None:
        return 0xB5
    if site.ledger.is_undone(named):
        return 0xB4
    wrong_amount = order.amount is not None and order.amount != named.amount
    return 0xB5 if wrong_amount and not site.profile.reverses_last else 0
