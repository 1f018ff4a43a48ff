"""Worker processes that end with the process that started them, even if it is killed."""

import os
from multiprocessing import parent_process
from threading import Thread


def end_with_parent() -> None:
    """Have this process, which `multiprocessing` has started, end once its parent has.

    A worker of a pool holds both ends of the queue that it reads, so it would wait for
    ever.
    """
    Thread(target=_watch, daemon=True, name="parent").start()


def _watch() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
