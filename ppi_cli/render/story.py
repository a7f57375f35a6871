"""One project's story in a terminal: a sheet of facts, then why it exists, as a tree."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table as RichTable
from rich.text import Text
from rich.tree import Tree

from ppi_cli.reports.cells import scale_of_texts
from ppi_cli.reports.story import Reason, Story, reason_details, reason_title
from ppi_cli.values.message import msg
from ppi_cli.words.language import Language


class StoryView:
    """The sheet and the tree, which fit any width."""

    def __init__(self, story: Story, language: Language, elastic: bool) -> None:
        self._story = story
        self._language = language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        language, story = self._language, self._story
        title = f"{language.show(story.project.title)} ({story.project.id})"
        yield Text(title, style="bold")
        sheet = RichTable.grid(padding=(0, 2, 0, 1))
        amounts = language.in_unit(scale_of_texts(story.table(), language))
        for name, value in story.facts():
            sheet.add_row(Text(language.say(name), style="dim"), Text(amounts.show(value)))
        yield sheet
        if story.reasons:
            tree = Tree(Text(language.say(msg("Why it exists")), style="bold"), guide_style="dim")
            for reason in story.reasons:
                self._grow(tree, reason)
            guides = options.copy()
            guides.encoding = "ascii" if language.ascii_only else "utf-8"
            yield from console.render(tree, guides)
        for note in story.notes():
            yield Text(language.say(note), style="dim")

    def _grow(self, tree: Tree, reason: Reason) -> None:
        language = self._language
        label = Text(language.say(reason_title(reason)))
        for detail in reason_details(reason):
            label.append("\n" + language.say(detail), style="dim")
        branch = tree.add(label)
        for each in reason.reasons:
            self._grow(branch, each)
