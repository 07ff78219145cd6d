"""What is owed: messages composed from what is kept, and promised in one place.

Between the use cases, which decide, and the outbox, which keeps: each module here
knows how one kind of message is put together and under which key it is owed. Nothing
here decides whether a message should go, opens a transaction, or sends.
"""

from bot.owing.scene import Places, Scene

__all__ = ["Places", "Scene"]
