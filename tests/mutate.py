"""One changed line at a time; each must be caught. See mutate.sh.

tests/mutations.txt has blocks of four lines: `file`, `- old`, `+ new`, `? target [ctest regex]`. `old` must occur in
exactly one line of the file. The target is built; a target unit_ROOM is run whole, else ctest runs the regex.
"""

import os
import pathlib
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[1]
COPY = TOP / ".cache/mutate"
BUILD = COPY / ".build"
# A mutation may leave something unused: the compiler's word for that is no test.
UNUSED = " ".join(f"-Wno-unused-{what}" for what in ("function", "variable", "parameter", "but-set-variable"))


def mutations():
    lines = [l for l in (TOP / "tests/mutations.txt").read_text().splitlines() if l.strip() and not l.startswith("#")]
    for k in range(0, len(lines), 4):
        file, old, new, test = lines[k:k + 4]
        if old[:2] != "- " or new[:2] != "+ " or test[:2] != "? ":
            raise SystemExit(f"tests/mutations.txt: block {k // 4 + 1} is not file, - old, + new, ? test")
        target, _, regex = test[2:].partition(" ")
        yield k // 4 + 1, file, old[2:], new[2:], target, regex


def prepare():
    COPY.mkdir(parents=True, exist_ok=True)
    # By content, and with the time of the copy: what was built of a mutation is newer than the file it was made from.
    subprocess.run(["rsync", "-rlpc", "--delete", "--exclude=.build", "--exclude=.cache", "--exclude=.git", f"{TOP}/", COPY],
                   check=True)
    (COPY / ".cache").mkdir(exist_ok=True)
    fixtures = COPY / ".cache/fixtures"
    if not fixtures.exists():
        fixtures.symlink_to(TOP / ".cache/fixtures")
    subprocess.run(["cmake", "-S", COPY, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DAMPHI_STATIC_DEPS=OFF",
                    "-DCMAKE_CXX_FLAGS_DEBUG=-O0 " + UNUSED], check=True, stdout=subprocess.DEVNULL)


def build(target):
    return subprocess.run(["ninja", "-C", BUILD, *target.split(",")], capture_output=True, text=True)


def passes(target, regex):
    command = (["ctest", "--test-dir", BUILD, "-R", regex, "--stop-on-failure"] if regex
               else [BUILD / "tests" / target, "--gtest_fail_fast", "--gtest_brief=1"])
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=900).returncode == 0
    except subprocess.TimeoutExpired:
        return False   # a hang is noticed


def demand_good_start(target, regex):
    """A test that fails anyway would catch everything."""
    built = build(target)
    if built.returncode != 0 or not passes(target, regex):
        raise SystemExit(f"{target} {regex}: does not pass unchanged\n{built.stdout[-2000:]}")


def caught(file, old, new, target, regex):
    """None when a test noticed, else what went wrong."""
    path = COPY / file
    text = path.read_text()
    hits = [line for line in text.splitlines() if old in line]
    if len(hits) != 1:
        return f"'{old}' occurs in {len(hits)} lines"
    path.write_text(text.replace(old, new, 1))
    try:
        built = build(target)
        if built.returncode != 0:
            return "does not compile: " + built.stdout[-400:]
        return "no test noticed" if passes(target, regex) else None
    finally:
        path.write_text(text)


def main():
    wanted = {int(a) for a in sys.argv[1:]}
    first, _, step = os.environ.get("AMPHI_MUTATE_SHARE", "1/1").partition("/")
    prepare()
    survivors = ran = 0
    good = set()
    for number, file, old, new, target, regex in mutations():
        if wanted and number not in wanted or (number - int(first)) % int(step):
            continue
        if (target, regex) not in good:
            demand_good_start(target, regex)
            good.add((target, regex))
        ran += 1
        trouble = caught(file, old, new, target, regex)
        survivors += trouble is not None
        print(f"{number:3} {'caught  ' if trouble is None else 'SURVIVED'} {file}: {old.strip()}  ->  {new.strip()}"
              + (f"  ({trouble})" if trouble else ""), flush=True)
    print(f"{ran - survivors} caught, {survivors} survived")
    return 1 if survivors or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
