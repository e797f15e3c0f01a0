"""Before a visit: the attract scene, or that the lane is closed."""

from kiosk.checkout.events import Part
from kiosk.checkout.session import Session
from kiosk.ui.presenters.frame import list_languages
from kiosk.ui.presenters.shop import Lane
from kiosk.ui.presenters.views import AttractView, ChoiceView, OutOfServiceView
from kiosk.ui.presenters.words import Words

__all__ = ["attract", "out_of_service"]


def attract(session: Session, lane: Lane, words: Words) -> AttractView:
    """Say the one thing to do."""
    gettext = words.gettext
    return AttractView(
        title=gettext("Scan your first item"),
        lead=gettext("Hold the barcode in front of the glass.\nEverything else follows."),
        pictures=tuple(lane.picture(key, key) for key in lane.attract),
        steps=(
            ChoiceView("scan", gettext("Scan"), gettext("one item after another"), "scan"),
            ChoiceView("pay", gettext("Pay"), gettext("by card or phone"), "card"),
            ChoiceView("receipt", gettext("Done"), gettext("take your receipt"), "receipt"),
        ),
        languages_title=gettext("Choose your language"),
        languages=list_languages(session),
        ways_title=gettext("You can pay with"),
        ways=(
            ChoiceView("card", gettext("Card"), icon="card"),
            ChoiceView("phone", gettext("Phone or watch"), icon="phone"),
        ),
    )


def out_of_service(part: Part, words: Words) -> OutOfServiceView:
    """Say that the lane is closed, and what is known of why."""
    gettext = words.gettext
    reason = {
        Part.SCANNER: gettext("The scanner does not answer. It opens by itself."),
        Part.TERMINAL: gettext("The card reader does not answer. It opens by itself."),
        Part.CATALOGUE: gettext("The prices are still being loaded. It opens by itself."),
    }.get(part, gettext("Something does not answer. It opens by itself."))
    return OutOfServiceView(
        gettext("This lane is closed"), gettext("Please use another lane,\nor ask at the desk."), reason
    )
