"""A test report in the layout of JUnit: each plan is a suite, each rule a test of it."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ppi_cli.reports.validation import Validation
from ppi_cli.rules import ALL
from ppi_cli.source.examine import Examined
from ppi_cli.values.characters import in_a_line, without_commands
from ppi_cli.values.findings import Diagnostic
from ppi_cli.values.message import counted
from ppi_cli.words.language import Language

#: Characters that no XML document can hold, however they are written.
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: Validation, language: Language) -> str:
    root = Element("testsuites", name="ppi validate")
    for examined in report.examined:
        _add_suite(root, report, examined, language)
    for count in ("tests", "failures", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    root.set("errors", "0")
    indent(root)
    text = _NOT_IN_XML.sub("\ufffd", tostring(root, encoding="unicode"))
    text = without_commands(text, lambda sign: f"&#{ord(sign)};")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _add_suite(root: Element, report: Validation, examined: Examined, language: Language) -> None:
    name = in_a_line(report.name_of(examined.name))
    suite = SubElement(root, "testsuite", name=name)
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in report.of_plan(examined):
        found[diagnostic.code].append(diagnostic)
    failures = skipped = 0
    for rule in (rule for rule in ALL if rule.code in report.only or rule.code in found):
        title = f"{rule.code} {rule.name}"
        case = SubElement(suite, "testcase", classname=name, name=title)
        own = found.get(rule.code, [])
        failing = [diagnostic for diagnostic in own if report.fails(diagnostic)]
        text = "\n".join(_line(diagnostic, language) for diagnostic in own)
        if failing:
            failures += 1
            message = language.say(counted("{n} finding", "{n} findings", len(failing)))
            SubElement(case, "failure", message=message, type=failing[0].severity).text = text
        elif examined.content.changed_severities.get(rule.code) == "off":
            skipped += 1
            SubElement(case, "skipped", message="off")
        elif own:
            SubElement(case, "system-out").text = text
    counts = {"tests": len(suite), "failures": failures, "errors": 0, "skipped": skipped}
    for key, count in counts.items():
        suite.set(key, str(count))


def _line(diagnostic: Diagnostic, language: Language) -> str:
    return f"{diagnostic.place}: {language.say(diagnostic.message)}"
