import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from devices.desk import app
from devices.desk.app import make_app
from devices.desk.desk import Desk, Places
from devices.desk.shelf import Shelf, read_shelf

OURS = {"X-Device-Desk": "1"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    for folder in ("paper", "pictures"):
        (tmp_path / folder).mkdir()
    (tmp_path / "paper" / "0001.png").write_bytes(b"paper")
    (tmp_path / "paper" / "paper.log").write_bytes(b"secret")
    (tmp_path / "pictures" / "milk.png").write_bytes(b"milk")
    (tmp_path / "pictures" / "other.png").write_bytes(b"other")
    csv = tmp_path / "shelf.csv"
    csv.write_text("gtin,name,price,category,picture\n4006381333931,Milch,1.29,Dairy,milk.png\n")
    controls = {name: tmp_path / f"{name}.sock" for name in ("scanner", "terminal", "printer")}
    return Desk(
        Places(controls, tmp_path / "paper", tmp_path / "pictures"), read_shelf(csv, tmp_path / "pictures")
    )


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(make_app(desk), base_url="http://127.0.0.1") as found:
        yield found


def test_the_page_and_all_it_needs_come_from_here(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    needed = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(needed) >= 3
    for address in needed:
        assert address.startswith("/static/")
        assert client.get(address).status_code == 200
    for name in ("desk.js", "desk.css", "index.html", "mark.svg"):
        text = client.get(f"/static/{name}").text.replace("http://www.w3.org/2000/svg", "")
        assert "//" not in re.sub(r"\s//.*", "", text), name


def test_every_button_of_the_page_is_an_act(client: TestClient) -> None:
    text = client.get("/").text + client.get("/static/desk.js").text
    acts = set(re.findall(r'"((?:scanner|terminal|printer)\.[a-z_]+)"', text))
    assert len(acts) > 20
    for act in acts:
        answer = client.post("/act", json={"act": act, "code": "4006381333931"}, headers=OURS)
        assert answer.status_code == 503, act
        assert "is away" in answer.json()["sentence"]


def test_the_shelf(client: TestClient) -> None:
    found = client.get("/shelf").json()
    assert found["categories"] == ["Dairy"]
    assert found["sign"] == "€"
    (product,) = found["products"]
    assert (product["code"], product["note"], product["picture"]) == ("4006381333931", "€1.29", "milk.png")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"{", "Expecting"),
        (b"[]", "Expected an object"),
        (b'{"act": "printer.explode"}', "no act 'printer.explode'"),
        (b'{"act": "scanner.scan"}', "nothing to scan"),
    ],
)
def test_a_wrong_act_is_answered_with_a_sentence(client: TestClient, body: bytes, sentence: str) -> None:
    answer = client.post("/act", content=body, headers=OURS)
    assert answer.status_code == 400
    assert sentence in answer.json()["sentence"]


def test_other_pages_and_names_are_refused(client: TestClient) -> None:
    assert client.post("/act", json={"act": "printer.feed"}).status_code == 403
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_paper_and_pictures_and_nothing_else(client: TestClient) -> None:
    assert client.get("/paper/0001.png").content == b"paper"
    assert client.get("/picture/milk.png").content == b"milk"
    for address in ("/paper/0002.png", "/paper/paper.log", "/paper/..%2fshelf.csv", "/picture/other.png"):
        assert client.get(address).status_code == 404, address


def test_a_desk_without_directories_has_neither() -> None:
    with TestClient(make_app(Desk(Places({}), Shelf())), base_url="http://localhost") as client:
        assert client.get("/paper/0001.png").status_code == 404
        assert client.get("/picture/milk.png").status_code == 404


def test_an_act_reaches_its_simulator(desk: Desk) -> None:
    async def scene() -> None:
        told: asyncio.Queue[bytes] = asyncio.Queue()

        async def simulator(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b'{"event": "state"}\n')
            told.put_nowait(await reader.readline())
            writer.close()

        server = await asyncio.start_unix_server(simulator, desk.places.controls["scanner"])
        async with server, desk.running():
            async for text in desk.views():
                if not json.loads(text)["scanner"]["away"] and json.loads(text)["printer"]["away"]:
                    break
            body = b'{"act": "scanner.scan", "code": "4006381333931"}'

            async def receive() -> dict[str, Any]:
                return {"type": "http.request", "body": body, "more_body": False}

            scope = {"type": "http", "method": "POST", "headers": [(b"x-device-desk", b"1")], "path": "/act"}
            answer = await app._act(Request(scope, receive), desk)
            assert answer.status_code == 204
            assert json.loads(await told.get()) == {"scan": "4006381333931"}

    asyncio.run(scene())


def test_events_are_the_state_of_the_page(desk: Desk) -> None:
    async def scene() -> None:
        answer = await app._events(Request({"type": "http", "headers": []}), desk)
        assert answer.media_type == "text/event-stream"
        lines = answer.body_iterator  # type: ignore[attr-defined] # a StreamingResponse
        first = await anext(lines)
        assert first.startswith("data: {")
        assert first.endswith("}\n\n")
        assert json.loads(first[6:])["terminal"]["title"] == "Ready"
        await lines.aclose()

    asyncio.run(scene())


def test_an_idle_event_stream_says_it_is_still_here(desk: Desk) -> None:
    async def scene() -> None:
        idle = Desk(desk.places, desk.shelf, heartbeat_s=0)
        answer = await app._events(Request({"type": "http", "headers": []}), idle)
        lines = answer.body_iterator  # type: ignore[attr-defined] # a StreamingResponse
        await anext(lines)
        assert await anext(lines) == ": still here\n\n"
        await lines.aclose()

    asyncio.run(scene())
