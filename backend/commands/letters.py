"""The control socket's letters: one JSON object a line each way, for people of this machine only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from backend.catalog.publish import Offer

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


class Publishing(BaseModel):
    """A letter that puts products into the catalogue."""

    model_config = ConfigDict(strict=True, frozen=True)

    act: Literal["publish"] = "publish"
    offers: tuple[Offer, ...]
