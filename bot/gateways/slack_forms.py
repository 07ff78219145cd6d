"""Opening forms in Slack while the person who asked for them waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk import WebClient

from bot.gateways.slack_calls import call
from bot.gateways.slack_errors import SlackFailure

TRIGGER_LIVES = 3  #: seconds; a client for forms need not wait longer

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SlackForms:
    """Opens, stacks and replaces forms; False when Slack would not, and it is logged.

    *client* repeats nothing: a trigger can be used once, within three seconds.
    """

    client: WebClient

    def open(self, trigger: str, view: Mapping[str, Any]) -> bool:
        """Open a form."""
        return self._did("views.open", {"trigger_id": trigger, "view": view})

    def push(self, trigger: str, view: Mapping[str, Any]) -> bool:
        """Open a form on top of the one that is open."""
        return self._did("views.push", {"trigger_id": trigger, "view": view})

    def update(self, view_id: str, view: Mapping[str, Any]) -> bool:
        """Replace an open form."""
        return self._did("views.update", {"view_id": view_id, "view": view})

    def _did(self, method: str, body: Mapping[str, Any]) -> bool:
        try:
            call(self.client, method, body=body)
        except SlackFailure as failure:
            _log.warning("form_not_shown", method=method, why=failure.reason)
            return False
        return True
