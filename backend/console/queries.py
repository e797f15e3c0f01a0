"""What the pages ask the database: sales with their sums, stock, lanes, alarms; read only, in pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, String, and_, case, cast, func, or_, select

from backend.storage.tables import (
    Alarm,
    Barcode,
    DeadLetter,
    Device,
    Epoch,
    Price,
    Product,
    Sale,
    SaleLine,
    SaleTax,
    StockLevel,
    Tender,
    table,
)

_ALARM, _BARCODE, _LETTER, _DEVICE = table(Alarm), table(Barcode), table(DeadLetter), table(Device)
_EPOCH, _PRICE, _PRODUCT, _SALE = table(Epoch), table(Price), table(Product), table(Sale)
_LINE, _TAX, _LEVEL, _TENDER = table(SaleLine), table(SaleTax), table(StockLevel), table(Tender)

PAGE: Final = 50
"""Rows of one page."""

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of rows, and how many there are in all."""

    rows: Rows
    count: int
    sums: Mapping[str, Any]


def _rows(connection: Connection, wanted: Select[Any]) -> Rows:
    return [dict(row) for row in connection.execute(wanted).mappings()]


def _like(column: Any, asked: str) -> ColumnElement[bool]:  # noqa: ANN401 - a Core column
    """Return "contains what was asked", its wildcards taken as text."""
    escaped = asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found: ColumnElement[bool] = cast(column, String).ilike(f"%{escaped}%", escape="\\")
    return found


def sales(connection: Connection, store_id: str, asked: str, business_day: str, page: int) -> Listing:
    """Return sales, newest first.

    Args:
        connection: for reading.
        store_id: the store.
        asked: part of a receipt number, lane, product name or GTIN; empty for all.
        business_day: YYYY-MM-DD, or empty for all.
        page: from 0.
    """
    here = [_SALE.c.store_id == store_id]
    if business_day:
        here.append(_SALE.c.business_day == business_day)
    if asked:
        lines = select(_LINE.c.sale_id).where(or_(_like(_LINE.c.name, asked), _like(_LINE.c.gtin14, asked)))
        here.append(
            or_(_like(_SALE.c.receipt_no, asked), _like(_SALE.c.lane, asked), _SALE.c.sale_id.in_(lines))
        )
    order = (_SALE.c.completed_us.desc(), _SALE.c.sale_id)
    sums = select(
        func.count().label("count"),
        func.coalesce(func.sum(_SALE.c.total_minor), 0).label("total_minor"),
        func.coalesce(func.sum(_SALE.c.tax_minor), 0).label("tax_minor"),
        func.coalesce(func.sum(_SALE.c.lines), 0).label("lines"),
    ).where(and_(*here))
    total = dict(connection.execute(sums).mappings().one())
    rows = _rows(
        connection, select(_SALE).where(and_(*here)).order_by(*order).limit(PAGE).offset(page * PAGE)
    )
    return Listing(rows, total["count"], total)


def sale(connection: Connection, sale_id: str) -> Mapping[str, Any] | None:
    """Return a sale with its lines, tax and tenders, or None."""
    found = _rows(connection, select(_SALE).where(_SALE.c.sale_id == sale_id))
    if not found:
        return None
    parts = {
        "lines": (_LINE, _LINE.c.n),
        "taxes": (_TAX, _TAX.c.rate_thousandths.desc()),
        "tenders": (_TENDER, _TENDER.c.n),
    }
    read = {
        name: _rows(connection, select(of).where(of.c.sale_id == sale_id).order_by(order))
        for name, (of, order) in parts.items()
    }
    return {**found[0], **read}


def stock(connection: Connection, store_id: str, asked: str, page: int) -> Listing:
    """Return products with price, what is on hand and what was sold, the most sold first."""
    joined = _PRODUCT.outerjoin(
        _LEVEL, and_(_LEVEL.c.store_id == _PRODUCT.c.store_id, _LEVEL.c.product_id == _PRODUCT.c.product_id)
    ).outerjoin(
        _PRICE,
        and_(
            _PRICE.c.store_id == _PRODUCT.c.store_id,
            _PRICE.c.product_id == _PRODUCT.c.product_id,
            _PRICE.c.from_us == 0,
        ),
    )
    here = [_PRODUCT.c.store_id == store_id, _PRODUCT.c.deleted.is_(False)]
    if asked:
        codes = select(_BARCODE.c.product_id).where(
            _BARCODE.c.store_id == store_id, _like(_BARCODE.c.gtin14, asked)
        )
        here.append(
            or_(
                _like(_PRODUCT.c.names, asked),
                _like(_PRODUCT.c.brand, asked),
                _PRODUCT.c.plu == asked,
                _PRODUCT.c.product_id.in_(codes),
            )
        )
    on_hand = func.coalesce(_LEVEL.c.on_hand_milli, 0)
    wanted = (
        select(_PRODUCT, _PRICE.c.price_minor, on_hand.label("on_hand_milli"))
        .select_from(joined)
        .where(and_(*here))
        .order_by(case((on_hand == 0, 1), else_=0), on_hand, _PRODUCT.c.name, _PRODUCT.c.product_id)
        .limit(PAGE)
        .offset(page * PAGE)
    )
    count = connection.execute(select(func.count()).select_from(_PRODUCT).where(and_(*here))).scalar_one()
    return Listing(_rows(connection, wanted), count, {})


def lanes(connection: Connection, store_id: str) -> Rows:
    """Return every lane's newest enrolment."""
    newest = (
        select(_EPOCH.c.device_id, func.max(_EPOCH.c.epoch).label("epoch"))
        .group_by(_EPOCH.c.device_id)
        .subquery()
    )
    wanted = (
        select(_DEVICE.c.lane, _EPOCH)
        .join(_EPOCH, _EPOCH.c.device_id == _DEVICE.c.device_id)
        .join(newest, and_(newest.c.device_id == _EPOCH.c.device_id, newest.c.epoch == _EPOCH.c.epoch))
        .where(_DEVICE.c.store_id == store_id)
        .order_by(_DEVICE.c.lane)
    )
    return _rows(connection, wanted)


def alarms(connection: Connection, store_id: str) -> Rows:
    """Return the newest alarms with the lane's name."""
    joined = _ALARM.outerjoin(_DEVICE, _DEVICE.c.device_id == _ALARM.c.device_id)
    wanted = (
        select(_ALARM, _DEVICE.c.lane)
        .select_from(joined)
        .where(_ALARM.c.store_id == store_id)
        .order_by(_ALARM.c.alarm_id.desc())
        .limit(PAGE)
    )
    return _rows(connection, wanted)


def dead_letters(connection: Connection, store_id: str) -> Listing:
    """Return the newest events set aside, their number, and the money that could be read of them."""
    here = _LETTER.c.store_id == store_id
    sums = select(
        func.count().label("count"), func.coalesce(func.sum(_LETTER.c.total_minor), 0).label("total_minor")
    )
    total = dict(connection.execute(sums.where(here)).mappings().one())
    newest = select(_LETTER).where(here).order_by(_LETTER.c.received_us.desc()).limit(PAGE)
    return Listing(_rows(connection, newest), total["count"], total)
