"""What people send that nobody planned for: a sentence to act on, and nothing lost."""

import json
import re
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.domain.community import Role
from bot.handlers.registry import FAILED
from tests.stage import QUESTIONS, REGIONS, TOPICS, Posted, Stage

QUESTION = "How do you safety-net a negative FIT with ongoing symptoms?"
HOSTILE = "<!channel> <@UEVIL> <https://evil.example|FIT> <b>FIT</b> &lt;!here&gt; *x*"
#: What Slack would act on, were it to stand in a message of ours.
ALIVE = re.compile(r"<!|<@UEVIL|<https://evil|<b>|<script")
NUMBERS = ("", "abc", "-1", "0", "1e3", "٣", "9" * 30, "1:2:x", "x" * 2000)


@pytest.fixture
def sqlite_stage(sqlite_url):
    """An empty community, where the database makes no difference."""
    opened = Stage(sqlite_url)
    yield opened
    opened.close()


def mrkdwn(value):
    """Every piece of mrkdwn in a block, a view or a message's body."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for part in value.values():
            yield from mrkdwn(part)
    if isinstance(value, list):
        for part in value:
            yield from mrkdwn(part)


def shown(stage):
    """Everything that Slack would read for mentions and links, wherever we put it."""
    for message in stage.slack.messages:
        if message.user == "UBOT":
            yield message.text
            yield from mrkdwn(message.blocks)
    for home in stage.slack.homes.values():
        yield from mrkdwn(home)
    for forms in stage.slack.forms.values():
        yield from mrkdwn(forms)


def inert(stage):
    """See that nothing anybody typed is alive in what we show."""
    pieces = list(shown(stage))
    assert any("!channel" in piece for piece in pieces), "it is shown nowhere"
    # A link that somebody gave is listed as a link, and only there.
    others = [piece for piece in pieces if not piece.startswith("*Resources*")]
    alive = [piece for piece in others if ALIVE.search(piece)]
    assert alive == []


def as_typed(text):
    """*text* as Slack sends it in an event, when somebody types it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- commands ---------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["dance", "DANCE now", "\u200bhelp?", "<!channel>"])
def test_a_word_that_is_not_known_is_answered_with_those_that_are(sqlite_stage, typed):
    """Never silent, and it says that nothing was done."""
    amina = sqlite_stage.member("Amina Yusuf")

    answer = amina.commands("/convenor", typed)

    assert "I did not understand that, so nothing was done" in answer
    assert "/convenor who" in answer


def test_a_command_that_is_not_ours_any_more_says_so(sqlite_stage):
    """An old command after an upgrade."""
    answer = sqlite_stage.member("Amina Yusuf").commands("/poll", "lunch?")

    assert "I do not know this command" in answer
    assert "/convenor help" in answer


def test_nobody_known_by_that_word_is_said_with_what_to_do(sqlite_stage):
    """A topic or a region that nobody has."""
    answer = sqlite_stage.member("Amina Yusuf").commands("/convenor", "who Zzyzx")

    assert "Zzyzx" in answer
    assert len(answer) > len("Zzyzx") + 20


@pytest.mark.parametrize(
    ("link", "advice"),
    [
        ("", "Copy link"),
        ("yesterday's thread", "Copy link"),
        ("https://evil.example/archives/C0QUESTIONS/p1", "Copy link"),
        ("https://play.slack.com/archives/DAMINA/p1780391000000100", "private"),
    ],
)
def test_a_digest_of_what_is_no_thread_is_refused_with_advice(
    sqlite_stage, link, advice
):
    """Not a link, or a private place."""
    carys = sqlite_stage.coordinator()

    assert advice in carys.commands("/convenor", f"digest {link}")


@pytest.mark.parametrize("channel", [QUESTIONS, "C0NOWHERE"])
def test_a_link_to_nowhere_comes_back_to_whoever_pasted_it(stage, channel):
    """The message is not there, or the bot cannot see the channel: they are told."""
    carys = stage.coordinator()

    address = f"https://play.slack.com/archives/{channel}/p1700000000000100"
    carys.commands("/convenor", f"digest {address}")
    stage.settle()

    told = "\n".join([carys.home, *(message.words for message in carys.dms)])
    assert re.search(r"cannot|could not|no thread|nothing to collate|Nobody has", told)


# --- buttons and forms from hostile or old clients ---------------------------------

ACTIONS = (
    *("retopic", "close_question", "widen", "answer", "decline", "suggest", "later"),
    *("away", "resume_asks", "post_as_me", "post_nameless", "keep_private"),
    *("need_done", "replay", "profile", "help", "ask"),
)
FORMS = ("ask_form", "topics_form", "answer_form", "suggest_form", "away_form")


@pytest.mark.parametrize("action", ACTIONS)
def test_a_button_with_a_strange_value_is_answered_kindly(sqlite_stage, action):
    """Whatever a client makes of it: a sentence, no failure, nothing changed."""
    carys = sqlite_stage.coordinator()

    with capture_logs() as lines:
        answers = [carys.does(action, value) for value in NUMBERS]

    assert [line for line in lines if line["event"] == "act_failed"] == []
    assert FAILED not in str(answers) + str(sqlite_stage.slack.forms)
    assert sqlite_stage.channel() == []


@pytest.mark.parametrize("callback", FORMS)
def test_a_form_with_strange_contents_is_answered_kindly(sqlite_stage, callback):
    """Its private part and every field as no form of ours would send them."""
    carys = sqlite_stage.coordinator()
    answers = []

    with capture_logs() as lines:
        answers += [sends(carys, callback, about) for about in NUMBERS]

    assert [line for line in lines if line["event"] == "act_failed"] == []
    assert FAILED not in str(answers)
    assert sqlite_stage.channel() == []


def sends(cast, callback, about):
    """Submit a form that never was, with something strange in every field."""
    names = ("question", "answer", "colleague", "someone", "audience", "needed_by")
    odd = {"type": "plain_text_input", "value": about[:100]}
    values = {name: {name: odd} for name in (*names, "away_until", "topics")}
    view = {
        "type": "modal",
        "id": f"V{about[:20]}",
        "callback_id": callback,
        "private_metadata": about,
        "blocks": [{"type": "input", "block_id": name} for name in values],
        "state": {"values": values},
    }
    return cast._act(  # noqa: SLF001 - a client that is not ours
        {
            "type": "view_submission",
            "user": {"id": cast.slack},
            "trigger_id": "T1",
            "view": view,
        }
    )


def test_an_old_button_and_an_old_form_say_what_to_do(sqlite_stage):
    """After an upgrade, what is no longer known is pointed to its successor."""
    amina = sqlite_stage.member("Amina Yusuf")

    amina.does("vote:17", "yes")
    assert "older message, and nothing was changed" in str(amina.form)
    assert "copy what you typed" in sends(amina, "poll_form", "17")


def test_a_form_sent_twice_suggests_once(stage):
    """An impatient thumb on the form that suggests a colleague."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    amina.asks(QUESTION)
    stage.until("2026-06-02 12:30")
    dev = stage.member("Dev Patel-Jones")

    ben.presses("Suggest a colleague")
    ben.submits(view_id="V9", colleague=dev.id)
    again = ben.submits(view_id="V9", colleague=dev.id)
    stage.until("2026-06-02 13:00")

    assert len(dev.invitations) == 1
    assert FAILED not in again


@pytest.mark.parametrize("colleague", ["nobody", "", "x" * 300])
def test_a_colleague_nobody_knows_is_pointed_out(stage, colleague):
    """Beside the field, and the ask stays open."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    stage.member("Chloé Martin")
    amina.asks(QUESTION)
    stage.until("2026-06-02 12:30")

    ben.presses("Suggest a colleague")
    answer = ben.submits(colleague=colleague)

    assert answer
    assert FAILED not in answer
    assert "Not one for me" in str(ben.invitations[0].blocks)


# --- texts -------------------------------------------------------------------------


def test_what_people_type_pings_nobody_and_fakes_no_link(stage):
    """In question, context, answer, note, name and region; in whatever shows them."""
    amina = stage.member(f"Amina {HOSTILE}", region=HOSTILE)
    ben = stage.member("Ben Carter", interests=["fit"], region=HOSTILE)
    carys = stage.coordinator(f"Carys {HOSTILE}")

    post = amina.asks(HOSTILE, context=HOSTILE)
    stage.until("2026-06-02 12:30")
    ben.presses("Answer")
    ben.submits(answer=HOSTILE)
    carys.writes(as_typed(HOSTILE))
    ben.writes(as_typed(HOSTILE))
    ben.replies(post, f"We repeat it at six weeks. <!channel> {as_typed(HOSTILE)}")
    carys.shortcut("collate_thread", post)
    stage.passes(days=8)
    carys.does("open_digest", "1:0")
    carys.does("digest_ledger", "1:0")
    amina.presses("Correct topics")
    looks_round(amina, ben, carys)

    inert(stage)


def looks_round(*cast):
    """Each of them opens what shows them others' words."""
    for somebody in cast:
        assert somebody.home
        somebody.commands("/convenor", f"who {HOSTILE}")
        somebody.commands("/convenor", "me")


def test_what_is_typed_to_the_bot_is_posted_as_it_was_typed(stage):
    """A "<" that Slack sends as "&lt;" stands as "<" for its readers."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 12:30")

    ben.writes(as_typed("FIT < 10 & no symptoms"))
    ben.presses("Post as me")

    [reply] = stage.thread(post)
    assert "FIT &lt; 10 &amp; no symptoms" in reply.words


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("FIT is fine. " * 3077, id="forty-thousand-characters"),
        pytest.param("👍🏽 🎉 👩‍⚕️", id="only-emoji"),
        pytest.param("نعيد الاختبار بعد ستة أسابيع", id="right-to-left"),
        pytest.param("\u202eyad a kcehc\u202c", id="turned-round"),
        pytest.param("F\u200bI\u200bT\u2060 \ufeffat six weeks", id="zero-width"),
        pytest.param("At six\x00 weeks\x07.", id="control-characters"),
        pytest.param("Half a pair: \ud83d", id="half-a-surrogate-pair"),
    ],
)
def test_a_reply_of_any_kind_is_kept_counted_and_shown(stage, text):
    """In the thread, by the form and to the bot itself, on either database."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    chloe = stage.member("Chloé Martin", interests=["fit"])
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 12:30")

    ben.replies(post, text)
    chloe.presses("Answer")
    assert not chloe.submits(answer=text[:2900])
    chloe.writes(text)

    assert "2 replies from 2 people" in post.words
    with stage.store.read() as tx:
        assert all(reply.text for reply in tx.threads.replies(1))
        assert tx.backlog.events(parked=True, limit=9) == ()
        assert tx.backlog.messages(parked=True, limit=9) == ()


@pytest.mark.parametrize(
    "text", ["\u200b", " \u200b \n\u2060\ufeff", "\x00\x00"], ids=repr
)
def test_a_question_or_an_answer_of_nothing_visible_is_pointed_out(stage, text):
    """Zero-width characters are no words."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])

    amina.commands("/ask")
    assert "Please write something here" in amina.submits(question=text)
    amina.asks(QUESTION)
    stage.until("2026-06-02 12:30")
    ben.presses("Answer")
    assert "Please write something here" in ben.submits(answer=text)


# --- sizes -------------------------------------------------------------------------


def test_a_thread_without_replies_is_not_collated_and_it_is_said(stage):
    """Nothing is drafted; the coordinator is told why."""
    amina, carys = stage.member("Amina Yusuf"), stage.coordinator()
    post = amina.asks(QUESTION)

    carys.shortcut("collate_thread", post)
    stage.settle()

    told = "\n".join([carys.home, *(message.words for message in carys.dms)])
    assert "Nobody has replied" in told


@pytest.mark.again
def test_a_thousand_replies_are_counted_and_each_is_in_the_ledger(sqlite_stage):
    """The post says how many; the digest leaves none out."""
    stage = sqlite_stage
    amina, carys = stage.member("Amina Yusuf"), stage.coordinator()
    people = [stage.member(f"Peer{n} Jones") for n in range(20)]
    post = amina.asks(QUESTION)
    for number in range(1000):
        somebody = people[number % 20]
        said = Posted(
            channel=QUESTIONS,
            ts=stage.slack.ts(),
            user=somebody.slack,
            text=f"Practice number {number} repeats the FIT after {number} weeks.",
            thread_ts=post.ts,
        )
        stage.slack.messages.append(said)

    carys.shortcut("collate_thread", post)
    stage.settle()

    assert "1000 replies from 20 people" in post.words
    with stage.store.read() as tx:
        [digest] = tx.digests.unpublished()
        assert len(tx.digests.ledger(digest.id)) == 1000
        assert tx.digests.unassigned(digest) == 0


def test_a_member_without_a_name_can_take_part(stage):
    """Slack knows somebody by an id alone."""
    amina = stage.member("Amina Yusuf")
    nobody = stage.member("X", interests=["fit"])
    with stage.ctx.begin() as tx:
        tx.members.keep(replace(tx.members.get(nobody.id), name=""))
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 12:30")

    nobody.presses("Answer")
    assert not nobody.submits(answer="At six weeks.")
    amina.commands("/convenor", "who FIT")

    [reply] = stage.thread(post)
    assert "** " not in reply.words
    assert "A member" in reply.words


def test_very_long_names_and_regions_are_cut_never_refused(stage):
    """In posts, cards, lists to choose from and the Home."""
    region = "The Royal and Ancient Borough of " + "Longer" * 40
    amina = stage.member("Amina " + "Yusuf" * 60, region=region)
    ben = stage.member("Ben " + "Carter" * 60, interests=["fit"], region=region)
    stage.member("Chloé " + "Martin" * 60, region=region)
    stage.coordinator("Carys " + "Bowen" * 60)
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 12:30")

    ben.presses("Suggest a colleague")
    ben.presses("Answer")
    assert not ben.submits(answer="At six weeks.")
    ben.commands("/convenor", "me")

    assert len(stage.thread(post)) == 1
    assert ben.home


@pytest.fixture
def large_stage(sqlite_url):
    """A community with 120 regions and 120 topics, some with very long names."""
    more = [f"Region {n} {'far away ' * 20}" for n in range(120)]
    topics = [
        type(TOPICS[0])(id=f"t{n}", name=f"Topic {n} {'x' * 90}", words=())
        for n in range(116)
    ]
    opened = Stage(
        sqlite_url, regions=(*REGIONS, *more)[:120], topics=(*TOPICS, *topics)
    )
    yield opened
    opened.close()


def test_more_topics_and_regions_than_a_list_may_hold_lose_nothing(large_stage):
    """Forms open; what a member has beyond the hundredth stays when they save."""
    last = large_stage.community.regions[-1]
    amina = large_stage.member("Amina Yusuf", region=last, interests=["t115", "fit"])

    amina.asks(QUESTION, topics=["fit"])
    amina.presses("Correct topics")
    amina.commands("/convenor", "me")
    assert not amina.submits()

    with large_stage.store.read() as tx:
        after = tx.members.get(amina.id)
    assert after.region == last
    assert after.interests == {"t115", "fit"}
    assert after.role is Role.MEMBER
    assert json.dumps(amina.form)
