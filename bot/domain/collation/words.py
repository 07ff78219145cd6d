"""Words that carry content, reduced to their stems."""

import re

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+\d*(?:['\u2019][^\W\d_]+)?")
_MARK = re.compile(
    r"<(?:[@#!]|https?:|mailto:|tel:)[^>|\n]*(?:\|([^>\n]*))?>|"
    r":[a-z][a-z0-9_+-]{1,40}:|[a-z][a-z0-9+.-]{1,14}://\S+",
    re.IGNORECASE,
)
#: a number that stands alone or before a unit; not the one in "NG12" or "2WW"
_NUMBER = re.compile(r"(?<![^\W_])\d{1,12}(?:[.,]\d{1,12}){0,4}(?![\dA-Z])")
_SHORTEST_STEM = 3

#: words without content of their own
STOP = frozenset(
    """
    a about above after again all also am an and any are aren't as at be because
    been before being below between both but by came can can't cannot come could
    couldn't did didn't do does doesn't doing don't done down during each either
    else even ever every few for from further get gets getting give given go
    goes going gone got had hadn't has hasn't have haven't having he her here
    hers him his how however i i'd i'll i'm i've if in into is isn't it it's its
    itself just know let like ll lot made make makes many may maybe me might
    more most much must my myself no nor not now of off on once one only onto or
    other our ours out over own per perhaps quite rather re really s said same
    say see seem seems she should shouldn't since so some something still such
    sure t take than that that's the their them then there there's these they
    thing things think this those though through to too under until up upon us
    use used using ve very want was wasn't way we we'd we'll we're we've well
    were weren't what what's when where whether which while who whom whose why
    will with within without won't would wouldn't yes yet you you'd you'll
    you're you've your yours
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read
)
_ENDINGS = """
    isations izations ational fulness ousness iveness isation ization ations
    ements ingly edly ation ement ments ness ings ment able ible ing ies ity ers
    ed ly er es s e y
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read


def words(text: str) -> list[str]:
    """The words of *text* in lower case, without Slack's marks and addresses."""
    plain = _unmarked(text).replace("\u2019", "'").lower()
    return _WORD.findall(plain)


def _unmarked(text: str) -> str:
    """*text* without addresses, emoji codes and mentions; the labels of links stay."""
    return _MARK.sub(lambda mark: f" {mark[1] or ''} ", text)


def stems(text: str) -> list[str]:
    """The content words of *text*, each cut to a rough stem, in order."""
    return [stem(word) for word in words(text) if word not in STOP]


def stem(word: str) -> str:
    """*word* without its ending: "referrals" and "referral" are one word."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def figures(text: str) -> frozenset[str]:
    """The numbers in *text*: two statements whose figures differ are not the same."""
    return frozenset(_NUMBER.findall(_unmarked(text)))
