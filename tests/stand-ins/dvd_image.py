"""Titles of a DVD image or VIDEO_TS folder, read from its IFOs without any library: for the stand-in of makemkvcon."""

import os
import struct

SECTOR = 2048


class Files:
    """VIDEO_TS of an ISO 9660 image or a folder: name -> bytes at an offset."""

    def __init__(self, path):
        self.label, self._parts, self._image = "", {}, None
        if os.path.isdir(path):
            inner = os.path.join(path, "VIDEO_TS")
            folder = inner if os.path.isdir(inner) else path
            self._parts = {name.upper(): os.path.join(folder, name) for name in os.listdir(folder)}
        else:
            self._image = open(path, "rb")
            volume = self._at(16 * SECTOR, SECTOR)
            if volume[1:6] != b"CD001":
                raise OSError("no ISO 9660 file system")
            self.label = volume[40:72].decode("ascii", "replace").strip()
            root = self._list(*struct.unpack_from("<I4xI", volume, 156 + 2))
            self._parts = self._list(*root["VIDEO_TS"])

    def _at(self, offset, size):
        self._image.seek(offset)
        return self._image.read(size)

    def _list(self, sector, size):
        data, found, at = self._at(sector * SECTOR, size), {}, 0
        while at < len(data):
            length = data[at]
            if not length:
                at = (at // SECTOR + 1) * SECTOR
                continue
            name = data[at + 33:at + 33 + data[at + 32]].decode("ascii", "replace").split(";")[0]
            found[name] = struct.unpack_from("<I4xI", data, at + 2)
            at += length
        return found

    def __contains__(self, name):
        return name in self._parts

    def read(self, name, offset=0, size=None):
        part = self._parts[name]
        if self._image:
            return self._at(part[0] * SECTOR + offset, part[1] - offset if size is None else min(size, part[1] - offset))
        with open(part, "rb") as file:
            file.seek(offset)
            return file.read() if size is None else file.read(size)

    def size(self, name):
        return self._parts[name][1] if self._image else os.path.getsize(self._parts[name])


def u16(data, at):
    return struct.unpack_from(">H", data, at)[0]


def u32(data, at):
    return struct.unpack_from(">I", data, at)[0]


def seconds(time):
    """BCD hours, minutes, seconds, frames. NTSC counts 30 non-drop frames a second."""
    h, m, s, f = ((b >> 4) * 10 + (b & 15) for b in (*time[:3], time[3] & 0x3F))
    whole = h * 3600 + m * 60 + s
    return (whole * 30 + f) * 1001 / 30000 if time[3] >> 6 == 3 else whole + f / 25


class Title:
    def __init__(self, files, number, entry):
        self.number, self.files = number, files
        self.title_set, in_set = entry[6], entry[7]
        ifo = files.read(f"VTS_{self.title_set:02}_0.IFO")
        ptt = u32(ifo, 0xC8) * SECTOR
        start, end = u32(ifo, ptt + 8 + 4 * (in_set - 1)) + ptt, u32(ifo, ptt + 4) + ptt + 1
        if in_set < u16(ifo, ptt):
            end = u32(ifo, ptt + 8 + 4 * in_set) + ptt
        self.chapters = (end - start) // 4
        pgcit = u32(ifo, 0xCC) * SECTOR
        pgc = pgcit + u32(ifo, pgcit + 8 + 8 * (u16(ifo, start) - 1) + 4)
        self.seconds = seconds(ifo[pgc + 4:pgc + 8])
        self.cells = self._cells(ifo, pgc)
        self.wide = ifo[0x200] >> 2 & 3 == 3
        self.ntsc = ifo[0x200] >> 4 & 3 == 0
        self.audio = self._streams(ifo, pgc, 0x202, 8, 0x0C, 2, 15, lambda c: 0x80 + (c >> 8 & 7))
        four_three = lambda c: 0x20 + (c >> 24 & 31)
        sixteen_nine = lambda c: 0x20 + (c >> 16 & 31)
        self.subtitles = self._streams(ifo, pgc, 0x254, 6, 0x1C, 4, 31, sixteen_nine if self.wide else four_three)

    @staticmethod
    def _cells(ifo, pgc):
        table = pgc + u16(ifo, pgc + 0xE8)
        cells = []
        for at in range(table, table + 24 * ifo[pgc + 3], 24):
            mode, kind = ifo[at] >> 6, ifo[at] >> 4 & 3
            if kind == 0 or mode == 1:
                cells.append((u32(ifo, at + 8), u32(ifo, at + 20)))
        return cells

    @staticmethod
    def _streams(ifo, pgc, attributes, size, control, width, present, stream_id):
        """[(sub-stream id, two-letter language)] of what the program chain says is there."""
        found = []
        for i in range(u16(ifo, attributes)):
            word = (u16 if width == 2 else u32)(ifo, pgc + control + width * i)
            if word >> present & 1:
                language = ifo[attributes + 2 + size * i + 2:attributes + 2 + size * i + 4]
                found.append((stream_id(word), language.decode("ascii", "replace")))
        return found

    def bytes(self):
        return sum(last - first + 1 for first, last in self.cells) * SECTOR

    def sectors(self):
        """The title's sectors in playing order, in pieces."""
        vobs, at = [], 0
        for i in range(1, 10):
            name = f"VTS_{self.title_set:02}_{i}.VOB"
            if name in self.files:
                vobs.append((at, at + self.files.size(name), name))
                at = vobs[-1][1]
        for first, last in self.cells:
            at, end = first * SECTOR, (last + 1) * SECTOR
            while at < end:
                begin, stop, name = next(v for v in vobs if v[0] <= at < v[1])
                piece = self.files.read(name, at - begin, min(512 * SECTOR, end - at, stop - at))
                if not piece:
                    raise OSError(f"{name} ends early")
                yield piece
                at += len(piece)


def titles(path):
    files = Files(path)
    vmg = files.read("VIDEO_TS.IFO")
    if vmg[:12] != b"DVDVIDEO-VMG":
        raise OSError("no DVD-Video")
    table = u32(vmg, 0xC4) * SECTOR
    entries = [vmg[table + 8 + 12 * i:table + 20 + 12 * i] for i in range(u16(vmg, table))]
    return files.label, [Title(files, i + 1, entry) for i, entry in enumerate(entries)]
