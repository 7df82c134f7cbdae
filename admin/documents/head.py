"""What stands above and below every document: facts of its presentation. Pure.

Party bodies write by Hướng dẫn 36-HD/VPTW, State bodies by Nghị định 30/2020/NĐ-CP
(DOMAIN.md E.1, E.2). Which holds is chosen per unit; nothing here knows why.
"""

import msgspec


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The head of a document, in words.

    Args:
        layout: "party" or "state".
        superior: the body above the issuing one; may be empty.
        issuer: the body that issues.
        number: the whole line, "Số 12-BB/ĐU" or "Số: 12/BB-SKH".
        secrecy: "MẬT", "TỐI MẬT" or "TUYỆT MẬT", under the number; or empty.
        place_and_date: "Hà Nội, ngày 21 tháng 11 năm 2026".
        margins: millimetres: top, bottom, left, right.
        mark: "DỰ THẢO" or "TRÌNH DIỄN" on what is not final or not real; or empty.
        recipients: the lines under "Nơi nhận", empty for none.
    """

    layout: str
    superior: str
    issuer: str
    number: str
    secrecy: str
    place_and_date: str
    margins: tuple[int, int, int, int]
    mark: str
    recipients: tuple[str, ...]
