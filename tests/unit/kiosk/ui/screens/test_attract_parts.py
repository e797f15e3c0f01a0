from kiosk.ui.presenters.views import ChoiceView
from kiosk.ui.screens.attract_parts import DiscField, StepCard, Way
from tests.screens.glass import frames, on_glass


def test_the_field_has_four_discs_above_five() -> None:
    with on_glass(DiscField(), (1080, 470)) as field:
        ys = [disc.y for disc in field.discs()]
        assert len(set(ys[:4])) == len(set(ys[4:])) == 1
        assert ys[0] == 470 - 216


def test_a_step_says_its_words_inside_its_card() -> None:
    with on_glass(StepCard(), (320, 232)) as card:
        card.show(ChoiceView("scan", "Scan", "one item after another", "scan"))
        frames(1)
        assert 0 <= card._sub.y < card._text.y < card._disc.y
        assert card._sub.texture_size[0] <= card._sub.width


def test_a_way_is_as_wide_as_its_word() -> None:
    with on_glass(Way(), (10, 60)) as way:
        way.show(ChoiceView("card", "Card", icon="card"))
        wide = way.width
        way.show(ChoiceView("card", "Phone or watch", icon="phone"))
        frames(1)
        assert way.width > wide
        assert way._text.texture_size[0] <= way._text.width
