"""Brings a product file into the catalogue, batch by batch, and reports every row that was refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from backend.catalog.import_cells import CellError, Defaults, money_minor
from backend.catalog.import_file import Loadable, ProductFile, Refusal, open_text
from backend.catalog.publish import Offer
from backend.commands.acts import Acts
from backend.errors import UserError
from kiosk.domain.money import Currency

BATCH: Final = 2000
"""Products of one transaction: lanes' sales wait behind one batch at most."""


@dataclass(slots=True)
class Outcome:
    """What became of a file's rows. changed: of those loaded, how many differ from what stood."""

    read: int = 0
    loaded: int = 0
    changed: int = 0
    refused: int = 0
    unknown_columns: tuple[str, ...] = field(default_factory=tuple)


def bring_in(
    path: Path, acts: Acts, price: str, tax: str | None, report: Callable[[Refusal], None]
) -> Outcome:
    """Read a file and put its products into the catalogue.

    Args:
        path: CSV as in docs/operate/backend.md.
        acts: to the database.
        price: for rows without one, as in a cell; empty leaves such a product without a price.
        tax: name of the rate for rows without one; None is the shop's usual rate.
        report: told each refused row.

    Raises:
        UserError: the file, or a default, cannot be used at all.
    """
    file = ProductFile(_defaults(acts, price, tax))
    outcome = Outcome()
    rows = file.read(open_text(path))
    while batch := list(islice(rows, BATCH)):
        for refusal in _bring_batch(batch, acts, outcome):
            outcome.refused += 1
            report(refusal)
    outcome.unknown_columns = file.unknown_columns
    return outcome


def _bring_batch(batch: list[Loadable | Refusal], acts: Acts, outcome: Outcome) -> Iterator[Refusal]:
    outcome.read += len(batch)
    loadable = [row for row in batch if isinstance(row, Loadable)]
    published = acts.publish([Offer(row.product, row.cost_minor) for row in loadable])
    outcome.changed += published.changed
    outcome.loaded += len(loadable) - len(published.refused)
    taken = {loadable[at].line: (loadable[at], reason) for at, reason in published.refused.items()}
    for row in batch:
        if isinstance(row, Refusal):
            yield row
        elif row.line in taken:
            refused, reason = taken[row.line]
            yield Refusal(row.line, refused.product.product_id, reason)


def _defaults(acts: Acts, price: str, tax: str | None) -> Defaults:
    shop = acts.shop()
    if tax is not None and tax not in shop.tax_codes:
        raise UserError(f"--default-tax {tax!r}: expected one of {', '.join(shop.tax_codes)}")
    currency = Currency(shop.currency)
    try:
        money_minor(price, "--default-price", currency)
    except CellError as error:
        raise UserError(str(error)) from None
    return Defaults(currency, shop.language, shop.tax_codes, tax or shop.tax_codes[0], price)
