"""The shop's settings and tax rates: written from the config at each start, versioned for the lanes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, select, update

from backend.catalog import versions
from backend.storage.tables import Setting, TaxRate, table

_SETTING = table(Setting)
_TAX_RATE = table(TaxRate)


@dataclass(frozen=True, slots=True)
class Shop:
    """What the backend knows of its shop.

    store_id: key on every row. language: the shop's own, for names without one. currency: ISO 4217.
    tax: rates by name, in thousandths of a percent; the first is the usual one.
    public_url: address of the receipts for shoppers' phones, or None: the address the lanes use.
    """

    store_id: str = "shop"
    name: str = "Checkstand"
    currency: str = "EUR"
    language: str = "de"
    tax: Mapping[str, int] = field(default_factory=lambda: {"standard": 19_000, "reduced": 7_000, "zero": 0})
    public_url: str | None = None

    def shared(self) -> dict[str, str]:
        """Return the settings that lanes pull with the catalogue."""
        shared = {"name": self.name, "currency": self.currency, "language": self.language}
        return shared | ({"receipt_url": f"{self.public_url}/r/{{receipt}}"} if self.public_url else {})


def establish(connection: Connection, shop: Shop) -> None:
    """Bring settings and rates to what the config says; only what differs gets a new version."""
    for name, value in shop.shared().items():
        put_setting(connection, shop.store_id, name, value, shared=True)
    _establish_tax(connection, shop)


def put_setting(
    connection: Connection, store_id: str, name: str, value: str, *, shared: bool = False
) -> None:
    """Write one setting unless it stands already."""
    here = (_SETTING.c.store_id == store_id, _SETTING.c.name == name)
    old = connection.execute(select(_SETTING.c.value).where(*here)).scalar()
    if old == value:
        return
    version = versions.take(connection, store_id, 1)[0] if shared else 0
    if old is None:
        row = {"store_id": store_id, "name": name, "value": value, "shared": shared, "version": version}
        connection.execute(insert(_SETTING).values(row))
    else:
        connection.execute(update(_SETTING).where(*here).values(value=value, shared=shared, version=version))


def setting(connection: Connection, store_id: str, name: str) -> str | None:
    """Read one setting."""
    here = (_SETTING.c.store_id == store_id, _SETTING.c.name == name)
    return connection.execute(select(_SETTING.c.value).where(*here)).scalar()


def _establish_tax(connection: Connection, shop: Shop) -> None:
    rows = connection.execute(select(_TAX_RATE).where(_TAX_RATE.c.store_id == shop.store_id)).mappings()
    old = {row["code"]: (row["rate_thousandths"], row["deleted"]) for row in rows}
    new = {code: (rate, False) for code, rate in shop.tax.items()}
    gone = {code: (rate, True) for code, (rate, _) in old.items() if code not in new}
    for code, (rate, deleted) in (new | gone).items():
        if old.get(code) != (rate, deleted):
            _put_rate(connection, shop.store_id, code, rate, deleted=deleted, known=code in old)


def _put_rate(
    connection: Connection, store_id: str, code: str, rate: int, *, deleted: bool, known: bool
) -> None:
    version = versions.take(connection, store_id, 1)[0]
    values = {"rate_thousandths": rate, "deleted": deleted, "version": version}
    if known:
        here = (_TAX_RATE.c.store_id == store_id, _TAX_RATE.c.code == code)
        connection.execute(update(_TAX_RATE).where(*here).values(values))
    else:
        connection.execute(insert(_TAX_RATE).values(store_id=store_id, code=code, **values))
