"""What the commands share: where they print, and how a mistake is told in one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from gxnlp.errors import GxError

SOME_FAILED = 1
WRONG_USAGE = 2

_PLAIN_WIDTH = 160
"""Columns where the output is no terminal: enough that the lines of a table do not break."""


def stdout() -> Console:
    """The console for results."""
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return Console(width=None if is_terminal else _PLAIN_WIDTH, markup=False, highlight=False)


def stderr() -> Console:
    """The console for messages and progress."""
    return Console(stderr=True, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def unheard_is_fine() -> Iterator[None]:
    """Print what need not arrive: the files are there, so a closed pipe or a full disk is no failure."""
    try:
        yield
    except (OSError, SystemExit):  # rich leaves by the latter where a pipe is closed
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())  # what is still in the buffer goes there
        os.close(nowhere)


@contextmanager
def mistakes_exit(code: int) -> Iterator[None]:
    """Tell in one line what gxnlp raises on purpose, or the system says of a file, and exit with a code."""
    try:
        yield
    except GxError as error:
        stderr().print(f"gxnlp: {error}", style="red")
        raise typer.Exit(code) from error
    except OSError as error:
        if error.filename is None:  # of no file: a closed pipe
            raise
        stderr().print(f"gxnlp: cannot use {error.filename}: {error.strerror}", style="red")
        raise typer.Exit(code) from error
