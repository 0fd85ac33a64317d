"""Runs the real workers on real discs. AMPHI_READER and AMPHI_MEDIA are the programs, AMPHI_FIXTURES the folder that
tests/fixtures/prepare.sh filled (pal, ntsc, nasty)."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests/fixtures'))
FIXTURES = pathlib.Path(os.environ.get('AMPHI_FIXTURES', ROOT / '.cache/fixtures'))
# A sanitizer's finding must not look like the program's own failure.
FINDING = 99


def worker(verb):
    """The program that knows the verb."""
    variable = 'AMPHI_MEDIA' if verb in ('probe', 'dvd-remux') else 'AMPHI_READER'
    program = os.environ.get(variable)
    if not program:
        raise RuntimeError(f'{variable} does not name the program to test')
    return program


class Answer:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err
        self.events = [json.loads(line) for line in out.splitlines()]

    @property
    def last(self):
        return self.events[-1] if self.events else {}


def environment():
    return dict(os.environ, ASAN_OPTIONS=f'exitcode={FINDING}:detect_leaks=0', UBSAN_OPTIONS=f'exitcode={FINDING}')


def run(*arguments, pass_fds=(), timeout=600):
    done = subprocess.run([worker(arguments[0]), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          pass_fds=pass_fds, timeout=timeout, env=environment(), check=False)
    return Answer(done.returncode, done.stdout, done.stderr)


def read_record(path):
    line = path.read_text()
    return int(line, 16) if line else 0


class MediaTest(unittest.TestCase):
    def setUp(self):
        self.maxDiff = 2000
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='amphi-media-'))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def disc(self, name, form='disc.iso'):
        path = FIXTURES / name / form
        if not path.exists():
            self.fail(f'{path} is not there: run tests/fixtures/prepare.sh pal ntsc nasty')
        return path

    def ok(self, answer):
        self.assertEqual(answer.code, 0, answer.out + answer.err)
        self.assertEqual(answer.last['event'], 'result')
        return answer.last

    def failed(self, answer, cause):
        """Ended cleanly: exit 1, one error with this cause, nothing that a sanitizer found."""
        self.assertEqual(answer.code, 1, answer.out + answer.err)
        self.assertEqual(answer.last.get('event'), 'error', answer.out)
        self.assertEqual(answer.last['cause'], cause, answer.last)
        self.assertNotIn('\n', answer.last['message'])
        return answer.last

    def copy(self, source, title, out='title.sectors', from_sector=0, record='record'):
        """dvd-sectors into a file of the test's folder."""
        flags = os.O_RDWR | os.O_CREAT
        fds = os.open(self.folder / out, flags), os.open(self.folder / record, flags)
        try:
            job = {'source': str(source), 'title': title, 'out_fd': fds[0], 'record_fd': fds[1], 'from_sector': from_sector}
            return run('dvd-sectors', '--job', json.dumps(job), pass_fds=fds)
        finally:
            for fd in fds:
                os.close(fd)

    def remux(self, source, title, sectors='title.sectors', out='title.mkv', tags=()):
        fds = os.open(self.folder / sectors, os.O_RDONLY), os.open(self.folder / out, os.O_RDWR | os.O_CREAT)
        try:
            job = {'source': str(source), 'title': title, 'sectors_fd': fds[0], 'out_fd': fds[1], 'tags': list(tags)}
            return run('dvd-remux', '--job', json.dumps(job), pass_fds=fds)
        finally:
            for fd in fds:
                os.close(fd)

    def rip(self, source, title, out='title.mkv', tags=()):
        self.ok(self.copy(source, title))
        return self.ok(self.remux(source, title, out=out, tags=tags))
