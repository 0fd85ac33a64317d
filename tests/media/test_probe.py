#!/usr/bin/env python3
"""The probe believes packets, not headers."""
import os
import pathlib
import shutil
import subprocess
import unittest

from support import MediaTest, run
from matroska import Matroska, elements

SEGMENT, CLUSTER, CUES = 0x18538067, 0x1f43b675, 0x1c53bb6b


def children_of_segment(data):
    for kind, at, end in elements(data, 0, len(data)):
        if kind == SEGMENT:
            return list(elements(data, at, end))
    raise ValueError('no segment')


class Probe(MediaTest):
    def probe(self, path, *options):
        return self.ok(run('probe', *options, path))

    def film(self, title=1):
        self.rip(self.disc('pal'), title, tags=[('TITLE', 'Probe'), ('AMPHI_FINGERPRINT', 'dvd-00')])
        return self.folder / 'title.mkv'

    def encode(self, name, *options, seconds=20):
        path = self.folder / name
        subprocess.run(['ffmpeg', '-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-f', 'lavfi', '-i',
                        f'testsrc=size=320x240:rate=25:duration={seconds}', '-f', 'lavfi', '-i',
                        f'sine=frequency=440:duration={seconds}', '-preset', 'ultrafast', *options, path], check=True)
        return path


class Facts(Probe):
    def test_tells_what_the_remux_wrote(self):
        result = self.probe(self.film())
        media_facts = result['media']
        self.assertLess(abs(media_facts['duration_seconds'] - 90.0), 0.2)
        self.assertEqual((media_facts['video_streams'], media_facts['audio_streams'], media_facts['subtitle_streams'],
                          media_facts['chapters']), (1, 2, 1, 12))
        self.assertEqual([(s['type'], s['codec'], s['language']) for s in result['streams']],
                         [('video', 'mpeg2video', 'und'), ('audio', 'ac3', 'eng'), ('audio', 'ac3', 'ger'),
                          ('subtitle', 'dvd_subtitle', 'eng')])
        self.assertEqual([s['flags']['default'] for s in result['streams']], [True, True, False, False])
        self.assertEqual((result['streams'][0]['width'], result['streams'][0]['height']), (720, 576))
        self.assertEqual(result['streams'][1]['channels'], 2)
        self.assertIn(['TITLE', 'Probe'], result['tags'])
        self.assertIn(['AMPHI_FINGERPRINT', 'dvd-00'], result['tags'])
        self.assertEqual(len(result['chapters']), 12)
        self.assertFalse(result['full'])

    def test_agrees_with_the_remux(self):
        for disc, title in [('pal', 4), ('ntsc', 1), ('nasty', 1), ('nasty', 2), ('nasty', 4)]:
            with self.subTest(disc=disc, title=title):
                said = self.rip(self.disc(disc), title)
                found = self.probe(self.folder / 'title.mkv')
                self.assertLess(abs(found['media']['duration_seconds'] - said['media']['duration_seconds']), 0.011)
                for field in ['video_streams', 'audio_streams', 'subtitle_streams', 'chapters']:
                    self.assertEqual(found['media'][field], said['media'][field])

    def test_full_reads_the_same(self):
        film = self.film()
        tail, full = self.probe(film), self.probe(film, '--full')
        self.assertEqual(tail['media'], full['media'])
        self.assertTrue(full['full'])
        self.assertEqual((full['gaps'], full['corrupt_packets']), ([], 0))

    def test_other_encoders_and_containers(self):
        for name, options in [('x264.mkv', ['-c:v', 'libx264', '-c:a', 'aac']), ('x264.mp4', ['-c:v', 'libx264', '-c:a', 'aac']),
                              ('mpeg.mpg', ['-c:v', 'mpeg2video', '-c:a', 'mp2']), ('sound.flac', ['-vn', '-c:a', 'flac']),
                              ('sound.ogg', ['-vn', '-c:a', 'flac'])]:
            with self.subTest(name=name):
                result = self.probe(self.encode(name, *options))
                self.assertLess(abs(result['media']['duration_seconds'] - 20), 0.25)
                self.assertEqual(result['media']['video_streams'], 0 if 'sound' in name else 1)
                self.assertEqual(result['media']['audio_streams'], 1)

    def test_a_stream_that_ends_early_is_seen_to(self):
        path = self.encode('early.mkv', '-c:v', 'libx264', '-c:a', 'aac', '-af', 'atrim=end=5')
        ends = {s['type']: s['end_seconds'] for s in self.probe(path)['streams']}
        self.assertLess(abs(ends['video'] - 20), 0.1)
        self.assertLess(abs(ends['audio'] - 5), 0.1)


class Short(Probe):
    """Files that were whole once: the header, and what tells of the whole, stay."""

    def last_time_before(self, data, kept):
        """Time of the last cluster that begins in the first `kept` bytes, and of the one after it."""
        times = []
        for kind, at, end in children_of_segment(data):
            if kind == CLUSTER:
                stamp = next(data[a:e] for k, a, e in elements(data, at, end) if k == 0xe7)
                times.append((at, int.from_bytes(stamp, 'big') / 1000))
        before = [time for at, time in times if at < kept]
        after = [time for at, time in times if at >= kept]
        return before[-1], after[0] if after else 90.2

    def check(self, path, data, kept):
        low, high = self.last_time_before(data, kept)
        for options in [[], ['--full']]:
            found = self.probe(path, *options)['media']['duration_seconds']
            self.assertGreaterEqual(found, low)
            self.assertLessEqual(found, high + 0.2)

    def test_cut_short(self):
        film = self.film()
        data = film.read_bytes()
        for part in [0.1, 0.5, 0.9, 0.99]:
            kept = int(len(data) * part)
            with self.subTest(part=part):
                (self.folder / 'cut.mkv').write_bytes(data[:kept])
                self.check(self.folder / 'cut.mkv', data, kept)

    def test_a_tail_of_zeros(self):
        film = self.film()
        data = film.read_bytes()
        for part in [0.1, 0.5, 0.9]:
            kept = int(len(data) * part)
            with self.subTest(part=part):
                (self.folder / 'zero.mkv').write_bytes(data[:kept] + bytes(len(data) - kept))
                self.check(self.folder / 'zero.mkv', data, kept)

    def test_cues_in_front_do_not_fool_it(self):
        film = self.film()
        front = self.folder / 'front.mkv'
        subprocess.run(['ffmpeg', '-hide_banner', '-loglevel', 'error', '-nostdin', '-i', film, '-map', '0:v', '-map', '0:a',
                        '-c', 'copy', '-cues_to_front', '1', front], check=True)
        data = front.read_bytes()
        kinds = [kind for kind, _, _ in children_of_segment(data)]
        self.assertLess(kinds.index(CUES), kinds.index(CLUSTER))
        kept = len(data) // 2
        os.truncate(front, kept)
        self.check(front, data, kept)

    def test_an_mp4_with_its_index_in_front(self):
        path = self.encode('fast.mp4', '-c:v', 'libx264', '-c:a', 'aac', '-movflags', '+faststart')
        os.truncate(path, path.stat().st_size // 2)
        found = self.probe(path)['media']['duration_seconds']
        self.assertGreater(found, 2)
        self.assertLess(found, 15)

    def test_a_hole_is_found_by_full(self):
        film = self.film()
        data = bytearray(film.read_bytes())
        third = len(data) // 3
        data[third:2 * third] = bytes(third)
        hole = self.folder / 'hole.mkv'
        hole.write_bytes(data)
        result = self.probe(hole, '--full')
        self.assertGreater(sum(gap['seconds'] for gap in result['gaps'] if gap['stream'] == 0), 20)
        self.assertLess(abs(result['media']['duration_seconds'] - 90), 0.2)

    def test_a_header_alone_is_no_film(self):
        data = self.film(4).read_bytes()
        first = next(at for kind, at, _ in children_of_segment(data) if kind == CLUSTER)
        head = self.folder / 'head.mkv'
        for size in [first - 12, first - 13, first // 2]:
            head.write_bytes(data[:size])
            self.failed(run('probe', head), 'judge')


class NoMedium(Probe):
    def test_is_an_error(self):
        for name, data in [('empty', b''), ('text', b'just words\n' * 1000), ('zeros', bytes(1 << 20)), ('ebml', b'\x1a\x45\xdf\xa3'),
                           ('playlist', b'#EXTM3U\n/etc/passwd\n'), ('concat', b"ffconcat version 1.0\nfile '/etc/passwd'\n")]:
            with self.subTest(name=name):
                (self.folder / name).write_bytes(data)
                self.failed(run('probe', self.folder / name), 'judge')
        self.failed(run('probe', self.folder), 'judge')
        self.failed(run('probe', self.folder / 'none'), 'source')

    def test_what_cannot_be_read_is_not_called_no_medium(self):
        unreadable = '/sys/class/net/lo/speed'   # opens as a regular file of 4096 bytes; reading it fails
        try:
            pathlib.Path(unreadable).read_bytes()
            self.skipTest(f'SKIPPED: {unreadable} can be read')
        except FileNotFoundError:
            self.skipTest(f'SKIPPED: no {unreadable}')
        except OSError:
            self.failed(run('probe', unreadable), 'medium')

    def test_a_strange_name_is_only_a_name(self):
        film = self.film(4)
        for name in ['-x.mkv', 'http:x.mkv', "a'b\"c\n.mkv", 'Ü 世界.mkv']:
            with self.subTest(name=name):
                shutil.copy(film, self.folder / name)
                self.assertGreater(self.probe(self.folder / name)['media']['duration_seconds'], 5)

    def test_every_cut_of_a_header_ends_cleanly(self):
        data = self.film(4).read_bytes()
        cut = self.folder / 'cut.mkv'
        for size in list(range(1, 64, 7)) + list(range(64, 6000, 400)):
            cut.write_bytes(data[:size])
            answer = run('probe', cut)
            self.assertIn(answer.code, [0, 1], answer.err)
            self.assertIn(answer.last['event'], ['result', 'error'])


if __name__ == '__main__':
    unittest.main()
