from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from backend.api import lanes
from backend.enrolment.codes import issue
from kiosk.store.lane_key import public_key_base64
from kiosk.sync.wire import CataloguePage, EnrolReply, EnrolRequest, LaneHeard, LaneSaid, PushReply
from kiosk.sync.wire.signature import SERVER_TIME
from tests.backend_room import Room, opened
from tests.wire_samples import batch, event, sale, sale_event


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture
def client(room: Room) -> Iterator[TestClient]:
    with room.client() as made:
        yield made


def push(room: Room, client: TestClient, enrolled: EnrolReply, *events: int) -> tuple[int, PushReply]:
    body = batch(*map(sale_event, events), device=enrolled.device, epoch=enrolled.epoch).to_json()
    response = room.ask(client, enrolled, "POST", "/v1/push", body)
    return response.status_code, PushReply.from_json(response.content)


def test_a_lane_enrols_pushes_and_pulls(room: Room, client: TestClient) -> None:
    secret, _ = room.house.writer.run(lambda connection: issue(connection, "shop", "lane-1", room.now_us))
    request = EnrolRequest(secret.hex(), public_key_base64(room.key))
    response = client.post("/v1/enrol", content=request.to_json())
    assert response.status_code == 200
    enrolled = EnrolReply.from_json(response.content)
    assert push(room, client, enrolled, 1, 2) == (200, PushReply(2, "event-2", (), room.now_us))
    response = room.ask(client, enrolled, "GET", "/v1/catalogue?since=3&limit=10")
    page = CataloguePage.from_json(response.content)
    assert (response.status_code, page.upto, page.server_us) == (200, 6, room.now_us)
    assert response.headers[SERVER_TIME] == str(room.now_us)


def test_two_truths_under_one_name_are_409_with_the_list(room: Room, client: TestClient) -> None:
    enrolled = room.enrol()
    push(room, client, enrolled, 1)
    other = event(2, sale(1, quantity=5).to_json(), event_id="event-1")
    body = batch(other, sale_event(3), device=enrolled.device).to_json()
    response = room.ask(client, enrolled, "POST", "/v1/push", body)
    reply = PushReply.from_json(response.content)
    assert (response.status_code, reply.acked_seq) == (409, 3)
    assert [(one.seq, one.reason) for one in reply.rejected] == [(2, "conflict")]
    assert room.rows("SELECT receipt_no FROM sale ORDER BY receipt_no") == [("1",), ("3",)]


def test_a_body_that_cannot_be_read_is_set_aside_without_409(room: Room, client: TestClient) -> None:
    enrolled = room.enrol()
    body = batch(event(1, "no JSON"), device=enrolled.device).to_json()
    response = room.ask(client, enrolled, "POST", "/v1/push", body)
    assert response.status_code == 200
    assert [one.reason for one in PushReply.from_json(response.content).rejected] == ["body"]


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ("no JSON", 400, "message"),
        ("{}", 400, "message"),
        (batch(sale_event(1), device="another").to_json(), 400, "message"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_whole(
    room: Room, client: TestClient, body: str, status: int, reason: str
) -> None:
    response = room.ask(client, room.enrol(), "POST", "/v1/push", body)
    assert (response.status_code, response.json()["reason"]) == (status, reason)


@pytest.mark.parametrize(
    ("method", "target"),
    [("POST", "/v1/push"), ("POST", "/v1/lane"), ("POST", "/v1/epoch"), ("GET", "/v1/catalogue")],
)
def test_nobody_is_served_without_a_signature(
    room: Room, client: TestClient, method: str, target: str
) -> None:
    room.enrol()
    response = client.request(method, target, content="{}")
    assert (response.status_code, response.json()["reason"]) == (401, "headers")
    assert response.headers[SERVER_TIME]


def test_a_request_too_long_is_refused_before_it_fills_the_memory(
    room: Room, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "MAX_REQUEST", 100)
    enrolled = room.enrol()
    response = room.ask(client, enrolled, "POST", "/v1/push", "x" * 101)
    assert (response.status_code, response.json()["reason"]) == (413, "length")
    assert client.post("/v1/enrol", content="x" * 101).status_code == 413


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [("no JSON", 400, "message"), (EnrolRequest("00", "AA").to_json(), 403, "code")],
)
def test_an_enrolment_that_is_refused_says_why(
    client: TestClient, body: str, status: int, reason: str
) -> None:
    response = client.post("/v1/enrol", content=body)
    assert (response.status_code, response.json()["reason"]) == (status, reason)
    assert response.json()["sentence"]


def test_a_new_epoch_is_begun_once_however_often_it_is_asked_for(room: Room, client: TestClient) -> None:
    enrolled = room.enrol()
    replies = [room.ask(client, enrolled, "POST", "/v1/epoch", "{}") for _ in range(3)]
    assert [EnrolReply.from_json(reply.content).epoch for reply in replies] == [2, 2, 2]
    assert room.rows("SELECT kind FROM alarm") == [("outbox",)]
    renewed = EnrolReply.from_json(replies[0].content)
    assert push(room, client, renewed, 1)[1].acked_seq == 1
    assert room.ask(client, enrolled, "POST", "/v1/push", "{}").json()["reason"] == "epoch"


@pytest.mark.parametrize(
    ("query", "status"), [("since=-5&limit=0", 200), ("since=x", 422), ("limit=99999", 200)]
)
def test_odd_questions_for_the_catalogue(room: Room, client: TestClient, query: str, status: int) -> None:
    response = room.ask(client, room.enrol(), "GET", f"/v1/catalogue?{query}")
    assert response.status_code == status


def test_a_lane_s_state_is_taken_and_not_said_to_be_seen(room: Room, client: TestClient) -> None:
    enrolled = room.enrol()
    said = LaneSaid("escalated", "paying", "escalated", room.now_us, room.now_us)
    response = room.ask(client, enrolled, "POST", "/v1/lane", said.to_json())
    assert (response.status_code, LaneHeard.from_json(response.content)) == (200, LaneHeard(None))
    refused = room.ask(client, enrolled, "POST", "/v1/lane", '{"screen":"basket"}')
    assert (refused.status_code, refused.json()["reason"]) == (400, "message")


def test_the_ca_is_given_to_anybody(client: TestClient) -> None:
    assert client.get("/v1/ca").content == b"PEM"


def test_a_fault_of_ours_is_a_500_and_books_nothing(room: Room, client: TestClient) -> None:
    enrolled = room.enrol()
    room.house.writer.run(lambda connection: connection.exec_driver_sql("ALTER TABLE event RENAME TO gone"))
    body = batch(sale_event(1), device=enrolled.device).to_json()
    assert room.ask(client, enrolled, "POST", "/v1/push", body).status_code == 500
    room.house.writer.run(lambda connection: connection.exec_driver_sql("ALTER TABLE gone RENAME TO event"))
    assert push(room, client, enrolled, 1)[1].acked_seq == 1
