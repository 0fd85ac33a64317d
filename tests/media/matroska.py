"""A Matroska file (RFC 9559) as plain values, by a parser that shares nothing with libav or amphi."""
import dataclasses
import struct

CONTAINERS = {0x18538067, 0x1549a966, 0x1654ae6b, 0xae, 0xe0, 0xe1, 0x1043a770, 0x45b9, 0xb6, 0x80, 0x1254c367, 0x7373,
              0x63c0, 0x67c8, 0x1f43b675, 0xa0}
SEGMENT, CLUSTER = 0x18538067, 0x1f43b675


def number(data, at, keep_marker):
    length = next((n for n in range(1, 9) if data[at] & 0x80 >> n - 1), None)
    if length is None:
        raise ValueError(f'no element at {at}')
    value = int.from_bytes(data[at:at + length], 'big')
    if not keep_marker:
        value &= (1 << 7 * length) - 1
        if value == (1 << 7 * length) - 1:
            value = None
    return value, at + length


def elements(data, at, end):
    """(id, offset, end) of the children in a range."""
    while at < end:
        kind, at = number(data, at, True)
        size, at = number(data, at, False)
        stop = end if size is None else min(at + size, end)
        yield kind, at, stop
        at = stop


def unsigned(data):
    return int.from_bytes(data, 'big')


def real(data):
    return struct.unpack('>d' if len(data) == 8 else '>f', data)[0] if data else 0.0


def text(data):
    return data.rstrip(b'\0').decode()


@dataclasses.dataclass
class Block:
    time: int       # in the file's unit, milliseconds here
    data: bytes
    duration: int = None


@dataclasses.dataclass
class Track:
    number: int = 0
    kind: int = 0   # 1 video, 2 audio, 17 subtitle
    codec: str = ''
    language: str = 'eng'
    default: bool = True
    forced: bool = False
    commentary: bool = False
    private: bytes = b''
    width: int = 0
    height: int = 0
    display: tuple = (0, 0)
    channels: int = 1
    rate: float = 0
    bits: int = 0
    frame_ns: int = 0
    blocks: list = dataclasses.field(default_factory=list)

    @property
    def payload(self):
        return b''.join(block.data for block in self.blocks)


def xiph_sizes(data, at, count):
    sizes = []
    for _ in range(count):
        size = 0
        while data[at] == 255:
            size, at = size + 255, at + 1
        sizes.append(size + data[at])
        at += 1
    return sizes, at


def ebml_sizes(data, at, count):
    """The first as it is, the others as differences, with half of the range below zero."""
    size, after = number(data, at, False)
    sizes = [size]
    for _ in range(count - 1):
        length = after
        value, after = number(data, after, False)
        sizes.append(sizes[-1] + value - ((1 << (7 * (after - length) - 1)) - 1))
    return sizes, after


def frames(data, at, end, lacing):
    """Where each frame of a block lies; several are laced together at times."""
    if not lacing:
        return [(at, end)]
    count, at = data[at], at + 1      # one less than there are
    if lacing == 4:
        size = (end - at) // (count + 1)
        return [(at + i * size, at + (i + 1) * size) for i in range(count + 1)]
    sizes, at = xiph_sizes(data, at, count) if lacing == 2 else ebml_sizes(data, at, count)
    places = []
    for size in sizes:
        places.append((at, at + size))
        at += size
    return [*places, (at, end)]


class Matroska:
    def __init__(self, path):
        with open(path, 'rb') as file:
            self.data = file.read()
        self.tracks, self.chapters, self.tags, self.title, self.duration = [], [], {}, '', 0.0
        self.scale = 1000000
        for kind, at, end in elements(self.data, 0, len(self.data)):
            if kind == SEGMENT:
                self.segment(at, end)

    def fields(self, at, end):
        return [(kind, self.data[a:e], a, e) for kind, a, e in elements(self.data, at, end)]

    def segment(self, at, end):
        for kind, start, stop in elements(self.data, at, end):
            if kind == 0x1549a966:
                self.info(start, stop)
            elif kind == 0x1654ae6b:
                self.tracks = [self.track(a, e) for k, a, e in elements(self.data, start, stop) if k == 0xae]
            elif kind == 0x1043a770:
                self.edition(start, stop)
            elif kind == 0x1254c367:
                for k, a, e in elements(self.data, start, stop):
                    if k == 0x7373:
                        self.tag(a, e)
            elif kind == CLUSTER:
                self.cluster(start, stop)

    def info(self, at, end):
        for kind, data, _, _ in self.fields(at, end):
            if kind == 0x2ad7b1:
                self.scale = unsigned(data)
            elif kind == 0x4489:
                self.duration = real(data)
            elif kind == 0x7ba9:
                self.title = text(data)

    def track(self, at, end):
        track = Track()
        for kind, data, start, stop in self.fields(at, end):
            if kind == 0xd7:
                track.number = unsigned(data)
            elif kind == 0x83:
                track.kind = unsigned(data)
            elif kind == 0x86:
                track.codec = text(data)
            elif kind == 0x22b59c:
                track.language = text(data)
            elif kind == 0x88:
                track.default = bool(unsigned(data))
            elif kind == 0x55aa:
                track.forced = bool(unsigned(data))
            elif kind == 0x55af:
                track.commentary = bool(unsigned(data))
            elif kind == 0x63a2:
                track.private = data
            elif kind == 0x23e383:
                track.frame_ns = unsigned(data)
            elif kind == 0xe0:
                video = {k: unsigned(d) for k, d, _, _ in self.fields(start, stop) if len(d) <= 8}
                track.width, track.height = video[0xb0], video[0xba]
                track.display = video.get(0x54b0, track.width), video.get(0x54ba, track.height)
            elif kind == 0xe1:
                for k, d, _, _ in self.fields(start, stop):
                    if k == 0x9f:
                        track.channels = unsigned(d)
                    elif k == 0xb5:
                        track.rate = real(d)
                    elif k == 0x6264:
                        track.bits = unsigned(d)
        return track

    def edition(self, at, end):
        for kind, start, stop in elements(self.data, at, end):
            if kind == 0x45b9:
                for k, a, e in elements(self.data, start, stop):
                    if k == 0xb6:
                        times = [unsigned(d) for c, d, _, _ in self.fields(a, e) if c == 0x91]
                        self.chapters.append(times[0] / 1e9)

    def tag(self, at, end):
        fields = self.fields(at, end)
        targets = [(start, stop) for kind, _, start, stop in fields if kind == 0x63c0]
        if any(kind == 0x63c5 for start, stop in targets for kind, _, _, _ in self.fields(start, stop)):
            return  # of one track
        for kind, _, start, stop in fields:
            if kind == 0x67c8:
                simple = {k: d for k, d, _, _ in self.fields(start, stop)}
                self.tags[text(simple[0x45a3])] = text(simple.get(0x4487, b''))

    def cluster(self, at, end):
        base = 0
        for kind, start, stop in elements(self.data, at, end):
            if kind == 0xe7:
                base = unsigned(self.data[start:stop])
            elif kind == 0xa3:
                self.block(base, start, stop, None)
            elif kind == 0xa0:
                inner = {k: (a, e) for k, a, e in elements(self.data, start, stop)}
                duration = unsigned(self.data[slice(*inner[0x9b])]) if 0x9b in inner else None
                self.block(base, *inner[0xa1], duration)

    def block(self, base, at, end, duration):
        track, at = number(self.data, at, False)
        offset, flags = struct.unpack_from('>hB', self.data, at)
        target = next((t for t in self.tracks if t.number == track), None)
        if target is None:
            raise ValueError(f'a block of no track at {at}')
        for start, stop in frames(self.data, at + 3, end, flags & 6):
            target.blocks.append(Block(base + offset, self.data[start:stop], duration))
