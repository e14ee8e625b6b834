"""Processes that read: each can be lost, to a crash or to a limit, at the cost of one file.

A worker sends the rows of every file back as it has them, so the file that it was at is known
when it dies or takes too long: that file fails, a new process takes the rest.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from gxnlp.batch.rendering import Manner, Rendered, render_failure, render_item
from gxnlp.errors import InputError
from gxnlp.inputs import Input

CHUNK = 32
"""Files a worker is handed at once: chunks of 1 lose a third of the gain of two workers."""
_AHEAD = 3
"""Chunks for each worker that may be read before the first one is written; what is in memory hangs on it."""
_LIMITED = sys.platform == "linux"
_PR_SET_PDEATHSIG = 1
_MASKS = hasattr(signal, "pthread_sigmask")  # not on Windows


def check_limits(manner: Manner) -> None:
    """Refuse a limit that this system cannot keep.

    Raises:
        InputError: Memory is to be limited where the system does not limit it.
    """
    if manner.max_memory is not None and not _LIMITED:
        raise InputError(f"--max-memory works on Linux alone, this is {sys.platform}; leave it out")


def render_all(files: Sequence[Input], manner: Manner, workers: int) -> Iterator[Rendered]:
    """Render every file in order, a bounded number of them ahead of what is taken.

    Args:
        files: What to read.
        manner: How.
        workers: Number of processes.
    """
    if not files:
        return
    pool = _Pool(files, manner, min(workers, len(files)))
    try:
        yield from pool.results()
    finally:
        pool.stop()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait while a process is started: Python loses one that comes within a fork."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if _MASKS else None
    try:
        yield
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker:
    """A process with its end of a pipe, and the files that it has still to send.

    Attributes:
        places: Their places among all files, in order; it is at the first.
        since: When it began that one, or was handed it.
    """

    def __init__(self, manner: Manner, others: Sequence[Connection]) -> None:
        # Forking spares each worker the start; elsewhere the system's own way is the safe one.
        context: Any = multiprocessing.get_context("fork" if _LIMITED else None)
        self.connection, theirs = context.Pipe()
        self.places: deque[int] = deque()
        self.since = 0.0
        inherited = (*others, self.connection) if context.get_start_method() == "fork" else ()
        self.process: BaseProcess = context.Process(
            target=_work, args=(theirs, inherited, manner, os.getpid()), daemon=True
        )
        with _interrupts_held():
            self.process.start()
        theirs.close()

    def hand(self, places: Sequence[int], files: Sequence[Input]) -> None:
        """Give it files to read."""
        self.places.extend(places)
        self.since = time.monotonic()
        try:
            self.connection.send([files[place] for place in places])
        except OSError:
            return  # it is gone: its end of the pipe will tell

    def end(self) -> int | None:
        """End it at once; the exit code, negative for a signal."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        return self.process.exitcode


class _Pool:
    def __init__(self, files: Sequence[Input], manner: Manner, workers: int) -> None:
        self.files, self.manner, self.number = files, manner, workers
        self.size = max(1, min(CHUNK, len(files) // (workers * 4)))
        self.window = workers * _AHEAD * self.size
        self.handed = self.taken = 0
        self.workers: list[_Worker] = []
        self.ready: dict[int, Rendered] = {}
        self.doubted: set[int] = set()

    def results(self) -> Iterator[Rendered]:
        """All files in order."""
        while self.taken < len(self.files):
            self._hand_out()
            self._receive()
            while self.taken in self.ready:
                rendered = self.ready.pop(self.taken)
                self.taken += 1
                yield rendered

    def stop(self) -> None:
        """End all processes."""
        for worker in self.workers:
            worker.end()
        self.workers = []

    def _hand_out(self) -> None:
        while self.handed < min(len(self.files), self.taken + self.window):
            idle = next((worker for worker in self.workers if not worker.places), None)
            if idle is None:
                if len(self.workers) == self.number:
                    return
                idle = self._start()
            last = min(self.handed + self.size, len(self.files))
            idle.hand(range(self.handed, last), self.files)
            self.handed = last

    def _start(self) -> _Worker:
        worker = _Worker(self.manner, [other.connection for other in self.workers])
        self.workers.append(worker)
        return worker

    def _receive(self) -> None:
        """Wait until a worker has sent something, is gone or is over its time."""
        busy = {worker.connection: worker for worker in self.workers if worker.places}
        timeout = self.manner.timeout
        left = None
        if timeout is not None:
            left = max(0.0, min(worker.since for worker in busy.values()) + timeout - time.monotonic())
        for connection in wait(list(busy), left):
            worker = busy[connection]
            try:
                rendered = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            self.ready[worker.places.popleft()] = rendered
            worker.since = time.monotonic()
        if timeout is not None:
            for worker in list(busy.values()):
                if worker.places and worker in self.workers and time.monotonic() - worker.since >= timeout:
                    self._fail(worker, f"not read within --timeout {timeout:g} seconds")

    def _bury(self, worker: _Worker) -> None:
        """A worker died. What it was at is read once more by a new one, lest it was hit by chance."""
        worker.process.join(1)  # its own exit code, before it is ended
        place = worker.places[0]
        if place in self.doubted:
            self._fail(worker, "")
            return
        self.doubted.add(place)
        self._replace(worker)

    def _fail(self, worker: _Worker, message: str) -> None:
        """Give up the file that a worker was at."""
        place = worker.places.popleft()
        code = self._replace(worker)
        self.ready[place] = render_failure(self.files[place], message or _cause(code, self.manner))

    def _replace(self, worker: _Worker) -> int | None:
        self.workers.remove(worker)
        code = worker.end()
        if worker.places:
            self._start().hand(list(worker.places), self.files)
        return code


def _cause(code: int | None, manner: Manner) -> str:
    if code is not None and code < 0:
        how = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    else:
        how = f"exit code {code}"
    limit = f" or --max-memory {manner.max_memory} MB" if manner.max_memory is not None else ""
    return f"the process that read this file died twice ({how}): a fault in a library, out of memory{limit}"


# ---- in the process ---------------------------------------------------------------------------


def _work(connection: Connection, inherited: Sequence[Connection], manner: Manner, parent: int) -> None:
    """Read what comes through the pipe until it is closed."""
    for other in inherited:  # else a pipe would not end with the process at its other end
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # on Ctrl-C the parent says what there is to say
    if _MASKS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _end_with(parent)
    manner.model()
    gc.freeze()  # what is there now stays, so the collector need not look at it
    if manner.max_memory is not None:
        _limit_memory(manner.max_memory)
    while True:
        try:
            items: list[Input] = connection.recv()
            for item in items:
                connection.send(render_item(item, manner))
        except (EOFError, OSError):
            return


def _end_with(parent: int) -> None:
    """Have the system end this process with its parent, were that one killed (Linux alone)."""
    if _LIMITED:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was gone before
            os._exit(1)


def _limit_memory(megabytes: int) -> None:
    """Let allocations fail beyond so much more than this process has now."""
    import resource

    with open("/proc/self/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123
        now = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData:"))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = now + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (soft if hard < 0 else min(soft, hard), hard))
