"""What is known of the people of a diary: their names, their words, their addresses."""

from bot.demo.cast import Hours
from bot.demo.evidence import Facts, Who
from bot.demo.times import local

QUESTIONS, DIGESTS = "C0QUESTIONS", "C0DIGESTS"
AMINA, BEN, DEV, EFUA, CARYS = "U0AMINA", "U0BEN", "U0DEV", "U0EFUA", "U0CARYS"
GEORGE = "U0GEORGE"
#: Those whom only letters reach are known by their addresses.
JOAN, RUTH = "joan@example.org", "ruth@example.org"
BOARD = "board@example.org"  #: beyond the members
STRANGER = "somebody@example.com"
BOT = "U0BOT"
ASKED = "How do you safety-net a negative FIT when symptoms go on?"
BENS = "We book a review at six weeks. We repeat the FIT once."
DEVS = "I disagree with repeating it, since a second test only delays things."
EFUAS = "It depends on how far people live from the hospital, and we phone them."
JOANS = "A search every fortnight works better here than booking ahead does."
BETWEEN_US = "Between us: our lab has lost samples this spring."
MISTAKE = "Does the rota for Thursday still stand?"
OUT = "In our area two diagnoses were delayed after a negative test."
GUIDE = "https://example.org/guide"
NUMBER = "943 476 5919"
NAMES = {
    AMINA: ("Amina Yusuf", "Northern"),
    BEN: ("Ben Carter", "West Midlands"),
    DEV: ("Dev Patel-Jones", "Greater Manchester"),
    EFUA: ("Efua Mensah", "Peninsula"),
    GEORGE: ("George Penhale", "Kent and Medway"),
    CARYS: ("Carys Bowen", ""),
    JOAN: ("Joan Thackray", "Lancashire"),
    RUTH: ("Ruth Ellery", "London"),
}
IN_SLACK = (AMINA, BEN, DEV, EFUA, GEORGE, CARYS)
#: Where letters reach those who have given an address.
ADDRESSES = {
    AMINA: "amina@example.org",
    BEN: "ben@example.org",
    DEV: "dev@example.org",
    CARYS: "carys@example.org",
    JOAN: JOAN,
    RUTH: RUTH,
}
_AWAY = {EFUA: ((local("2026-05-18 12:40"), local("2026-05-27 00:00")),)}


def _who(user):
    name, region = NAMES[user]
    away, said_when = _AWAY.get(user, ()), user == DEV
    return Who(name=name, region=region, hours=Hours(), said_when=said_when, away=away)


FACTS = Facts(
    people={user: _who(user) for user in NAMES},
    questions=QUESTIONS,
    digests=DIGESTS,
    coordinators=frozenset({CARYS}),
    direct={f"D{user}": user for user in IN_SLACK},
    mailboxes={address: user for user, address in ADDRESSES.items()},
    partners=frozenset({BOARD}),
    answered_by_mail=((JOAN, local("2026-05-19 09:05")),),
    coming_by_mail=((RUTH, local("2026-06-02 13:00")),),
    answers_go_to=frozenset({ADDRESSES[CARYS]}),
    update_approved=local("2026-06-01 10:00"),
    moves=1,
    holidays=frozenset({"2026-05-25"}),
    asked=(("Amina Yusuf", ASKED),),
    typed=(("Ben Carter", BENS), ("Joan Thackray", JOANS)),
    secrets=(NUMBER,),
    private=(BETWEEN_US,),
    nameless=(("Efua Mensah", EFUAS, QUESTIONS), ("Efua Mensah", EFUAS, DIGESTS)),
    left_out=(OUT,),
    resources=(GUIDE,),
    dissent=(DEVS,),
    declined=(("Efua Mensah", ASKED),),
)
