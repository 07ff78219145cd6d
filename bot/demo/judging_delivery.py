"""Judging: what Slack took, what came twice, and who approved what went out."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.demo.contacts import quoted
from bot.demo.evidence import Evidence, Post
from bot.demo.faults import Fault
from bot.demo.judging_digests import answers, own
from bot.demo.looks import Json

#: The same words in the same place are the same message, told twice, within this time.
TWICE_WITHIN = timedelta(days=1)
DESK_FORM, ANSWER_FORM = "digest_desk", "answer_form"
TAPS = frozenset({"post_as_me", "post_nameless"})


def accepted(evidence: Evidence) -> Iterator[Fault]:
    """Slack refused nothing and missed nothing."""
    for call in evidence.calls:
        if not call["ok"]:
            yield Fault(f"{call['method']} was refused: {call['error']}", (_n(call),))
    for entry in evidence.entries:
        if entry["kind"] in {"fault", "missed"}:
            yield Fault(f"Slack saw a {entry['kind']}", (_n(entry),))


def not_doubled(evidence: Evidence) -> Iterator[Fault]:
    """No two messages of one key, nor of the same words in one place in a day."""
    keys: dict[str, Post] = {}
    places: dict[tuple[str, str | None, str], Post] = {}
    for post in evidence.ours:
        if post.deleted:
            continue
        if post.key is not None and post.key in keys:
            yield Fault("a message came twice", (keys[post.key].seq, post.seq))
        keys |= {post.key: post} if post.key else {}
        place = (post.channel, post.thread_ts, post.first.words)
        earlier = places.get(place)
        if earlier and post.when - earlier.when < TWICE_WITHIN:
            yield Fault("the same words came twice", (earlier.seq, post.seq))
        places[place] = post


def approved_and_held(evidence: Evidence) -> Iterator[Fault]:
    """Before each digest stands an approval, ten minutes old and not taken back."""
    for post in evidence.published:
        approval = _approval(evidence, post.seq)
        if approval is None:
            yield Fault("a digest went out that nobody had approved", (post.seq,))
        elif approval[1] not in evidence.facts.coordinators:
            yield Fault("somebody approved who may not", (approval[2], post.seq))
        elif post.when - approval[0] < evidence.facts.hold:
            yield Fault("a digest went out within its hold", (approval[2], post.seq))


def by_a_tap(evidence: Evidence) -> Iterator[Fault]:
    """Each answer that the bot posts follows a tap, or a form, of whose words it is."""
    free = list(_taps(evidence))
    for post in evidence.public:
        if not answers(post) or by_mail(evidence, post):
            continue
        tap = _tap_for(evidence, post, free)
        if tap is None:
            yield Fault("an answer was posted that nobody had tapped", (post.seq,))
        else:
            free.remove(tap)


def by_mail(evidence: Evidence, post: Post) -> bool:
    """Whether it carries, word for word, what somebody had sent by e-mail before."""
    text = next(quoted(post.first.blocks), "")
    return any(
        when <= post.when and own(evidence, evidence.facts.people[who].name, text)
        for who, when in evidence.facts.answered_by_mail
    )


def _tap_for(
    evidence: Evidence, post: Post, free: Sequence[tuple[int, str]]
) -> tuple[int, str] | None:
    text = next(quoted(post.first.blocks), "")
    for seq, user in free:
        if seq < post.seq and own(evidence, evidence.facts.name(user), text):
            return (seq, user)
    return None


def _taps(evidence: Evidence) -> Iterator[tuple[int, str]]:
    forms = _forms(evidence)
    for act in evidence.acts:
        sent = act["verb"] == "submitted" and _shown(forms, act) == ANSWER_FORM
        if sent or act.get("action_id") in TAPS:
            yield (_n(act), str(act["user"]))


def _approval(evidence: Evidence, before: int) -> tuple[datetime, str, int] | None:
    """The last approval before an entry that was not taken back since."""
    forms = _forms(evidence)
    found = None
    for act in evidence.acts:
        if _n(act) > before:
            break
        if act["verb"] == "submitted" and _shown(forms, act) == DESK_FORM:
            found = (evidence.when(act), str(act["user"]), _n(act))
        elif act.get("action_id") == "digest_take_back":
            found = None
    return found


def _forms(evidence: Evidence) -> dict[str, list[tuple[int, str]]]:
    """What each form was, and from when: by its id."""
    found: dict[str, list[tuple[int, str]]] = {}
    for entry in evidence.entries:
        if entry["kind"] == "view" and entry.get("view"):
            callback = str(entry["view"].get("callback_id", ""))
            found.setdefault(entry["view_id"], []).append((_n(entry), callback))
    return found


def _shown(forms: dict[str, list[tuple[int, str]]], act: Json) -> str:
    """What the form was when it was sent."""
    shown = [name for seq, name in forms.get(act["view_id"], ()) if seq < _n(act)]
    return shown[-1] if shown else ""


def _n(entry: Json) -> int:
    return int(entry["seq"])
