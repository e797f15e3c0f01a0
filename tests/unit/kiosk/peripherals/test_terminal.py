import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from devices.link.messages import CallError
from kiosk.checkout.events import (
    AnyEvent,
    Attempt,
    AttemptChanged,
    AttemptRejected,
    AttemptState,
    Condition,
    Part,
    PartChanged,
    Recovery,
    RecoveryStep,
    TerminalShows,
)
from kiosk.checkout.intents import Settlement
from kiosk.domain.approval import Approval, Right
from kiosk.domain.sale import CardReceipt
from kiosk.peripherals.terminal import INTERFACE, Terminal, TerminalCalls, attempt_of, condition_of
from tests.daemons import Answer, FakeDaemon, hang_up, refuse, running, silence, until
from tests.goods import eur
from tests.playbook import START

STATE = {
    "channel": "card",
    "power": "Online",
    "registered": True,
    "terminal_id": "52500041",
    "currency": "EUR",
    "recovery_query": True,
    "busy": False,
    "open_attempt": None,
    "sentence": "",
}
RESULT = {
    "result_code": "00",
    "amount_minor": 129,
    "currency": "EUR",
    "receipt_no": "0007",
    "trace": "000012",
    "turnover_no": None,
    "terminal_id": "52500041",
    "authorisation": "AB12",
    "card_name": "girocard",
    "last4": "1234",
    "technology": None,
    "date": None,
    "time": None,
    "receipt_lines": ["Contactless"],
}
CARD = CardReceipt(eur(129), "girocard", "1234", "0007", "000012", "52500041", "AB12", ("Contactless",))


def attempt(state: str, attempt_id: str = "a1", **more: Any) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "channel": "card",
        "kind": "sale",
        "state": state,
        "amount_minor": 129,
        "currency": "EUR",
        "original": None,
        "result": None,
        "reason": None,
        "evidence": None,
        "settled": False,
        "abandoned": False,
        "recovery": None,
        **more,
    }


class Till:
    """A lane's end of the terminal: a daemon with a book, and a lane that knows what it has decided."""

    def __init__(self, path: Path) -> None:
        self.daemon = FakeDaemon(INTERFACE, path / "terminal.sock", STATE)
        self.book: dict[str, dict[str, Any]] = {}
        self.daemon.answers |= {
            "ListUnsettled": lambda _: {"attempts": [a for a in self.book.values() if not a["settled"]]},
            "AuthorizeSales": self._authorize,
            "GetAttempt": self._get,
            "Settle": self._settle,
            "Abandon": lambda asked: {"attempt": attempt("NOT_CHARGED", asked["attempt_id"], abandoned=True)},
            "Cancel": lambda _: {"accepted": True},
            "Resolve": lambda asked: {"attempt": attempt(asked["outcome"], asked["attempt_id"])},
        }
        self.events: list[AnyEvent] = []
        self.open: str | None = None
        self.decided: dict[str, bool] = {}
        calls = TerminalCalls(lambda: START, self._emit, lambda: self.open, self.decided.get)
        self.terminal = Terminal(self.daemon.path, calls, ask_again_s=0.01)

    @asynccontextmanager
    async def up(self) -> AsyncIterator[FakeDaemon]:
        """Serve until the first event has passed: everything before it is done then."""
        before = len(self.daemon.subscribed)
        async with self.daemon.serving() as daemon:
            await until(lambda: len(daemon.subscribed) > before)
            daemon.event("DisplayEvent", display={"attempt_id": "a0", "code": "processing", "text": None})
            await until(lambda: FIRST in self.events)
            self.events.remove(FIRST)
            yield daemon

    def pay(self, attempt_id: str = "a1") -> None:
        self.open = attempt_id
        self.terminal.authorize(attempt_id, eur(129), printer_ready=True)

    @property
    def outcomes(self) -> list[AnyEvent]:
        return [event for event in self.events if isinstance(event, AttemptChanged | AttemptRejected)]

    def methods(self) -> list[str]:
        return [name for name, _ in self.daemon.calls if name != "GetState"]

    def _emit(self, event: AnyEvent) -> None:
        self.events.append(event)
        if isinstance(event, AttemptRejected):
            self.open = None

    def _authorize(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        made = self.book.setdefault(asked["attempt_id"], attempt("PREPARED", asked["attempt_id"]))
        return {"attempt": made}

    def _get(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        if asked["attempt_id"] not in self.book:
            refuse("UnknownAttempt", attempt_id=asked["attempt_id"])(asked)
        return {"attempt": self.book[asked["attempt_id"]]}

    def _settle(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        self.book[asked["attempt_id"]]["settled"] = True
        return {"attempt": self.book[asked["attempt_id"]]}


def changed(state: AttemptState, receipt: CardReceipt | None = None, **more: Any) -> AttemptChanged:
    return AttemptChanged(START, Attempt("a1", state, receipt, **more))


FIRST = TerminalShows(START, "a0", "processing", None)
REJECTED = AttemptRejected(START, "a1", "never reached the terminal")
PREPARED = changed(AttemptState.PREPARED)


def test_money_is_asked_for_and_the_attempt_followed(tmp_path: Path) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        async with running(till.terminal.run()), till.up() as daemon:
            till.pay()
            await until(lambda: till.outcomes == [PREPARED])
            asked = {
                "attempt_id": "a1",
                "kind": "sale",
                "amount_minor": 129,
                "currency": "EUR",
                "original": None,
                "printer_ready": True,
            }
            assert daemon.named("AuthorizeSales") == [("AuthorizeSales", asked)]
            shown = {"attempt_id": "a1", "code": "enter_pin", "text": None}
            daemon.event("DisplayEvent", display=shown)
            daemon.event("AttemptEvent", attempt=attempt("CAPTURED", result=RESULT))
            await until(lambda: till.events[-1] == changed(AttemptState.CAPTURED, CARD))
            assert till.events[-2] == TerminalShows(START, "a1", "enter_pin", None)
            till.terminal.settle("a1")
            till.terminal.cancel("a1")
            await until(lambda: till.methods()[-2:] == ["Settle", "Cancel"])

    asyncio.run(main())


def test_what_the_daemon_holds_open_comes_before_any_event(tmp_path: Path) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        till.open = "a1"
        till.book["a1"] = attempt("CAPTURED", result=RESULT)
        async with running(till.terminal.run()), till.up():
            await until(lambda: till.outcomes == [changed(AttemptState.CAPTURED, CARD)])
            assert till.methods() == ["ListUnsettled"]

    asyncio.run(main())


def test_an_outcome_the_lane_has_kept_is_settled_again(tmp_path: Path) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        till.book["a1"] = attempt("CAPTURED", result=RESULT)
        till.decided["a1"] = True
        till.book["x"] = attempt("DECLINED", "x")  # a technician's, who settles it
        async with running(till.terminal.run()), till.up():
            await until(lambda: till.book["a1"]["settled"])
            await until(lambda: len(till.outcomes) == 1)
            assert till.outcomes == [AttemptChanged(START, Attempt("x", AttemptState.DECLINED))]
            assert till.methods() == ["ListUnsettled", "Settle"]

    asyncio.run(main())


def test_an_outcome_that_is_being_reversed_does_not_keep_the_lane_from_the_terminal(tmp_path: Path) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        till.book["a1"] = attempt("REVERSING")
        till.decided["a1"] = True
        till.daemon.once("Settle", refuse("Open", state="REVERSING"))
        till.book["a2"] = attempt("CAPTURED", "a2", result=RESULT)
        till.decided["a2"] = True
        async with running(till.terminal.run()), till.up():
            await until(lambda: till.book["a2"]["settled"])
            assert till.methods() == ["ListUnsettled", "Settle", "Settle"]

    asyncio.run(main())


def test_an_attempt_that_turns_up_while_it_is_abandoned_is_followed(tmp_path: Path) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        till.daemon.once("AuthorizeSales", refuse("NotClaimed"))
        till.daemon.once("Abandon", lambda _: {"attempt": attempt("ARMED", abandoned=True)})
        async with running(till.terminal.run()), till.up():
            till.pay()
            await until(lambda: till.outcomes == [changed(AttemptState.ARMED)])

    asyncio.run(main())


def test_a_charge_of_no_sale_here_is_not_passed_over_in_silence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        till.book["x"] = attempt("CAPTURED", "x", result=RESULT)
        async with running(till.terminal.run()), till.up():
            assert "attempt x is charged and belongs to no sale here" in caplog.messages
            assert till.methods() == ["ListUnsettled"]

    asyncio.run(main())


def test_an_attempt_the_daemon_never_had_is_abandoned_before_it_is_given_up(tmp_path: Path) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        till.pay()  # nobody is there: the call is lost
        async with running(till.terminal.run()), till.up():
            await until(lambda: till.outcomes == [REJECTED])
            assert till.methods() == ["ListUnsettled", "GetAttempt", "Abandon"]

    asyncio.run(main())


def test_an_attempt_settled_elsewhere_is_asked_for(tmp_path: Path) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        till.open = "a1"
        till.book["a1"] = attempt("DECLINED", settled=True, reason="card")
        async with running(till.terminal.run()), till.up():
            await until(lambda: till.outcomes == [changed(AttemptState.DECLINED, reason="card")])

    asyncio.run(main())


@pytest.mark.parametrize(
    "answer",
    [
        silence,
        hang_up,
        refuse("Busy", open_attempt="a0"),
        refuse("org.checkstand.Link1.Internal", method="AuthorizeSales"),
    ],
)
def test_a_request_that_did_not_arrive_is_never_charged(tmp_path: Path, answer: Answer) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        till.daemon.once("AuthorizeSales", answer)
        async with running(till.terminal.run()), till.up() as daemon:
            till.pay()
            await until(lambda: REJECTED in till.outcomes)
            # Asked by the reconnect and by the retry, it may be abandoned twice; never is it sent twice.
            assert {*till.outcomes} == {REJECTED}
            assert len(daemon.named("AuthorizeSales")) == 1
            assert daemon.named("Abandon")

    asyncio.run(main())


@pytest.mark.parametrize("answer", [silence, hang_up])
def test_a_request_that_arrived_without_an_answer_is_followed(tmp_path: Path, answer: Answer) -> None:
    async def main() -> None:
        till = Till(tmp_path)

        def taken(asked: Mapping[str, Any]) -> Any:
            till.book["a1"] = attempt("ARMED")
            return answer(asked)

        till.daemon.once("AuthorizeSales", taken)
        async with running(till.terminal.run()), till.up() as daemon:
            till.pay()
            await until(lambda: changed(AttemptState.ARMED) in till.outcomes)
            assert daemon.named("Abandon") == []
            assert len(daemon.named("AuthorizeSales")) == 1

    asyncio.run(main())


@pytest.mark.parametrize("method", ["GetAttempt", "Abandon"])
@pytest.mark.parametrize("answer", [silence, refuse("org.checkstand.Link1.Internal", method="any")])
def test_the_lane_asks_until_it_knows(tmp_path: Path, method: str, answer: Answer) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        till.daemon.once("AuthorizeSales", refuse("NotClaimed"))
        till.daemon.once(method, answer, answer)
        async with running(till.terminal.run()), till.up() as daemon:
            till.pay()
            await until(lambda: till.outcomes == [REJECTED])
            assert len(daemon.named(method)) == 3

    asyncio.run(main())


def test_nobody_asks_for_an_attempt_that_is_decided_meanwhile(tmp_path: Path) -> None:
    async def main() -> None:
        till = Till(tmp_path)

        def decided(_: Mapping[str, Any]) -> None:
            till.open = None
            raise CallError("NotClaimed")

        till.daemon.once("AuthorizeSales", decided)
        async with running(till.terminal.run()), till.up() as daemon:
            till.pay()
            till.terminal.cancel("a1")
            await until(lambda: bool(daemon.named("Cancel")))
            assert daemon.named("GetAttempt") == []

    asyncio.run(main())


def test_what_a_person_found_out_is_passed_on(tmp_path: Path) -> None:
    async def main() -> None:
        till = Till(tmp_path)
        approval = Approval("p1", "Mia", Right.SETTLE_PAYMENT, "terminal_shows_paid")
        async with running(till.terminal.run()), till.up() as daemon:
            till.terminal.resolve("a1", Settlement.NOT_CHARGED, approval)
            await until(lambda: till.outcomes == [changed(AttemptState.NOT_CHARGED)])
            told = {
                "attempt_id": "a1",
                "outcome": "NOT_CHARGED",
                "person": approval.person,
                "reason": "terminal_shows_paid",
            }
            assert daemon.named("Resolve") == [("Resolve", told)]

    asyncio.run(main())


def test_the_lane_hears_how_the_terminal_is(tmp_path: Path) -> None:
    def is_(condition: Condition, detail: str = "") -> PartChanged:
        return PartChanged(START, Part.TERMINAL, condition, detail)

    async def main() -> None:
        till = Till(tmp_path)
        async with running(till.terminal.run()):
            await until(lambda: till.events == [is_(Condition.GONE, "daemon")])
            async with till.up() as daemon:
                assert till.events[-1] == is_(Condition.READY)
                daemon.changed(power="Offline")
                await until(lambda: till.events[-1] == is_(Condition.TROUBLE, "offline"))
            await until(lambda: till.events[-1] == is_(Condition.GONE, "daemon"))

    asyncio.run(main())


@pytest.mark.parametrize(
    ("power", "registered", "condition"),
    [
        ("Online", True, Condition.READY),
        ("Online", False, Condition.UNKNOWN),
        ("Unknown", True, Condition.UNKNOWN),
        ("Offline", False, Condition.TROUBLE),
        ("Off", True, Condition.TROUBLE),
    ],
)
def test_a_state_is_one_condition(power: str, condition: Condition, *, registered: bool) -> None:
    assert condition_of({"power": power, "registered": registered})[0] is condition


def test_a_capture_without_a_report_is_of_the_amount_asked_for() -> None:
    told = attempt_of(attempt("CAPTURED"))
    assert told == Attempt("a1", AttemptState.CAPTURED, CardReceipt(eur(129)))


def test_what_the_terminal_leaves_out_is_empty() -> None:
    bare = dict.fromkeys(RESULT) | {"amount_minor": 129, "currency": "EUR"}
    assert attempt_of(attempt("AUTHORISED", result=bare)).receipt == CardReceipt(eur(129))


def test_a_refused_attempt_has_no_receipt_and_an_uncertain_one_tells_of_its_check() -> None:
    assert attempt_of(attempt("DECLINED", result=RESULT, reason="card")) == Attempt(
        "a1", AttemptState.DECLINED, reason="card"
    )
    check = {"step": "waiting", "since_us": 5, "deadline_us": None, "tries": 2}
    assert attempt_of(attempt("UNCERTAIN", recovery=check)).recovery == Recovery(
        RecoveryStep.WAITING, 5, None, 2
    )


def test_a_charge_that_was_given_up_is_on_its_way_back_never_paid() -> None:
    assert attempt_of(attempt("CAPTURED", abandoned=True)).state is AttemptState.REVERSING
    assert attempt_of(attempt("CAPTURED")).state is AttemptState.CAPTURED
    assert attempt_of(attempt("REVERSED", abandoned=True)).state is AttemptState.REVERSED
