import hashlib
import json
from dataclasses import replace

import pytest

from kiosk.sync.wire.fields import WireError
from kiosk.sync.wire.push import MAX_BATCH, Push, PushReply, Rejected, sha256_of
from tests.wire_samples import batch, event, sale_event


def test_what_is_written_is_read() -> None:
    push = batch(sale_event(1), sale_event(2), event(3, "anything, even 'not JSON' \x00 \ud800"))
    assert (
        Push.from_json(push.to_json().encode(errors="surrogatepass").decode(errors="surrogatepass")) == push
    )


def test_a_body_stays_the_bytes_its_sha_is_of() -> None:
    body = '{"a": 1,\n "b":"Käse"}'
    came = Push.from_json(batch(event(1, body)).to_json().encode())
    assert came.events[0].body == body
    assert came.events[0].sha256 == hashlib.sha256(body.encode()).hexdigest() == sha256_of(body)


def test_no_events_is_a_question() -> None:
    push = batch()
    assert Push.from_json(push.to_json()) == push


@pytest.mark.parametrize(
    ("push", "said"),
    [
        (replace(batch(sale_event(1), sale_event(3))), "a batch has no gaps"),
        (replace(batch(sale_event(2)), from_seq=1), "seq 1"),
        (batch(*(event(seq, "{}") for seq in range(1, MAX_BATCH + 2))), f"at most {MAX_BATCH} events"),
        (replace(batch(), epoch=0), "epoch"),
        (replace(batch(), from_seq=0), "from_seq"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_whole(push: Push, said: str) -> None:
    with pytest.raises(WireError, match=said):
        Push.from_json(push.to_json())


def test_a_reply_is_read_and_unknown_fields_passed_over() -> None:
    reply = PushReply(7, "id", (Rejected(5, "five", "conflict", "another body"),), 99)
    assert PushReply.from_json(reply.to_json()) == reply
    assert PushReply.from_json(reply.to_json()[:-1] + ',"later":true}') == reply
    assert PushReply.from_json(PushReply(0, None, (), 1).to_json()).acked_event_id is None


@pytest.mark.parametrize("change", [{"acked_seq": -1}, {"rejected": [{}]}, {"server_us": "now"}])
def test_a_reply_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(WireError):
        PushReply.from_json(json.dumps(json.loads(PushReply(1, "x", (), 1).to_json()) | change))
