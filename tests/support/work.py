"""How much work something is, of a processor and of nobody else."""

import gc
import time
from collections.abc import Callable


def seconds(job: Callable[[], object]) -> float:
    """Give the processor's seconds that a job takes, without collecting garbage.

    The collector looks through all that other tests left behind, which is not the job's.
    """
    gc.disable()
    try:
        start = time.process_time()
        job()
        return time.process_time() - start
    finally:
        gc.enable()
