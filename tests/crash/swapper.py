#!/usr/bin/env python3
"""swapper.py FOLDER LINK [FOLDER LINK]... : exchanges each FOLDER with the symbolic link beside it and back, as fast as it
can and for ever. Now and then it rests for some milliseconds with everything in its place, so that whoever works there
gets on to the next moment worth attacking. SIGTERM puts everything back and tells how often folders were swapped."""

import ctypes
import os
import random
import signal
import sys
import time

AT_FDCWD, RENAME_EXCHANGE = -100, 2
LONGEST_REST = 0.03
libc = ctypes.CDLL(None, use_errno=True)
stopped = False


def exchange(a, b):
    return libc.renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0


def stop(*_):
    global stopped
    stopped = True


def main(names):
    pairs = list(zip(names[::2], names[1::2]))
    rng = random.Random(20261125)
    swaps = 0
    while not stopped:
        folder, link = rng.choice(pairs)
        for _ in range(rng.choice((1, 1, 2, 20))):
            if not exchange(folder, link):
                break   # not there yet, or no longer
            swaps += 1
            if rng.random() < 0.3:
                time.sleep(rng.random() * 0.002)
            while not exchange(folder, link):
                time.sleep(0)
        if rng.random() < 0.5:
            time.sleep(rng.random() * LONGEST_REST)
    print(swaps)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    main([os.fsencode(name) for name in sys.argv[1:]])
