from kiosk.checkout import ports


def test_every_port_says_what_it_is_for() -> None:
    made = [
        kind
        for kind in vars(ports).values()
        if getattr(kind, "_is_protocol", False) and kind.__module__ == ports.__name__
    ]
    assert len(made) == 8
    assert all(kind.__doc__ for kind in made)
