"""What the judge says of a diary."""

from bot.demo.judge import judge


def broken(diary):
    """The names of the promises that the judge finds broken."""
    return [v.promise.name for v in judge(diary.evidence()) if not v.held]
