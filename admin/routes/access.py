"""Who may do what in admin: five roles, six groups of doors."""

READERS = ("secretary", "desk", "chair", "auditor", "administrator")
ORGANISERS = ("secretary",)
DESK = ("secretary", "desk")
CHAIR = ("secretary", "chair")
ADMINISTRATORS = ("administrator",)
REGISTER = ("secretary", "chair", "auditor")  # personal data: not for desk or upkeep
