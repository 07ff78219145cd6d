"""Ids in Slack's shapes."""

import secrets
import string

_LETTERS = string.ascii_uppercase + string.digits
_ID_LENGTH = 10
_BLOCK_ID_LENGTH = 5


def new_id(prefix: str) -> str:
    """Make an id such as `C0AB12CD34`."""
    rest = _ID_LENGTH - len(prefix)
    return prefix + "".join(secrets.choice(_LETTERS) for _ in range(rest))


def new_block_id() -> str:
    """Make a block id such as Slack gives a block that has none."""
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(_BLOCK_ID_LENGTH))


def new_secret() -> str:
    """Make an unguessable word for tickets and response addresses."""
    return secrets.token_hex(16)
