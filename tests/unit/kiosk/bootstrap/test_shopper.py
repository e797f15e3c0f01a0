from pathlib import Path

from kiosk.bootstrap.shopper import Goods, goods_of, pick
from kiosk.bootstrap.words import assets


def test_only_what_can_be_scanned_by_the_piece_at_a_price(tmp_path: Path) -> None:
    path = tmp_path / "shelf.csv"
    path.write_text(
        "gtin,name,price,deposit,min_age,category,unit\n"
        "1,Bread,3.49,,,bakery,piece\n2,Pears,2.99,,,fruit,kg\n3,Mystery,,,,other,piece\n,Loose,1.00,,,x,\n"
        "4,Soda,1.19,0.25,,drinks,\n5,Wine,5.99,,16,alcohol,piece\n",
        encoding="utf-8",
    )
    assert goods_of(path) == [
        Goods("1", "Bread", "3.49", "", 0, "bakery"),
        Goods("4", "Soda", "1.19", "0.25", 0, "drinks"),
        Goods("5", "Wine", "5.99", "", 16, "alcohol"),
    ]


def test_the_story_has_bread_a_bottle_and_something_more() -> None:
    bread, bottle, milk = pick(goods_of(assets("demo", "catalogue.csv")))
    assert (bread.category, milk.category) == ("bakery", "dairy")
    assert bottle.deposit
    assert not any(each.min_age for each in (bread, bottle, milk))


def test_any_shelf_with_a_bottle_will_do() -> None:
    plain, bottle = Goods("1", "A", "1", "", 0, ""), Goods("2", "B", "1", "0.25", 0, "")
    assert pick([plain, bottle]) == [plain, bottle, plain]
