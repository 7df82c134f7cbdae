"""Invented people, the same for the same seed. None of them exists."""

import random
from dataclasses import dataclass

_SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai "
    "Tô Lương Cao"
).split()
_MIDDLE_MEN = "Văn Hữu Đức Minh Quang Xuân Thanh Đình Ngọc Quốc Khắc Trọng".split()
_MIDDLE_WOMEN = "Thị Ngọc Thu Phương Hồng Thùy Kim Bích Mỹ Diệu Thanh Tuyết".split()
_MEN = (
    "An Bình Cường Dũng Đạt Giang Hải Hiếu Hùng Khoa Lâm Long Mạnh Nam Phong Phúc "
    "Quân Sơn Tâm Thắng Toàn Trung Tuấn Việt Vinh"
).split()
_WOMEN = (
    "Anh Ánh Châu Chi Dung Hà Hạnh Hiền Hoa Hương Khánh Lan Liên Linh Mai Nga Nhung "
    "Oanh Quyên Tâm Thảo Thư Trang Vân Yến"
).split()
_POSTS = (
    "Giám đốc",
    "Phó Giám đốc",
    "Chánh Văn phòng",
    "Trưởng phòng Tổ chức cán bộ",
    "Trưởng phòng Kế hoạch – Tài chính",
    "Phó Trưởng phòng Quản lý chất lượng công trình xây dựng",
    "Trưởng phòng Pháp chế",
    "Phó Chánh Thanh tra",
    "Chi cục trưởng",
    "Phó Chi cục trưởng",
    "Bí thư Đoàn thanh niên",
    "Chủ tịch Công đoàn cơ sở",
)
_UNITS = (
    "Văn phòng",
    "Phòng Tổ chức cán bộ",
    "Phòng Kế hoạch – Tài chính",
    "Phòng Pháp chế",
    "Thanh tra",
    "Chi cục Giám định",
    "Trung tâm Quy hoạch",
    "Ban Quản lý dự án",
)
_BORN = (1966, 1990)


@dataclass(frozen=True)
class Person:
    """Someone of the sample conference."""

    name: str
    birth_year: int
    post: str
    unit: str


class Invention:
    """Draws people without repeating a name, and the marks that they make."""

    def __init__(self, seed: int) -> None:
        """Start from `seed`: the same seed invents the same conference."""
        # Repeatable on purpose, and nothing secret: S311 does not apply.
        self.random = random.Random(seed)  # noqa: S311
        self._taken: set[str] = set()

    def people(self, count: int) -> list[Person]:
        """Invent `count` people with names that nobody has had before."""
        return [self._person() for _ in range(count)]

    def _person(self) -> Person:
        return Person(
            name=self._name(),
            birth_year=self.random.randint(*_BORN),
            post=self.random.choice(_POSTS),
            unit=self.random.choice(_UNITS),
        )

    def _name(self) -> str:
        while True:
            woman = self.random.random() < 0.4  # noqa: PLR2004 - about as in life
            middle, given = (
                (_MIDDLE_WOMEN, _WOMEN) if woman else (_MIDDLE_MEN, _MEN)
            )
            parts = [self.random.choice(_SURNAMES), self.random.choice(middle)]
            if self.random.random() < 0.3:  # noqa: PLR2004 - four-part names
                parts.append(self.random.choice(given))
            name = " ".join([*parts, self.random.choice(given)])
            if name not in self._taken:
                self._taken.add(name)
                return name
