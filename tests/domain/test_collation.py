"""Collation: what a digest of a thread is, whatever is in the thread."""

from bot.domain.collation import Contribution, Place, Reason, Section, collate

FIT = [
    ("ana", "We moved to a FIT threshold of 10 µg/g for everyone last year."),
    ("ben", "Same threshold here, 10 µg/g, since April."),
    ("cat", "+1"),
    ("dee", "We don't use FIT for a palpable rectal mass. It is unsafe to wait."),
    ("eve", "It depends on your endoscopy wait. Ours is 9 weeks, so we use 20 µg/g."),
    ("fay", "Handing the kit over in surgery raised our uptake."),
    ("gus", "Thanks all, really helpful!"),
    ("hal", "See <https://a.example/fit|this page>."),
    ("ivy", "Does anyone have a patient leaflet in other languages?"),
]


WORDS = ["Audit", "Baskets", "Coaching", "Dashboards", "Education", "Feedback"]
WORDS += ["Governance", "Huddles", "Invitations", "Journals", "Kindness", "Letters"]
WORDS += ["Mentoring", "News", "Outreach", "Posters", "Registers", "Seminars"]
WORDS += ["Templates", "Visits"]


def thread(*said):
    """Contributions 1, 2, 3… from (author, text)."""
    return [
        Contribution(id=n, author=author, text=text)
        for n, (author, text) in enumerate(said, start=1)
    ]


def of(*texts):
    """A thread in which everybody speaks once."""
    return thread(*((f"member {n}", text) for n, text in enumerate(texts)))


def places(draft):
    return [entry.place for entry in draft.ledger]


def reasons(draft):
    return [entry.reason for entry in draft.ledger]


def sections(draft):
    return {line.contribution: line.section for line in draft.lines}


def test_a_thread_becomes_a_draft():
    """Agreement, dissent, conditions and lone views are told apart; nothing is lost."""
    draft = collate(thread(*FIT))
    assert sections(draft) == {
        1: Section.AGREE,
        2: Section.AGREE,
        4: Section.DIFFER,
        5: Section.DEPENDS,
        6: Section.ONE,
    }
    assert places(draft)[2] is Place.GROUPED
    assert reasons(draft)[6:] == [Reason.THANKS, Reason.ELSEWHERE, Reason.QUESTION]
    assert [resource.label for resource in draft.resources] == ["this page"]
    assert draft.still_open == ((9, FIT[8][1]),)


def test_sections_come_in_the_order_a_reader_expects():
    """Where we agree comes first, one colleague's experience last."""
    order = list(Section)
    shown = [order.index(line.section) for line in collate(thread(*FIT)).lines]
    assert shown == sorted(shown)


def test_the_largest_agreement_comes_first():
    """Within a section, what most people say leads."""
    draft = collate(
        of(
            "We hand the kit over in surgery.",
            "We hand the kit over in the surgery!",
            "Our nurses ring everybody who has not returned it.",
            "Our nurses ring everybody who has not returned it",
            "nurses ring everybody who has not returned it",
        )
    )
    assert [len(line.grouped) for line in draft.lines] == [2, 1]


def test_a_qualifying_sentence_travels_with_what_it_qualifies():
    """Nothing is invented: advice is not shown without its condition."""
    for qualifier in (
        "But",
        "However,",
        "Unless",
        "Not if",
        "Except where",
        "Although",
    ):
        text = f"Send them straight to test. {qualifier} the patient is very frail."
        (line,) = collate(of(text)).lines
        assert line.text == text


def test_a_condition_travels_out_of_a_long_reply():
    """Even where only part of a reply is quoted, advice keeps its condition."""
    filler = "And so it went on like that, and on. " * 20
    advice = "Send FIT-positive patients straight to colonoscopy. But not if frail."
    others = ["FIT-positive patients go straight to colonoscopy here."] * 3
    draft = collate(of(f"{filler}{advice} {filler}", *others))
    text = next(line.text for line in draft.lines if line.contribution == 1)
    assert advice in text
    assert len(text) < 600


def test_dissent_is_always_shown():
    """Nobody's view is dropped: one voice against two hundred has its own line."""
    chorus = [
        f"FIT at 10 works well in practice number {n} of ours." for n in range(200)
    ]
    draft = collate(of(*chorus, "I disagree: FIT at 10 does not work well in ours."))
    assert sections(draft)[201] is Section.DIFFER


def test_contradiction_is_shown_as_difference():
    """Two figures for the same thing are not one view."""
    draft = collate(
        of("Our FIT threshold is 10 µg/g.", "Our FIT threshold is 20 µg/g.")
    )
    assert set(sections(draft).values()) == {Section.DIFFER}
    assert len(draft.lines) == 2


def test_a_denial_is_not_grouped_with_what_it_denies():
    """To refer and never to refer share their words and nothing else."""
    draft = collate(
        of(
            "We refer patients with vague symptoms to the clinic.",
            "We never refer patients with vague symptoms to the clinic.",
        )
    )
    assert places(draft) == [Place.QUOTED, Place.QUOTED]
    assert set(sections(draft).values()) == {Section.DIFFER}


def test_what_was_said_twice_is_quoted_once():
    """A reader reads it once; both people are accounted for."""
    draft = collate(of("Use the regional form.", "use the regional form. "))
    (line,) = draft.lines
    assert {line.contribution, *line.grouped} == {1, 2}
    assert line.section is Section.AGREE


def test_saying_it_twice_oneself_is_no_agreement():
    """The loudest gains nothing by repetition."""
    draft = collate(thread(("ana", "Use the new form."), ("ana", "Use the new form.")))
    assert [line.section for line in draft.lines] == [Section.ONE]


def test_agreement_goes_with_whom_it_names():
    """To agree with Ana is counted with Ana, not with whoever spoke last."""
    draft = collate(
        thread(
            ("Ana", "We ring every patient who has not returned a kit."),
            ("Ben", "Posters in the waiting room did more in our practices."),
            ("Cat", "Agree with Ana"),
        )
    )
    (with_ana,) = [line for line in draft.lines if line.contribution == 1]
    assert with_ana.grouped == (3,)


def test_agreement_with_nobody_in_particular_is_kept():
    """Where it is not clear what was agreed with, nothing is guessed."""
    draft = collate(of("+1", "Same here"))
    assert draft.lines == ()
    assert reasons(draft) == [Reason.THANKS, Reason.THANKS]


def test_other_peoples_words_are_not_put_into_ones_mouth():
    """A quoted mail below a reply is never quoted as the reply's own words."""
    text = "We do it monthly.\n> We stopped doing it altogether last year."
    assert [line.text for line in collate(of(text)).lines] == ["We do it monthly."]


def test_a_greeting_is_not_part_of_a_view():
    """A line begins with what was said, not with "Dear Jo"."""
    text = "Dear Jo,\n\nThanks for asking! We ring every patient.\nMany thanks\nBen"
    assert [line.text for line in collate(of(text)).lines] == ["We ring every patient."]


def test_everyone_is_heard_before_anyone_is_heard_twice():
    """One author does not fill the digest."""
    loud = [
        ("ana", f"Ward {n} has its own rota and story number {n}.") for n in range(40)
    ]
    quiet = [(f"m{n}", f"Clinic {n} tells a different tale, {n}.") for n in range(10)]
    draft = collate(thread(*loud, *quiet), lines=14)
    quoted = [line.contribution for line in draft.lines]
    assert set(range(41, 51)) <= set(quoted)
    assert sum(n <= 40 for n in quoted) <= 7


def test_the_loudest_has_at_most_half_of_the_lines():
    """Where somebody else spoke, a digest is not one person's monologue."""
    loud = [("ana", f"{word} took us to {word.upper()}town.") for word in WORDS]
    draft = collate(thread(*loud, ("ben", "Our nurses ring every patient.")), lines=10)
    assert sum(line.contribution <= len(WORDS) for line in draft.lines) == 5


def test_voices_take_turns():
    """Three people with much to say are quoted about equally."""
    said = [
        (author, f"{word} in {author}ville went with {word}{author}.")
        for author in ("ana", "ben", "cat")
        for word in WORDS[:10]
    ]
    draft = collate(thread(*said), lines=12)
    shares = [0, 0, 0]
    for line in draft.lines:
        shares[(line.contribution - 1) // 10] += 1
    assert shares == [4, 4, 4]


def test_more_lines_are_allowed_before_a_voice_is_left_out():
    """Twenty people with twenty views are all quoted, though fourteen is usual."""
    views = [f"{word} is what we did in {word}." for word in WORDS]
    assert places(collate(of(*views))) == [Place.QUOTED] * 20


def test_withdrawn_and_hidden_words_are_nowhere():
    """What was taken back or hidden is counted, and neither quoted nor mined."""
    text = "Use <https://a.example/x|this> if you can?"
    draft = collate(
        [
            Contribution(id=1, author="ana", text=text, withdrawn=True),
            Contribution(id=2, author="ben", text=text, hidden=True),
        ]
    )
    assert places(draft) == [Place.WITHDRAWN, Place.HIDDEN]
    assert (draft.lines, draft.resources, draft.still_open) == ((), (), ())


def test_an_answered_question_is_not_still_open():
    """Still open lists what nobody took up."""
    draft = collate(
        thread(
            ("ana", "Who pays for the FIT kits in your region?"),
            ("ben", "The Alliance pays for FIT kits in our region."),
        )
    )
    assert draft.still_open == ()
