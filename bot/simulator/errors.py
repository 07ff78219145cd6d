"""What Slack says when it refuses."""

from typing import Any

#: A JSON object as it travels: its shape is Slack's to decide.
Json = dict[str, Any]


class SlackRefuses(Exception):
    """A refusal in Slack's own words, with whatever else its answer carries."""

    def __init__(
        self, code: str, *, messages: list[str] | None = None, **more: Any
    ) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.more = more

    def answer(self) -> Json:
        """Give the body Slack would answer with."""
        body: Json = {"ok": False, "error": self.code, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


class RateLimited(SlackRefuses):
    """Too many calls: answered with 429 and `Retry-After` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class ClientRefuses(Exception):
    """What Slack's own client would not let a person do, in words for the player."""
