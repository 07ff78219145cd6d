"""The cast of the month: invented people of an invented network."""

from dataclasses import dataclass
from datetime import time
from typing import Any

MONDAY_TO_FRIDAY = frozenset(range(5))
QUESTIONS, DIGESTS = "C0QUESTIONS", "C0DIGESTS"


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours at which somebody said they can be reached, on working days."""

    start: time = time(12, 30)
    end: time = time(14)

    def __str__(self) -> str:
        return f"Mon-Fri {self.start:%H:%M}-{self.end:%H:%M}"


LUNCH, TEATIME = Hours(), Hours(time(17, 30), time(18, 30))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the cast."""

    name: str
    region: str = ""
    interests: tuple[str, ...] = ()  #: ids of topics
    hours: Hours = LUNCH
    in_slack: bool = True
    role: str = "member"
    note: str = ""  #: what the programme says of them

    @property
    def first(self) -> str:
        """What they are called by those who know them."""
        return self.name.split()[0]

    @property
    def address(self) -> str:
        """Their e-mail address."""
        return f"{self.first.lower().replace('é', 'e')}@example.org"

    @property
    def key(self) -> str:
        """What they are known by: a Slack user id, or an address without one."""
        return self.user or self.address

    @property
    def user(self) -> str:
        """Their Slack user id; nobody's who is not in Slack."""
        return f"U0{self.first.upper().replace('É', 'E')}" if self.in_slack else ""


AMINA = Part(name="Amina Yusuf", region="Northern", interests=("education", "lung"))
BEN = Part(
    name="Ben Carter", region="West Midlands", interests=("fit", "safety-netting")
)
CHLOE = Part(
    name="Chloé Martin", region="London", interests=("fit", "safety-netting", "lung")
)
DEV = Part(
    name="Dev Patel-Jones",
    region="Greater Manchester",
    interests=("fit", "safety-netting", "lung"),
    hours=TEATIME,
)
EFUA = Part(name="Efua Mensah", region="Peninsula", interests=("fit", "safety-netting"))
FARAH = Part(
    name="Farah Siddiqui", region="East Midlands", interests=("lung",), note="silent"
)
GEORGE = Part(
    name="George Penhale",
    region="Kent and Medway",
    interests=("screening",),
    note="silent",
)
HANA = Part(
    name="Hana Kowalski", region="Thames Valley", interests=("sea",), note="silent"
)
IDRIS = Part(
    name="Idris Vaughan",
    region="Surrey and Sussex",
    interests=("fit", "safety-netting"),
    note="away",
)

IN_SLACK = (AMINA, BEN, CHLOE, DEV, EFUA, FARAH, GEORGE, HANA, IDRIS)
SILENT = (FARAH, GEORGE, HANA)


def _by_letter(name: str, region: str, *interests: str) -> Part:
    return Part(name=name, region=region, interests=interests, in_slack=False)


JOAN = _by_letter("Joan Thackray", "Lancashire and South Cumbria", "fit")
KIT = _by_letter("Kit Lomas", "Cheshire and Merseyside", "fit", "screening")
LEILA = _by_letter("Leila Haddad", "West Yorkshire and Harrogate", "fit", "education")
RUTH = _by_letter("Ruth Ellery", "London", "sea")
BY_LETTER = (
    JOAN,
    KIT,
    LEILA,
    _by_letter("Mungo Baird", "South Yorkshire and Bassetlaw", "mdt"),
    _by_letter("Nia Pugh", "Humber, Coast and Vale", "education"),
    _by_letter("Oskar Lindqvist", "East of England", "skin"),
    _by_letter("Priya Raman", "Somerset, Wiltshire, Avon and Gloucestershire", "psa"),
    RUTH,
)

CARYS = Part(name="Carys Bowen", role="coordinator")
OWEN = Part(name="Owen Tregear", role="deputy")
STAFF = (CARYS, OWEN)

MEMBERS = (*IN_SLACK, *BY_LETTER)
#: Beyond the members: they get the monthly update, without anybody's name.
PARTNER = "board@example.org"


def seed() -> dict[str, Any]:
    """The workspace before anybody but the staff has joined."""
    staff = [one.user for one in STAFF]
    return {
        "team": {"name": "GP Cancer Network", "domain": "gp-network"},
        "people": [
            {
                "id": one.user,
                "name": one.first.lower(),
                "real_name": one.name,
                "email": one.address,
            }
            for one in (*STAFF, *IN_SLACK)
        ],
        "channels": [
            {"id": QUESTIONS, "name": "questions", "members": staff, "bot": True},
            {"id": DIGESTS, "name": "digests", "members": staff, "bot": True},
        ],
    }


def roles() -> dict[str, str]:
    """The first roles of the community, by e-mail address."""
    return {one.address: one.role for one in STAFF}


def letters_csv() -> str:
    """The members whom only e-mail reaches, as a file to import."""
    lines = ["name,e-mail,region,interests"]
    for one in BY_LETTER:
        interests = ";".join(one.interests)
        lines.append(f'{one.name},{one.address},"{one.region}",{interests}')
    return "\n".join(lines) + "\n"
