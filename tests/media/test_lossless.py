#!/usr/bin/env python3
"""What the remux writes against what an independent parser finds in the sectors: every byte, every time."""
import hashlib
import struct
import subprocess
import unittest

from support import MediaTest
from matroska import Matroska

import truth

# disc, title, its title set, its number there
TITLES = [('pal', 1, 1, 1), ('pal', 2, 2, 1), ('pal', 4, 2, 3), ('ntsc', 1, 1, 1), ('ntsc', 3, 2, 2)]
NASTY = [('nasty', n, n, 1) for n in range(1, 8)]


def codec_of(stream):
    """Matroska's name for what libav's stream id means on a DVD."""
    if stream >= 0x1e0:
        return 'V_MPEG2'
    if stream >= 0x1c0:
        return 'A_MPEG/L2'
    if stream >= 0xa0:
        return 'A_PCM/INT/LIT'
    if stream >= 0x88:
        return 'A_DTS'
    return 'A_AC3' if stream >= 0x80 else 'S_VOBSUB'


def unpack_lpcm_16(data):
    return b''.join(data[i + 1:i + 2] + data[i:i + 1] for i in range(0, len(data), 2))


def unpack_lpcm_24_stereo(data):
    """Two times left and right: four upper halves, then four low bytes."""
    out = bytearray()
    for at in range(0, len(data) - 11, 12):
        for sample in range(4):
            out += bytes((data[at + 8 + sample], data[at + 2 * sample + 1], data[at + 2 * sample]))
    return bytes(out)


class Title(MediaTest):
    """One title of one disc, ripped once per test."""

    def load(self, disc, title, title_set, number):
        self.source = self.disc(disc)
        self.answer = self.rip(self.source, title)
        self.sectors = self.folder / 'title.sectors'
        self.file = Matroska(self.folder / 'title.mkv')
        ifo = self.disc(disc, 'dvd') / f'VIDEO_TS/VTS_{title_set:02}_0.IFO'
        self.ifo = ifo.read_bytes()
        self.number = number
        self.cells = truth.cells(self.sectors)

    def pictures(self):
        return self.file.tracks[0]

    def lead_in(self):
        return min(block.time for block in self.pictures().blocks) / 1000

    def each(self, titles, check):
        for title in titles:
            with self.subTest(title=title):
                self.load(*title)
                check()


class Payload(Title):
    def check_payload(self):
        found = truth.streams(self.sectors)
        self.assertEqual(len(found), len(self.file.tracks))
        for track in self.file.tracks:
            candidates = {key: data for key, data in found.items() if codec_of(key) == track.codec}
            self.assertTrue(candidates, track.codec)
            data = track.payload
            digest = hashlib.md5(data).hexdigest()
            expected = {hashlib.md5(self.unpacked(track, raw)).hexdigest() for raw in candidates.values()}
            self.assertIn(digest, expected, f'{track.codec}, {len(data)} bytes')

    @staticmethod
    def unpacked(track, data):
        if track.codec != 'A_PCM/INT/LIT':
            return data
        return unpack_lpcm_16(data) if track.bits == 16 else unpack_lpcm_24_stereo(data)

    def test_every_stream_is_the_discs_own_bytes(self):
        self.each(TITLES, self.check_payload)

    def test_on_a_nasty_disc_too(self):
        self.each(NASTY, self.check_payload)


class Times(Title):
    def check_length(self):
        expected = (self.cells[-1].at + self.cells[-1].length) / 90000
        self.assertAlmostEqual(self.answer['declared_seconds'], expected, places=4)
        track = self.pictures()
        last = max(block.time for block in track.blocks) / 1000 + track.frame_ns / 1e9
        joins = len({cell.vob for cell in self.cells})
        self.assertLess(abs(last - self.lead_in() - expected), 0.032 * joins + 0.001)
        # The reported end is that of picture or sound, whichever is later.
        self.assertGreaterEqual(self.answer['media']['duration_seconds'], last - 0.001)
        self.assertLess(self.answer['media']['duration_seconds'], last + 0.1)

    def check_chapters(self):
        starts = [self.cells[index].at / 90000 for index in truth.chapters(self.ifo, self.number)]
        self.assertEqual(len(starts), len(self.file.chapters))
        self.assertEqual(self.answer['media']['chapters'], len(starts))
        for start, chapter in zip(starts, self.file.chapters):
            self.assertLess(abs(chapter - self.lead_in() - start), 0.0011 + 0.0005)

    def check_steps(self):
        for track in self.file.tracks:
            times = [block.time for block in track.blocks]
            self.assertGreaterEqual(min(times), 0)
            if track.codec == 'V_MPEG2':
                self.check_pictures(times)
            elif track.codec == 'A_AC3':
                self.check_sound(times)

    def check_pictures(self, times):
        """Each picture has its own time and no time is missing but at a join."""
        times = sorted(times)
        self.assertEqual(len(times), len(set(times)))
        frame = self.pictures().frame_ns / 1e6
        odd = [step for step in (b - a for a, b in zip(times, times[1:])) if abs(step - frame) > 1.01]
        self.assertLessEqual(len(odd), len({cell.vob for cell in self.cells}) - 1, odd)

    def check_sound(self, times):
        odd = [step for step in (b - a for a, b in zip(times, times[1:])) if abs(step - 32) > 1.5]
        self.assertLessEqual(len(odd), 2 * (len({cell.vob for cell in self.cells}) - 1), odd)

    def check(self):
        self.check_length()
        self.check_chapters()
        self.check_steps()

    def test_pal_and_ntsc(self):
        self.each(TITLES, self.check)

    def test_restarting_clocks_and_missing_stamps(self):
        self.each(NASTY, self.check)

    def test_late_sound_begins_where_it_did(self):
        self.load('nasty', 4, 4, 1)
        sound = self.file.tracks[1].blocks[0].time / 1000 - self.lead_in()
        self.assertLess(abs(sound - 5.0), 0.05)

    def test_a_join_keeps_picture_and_sound_together(self):
        """Where a VOB begins, so do its pictures: the join loses nothing."""
        self.load('nasty', 1, 1, 1)
        joins = [cell.at / 90000 for before, cell in zip(self.cells, self.cells[1:]) if before.vob != cell.vob]
        self.assertEqual(len(joins), 2)
        for join in joins:
            nearest = min(abs(b.time / 1000 - self.lead_in() - join) for b in self.pictures().blocks)
            self.assertLess(nearest, 0.0025)


class Streams(Title):
    def described(self):
        return [(t.codec, t.language, t.default, t.forced) for t in self.file.tracks]

    def test_order_languages_and_flags_are_the_ifos(self):
        self.load('pal', 1, 1, 1)
        self.assertEqual(self.described(), [('V_MPEG2', 'und', True, False), ('A_AC3', 'eng', True, False),
                                            ('A_AC3', 'ger', False, False), ('S_VOBSUB', 'eng', False, False)])
        facts = self.answer['media']
        self.assertEqual((facts['video_streams'], facts['audio_streams'], facts['subtitle_streams']), (1, 2, 1))

    def test_lpcm_becomes_pcm_and_the_others_stay(self):
        self.load('nasty', 2, 2, 1)
        sound = self.file.tracks[1:]
        self.assertEqual([(t.codec, t.language, t.channels) for t in sound],
                         [('A_PCM/INT/LIT', 'eng', 2), ('A_AC3', 'ger', 6), ('A_DTS', 'fre', 6)])
        self.assertEqual([t.bits for t in sound], [16, 0, 0])
        self.assertEqual({t.rate for t in sound}, {48000.0})

    def test_lpcm_of_24_bits(self):
        self.load('nasty', 3, 3, 1)
        self.assertEqual([(t.codec, t.bits) for t in self.file.tracks[1:]], [('A_PCM/INT/LIT', 16), ('A_PCM/INT/LIT', 24)])

    def test_mpeg_audio_has_its_real_channels(self):
        self.load('nasty', 7, 7, 1)
        self.assertEqual([(t.codec, t.language, t.channels) for t in self.file.tracks[1:]],
                         [('A_MPEG/L2', 'ita', 2), ('A_MPEG/L2', 'spa', 1)])

    def test_declared_streams_without_packets_are_left_out_and_said(self):
        self.load('nasty', 5, 5, 1)
        self.assertEqual([t.codec for t in self.file.tracks], ['V_MPEG2', 'A_AC3'])
        self.assertEqual(self.answer['dropped_audio'], 1)
        self.assertEqual(self.answer['dropped_subtitles'], 2)

    def test_a_picture_has_its_size_and_shape(self):
        for disc, height, title, shape in [('pal', 576, 1, 16 / 9), ('pal', 576, 2, 4 / 3), ('ntsc', 480, 1, 16 / 9)]:
            with self.subTest(disc=disc, title=title):
                self.load(disc, title, 1 if title == 1 else 2, 1)
                track = self.pictures()
                self.assertEqual((track.width, track.height), (720, height))
                self.assertAlmostEqual(track.display[0] / track.display[1], shape, places=2)

    def test_tags_describe_the_whole_file(self):
        self.rip(self.disc('pal'), 4, tags=[('TITLE', 'Ein "Film", 世界'), ('IMDB', 'tt0000001')])
        file = Matroska(self.folder / 'title.mkv')
        self.assertEqual(file.title, 'Ein "Film", 世界')
        self.assertEqual(file.tags.get('IMDB'), 'tt0000001')


class Subtitles(Title):
    def test_colours_and_size_reach_the_player(self):
        for disc, size in [('pal', '720x576'), ('ntsc', '720x480')]:
            with self.subTest(disc=disc):
                self.load(disc, 1, 1, 1)
                idx = self.folder / 'sub.idx'
                track = [t.codec for t in self.file.tracks].index('S_VOBSUB')
                subprocess.run(['mkvextract', self.folder / 'title.mkv', 'tracks', f'{track}:{self.folder / "sub"}'],
                               check=True, capture_output=True)
                lines = dict(line.split(': ', 1) for line in idx.read_text().splitlines() if line.startswith(('size', 'palette')))
                self.assertEqual(lines['size'], size)
                self.check_colours([int(word, 16) for word in lines['palette'].split(', ')])

    def check_colours(self, found):
        for word, colour in zip(truth.palette(self.ifo, self.number), found, strict=True):
            y, cr, cb = (word >> 16 & 255) - 16, (word >> 8 & 255) - 128, (word & 255) - 128
            wanted = 1.164 * y + 1.596 * cr, 1.164 * y - 0.813 * cr - 0.392 * cb, 1.164 * y + 2.017 * cb
            for component, value in zip(struct.unpack('3B', colour.to_bytes(3, 'big')), wanted):
                self.assertLessEqual(abs(component - min(255, max(0, value))), 1)

    def test_each_stands_as_long_as_the_disc_says(self):
        """The fixture's lines stand from second 1 to 6 of every ten."""
        self.load('pal', 1, 1, 1)
        blocks = self.file.tracks[3].blocks
        self.assertEqual(len(blocks), 9)
        for number, block in enumerate(blocks):
            self.assertLess(abs(block.time / 1000 - self.lead_in() - (10 * number + 1)), 0.1)
            self.assertLess(abs(block.duration / 1000 - 5), 0.1)


class Sameness(Title):
    def rip_bytes(self, source, title):
        self.rip(source, title)
        return (self.folder / 'title.mkv').read_bytes()

    def test_runs_image_and_folder_give_the_same_bytes(self):
        for disc, title in [('pal', 1), ('ntsc', 1), ('nasty', 1), ('nasty', 3), ('nasty', 6)]:
            with self.subTest(disc=disc, title=title):
                first = self.rip_bytes(self.disc(disc), title)
                self.assertEqual(first, self.rip_bytes(self.disc(disc), title))
                self.assertEqual(first, self.rip_bytes(self.disc(disc, 'dvd'), title))


if __name__ == '__main__':
    unittest.main()
