import asyncio
import threading
import warnings
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from devices.link.interface import Interface
from devices.link.server import Server
from tests.unit.devices.link.conftest import LAMP, Lamp

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its sources hold escapes newer Pythons warn about
    import varlink


def serve(interface: Interface, path: Path, body: Callable[[Lamp], Coroutine[Any, Any, None]]) -> None:
    async def main() -> None:
        lamp = Lamp()
        async with Server(interface, lamp, call_limit_s=0.2).serving(path):
            await body(lamp)

    asyncio.run(main())


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - the condition is another object's state
            await asyncio.sleep(0.001)


def test_an_independent_client_sees_the_interface_and_calls_it(lamp_interface: Interface, path: Path) -> None:
    def outside() -> None:
        with varlink.Client(address=f"unix:{path}") as client:
            with client.open("org.varlink.service") as service:
                info = service.GetInfo()["interfaces"]
                assert service.GetInterfaceDescription("org.example.Lamp1")["description"] == LAMP
            assert info == ["org.varlink.service", "org.example.Lamp1", "org.checkstand.Link1"]
            with client.open("org.example.Lamp1") as control, client.open("org.example.Lamp1") as other:
                control.Claim("outside", 0)
                with pytest.raises(varlink.VarlinkError) as refused:
                    other.Switch(lit=True)
                assert refused.value.error() == "org.example.Lamp1.NotClaimed"
                with pytest.raises(varlink.VarlinkError) as taken:
                    other.Claim("other", 0)
                assert taken.value.parameters() == {"holder": "outside"}
                events = other.Subscribe(None, None, _more=True)
                first: dict[str, Any] = {}

                def take() -> None:
                    first.update(next(events))

                taking = threading.Thread(target=take)
                taking.start()
                while taking.is_alive():
                    assert control.Switch(lit=True, colour="green")["state"]["lit"] is True
                taking.join()
                assert first["event"]["state"]["colour"] == "green"

    async def body(lamp: Lamp) -> None:
        await asyncio.to_thread(outside)
        await until(lambda: lamp.claims.holder is None and lamp.subscribers == 0)
        assert not lamp.lit

    serve(lamp_interface, path, body)
