import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl import bindings

from crypto import group
from crypto.errors import GroupError
from crypto.group import GENERATOR, IDENTITY, ORDER, Point, Scalar
from tests.vectors import hostile

ROUND_TRIPS = 100_000
exponents = st.integers(-(2**260), 2**260)
scalars = st.integers(0, ORDER - 1)


@st.composite
def points(draw: st.DrawFn) -> Point:
    return group.power_of_generator(draw(scalars))


@pytest.mark.parametrize("text", hostile.POINTS.values(), ids=hostile.POINTS.keys())
def test_decode_point_refuses(text: str) -> None:
    with pytest.raises(GroupError):
        group.decode_point(text)


@pytest.mark.parametrize("name", sorted(hostile.POINTS.keys() - {"identity"}))
def test_only_the_identity_itself_is_let_through(name: str) -> None:
    with pytest.raises(GroupError):
        group.decode_point_or_identity(hostile.POINTS[name])


def test_identity_where_allowed() -> None:
    text = group.encode_point(IDENTITY)

    assert group.decode_point_or_identity(text) == IDENTITY
    assert group.decode_point_or_identity(group.encode_point(GENERATOR)) == GENERATOR


def test_order_eight_is_what_its_name_says() -> None:
    point = bytes.fromhex(hostile.POINTS["order eight"])[::-1]
    powers = [point]
    for _ in range(3):
        powers.append(bindings.crypto_core_ed25519_add(powers[-1], powers[-1]))

    assert [power == IDENTITY for power in powers] == [False, False, False, True]


@pytest.mark.parametrize("text", hostile.SCALARS.values(), ids=hostile.SCALARS.keys())
def test_decode_scalar_refuses(text: str) -> None:
    with pytest.raises(GroupError):
        group.decode_scalar(text)


@pytest.mark.parametrize(
    "name", sorted(hostile.POINTS.keys() & {"torsion added", "order two", "order four"})
)
def test_power_refuses_a_base_outside_the_group(name: str) -> None:
    raw = Point(group.decode_candidate(hostile.POINTS[name]))

    with pytest.raises(GroupError):
        group.power(raw, 8)
    with pytest.raises(GroupError):
        group.power(raw, 1)


@pytest.mark.parametrize("operation", [group.multiply, group.divide])
def test_operations_refuse_what_is_not_on_the_curve(operation: object) -> None:
    raw = Point(group.decode_candidate(hostile.POINTS["not on the curve"]))

    with pytest.raises(GroupError):
        operation(GENERATOR, raw)  # type: ignore[operator]


def test_generator_is_the_specification_s() -> None:
    """y = 4/5 and x even."""
    y = 4 * pow(5, -1, 2**255 - 19) % (2**255 - 19)

    assert group.encode_point(GENERATOR) == f"{y:064x}"


def test_hundred_thousand_points_round_trip() -> None:
    point = group.power_of_generator(group.random_scalar())
    step = group.power_of_generator(group.random_scalar())
    for _ in range(ROUND_TRIPS):
        text = group.encode_point(point)
        assert len(text) == 64
        assert group.decode_candidate(text) == point
        point = group.multiply(point, step)


def test_thousand_points_are_accepted_as_points() -> None:
    point = step = group.power_of_generator(group.random_scalar())
    for _ in range(1000):
        assert group.decode_point(group.encode_point(point)) == point
        point = group.multiply(point, step)


def test_hundred_thousand_scalars_round_trip() -> None:
    for _ in range(ROUND_TRIPS):
        scalar = group.random_scalar()
        assert group.decode_scalar(group.encode_scalar(scalar)) == scalar


@given(scalars)
def test_small_and_large_scalars_round_trip(value: int) -> None:
    decoded = group.decode_scalar(group.encode_scalar(value))

    assert decoded == value
    assert isinstance(decoded, Scalar)


@given(exponents)
def test_encode_scalar_reduces(value: int) -> None:
    assert int(group.encode_scalar(value)) == value % ORDER


@given(exponents, exponents)
def test_exponents_add(left: int, right: int) -> None:
    assert group.power_of_generator(left + right) == group.multiply(
        group.power_of_generator(left), group.power_of_generator(right)
    )


@given(points(), exponents, exponents)
def test_exponents_multiply(base: Point, left: int, right: int) -> None:
    assert group.power(group.power(base, left), right) == group.power(
        base, left * right
    )


@given(points(), points())
def test_division_undoes_multiplication(left: Point, right: Point) -> None:
    product = group.multiply(left, right)

    assert product == group.multiply(right, left)
    assert group.divide(product, right) == left


@given(points())
def test_identity_is_neutral(point: Point) -> None:
    assert group.multiply(point, IDENTITY) == point
    assert group.divide(point, point) == IDENTITY
    assert group.power(point, 0) == group.power(point, ORDER) == IDENTITY
    assert group.power(point, 1) == point
    assert group.power(IDENTITY, 5) == IDENTITY


@given(exponents)
def test_power_of_generator_is_a_power(exponent: int) -> None:
    assert group.power(GENERATOR, exponent) == group.power_of_generator(exponent)


@given(st.lists(scalars, max_size=5))
def test_product(values: list[int]) -> None:
    made = group.product(group.power_of_generator(value) for value in values)

    assert made == group.power_of_generator(sum(values))


def test_random_scalars_are_distinct_and_never_zero() -> None:
    drawn = {group.random_scalar() for _ in range(1000)}

    assert len(drawn) == 1000
    assert all(0 < value < ORDER for value in drawn)
