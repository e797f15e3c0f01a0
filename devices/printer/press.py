"""Turns journalled runs into orders for the driver: the document's bytes with their process ids or fence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from devices.printer import commands
from devices.printer.driver import Order
from devices.printer.encode import cut_only, encode
from devices.printer.job import Stream

if TYPE_CHECKING:
    from devices.printer.document import Document
    from devices.printer.encode import Artist, Encoded
    from devices.printer.job import Run
    from devices.printer.profile import Profile

# An unfinished image command of the connection before would swallow what follows; a printer without the clear
# command is given as many NULs as one of our fragments is long, which it ignores as text.
_FLUSH: Final = b"\x00" * 2560
_LOOSE_END: Final = b"\n"


@dataclass(frozen=True)
class Press:
    """One printer model with what draws for it; `answers`: whether the transport brings anything back."""

    profile: Profile
    artist: Artist
    answers: bool = True

    @property
    def confirms(self) -> bool:
        """Whether the printer says when a job is on paper."""
        return self.profile.process_id and self.answers

    def encoded(self, document: Document, copy: int = 0) -> Encoded:
        """The document's bytes; copy 1, 2 … are marked COPY."""
        return encode(document.as_copy() if copy else document, self.profile, self.artist)

    def order(self, run: Run, document: Document, *, separate: bool) -> Order:
        """What the driver is to do for a run.

        Args:
            run: As journalled.
            document: Of its job.
            separate: Whether the run before may hang half printed in the printer: it is cleared and cut off.
        """
        encoded = self.encoded(document, run.copy)
        before = self._separator() if separate else ()
        if not self.confirms:
            fence = (commands.FENCE,) if self.answers else ()
            return Order(run, Stream((*before, *encoded.text, *encoded.tail, *fence)), confirms=False)
        text = (*before, *encoded.text, commands.process_id(run.id_a))
        last = commands.process_id(run.id_b)
        stream = Stream((*text, *encoded.tail, last), text_end=sum(map(len, text)))
        return Order(
            run, stream, (*cut_only(self.profile), last), commands.process_id(run.id_c), clear=separate
        )

    def _separator(self) -> tuple[bytes, ...]:
        """Cuts off what the lost printing left; where nothing hangs out this is a short empty slip."""
        flush = b"" if self.confirms else _FLUSH
        return (flush + _LOOSE_END + commands.INITIALISE, *cut_only(self.profile))
