"""Fetches what changed in the shop's catalogue and applies it page by page."""

from dataclasses import dataclass

from kiosk.sync.disk import Disk
from kiosk.sync.ledger import Ledger
from kiosk.sync.transport import Backend
from kiosk.sync.wire import CataloguePage
from kiosk.sync.wire.catalogue import MAX_PAGE


@dataclass(frozen=True, slots=True)
class Pulled:
    """What one page came to. receipt_url: where the shop shows receipts, if it says so."""

    version: int
    more: bool
    receipt_url: str | None


class Puller:
    """Pulls for one enrolment."""

    def __init__(self, backend: Backend, ledger: Ledger, disk: Disk) -> None:
        self._backend = backend
        self._ledger = ledger
        self._disk = disk

    async def pull(self) -> Pulled:
        """Fetch and apply one page.

        Raises:
            BackendError: no page came; the cursor stands where it stood.
            WireError: the page cannot be read.
        """
        since = await self._disk.do(self._ledger.position, "catalogue")
        answer = await self._backend.ask("GET", f"/v1/catalogue?since={since}&limit={MAX_PAGE}")
        return await self._disk.do(self._apply, answer.body, since)

    def _apply(self, body: bytes, since: int) -> Pulled:
        page = CataloguePage.from_json(body)
        if page.upto != since or page.restarted or page.products or page.tax_rates or page.settings:
            self._ledger.apply(page)
        return Pulled(page.upto, page.more, self._ledger.setting("receipt_url"))
