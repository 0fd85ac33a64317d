#!/usr/bin/env python3
"""The copy of a title's sectors: what is safe is recorded, what was torn is continued, what is missing is an error."""
import json
import os
import shutil
import signal
import subprocess
import unittest

from support import MediaTest, environment, read_record, worker

SECTOR = 2048


class Copy(MediaTest):
    def whole(self, name='pal', title=1):
        self.ok(self.copy(self.disc(name), title, out='whole', record='whole.record'))
        return (self.folder / 'whole').read_bytes()

    def test_is_the_vobs_own_sectors(self):
        answer = self.ok(self.copy(self.disc('pal'), 1))
        vob = (self.disc('pal', 'dvd') / 'VIDEO_TS/VTS_01_1.VOB').read_bytes()
        copied = (self.folder / 'title.sectors').read_bytes()
        self.assertEqual(answer['sectors'] * SECTOR, len(copied))
        self.assertEqual(answer['bad_sectors'], 0)
        self.assertEqual(copied, vob)
        self.assertEqual((self.folder / 'record').read_text(), f'{answer["sectors"]:016x}\n')

    def test_continues_behind_a_torn_end(self):
        whole = self.whole()
        for tail in [b'', b'\0' * 100000, b'half a sector', os.urandom(SECTOR * 7)]:
            with self.subTest(tail=len(tail)):
                safe = 1000
                (self.folder / 'torn').write_bytes(whole[:safe * SECTOR] + tail)
                answer = self.ok(self.copy(self.disc('pal'), 1, out='torn', from_sector=safe))
                self.assertEqual((self.folder / 'torn').read_bytes(), whole)
                self.assertEqual(answer['sectors'] * SECTOR, len(whole))
                self.assertEqual(read_record(self.folder / 'record'), answer['sectors'])

    def test_continues_from_every_kind_of_place(self):
        whole = self.whole('pal', 4)
        total = len(whole) // SECTOR
        for safe in [0, 1, total // 2, total - 1, total]:
            with self.subTest(safe=safe):
                (self.folder / 'part').write_bytes(whole[:safe * SECTOR])
                self.ok(self.copy(self.disc('pal'), 4, out='part', from_sector=safe))
                self.assertEqual((self.folder / 'part').read_bytes(), whole)

    def test_what_is_continued_gives_the_same_film(self):
        whole = self.whole()
        (self.folder / 'title.sectors').write_bytes(whole)
        self.ok(self.remux(self.disc('pal'), 1, out='once.mkv'))
        (self.folder / 'title.sectors').write_bytes(whole[:777 * SECTOR] + b'\0' * 9999)
        self.ok(self.copy(self.disc('pal'), 1, from_sector=777))
        self.ok(self.remux(self.disc('pal'), 1, out='again.mkv'))
        self.assertEqual((self.folder / 'once.mkv').read_bytes(), (self.folder / 'again.mkv').read_bytes())

    def test_does_not_continue_beyond_the_file(self):
        (self.folder / 'title.sectors').write_bytes(b'\0' * SECTOR * 3)
        self.failed(self.copy(self.disc('pal'), 1, from_sector=4), 'other')

    def test_an_image_and_its_folder_give_the_same(self):
        for name in ['pal', 'ntsc', 'nasty']:
            self.assertEqual(self.whole(name), self.folder_copy(name))

    def folder_copy(self, name):
        self.ok(self.copy(self.disc(name, 'dvd'), 1, out='folder', record='folder.record'))
        return (self.folder / 'folder').read_bytes()


class Missing(MediaTest):
    def damaged_folder(self):
        folder = self.folder / 'dvd'
        shutil.copytree(self.disc('pal', 'dvd'), folder)
        return folder, folder / 'VIDEO_TS/VTS_01_1.VOB'

    def test_an_image_that_ends_early_is_an_error(self):
        image = self.disc('pal').read_bytes()
        vob = (self.disc('pal', 'dvd') / 'VIDEO_TS/VTS_01_1.VOB').read_bytes()
        begin = image.index(vob[:SECTOR])
        for kept in [0, 1, SECTOR, SECTOR * 100 + 17, len(vob) // 2, len(vob) - SECTOR, len(vob) - 1]:
            with self.subTest(kept=kept):
                cut = self.folder / 'cut.iso'
                cut.write_bytes(image[:begin + kept])
                error = self.failed(self.copy(cut, 1), 'medium')
                self.assertIn('end', error['message'])

    def test_a_folder_with_a_short_vob_is_an_error(self):
        folder, vob = self.damaged_folder()
        os.truncate(vob, vob.stat().st_size - 5 * SECTOR)
        self.failed(self.copy(folder, 1), 'medium')

    def test_a_short_vob_in_the_middle_is_an_error(self):
        """The files after it move up: the size still suffices, the sectors are the wrong ones."""
        folder, vob = self.damaged_folder()
        data = vob.read_bytes()
        half = len(data) // 2 // SECTOR * SECTOR
        vob.write_bytes(data[:half - 3 * SECTOR])
        (folder / 'VIDEO_TS/VTS_01_2.VOB').write_bytes(data[half:] + b'\0' * 3 * SECTOR)
        self.failed(self.copy(folder, 1), 'medium')

    def test_a_vob_in_pieces_is_whole(self):
        folder, vob = self.damaged_folder()
        data = vob.read_bytes()
        half = len(data) // 2 // SECTOR * SECTOR
        vob.write_bytes(data[:half])
        (folder / 'VIDEO_TS/VTS_01_2.VOB').write_bytes(data[half:])
        self.ok(self.copy(folder, 1))
        self.assertEqual((self.folder / 'title.sectors').read_bytes(), data)

    def test_zeroed_sectors_are_counted_by_copy_and_remux(self):
        folder, vob = self.damaged_folder()
        with open(vob, 'r+b') as file:
            file.seek(500 * SECTOR)
            file.write(b'\0' * 20 * SECTOR)
        self.assertEqual(self.ok(self.copy(folder, 1))['bad_sectors'], 20)
        answer = self.ok(self.remux(folder, 1))
        self.assertEqual(answer['bad_sectors'], 20)

    def test_an_encrypted_sector_is_an_error(self):
        folder, vob = self.damaged_folder()
        with open(vob, 'r+b') as file:
            file.seek(33 * SECTOR + 0x14)
            flags = file.read(1)[0]
            self.assertEqual(flags & 0xc0, 0x80, 'the fixture has no elementary packet there')
            file.seek(33 * SECTOR + 0x14)
            file.write(bytes([flags | 0x30]))
        self.failed(self.copy(folder, 1), 'key')

    def test_a_remux_of_other_sectors_is_an_error(self):
        self.ok(self.copy(self.disc('pal'), 4))
        self.failed(self.remux(self.disc('pal'), 1), 'medium')

    def test_no_such_title_and_no_dvd(self):
        text = self.folder / 'text'
        text.write_text('no disc')
        (self.folder / 'empty').write_bytes(b'')
        (self.folder / 'hollow').mkdir()
        for source, title in [(self.disc('pal'), 6), (self.disc('pal'), 0), (self.disc('pal'), -1), (text, 1),
                              (self.folder / 'empty', 1), (self.folder / 'hollow', 1), (self.folder / 'none', 1)]:
            with self.subTest(source=source, title=title):
                self.failed(self.copy(source, title), 'source')

    def test_no_room_is_called_so(self):
        self.ok(self.copy(self.disc('pal'), 4))
        with open('/dev/full', 'wb') as full:
            sectors = os.open(self.folder / 'title.sectors', os.O_RDONLY)
            try:
                job = {'source': str(self.disc('pal')), 'title': 4, 'sectors_fd': sectors, 'out_fd': full.fileno()}
                answer = subprocess.run([worker('dvd-remux'), 'dvd-remux', '--job', json.dumps(job)], capture_output=True,
                                        text=True, pass_fds=(sectors, full.fileno()), env=environment(), check=False)
            finally:
                os.close(sectors)
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertEqual(json.loads(answer.stdout.splitlines()[-1])['event'], 'error')


class Signals(MediaTest):
    def throttled(self, sectors):
        """A copy whose output is a pipe-slow file: stopped by a stopped reader is not possible, so it is stopped at once."""
        out = os.open(self.folder / 'title.sectors', os.O_RDWR | os.O_CREAT)
        record = os.open(self.folder / 'record', os.O_RDWR | os.O_CREAT)
        job = {'source': str(self.disc('pal')), 'title': 1, 'out_fd': out, 'record_fd': record, 'from_sector': sectors}
        child = subprocess.Popen([worker('dvd-sectors'), 'dvd-sectors', '--job', json.dumps(job)], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, pass_fds=(out, record), env=environment())
        os.close(out)
        os.close(record)
        return child

    def finish_after(self, number):
        child = self.throttled(0)
        path = self.folder / 'title.sectors'
        while child.poll() is None and path.stat().st_size < SECTOR * 512:
            pass
        child.send_signal(number)
        child.communicate()
        return child.returncode

    def test_whatever_is_recorded_is_there_after_any_end(self):
        whole = (self.disc('pal', 'dvd') / 'VIDEO_TS/VTS_01_1.VOB').read_bytes()
        for number in [signal.SIGTERM, signal.SIGINT, signal.SIGKILL]:
            with self.subTest(signal=number):
                for name in ['title.sectors', 'record']:
                    (self.folder / name).write_bytes(b'')
                # Fast machines finish before the signal: 0 is right too.
                self.assertIn(self.finish_after(number), [0, -number])
                safe = read_record(self.folder / 'record')
                copied = (self.folder / 'title.sectors').read_bytes()
                self.assertEqual(copied[:safe * SECTOR], whole[:safe * SECTOR])
                if number != signal.SIGKILL:
                    self.assertEqual(safe * SECTOR, len(copied))
                self.ok(self.copy(self.disc('pal'), 1, from_sector=safe))
                self.assertEqual((self.folder / 'title.sectors').read_bytes(), whole)


class Stdout(MediaTest):
    def test_is_json_lines_only_and_version_is_text(self):
        answer = self.copy(self.disc('pal'), 1)
        self.assertEqual([event['event'] for event in answer.events][-1], 'result')
        self.assertTrue(all(event['event'] == 'progress' for event in answer.events[:-1]))
        for verb, name in (('dvd-sectors', 'amphi-reader'), ('probe', 'amphi-media')):
            done = subprocess.run([worker(verb), '--version'], capture_output=True, text=True, check=True)
            self.assertRegex(done.stdout, rf'^{name} \d+\.\d+\.\d+\n$')

    def test_wrong_usage_is_exit_2_and_says_so(self):
        for arguments in [[], ['probe'], ['dvd-sectors'], ['dvd-sectors', '--job', '{'], ['dvd-sectors', '--job', '[]'],
                          ['dvd-remux', '--job', '{"source": 1}'], ['fly'], ['probe', '--job', '{}', 'x']]:
            with self.subTest(arguments=arguments):
                done = subprocess.run([worker(*arguments[:1] or ['']), *arguments], capture_output=True, text=True, env=environment(),
                                      check=False)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertEqual(json.loads(done.stdout)['event'], 'error')


if __name__ == '__main__':
    unittest.main()
