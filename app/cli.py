"""The `rusoff` command. Exit 0 when done, 2 with one line per fault when the user can mend it; 1 for a file that `verify` does not find unchanged."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from app.backup import commands
from app.backup.errors import BackupError
from app.commands import build, first_page, verify
from app.config import Config, ConfigError
from app.pack.engine import LENGTHS
from app.pack.load import PackError
from app.pack.text import LANGUAGES
from app.server import serve
from app.ui_texts import WordsError
from app.values.colour import read_colour

Command = Callable[[argparse.Namespace], int]


def main(given: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console may otherwise fail on a Norwegian letter
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        asked = parser().parse_args(given)
        command: Command = asked.command
        return command(asked)
    except (build.CommandError, BackupError, PackError, WordsError, ConfigError) as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """Every command and its options."""
    top = argparse.ArgumentParser(prog="rusoff", description="Six steps to a rusmiddelpolicy.")
    add = top.add_subparsers(title="commands", required=True, metavar="COMMAND").add_parser
    _add_run(add("run", help="serve the wizard (HOST and PORT from the environment)"))
    _plain(add("worker", help="send the letters of the outbox; `run` does so by itself"), _worker)
    _plain(add("letters", help="show the letters of the last hour, where there is no mail server"), _letters)
    _plain(add("migrate", help="bring the database up to date"), _migrate)
    _plain(add("purge", help="delete drafts that nobody has used for 30 days; `run` does so every hour"), _purge)
    _plain(add("check-content", help="read all content and name every fault"), _check_content)
    _plain(add("benchmark", help="compare speed with peers in the same run"), _benchmark)
    _add_build(add("build", help="write the documents for a file of answers"))
    _add_questions(add("questions", help="write all questions as one document to print"))
    _add_first_page(add("first-page", help="draw the page of a policy that the start page shows, for whoever changes what stands on it"))
    _add_show(add("show", help="show what each answer of a question brings about, for whoever writes content"))
    _add_backup(add("backup", help="write everything that is stored to one file, also while the server runs"))
    _add_restore(add("restore", help="put a backup in the place of what is stored"))
    _add_verify(add("verify", help="say which version a file is, whether its words are unchanged, and whether it is in force"))
    return top


def _plain(command: argparse.ArgumentParser, does: Command) -> None:
    command.set_defaults(command=does)


def _add_run(command: argparse.ArgumentParser) -> None:
    command.add_argument("--show-letters", action="store_true", help="show letters at /nb/outbox and here, to try it out (RUSOFF_SHOW_LETTERS)")
    command.set_defaults(command=_run)


def _add_build(command: argparse.ArgumentParser) -> None:
    command.add_argument("answers", type=Path, metavar="ANSWERS.json", help="answers, as downloaded from the wizard")
    said = "language of the documents (nb); in one of employee_languages in pack.yaml, the questionnaire alone is written"
    command.add_argument("--language", type=_document_language, default="nb", metavar=f"{{{','.join(LANGUAGES)},…}}", help=said)
    command.add_argument("--length", choices=LENGTHS, help="length of the policy (what the answers say)")
    command.add_argument("--colour", type=_colour, metavar="#RRGGBB", help="colour of headings and rules (what the file says)")
    command.add_argument("--template", type=Path, metavar="FILE", help="Word template to draw Word files with (ours)")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the documents")
    command.set_defaults(command=_build)


def _colour(given: str) -> str:
    """The digits of a colour. Raises ArgumentTypeError for what is none."""
    colour = read_colour(given)
    if colour is None:
        raise argparse.ArgumentTypeError(f"{given} is no colour; write it as #00594f")
    return colour


def _document_language(given: str) -> str:
    """A language in which something is built. Raises ArgumentTypeError for any other."""
    if given not in LANGUAGES and given not in build.further_languages():
        known = ", ".join((*LANGUAGES, *build.further_languages()))
        raise argparse.ArgumentTypeError(f"nothing is made in {given}; choose from {known}")
    return given


def _add_verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="a Word, PDF or HTML file that was downloaded from here")
    command.set_defaults(command=_verify)


def _add_questions(command: argparse.ArgumentParser) -> None:
    command.add_argument("--language", choices=LANGUAGES, default="nb", help="language of the document (nb)")
    command.add_argument("--out", type=Path, required=True, metavar="FILE.docx", help="the file to write")
    command.set_defaults(command=_questions)


def _add_first_page(command: argparse.ArgumentParser) -> None:
    command.add_argument("--check", action="store_true", help="only say which pictures show other words than a policy has now; exit 1 if any")
    command.set_defaults(command=_first_page)


def _add_show(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="a question; or a clause or a check, to see which questions it names")
    command.add_argument("--language", choices=LANGUAGES, help="the one language to show (all)")
    command.add_argument("--answers", type=Path, metavar="ANSWERS.json", help="the other answers (blank, and defaults count)")
    command.set_defaults(command=_show)


def _add_backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="the file to write, such as rusoff.zip")
    command.add_argument("--without-key", action="store_true", help="leave the secret key out, for it is kept elsewhere")
    command.set_defaults(command=_backup)


def _add_restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="a file that `rusoff backup` has written")
    command.set_defaults(command=_restore)


def _backup(asked: argparse.Namespace) -> int:
    print(commands.backup(Config.from_environment(), asked.file, with_key=not asked.without_key))
    return 0


def _restore(asked: argparse.Namespace) -> int:
    print(commands.restore(Config.from_environment(), asked.file))
    return 0


def _run(asked: argparse.Namespace) -> int:
    config = Config.from_environment()
    serve.serve(replace(config, show_letters=True) if asked.show_letters else config)
    return 0


def _worker(_asked: argparse.Namespace) -> int:
    serve.work(Config.from_environment())
    return 0


def _letters(_asked: argparse.Namespace) -> int:
    with serve.opened() as app:
        print("\n".join(serve.letters(app)) or "No letters within the last hour.")
    return 0


def _migrate(_asked: argparse.Namespace) -> int:
    with serve.opened() as app:
        serve.migrate(app)
    print("The database is up to date.")
    return 0


def _purge(_asked: argparse.Namespace) -> int:
    with serve.opened() as app:
        print(f"Drafts deleted: {serve.tidy(app)}")
    return 0


def _build(asked: argparse.Namespace) -> int:
    look = build.look_asked_for(asked.colour, asked.template)
    return _say_written(build.build(asked.answers, asked.language, asked.out, asked.length, look))


def _questions(asked: argparse.Namespace) -> int:
    return _say_written(build.questions(asked.language, asked.out))


def _first_page(asked: argparse.Namespace) -> int:
    if not asked.check:
        return _say_written(first_page.write())
    stale = first_page.stale()
    print(f"Stale: {', '.join(stale)}. Draw them anew: rusoff first-page" if stale else "The pictures show what a policy says now.")
    return 1 if stale else 0


def _show(asked: argparse.Namespace) -> int:
    print(build.show(asked.id, asked.language, asked.answers), end="")
    return 0


def _verify(asked: argparse.Namespace) -> int:
    with serve.opened() as app:
        lines, is_same = verify.verify(app, asked.file)
    print("\n".join(lines))
    return 0 if is_same else 1


def _say_written(paths: list[Path]) -> int:
    for path in paths:
        print(path)
    return 0


def _check_content(_asked: argparse.Namespace) -> int:
    print(build.check_content())
    return 0


def _benchmark(_asked: argparse.Namespace) -> int:
    return build.benchmark()


if __name__ == "__main__":
    sys.exit(main())
