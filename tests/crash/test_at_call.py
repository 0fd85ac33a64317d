"""What the sweeps rest on: every kind of system call that changes a file is numbered, and no other."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import sweep

FICLONE = 0x40049409
DOES = {
    "openat": "os.close(os.open('new', os.O_CREAT | os.O_WRONLY))", "write": "os.write(file, b'x')",
    "pwrite64": "os.pwrite(file, b'x', 0)", "writev": "os.writev(file, [b'x'])", "pwritev": "call(296, file, 0, 0, 0, 0)",
    "pwritev2": "os.pwritev(file, [b'x'], 0, os.RWF_DSYNC)", "fsync": "os.fsync(file)", "fdatasync": "os.fdatasync(file)",
    "ftruncate": "os.ftruncate(file, 9)", "truncate": "os.truncate('file', 8)",
    "fallocate": "os.posix_fallocate(file, 0, 4096)",
    "copy_file_range": "os.copy_file_range(other, file, 1)", "sendfile": "os.sendfile(file, other, 0, 1)",
    "splice": "os.write(pipe[1], b'x'), os.splice(pipe[0], file, 1)", "ioctl": f"fcntl.ioctl(file, {FICLONE}, other)",
    "mkdir": "os.mkdir('folder')", "mkdirat": "os.mkdir('folder2', dir_fd=here)", "rmdir": "os.rmdir('folder')",
    "rename": "os.rename('new', 'old')", "renameat": "os.rename('old', 'older', src_dir_fd=here, dst_dir_fd=here)",
    "link": "os.link('file', 'link')", "linkat": "os.link('file', 'link2', src_dir_fd=here, dst_dir_fd=here)",
    "symlink": "os.symlink('file', 'symlink')", "symlinkat": "os.symlink('file', 'symlink2', dir_fd=here)",
    "unlink": "os.unlink('link')", "unlinkat": "os.unlink('link2', dir_fd=here)", "fchmod": "os.fchmod(file, 0o600)",
    "chmod": "os.chmod('file', 0o600)", "fchmodat": "os.chmod('file', 0o600, dir_fd=here)", "fchown": "os.fchown(file, -1, -1)",
    "chown": "os.chown('file', -1, -1)", "fchownat": "os.chown('file', -1, -1, dir_fd=here)",
    "utimensat": "os.utime('file')", "mknodat": "os.mknod('fifo', 0o10600, dir_fd=here)",
    "setxattr": "os.setxattr('file', 'user.x', b'1')", "fsetxattr": "os.setxattr(file, 'user.x', b'1')",
    "open": "call(2, b'opened', 0o101, 0o600)", "creat": "call(85, b'created', 0o600)",
    "openat2": "call(437, here, b'opened2', (ctypes.c_uint64 * 3)(os.O_CREAT | os.O_WRONLY, 0o600), 24)",
    "renameat2": "call(316, here, b'opened', here, b'opened3', 0)", "mknod": "call(133, b'node', 0o10600, 0)",
    "removexattr": "os.removexattr('file', 'user.x')", "fremovexattr": "os.removexattr(file, 'user.x')",
}
LOOKS = ("os.read(file, 1)", "os.stat('file')", "os.listdir('.')", "os.write(pipe[1], b'x')", "os.getxattr(file, 'user.x')",
         "fcntl.ioctl(file, 0x5401)", "os.close(os.open('file', os.O_RDONLY))")
BEFORE = """
import contextlib, ctypes, fcntl, os
call = ctypes.CDLL(None).syscall
file, other, here = os.open('file', os.O_RDWR), os.open('other', os.O_RDONLY), os.open('.', os.O_RDONLY)
pipe = os.pipe()
"""


@unittest.skipUnless(os.access(sweep.AT_CALL, os.X_OK), f"SKIPPED: {sweep.AT_CALL} was not built; it is for Linux on x86-64")
class AtCall(unittest.TestCase):
    def numbered(self, statements):
        """The calls that are numbered while these run; what a file system refuses was still asked for."""
        with tempfile.TemporaryDirectory() as folder:
            for name in ("file", "other"):
                pathlib.Path(folder, name).write_bytes(b"12345678")
            log = pathlib.Path(folder, "log")
            lines = [f"with contextlib.suppress(OSError): {statement}" for statement in statements]
            subprocess.run([sweep.AT_CALL, "--log", log, sys.executable, "-ISc", BEFORE + "\n".join(lines)], cwd=folder,
                           check=True)
            return [line.split()[2] for line in log.read_text().splitlines()]

    def test_every_call_that_changes_something(self):
        self.assertEqual(self.numbered(DOES.values()), [*DOES, "exit_group"])

    def test_none_that_only_looks(self):
        self.assertEqual(self.numbered(LOOKS), ["exit_group"])


if __name__ == "__main__":
    sweep.main()
