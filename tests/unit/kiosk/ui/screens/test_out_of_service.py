from tests.screens.played import Played


def test_a_closed_lane_offers_only_the_band(played: Played) -> None:
    scene = played.show("16-out-of-service")
    assert played.names == []
    assert scene.view.title == "This lane is closed"
