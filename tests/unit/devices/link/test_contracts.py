from importlib.resources import files

import pytest

from devices.link.contracts import contract

NAMES = sorted(
    path.name.removesuffix(".varlink")
    for path in files("devices.link").iterdir()
    if path.name.endswith(".varlink")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_contract_is_varlink_and_named_as_its_file(name: str) -> None:
    assert contract(name).name == name
    assert contract(name) is contract(name)


@pytest.mark.parametrize("name", [name for name in NAMES if "Subscribe" in contract(name).methods])
def test_what_can_be_subscribed_to_can_be_resumed(name: str) -> None:
    interface = contract(name)
    taken = [field for field, _ in interface.methods["Subscribe"].takes.fields]
    assert taken[:2] == ["since_boot_id", "since_seq"]
    assert "GetState" in interface.methods
    event = interface.types["Event"]
    assert [field for field, _ in event.fields][:2] == ["boot_id", "seq"]  # type: ignore[union-attr] # a struct


def test_an_unknown_contract_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        contract("org.checkstand.Nothing1")
