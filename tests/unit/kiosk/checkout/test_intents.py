from kiosk.checkout import intents
from kiosk.checkout.intents import AnyIntent, Intent


def test_every_intent_is_in_the_union() -> None:
    made = {kind for kind in vars(intents).values() if isinstance(kind, type) and issubclass(kind, Intent)}
    assert made - {Intent} == set(AnyIntent.__args__)
