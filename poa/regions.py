"""The map of Peru's regions: outlines drawn by hand, roughly right, to be recognised and counted.

Each boundary is written once, from where three regions meet to where the next three do, so that
neighbours fit without a gap. Coordinates are degrees of longitude west and latitude south; they
serve to draw, not to measure.
"""

from dataclasses import dataclass
from functools import cache
from math import cos, radians

from poa.choices import Region

# Where boundaries begin and end: of two or three regions, or of the sea or a neighbour and two.
POINTS = {
    # The coast, from Ecuador to Chile.
    "sea-tum": (80.30, 3.40),
    "sea-tum-piu": (81.00, 4.13),
    "sea-piu-lam": (80.60, 6.20),
    "sea-lam-lal": (79.70, 7.17),
    "sea-lal-anc": (78.65, 8.95),
    "sea-anc-lim": (77.85, 10.62),
    "sea-lim-cal": (77.15, 11.86),
    "sea-cal-lim": (77.06, 12.10),
    "sea-lim-ica": (76.38, 13.25),
    "sea-ica-are": (74.95, 15.45),
    "sea-are-moq": (71.50, 17.28),
    "sea-moq-tac": (71.12, 17.85),
    "sea-tac": (70.38, 18.35),
    # The frontiers, from Chile to Ecuador.
    "bol-tac-pun": (69.60, 17.25),
    "bol-pun-mdd": (68.95, 13.60),
    "bra-mdd-uca": (70.62, 11.00),
    "bra-uca-lor": (73.75, 7.85),
    "ecu-lor-ama": (77.85, 2.98),
    "ecu-ama-caj": (78.65, 4.68),
    "ecu-caj-piu": (79.35, 4.92),
    "ecu-piu-tum": (80.42, 4.20),
    # Inland.
    "piu-lam-caj": (79.40, 5.80),
    "lam-caj-lal": (79.25, 7.00),
    "caj-ama-lal": (77.85, 6.98),
    "ama-lal-sam": (77.55, 7.05),
    "ama-sam-lor": (77.22, 5.45),
    "sam-lor-huc": (76.05, 8.30),
    "lor-huc-uca": (75.80, 8.55),
    "sam-lal-huc": (76.95, 8.50),
    "lal-huc-anc": (77.02, 8.78),
    "anc-huc-lim": (76.88, 10.15),
    "huc-lim-pas": (76.66, 10.30),
    "lim-pas-jun": (76.38, 11.05),
    "huc-pas-uca": (74.80, 9.75),
    "pas-uca-jun": (74.15, 10.45),
    "jun-uca-cus": (73.45, 11.05),
    "jun-cus-aya": (74.00, 12.25),
    "jun-aya-huv": (74.45, 12.25),
    "lim-jun-huv": (75.62, 12.35),
    "lim-huv-ica": (75.82, 13.12),
    "huv-ica-aya": (75.10, 14.05),
    "ica-aya-are": (74.58, 15.02),
    "aya-are-apu": (73.08, 14.88),
    "aya-apu-cus": (73.52, 13.22),
    "apu-are-cus": (72.08, 14.72),
    "are-cus-pun": (71.08, 15.22),
    "are-pun-moq": (70.95, 16.12),
    "moq-pun-tac": (70.22, 16.82),
    "cus-pun-mdd": (70.55, 13.42),
    "cus-mdd-uca": (72.35, 11.72),
}

# From, to, what is between, and the regions at both sides (one, where the country ends).
BOUNDARIES: tuple[tuple[str, str, str, str], ...] = (
    # The coast.
    ("sea-tum", "sea-tum-piu", "80.48,3.55 80.75,3.75", "TUM"),
    (
        "sea-tum-piu",
        "sea-piu-lam",
        "81.27,4.27 81.30,4.60 81.00,5.00 81.15,5.15 80.88,5.45 80.88,5.70 81.15,5.82 81.08,6.05",
        "PIU",
    ),
    ("sea-piu-lam", "sea-lam-lal", "80.15,6.45 79.95,6.80", "LAM"),
    ("sea-lam-lal", "sea-lal-anc", "79.58,7.42 79.42,7.78 79.10,8.10 78.88,8.42", "LAL"),
    ("sea-lal-anc", "sea-anc-lim", "78.60,9.15 78.38,9.50 78.18,10.05", "ANC"),
    ("sea-anc-lim", "sea-lim-cal", "77.68,10.92 77.65,11.25 77.30,11.52", "LIM"),
    ("sea-lim-cal", "sea-cal-lim", "77.17,12.06", "CAL"),
    ("sea-cal-lim", "sea-lim-ica", "76.98,12.25 76.72,12.55 76.52,12.90", "LIM"),
    (
        "sea-lim-ica",
        "sea-ica-are",
        "76.20,13.60 76.38,13.88 76.25,14.15 75.92,14.65 75.42,15.10 75.18,15.38",
        "ICA",
    ),
    (
        "sea-ica-are",
        "sea-are-moq",
        "74.60,15.70 74.15,15.95 73.65,16.22 73.00,16.50 72.50,16.70 72.05,17.02",
        "ARE",
    ),
    ("sea-are-moq", "sea-moq-tac", "71.37,17.42 71.35,17.65", "MOQ"),
    ("sea-moq-tac", "sea-tac", "70.88,18.02", "TAC"),
    # The frontiers.
    ("sea-tac", "bol-tac-pun", "69.95,18.22 69.78,17.95 69.82,17.68 69.48,17.48", "TAC"),
    (
        "bol-tac-pun",
        "bol-pun-mdd",
        (
            "69.15,16.72 69.00,16.45 68.85,16.28 69.15,15.98 69.38,15.60 69.15,15.25 69.35,14.92 "
            "69.20,14.55 68.98,14.30 69.02,13.95"
        ),
        "PUN",
    ),
    ("bol-pun-mdd", "bra-mdd-uca", "68.98,12.88 68.70,12.50 69.57,10.95", "MDD"),
    (
        "bra-mdd-uca",
        "bra-uca-lor",
        "70.62,9.55 71.25,9.98 72.18,10.00 72.28,9.55 73.20,9.41 72.95,9.05 73.50,8.40",
        "UCA",
    ),
    (
        "bra-uca-lor",
        "ecu-lor-ama",
        (
            "73.72,7.35 73.95,7.20 73.15,6.52 73.22,6.10 72.88,5.55 72.85,5.12 72.35,4.80 "
            "71.90,4.52 70.95,4.38 69.95,4.25 70.70,3.78 70.05,2.72 70.95,2.22 71.75,2.15 "
            "72.40,2.45 73.10,2.30 73.55,1.75 74.20,1.00 74.75,0.20 75.25,0.05 75.60,0.20 "
            "75.25,0.95 75.55,1.53 76.65,2.58"
        ),
        "LOR",
    ),
    ("ecu-lor-ama", "ecu-ama-caj", "78.20,3.40 78.35,3.85 78.60,4.30", "AMA"),
    ("ecu-ama-caj", "ecu-caj-piu", "78.92,4.85 79.08,5.00", "CAJ"),
    ("ecu-caj-piu", "ecu-piu-tum", "79.52,4.52 79.82,4.45 80.15,4.30 80.35,4.45", "PIU"),
    ("ecu-piu-tum", "sea-tum", "80.15,3.95 80.22,3.55", "TUM"),
    # Inland.
    ("sea-tum-piu", "ecu-piu-tum", "80.75,4.15", "TUM PIU"),
    ("ecu-caj-piu", "piu-lam-caj", "79.28,5.25", "PIU CAJ"),
    ("sea-piu-lam", "piu-lam-caj", "80.15,6.10 79.80,5.75", "PIU LAM"),
    ("piu-lam-caj", "lam-caj-lal", "79.12,6.10 79.25,6.45 79.05,6.72", "LAM CAJ"),
    ("sea-lam-lal", "lam-caj-lal", "79.48,7.08", "LAM LAL"),
    (
        "ecu-ama-caj",
        "caj-ama-lal",
        "78.70,5.30 78.50,5.55 78.68,5.95 78.35,6.30 78.12,6.62",
        "AMA CAJ",
    ),
    (
        "lam-caj-lal",
        "caj-ama-lal",
        "79.00,7.30 78.70,7.48 78.35,7.72 78.00,7.75 77.95,7.35",
        "CAJ LAL",
    ),
    ("caj-ama-lal", "ama-lal-sam", "77.70,7.12", "AMA LAL"),
    ("ecu-lor-ama", "ama-sam-lor", "77.75,3.60 77.85,4.15 77.55,4.45 77.50,5.00", "LOR AMA"),
    ("ama-sam-lor", "ama-lal-sam", "77.42,5.75 77.85,6.00 77.60,6.40 77.72,6.80", "AMA SAM"),
    (
        "ama-sam-lor",
        "sam-lor-huc",
        "76.80,5.50 76.35,5.85 75.95,5.95 75.70,6.35 75.95,6.90 76.18,7.35",
        "SAM LOR",
    ),
    ("ama-lal-sam", "sam-lal-huc", "77.30,7.60 77.05,8.10", "LAL SAM"),
    ("sam-lal-huc", "sam-lor-huc", "76.60,8.72 76.30,8.45", "SAM HUC"),
    ("sam-lal-huc", "lal-huc-anc", "", "LAL HUC"),
    ("sea-lal-anc", "lal-huc-anc", "78.30,8.72 78.15,8.38 77.85,8.25 77.45,8.50", "LAL ANC"),
    ("lal-huc-anc", "anc-huc-lim", "76.85,9.15 76.72,9.50 76.98,9.85", "ANC HUC"),
    ("sea-anc-lim", "anc-huc-lim", "77.50,10.48 77.20,10.42", "ANC LIM"),
    ("anc-huc-lim", "huc-lim-pas", "", "HUC LIM"),
    ("huc-lim-pas", "lim-pas-jun", "76.80,10.65", "LIM PAS"),
    ("sam-lor-huc", "lor-huc-uca", "", "LOR HUC"),
    ("lor-huc-uca", "huc-pas-uca", "75.30,8.90 74.95,9.30", "HUC UCA"),
    ("huc-lim-pas", "huc-pas-uca", "76.20,10.35 75.90,10.00 75.45,9.80", "HUC PAS"),
    ("lor-huc-uca", "bra-uca-lor", "75.20,8.25 74.65,7.95 74.20,7.72", "LOR UCA"),
    ("huc-pas-uca", "pas-uca-jun", "74.45,10.05", "PAS UCA"),
    ("lim-pas-jun", "pas-uca-jun", "75.95,10.92 75.50,10.92 74.95,10.72", "PAS JUN"),
    ("pas-uca-jun", "jun-uca-cus", "73.80,10.80", "JUN UCA"),
    ("jun-uca-cus", "jun-cus-aya", "73.70,11.60", "JUN CUS"),
    ("jun-cus-aya", "jun-aya-huv", "", "JUN AYA"),
    ("lim-jun-huv", "jun-aya-huv", "75.30,12.22 74.90,12.32", "JUN HUV"),
    ("lim-pas-jun", "lim-jun-huv", "76.10,11.55 75.98,12.05", "LIM JUN"),
    ("lim-jun-huv", "lim-huv-ica", "75.65,12.75", "LIM HUV"),
    ("sea-lim-ica", "lim-huv-ica", "76.05,13.05", "LIM ICA"),
    ("lim-huv-ica", "huv-ica-aya", "75.60,13.50 75.28,13.95", "HUV ICA"),
    ("jun-aya-huv", "huv-ica-aya", "74.30,12.62 74.62,12.95 74.48,13.20 74.95,13.50", "HUV AYA"),
    ("huv-ica-aya", "ica-aya-are", "75.00,14.40 74.70,14.62", "ICA AYA"),
    ("ica-aya-are", "sea-ica-are", "", "ICA ARE"),
    ("ica-aya-are", "aya-are-apu", "74.15,15.38 73.72,15.48 73.30,15.30", "AYA ARE"),
    ("aya-apu-cus", "aya-are-apu", "73.80,13.60 73.62,14.05 73.38,14.50", "AYA APU"),
    ("jun-cus-aya", "aya-apu-cus", "73.72,12.70", "AYA CUS"),
    ("aya-apu-cus", "apu-are-cus", "73.00,13.42 72.60,13.48 72.20,13.78 72.12,14.30", "APU CUS"),
    ("apu-are-cus", "aya-are-apu", "72.60,14.80", "APU ARE"),
    ("apu-are-cus", "are-cus-pun", "71.75,15.08 71.40,15.05", "CUS ARE"),
    ("are-cus-pun", "are-pun-moq", "71.15,15.70", "ARE PUN"),
    ("are-pun-moq", "sea-are-moq", "71.22,16.50 71.35,16.95", "ARE MOQ"),
    ("are-pun-moq", "moq-pun-tac", "70.60,16.22 70.42,16.58", "MOQ PUN"),
    ("moq-pun-tac", "sea-moq-tac", "70.62,17.10 70.85,17.45", "MOQ TAC"),
    ("moq-pun-tac", "bol-tac-pun", "69.90,17.12", "PUN TAC"),
    ("cus-pun-mdd", "are-cus-pun", "70.90,14.20 70.95,14.75", "CUS PUN"),
    ("cus-pun-mdd", "bol-pun-mdd", "70.10,13.20 69.60,13.48", "PUN MDD"),
    ("cus-mdd-uca", "cus-pun-mdd", "71.72,12.05 71.42,12.75 71.00,13.05", "CUS MDD"),
    ("jun-uca-cus", "cus-mdd-uca", "72.90,11.30", "CUS UCA"),
    ("cus-mdd-uca", "bra-mdd-uca", "71.75,11.28 71.20,11.00", "MDD UCA"),
    ("sea-lim-cal", "sea-cal-lim", "76.98,11.95", "CAL LIM"),
)

# The middle of each, as the eye has it: there its name goes, unless it has a place in the sea.
MIDDLES: dict[str, tuple[float, float]] = {
    "AMA": (78.07, 4.70),
    "ANC": (77.62, 9.55),
    "APU": (72.95, 14.08),
    "ARE": (72.55, 15.75),
    "AYA": (74.18, 14.25),
    "CAJ": (78.58, 7.05),
    "CAL": (77.10, 11.99),
    "CUS": (72.20, 12.95),
    "HUV": (75.10, 12.78),
    "HUC": (75.95, 9.35),
    "ICA": (75.62, 14.30),
    "JUN": (75.05, 11.55),
    "LAL": (78.35, 8.05),
    "LAM": (79.65, 6.35),
    "LIM": (76.72, 11.40),
    "LMT": (76.92, 12.08),
    "LOR": (74.95, 4.20),
    "MDD": (70.60, 12.15),
    "MOQ": (70.85, 16.85),
    "PAS": (75.35, 10.42),
    "PIU": (80.35, 5.20),
    "PUN": (70.10, 15.10),
    "SAM": (76.75, 7.00),
    "TAC": (70.40, 17.55),
    "TUM": (80.52, 3.82),
    "UCA": (73.55, 9.75),
}
# The names of those too small for them, in the sea, with a line that leads to the middle.
AT_SEA: dict[str, tuple[float, float]] = {
    "TUM": (81.45, 3.45),
    "LAM": (81.05, 6.95),
    "CAL": (78.35, 11.75),
    "LMT": (77.95, 12.75),
    "MOQ": (72.70, 17.70),
    "TAC": (71.75, 18.45),
}

SCALE = 46
WEST, NORTH, EAST, SOUTH = 83.0, -0.25, 68.4, 18.75
SHRINK = cos(radians(9.5))
WIDTH = round((WEST - EAST) * SHRINK * SCALE)
HEIGHT = round((SOUTH - NORTH) * SCALE)

Point = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """A region as drawn: an SVG path, its middle, and where its name goes if that is the sea.

    Lima Metropolitana has no path: it is a mark inside Lima.
    """

    region: Region
    path: str
    middle: Point
    at_sea: Point | None


def project(west: float, south: float) -> Point:
    """Degrees to units of the drawing: equirectangular, true at the country's middle."""
    return round((WEST - west) * SHRINK * SCALE, 1), round((south - NORTH) * SCALE, 1)


@cache
def outlines() -> tuple[Outline, ...]:
    """Those of all regions, for a drawing of WIDTH by HEIGHT."""
    return tuple(
        Outline(
            region,
            "" if region == Region.LIMA_METROPOLITANA else _path(region),
            project(*MIDDLES[region]),
            project(*AT_SEA[region]) if region in AT_SEA else None,
        )
        for region in Region
    )


def _path(code: str) -> str:
    points = (project(*point) for point in ring(code))
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in points) + "Z"


def ring(code: str) -> list[tuple[float, float]]:
    """The outline of a region: its boundaries one after the other, each in the right direction."""
    pieces = [
        (start, end, _between(between))
        for start, end, between, regions in BOUNDARIES
        if code in regions.split()
    ]
    first, at, between = pieces.pop()
    points = [POINTS[first], *between]
    while at != first:
        for piece in pieces:
            if at in piece[:2]:
                break
        else:
            raise ValueError(f"the outline of {code} stays open at {at}")
        pieces.remove(piece)
        start, end, between = piece
        points += [POINTS[at], *(between if start == at else reversed(between))]
        at = end if start == at else start
    if pieces:
        raise ValueError(f"{code} has more than one outline")
    return points


def _between(text: str) -> list[tuple[float, float]]:
    return [(float(west), float(south)) for west, south in (p.split(",") for p in text.split())]
