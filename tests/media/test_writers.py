#!/usr/bin/env python3
"""Whatever a well-kept tool writes is read: writers, what was edited afterwards, streams of several lengths. Lengths and
streams equal a full scan of the packets by ffprobe, and a cut of any file is told. AMPHI_PROBE_CUTS is the program that
probes a file's cuts."""
import json
import os
import pathlib
import random
import struct
import subprocess
import unittest

import ebml_edit as ebml
from matroska import CLUSTER, SEGMENT
from support import MediaTest, environment

SECONDS = 24            # longer than the tail that is looked at first
SAME = 0.03             # seconds; a picture lasts 0.1
RANDOM_CUTS = 50
QUIET = ['ffmpeg', '-hide_banner', '-loglevel', 'error', '-nostdin', '-y']


def call(*words):
    done = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode > 1 or done.returncode == 1 and words[0] not in ('mkvmerge', 'mkvpropedit'):   # 1: a warning
        raise RuntimeError(f'{words}\n{done.stdout}{done.stderr}')
    return done.stdout


def end_of(times):
    """A last packet without a duration lasts as long as the one before it."""
    (before, _), (last, lasts) = ([(0, 0)] + sorted(times))[-2:]
    return max([last + (lasts or last - before), *(time + duration for time, duration in times)])


def scan_packets(path):
    """[(type, codec, end)] of the video, audio and subtitle streams, from every packet; and all packets."""
    found = json.loads(call('ffprobe', '-v', 'error', '-show_streams', '-show_packets', '-show_format', '-of', 'json', path))
    matroska = found['format']['format_name'].startswith('matroska')
    origin = 0 if matroska else float(found['format'].get('start_time', 0))
    packets, timed = [], {}
    for packet in found['packets']:
        packets.append((packet['stream_index'], packet.get('pts'), packet['size']))
        if 'pts_time' in packet and 'C' not in packet['flags']:
            timed.setdefault(packet['stream_index'], []).append((float(packet['pts_time']), float(packet.get('duration_time', 0))))
    ends = {index: end_of(times) for index, times in timed.items()}
    return [(s['codec_type'], s['codec_name'], ends.get(s['index'], 0) - origin) for s in found['streams']
            if s['codec_type'] in ('video', 'audio', 'subtitle') and not s['disposition']['attached_pic']], packets


def probe_with_cuts(path, sizes):
    """What a probe says of the file, and {size: what it says of the file cut to that}. The file is gone afterwards."""
    done = subprocess.run([os.environ['AMPHI_PROBE_CUTS'], path, *map(str, sizes)], capture_output=True, text=True,
                          env=environment(), check=True)
    whole, *cut = map(json.loads, done.stdout.splitlines())
    return whole, dict(zip(sizes, cut, strict=True))


def is_told(whole, cut):
    """Broken, not finished, or short: by a packet of picture or sound at least."""
    if 'error' in cut or whole['finished'] and not cut['finished']:
        return True
    ends = [[s['end_seconds'] for s in found['streams'] if s['type'] != 'subtitle'] for found in (whole, cut)]
    return len(ends[0]) != len(ends[1]) or any(now < before - 0.0001 for before, now in zip(*ends))


class Matrix(MediaTest):
    def setUp(self):
        super().setUp()
        self.film = self.folder / 'film.mkv'
        call(*QUIET, '-f', 'lavfi', '-i', f'testsrc=size=64x48:rate=10:duration={SECONDS}', '-f', 'lavfi', '-i',
             f'sine=frequency=440:sample_rate=8000:duration={SECONDS}', '-preset', 'ultrafast', '-g', '20', '-c:v', 'libx264',
             '-bf', '2', '-c:a', 'aac', '-b:a', '16k', self.film)
        self.checked = 0

    # --- what is checked of each file

    def check(self, path, cuts=True):
        """Streams and lengths are a full scan's; no cut that loses a packet goes untold."""
        whole = None
        with self.subTest(file=path.name):
            streams, packets = scan_packets(path)
            data = path.read_bytes()
            copy = self.folder / f'cut{path.suffix}'
            copy.write_bytes(data)
            whole, cut = probe_with_cuts(copy, self.cuts(data) if cuts else [])
            self.assertNotIn('error', whole)
            self.assertEqual([(s['type'], s['codec']) for s in whole['streams']], [s[:2] for s in streams])
            for seen, (kind, _, end) in zip(whole['streams'], streams, strict=True):
                if kind != 'subtitle':
                    self.assertLess(abs(seen['end_seconds'] - end), SAME, (seen, end))
            untold = [size for size, found in cut.items() if not is_told(whole, found)]
            for size in untold:
                copy.write_bytes(data[:size])
                self.assertEqual(scan_packets(copy)[1], packets, f'a cut to {size} of {len(data)} bytes is not told')
            self.checked += 1
        return whole

    @staticmethod
    def cuts(data):
        sizes = set(random.Random(len(data)).sample(range(1, len(data)), RANDOM_CUTS))
        if data.startswith(b'\x1a\x45\xdf\xa3'):
            sizes |= set(ebml.borders(data))
        elif data[4:8] in (b'ftyp', b'free'):
            at = 0
            while at < len(data):
                sizes.add(at)
                at += struct.unpack('>I', data[at:at + 4])[0]
        elif data.startswith(b'RIFF'):
            at = 12
            while at < len(data):
                sizes.add(at)
                at += 8 + struct.unpack('<I', data[at + 4:at + 8])[0]
        return sorted((size for size in sizes if 0 < size < len(data)), reverse=True)

    def remux(self, name, *options, source=None):
        path = self.folder / name
        call(*QUIET, '-i', source or self.film, '-map', '0', '-c', 'copy', *options, path)
        return path

    def merged(self, name, *options, source=None):
        path = self.folder / name
        call('mkvmerge', '-q', *options, '-o', path, source or self.film)
        return path

    def copy_of(self, path, name):
        (self.folder / name).write_bytes(path.read_bytes())
        return self.folder / name

    def crowded(self):
        """Twelve streams, of which one sound ends early."""
        path, times = self.folder / 'crowd.mkv', self.folder / 'times.srt'
        times.write_text('1\n00:00:01,000 --> 00:00:02,000\nHello\n')
        sounds = [word for _ in range(8) for word in ('-map', '0:a')]
        call(*QUIET, '-i', self.film, '-t', '5', '-i', self.film, '-i', times, '-map', '0:v', *sounds, '-map', '1:a', '-map', '2:s',
             '-map', '2:s', '-c', 'copy', '-c:s', 'srt', path)
        return path


class Matroska(Matrix):
    def test_writers(self):
        self.check(self.film)
        self.check(self.crowded())
        self.check(self.remux('cues-first.mkv', '-cues_to_front', '1'))
        self.check(self.remux('index-reserved.mkv', '-reserve_index_space', '20000', '-cluster_time_limit', '1000'))
        with open(self.folder / 'live.mkv', 'wb') as pipe:     # unknown sizes, no Cues
            subprocess.run([*QUIET, '-i', self.film, '-c', 'copy', '-f', 'matroska', '-live', '1', 'pipe:1'], stdout=pipe, check=True)
        self.check(self.folder / 'live.mkv')
        note = self.folder / 'note.txt'
        note.write_bytes(random.Random(1).randbytes(3 << 20))
        self.check(self.merged('merged.mkv'))
        self.check(self.merged('clusters-in-seek-head.mkv', '--clusters-in-meta-seek'))
        self.check(self.merged('no-cues.mkv', '--cues', '0:none', '--no-date'))
        self.check(self.merged('attached.mkv', '--attach-file', note))
        self.assertEqual(self.checked, 9)

    def test_as_makemkvcon_lays_it_out(self):
        """Header stripping, a cluster a second, Cues and Tags behind."""
        self.check(self.merged('makemkv.mkv', '--compression', '0:analyze_header_removal', '--cluster-length', '1000ms',
                               '--disable-track-statistics-tags'))

    def test_handbrake(self):
        path = self.folder / 'handbrake.mkv'
        call('HandBrakeCLI', '--preset', 'Very Fast 480p30', '--format', 'av_mkv', '--input', self.film, '--output', path)
        self.check(path)
        self.check(self.tagged(path, 'handbrake-tagged.mkv'))

    def tagged(self, path, name):
        tags = self.folder / 'tags.xml'
        tags.write_text('<Tags><Tag><Simple><Name>AMPHI</Name><String>' + 'x' * 600 + '</String></Simple></Tag></Tags>')
        edited = self.copy_of(path, name)
        call('mkvpropedit', edited, '--edit', 'track:a1', '--set', 'language=ger', '--set', 'name=' + 'y' * 90, '--edit', 'info',
             '--set', 'title=' + 'z' * 90, '--tags', f'global:{tags}')
        return edited

    def test_edited_afterwards(self):
        merged, crowded = self.merged('merged.mkv'), self.crowded()
        for path in (self.film, merged, crowded):
            self.check(self.tagged(path, f'tagged-{path.name}'))
            often = self.copy_of(path, f'often-{path.name}')
            for length in range(0, 400, 40):
                call('mkvpropedit', often, '--edit', 'track:a1', '--set', 'name=' + 'x' * length)
            self.check(often)
        attached = self.copy_of(self.film, 'attached-later.mkv')
        call('mkvpropedit', attached, '--add-attachment', merged)
        self.check(attached)

    def test_the_name_that_failed(self):
        """One name of 100 letters: Tracks went behind the clusters."""
        path = self.copy_of(self.film, 'z.mkv')
        call('mkvpropedit', path, '--edit', 'track:a1', '--set', 'name=' + 'x' * 100)
        places = [at for at in ebml.borders(path.read_bytes())]
        self.assertGreater(len(places), 4)
        whole = self.check(path, cuts=False)
        self.assertLess(abs(whole['media']['duration_seconds'] - SECONDS), 0.3)

    def check_front(self, path):
        """Laid out anew, one SeekHead stands first and names all there is, and nothing else changed: the
        parts byte by byte, every Cluster in its place, and what ffprobe reads. Files that are left alone are left alone."""
        before = path.read_bytes()
        said = self.seen(path)
        done = subprocess.run([os.environ['AMPHI_LAY_OUT_FRONT'], path], capture_output=True, text=True, env=environment(), check=False)
        after = path.read_bytes()
        if done.returncode == 1:
            self.assertEqual(after, before)
            return []
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.seen(path), said)
        (begin, old), (place, new) = ebml.level_1(before), ebml.level_1(after)
        self.assertEqual(place, begin)
        gone = (ebml.SEEKHEAD, ebml.VOID, ebml.CRC32)
        self.assertEqual(sorted(part[2] for part in new if part[0] not in gone), sorted(part[2] for part in old if part[0] not in gone))
        self.assertEqual([part for part in new if part[0] == CLUSTER], [part for part in old if part[0] == CLUSTER])
        self.assertEqual([at for kind, at, _ in new if kind == ebml.SEEKHEAD], [0])
        named = ebml.seek_entries(new[0][2])
        there = sorted((kind, at) for kind, at, _ in new if kind not in (*gone, CLUSTER))
        self.assertEqual(sorted(named), there)
        self.assertEqual(subprocess.run(['mkvinfo', '--all', path], capture_output=True, check=False).returncode, 0)
        return [kind for kind, _, _ in new]

    @staticmethod
    def seen(path):
        found = json.loads(call('ffprobe', '-v', 'error', '-show_streams', '-show_packets', '-show_chapters', '-show_format', '-of',
                                'json', path))
        for packet in found['packets']:
            del packet['pos']
        del found['format']['size'], found['format']['bit_rate']
        return found

    def test_fronts_are_laid_out_anew(self):
        """Of every writer's files, and edited in the ways that break them most."""
        merged, crowded = self.merged('merged.mkv'), self.crowded()
        handbrake = self.folder / 'handbrake.mkv'
        call('HandBrakeCLI', '--preset', 'Very Fast 480p30', '--format', 'av_mkv', '--input', self.film, '--output', handbrake)
        chapters = self.folder / 'chapters.xml'
        chapters.write_text('<?xml version="1.0"?><Chapters><EditionEntry><ChapterAtom><ChapterTimeStart>00:00:00.000</ChapterTimeStart></ChapterAtom>'
                            '</EditionEntry></Chapters>')
        chained = 0
        for path in (self.film, merged, crowded, handbrake, self.remux('cues-first.mkv', '-cues_to_front', '1')):
            edited = self.tagged(path, f'tagged-{path.name}')
            for name in ('', 'none', chapters):
                with self.subTest(file=path.name, chapters=name):
                    file = self.copy_of(edited, 'edited.mkv')
                    if name:
                        call('mkvpropedit', file, '--chapters', '' if name == 'none' else name)
                    chained += [kind for kind, _, _ in ebml.level_1(file.read_bytes())[1]].count(ebml.SEEKHEAD) > 1
                    kinds = self.check_front(file)
                    self.assertLess(kinds.index(ebml.TRACKS), kinds.index(CLUSTER))
        self.assertGreater(chained, 3)    # else this shows nothing
        attached = self.copy_of(merged, 'attached.mkv')
        call('mkvpropedit', attached, '--add-attachment', self.film)
        self.assertTrue(self.check_front(attached))

    def test_every_order_that_the_format_allows(self):
        data = self.merged('merged.mkv', '--cluster-length', '2000ms').read_bytes()
        behind = [ebml.INFO, CLUSTER, ebml.CUES, ebml.TAGS, ebml.TRACKS]
        usual = [ebml.INFO, ebml.TRACKS, ebml.TAGS, CLUSTER, ebml.CUES]
        front = [ebml.TAGS, ebml.CUES, ebml.TRACKS, ebml.INFO, CLUSTER]
        all_behind = [CLUSTER, ebml.TAGS, ebml.TRACKS, ebml.CUES, ebml.INFO]
        for name, order, options in [
                ('behind', behind, {}), ('behind-two-seek-heads', behind, {'heads': 2}), ('void', usual, {'void': 5000}),
                ('checksums', behind, {'crc': True, 'void': 1}), ('front', front, {'heads': 2}), ('all-behind', all_behind, {}),
                ('unknown-clusters', usual[:4], {'unknown': (CLUSTER,), 'heads': 0}),
                ('unknown-segment', behind, {'unknown': (SEGMENT,), 'void': 300}),
                ('all-unknown', usual[:4], {'unknown': (SEGMENT, CLUSTER), 'heads': 0}),
                ('no-seek-head', usual, {'heads': 0}), ('no-cues', usual[:4], {})]:
            path = self.folder / f'{name}.mkv'
            path.write_bytes(ebml.Layout(data).build(order, **options))
            self.check(path)
            if 'unknown' not in options and options.get('void'):
                self.assertTrue(self.check_front(path), name)
        self.assertEqual(self.checked, 11)


class Others(Matrix):
    def test_mp4(self):
        self.check(self.remux('moov-last.mp4'))
        self.check(self.remux('moov-first.mp4', '-movflags', '+faststart'))
        self.check(self.remux('fragments.mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof'))
        self.check(self.remux('fragments-of-moov.mp4', '-movflags', '+frag_keyframe'))
        self.check(self.remux('segment-index.mp4', '-movflags', '+frag_keyframe+empty_moov+dash+global_sidx'))
        path = self.folder / 'handbrake.mp4'
        call('HandBrakeCLI', '--preset', 'Very Fast 480p30', '--format', 'av_mp4', '--optimize', '--input', self.film, '--output', path)
        self.check(path)
        first = self.remux('no-type.mp4', '-movflags', '+faststart')
        first.write_bytes(first.read_bytes().replace(b'ftyp', b'free', 1))    # as QuickTime's old files
        self.check(first)
        self.assertEqual(self.checked, 7)

    def test_clocks_that_jump(self):
        stream = self.remux('transport.ts')
        self.check(stream, cuts=False)
        short = self.remux('short.ts', '-t', '6')
        joined = self.folder / 'joined.ts'
        joined.write_bytes(stream.read_bytes() + short.read_bytes())   # the end of it is not the latest time
        self.check(joined, cuts=False)
        program = self.folder / 'program.mpg'
        call(*QUIET, '-i', self.film, '-c:v', 'mpeg2video', '-r', '25', '-c:a', 'mp2', '-ar', '48000', program)
        self.check(program, cuts=False)
        self.check(self.sound('sound.ogg', '-c:a', 'flac'), cuts=False)
        self.assertEqual(self.checked, 4)

    def sound(self, name, *options):
        path = self.folder / name
        call(*QUIET, '-f', 'lavfi', '-i', f'anoisesrc=duration={SECONDS}:sample_rate=8000:seed=1', *options, path)
        return path

    def test_flac(self):
        plain = self.sound('plain.flac')
        self.check(plain)
        picture = self.folder / 'cover.png'
        call(*QUIET, '-f', 'lavfi', '-i', 'nullsrc=s=1200x900,geq=random(1)*255:128:128', '-frames:v', '1', picture)
        self.assertGreater(picture.stat().st_size, 1 << 20)
        covered = self.copy_of(plain, 'covered.flac')
        call('metaflac', f'--import-picture-from={picture}', covered)
        self.check(covered)
        tagged = self.folder / 'id3.flac'
        tagged.write_bytes(b'ID3\x03\0\0\0\0\x01\x00' + bytes(128) + plain.read_bytes())
        self.check(tagged)
        large = self.folder / 'large-id3.flac'
        size = 3 << 20
        large.write_bytes(b'ID3\3\0\0' + bytes(size >> shift & 127 for shift in (21, 14, 7, 0)) + bytes(size) + plain.read_bytes())
        self.check(large)
        behind = self.folder / 'tag-behind.flac'
        behind.write_bytes(plain.read_bytes() + b'TAG' + bytes(125))
        self.check(behind, cuts=False)
        data = plain.read_bytes()     # in the last frame
        whole, cut = probe_with_cuts(self.copy_of(plain, 'last.flac'), [len(data) - n for n in (1, 2, 100, 1000)])
        self.assertEqual([size for size, found in cut.items() if not is_told(whole, found)], [])
        self.check(self.sound('no-seek-table.flac', '-write_header', '1', '-frame_size', '1152'))

    def test_wave(self):
        plain = self.sound('plain.wav')
        self.check(plain)
        self.check(self.sound('broadcast.wav', '-write_bext', '1', '-metadata', 'description=Chunks before the data'))
        data = plain.read_bytes()
        junk = b'JUNK' + struct.pack('<I', 100_000) + bytes(100_000)
        path = self.folder / 'junk.wav'
        path.write_bytes(b'RIFF' + struct.pack('<I', len(data) - 8 + len(junk)) + b'WAVE' + junk + data[12:])
        self.check(path)
        self.check(self.sound('odd.wav', '-c:a', 'pcm_s24le'))
        self.check(self.sound('large.wav', '-rf64', 'always'))
        self.check(self.sound('sony.w64'))
        self.check(self.sound('adpcm.wav', '-ar', '44100', '-c:a', 'adpcm_ms'))
        with open(self.folder / 'pipe.wav', 'wb') as pipe:
            subprocess.run([*QUIET, '-i', plain, '-f', 'wav', 'pipe:1'], stdout=pipe, check=True)
        self.check(self.folder / 'pipe.wav')
        self.assertEqual(self.checked, 8)


if __name__ == '__main__':
    unittest.main()
