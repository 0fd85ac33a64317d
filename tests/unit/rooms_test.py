#!/usr/bin/env python3
"""Who may include whom: each room sees only what CMakeLists.txt names for it, and each library has its one place."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
ROOM = re.compile(r"^amphi_room\((\w+)([^)]*)\)", re.MULTILINE)

# A header's beginning, and the only places that may include it.
PLACES = {
    "sqlite3.h": ["lib/catalog"],
    "CLI/": ["cmd"],
    "dvdread/": ["lib/disc", "lib/reader"],
    "libbluray/": ["lib/reader"],
    "libavformat/": ["lib/media"],
    "libavcodec/": ["lib/media"],
    "libavutil/": ["lib/media"],
    "libavfilter/": ["lib/media"],
    "toml++/": ["lib/config"],
    "nettle/": ["lib/base"],
    "spdlog/": ["lib/base"],
    "utf8proc.h": ["lib/base", "lib/library"],
    "libudev.h": ["lib/disc"],
}

# plan, classify, episodes, identify and library get everything as values: no disk, no database, no clock, no process.
PURE = ["classify", "episodes", "identify", "library", "plan"]
IMPURE_HEADERS = re.compile(
    r"^(filesystem|fstream|chrono|ctime|thread|random|fcntl\.h|unistd\.h|dirent\.h|poll\.h|sys/.*|time\.h|stdio\.h|cstdio|"
    r"base/(beneath|child|descriptor|environment|handle|lock|log|publish|publish_calls|root|signals)\.hpp)$")
IMPURE_WORDS = re.compile(r"\b(system_now|sha256_of_file|getenv|std::cout|std::cerr)\b")
SHELL = re.compile(r"(?:^|[^\w.>:])(?:std::|::)?(?:system|popen|execlp|execvp)\s*\(", re.MULTILINE)


def rooms_of(cmake):
    """Room -> the rooms that its line names."""
    found = {}
    for name, rest in ROOM.findall(cmake):
        words = rest.split()
        named = words[words.index("ROOMS") + 1:] if "ROOMS" in words else []
        for end in ("LINK", "PUBLIC", "PRIVATE"):
            if end in named:
                named = named[:named.index(end)]
        found[name] = named
    return found


def includes_of(text):
    return [name for _, name in INCLUDE.findall(text)]


def code_of(text):
    """Without comments and strings, roughly: enough to look for words."""
    text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
    return re.sub(r"//[^\n]*", "", text)


def room_faults(place, text, rooms):
    """What a source in `place` ("lib/plan") includes of rooms without being named for it."""
    kind, _, room = place.partition("/")
    if kind == "lib":
        allowed = {room, "amphi", *rooms[room]} | ({"model", "base"} if room not in ("base", "model") else set())
    elif kind == "include":
        allowed = {"amphi"}
    else:
        return []
    others = set(rooms) | {"cmd"}
    return [name for name in includes_of(text) if name.split("/")[0] in others and name.split("/")[0] not in allowed]


def library_faults(place, text):
    return [name for name in includes_of(text)
            for start, places in PLACES.items() if name.startswith(start) and place not in places]


def purity_faults(place, text):
    if place.removeprefix("lib/") not in PURE:
        return []
    return [name for name in includes_of(text) if IMPURE_HEADERS.match(name)] + IMPURE_WORDS.findall(code_of(text))


def sources():
    """(place, path, text) of every C++ file that is shipped."""
    for top in ("lib", "include", "cmd"):
        for path in sorted((ROOT / top).rglob("*.[ch]pp")):
            parts = path.relative_to(ROOT).parts
            place = "cmd" if top == "cmd" else "/".join(parts[:2])
            yield place, path.relative_to(ROOT), path.read_text()


class Rooms(unittest.TestCase):
    def setUp(self):
        self.rooms = rooms_of((ROOT / "CMakeLists.txt").read_text())
        self.sources = list(sources())

    def assert_no_faults(self, find):
        faults = [f"{path}: {fault}" for place, path, text in self.sources for fault in find(place, text)]
        self.assertEqual(faults, [])

    def test_every_folder_of_lib_is_a_room_of_cmake(self):
        folders = {path.name for path in (ROOT / "lib").iterdir() if path.is_dir()}
        self.assertEqual(folders, set(self.rooms))
        self.assertGreater(len(self.sources), 50)

    def test_rooms_name_only_rooms_before_them(self):
        seen = set()
        for room, named in self.rooms.items():
            self.assertLessEqual(set(named), seen, room)
            seen.add(room)

    def test_a_room_includes_only_what_is_named_for_it(self):
        self.assert_no_faults(lambda place, text: room_faults(place, text, self.rooms))

    def test_each_library_has_its_place(self):
        self.assert_no_faults(library_faults)

    def test_plan_classify_episodes_identify_and_library_are_pure(self):
        self.assert_no_faults(purity_faults)

    def test_nobody_uses_a_shell(self):
        self.assert_no_faults(lambda place, text: SHELL.findall(code_of(text)))

    def test_public_headers_bring_no_library_but_the_forward_declarations_of_json(self):
        def find(place, text):
            if place != "include/amphi":
                return []
            return [n for n in includes_of(text)
                    if "/" in n and not n.startswith(("amphi/", "sys/")) and n != "nlohmann/json_fwd.hpp"]
        self.assert_no_faults(find)

    def test_an_include_in_quotes_is_written_with_its_room(self):
        def find(place, text):
            return [n for kind, n in INCLUDE.findall(text) if kind == '"' and "/" not in n and not place.startswith("cmd")]
        self.assert_no_faults(find)


class Watcher(unittest.TestCase):
    """The finders find."""

    rooms = {"base": [], "model": ["base"], "plan": ["model", "library"], "library": ["model"], "catalog": ["model"]}

    def test_reads_the_rooms_of_cmake(self):
        cmake = "amphi_room(base LINK PUBLIC fmt)\namphi_room(disc  ROOMS model plan LINK PRIVATE x)  # text\n"
        self.assertEqual(rooms_of(cmake), {"base": [], "disc": ["model", "plan"]})

    def test_finds_a_room_that_is_not_named(self):
        text = '#include "catalog/row.hpp"\n# include <library/place.hpp>\n#include "plan/x.hpp"\n#include "base/text.hpp"\n'
        self.assertEqual(room_faults("lib/plan", text, self.rooms), ["catalog/row.hpp"])
        self.assertEqual(room_faults("lib/base", '#include "model/x.hpp"', self.rooms), ["model/x.hpp"])
        self.assertEqual(room_faults("include/amphi", '#include "base/text.hpp"', self.rooms), ["base/text.hpp"])

    def test_finds_a_library_out_of_place(self):
        for header, place in (("sqlite3.h", "lib/process"), ("CLI/CLI.hpp", "lib/base"), ("dvdread/ifo_read.h", "cmd"),
                              ("libavcodec/avcodec.h", "lib/disc"), ("toml++/toml.h", "lib/tools")):
            self.assertEqual(library_faults(place, f"#include <{header}>\n"), [header])
        self.assertEqual(library_faults("lib/catalog", "#include <sqlite3.h>\n"), [])

    def test_finds_the_disk_and_the_clock(self):
        text = '#include <fstream>\n#include "base/root.hpp"\n#include "base/text.hpp"\nauto now = system_now();  // getenv\n'
        self.assertEqual(purity_faults("lib/plan", text), ["fstream", "base/root.hpp", "system_now"])
        self.assertEqual(purity_faults("lib/process", text), [])

    def test_finds_a_shell(self):
        self.assertTrue(SHELL.search(code_of("int x = system(line);")))
        self.assertTrue(SHELL.search(code_of("auto* f = ::popen(a, b);")))
        self.assertFalse(SHELL.search(code_of("std::error_code e(errno, other::system(1));")))
        self.assertFalse(SHELL.search(code_of('// system("x")\nfile_system(a); "popen(";')))


if __name__ == "__main__":
    unittest.main()
