from kiosk.bootstrap.settings import place_of, policy_of, shop_of
from kiosk.checkout.intents import ReceiptChoice
from kiosk.config import LaneSettings, LaneTables, ReceiptSettings
from tests.goods import EUR


def tables() -> LaneTables:
    lane = LaneSettings(
        number=4,
        shop="Minzel",
        address=("Lindenweg 12", "10117 Berlin"),
        vat_id="DE999999999",
        languages=("en", "fr", "de"),
        language="de",
        country="AT",
        empty_idle_s=11,
        idle_warning_s=22,
        countdown_s=33,
        thanks_s=4,
    )
    return LaneTables(lane=lane, receipt=ReceiptSettings(header=("Open till 8",), footer=("Bye",)))


def test_a_visit_goes_by_what_the_operator_wrote() -> None:
    policy = policy_of(tables())
    assert policy.currency == EUR
    assert policy.languages == ("de", "en", "fr")
    assert (policy.empty_s, policy.idle_s, policy.countdown_s, policy.goodbye_s) == (11, 22, 33, 4)
    assert policy.receipt_choices == tuple(ReceiptChoice)


def test_a_shop_that_must_print_offers_paper_alone() -> None:
    paper = tables().model_copy(update={"receipt": ReceiptSettings(policy="paper")})
    assert policy_of(paper).receipt_choices == (ReceiptChoice.PRINT,)


def test_a_receipt_tells_who_sells() -> None:
    shop = shop_of(tables())
    assert (shop.name, shop.tax_id, shop.footer) == ("Minzel", "DE999999999", ("Bye",))
    assert shop.address == ("Lindenweg 12", "10117 Berlin", "Open till 8")
    assert shop_of(LaneTables()).tax_id == ""
    place = place_of(tables())
    assert (place.shop, place.lane, place.country) == (shop, "4", "AT")
