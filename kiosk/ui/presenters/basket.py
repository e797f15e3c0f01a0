"""The basket: total, the newest line large, the older ones quiet, and what could not be scanned."""

from kiosk.checkout.events import Refusal
from kiosk.checkout.intents import (
    DismissPressed,
    MinusPressed,
    PayPressed,
    PlusPressed,
    RemovePressed,
)
from kiosk.checkout.session import Notice, Session
from kiosk.domain.basket import Basket, Row
from kiosk.domain.catalogue import Unit
from kiosk.domain.money import Money
from kiosk.ui.presenters.shop import Lane
from kiosk.ui.presenters.views import (
    BasketView,
    ButtonView,
    NewestView,
    NoticeView,
    PillView,
    RowView,
)
from kiosk.ui.presenters.words import Words

_PILLS = 2
__all__ = ["RowCache", "basket", "count_of"]


class RowCache:
    """Rows as last formatted: a row that did not change is not written anew."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[Row, str, RowView]] = {}

    def row(self, row: Row, lane: Lane, words: Words) -> RowView:
        """Give the view of a row, the same value as before if nothing changed."""
        kept = self._rows.get(row.root)
        if kept is not None and kept[0] is row and kept[1] == words.language:
            return kept[2]
        view = _row(row, lane, words)
        self._rows[row.root] = (row, words.language, view)
        return view

    def forget(self) -> None:
        """Forget everything: the visit is over."""
        self._rows.clear()


def basket(session: Session, lane: Lane, words: Words, cache: RowCache) -> BasketView:
    """Show what was scanned, newest first."""
    goods = session.sale.basket if session.sale else Basket(session.policy.currency)
    large = _large(session, goods)
    rows = tuple(cache.row(row, lane, words) for row in reversed(goods.rows) if row is not large)
    owed = goods.total
    total = words.money(owed)
    return BasketView(
        revision=session.revision,
        total_word=words.gettext("Total"),
        total=total,
        count=count_of(goods, words),
        pills=_pills(session, goods, words),
        newest=_newest(large, session, lane, words) if large else None,
        rows=rows,
        notice=_notice(session.notice, session, lane, words) if session.notice else None,
        more=words.gettext("More below"),
        empty=words.gettext("Your basket is empty.\nScan an item to begin."),
        pay=ButtonView(
            words.gettext("Pay"),
            PayPressed(session.revision, owed.minor),
            amount=total,
            enabled=owed.minor > 0,
            why="" if owed.minor > 0 else words.gettext("Scan an item first"),
        ),
    )


def count_of(goods: Basket, words: Words) -> str:
    """Count the pieces."""
    count = goods.count
    return words.ngettext("{count} item", "{count} items", count).format(count=count)


def _large(session: Session, goods: Basket) -> Row | None:
    if not goods.rows:
        return None
    return next((row for row in goods.rows if row.root == session.chosen_row), goods.rows[-1])


def _pills(session: Session, goods: Basket, words: Words) -> tuple[PillView, ...]:
    """Give what is worth a remark, the two most telling: there is room for no more."""
    pills = []
    tax = Money(sum(group.tax.minor for group in goods.taxes), goods.currency)
    if session.help_wanted:
        called = words.gettext("Help has been called")
        said = called if session.staff_told else words.gettext("Please ask one of us")
        pills.append(PillView(said, icon="bell", look="warn"))
    if deposit := goods.deposit:
        pills.append(PillView(words.gettext("Deposit included"), words.money(deposit)))
    if tax:
        pills.append(PillView(words.gettext("VAT included"), words.money(tax)))
    return tuple(pills[:_PILLS])


def _row(row: Row, lane: Lane, words: Words) -> RowView:
    name = row.product.name(words.language)
    by_piece = row.product.unit is Unit.PIECE
    second = _second(row, words)
    if row.deposit:
        second = f"{second} · {_deposit_short(row, words)}" if second else _deposit_short(row, words)
    return RowView(
        root=row.root,
        name=name,
        second=second,
        count=f"× {row.quantity.count}" if by_piece and row.quantity.count > 1 else "",
        price=words.money(row.total),
        picture=lane.picture_of(row.product, words.language),
    )


def _newest(row: Row, session: Session, lane: Lane, words: Words) -> NewestView:
    revision, gettext = session.revision, words.gettext
    count = row.quantity.count
    fresh = session.fresh_line if session.chosen_row is None else None
    deposit = gettext("+ {amount} deposit").format(amount=words.money(row.deposit)) if row.deposit else ""
    return NewestView(
        root=row.root,
        line=len(session.sale.basket.lines) if session.sale else 0,
        badge=gettext("Added") if fresh is not None else "",
        name=row.product.name(words.language),
        second=_second(row, words),
        third=deposit,
        price=words.money(row.total),
        quantity=str(count) if row.product.unit is Unit.PIECE else "",
        picture=lane.picture_of(row.product, words.language),
        minus=ButtonView(
            gettext("One less"),
            MinusPressed(revision, row.root),
            icon="minus",
            enabled=count > 1,
            why="" if count > 1 else gettext("To take it out, use Remove"),
        ),
        plus=ButtonView(gettext("One more"), PlusPressed(revision, row.root), icon="plus"),
        remove=ButtonView(gettext("Remove"), RemovePressed(revision, row.root), icon="trash"),
    )


def _second(row: Row, words: Words) -> str:
    """Size and unit price; what was weighed tells its weight instead."""
    price = words.money(row.unit_price)
    if row.product.unit is not Unit.PIECE:
        unit = row.product.unit.value
        return f"{words.milli(row.milli)} {unit} × {price}/{unit}"
    if row.quantity.count == 1:
        return row.product.size
    each = words.gettext("{price} each").format(price=price)
    return f"{row.product.size} · {each}" if row.product.size else each


def _deposit_short(row: Row, words: Words) -> str:
    return words.gettext("+ {amount} deposit").format(amount=words.money(row.deposit))


def _notice(notice: Notice, session: Session, lane: Lane, words: Words) -> NoticeView:
    gettext = words.gettext
    name = notice.product.name(words.language) if notice.product else ""
    title, sentence = {
        Refusal.UNKNOWN: (
            gettext("We don’t know this barcode yet"),
            gettext("It ends in {digits}. Please put the item aside and scan on.").format(digits=notice.code),
        ),
        Refusal.NO_PRICE: (
            gettext("{name}: the price is missing").format(name=name),
            gettext("A colleague can look it up. Please scan the next item."),
        ),
        Refusal.AGE: (
            gettext("{name}: age check needed").format(name=name),
            gettext("Please buy it at the desk. You can go on scanning here."),
        ),
        Refusal.WEIGHT: (
            gettext("{name}: to be weighed").format(name=name),
            gettext("Please have it weighed at the desk. You can go on scanning here."),
        ),
        Refusal.NOT_NOW: (
            gettext("That was not added"),
            gettext("The payment is under way. Please finish it first."),
        ),
        Refusal.MISREAD: (
            gettext("That was not read clearly"),
            gettext("Please hold the barcode in front of the glass once more."),
        ),
    }[notice.refusal]
    picture = lane.picture_of(notice.product, words.language) if notice.product else None
    return NoticeView(
        "scan", title, sentence, picture, ButtonView(gettext("OK"), DismissPressed(session.revision))
    )
