"""What is perhaps written twice: equal lines, and titles that differ only by case or spaces."""

from __future__ import annotations

import pytest

from tests.plans import examined

HEAD = "plan: {title: P, years: 2026..2028}\nthemes: [{id: a, title: A}, {id: b, title: B}]\n"


def twice(text: str) -> int:
    return sum(each.code == "PPI132" for each in examined(HEAD + text).diagnostics)


@pytest.mark.parametrize(
    ("costs", "n"),
    [
        ("{year: 2026, amount: 40 k€}, {year: 2026, amount: 40 k€}", 1),
        ("{year: 2026, amount: 40 k€}, {year: 2026, amount: 40 000 €}", 1),
        ("{year: 2026, amount: 40 k€}, {year: 2027, amount: 40 k€}", 0),
        ("{year: 2026, amount: 40 k€, label: Nord}, {year: 2026, amount: 40 k€, label: Sud}", 0),
        ("{year: 2026, amount: 1 k€}, {year: 2026, amount: 1 k€}, {amount: 1 k€, year: 2026}", 2),
    ],
)
def test_equal_lines_of_one_project_are_told_however_they_are_written(costs: str, n: int) -> None:
    assert twice(f"projects:\n  - {{id: p, theme: a, title: P, costs: [{costs}]}}\n") == n


def test_equal_lines_of_what_others_pay_are_told_in_periods_too() -> None:
    line = "{from: f, 2026: 5 k€, before: 1 k€}"
    project = f"{{id: p, theme: a, title: P, funding: [{line}, {line}]}}"
    assert twice(f"funders: [{{id: f, title: F}}]\nprojects:\n  - {project}\n") == 1


@pytest.mark.parametrize(
    ("title", "theme", "n"),
    [("Écoles", "a", 1), ("ÉCOLES", "a", 1), ("É coles", "a", 1), ("Écoles", "b", 0),
     ("Écoles 2", "a", 0)],
)  # fmt: skip
def test_titles_are_compared_within_a_theme_without_case_and_spaces(
    title: str, theme: str, n: int
) -> None:
    projects = (
        f"- {{id: p, theme: a, title: Écoles}}\n  - {{id: q, theme: {theme}, title: {title}}}"
    )
    assert twice(f"projects:\n  {projects}\n") == n


@pytest.mark.parametrize(
    ("where", "subject"),
    [
        ("findings: [{id: g, title: G, theme: a, answers: [f, f]}]", {"theme": "a"}),
        ("risks: [{id: g, title: G, answers: [f, f]}]", {}),
        ("projects: [{id: g, title: G, theme: a, answers: [f, f]}]", {"project": "g"}),
    ],
)
def test_an_exception_can_name_what_names_a_thing_twice(
    where: str, subject: dict[str, str]
) -> None:
    text = f"""
    plan: {{title: P, years: 2016..2018}}
    themes: [{{id: a, title: A}}]
    commitments: [{{id: f, title: F}}]
    {where}
    """
    (found,) = [each for each in examined(text).diagnostics if each.code == "PPI119"]
    assert found.subject == subject
