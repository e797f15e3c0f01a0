import socket
from pathlib import Path

import pytest
from pydantic import ValidationError

from backend.catalog.publish import Offer
from backend.commands.letters import Publishing, short_path
from tests.wire_samples import product


def test_offers_travel_whole() -> None:
    letter = Publishing(offers=(Offer(product(), 5), Offer(product("05901234123457"))))
    assert Publishing.model_validate_json(letter.model_dump_json()) == letter


@pytest.mark.parametrize("text", ["{}", '{"act":"publish","offers":[{}]}', '{"act":"enrol","offers":[]}'])
def test_what_is_no_such_letter_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Publishing.model_validate_json(text)


def test_a_directory_however_deep_fits_a_socket_s_address(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*("d" * 60 for _ in range(4)))
    deep.mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as listening:
        with short_path(deep / "backend.db") as path:
            listening.bind(path)
        assert (deep / "backend.db.sock").is_socket()
