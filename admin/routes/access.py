"""Who may do what in admin: five roles, five groups of doors."""

READERS = ("secretary", "desk", "chair", "auditor", "administrator")
ORGANISERS = ("secretary",)
DESK = ("secretary", "desk")
CHAIR = ("secretary", "chair")
ADMINISTRATORS = ("administrator",)
