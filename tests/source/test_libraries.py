"""A library that only some files need: said with the extra that brings it."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from ppi_cli.source.libraries import EXTRAS, library
from ppi_cli.values.errors import PpiError

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXTRAS)
def test_the_extra_that_is_named_brings_the_library(name: str) -> None:
    brought = PROJECT["project"]["optional-dependencies"][EXTRAS[name]]
    distributions = {re.split(r"[ <>=;\[]", each)[0] for each in brought}
    assert name.lower().replace("_", "-") in distributions


def test_a_library_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PpiError) as refused:
        library("typst")
    assert refused.value.message.values == {"name": "typst"}
    assert refused.value.hint is not None
    assert refused.value.hint.values == {"extra": "pdf"}
