"""The sale: states, events and the one table that says which leads where (ARTS transaction states)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, assert_never

from kiosk.domain.basket import Basket, EntryMethod, Line
from kiosk.domain.catalogue import Product
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Money, Quantity


class SaleState(StrEnum):
    """Where a sale stands."""

    OPEN = "open"
    TOTALLED = "totalled"
    PAYING = "paying"
    PAID = "paid"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class Method(StrEnum):
    """How a tender is paid."""

    CARD = "card"


class NotCharged(StrEnum):
    """The only outcomes that say a shopper was not charged (design: sale and payment)."""

    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"
    NOT_CHARGED = "NOT_CHARGED"
    REVERSED = "REVERSED"


@dataclass(frozen=True, slots=True)
class CardReceipt:
    """What the terminal reported of a captured payment; never more of the card than its last four digits."""

    amount: Money
    card_name: str = ""
    last4: str = ""
    receipt_no: str = ""
    trace: str = ""
    terminal_id: str = ""
    authorisation: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tender:
    """One request for money.

    Attributes:
        attempt_id: minted by the lane, the key of the payment attempt everywhere.
        method: how.
        amount: asked for.
        outcome: None while unknown, the card's receipt once captured, or why nothing was charged.
    """

    attempt_id: str
    method: Method
    amount: Money
    outcome: CardReceipt | NotCharged | None = None


@dataclass(frozen=True, slots=True)
class AddGoods:
    """Goods were scanned or chosen."""

    product: Product
    quantity: Quantity
    entry: EntryMethod


@dataclass(frozen=True, slots=True)
class VoidGoods:
    """Goods were taken back out of a row."""

    root: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class TotalUp:
    """The shopper wants to pay."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """The shopper goes back to scanning."""


@dataclass(frozen=True, slots=True)
class RequestTender:
    """Money is about to be asked for; to be durable before the terminal is told."""

    attempt_id: str
    method: Method


@dataclass(frozen=True, slots=True)
class Capture:
    """The attempt is known to be charged."""

    attempt_id: str
    receipt: CardReceipt


@dataclass(frozen=True, slots=True)
class Refuse:
    """The attempt is known not to be charged."""

    attempt_id: str
    outcome: NotCharged


@dataclass(frozen=True, slots=True)
class Complete:
    """The store has given the paid sale its receipt number."""

    receipt_no: int


@dataclass(frozen=True, slots=True)
class Suspend:
    """The shopper left; the basket is set aside."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Nothing is left to sell, nothing was charged."""


SaleEvent = (
    AddGoods | VoidGoods | TotalUp | Reopen | RequestTender | Capture | Refuse | Complete | Suspend | Cancel
)

# All transitions live in this table; an event that has no entry for a state is refused.
# `paying` is left by known results only.
TRANSITIONS: Final[dict[SaleState, dict[type[SaleEvent], SaleState]]] = {
    SaleState.OPEN: {
        AddGoods: SaleState.OPEN,
        VoidGoods: SaleState.OPEN,
        TotalUp: SaleState.TOTALLED,
        Suspend: SaleState.SUSPENDED,
        Cancel: SaleState.CANCELLED,
    },
    SaleState.TOTALLED: {
        Reopen: SaleState.OPEN,
        RequestTender: SaleState.PAYING,
        Suspend: SaleState.SUSPENDED,
        Cancel: SaleState.CANCELLED,
    },
    SaleState.PAYING: {Capture: SaleState.PAID, Refuse: SaleState.TOTALLED},
    SaleState.PAID: {Complete: SaleState.COMPLETED},
    SaleState.COMPLETED: {},
    SaleState.SUSPENDED: {Reopen: SaleState.OPEN},
    SaleState.CANCELLED: {},
}


class RefusedError(DomainError):
    """The sale's state does not allow the event."""


@dataclass(frozen=True, slots=True)
class Sale:
    """One shopper's sale.

    Attributes:
        sale_id: UUIDv7 of the lane.
        basket: the goods.
        state: where it stands.
        tenders: every request for money, oldest first.
        receipt_no: once completed; gap-free per lane.
    """

    sale_id: str
    basket: Basket
    state: SaleState = SaleState.OPEN
    tenders: tuple[Tender, ...] = ()
    receipt_no: int | None = None

    def handle(self, event: SaleEvent) -> Sale:
        """Apply one event.

        Raises:
            RefusedError: the table has no way from this state by this event.
            DomainError: the event's own values do not fit the basket or the tender.
        """
        target = TRANSITIONS[self.state].get(type(event))
        if target is None:
            raise RefusedError(f"sale {self.state}: {type(event).__name__} is not possible now")
        return replace(self._apply(event), state=target)

    @property
    def total(self) -> Money:
        """What the shopper owes."""
        return self.basket.total

    @property
    def open_tender(self) -> Tender | None:
        """The tender whose outcome is not known."""
        return next((tender for tender in self.tenders if tender.outcome is None), None)

    @property
    def captured(self) -> Tender | None:
        """The tender that paid, if any."""
        return next((tender for tender in self.tenders if isinstance(tender.outcome, CardReceipt)), None)

    def last_line(self) -> Line:
        """Give the line entered last."""
        return self.basket.lines[-1]

    def _apply(self, event: SaleEvent) -> Sale:
        match event:
            case AddGoods(product, quantity, entry):
                return replace(self, basket=self.basket.add(product, quantity, entry)[0])
            case VoidGoods(root, quantity):
                return replace(self, basket=self.basket.void(root, quantity)[0])
            case RequestTender(attempt_id, method):
                return self._with_tender(Tender(attempt_id, method, self._owed()))
            case Capture(attempt_id, receipt):
                return self._with_outcome(attempt_id, receipt)
            case Refuse(attempt_id, outcome):
                return self._with_outcome(attempt_id, outcome)
            case Complete(receipt_no):
                return replace(self, receipt_no=receipt_no)
            case TotalUp() | Reopen() | Suspend() | Cancel():
                return self
            case _:
                assert_never(event)

    def _owed(self) -> Money:
        if self.total.minor <= 0:
            raise DomainError("a sale of nothing: expected goods to pay for")
        return self.total

    def _with_tender(self, tender: Tender) -> Sale:
        if any(tender.attempt_id == earlier.attempt_id for earlier in self.tenders):
            raise DomainError(f"attempt {tender.attempt_id}: expected a new one")
        return replace(self, tenders=(*self.tenders, tender))

    def _with_outcome(self, attempt_id: str, outcome: CardReceipt | NotCharged) -> Sale:
        tender = self.open_tender
        if tender is None or tender.attempt_id != attempt_id:
            raise DomainError(f"attempt {attempt_id}: expected the sale's open attempt")
        if isinstance(outcome, CardReceipt) and outcome.amount != tender.amount:
            raise DomainError(
                f"attempt {attempt_id}: {outcome.amount.as_decimal()} was charged, "
                f"{tender.amount.as_decimal()} was asked for"
            )
        decided = replace(tender, outcome=outcome)
        return replace(self, tenders=tuple(decided if each is tender else each for each in self.tenders))


def diagram() -> str:
    """Draw the table as a Mermaid state diagram, for docs/architecture.md."""
    arrows = [
        f"    {state} --> {target}: {event.__name__}"
        for state, row in TRANSITIONS.items()
        for event, target in row.items()
    ]
    ends = [f"    {state} --> [*]" for state, row in TRANSITIONS.items() if not row]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {SaleState.OPEN}", *arrows, *ends])
