from pathlib import Path

from kiosk.sync.wire.signature import SERVER_TIME
from tests.backend_room import opened


def test_health_tells_whether_the_database_answers(tmp_path: Path) -> None:
    with opened(tmp_path) as room, room.client("192.168.0.9") as client:
        response = client.get("/health")
        assert (response.status_code, response.json()) == (200, {"ok": True})
        assert response.headers[SERVER_TIME] == str(room.now_us)
        rename = "ALTER TABLE event RENAME TO gone"
        room.house.writer.run(lambda connection: connection.exec_driver_sql(rename))
        response = client.get("/health")
        assert (response.status_code, response.json()["ok"]) == (503, False)


def test_it_describes_itself_to_nobody(tmp_path: Path) -> None:
    with opened(tmp_path) as room, room.client() as client:
        assert all(client.get(path).status_code == 404 for path in ("/docs", "/redoc", "/openapi.json"))


def test_long_answers_are_packed(tmp_path: Path) -> None:
    with opened(tmp_path) as room, room.client() as client:
        response = client.get("/console.css", headers={"accept-encoding": "gzip"})
        assert response.headers["content-encoding"] == "gzip"
