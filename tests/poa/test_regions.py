"""The map: that its boundaries close into regions, and that these stand where they do in Peru."""

import pytest

from poa.choices import Region
from poa.regions import BOUNDARIES, HEIGHT, MIDDLES, POINTS, WIDTH, outlines, ring

DRAWN = [region.value for region in Region if region != Region.LIMA_METROPOLITANA]

NEIGHBOURS = {
    "TUM": "PIU",
    "CAL": "LIM",
    "MDD": "CUS PUN UCA",
    "AMA": "CAJ LAL LOR SAM",
    "APU": "ARE AYA CUS",
    "PAS": "HUC JUN LIM UCA",
    "CUS": "APU ARE AYA JUN MDD PUN UCA",
    "HUV": "AYA ICA JUN LIM",
}


def area(code: str) -> float:
    points = ring(code)
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def holds(code: str, point: tuple[float, float]) -> bool:
    """Whether a ray from the point crosses the outline an odd number of times."""
    x, y = point
    points = ring(code)
    inside = False
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


@pytest.mark.parametrize("code", DRAWN)
def test_each_region_is_one_closed_outline_around_its_middle(code):
    assert holds(code, MIDDLES[code])


def test_lima_metropolitana_is_inside_lima():
    assert holds("LIM", MIDDLES["LMT"])


def test_the_points_between_are_used_and_known():
    used = {point for start, end, _, _ in BOUNDARIES for point in (start, end)}
    assert used == set(POINTS)


@pytest.mark.parametrize(("code", "expected"), NEIGHBOURS.items())
def test_neighbours(code, expected):
    sides = [set(regions.split()) for *_, regions in BOUNDARIES if code in regions]
    assert sorted(set().union(*sides) - {code}) == expected.split()


def test_sizes_are_roughly_true():
    by_size = sorted(DRAWN, key=area, reverse=True)
    assert by_size[:2] == ["LOR", "UCA"]
    assert set(by_size[2:6]) == {"MDD", "CUS", "PUN", "ARE"}
    assert set(by_size[-2:]) == {"CAL", "TUM"}


def test_everything_is_within_the_drawing():
    for outline in outlines():
        for x, y in (outline.middle, outline.at_sea or outline.middle):
            assert 0 < x < WIDTH
            assert 0 < y < HEIGHT
