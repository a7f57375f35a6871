from collections.abc import Callable
from pathlib import Path

from tests.conftest import Result


def test_the_real_plan_totals_529_thousand_euros_in_2016(
    ppi: Callable[..., Result], deck: Path
) -> None:
    result = ppi("totals")
    assert result.code == 0
    assert "529" in result.out
