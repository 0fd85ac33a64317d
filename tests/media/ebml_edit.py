"""Matroska files laid out anew, as other writers lay them out; by a parser that shares nothing with libav or amphi."""
import zlib

import matroska

SEEKHEAD, INFO, TRACKS, CHAPTERS = 0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1043a770
CUES, TAGS, VOID, CRC32 = 0x1c53bb6b, 0x1254c367, 0xec, 0xbf
SEEK, SEEK_ID, SEEK_POSITION = 0x4dbb, 0x53ab, 0x53ac
CUE_POINT, CUE_POSITIONS, CUE_CLUSTER = 0xbb, 0xb7, 0xf1
UNKNOWN = b'\x01' + b'\xff' * 7


def id_bytes(kind):
    return kind.to_bytes((kind.bit_length() + 7) // 8, 'big')


def element(kind, body, size=None):
    """With a size of eight bytes, so that lengths are known before positions are."""
    return id_bytes(kind) + (size or b'\x01' + len(body).to_bytes(7, 'big')) + body


def children(data, at=0, end=None):
    """[(id, body)] of a range."""
    return [(kind, data[a:e]) for kind, a, e in matroska.elements(data, at, len(data) if end is None else end)]


def borders(data):
    """Offset of every element at the top and in the segment: where each begins, and where the last ends."""
    found = []
    for kind, at, end in matroska.elements(data, 0, len(data)):
        found.append(end)
        if kind == matroska.SEGMENT:
            begin = at
            for _, _, stop in matroska.elements(data, at, end):
                found.append(begin)
                begin = stop
    return sorted(set(found))


def seek_head(places):
    entries = b''.join(element(SEEK, element(SEEK_ID, id_bytes(kind)) + element(SEEK_POSITION, at.to_bytes(8, 'big')))
                       for kind, at in places)
    return element(SEEKHEAD, entries)


def level_1(data):
    """(where the segment's body begins, [(id, place from there, its bytes)])."""
    begin, end = next((at, end) for kind, at, end in matroska.elements(data, 0, len(data)) if kind == matroska.SEGMENT)
    found, place = [], begin
    for kind, _, stop in matroska.elements(data, begin, end):
        found.append((kind, place - begin, data[place:stop]))
        place = stop
    return begin, found


def seek_entries(head):
    """[(id, place)] that a SeekHead names, from its bytes."""
    found = []
    for kind, entry in children(children(head)[0][1]):
        if kind == SEEK:
            fields = dict(children(entry))
            found.append(tuple(int.from_bytes(fields[k], 'big') for k in (SEEK_ID, SEEK_POSITION)))
    return found


def moved_cues(body, moved):
    """Cues whose clusters lie elsewhere now; `moved`: old offset -> new one."""
    out = b''
    for kind, point in children(body):
        if kind != CUE_POINT:
            continue
        fields = b''
        for inner, value in children(point):
            if inner == CUE_POSITIONS:
                value = b''.join(element(k, moved[int.from_bytes(v, 'big')].to_bytes(8, 'big') if k == CUE_CLUSTER else v)
                                 for k, v in children(value))
            fields += element(inner, value)
        out += element(CUE_POINT, fields)
    return out


class Layout:
    """The parts of a file, to be put together in another order."""

    def __init__(self, data):
        (self.head_kind, self.head), (kind, self.segment) = children(data)[:2]
        assert kind == matroska.SEGMENT
        self.clusters, self.parts, self.old = [], {}, []
        begin = 0
        for kind, at, end in matroska.elements(self.segment, 0, len(self.segment)):
            if kind == matroska.CLUSTER:
                self.clusters.append(self.segment[at:end])
                self.old.append(begin)
            elif kind not in (SEEKHEAD, VOID, CRC32):
                self.parts[kind] = self.segment[at:end]
            begin = end

    def build(self, order, heads=1, unknown=(), void=0, crc=False):
        """`order`: ids, CLUSTER for all clusters; those named in `unknown` get no size. `heads`: 0, 1 or a chain of 2 SeekHeads.
        `void`: bytes of Void before each part."""
        if crc:
            self.parts = {k: b if k == CUES or b[:1] == b'\xbf' else b'\xbf\x84' + zlib.crc32(b).to_bytes(4, 'little') + b
                          for k, b in self.parts.items()}
        places, out = {}, b''
        moved = dict.fromkeys(self.old, 0)
        for _ in range(3):     # positions settle: every number has eight bytes
            parts = dict(self.parts)
            if CUES in parts:
                parts[CUES] = moved_cues(parts[CUES], moved)
            listed = [(kind, places.get(kind, 0)) for kind in order if kind != matroska.CLUSTER and kind in parts]
            second = seek_head(listed[1:]) if heads == 2 else b''
            first = {0: b'', 1: seek_head(listed), 2: seek_head([*listed[:1], (SEEKHEAD, places.get(SEEKHEAD, 0))])}[heads]
            out = first
            for kind in order:
                out += element(VOID, bytes(void)) if void else b''
                if kind == matroska.CLUSTER:
                    for old, body in zip(self.old, self.clusters):
                        moved[old] = len(out)
                        out += element(kind, body, UNKNOWN if kind in unknown else None)
                elif kind in parts:
                    places[kind] = len(out)
                    out += element(kind, parts[kind])
            places[SEEKHEAD] = len(out)
            out += second
        size = UNKNOWN if matroska.SEGMENT in unknown else None
        return element(self.head_kind, self.head) + element(matroska.SEGMENT, out, size)

