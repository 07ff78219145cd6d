"""A community in play: a month to watch, and real threads to replay.

A simulated Slack and the bot run as two processes of their own and speak HTTP and
WebSocket; a director plays people and moves the community's clock. What is then judged
is only what the simulator wrote down.
"""
