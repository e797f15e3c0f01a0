"""The printer models that can be simulated: paper, speed, buffer, and what each can answer."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace

from devices.printer.simulator.code_page_table import CODE_PAGES

# The boards of cheap 80 mm printers number some pages their own way and keep € off the old ones.
_CLONE_PAGES = {**CODE_PAGES, 71: "cp1252", 72: "cp1250", 73: "cp1251", 50: "cp437", 53: "cp858", 59: "cp866"}


@dataclass(frozen=True, slots=True)
class Profile:
    """One model.

    width_dots: printable dots a line, at 203 dpi. paper_dots: width of the paper. dots_per_second: of paper
    feed. buffer_bytes: receive buffer. process_id: answers ``GS ( H`` function 48 once the data before it is
    on paper. line_bytes_per_second: what a serial line brings in at its baud rate.
    """

    name: str
    width_dots: int
    paper_dots: int = 640
    dots_per_second: int = 2400
    cut_ms: int = 180
    buffer_bytes: int = 4096
    process_id: bool = True
    line_bytes_per_second: int = 11520
    maker: str = "EPSON"
    code_pages: dict[int, str] = field(default_factory=lambda: CODE_PAGES)


_T88V = Profile("TM-T88V", 512)
_T20 = Profile("TM-T20III", 576, dots_per_second=2000)
PROFILES: dict[str, Profile] = {
    model.name.casefold(): model
    for model in (
        _T88V,
        replace(_T88V, name="TM-T88IV"),
        replace(_T88V, name="TM-T88VI", dots_per_second=2800),
        replace(_T88V, name="TM-T88VII", dots_per_second=3200),
        replace(_T88V, name="TM-T88III", dots_per_second=1200, process_id=False),
        replace(_T88V, name="TM-T88II", dots_per_second=1200, process_id=False),
        _T20,
        replace(_T20, name="TM-T20II"),
        replace(_T20, name="TM-T20IIIL"),
        replace(_T20, name="TM-m30", dots_per_second=2400),
        replace(_T20, name="TM-m30II", dots_per_second=2400),
        replace(_T20, name="TM-m30III", dots_per_second=2400),
        Profile(
            "generic-80mm", 576, dots_per_second=1600, process_id=False, maker="POS", code_pages=_CLONE_PAGES
        ),
        replace(_T88V, name="TM-L90"),
        replace(_T20, name="default"),
    )
}


class UnknownProfileError(ValueError):
    """The name is of no printer we can simulate; the sentence names the nearest."""


def profile_named(name: str) -> Profile:
    """Give the profile of that name, letter case aside.

    Raises:
        UnknownProfileError: with a sentence for the person who typed it.
    """
    found = PROFILES.get(name.casefold())
    if found is not None:
        return found
    near = difflib.get_close_matches(name.casefold(), PROFILES, n=1)
    hint = f" Did you mean {PROFILES[near[0]].name}?" if near else ""
    known = ", ".join(model.name for model in PROFILES.values())
    raise UnknownProfileError(f"There is no printer profile {name!r}; expected one of {known}.{hint}")
