"""The least that a bot can do: acknowledge each envelope at once, and nothing more.

`python -m benchmarks.echo API_URL`, with the simulator's own tokens. The peer of
`benchmarks.acknowledge`: what it takes is the socket's and the simulator's share.
"""

import json
import sys
from threading import Thread

from slack_sdk import WebClient
from websockets.sync.client import connect

CONNECTIONS = 2  #: as many as the bot keeps


def main(api: str) -> None:
    """Acknowledge until killed."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    hands = [Thread(target=_echo, args=(api,)) for _ in range(CONNECTIONS)]
    for one in hands:
        one.start()


def _echo(api: str) -> None:
    client = WebClient(base_url=api)
    address = client.apps_connections_open(app_token="xapp-simulator")["url"]  # noqa: S106 - opens nothing but a play
    with connect(str(address), compression=None) as socket:
        for frame in socket:
            envelope = json.loads(frame).get("envelope_id")
            if envelope:
                socket.send(json.dumps({"envelope_id": envelope}))


if __name__ == "__main__":
    main(sys.argv[1])
