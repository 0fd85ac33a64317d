#!/usr/bin/env python3
"""Runs the fuzz targets that tests/fuzz/run.sh has built; see there."""

import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import seeds

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parents[1] / ".build/fuzz"
# By itself libFuzzer tries inputs of up to the longest seed.
LONGEST = {"patch": 16384, "step_spec": 16384, "receipt": 16384, "configuration": 16384, "names": 4096, "selectors": 512,
           "cd": 4096, "manifest": 16384, "discdb": 8192, "ancestor": 8192, "ifo": 65536, "bluray": 16384, "makemkv_log": 65536,
           "episodes": 4096}
STRIDE = {"ifo": 61, "manifest": 7, "ancestor": 7}   # reading a folder takes a while; a score of manifests too
HALF = ("cd", "bluray", "manifest", "discdb", "ancestor", "episodes")   # of the seconds, for CI's sake
STILL, WHOLE = 10 * 60, 30 * 60   # CPU-seconds: without anything new, and in all
INTERRUPTED = 72


def environment(scratch):
    return {**os.environ, "TMPDIR": scratch, "UBSAN_OPTIONS": "print_stacktrace=1",
            # libdvdread asks for absurd amounts of memory and takes no for an answer.
            "ASAN_OPTIONS": "detect_stack_use_after_return=1:handle_abort=1:allocator_may_return_null=1",
            "LSAN_OPTIONS": f"suppressions={HERE.parent / 'lsan.supp'}:print_suppressions=0"}


class Target:
    """One target, its folders and what came of it."""

    def __init__(self, name, options):
        self.name, self.options = name, options
        self.program = BUILD / "tests/fuzz" / f"fuzz_{name}"
        self.seeds = BUILD / "seeds" / name
        self.corpus = BUILD / "corpus" / name      # what fuzzing found, kept for the next run
        self.found = BUILD / "found"
        self.log = BUILD / f"{name}.log"
        self.corpus.mkdir(parents=True, exist_ok=True)
        self.found.mkdir(exist_ok=True)

    def run(self):
        with tempfile.TemporaryDirectory(prefix="amphi-fuzz-", dir="/dev/shm") as scratch:
            env = environment(scratch)
            return self.truncate(env) or self.nest(env) or self.fuzz(env)

    def truncate(self, env):
        """Every beginning of every seed. Answers what went wrong, or None."""
        env = {**env, "AMPHI_FUZZ_TRUNCATE": str(self.seeds), "AMPHI_FUZZ_STRIDE": str(STRIDE.get(self.name, 1))}
        done = subprocess.run([self.program], env=env, capture_output=True, text=True, errors="replace")
        self.log.write_text(done.stdout + done.stderr)
        if done.returncode != 0:
            return f"{self.name}: a truncated seed broke it: {self.log}\n{tail(self.log)}"
        return None

    def nest(self, env):
        """A document that nests deeply, where the target has one. Answers what went wrong, or None."""
        nested = BUILD / "seeds" / f"{self.name}.nested"
        if not nested.exists():
            return None
        done = subprocess.run([self.program, nested], env=env, capture_output=True, text=True, errors="replace")
        return f"{self.name}: deep nesting broke it\n{done.stderr[-3000:]}" if done.returncode != 0 else None

    def arguments(self):
        # Entropic schedules spend more time on counting than these targets on running.
        limits = ["-entropic=0", "-timeout=10", "-rss_limit_mb=2048", f"-max_len={LONGEST[self.name]}", "-print_final_stats=1"]
        if self.name == "ifo":   # libdvdread leaks nearly always (lsan.supp); looking for amphi's leaks at the end will do
            limits.append("-detect_leaks=0")
        words = BUILD / "seeds" / f"{self.name}.dict"
        if words.exists():
            limits.append(f"-dict={words}")
        seconds = self.options.seconds // (2 if self.name in HALF else 1)
        limits.append("-print_pcs=1" if self.options.until_still else f"-max_total_time={seconds}")
        return [self.program, *limits, f"-artifact_prefix={self.found}/{self.name}-", self.corpus, self.seeds]

    def fuzz(self, env):
        with self.log.open("a") as log:
            child = subprocess.Popen(self.arguments(), env=env, stdout=log, stderr=subprocess.STDOUT)
            stopped = self.options.until_still and self.wait_until_still(child)
            code = child.wait()
        print(self.summary(), flush=True)
        if code == 0 or (stopped and code == INTERRUPTED):
            return None
        return f"{self.name}: exit {code}, see {self.log} and {self.found}\n{tail(self.log)}"

    def wait_until_still(self, child):
        """True when it was stopped because nothing new came. New is a place in amphi's own files that never ran before:
        other libraries' templates are counted while looking for inputs, but only those that are headers, by chance."""
        best, at = 0, 0
        while child.poll() is None:
            time.sleep(5)
            used, reached = cpu_seconds(child.pid), self.own_places()
            if reached > best:
                best, at = reached, used
                print(f"{self.name}: {used / 60:.1f} CPU-minutes, {reached} places of amphi's more than the seeds reach", flush=True)
            if used >= WHOLE and used - at >= STILL:
                print(f"{self.name}: still since {at / 60:.1f} of {used / 60:.1f} CPU-minutes", flush=True)
                child.send_signal(signal.SIGINT)
                return True
        return False

    def own_places(self):
        """How many instrumented places in files of this project were reached after the seeds."""
        own = re.compile(rf"NEW_PC: .*{re.escape(str(HERE.parents[1]))}/(lib|include)/")
        return sum(1 for line in self.log.open(errors="replace") if own.search(line))

    def last(self, word):
        numbers = re.findall(rf"\b{word}: (\d+)", self.log.read_text(errors="replace"))
        return int(numbers[-1]) if numbers else 0

    def summary(self):
        text = self.log.read_text(errors="replace")
        truncated = re.search(r"(\d+) truncations", text)
        rate = re.search(r"average_exec_per_sec:\s+(\d+)", text)
        runs = re.search(r"number_of_executed_units:\s+(\d+)", text)
        value = lambda match: match.group(1) if match else "?"
        return (f"{self.name}: {value(truncated)} truncations, {value(runs)} runs, {value(rate)} a second, "
                f"{self.last('cov')} edges, {self.last('ft')} features")


def cpu_seconds(pid):
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def tail(path):
    return "\n".join(path.read_text(errors="replace").splitlines()[-60:])


def parse():
    parser = argparse.ArgumentParser(usage="tests/fuzz/run.sh [SECONDS] [NAME...] [--until-still]")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--until-still", action="store_true")
    options = parser.parse_args()
    options.seconds = next((int(word) for word in options.words if word.isdigit()), 60)
    options.names = [word for word in options.words if not word.isdigit()] or list(LONGEST)
    unknown = set(options.names) - set(LONGEST)
    if unknown:
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(LONGEST)}")
    return options


def main():
    options = parse()
    shutil.rmtree(BUILD / "seeds", ignore_errors=True)
    seeds.main(BUILD / "seeds")
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("AMPHI_JOBS", "2"))) as pool:
        troubles = [t for t in pool.map(lambda name: Target(name, options).run(), options.names) if t]
    for trouble in troubles:
        print(f"\n{trouble}", file=sys.stderr)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
