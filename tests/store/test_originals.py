"""What replies were taken from, and the members they may be from, on each database."""

from datetime import UTC, datetime

import pytest

from bot.domain.community import Role
from bot.domain.elsewhere import Original
from bot.domain.threads import Reply, ReplyId, Source, Via

NOW = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
LETTER = Original(kind="message/rfc822", content=b"From: x\r\n\r\n\xff", digest="d1")


@pytest.fixture
def kept(begin):
    """A reply by e-mail, its thread, and who wrote and added it."""
    with begin() as tx:
        author, by = (
            tx.members.add(name=name, role=Role.MEMBER, at=NOW)
            for name in ("Joan Thackray", "Carys_Bowen 100%")
        )
        thread = tx.threads.track("C1", "1.000001", at=NOW)
        reply = Reply(
            id=ReplyId(0),
            channel="C1",
            thread_ts="1.000001",
            ts=None,
            author=author,
            author_slack=None,
            text="Six weeks.",
            said_at=NOW,
            source=Source.ELSEWHERE,
            via=Via.EMAIL,
            handed_in_by=by,
        )
        added = tx.threads.add(reply, thread=thread, act="act")
        tx.originals.keep(added, LETTER, at=NOW)
    return added, thread, by


def test_an_original_is_kept_byte_for_byte_and_known_again(begin, kept):
    """In its thread: the same letter may answer another question."""
    reply, thread, by = kept
    with begin.read() as tx:
        assert tx.originals.of(reply) == LETTER
        assert tx.originals.taken(thread, "d1") == (reply, NOW)
        assert tx.originals.taken(thread + 1, "d1") is None
        assert tx.originals.handed_in("act") == reply
        found = tx.threads.reply(reply)
    assert (found.via, found.handed_in_by) == (Via.EMAIL, by)


@pytest.mark.parametrize("gone", ["withdraw", "hide"])
def test_where_the_words_go_the_original_goes(begin, kept, gone):
    """And the same letter may then be added anew."""
    reply, thread, _ = kept
    with begin() as tx:
        getattr(tx.threads, gone)(reply, at=NOW)
    with begin.read() as tx:
        assert tx.originals.of(reply) is None
        assert tx.originals.taken(thread, "d1") is None


def test_members_are_found_by_any_part_of_their_name(begin, kept):
    """What is typed is taken as it is: "%" and "_" are letters."""
    assert kept
    with begin.read() as tx:
        names = {
            typed: [one.name for one in tx.members.matching(typed, most=5)]
            for typed in ("thack", "", "%", "s_b", "nobody")
        }
        first = tx.members.matching("", most=1)
    assert names["thack"] == ["Joan Thackray"]
    assert names[""] == ["Carys_Bowen 100%", "Joan Thackray"]
    assert names["%"] == names["s_b"] == ["Carys_Bowen 100%"]
    assert names["nobody"] == []
    assert len(first) == 1
