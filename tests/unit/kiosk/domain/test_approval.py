from kiosk.domain.approval import Approval, Right


def test_an_approval_names_person_act_and_reason() -> None:
    approval = Approval("p1", "Ada", Right.SETTLE_PAYMENT, "terminal shows the payment")
    assert approval.right.value == "settle_payment"
    assert approval == Approval("p1", "Ada", Right("settle_payment"), "terminal shows the payment")
