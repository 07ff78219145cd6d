"""The pulse: whoever waits for quiet is told the truth."""

from bot.jobs.pulse import Pulse


def test_rounds_in_a_row_that_found_nothing_are_counted_and_begin_anew():
    """Work found sets the count back; what is running does not."""
    pulse, found = Pulse(), iter([0, 0, 3, 0])
    seen = []

    def look():
        seen.append(pulse.quiet()["questions"])
        return next(found)

    run = pulse.watch("questions", look)
    quiet = []
    for _ in range(4):
        run()
        quiet.append(pulse.quiet()["questions"])

    assert quiet == [1, 2, 0, 1]
    assert seen == [0, 1, 2, 0], "a round that is running takes nothing away"
    assert pulse.rounds() == {"questions": 4}


def test_a_job_at_work_is_not_idle():
    """Only a round that has ended can say that there was nothing."""
    pulse = Pulse()
    at_work = []
    run = pulse.watch("outbox", lambda: at_work.append(pulse.idle()["outbox"]) or 0)

    run()
    run()

    assert at_work == [False, False]
    assert pulse.idle() == {"outbox": True}
