#!/usr/bin/env python3
"""IFOs and VOBs with bits flipped or their ends gone: a clean answer, no crash, no finding of a sanitizer, no endless run."""
import random
import shutil
import unittest

from support import FINDING, MediaTest

SECTOR = 2048


class Hostile(MediaTest):
    def setUp(self):
        super().setUp()
        self.dvd = self.folder / 'dvd'
        shutil.copytree(self.disc('pal', 'dvd'), self.dvd)
        self.ts = self.dvd / 'VIDEO_TS'
        self.random = random.Random(20241122)

    def rip_cleanly(self, what):
        """Whatever it says, it says it: a result, or an error and exit 1."""
        for name in ['title.sectors', 'title.mkv', 'record']:
            (self.folder / name).write_bytes(b'')
        for step in [self.copy, self.remux]:
            answer = step(self.dvd, 4)
            self.assertNotEqual(answer.code, FINDING, f'{what}: {answer.err[-3000:]}')
            self.assertIn(answer.code, [0, 1], f'{what}: {answer.err[-3000:]}')
            self.assertEqual(answer.last['event'], 'result' if answer.code == 0 else 'error', what)
            if answer.code != 0:
                return

    def set_both(self, name, data):
        for end in ['IFO', 'BUP']:
            (self.ts / f'{name}.{end}').write_bytes(data)

    def flip(self, data, times, begin=0):
        data = bytearray(data)
        for _ in range(times):
            data[self.random.randrange(begin, len(data))] ^= 1 << self.random.randrange(8)
        return bytes(data)

    def test_ifos_cut_short(self):
        for name in ['VIDEO_TS', 'VTS_02_0']:
            whole = (self.ts / f'{name}.IFO').read_bytes()
            for size in [0, 1, 12, 0x80, 0xd0, 0x200, SECTOR - 1, SECTOR, SECTOR + 9, len(whole) // 2, len(whole) - SECTOR]:
                self.set_both(name, whole[:size])
                self.rip_cleanly(f'{name} cut to {size}')
            self.set_both(name, whole)

    def test_ifos_with_flipped_bits(self):
        for name in ['VIDEO_TS', 'VTS_02_0']:
            whole = (self.ts / f'{name}.IFO').read_bytes()
            for turn in range(25):
                self.set_both(name, self.flip(whole, 1 + turn, begin=12))
                self.rip_cleanly(f'{name} turn {turn}')
            self.set_both(name, whole)

    def test_streams_and_palette_of_an_ifo_at_their_limits(self):
        whole = (self.ts / 'VTS_02_0.IFO').read_bytes()
        for offset, length in [(0x200, 0x110), (0xc0, 0x40)]:
            for filler in [0, 0xff, 0x7f, 0x80]:
                data = bytearray(whole)
                data[offset:offset + length] = bytes([filler]) * length
                self.set_both('VTS_02_0', data)
                self.rip_cleanly(f'{offset:x} filled with {filler:x}')

    def test_vobs_with_flipped_bits(self):
        vob = self.ts / 'VTS_02_1.VOB'
        whole = vob.read_bytes()
        for turn in range(12):
            vob.write_bytes(self.flip(whole, 4 ** (turn % 7)))
            self.rip_cleanly(f'turn {turn}')

    def test_packs_whose_headers_lie(self):
        """Lengths, stuffing and header sizes of every pack at their limits."""
        vob = self.ts / 'VTS_02_1.VOB'
        whole = vob.read_bytes()
        for place, value in [(13, 0xff), (18, 0xff), (19, 0xff), (20, 0xff), (21, 0xff), (22, 0xff), (22, 0xe0), (23, 0xff),
                             (18, 0), (24, 0xff), (0x2d + 12, 0xff), (0x2d + 16, 0)]:
            data = bytearray(whole)
            for sector in range(0, len(data), SECTOR):
                data[sector + place] = value
            vob.write_bytes(data)
            self.rip_cleanly(f'byte {place} is {value:x} everywhere')

    def test_a_vob_of_noise(self):
        vob = self.ts / 'VTS_02_1.VOB'
        size = vob.stat().st_size
        vob.write_bytes(self.random.randbytes(size))
        self.rip_cleanly('noise')
        vob.write_bytes(b'\0\0\1\xba' * (size // 4))
        self.rip_cleanly('start codes')
        vob.write_bytes(bytes(size))
        self.rip_cleanly('zeros')


if __name__ == '__main__':
    unittest.main()
