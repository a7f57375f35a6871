"""What accounts say against the plan and against itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from ppi_cli.plan.execution import LINE_AMOUNTS, AccountTotals, ExecutionYear
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project
from ppi_cli.plan.walk import fields_of
from ppi_cli.rules.rule import difference, rule
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.quarters import Outside, Year
from ppi_cli.versions.account_lines import closed_years, years_of_accounts
from ppi_cli.versions.accounts import accounts
from ppi_cli.versions.done import Done, Entry
from ppi_cli.versions.executed import as_executed
from ppi_cli.versions.kinds import groups_of, is_of_no_kind, parts_of_amount
from ppi_cli.versions.planned import costs_in


@rule("PPI140", "error", before_choices=True)
def accounts_say_each_thing_once(plan: Plan) -> Iterator[Finding]:
    """An account is of a year twice, of one that the plan does not cover, or a line is of nothing.

    What was paid would count twice, or nowhere: a year has one account, with a line or a short form
    for each thing, an operation is of one project, and what was paid in a year of which there is an
    account does not stand before the plan as well.
    """
    yield from _years_once(plan)
    yield from _operations_once(plan)
    yield from _short_forms(plan)
    yield from _before_too(plan)


def _years_once(plan: Plan) -> Iterator[Finding]:
    first: dict[int, int] = {}
    for i, each in enumerate(plan.execution):
        path: Path = ("execution", i, "year")
        if (earlier := first.setdefault(each.year, i)) != i:
            yield Finding(
                path,
                msg("there is an account of {year} already", year=Year(each.year)),
                help=msg("write all lines of a year in one account"),
                related=(Related(("execution", earlier, "year"), msg("the other one is here")),),
            )
        elif each.year not in plan.years:
            yield Finding(
                path,
                msg(
                    "the account is of {year}, and the plan covers {years}",
                    year=Year(each.year),
                    years=plan.years,
                ),
                help=msg("what was paid before the plan stands with each project, under “before”"),
            )


def _operations_once(plan: Plan) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for i, project in enumerate(plan.projects):
        for j, number in enumerate(project.operations):
            path: Path = ("projects", i, "operations", j)
            if (earlier := first.setdefault(number, path)) != path:
                yield Finding(
                    path,
                    msg("the operation {number} is of another project already", number=number),
                    help=msg("name it with one project"),
                    related=(Related(earlier, msg("it is named here first")),),
                )
    for i, each in enumerate(plan.execution):
        for k, line in enumerate(each.lines):
            if line.operation is not None and line.operation not in first:
                yield Finding(
                    ("execution", i, "lines", k, "operation"),
                    msg("no project has the operation {number}", number=line.operation),
                    help=msg(
                        "write it with a project: “operations: [{text}]”", text=line.operation
                    ),
                )


def _short_forms(plan: Plan) -> Iterator[Finding]:
    years = {each.year: i for i, each in reversed(list(enumerate(plan.execution)))}
    for section, kind in (("projects", "project"), ("themes", "theme")):
        for i, thing in enumerate(getattr(plan, section)):
            for year in thing.paid:
                path: Path = (section, i, "paid", str(year))
                if year not in years:
                    yield Finding(
                        path,
                        msg("nothing says whether {year} is closed", year=Year(year)),
                        help=msg(
                            "write: “execution: [{text}]”", text=f"{{year: {year}, closed: yes}}"
                        ),
                        at_key=True,
                        missing_id="execution",
                    )
                    continue
                place = years[year]
                for k, line in enumerate(plan.execution[place].lines):
                    if line.bearer == (kind, thing.id) or (
                        line.operation is not None
                        and line.operation in getattr(thing, "operations", ())
                    ):
                        yield Finding(
                            path,
                            msg("the account of {year} has a line of it too", year=Year(year)),
                            help=msg("keep one of them"),
                            related=(
                                Related(("execution", place, "lines", k), msg("the line is here")),
                            ),
                            at_key=True,
                        )
                        break


def _before_too(plan: Plan) -> Iterator[Finding]:
    of_year = {each.year: i for i, each in enumerate(plan.execution)}
    for i, project in enumerate(plan.projects if of_year else ()):
        for j, cost in enumerate(project.costs):
            for year in cost.before:
                if not isinstance(year, Outside) and year in of_year:
                    yield Finding(
                        ("projects", i, "costs", j, "before", str(year)),
                        msg("there is an account of {year} too", year=Year(year)),
                        help=msg("keep what was paid in one of them"),
                        related=(Related(("execution", of_year[year], "year"), msg("it is here")),),
                        at_key=True,
                    )


# --- against what was opened ---


@rule("PPI450", "warning", needs_whole_plan=True, before_choices=True)
def paid_stays_within_what_was_opened(plan: Plan) -> Iterator[Finding]:
    """More was paid, or paid and carried over, than was opened: of a project, a theme, a programme.

    Credits are the limit of what may be paid in a year (CGCT L2311-3). Single lines of an account
    pass theirs where credits are voted by chapter, so lines are not looked at.
    """
    for done in _all_done(plan):
        opened, paid = done.opened.amount, done.paid.amount
        if not done.has_line or opened is None or paid is None:
            continue
        over = paid + done.carried_over.or_nothing() - opened
        if over > ZERO:
            amount = paid if paid > opened else paid + done.carried_over.or_nothing()
            what = msg("{paid} was paid", paid=paid)
            if paid <= opened:
                what = msg("{paid} was paid or is carried over", paid=amount)
            yield Finding(
                _place(done.entries, "paid"),
                msg(
                    "{title}, {year}: {what}, and {opened} was opened: {difference}",
                    title=_title(plan, done),
                    year=Year(done.year),
                    what=what,
                    opened=opened,
                    difference=difference(amount - opened),
                ),
                help=_to_open_more(done),
                subject=_subject(plan, done),
            )
    for i, programme in enumerate(plan.programmes):
        for year in years_of_accounts(plan):
            credit = programme.payments.get(year)
            of = _of_projects(plan, programme.projects, year)
            paid = total(done.paid.amount for done in of)
            if credit is None or paid is None:
                continue
            known = [done.opened.amount for done in of]
            opened = max(credit.amount, total(known) or ZERO)
            if paid > opened and not any(_is_over(done) for done in of):
                yield Finding(
                    ("programmes", i, "payments", str(year)),
                    msg(
                        "{title}, {year}: {what}, and {opened} was opened: {difference}",
                        title=programme.title,
                        year=Year(year),
                        what=msg("{paid} was paid", paid=paid),
                        opened=opened,
                        difference=difference(paid - opened),
                    ),
                    help=msg("add the decision that opened more: changed, or correct the line"),
                    subject={"programme": programme.id, "year": year},
                )


def _to_open_more(done: Done) -> Message:
    """What to write of what was opened: nothing may be planned for the year at all."""
    if done.opened.amount != ZERO or not done.opened.assumed:
        return msg("add the decision that opened more: changed, or correct the line")
    return msg(
        "nothing is planned for {year}: write what was opened in {key}: {text}; or correct the"
        " year of what was paid",
        year=Year(done.year),
        key="costs" if done.bearer[0] == "project" else "envelope",
        text=f"{{{done.year}: …}}",
    )


def _is_over(done: Done) -> bool:
    opened = done.opened.amount
    return opened is not None and done.paid.or_nothing() > opened


# --- against itself ---


@rule("PPI451", "error", needs_whole_plan=True, before_choices=True)
def accounts_agree_with_themselves(plan: Plan) -> Iterator[Finding]:
    """What an account states cannot all be true.

    Of what is stated, what is committed holds what is paid, and what is carried over is committed
    and not paid; voted, changed and carried in are what is opened; what is carried in is what the
    year before carried over; and lines add up to the totals of the account, those of projects to
    that of their programme. What a programme's line says beyond them is spread over its projects
    without a line, and needs one with costs.
    """
    for done in _all_done(plan):
        if done.has_line:
            yield from _of_what_is_stated(plan, done)
    yield from _carried_from_year_to_year(plan)
    yield from _programmes(plan)
    for i, year in enumerate(plan.execution):
        if year.stated_totals is not None and years_of_accounts(plan).get(year.year) is year:
            yield from _totals(plan, i, year, year.stated_totals)


def _of_what_is_stated(plan: Plan, done: Done) -> Iterator[Finding]:
    for group in groups_of(done):
        stated = {name: group.stated(name).amount for name in LINE_AMOUNTS}
        committed = group.committed.amount
        paid, over = stated["paid"], stated["carried_over"]
        told: Iterable[tuple[str, Message]] = ()
        if committed is not None and paid is not None and committed < paid:
            told = [
                ("committed", msg("{a} is committed, less than the {b} paid", a=committed, b=paid))
            ]
        elif committed is not None and over is not None and over > committed - (paid or ZERO):
            told = [
                (
                    "carried_over",
                    msg(
                        "{a} is carried over, and {b} is committed and not paid",
                        a=over,
                        b=committed - (paid or ZERO),
                    ),
                )
            ]
        parts = (stated["voted"], group.decisions.amount, stated["carried_in"])
        opened = stated["opened"]
        if opened is not None and None not in parts and total(parts) != opened:
            told = [
                *told,
                (
                    "opened",
                    msg(
                        "voted, changed and carried in are {a} together, and {b} is opened",
                        a=total(parts),
                        b=opened,
                    ),
                ),
            ]
        for name, message in told:
            yield Finding(
                _place(group.entries, name),
                msg(
                    "{title}, {year}: {what}",
                    title=_title(plan, done),
                    year=Year(done.year),
                    what=message,
                ),
                help=msg("correct one of them, as the account has it"),
                subject=_subject(plan, done),
            )


def _carried_from_year_to_year(plan: Plan) -> Iterator[Finding]:
    for by_year in accounts(plan).done.values():
        for before, done in pairwise(by_year.values()):
            if before.year + 1 != done.year or not before.has_line or not before.is_closed:
                continue
            stated = total(group.stated("carried_in").amount for group in groups_of(done))
            over = before.carried_over.or_nothing()
            if stated is not None and stated != over:
                yield Finding(
                    _place(done.entries, "carried_in"),
                    msg(
                        "{title}, {year}: {a} is carried in, and {before} carried over {b}",
                        title=_title(plan, done),
                        year=Year(done.year),
                        a=stated,
                        before=Year(before.year),
                        b=over,
                    ),
                    help=msg("correct one of them, as the account has it"),
                    related=(
                        Related(
                            _place(before.entries, "carried_over"), msg("the year before is here")
                        ),
                    ),
                    subject=_subject(plan, done),
                )


def _programmes(plan: Plan) -> Iterator[Finding]:
    for each in accounts(plan).unspread:
        title = _title_of(plan, each.programme)
        message = msg(
            "{title}, {year}: {amount} is of none of its projects, and none without a line has"
            " costs that year",
            title=title,
            year=Year(each.year),
            amount=each.amount,
        )
        if each.amount < ZERO:
            message = msg(
                "{title}, {year}: its projects' lines are {amount} more than its own",
                title=title,
                year=Year(each.year),
                amount=-each.amount,
            )
        yield Finding(
            each.path,
            message,
            help=msg("write a line of the project that it is of, or correct the sum"),
            subject={"programme": each.programme, "year": each.year},
        )


def _totals(plan: Plan, i: int, year: ExecutionYear, totals: AccountTotals) -> Iterator[Finding]:
    done = [by[year.year] for by in accounts(plan).done.values() if year.year in by]
    for field in fields_of(AccountTotals):
        stated: Money | None = getattr(totals, field.name)
        if not field.holds_amount or stated is None:
            continue
        lines = [d for d in done if d.has_line]
        found = total(getattr(d, field.name).amount for d in lines) or ZERO
        if found != stated:
            yield Finding(
                ("execution", i, "stated_totals", field.name),
                msg(
                    "the lines of {year} are {found} together: {difference}",
                    year=Year(year.year),
                    found=found,
                    difference=difference(found - stated),
                ),
                help=_to_add_up(field.name, year.year, short=found < stated),
                subject={"year": year.year},
            )


def _to_add_up(name: str, year: int, *, short: bool) -> Message:
    """What to do where lines and their total differ: the rest may be of no project."""
    if name != "paid" or not short:
        return msg("a line is missing, or wrong: add up the lines of the account")
    return msg(
        "a line is missing, or wrong; what is of none of the projects stands beside a theme:"
        " {text}",
        text=f"paid: {{{year}: …}}",
    )


# --- from one year to the next ---


@rule("PPI452", "warning", needs_whole_plan=True, before_choices=True)
def what_is_carried_over_is_opened(plan: Plan) -> Iterator[Finding]:
    """Less is opened in a year than the year before carried over, and no decision says why.

    What is carried over is opened again without a vote: it is owed.
    """
    for by_year in accounts(plan).done.values():
        for before, done in pairwise(by_year.values()):
            if before.year + 1 != done.year or not before.is_closed or not done.has_line:
                continue
            opened, over = done.opened.amount, before.carried_over.or_nothing()
            decided = any(entry.line.changed for entry in done.entries)
            if opened is not None and opened < over and not decided:
                yield Finding(
                    _place(done.entries, "opened"),
                    msg(
                        "{title}: {opened} is opened in {year}, and {before} carried over {over}",
                        title=_title(plan, done),
                        opened=opened,
                        year=Year(done.year),
                        before=Year(before.year),
                        over=over,
                    ),
                    help=msg("add the decision that takes it back: changed"),
                    subject=_subject(plan, done),
                )


@rule("PPI453", "error", needs_whole_plan=True, mildest="warning", before_choices=True)
def years_are_closed_in_order(plan: Plan) -> Iterator[Finding]:
    """An account cannot be closed, or says nothing, or a running year carries over what it may not.

    A year is closed after its end; once it is, the years before it are. A running year carries over
    what it says is left of what it expects to pay.
    """
    open_before: int | None = None
    for year, account in years_of_accounts(plan).items():
        i = next(n for n, each in enumerate(plan.execution) if each is account)
        subject = {"year": year}
        if account.is_closed and account.at is not None:
            ends = plan.header.quarter_of(account.at)
            if ends.year <= year:
                yield Finding(
                    ("execution", i, "at"),
                    msg(
                        "the account stood so on {day}, when {year} was running: it is not closed",
                        day=account.at,
                        year=Year(year),
                    ),
                    help=msg("write the day on which it was closed, or leave “closed” out"),
                    subject=subject,
                )
        if account.is_closed:
            of_year = (by.get(year) for by in accounts(plan).done.values())
            if not any(done is not None and done.has_line for done in of_year):
                yield Finding(
                    ("execution", i, "closed"),
                    msg("{year} is closed, and no line says what was paid", year=Year(year)),
                    help=msg("write a line for each project, or its short form: paid"),
                    severity="warning",
                    subject=subject,
                )
            if open_before is not None:
                yield Finding(
                    ("execution", i, "closed"),
                    msg(
                        "{year} is closed, and {before} is still running",
                        year=Year(year),
                        before=Year(open_before),
                    ),
                    help=msg("close the year before, too"),
                    severity="warning",
                    subject=subject,
                )
            continue
        open_before = year
        for k, line in enumerate(account.lines):
            if line.carried_over is not None and line.expected is None:
                yield Finding(
                    ("execution", i, "lines", k, "carried_over"),
                    msg(
                        "{year} is running: what it will carry over hangs on what it pays",
                        year=Year(year),
                    ),
                    help=msg("add what will be paid: expected"),
                    subject=subject,
                )


@rule("PPI454", "info", needs_whole_plan=True, before_choices=True)
def what_is_not_done_is_said(plan: Plan) -> Iterator[Finding]:
    """Nothing was paid for two years of what is still planned, what was cancelled is not planned
    again, a grant has not come, or something was paid outside the quarters of its project.

    None of these is wrong: they are what a council asks about.
    """
    closed = closed_years(plan)
    if not closed:
        return
    yield from _not_received(plan)
    for project in plan.projects:
        by_year = accounts(plan).done.get(("project", project.id), {})
        own = [done for year, done in by_year.items() if done.is_closed and done.has_line]
        last = own[-1] if own else None
        if last is None or project.standing == "cancelled":
            continue
        later = _is_planned_after(plan, project, last.year)
        unpaid = [done for done in own[-2:] if done.paid.amount == ZERO]
        if len(unpaid) == 2 and last.year == max(closed) and later:
            yield _said(
                plan, last, "paid",
                msg(
                    "{title}: nothing was paid in {years}, and it is still planned",
                    title=project.title, years=[Year(done.year) for done in unpaid],
                ),
                msg("say whether it will be done: status, or other years"),
            )  # fmt: skip
        if last.cancelled.or_nothing() > ZERO and not later and not _is_done(last):
            yield _said(
                plan, last, "paid",
                msg(
                    "{title}: {amount} of {year} is cancelled, and nothing of it is planned later",
                    title=project.title, amount=last.cancelled.amount, year=Year(last.year),
                ),
                msg("plan it again, or say that it is done: “status: done”"),
            )  # fmt: skip
        if project.quarters is not None:
            for done in own:
                if done.paid.or_nothing() > ZERO and done.year not in project.quarters.years:
                    yield _said(
                        plan, done, "paid",
                        msg(
                            "{title}: {amount} was paid in {year}, outside its quarters",
                            title=project.title, amount=done.paid.amount, year=Year(done.year),
                        ),
                        msg("payments follow works; correct the quarters if they were others"),
                    )  # fmt: skip


def _not_received(plan: Plan) -> Iterator[Finding]:
    """What was granted for a closed year, and a line says that it has not come."""
    for each in as_executed(plan).funding:
        if each.why not in ("carried", "too late"):
            continue
        done = accounts(plan).of(("project", each.project), each.year)
        assert done is not None
        funder = getattr(plan.by_id.get(each.funder), "title", each.funder)
        message = msg(
            "{title}: {amount} of {funder}, granted for {year}, has not come",
            title=_title_of(plan, each.project), amount=each.amount, funder=funder,
            year=Year(each.year),
        )  # fmt: skip
        if each.follows_costs:
            message = msg("{told}; it follows the costs as executed", told=message)
        yield _said(
            plan, done, "received",
            message,
            msg("ask for it; once executed, it counts a year later, while it can come"),
        )  # fmt: skip


def _said(plan: Plan, done: Done, name: str, message: Message, help: Message) -> Finding:
    return Finding(_place(done.entries, name), message, help=help, subject=_subject(plan, done))


def _is_done(done: Done) -> bool:
    """Whether all that was opened but a tenth is paid: a small rest is what a contract saved."""
    opened = done.opened.amount
    return opened is not None and 10 * done.cancelled.or_nothing().cents <= opened.cents


def _is_planned_after(plan: Plan, project: Project, year: int) -> bool:
    return any(
        cost.amount is not None
        for later in plan.years.each()
        if later > year
        for cost in costs_in(plan, project, later)
    )


@rule("PPI456", "warning", before_choices=True)
def lines_say_what_was_paid(plan: Plan) -> Iterator[Finding]:
    """A line of a closed year does not say what was paid: it counts as nothing.

    What was not paid is written so: “paid: 0 €”. What is blank is not stated.
    """
    for done in _all_done(plan):
        if done.is_closed and done.has_line and done.paid.amount is None:
            yield Finding(
                done.entries[0].path,
                msg(
                    "{title}: nothing says what was paid in {year}: it counts as nothing",
                    title=_title(plan, done),
                    year=Year(done.year),
                ),
                help=msg("add what was paid: “paid: …”, or “paid: 0 €”"),
                subject=_subject(plan, done),
            )


@rule("PPI457", "warning", before_choices=True)
def what_was_paid_has_an_account(plan: Plan) -> Iterator[Finding]:
    """Nothing says whether what was paid is investment: the VAT fund gives nothing back for it.

    A line takes account and section from the costs of its project. Where that has none, the line
    says so itself.
    """
    if plan.fctva is None or plan.header.tax == "excl":
        return
    for done in _all_done(plan):
        project = plan.by_id.get(done.bearer[1])
        if not done.has_line or not done.is_closed or not isinstance(project, Project):
            continue
        for group in groups_of(done):
            paid = group.stated("paid").amount
            if paid is None or paid <= ZERO:
                continue
            parts = parts_of_amount(plan, accounts(plan), project, done.year, group.key, paid)
            in_none = [part for part in parts if is_of_no_kind(part)]
            lost = total(part.amount for part in in_none)
            if lost is not None:
                help = msg("add the account of the line: “account: 2313”")
                if plan.header.section is None and any(p.kind.account is None for p in in_none):
                    help = msg(
                        "{help}; or, for all costs, section: investment in “plan:”", help=help
                    )
                yield Finding(
                    _place(group.entries, "paid"),
                    msg(
                        "{title}, {year}: the VAT fund takes no account of {amount}, which is in"
                        " no section",
                        title=project.title,
                        year=Year(done.year),
                        amount=lost,
                    ),
                    help=help,
                    subject=_subject(plan, done),
                )


@rule("PPI458", "warning", needs_whole_plan=True, before_choices=True)
def what_has_come_early_is_written_in_its_year(plan: Plan) -> Iterator[Finding]:
    """More of a grant has come in a closed year than was due until then, and more is written later.

    Once executed, both count: what has come, by the account, and what is written of the later year.
    What follows the costs needs no word: there, what has come already is taken off. Nor does a
    later year that is closed, once its account says what came: what came before is off what is
    missing of it.
    """
    if not closed_years(plan):
        return
    for each in as_executed(plan).early:
        project = plan.by_id[each.project]
        assert isinstance(project, Project)
        yield Finding(
            each.path,
            msg(
                "{title}: {amount} of {funder} came in {year} before it was due, and counts beside"
                " the {later} of {next}",
                title=_title_of(plan, each.project),
                amount=each.amount,
                funder=_title_of(plan, each.funder),
                year=Year(each.year),
                later=each.later,
                next=Year(each.later_year),
            ),
            help=msg(
                "write what has come in its year, as in “{year}: {amount}”, and in {next} what is"
                " still to come",
                year=Year(each.year),
                amount=each.amount + _written_of(project, each.funder, each.year),
                next=Year(each.later_year),
            ),
            subject={"project": project.id, "theme": project.theme, "year": each.year},
        )


def _written_of(project: Project, funder: str, year: int) -> Money:
    """What is written of a funder and a year."""
    lines = (line for line in project.funding if line.from_ == funder)
    parts = (part for line in lines for _, part in line.by_period())
    return total(part.amount for part in parts if part.in_year == year) or ZERO


# --- what findings are of ---


def _all_done(plan: Plan) -> Iterator[Done]:
    for by_year in accounts(plan).done.values():
        yield from by_year.values()


def _of_projects(plan: Plan, ids: Iterable[str], year: int) -> list[Done]:
    found = (accounts(plan).of(("project", id), year) for id in dict.fromkeys(ids))
    return [done for done in found if done is not None and done.has_line]


def _place(entries: Iterable[Entry], name: str) -> Path:
    """Where an amount stands, in the first line that states it; else the first line."""
    found = list(entries)
    for entry in found:
        if entry.path[-2] == "paid":
            return entry.path
        if getattr(entry.line, name, None) is not None and not entry.is_spread:
            return (*entry.path, name)
    return found[0].path


def _title(plan: Plan, done: Done) -> str:
    return _title_of(plan, done.bearer[1])


def _title_of(plan: Plan, id: str) -> str:
    title: str = getattr(plan.by_id.get(id), "title", id)
    return title


def _subject(plan: Plan, done: Done) -> Mapping[str, object]:
    thing = plan.by_id.get(done.bearer[1])
    if isinstance(thing, Project):
        return {"project": thing.id, "theme": thing.theme, "year": done.year}
    return {"theme": done.bearer[1], "year": done.year}
