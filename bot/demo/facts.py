"""The facts of the month: what its judge knows besides the transcript."""

from bot.demo import script
from bot.demo.cast import (
    AMINA,
    BEN,
    BY_LETTER,
    CHLOE,
    DEV,
    DIGESTS,
    EFUA,
    IDRIS,
    IN_SLACK,
    LUNCH,
    PARTNER,
    QUESTIONS,
    STAFF,
    Part,
)
from bot.demo.evidence import Facts, Who
from bot.demo.stage import Stage
from bot.demo.times import local

HOLIDAYS = frozenset({"2026-05-25"})
_AWAY = {
    IDRIS: (local("2026-05-18 09:05"), local("2026-05-28 00:00")),
    EFUA: (local("2026-05-18 12:35"), local("2026-05-27 00:00")),
}


def facts(stage: Stage) -> Facts:
    """Everything true of *stage*'s month that no transcript says."""
    everyone = (*STAFF, *IN_SLACK)
    return Facts(
        people={one.key: _who(one) for one in (*everyone, *BY_LETTER)},
        mailboxes={one.address: one.key for one in (*everyone, *BY_LETTER)},
        partners=frozenset({PARTNER}),
        answered_by_mail=tuple(stage.mailed),
        answers_go_to=frozenset(one.address for one in STAFF),
        coming_by_mail=tuple(stage.coming),
        update_approved=stage.update_approved,
        moves=stage.moves,
        questions=QUESTIONS,
        digests=DIGESTS,
        coordinators=frozenset(one.user for one in STAFF),
        direct={stage.actor(one).desk.dm_channel(): one.user for one in everyone},
        holidays=HOLIDAYS,
        asked=(
            (AMINA.name, script.ASKED),
            (BEN.name, script.ROUTED),
            (CHLOE.name, script.EVERYDAY),
        ),
        typed=tuple(stage.typed),
        secrets=(script.NUMBER,),
        private=(script.DEV_IN_CONFIDENCE,),
        nameless=(
            (EFUA.name, script.EFUA_ANSWERS, QUESTIONS),
            (EFUA.name, script.EFUA_ANSWERS, DIGESTS),
            (DEV.name, script.DEV_DISSENTS, DIGESTS),
        ),
        left_out=(script.AMINA_ADDS,),
        resources=(script.TEMPLATE,),
        dissent=(script.DEV_DISSENTS,),
        declined=((CHLOE.name, script.ROUTED),),
    )


def _who(one: Part) -> Who:
    away = (_AWAY[one],) if one in _AWAY else ()
    return Who(
        name=one.name,
        region=one.region,
        hours=one.hours,
        said_when=one.hours != LUNCH,
        away=away,
    )
