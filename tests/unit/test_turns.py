"""Searches of many threads take turns, and none waits for long."""

from __future__ import annotations

import threading
import time

from searchkit.search import turns
from searchkit.search.turns import Turn


def test_one_search_runs_at_a_time():
    running, most = 0, 0

    def search():
        nonlocal running, most
        for _ in range(20):
            with Turn():
                running += 1
                most = max(most, running)
                time.sleep(0.0002)
                running -= 1

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_long_search_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(turns, "_LONGEST_WAIT_S", 0.01)
    with Turn() as first:
        with Turn() as second:
            assert (first.is_alone, second.is_alone) == (True, False)
        # Who went on beside it did not end the turn of the first.
        with Turn() as third:
            assert not third.is_alone
    with Turn() as after:
        assert after.is_alone


def test_an_error_ends_the_turn():
    try:
        with Turn():
            raise ValueError
    except ValueError:
        pass
    with Turn() as turn:
        assert turn.is_alone
