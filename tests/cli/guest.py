#!/usr/bin/python3
"""A kernel of the tests' own, for what the machine's may not have (quotas). It is Debian's user-mode Linux, a program like
any other, which any user starts. In it is root whoever started it; the machine's files are there, to be read; what is
written lies in memory, and is gone with it. This file is also its first process."""

import ctypes
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import termios
import traceback

MODULES = ("drivers/block/loop", "fs/quota/quota_tree", "fs/quota/quota_v2")
MEMORY = "1G"
BEGUN = "the guest begins"
ENDED = "the guest ends with "   # and an exit code
JOB = "amphi_job"                # what a kernel does not know on its line is its first process's environment
MINUTES = 20
POWER_OFF = 0x4321FEDC            # reboot(2)
HERE = pathlib.Path(__file__).resolve()


def is_inside():
    return "AMPHI_GUEST" in os.environ


def run(argv):
    """Runs this program in the guest, with this environment; answers its exit code. 0 and a reason where there is no
    such kernel, or it does not start."""
    kernel = shutil.which("linux.uml")
    if kernel is None:
        print("SKIPPED: user-mode Linux is not installed (package user-mode-linux, for x86-64)")
        return 0
    with tempfile.TemporaryDirectory(prefix="amphi-guest-") as folder:
        job = pathlib.Path(folder) / "job.json"
        job.write_text(json.dumps({"argv": argv, "cwd": os.getcwd(), "env": {**os.environ, "AMPHI_GUEST": "1"}}))
        # Its memory is a file in TMPDIR; a container's /dev/shm is too small.
        guest = subprocess.Popen([kernel, f"mem={MEMORY}", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "quiet",
                                  "con=null", "con0=null,fd:1", f"init={HERE}", f"{JOB}={job}"], env={**os.environ, "TMPDIR": folder},
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 start_new_session=True)
        try:
            said = guest.communicate(timeout=MINUTES * 60)[0].decode(errors="replace").splitlines()
        finally:
            if guest.poll() is None:
                os.killpg(guest.pid, 9)
    return judge(said)


def judge(said):
    """The guest's exit code, by what it said; and what is worth telling of it."""
    if BEGUN not in said:
        words = [line for line in said if line[:1].strip()]    # but for the stack, which comes last
        print("SKIPPED: user-mode Linux does not start here:", *words[-8:], sep="\n")
        return 0
    told = said[said.index(BEGUN) + 1:]
    end = next((i for i, line in enumerate(told) if line.startswith(ENDED)), len(told))
    print("\n".join(told[:end]), flush=True)
    return int(told[end].removeprefix(ENDED)) if end < len(told) else 1


def mount(kind, place, *options):
    subprocess.run(["mount", "-t", kind, *options, kind, place], check=True)


def be_its_first_process(job):
    """Makes what programs expect of a machine, runs the job, and switches the machine off."""
    job = json.loads(pathlib.Path(job).read_text())
    os.environ.update(job["env"])
    for kind, place in (("proc", "/proc"), ("sysfs", "/sys"), ("tmpfs", "/run")):
        mount(kind, place)
    os.environ["TMPDIR"] = "/run/work"
    os.mkdir("/run/work", 0o755)
    print(BEGUN, flush=True)
    for module in MODULES:
        subprocess.run(["insmod", f"/usr/lib/uml/modules/{os.uname().release}/kernel/{module}.ko"], check=True)
    print(ENDED + str(subprocess.run(job["argv"], cwd=job["cwd"], check=False).returncode), flush=True)


if __name__ == "__main__":
    os.environ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    try:
        be_its_first_process(os.environ[JOB])
    except BaseException:
        traceback.print_exc()
    finally:
        termios.tcdrain(1)
        ctypes.CDLL(None).reboot(POWER_OFF)
