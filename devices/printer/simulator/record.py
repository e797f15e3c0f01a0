"""What the simulated printer leaves on disk: a picture and a text a cut, and the paper log."""

from __future__ import annotations

import hashlib
import json
import os
import re
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from devices.printer.simulator.paper import Sheet, picture

_LOG = "paper.log"
_STRIP = "strip.png"
_DPI = (203, 203)
# A line that says the receipt is a copy, in the languages receipts come in; capitals, so that no product
# ("Copy paper A4") is taken for it.
_COPY = re.compile(
    r"^\W*(\w+ / )?(COPY|KOPIE|DUPLICATE|DUPLIKAT|REPRINT|COPIE|COPIA|DUPLICATA|KOPIA|KOPYA)\b\W*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One recorded sheet: its number, from 1 on in the directory, and whether it is marked a copy."""

    number: int
    copy: bool
    lines: int


class Record:
    """Writes into one directory; numbering goes on after what is already there."""

    def __init__(self, folder: Path, paper_dots: int) -> None:
        """Make the directory if it is missing.

        Raises:
            OSError: it cannot be made or written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._paper_dots = paper_dots
        self.count = max((int(p.stem) for p in folder.glob("[0-9]*.txt") if p.stem.isdigit()), default=0)
        self._log = os.open(folder / _LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        # One worker: the pictures are made one after the other while the printer prints on.
        self._painter = ThreadPoolExecutor(1)

    def close(self) -> None:
        """Finish the pictures and close the log."""
        self._painter.shutdown()
        os.close(self._log)

    def sheet(self, sheet: Sheet) -> tuple[Receipt, Future[None]]:
        """Record one sheet; log and text are on disk on return, the picture when the future is done."""
        self.count += 1
        receipt = Receipt(self.count, bool(_COPY.search(sheet.text)), sheet.lines)
        entry = {
            "receipt": self.count,
            "sha256": hashlib.sha256(sheet.text.encode()).hexdigest(),
            "copy": receipt.copy,
            "text": sheet.text,
        }
        os.write(self._log, json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        os.fsync(self._log)
        (self._folder / f"{self.count:04}.txt").write_text(sheet.text, encoding="utf-8")
        return receipt, self._painter.submit(self._paint, sheet, f"{self.count:04}.png", torn=True)

    def strip(self, sheet: Sheet) -> Future[None]:
        """Draw the strip that still hangs in the printer, for those who watch."""
        return self._painter.submit(self._paint, sheet, _STRIP, torn=False)

    def _paint(self, sheet: Sheet, name: str, *, torn: bool) -> None:
        unfinished = self._folder / f".{name}"
        picture(sheet, self._paper_dots, torn=torn).save(unfinished, "PNG", dpi=_DPI)
        unfinished.replace(self._folder / name)
