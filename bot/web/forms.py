"""What the forms of our own pages send."""

from urllib.parse import parse_qs

FIELDS = 20  #: in one form, at most; ours have one


def sent(body: bytes, field: str) -> str:
    """What *field* holds in *body*; "" where it cannot be read, or is not there."""
    try:
        found = parse_qs(body.decode(errors="replace"), max_num_fields=FIELDS)
    except ValueError:
        return ""
    return found.get(field, [""])[0]
