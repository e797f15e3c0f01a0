"""Every sale arrives once: through cut wires, killed processes, a backend that is away, and a wiped disk."""

import json
from pathlib import Path

import pytest

from tests.sync.shop import Backend, Cutter, Lane, Outbox, running, shuffled, until
from tests.wire_samples import sale

pytestmark = pytest.mark.journey

SEEDS = [7, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(100, 108))]


def booked(backend: Backend, count: int) -> list[str]:
    until(lambda: len(backend.receipts()) >= count, f"{count} sales")
    return backend.receipts()


def numbers(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def check_sums(backend: Backend, sales: int, pieces: int = 2) -> None:
    assert backend.rows("SELECT count(*), sum(total_minor) FROM sale") == [(sales, sales * pieces * 154)]
    assert backend.rows("SELECT count(*), sum(delta_milli) FROM stock_move") == [
        (sales, -sales * pieces * 1000)
    ]
    assert backend.rows("SELECT on_hand_milli FROM stock_level") == [(-sales * pieces * 1000,)]


@pytest.mark.parametrize("seed", SEEDS)
def test_replies_are_lost_and_every_sale_is_booked_once(tmp_path: Path, seed: int) -> None:
    backend = Backend(tmp_path / "backend")
    chance = shuffled(seed)
    # A handshake sends about 1,200 bytes back, a reply some 300: cut before, in and after the first replies.
    cutter = Cutter(backend.port, [chance.randrange(900, 2600) for _ in range(14)])
    lane = Lane(tmp_path / "lane", f"https://127.0.0.1:{cutter.port}")
    with running(backend):
        assert lane.enrol(backend.code())[0] == 0
        with running(lane):
            sold = 0
            while cutter.allowances:
                lane.outbox.sell(*range(sold + 1, sold + 6))
                sold += 5
                booked(backend, sold - 2)
            assert booked(backend, sold) == numbers(sold)
            lane.state_with(acked_seq=sold, backlog=0)
        check_sums(backend, sold)
    cutter.close()
    assert cutter.cut >= 11  # the last ones may still be open, with some of their bytes left


@pytest.mark.parametrize("seed", SEEDS)
def test_both_processes_are_killed_again_and_again(tmp_path: Path, seed: int) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    chance = shuffled(seed)
    with running(backend):
        assert lane.enrol(backend.code())[0] == 0
        with running(lane):
            sold = 0
            for round_number in range(6):
                lane.outbox.sell(*range(sold + 1, sold + 11))
                sold += 10
                wanted = sold - chance.randrange(0, 10)
                booked(backend, wanted)
                victim = (backend, lane)[round_number % 2]
                victim.kill()
                victim.start()
            assert booked(backend, sold) == numbers(sold)
            lane.state_with(acked_seq=sold)
        check_sums(backend, sold)
        assert backend.rows("SELECT count(*) FROM dead_letter") == [(0,)]
        assert backend.rows("PRAGMA integrity_check") == [("ok",)]


def test_the_backend_is_away_and_comes_back(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    with running(backend):
        assert lane.enrol(backend.code())[0] == 0
    lane.outbox.sell(1, 2, 3)
    with running(lane):
        state = lane.state_with(backend="Offline", backlog=3)
        assert "3 events wait" in state["sentence"]
        assert state["enrolled"] is True
        with running(backend):
            assert booked(backend, 3) == numbers(3)
            state = lane.state_with(backend="Online", backlog=0, acked_seq=3)
            assert state["receipt_url"] == f"{backend.url}/r/{{receipt}}"
            assert abs(state["skew_ms"]) < 1000


def test_a_lane_that_is_not_enrolled_waits_and_starts_by_itself(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    lane.outbox.sell(1)
    with running(backend, lane):
        state = lane.state_with(enrolled=False, backlog=1, backend="Unknown")
        assert "kiosk sync enrol" in state["sentence"]
        assert state["receipt_url"] is None
        assert lane.enrol(backend.code())[0] == 0
        assert booked(backend, 1) == ["1"]


def test_an_id_with_another_body_is_set_aside_and_shown(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    identity = lane.outbox.add(sale(1).to_json())
    with running(backend):
        assert lane.enrol(backend.code())[0] == 0
        with running(lane):
            booked(backend, 1)
            lane.state_with(acked_seq=1)
        forge = Lane(tmp_path / "forge")
        forge.outbox.add(sale(1, quantity=3).to_json(), event_id=identity)
        forge.outbox.sell(2)
        assert forge.enrol(backend.code())[0] == 0
        with running(forge):
            assert booked(backend, 2) == numbers(2)
            forge.state_with(acked_seq=2, backlog=0)
            kept = forge.state / "catalogue.db"
            assert kept.exists()
        assert backend.rows("SELECT reason, seq, total_minor FROM dead_letter") == [("conflict", 1, 3 * 154)]
        assert backend.rows("SELECT total_minor FROM sale WHERE receipt_no = '1'") == [(2 * 154,)]
        alarms = [row[0] for row in backend.rows("SELECT kind FROM alarm ORDER BY alarm_id")]
        assert alarms == ["dead_letter"]
        page = backend.get("/lanes").text
        assert "1 event set aside" in page
        assert "4,62" in page


def test_a_poisoned_event_stops_nobody(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    lane.outbox.sell(1)
    lane.outbox.add('{"sale_id": "x", "total_minor": 999, "lines": 7}')
    lane.outbox.add(sale(3).to_json(), sha256="0" * 64)
    lane.outbox.add("not JSON at all")
    lane.outbox.add('{"new": true}', kind="of a later release")
    lane.outbox.sell(6)
    with running(backend):
        assert lane.enrol(backend.code())[0] == 0
        with running(lane):
            assert booked(backend, 2) == ["1", "6"]
            lane.state_with(acked_seq=6, backlog=0)
        letters = backend.rows("SELECT seq, reason, total_minor FROM dead_letter ORDER BY seq")
        assert letters == [(2, "body", 999), (3, "sha256", 308), (4, "body", None)]
        assert backend.rows("SELECT count(*) FROM event") == [(3,)]
        exit_code, checks, _ = backend.command("doctor")
        assert exit_code == 1
        assert [check["check"] for check in checks if not check["ok"]] == ["dead letters"]


def test_a_wiped_outbox_loses_no_sale(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    with running(backend):
        assert lane.enrol(backend.code())[0] == 0
        lane.outbox.sell(1, 2, 3, 4)
        with running(lane):
            booked(backend, 4)
            lane.state_with(acked_seq=4)
        lane.outbox.close()
        for left in lane.state.glob("sales.db*"):
            left.unlink()
        lane.outbox = Outbox(lane.state)
        lane.outbox.sell(5, 6)  # their seqs, 1 and 2, were booked as other events
        with running(lane):
            assert booked(backend, 6) == numbers(6)
            lane.state_with(acked_seq=2, backlog=0)
        assert json.loads((lane.state / "enrolment.json").read_text())["epoch"] == 2
        assert [row[0] for row in backend.rows("SELECT kind FROM alarm")] == ["outbox"]
        assert backend.rows("SELECT count(*) FROM dead_letter") == [(0,)]
