"""What is kept with a plan, and let go of."""

from __future__ import annotations

import gc
import weakref

from ppi_cli.plan.model import forget
from ppi_cli.plan.walk import groups
from tests.plans import plan as plan_from


def test_what_was_worked_out_is_kept_until_it_is_forgotten() -> None:
    plan = plan_from("plan: {title: T, years: 2025..2026}")
    first = groups(plan)
    assert groups(plan) is first
    forget(plan)
    assert groups(plan) is not first
    assert [group.cls for group in groups(plan)] == [group.cls for group in first]


def test_a_plan_of_which_all_is_forgotten_goes_without_a_search_for_circles() -> None:
    plan = plan_from("plan: {title: T, years: 2025..2026}")
    groups(plan)
    gone = weakref.ref(plan)
    forget(plan)
    gc.disable()
    try:
        del plan
        assert gone() is None
    finally:
        gc.enable()
