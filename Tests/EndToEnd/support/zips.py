"""Zip archives written byte by byte, so that they can be wrong in one place.

Each archive is a wheel of the project that its trick is named for. Source: APPNOTE.TXT of PKWARE.
"""

import struct
import zlib
from dataclasses import dataclass, field

LARGE = 0xFFFFFFFF


@dataclass
class Member:
    """A member; `local` and `central` replace what its two headers say."""

    name: bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0
    local: dict = field(default_factory=dict)
    central: dict = field(default_factory=dict)
    comment: bytes = b""
    #: Bytes that stand before its header and are nobody's.
    before: bytes = b""
    #: Bytes that stand behind its data, such as a data descriptor.
    behind: bytes = b""
    has_entry: bool = True
    has_data: bool = True

    def data(self):
        if self.method != 8:
            return self.content
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return packer.compress(self.content) + packer.flush()

    def facts(self, replaced):
        facts = {
            "name": self.name, "flags": self.flags, "method": self.method,
            "checksum": zlib.crc32(self.content), "packed": len(self.data()),
            "size": len(self.content), "extra": b"",
        }  # fmt: skip
        return facts | replaced


def local_header(member):
    facts = member.facts(member.local)
    return struct.pack(
        "<4s5H3L2H", b"PK\3\4", 20, facts["flags"], facts["method"], 0, 0x21, facts["checksum"],
        facts["packed"], facts["size"], len(facts["name"]), len(facts["extra"]),
    ) + facts["name"] + facts["extra"]  # fmt: skip


def entry(member, offset):
    facts = member.facts({"offset": offset} | member.central)
    return struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 20, 20, facts["flags"], facts["method"], 0, 0x21,
        facts["checksum"], facts["packed"], facts["size"], len(facts["name"]),
        len(facts["extra"]), len(member.comment), 0, 0, 0, facts["offset"],
    ) + facts["name"] + facts["extra"] + member.comment  # fmt: skip


def archive(members, *, start=0, before_directory=b"", zip64=None, comment=b"", **end):
    """The bytes of an archive.

    `start` is added to all offsets; `zip64` replaces parts of the ZIP64 end, which is written if it
    is given; `end` replaces parts of the plain end.
    """
    body, directory, count = bytearray(), bytearray(), 0
    for member in members:
        body += member.before
        offset = start + len(body)
        if member.has_data:
            body += local_header(member) + member.data() + member.behind
        if member.has_entry:
            directory += entry(member, offset)
            count += 1
    body += before_directory
    place = start + len(body)
    facts = {"on_disk": count, "count": count, "size": len(directory), "offset": place}
    tail = b""
    if zip64 is not None:
        large = facts | {"length": 44, "more": b"", "locator": place + len(directory)} | zip64
        tail += struct.pack(
            "<4sQ2H2L4Q", b"PK\6\6", large["length"], 45, 45, 0, 0, large["on_disk"],
            large["count"], large["size"], large["offset"],
        ) + large["more"]  # fmt: skip
        if large["locator"] is not None:
            tail += struct.pack("<4sLQL", b"PK\6\7", 0, large["locator"], 1)
        facts |= {"on_disk": 0xFFFF, "count": 0xFFFF, "size": LARGE, "offset": LARGE}
    facts |= {"comment_size": len(comment)} | end
    tail += struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, facts["on_disk"], facts["count"], facts["size"],
        facts["offset"], facts["comment_size"],
    )  # fmt: skip
    return bytes(body + directory + tail + comment)


def metadata(project):
    return f"Metadata-Version: 2.1\nName: {project}\nVersion: 1.0\nSummary: made by hand\n".encode()


def wheel_members(project, **replaced):
    """The members of a wheel; the module is the one that `replaced` is about."""
    info = f"{project}-1.0.dist-info".encode()
    return [
        Member(project.encode() + b".py", b"x = 1\n" * 20, **replaced),
        Member(info + b"/METADATA", metadata(project)),
        Member(info + b"/WHEEL", b"Wheel-Version: 1.0\n"),
        Member(info + b"/RECORD", b""),
    ]


def filename(project):
    return f"{project}-1.0-py3-none-any.whl"


def extra(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def second_name(name, original):
    return extra(0x7075, struct.pack("<BL", 1, zlib.crc32(original)) + name)


def large_sizes(project, *, local=None, central=None, **replaced):
    """A module whose sizes stand in ZIP64 fields, in both headers unless they are replaced."""
    module = Member(b"", b"x = 1\n" * 20, **replaced)
    sizes = {"packed": LARGE, "size": LARGE}
    both = extra(1, struct.pack("<QQ", len(module.content), len(module.data())))
    return wheel_members(
        project,
        local=sizes | {"extra": both} | (local or {}),
        central=sizes | {"extra": both} | (central or {}),
        **replaced,
    )


def good_archives():
    """Archives that PyPI takes, by their projects."""
    stamp = extra(0x5455, struct.pack("<BL", 1, 1_700_000_000))
    one_size = extra(1, struct.pack("<Q", 120))
    accented = "caf\u00e9.py".encode()
    shapes = {
        "deflated": wheel_members("deflated"),
        "stored": [Member(m.name, m.content, 0) for m in wheel_members("stored")],
        "folders": [Member(b"folders/", method=0), *wheel_members("folders")],
        "times": wheel_members("times", local={"extra": stamp}, central={"extra": stamp}),
        "accented": [Member(accented, b"x", flags=0x800), *wheel_members("accented")],
        "same_second_name": wheel_members(
            "same_second_name",
            central={"extra": second_name(b"same_second_name.py", b"same_second_name.py")},
        ),
        "large_sizes": large_sizes("large_sizes"),
        "one_large_size": wheel_members(
            "one_large_size", method=0,
            local={"packed": LARGE, "size": LARGE, "extra": one_size},
        ),
    }  # fmt: skip
    made = {name: archive(members) for name, members in shapes.items()}
    made["large_end"] = archive(wheel_members("large_end"), zip64={})
    made["comment"] = archive(wheel_members("comment"), comment=b"built by hand")
    return made


def bad_archives():
    """Archives that PyPI refuses, by their tricks: their bytes, and a part of what is said."""
    made = {}

    def add(name, problem, content):
        made[name] = (content(name) if callable(content) else content, problem)

    def module(problem, **replaced):
        return problem, lambda name: archive(wheel_members(name, **replaced))

    # The end of the archive.
    add("no_archive", "it is no zip archive", b"This is a text.\n" * 10)
    add("nothing", "it is no zip archive", b"")
    add("cut_off", "it is no zip archive", lambda name: archive(wheel_members(name))[:-30])
    add("cut_in_end", "it is no zip archive", lambda name: archive(wheel_members(name))[:-1])
    add("data_before", "directory is not where", lambda name: b"#!x\n" + archive(wheel_members(name)))
    add("owned_data_before", "data between",
        lambda name: b"#!x\n" + archive(wheel_members(name), start=4))
    add("data_behind", "data behind its end", lambda name: archive(wheel_members(name)) + b"\n")
    add("two_archives", "directory is not where",
        lambda name: archive(wheel_members(name)) + archive(wheel_members(name)))
    add("end_in_comment", "directory is not where",
        lambda name: archive(wheel_members(name), comment=archive([])))
    add("short_comment", "data behind its end",
        lambda name: archive(wheel_members(name), comment=b"longer", comment_size=3))
    add("long_comment", "data behind its end",
        lambda name: archive(wheel_members(name), comment=b"longer", comment_size=9))
    add("one_too_many", "not as many members", lambda name: counted(name, 1))
    add("one_too_few", "not as many members", lambda name: counted(name, -1))
    add("several_disks", "several disks", lambda name: archive(wheel_members(name), on_disk=1))
    # The end of ZIP64.
    add("large_end_missing", "two ends",
        lambda name: archive(wheel_members(name), size=LARGE, offset=LARGE))
    add("large_end_unfound", "two ends",
        lambda name: archive(wheel_members(name), zip64={"locator": None}))
    add("large_end_elsewhere", "two ends",
        lambda name: archive(wheel_members(name), zip64={"locator": 3}))
    add("large_end_extended", "two ends",
        lambda name: archive(wheel_members(name), zip64={"length": 48, "more": b"more"}))
    add("ends_that_differ", "two ends", lambda name: archive(wheel_members(name), zip64={}, count=3, on_disk=3))
    # What belongs to no member, and what to two.
    add("hidden_member", "own header contradicts|data between",
        lambda name: archive([Member(b"evil.py", b"x", has_entry=False), *wheel_members(name)]))
    add("hidden_in_the_midst", "data between",
        lambda name: archive(hiding(name, Member(b"evil.py", b"x", has_entry=False))))
    add("hidden_bytes", "data between",
        lambda name: archive(hiding(name, Member(b"a.py", b"x", before=b"evil"))))
    add("hidden_at_the_end", "data between",
        lambda name: archive(wheel_members(name), before_directory=b"evil"))
    add("missing_member", "share bytes",
        lambda name: archive([Member(b"gone.py", b"x", has_data=False), *wheel_members(name)]))
    add("twice_the_name", "two members have one name",
        lambda name: archive([*wheel_members(name), Member(name.encode() + b".py", b"evil")]))
    add("twice_the_data", "share bytes",
        lambda name: archive([Member(b"a.py", b"x" * 9), Member(b"b.py", b"x" * 9, has_data=False,
                              central={"offset": 0}), *wheel_members(name)]))
    # The two headers of a member.
    add("other_name", *module("contradicts the directory", local={"name": b"evil__name.py"}))
    add("other_size", *module("contradicts the directory", local={"size": 121}))
    add("other_packed_size", *module("contradicts the directory", local={"packed": 1}))
    add("other_checksum", *module("contradicts the directory", local={"checksum": 7}))
    add("other_method", *module("contradicts the directory", local={"method": 0}))
    add("stored_in_two_sizes", *module("two sizes", method=0, central={"size": 7}))
    add("data_descriptor", *module("only behind its data", flags=8, behind=b"PK\7\x08" + b"\0" * 12))
    add("encrypted", *module("encrypted", flags=1))
    add("bzip2", *module("compressed in a way", method=12))
    add("member_comment", *module("has a comment", comment=b"hello"))
    # Names.
    add("line_feed", "control characters",
        lambda name: archive([Member(b"a\nb.py", b"x"), *wheel_members(name)]))
    add("nul", "control characters",
        lambda name: archive([Member(b"a.py\0.txt", b"x"), *wheel_members(name)]))
    add("not_utf8", "not UTF-8",
        lambda name: archive([Member(b"caf\xe9.py", b"x", flags=0x800), *wheel_members(name)]))
    add("secretly_utf8", "not UTF-8",
        lambda name: archive([Member("caf\u00e9.py".encode(), b"x"), *wheel_members(name)]))
    # Extra fields.
    evil = second_name(b"evil.py", b"x")
    add("second_name", *module("second name", central={"extra": evil}))
    add("second_name_inside", *module("second name", local={"extra": evil}))
    add("two_second_names", *module("extra field twice", local={"extra": evil + evil}))
    sizes = extra(1, struct.pack("<QQ", 1, 1))
    add("two_large_sizes", *module("extra field twice", local={"extra": sizes + sizes}))
    add("odd_large_size", *module("no legal length", local={"extra": extra(1, b"123456789")}))
    add("missing_large_size", *module("no legal length", central={"size": LARGE}))
    add("other_large_size", "contradicts the directory",
        lambda name: archive(large_sizes(name, local={"extra": sizes})))
    add("endless_extra", *module("extra fields", local={"extra": struct.pack("<HH", 9, 99)}))
    return made


def counted(name, more):
    members = wheel_members(name)
    return archive(members, on_disk=len(members) + more, count=len(members) + more)


def hiding(name, member):
    members = wheel_members(name)
    return [*members[:2], member, *members[2:]]
