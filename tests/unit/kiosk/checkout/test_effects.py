from kiosk.checkout import effects
from kiosk.checkout.effects import AnyOutwardEffect, AnyStoreEffect, Effect, StoreEffect


def test_every_effect_is_either_kept_or_goes_outward() -> None:
    made = {kind for kind in vars(effects).values() if isinstance(kind, type) and issubclass(kind, Effect)}
    kept = {kind for kind in made if issubclass(kind, StoreEffect)}
    assert kept - {StoreEffect} == set(AnyStoreEffect.__args__)
    assert made - kept - {Effect} == set(AnyOutwardEffect.__args__)
