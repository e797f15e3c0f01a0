"""The control socket's letters: one JSON object a line each way, for people of this machine only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from backend.catalog.publish import Offer
from kiosk.sync.wire.catalogue import item_values, read_product
from kiosk.sync.wire.fields import Fields

LONGEST = 64_000_000
"""Longest letter in bytes: a batch of products."""


@contextmanager
def short_path(database: Path) -> Iterator[str]:
    """Give the path of a database's control socket in a form short enough for a Unix socket address.

    An address holds 107 bytes; through /proc/self/fd the directory costs few of them however deep it lies.
    """
    directory = os.open(database.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{directory}/{database.name}.sock"
    finally:
        os.close(directory)


def offer_values(offer: Offer) -> dict[str, Any]:
    """Return an offer as JSON values."""
    return {"product": item_values(offer.product), "cost_minor": offer.cost_minor}


def read_offer(fields: Fields) -> Offer:
    """Read an offer.

    Raises:
        WireError: it cannot be one.
    """
    return Offer(read_product(Fields(fields.raw("product"), "product")), fields.maybe_integer("cost_minor"))
