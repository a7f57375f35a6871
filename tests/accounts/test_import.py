"""Budgets and accounts of towns, read: every line goes somewhere, and a changed one is noticed."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from ppi_cli.accounts.checks import checked, copies_carried_over, from_year_to_year
from ppi_cli.accounts.document import BudgetDocument
from ppi_cli.accounts.reading import is_account, read_document
from ppi_cli.values.errors import PpiError
from tests.account_edits import edits
from tests.conftest import Result

Ppi = Callable[..., Result]

#: Documents of towns, where they are.
REAL = Path(__file__).parents[3] / "shared" / "totem"


def line(nature: str, paid: str, *, more: str = "", side: str = "D", opened: str = "100.00") -> str:
    return f"""
    <LigneBudget>
      <Nature V="{nature}"/>{more}
      <CodRD V="{side}"/>
      <MtRARPrec V="0"/>
      <MtPropNouv V="{opened}"/>
      <CredOuv V="{opened}"/>
      <MtReal V="{paid}"/>
      <OpBudg V="0"/>
    </LigneBudget>"""


def totem(*lines: str, kind: str = "09", draft: str = "false", siret: str = "1") -> bytes:
    """A document as TotEM has it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<DocumentBudgetaire xmlns="http://www.minefi.gouv.fr/cp/demat/docbudgetaire">
  <Budget>
    <EnTeteBudget><LibelleEtab V="VIGNEUX"/><IdEtab V="{siret}"/></EnTeteBudget>
    <BlocBudget>
      <NatDec V="{kind}"/><Exer V="2025"/><ProjetBudget V="{draft}"/><DteDec V="2026-03-19"/>
    </BlocBudget>{"".join(lines)}
    <Annexes><DATA_PERSONNEL><PERSONNEL><Nom V="Secret"/></PERSONNEL></DATA_PERSONNEL></Annexes>
  </Budget>
</DocumentBudgetaire>""".encode()


PLAN = """
plan: {title: Plan de Vigneux, years: 2025..2027, tax: incl}
themes: [{id: ecoles, title: Écoles}]
projects:
  - id: cantine
    theme: ecoles
    title: Cantine
    operations: ["93"]
    costs: {year: 2025, amount: 100 €, account: 2313}
"""
OPERATION = '<Operation V="93"/>'


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def test_an_account_becomes_the_execution_of_its_year(
    ppi: Ppi, plan: Path, kept: Callable[[str, str], None]
) -> None:
    """An operation goes to its project, debt and receipts nowhere, annexes are not read."""
    lines = (
        line("2313", "84.00", more=OPERATION),
        line("1641", "10.00"),
        line("1321", "5.00", side="R"),
    )
    (plan / "ca.xml").write_bytes(totem(*lines))
    result = ppi("import", "ca.xml", "--onto", "data", "--lang", "en", "-f", "json")
    assert result.code == 0
    (document,) = json.loads(result.out)["documents"]
    assert [(row["id"], row["paid"]) for row in document["rows"]] == [
        ("cantine", "84.00"),
        ("debt", "10.00"),
        ("receipt", "5.00"),
    ]
    kept("formats/import-account.json.txt", result.out)
    written = (plan / "data" / "execution-2025.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(written)["execution"] == [
        {
            "year": 2025,
            "closed": True,
            "source": "ca.xml",
            "siret": "1",
            "stated_totals": {"opened": "100.00 €", "paid": "84.00 €", "carried_over": "0.00 €"},
            "lines": [
                {
                    "project": "cantine",
                    "account": "2313",
                    "carried_in": "0.00 €",
                    "opened": "100.00 €",
                    "paid": "84.00 €",
                    "carried_over": "0.00 €",
                }
            ],
        }
    ]
    assert "Secret" not in written
    assert ppi("validate", "data").code == 0
    assert json.loads(ppi("execution", "data", "-f", "json").out)["years"][0]["total"]["paid"] == (
        "84.00"
    )


def test_an_account_is_told_in_the_order_of_the_plan(ppi: Ppi, plan: Path) -> None:
    """Projects stand as in the plan, though the account has the later one first; no sums of it."""
    park = """  - id: aire
    theme: ecoles
    title: Aire
    operations: ["12"]
    costs: {year: 2025, amount: 50 €, account: 2312}
"""
    (plan / "data" / "plan.yaml").write_text(PLAN + park, encoding="utf-8")
    lines = (
        line("2312", "30.00", more='<Operation V="12"/>'),
        line("2313", "84.00", more=OPERATION),
    )
    (plan / "ca.xml").write_bytes(totem(*lines))
    told = ppi("import", "ca.xml", "--onto", "data", "--lang", "en").out
    rows = [cells for row in told.splitlines() if len(cells := row.split("│")) == 7]
    titles = [row[1].strip() for row in rows]
    assert titles[1:] == [
        "Cantine",
        "Aire",
        "all that is spent",
    ]
    assert [row[4].split() for row in rows[1:]] == [["84", "€"], ["30", "€"], ["114", "€"]]
    assert "computed lines" not in told


def test_equipment_of_no_project_stops_the_writing_until_it_is_mapped(ppi: Ppi, plan: Path) -> None:
    (plan / "ca.xml").write_bytes(
        totem(line("2188", "12.00"), line("2315", "70.00", opened="900.00"))
    )
    first = ppi("import", "ca.xml", "--onto", "data", "--write-map", "map.yaml", "--lang", "en")
    assert first.code == 1
    assert not (plan / "data" / "execution-2025.yaml").exists()
    map_ = (plan / "map.yaml").read_text(encoding="utf-8")
    assert map_.index("2315") < map_.index("2188")
    map_ = map_.replace('"2315", project: }', '"2315", theme: ecoles}')
    map_ = map_.replace('"2188", project: }', '"2188", ignore: petit outillage}')
    (plan / "map.yaml").write_text(map_, encoding="utf-8")
    second = ppi("import", "ca.xml", "--onto", "data", "--map", "map.yaml", "--lang", "en")
    assert second.code == 0
    assert "ignored, petit outillage: 100\xa0€" in second.out
    again = ppi("import", "ca.xml", "--onto", "data", "--map", "map.yaml")
    assert again.code == 0  # what an import has written it writes anew


def test_the_first_fifteen_keys_of_no_project_are_told(ppi: Ppi, plan: Path) -> None:
    """Of 17 operations the two that weigh least are in the map to write alone."""
    lines = [
        line("2313", "1.00", opened=f"{n}00.00", more=f'<Operation V="{n}"/>')
        for n in range(20, 37)
    ]
    (plan / "ca.xml").write_bytes(totem(*lines))
    told = ppi("import", "ca.xml", "--onto", "data", "--write-map", "map.yaml", "--lang", "en")
    assert "is of no project, by 17 keys" in told.out
    named = re.findall(r"operation: ([0-9]+): ", told.out)
    assert named == [str(n) for n in range(36, 21, -1)]
    assert (plan / "map.yaml").read_text(encoding="utf-8").count("project: }") == 17


def test_several_documents_of_a_budget_say_what_was_voted_and_changed(ppi: Ppi, plan: Path) -> None:
    own = {"more": OPERATION}
    (plan / "ca.xml").write_bytes(totem(line("2313", "84.00", opened="110.00", **own)))
    (plan / "bp.xml").write_bytes(totem(line("2313", "0", opened="100.00", **own), kind="01"))
    (plan / "dm.xml").write_bytes(totem(line("2313", "0", opened="10.00", **own), kind="02"))
    both = ("--also", "bp.xml", "--also", "dm.xml")
    assert ppi("import", "ca.xml", *both, "--onto", "data").code == 0
    written = (plan / "data" / "execution-2025.yaml").read_text(encoding="utf-8")
    assert 'voted: "100.00 €"' in written
    assert 'changed: [{date: 2026-03-19, amount: "10.00 €", source: "dm.xml"}]' in written


def test_a_file_written_by_hand_is_left_alone(ppi: Ppi, plan: Path) -> None:
    (plan / "ca.xml").write_bytes(totem(line("2313", "84.00", more=OPERATION)))
    (plan / "data" / "execution-2025.yaml").write_text("execution: []\n", encoding="utf-8")
    assert ppi("import", "ca.xml", "--onto", "data").code == 2


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><DocumentBudgetaire/>', "DOCTYPE"),
        (totem(line("2313", "1"), kind="55"), "55"),
        (totem(line("2313", "1"), draft="true"), "draft"),
        (totem(line("2313", "1 k€")), "no amount"),
        (totem(line("2313", "1.005")), "no amount"),
        (totem(line("2313", "1"))[:-30], "well-formed"),
        (gzip.compress(totem(line("2313", "1")))[:-20], "cut off"),
    ],
)
def test_what_is_no_account_is_refused_in_a_sentence(
    ppi: Ppi, plan: Path, data: bytes, word: str
) -> None:
    (plan / "ca.xml").write_bytes(data)
    result = ppi("import", "ca.xml", "--onto", "data", "--lang", "en")
    assert result.code == 2
    assert word in result.err


def test_a_document_is_named_once_and_of_one_budget(ppi: Ppi, plan: Path) -> None:
    (plan / "a.xml").write_bytes(totem(line("2313", "1", more=OPERATION)))
    (plan / "b.xml").write_bytes(totem(line("2313", "1", more=OPERATION), siret="2"))
    (plan / "c.xml.gz").write_bytes(gzip.compress((plan / "a.xml").read_bytes()))
    assert "same document" in ppi("import", "a.xml", "--also", "c.xml.gz", "--lang", "en").err
    assert "SIRET" in ppi("import", "a.xml", "--also", "b.xml", "--lang", "en").err
    assert ppi("import", "a.xml", "--onto", "data").code == 0
    other = ppi("import", "b.xml", "--onto", "data", "--lang", "en")
    assert other.code == 1
    assert "SIRET" in other.out


def test_a_line_that_is_there_twice_is_found(ppi: Ppi, plan: Path) -> None:
    own = line("2313", "84.00", more=OPERATION)
    (plan / "ca.xml").write_bytes(totem(own, own))
    assert ppi("import", "ca.xml", "--onto", "data").code == 1


def test_a_line_that_changes_is_a_change_without_effect_on_what_was_voted(
    ppi: Ppi, plan: Path
) -> None:
    (plan / "ca.xml").write_bytes(totem(line("2313", "84.00", more=OPERATION)))
    assert ppi("import", "ca.xml", "--onto", "data").code == 0
    (plan / "old").mkdir()
    for file in (plan / "data").iterdir():
        text = file.read_text(encoding="utf-8").replace('"84.00 €"', '"80.00 €"')
        (plan / "old" / file.name).write_text(text, encoding="utf-8")
    told = ppi("diff", "old", "data", "--lang", "en").out
    assert re.search(r"execution.2025.lines.cantine.paid +80\s€ +84\s€", told)
    assert "2025: " not in told
    executed = ppi("diff", "data", "--executed", "--lang", "en").out
    assert re.search(r"cost 2025 +100\s€ +84\s€ +-16\s€", executed)


# --- real documents ---

real = pytest.mark.skipif(not REAL.is_dir(), reason="the documents of towns are not here")


def document(name: str) -> BudgetDocument:
    data = (REAL / name).read_bytes()
    assert is_account(data)
    return read_document(name, data)


@real
@pytest.mark.parametrize(
    ("name", "opened", "paid", "carried_over"),
    [
        ("crach-CA-2021.xml", "2127461.00", "774003.03", "385503.58"),
        ("crach-CA-2021.scdl.csv", "2127461.00", "774003.03", "385503.58"),
        ("mohon-CFU-2023.xml", "1419543.00", "202989.91", "241880.00"),
        ("mohon-CFU-2023.scdl.csv", "1419543.00", "202989.91", "241880.00"),
    ],
)
def test_the_sums_of_real_accounts_are_those_that_were_counted(
    name: str, opened: str, paid: str, carried_over: str
) -> None:
    own = document(name)
    sums = [str(own.sum(each)) for each in ("opened", "paid", "carried_over")]
    assert sums == [opened, paid, carried_over]
    assert not any(each.apart for each in checked(own))


@real
def test_what_an_account_carries_over_is_what_the_next_budget_carries_in() -> None:
    (found,) = from_year_to_year([document("crach-CA-2021.xml"), document("crach-BP-2022.xml")])
    assert (found.agreed, found.apart) == (13, ())
    assert document("crach-DM2-2021.xml").sum("proposed").cents == 0
    assert copies_carried_over(document("mohon-CFU-2023.xml"))


@real
def test_each_edit_of_a_real_account_that_computes_sums_is_noticed() -> None:
    """A line lost, doubled, its amount changed, or the mark of a computed one dropped."""
    text = (REAL / "mohon-CFU-2023.xml").read_text(encoding="latin-1")
    lines = re.findall(r"<LigneBudget.*?</LigneBudget>", text, re.DOTALL)
    equipment = [
        each for each in lines if re.search('<Nature V="2[0-3]', each) and '<CodRD V="D"' in each
    ]
    computed = next(each for each in lines if "calculated" in each)
    paid = [each for each in equipment if re.search('<MtReal V="[1-9]', each)]
    edits = [
        (paid[0], ""),
        (paid[0], paid[0] * 2),
        (paid[0], re.sub('<MtReal V="', '<MtReal V="1', paid[0])),
        (computed, computed.replace(' calculated="true"', "")),
    ]
    for before, after in edits:
        changed = text.replace(before, after, 1).encode("latin-1")
        assert any(each.apart for each in checked(read_document("cfu", changed))), after


@real
@pytest.mark.parametrize("file", sorted(REAL.glob("*.[xc]*")), ids=lambda file: file.name)
def test_no_edit_of_a_real_document_is_silent(file: Path) -> None:
    """``python -m tests.account_edits`` does more of them."""
    assert not [end for end in edits(file, 12, seed=7) if end.startswith("silent")]


@real
def test_what_is_no_document_stops_with_a_sentence() -> None:
    text = (REAL / "crach-CA-2021.xml").read_bytes()
    for cut in (100, 5_000, len(text) - 10):
        with pytest.raises(PpiError):
            read_document("ca", text[:cut])


def test_a_decision_that_moves_credits_is_put_onto_the_plan(ppi: Ppi, plan: Path) -> None:
    """What a program lists without an amount needs no project; what moves is named as it moves."""
    own = {"more": OPERATION}
    lines = (
        line("2313", "0", opened="10.00", **own),
        line("2184", "0", opened="-10.00", **own),
        line("2188", "0", opened="0"),
    )
    (plan / "dm.xml").write_bytes(totem(*lines, kind="02"))
    result = ppi("import", "dm.xml", "--onto", "data", "--lang", "en")
    assert result.code == 0, result.out
    written = (plan / "data" / "execution-2025.yaml").read_text(encoding="utf-8")
    (year,) = yaml.safe_load(written)["execution"]
    assert [(line["account"], line["changed"][0]["amount"]) for line in year["lines"]] == [
        ("2184", "-10.00 €"),
        ("2313", "10.00 €"),
    ]
    other = [each.replace('"93"', '"94"') for each in lines]
    (plan / "dm.xml").write_bytes(totem(*other, kind="02"))
    refused = ppi("import", "dm.xml", "--onto", "data", "--lang", "en")
    assert refused.code == 1
    assert "operation: 94: 10\xa0€ more, and as much less" in refused.out
    assert refused.out.count("operation: 94") == 1
