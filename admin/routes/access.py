"""Who may do what in admin: five roles, eight groups of doors."""

READERS = ("secretary", "desk", "chair", "auditor", "administrator")
ORGANISERS = ("secretary",)
DESK = ("secretary", "desk")
CHAIR = ("secretary", "chair")
ADMINISTRATORS = ("administrator",)
REGISTER = ("secretary", "chair", "auditor")  # personal data: not for desk or upkeep
RESULT_READERS = (*CHAIR, "auditor")  # figures of a step, announced or not
PAPERS = (*RESULT_READERS, "desk")  # the desk: the attendance list alone
