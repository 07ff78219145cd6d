"""The control API: whoever holds it plays people, the network and the passing of time.

`POST /control/<verb>` with a JSON object; the answer is `{"ok": true, ...}`, or
`{"ok": false, "error": ...}` when Slack or its client would refuse. Times are Unix
seconds. `user` and `channel` are ids; a channel may be `#name`.

People: `person` (name, email?, tz?, real_name?, is_bot?, guest?, deleted?, id?,
quiet?), `change_person` (user, fields…), `people`.
Channels: `channel` (name, members?, creator?, is_private?, bot?), `channels`,
`invite`/`leave` (channel, user), `archive`/`unarchive`/`rename` (channel, name).
Saying: `post` (user, channel, text, thread_ts?), `dm` (user, text, thread_ts?),
`edit` (user, channel, ts, text), `delete`, `react`/`unreact` (…, name).
Doing: `home` (user), `press` (user, action_id, block_id?, value?, and channel + ts
for a message, `home`: true for the Home, neither for the modal), `fill` and `submit`
(user, values), `close` (user, everything?), `command` (user, channel, text),
`shortcut` (user, callback_id), `message_shortcut` (user, callback_id, channel, ts).
These wait for the app's answer, unless `wait` is false.
Seeing: `sees` (user, channel, thread_ts?), `dm_seen` (user), `home_seen` (user),
`modal` (user), `message` (channel, ts), `transcript` (after?, kinds?), `save` (path).
Weather: `fault` (see `bot.simulator.faults`), `down` (how: refuse, 503), `clear`,
`faults`, `sockets`, `disconnect` (socket, reason?), `drop` (socket? all),
`half_open` (socket), `revoke` (token?), `limits` (enforced), `delays` (ack_within?,
retry_delays?, trigger_life?), `request_url` (url: deliver over HTTP), `clock` (now?),
`scopes` (scopes), `quiet`.
Behind the page: `pulse` (after?), `app`, `bot_pages` (url), `community_time` (now).
Letters: `letters` (after?, to?, brief?), `letter` (id), `letter_source` (id),
`letters_save` (folder), `mail_weather` (kind: refuse, greylist, die, lose, delay, down,
clear; to?, step?, code?, words?, times?, seconds?; see `bot.simulator.post_office`).
"""

from collections.abc import Awaitable, Callable

from bot.simulator.arguments import Arguments
from bot.simulator.errors import ClientRefuses, Json, SlackRefuses
from bot.simulator.world import World

#: Answers one verb of the control API.
Verb = Callable[[World, Arguments], Json | Awaitable[Json]]
VERBS: dict[str, Verb] = {}


def verb(name: str) -> Callable[[Verb], Verb]:
    """Register a function as a verb of the control API."""

    def register(act: Verb) -> Verb:
        VERBS[name] = act
        return act

    return register


async def control(world: World, name: str, given: Json) -> Json:
    """Do one verb and say how it went."""
    act = VERBS.get(name)
    if act is None:
        return {"ok": False, "error": f"No such verb: {name}"}
    try:
        done = act(world, Arguments(given))
        return {"ok": True, **(done if isinstance(done, dict) else await done)}
    except SlackRefuses as refusal:
        return refusal.answer()
    except (ClientRefuses, ValueError, TypeError, KeyError) as refusal:
        return {"ok": False, "error": str(refusal)}
