from pathlib import Path

from kiosk.bootstrap import tour
from kiosk.bootstrap.shopper import goods_of
from kiosk.bootstrap.stand import Options, Places, Stand
from kiosk.bootstrap.words import assets
from kiosk.config import check
from kiosk.domain.barcode import Gtin


def test_the_tours_impatience_is_a_valid_setting(tmp_path: Path) -> None:
    stand = Stand(Places(tmp_path / "stand", tmp_path), Options(idle=tour.IDLE, timers=tour.TIMERS))
    assert check(stand.places.config).ok


def test_the_code_nobody_knows_is_a_whole_one_and_not_on_the_shelf() -> None:
    nobodys = Gtin.parse(tour._NOBODYS_CODE)
    assert nobodys not in {Gtin.parse(each.gtin) for each in goods_of(assets("demo", "catalogue.csv"))}
