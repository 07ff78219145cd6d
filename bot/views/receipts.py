"""The receipt of an erasure: what was reached, and what could not be. No names."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

WIDTH = 79

#: What is counted, in the order in which it is told.
REACHED: Mapping[str, str] = {
    "profile": "Profile: name, addresses, region, interests, times",
    "questions": "Questions they asked: blanked, and shown as withdrawn",
    "replies": "Replies: blanked, and in the ledger as withdrawn",
    "posts": "The bot's posts that carried their words: deleted",
    "originals": "E-mails of theirs, kept as originals: deleted",
    "lines": "Lines of digests: taken down and blanked",
    "digests": "Digests shown again without them",
    "notes": "Notes written to the bot: deleted",
    "invitations": "Invitations: kept as counts, without a reason or a name",
    "notices": "Notices wanted or said: deleted",
    "owed": "Messages owed to them: withdrawn",
    "messages": "Messages sent to them: words and receiver blanked",
    "others": "Messages to others that bore their name or words: blanked or changed",
    "updates": "Monthly updates as kept: redacted",
    "recipients": "Their address among the recipients of updates: blanked",
    "suppression": "Their address among the unsubscribed: deleted with the rest",
    "rsvps": "Whether they would come to calls: deleted",
    "events": "Events of theirs that waited: deleted",
    "traces": "Other records that bore their name, id or address: redacted",
    "search": "Search: there is no index yet, so nothing is in one",
}

IN_SLACK = (
    "What they wrote in Slack themselves stands there until they, or the workspace's "
    "owners, delete it; so does what the bot wrote to them alone."
)
STILL_THERE = (
    "If they are still in the workspace: a fingerprint of their Slack id is kept, so "
    "that the bot does not welcome them again. It goes when they leave the questions "
    "channel or join it anew; then they are a newcomer."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an erasure did, or in a dry run would do."""

    reference: str  #: the id that stands in their place
    date: str  #: as people read it
    reached: Mapping[str, int]
    not_reached: Sequence[str]
    dry_run: bool = False


def text(receipt: Receipt) -> str:
    """The receipt as people read it, at most 79 columns wide."""
    title = "What would be erased" if receipt.dry_run else "Receipt of an erasure"
    lines = [title, f"Reference {receipt.reference}, {receipt.date}", "", "Reached"]
    for name, what in REACHED.items():
        if name in receipt.reached:
            lines += _lines(f"{receipt.reached[name]:>5,}  {what}.", "       ")
    lines += ["", "Not reached, and what to do"]
    for sentence in receipt.not_reached:
        lines += _lines(f"  - {sentence}", "    ")
    return "\n".join(lines)


def as_json(receipt: Receipt) -> str:
    """The receipt for machines; its keys are those of ``REACHED``."""
    return json.dumps(
        {
            "reference": receipt.reference,
            "date": receipt.date,
            "dry_run": receipt.dry_run,
            "reached": dict(receipt.reached),
            "not_reached": list(receipt.not_reached),
        },
        indent=2,
        ensure_ascii=False,
    )


def not_reached(
    *, in_slack: bool, letters: int, named: bool, organised: bool
) -> tuple[str, ...]:
    """What no program of ours can reach, as far as it applies."""
    told = []
    if in_slack:
        told += [IN_SLACK, STILL_THERE]
    if letters:
        told.append(
            f"{letters:,} letters to them or about their words have been sent: they "
            "are in the mailboxes of those who got them."
        )
    if organised:
        told.append(
            "Calendar invitations that gave their address for answers have gone. Move "
            "or cancel a coming call, so that they give another."
        )
    if named:
        told.append(
            "community.toml names their address or Slack id (under [roles] or in "
            "partners). Take it out there, and restart the bot."
        )
    return (
        *told,
        "What colleagues quoted or wrote about them in their own words is theirs.",
        "Backups and exports made before today hold them until they are replaced.",
    )


def _lines(said: str, then: str) -> list[str]:
    return wrap(said, WIDTH, subsequent_indent=then, drop_whitespace=True) or [said]
