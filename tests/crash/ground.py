"""Places a test works in that can be put back to an earlier state: plain folders, and file systems of their own, whose
power can be cut."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest


def run(*command):
    subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)


def may_mount():
    return os.geteuid() == 0 and os.path.exists("/dev/loop-control") and shutil.which("losetup") is not None


class Folder:
    """A plain folder. `cut` is empty: nothing in it can lose power."""

    cut = ()

    def __init__(self, base, name):
        self.path = pathlib.Path(base) / name
        self.kept = pathlib.Path(base) / (name + ".kept")
        self.path.mkdir()

    def keep(self):
        shutil.rmtree(self.kept, ignore_errors=True)
        run("cp", "-a", self.path, self.kept)

    def put_back(self):
        shutil.rmtree(self.path, ignore_errors=True)
        run("cp", "-a", self.kept, self.path)

    def after_cut(self):
        pass

    def close(self):
        shutil.rmtree(self.path, ignore_errors=True)
        shutil.rmtree(self.kept, ignore_errors=True)


OPTIONS = {"ext4": "loop,commit=300,noauto_da_alloc", "xfs": "loop", "btrfs": "loop,commit=300"}


class FileSystem:
    """A file system in a file, mounted. Its own commits come so seldom, and ext4's guesses at what programs forgot to
    sync are off, that only what was synced is durable."""

    def __init__(self, base, name, kind="ext4", size="128M"):
        self.path = pathlib.Path(base) / name
        self.image = pathlib.Path(base) / (name + ".image")
        self.kept = pathlib.Path(base) / (name + ".image.kept")
        self.options = OPTIONS[kind]
        self.cut = ("--cut", str(self.path))
        self.path.mkdir()
        run("truncate", "-s", size if kind == "ext4" else "512M", self.image)   # XFS is never smaller than 300 MB
        run("mkfs." + kind, "-q", *(["-F"] if kind == "ext4" else []), self.image)
        self.mount()
        shutil.rmtree(self.path / "lost+found", ignore_errors=True)

    def mount(self):
        run("mount", "-o", self.options, self.image, self.path)

    def unmount(self):
        run("umount", self.path)

    def mount_copy_of(self, image):
        """In another file, and so on another loop device: a program that made a mount namespace of its own meanwhile may
        hold the old ones, dead as they are."""
        copy = self.image.with_suffix(".copy")
        run("cp", "--sparse=always", image, copy)
        copy.replace(self.image)
        self.mount()

    def keep(self):
        self.unmount()
        run("cp", "--sparse=always", self.image, self.kept)
        self.mount_copy_of(self.kept)

    def put_back(self):
        self.unmount()
        self.mount_copy_of(self.kept)

    def after_cut(self):
        """The power is back: the journal is replayed."""
        self.unmount()
        self.mount_copy_of(self.image)

    def close(self):
        subprocess.run(["umount", "-l", str(self.path)], check=False, capture_output=True)
        self.image.unlink(missing_ok=True)
        self.kept.unlink(missing_ok=True)


class Btrfs(FileSystem):
    """Linux 6.18 has no call that cuts its power: everything dies, and what its image holds at that moment is what is left.
    Unlike with the others, more than what was synced may be there."""

    def __init__(self, base, name):
        super().__init__(base, name, "btrfs")
        self.cut = ("--kill-all",)

    def after_cut(self):
        left = self.image.with_suffix(".left")
        run("cp", "--sparse=always", self.image, left)
        self.unmount()
        self.mount_copy_of(left)
        left.unlink()


class Tmpfs:
    """A small file system in memory, to be full."""

    cut = ()

    def __init__(self, base, name, size):
        self.path = pathlib.Path(base) / name
        self.path.mkdir()
        run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", self.path)

    def close(self):
        subprocess.run(["umount", "-l", str(self.path)], check=False, capture_output=True)


class Ground:
    """All the places of one test, kept and put back together. The disc's image lies beside them and never changes."""

    def __init__(self):
        self.base = pathlib.Path(tempfile.mkdtemp(prefix="amphi-sweep-"))
        self.elsewhere = []
        self.places = []

    def folder(self, name):
        return self.add(Folder(self.base, name))

    def folder_on_another_file_system(self, name):
        """In memory, where there is such a place."""
        if not os.access("/dev/shm", os.W_OK) or os.stat("/dev/shm").st_dev == os.stat(self.base).st_dev:
            raise unittest.SkipTest("SKIPPED: there is no second file system at /dev/shm")
        self.elsewhere.append(tempfile.mkdtemp(prefix="amphi-sweep-", dir="/dev/shm"))
        return self.add(Folder(self.elsewhere[-1], name))

    def file_system(self, name, kind="ext4"):
        if not may_mount():
            raise unittest.SkipTest("SKIPPED: root and loop devices are needed to cut the power of a file system")
        if kind != "ext4" and shutil.which("mkfs." + kind) is None:   # ext4's is in the list of packages
            raise unittest.SkipTest(f"SKIPPED: there is no mkfs.{kind}")
        return self.add(Btrfs(self.base, name) if kind == "btrfs" else FileSystem(self.base, name, kind))

    def add(self, place):
        self.places.append(place)
        return place.path

    def cut(self):
        """at_call's options that cut the power of all places."""
        return [word for place in self.places for word in place.cut]

    def keep(self):
        for place in self.places:
            place.keep()

    def put_back(self):
        for place in self.places:
            place.put_back()

    def after_cut(self):
        for place in self.places:
            place.after_cut()

    def close(self):
        for place in reversed(self.places):
            place.close()
        for folder in [self.base, *self.elsewhere]:
            shutil.rmtree(folder, ignore_errors=True)
