"""What the reading of files holds a plan to."""

from __future__ import annotations

from ppi_cli.rules.rule import Rule

PICTURES = Rule(
    "PPI134",
    "warning",
    "pictures-can-be-shown",
    """The picture of a project is missing, lies elsewhere, is too large, or is no picture.

    Documents show it, and nothing else reads it. It is a png or a jpeg by its first bytes, of 5 MB
    at most, below the folder of the plan: a plan that one is sent must not show what lies outside,
    wherever links lead.
    """,
)

READING: tuple[Rule, ...] = (
    Rule(
        "PPI001",
        "error",
        "files-can-be-read",
        """A file of the plan's folder cannot be read.

        A plan is the union of the YAML files of its folder: the total without one of them would
        be the total of half a plan.
        """,
    ),
    Rule(
        "PPI002",
        "error",
        "files-are-text",
        """A file is not text in UTF-8.

        Windows and Latin-1 write accents in another way, and read as UTF-8 they would become
        other letters. UTF-16 that says so in its first bytes is read too.
        """,
    ),
    Rule(
        "PPI003",
        "error",
        "characters-are-visible",
        """An invisible character, a tab or a no-break space changes what is read.

        It cannot be seen, and makes another word, another id or another indentation. It mostly
        comes with text that is pasted from a web page or a word processor.
        """,
    ),
    Rule(
        "PPI004",
        "error",
        "files-have-a-limit",
        """A file is larger than 16 MB, or holds more than three million values.

        A plan of ten thousand projects takes 2 MB. The limit keeps a file that is no plan from
        taking all the memory there is.
        """,
    ),
    Rule(
        "PPI005",
        "error",
        "nesting-has-a-limit",
        """Lists and mappings are nested more than 24 deep.

        A plan needs six levels. What is nested deeper is a mistake, or an attack.
        """,
    ),
    Rule(
        "PPI006",
        "error",
        "yaml-is-well-formed",
        """YAML cannot be read here.

        Nothing is known of the file from this place on, so this may hide other errors. Most
        often a text needs quotes, since it holds a colon followed by a space or begins with a
        sign, or a line is not aligned with its neighbours.
        """,
    ),
    Rule(
        "PPI007",
        "error",
        "yaml-is-plain",
        """A part of YAML is used that a plan has no use for: an anchor, an alias, a tag, a
        directive, a second document.

        Everything is written where it counts, so that each figure has one place to point at.
        """,
    ),
    Rule(
        "PPI008",
        "error",
        "keys-are-written-once",
        """A key is written twice in the same place.

        Most readers of YAML keep the last one and lose the first in silence, and money with it.
        """,
    ),
    Rule(
        "PPI009",
        "error",
        "something-is-written",
        """There is nothing to read: the file is empty, or the folder holds no YAML file.

        A plan is a file, or the files of a folder that end in .yaml or .yml. Hidden files and
        the folders below are not read.
        """,
    ),
    Rule(
        "PPI010",
        "error",
        "files-belong-to-a-plan",
        """A file belongs to no plan, since no “plan:” section goes with it.

        A folder is one plan where exactly one of its files has that section: the others add to
        it. Where several have one, each is a plan of its own, and a file without one could
        belong to any of them.
        """,
    ),
    Rule(
        "PPI011",
        "error",
        "sections-stand-in-one-file",
        """A section that is no list stands in two files.

        A list, such as projects, may be spread over files. Of two values of the same thing,
        nobody can say which one counts.
        """,
    ),
    Rule(
        "PPI012",
        "error",
        "texts-are-whole",
        """YAML has cut a text short, or made one text of two lines.

        A # after a space begins a comment, and what follows is gone: Lot #2 becomes Lot. A dash
        that is not aligned with the one above it becomes a part of the text.
        """,
    ),
    Rule(
        "PPI101",
        "error",
        "keys-are-known",
        """A key is none of those that the format has in this place.

        What nothing reads would be missing from the figures, so it is refused, not ignored.
        Keys are in English, whatever the language of the plan.
        """,
    ),
    Rule(
        "PPI102",
        "error",
        "nothing-needed-is-missing",
        """A key or a value is missing that is needed here.

        A blank value means “not stated”, which only amounts and what may be left out can be.
        """,
    ),
    Rule(
        "PPI103",
        "error",
        "values-have-their-shape",
        """A list, keys and values, or a single value stands where another of them is expected.

        Items of a list begin with a dash; keys and values are indented below their own key.
        """,
    ),
    Rule(
        "PPI104",
        "error",
        "values-can-be-read",
        """A value is not what its key takes: a year, a date, a number, an id, one of some words.

        Each key reads its own notation, strictly: what is guessed may be guessed wrong.
        """,
    ),
    Rule(
        "PPI105",
        "error",
        "amounts-can-be-read",
        """An amount cannot be read, or can be read in two ways.

        1,234 is a thousand to one reader and one and a bit to another, and a wrong guess is a
        wrong total. Amounts are read to the cent: 175 k€, 175000, 1 234,56 €, 1,5 M€, -12 k€.
        """,
    ),
    Rule(
        "PPI106",
        "error",
        "quarters-can-be-read",
        """A quarter, or a span of quarters, cannot be read.

        Quarters are written 2016-T1, 2016-Q1 or T1 2016; spans 2016-T1..2016-T3, 2016-T1..T3,
        2016 for the whole year, 2016..2017, or a list of spans where work pauses.
        """,
    ),
    Rule(
        "PPI107",
        "error",
        "values-are-not-torn",
        """A comma or a colon has torn one value into several.

        Inside braces and brackets a comma ends a value, and a colon followed by a space makes a
        key: 1 234,56 € becomes 1 234 and a key 56 €. Quotes keep a value whole.
        """,
    ),
    Rule(
        "PPI108",
        "error",
        "not-stated-is-left-blank",
        """A word or a sign stands for “not stated”, where nothing should stand.

        A blank value is not stated: it is shown as —, and adds nothing. Words such as null or
        n/a mean other things to other readers, a number to some.
        """,
    ),
    Rule(
        "PPI116",
        "error",
        "costs-say-when-and-how-much-once",
        """A cost does not say when it is paid and how much, or says it in two ways.

        Without a time it is in no year's total; with two, nobody can say in which. “amount” is
        what is paid in a “year” or a “quarter”. Over several “years” it would be paid in each to
        one reader, and in all to another: there, “each_year” or “in_all” says which. Over several
        “quarters” it is “in_all”.

        A line says both by its periods, each a key of its own: “2016: 40 k€”. It has no other time
        or amount beside them, and names no period twice. A span of years is no period.
        """,
    ),
    Rule(
        "PPI141",
        "error",
        "lines-of-execution-are-of-one-thing",
        """A line of execution is of several things, or says in two ways what was committed.

        What it says would count twice: a line is of one project, theme, programme or operation.
        What was committed holds what is paid; what was encumbered does not.
        """,
    ),
    Rule(
        "PPI202",
        "error",
        "time-runs-forward",
        """Years or quarters run backwards, overlap, or are more than 50 years.

        A span goes from the earlier to the later quarter. The spans of work that pauses are in
        order, and have no quarter in common, which would count twice. Nor can funding come after
        its own “until”.
        """,
    ),
    PICTURES,
)
