"""The register of people: delegates and nominees alike come from it."""

from datetime import date

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin.models.base import Base


class Person(Base):
    """Somebody whom the office plans for, summons, or both.

    `key` is random and names the person on every ballot paper. Dates may be known by
    their year alone: then only `birth_year` is set. `roles` (JSON list) are the labels
    that compositions select by; `evaluations` (JSON) maps a year to its grade.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(22), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(1500))
    birth_year: Mapped[int | None]
    birth_date: Mapped[date | None]
    sex: Mapped[str] = mapped_column(String(8), default="")
    ethnicity: Mapped[str] = mapped_column(String(60), default="")
    home: Mapped[str] = mapped_column(String(300), default="")
    party_joined: Mapped[date | None]
    party_official: Mapped[date | None]
    post: Mapped[str] = mapped_column(String(300), default="")
    unit: Mapped[str] = mapped_column(String(300), default="")
    profession: Mapped[str] = mapped_column(String(300), default="")
    theory: Mapped[str] = mapped_column(String(120), default="")
    management: Mapped[str] = mapped_column(String(120), default="")
    languages: Mapped[str] = mapped_column(String(120), default="")
    computing: Mapped[str] = mapped_column(String(120), default="")
    evaluations: Mapped[str] = mapped_column(Text, default="{}")
    roles: Mapped[str] = mapped_column(Text, default="[]")
    note: Mapped[str] = mapped_column(String(300), default="")
