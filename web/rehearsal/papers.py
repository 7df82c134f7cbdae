"""What a rehearsed conference leaves on paper, fetched as a secretary does it.

Names of the documents are those of the links on the console's page. The keys to check
the bundle with are those of the services' settings, not those in the bundle.
"""

from dataclasses import dataclass

from web.contracts import Service
from web.launcher.cluster import Cluster
from web.rehearsal.secretary import HEAD, Secretary
from web.settings import read_table

DOCUMENTS = "documents"
CARDS = "the-phieu.pdf"
BUNDLE = "niem-phong.zip"


@dataclass(frozen=True)
class Papers:
    """Documents by their file's name, the bundle, and the keys to check it with."""

    documents: dict[str, bytes]
    bundle: bytes
    keys: dict[str, str]


def fetch(secretary: Secretary, cluster: Cluster, office: str, cards: bytes) -> Papers:
    """Fill in who signs, then download everything from the console.

    Raises:
        Answered: the console refused something.
        RehearsalError: it did not finish.
    """
    secretary.choose_letterhead(_letterhead(office))
    secretary.fill_in(_details(secretary.conference))
    bundle = secretary.bundle()  # first: the log tells that it was asked for
    documents = secretary.documents()
    return Papers(
        documents={**documents, CARDS: cards},
        bundle=bundle,
        keys=_keys(cluster),
    )


def _keys(cluster: Cluster) -> dict[str, str]:
    """Return each service's public key, as another service knows it."""
    told = {Service.ADMIN: Service.TALLY, Service.TALLY: Service.ADMIN}
    return {
        str(owner): str(read_table(cluster.data / by)["peers"][owner]["key"])
        for owner, by in told.items()
    }


def _letterhead(office: str) -> dict[str, str]:
    return {
        "unit": office,
        "layout": "state",
        "superior": "Ủy ban nhân dân tỉnh Mẫu",
        "symbol": "SQHM",
        "locality": "Tỉnh Mẫu",
    }


def _details(conference: str) -> dict[str, str]:
    """Invent what only people know: who chaired, who wrote, what was said."""
    return {
        "number": conference,
        "chair_name": HEAD,
        "chair_title": "Giám đốc Sở",
        "secretary_name": "Lâm Diệu Thảo",
        "secretary_title": "Chuyên viên Phòng Tổ chức cán bộ",
        "reporter": "Phòng Tổ chức cán bộ",
        "bases": "Căn cứ Kế hoạch rà soát, bổ sung quy hoạch cán bộ (diễn tập)",
        "discussion": "Hội nghị thảo luận dân chủ, thống nhất danh sách bỏ phiếu.",
        "recipients": "Ban Tổ chức (để báo cáo)\nLưu: VT, TCCB",
    }
