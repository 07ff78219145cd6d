"""What Slack's refusals mean for a message: try again, look for it, or give up.

The reasons are for coordinators and operators: they say what to do, and carry ids
and channel names but never a person's text.
"""

from datetime import timedelta

from bot.ports import Act, Message, NotSent

#: A refusal that trying again cannot mend, and what a coordinator can do about it.
#: ``{to}`` is the channel or the member.
PERMANENT = {
    "channel_not_found": (
        "there is no {to}, or the bot cannot see it: check its name, or invite the bot"
    ),
    "not_in_channel": "the bot is not in {to}: invite it",
    "is_archived": "{to} is archived: unarchive it, or choose another channel",
    "user_not_found": "Slack knows no member {to}",
    "users_not_found": "Slack knows no member {to}",
    "user_disabled": "the member {to} has been deactivated in Slack",
    "user_not_visible": "the bot may not see the member {to}",
    "cannot_dm_bot": "{to} is a bot, and bots cannot be written to",
    "messages_tab_disabled": (
        "the bot's messages tab is off: switch it on in the app's settings (App Home)"
    ),
    "restricted_action": "the bot may not post in {to}: ask the workspace's admin",
    "restricted_action_read_only_channel": (
        "the bot may only read in {to}: ask the workspace's admin"
    ),
    "restricted_action_thread_only_channel": "{to} takes replies in threads only",
    "restricted_action_non_threadable_channel": "{to} does not take replies in threads",
    "cannot_reply_to_message": "that message in {to} does not take replies",
    "invalid_thread_ts": "the message in {to} that this replies to is not there",
    "thread_not_found": "the message in {to} that this replies to is not there",
    "missing_scope": (
        "Slack has not given the bot a scope it needs: install it again from the "
        "manifest, then run `convenor check`"
    ),
    "message_not_found": "the message in {to} that this changes is not there any more",
    "cant_update_message": "the message in {to} is not the bot's to change",
    "cant_delete_message": "the message in {to} is not the bot's to delete",
    "edit_window_closed": "the workspace no longer lets the message in {to} be changed",
    "msg_too_long": "the message is longer than Slack takes",
    "msg_blocks_too_long": "the message's blocks are longer than Slack takes",
    "too_many_attachments": "the message has more attachments than Slack takes",
    "invalid_blocks": "Slack does not accept the message's blocks",
    "invalid_blocks_format": "Slack does not accept the message's blocks",
    "invalid_arguments": "Slack does not accept the shape of the message",
    "no_text": "the message is empty",
    "invalid_metadata_format": "Slack does not accept the message's metadata",
    "metadata_too_large": "the message's metadata is larger than Slack takes",
    "view_too_large": "the page is larger than Slack takes",
    "not_enabled": "the bot's Home tab is off: switch it on in the app's settings",
}

#: The whole bot is refused: nothing is wrong with the message, so it waits.
SHUT_OUT = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)

#: Slack's own documentation says that these may come after the act was done.
DOUBTFUL = frozenset({"fatal_error", "internal_error", "service_unavailable"})

LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})

UNTIL_MENDED = timedelta(minutes=1)  #: before a bot that was shut out tries again
RATE_LIMIT = timedelta(seconds=30)  #: when Slack does not say how long to wait


class SlackFailure(Exception):
    """Slack did not do what it was asked, or did not say whether it did.

    ``code`` is Slack's own word, None when there was no answer that could be read.
    ``doubtful``: Slack may have done it all the same. ``retry_after``: the wait it
    asked for.
    """

    def __init__(
        self,
        method: str,
        code: str | None,
        reason: str,
        *,
        doubtful: bool = False,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(f"{reason} ({method})")
        self.method = method
        self.code = code
        self.reason = reason
        self.doubtful = doubtful
        self.retry_after = retry_after

    def without_doubt(self) -> "SlackFailure":
        """The same failure of something that does no harm when it is repeated."""
        return SlackFailure(
            self.method, self.code, self.reason, retry_after=self.retry_after
        )


def not_sent(failure: SlackFailure, message: Message, *, to: str) -> NotSent:
    """What *failure* means for *message*, which was for *to*.

    Only a new message can be doubled: changing, removing and Home are safe to repeat,
    so they are never uncertain.
    """
    explained = PERMANENT.get(failure.code or "")
    if explained is not None:
        return NotSent(
            f"Slack refused ({failure.code}): {explained.format(to=to)}", permanent=True
        )
    if failure.code in SHUT_OUT:
        return NotSent(
            f"Slack does not accept the bot's token ({failure.code}): put a valid "
            "SLACK_BOT_TOKEN in the settings and restart",
            retry_after=UNTIL_MENDED,
        )
    return NotSent(
        f"Slack {failure}",
        retry_after=failure.retry_after,
        uncertain=failure.doubtful and message.act is Act.POST,
    )
