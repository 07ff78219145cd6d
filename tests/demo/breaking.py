"""Ways to break promises, by the promise that each breaks: it, and it alone."""

DOCTORED = {}


def doctored(promise):
    """A way to break *promise*."""

    def keep(how):
        DOCTORED.setdefault(promise, []).append(how)
        return how

    return keep
