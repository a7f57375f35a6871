"""What holds of every piece of a plan."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from copy import copy, deepcopy
from dataclasses import FrozenInstanceError

import pytest

from ppi_cli.plan.pieces import Amount, Link, changed, stating
from ppi_cli.values.money import parse_money

TEN = stating(Amount, amount=parse_money("10 k€"), source="slide 3")


def test_nothing_changes_what_a_piece_states() -> None:
    with pytest.raises(FrozenInstanceError):
        TEN.source = "slide 4"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del TEN.source
    assert TEN.source == "slide 3"


def test_pieces_of_one_kind_are_equal_where_all_that_they_state_is() -> None:
    same = stating(Amount, amount=parse_money("10 000 €"), source="slide 3")
    other: object = stating(Link, id="ten", source="slide 3")
    assert (same, hash(same)) == (TEN, hash(TEN))
    assert changed(TEN, source="slide 4") != TEN
    assert other != TEN


def test_a_piece_is_written_out_with_all_that_it_states() -> None:
    link = stating(Link, id="ten", source="slide 3")
    assert repr(link) == "Link(basis='stated', source='slide 3', reason=None, id='ten')"


@pytest.mark.parametrize("copied", [copy, deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
def test_a_copy_of_a_piece_states_the_same(copied: Callable[[Amount], Amount]) -> None:
    assert copied(TEN) == TEN
    assert copied(TEN).amount == parse_money("10 k€")
