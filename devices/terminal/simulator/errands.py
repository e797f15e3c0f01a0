"""The short courses: registration, status, repeat receipt, totals, end of day, bare completions."""

from devices.terminal.simulator import messages
from devices.terminal.simulator.commands import Registration, Secured
from devices.terminal.simulator.dialog import Flow, Pause, Site, ask, show
from devices.terminal.simulator.ledger import Closing, Record
from devices.terminal.simulator.receipt import receipt_lines
from devices.terminal.simulator.reports import status_of, totals_of
from devices.terminal.simulator.transaction import print_lines, print_receipts

SEND_STATUS = 0x01
NO_PRINT = 0x02
NO_VERSION = 0x02
NOTHING_STORED = 0xFF


def register(site: Site, wish: Registration) -> Flow[None]:
    """06 00: the till's configuration holds from now on."""
    site.registration = wish
    site.tell(registered=f"{wish.config:02X}")
    identity = site.identity
    yield from ask(messages.registered(0, identity.terminal_id, identity.currency, with_tlv=wish.uses_tlv))


def report_status(site: Site, query: Secured, code: int) -> Flow[None]:
    """05 01: software version and the status code given (00 ready, 9C a payment is still being settled)."""
    hidden = query.service is not None and query.service & NO_VERSION
    yield from ask(messages.terminal_status(code, None if hidden else site.identity.software))


def repeat_receipt(site: Site, query: Secured) -> Flow[None]:
    """06 20: the last record; its status only where service bit 0 asks and the maker understands that."""
    record = site.ledger.last_record()
    if record is None:
        yield from ask(messages.aborted(NOTHING_STORED))
        return
    service = query.service if query.service is not None and site.profile.repeat_service else 0
    if service & SEND_STATUS:
        rule = site.playbook.take_status("repeat")
        stale = rule is not None and rule.do == "stale"
        yield from ask(status_of(site, site.ledger.record_before(record) if stale else record, rule))
    if not service & NO_PRINT:
        yield from _print_again(site, record)
    yield from ask(messages.completion())


def _print_again(site: Site, record: Record) -> Flow[None]:
    if isinstance(record, Closing):
        yield from _print_closing(site, record)
    else:
        yield from print_receipts(site, record)


def _print_closing(site: Site, closing: Closing) -> Flow[None]:
    if site.config(0x80) and site.config(0x04):
        yield from print_lines(site, receipt_lines(site, closing, "Kassenschnitt"), 3)


def send_totals(site: Site) -> Flow[None]:
    """06 10: the sums since the last end of day, without closing it."""
    yield from ask(totals_of(site))
    yield from ask(messages.completion())


def end_of_day(site: Site, delay_ms: int) -> Flow[None]:
    """06 50: close the batch at the host, report its sums, print, complete."""
    yield from show(site, messages.PLEASE_WAIT)
    yield Pause(delay_ms)
    closing = site.ledger.close_day(site.wall())
    site.tell(closed=closing.line())
    yield from ask(status_of(site, closing))
    yield from _print_closing(site, closing)
    yield from ask(messages.completion())


def just_complete() -> Flow[None]:
    """06 70, 06 93, 06 91, 06 79, 06 18: nothing to report but that it is done."""
    yield from ask(messages.completion())
