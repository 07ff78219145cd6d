"""Ids in what a client sends back: buttons' values and forms' private parts."""

LARGEST = 2**31 - 1  #: what every database here takes as an id


def number(sent: str) -> int:
    """The id in *sent*; 0, which is nobody's, where it is no id of ours.

    Old messages, and clients that are not Slack's, send anything.
    """
    digits = sent.isascii() and sent.isdigit()
    found = int(sent) if digits and len(sent) <= len(str(LARGEST)) else 0
    return found if found <= LARGEST else 0
