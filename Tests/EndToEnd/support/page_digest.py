"""The digest that a manifest has of a page, made a second time from what the format says of it."""

WORD = (1 << 64) - 1
HIGH, LOW = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F


def page_digest(data):
    """The 32 digits of some bytes."""
    a, b = HIGH, LOW
    padded = data + bytes(-len(data) % 16)
    words = [int.from_bytes(padded[at : at + 8], "little") for at in range(0, len(padded), 8)]
    for first, second in [*zip(words[::2], words[1::2]), (len(data), LOW)]:
        left, right = (a ^ first) * HIGH, (b ^ second) * LOW
        a = (left & WORD ^ right >> 64) + first & WORD
        b = (right & WORD ^ left >> 64) + second & WORD
    swapped = int.from_bytes(b.to_bytes(8, "little"), "big")
    return f"{finished(a ^ swapped):016x}{finished(b):016x}"


def finished(word):
    word = (word ^ word >> 32) * HIGH & WORD
    word = (word ^ word >> 29) * LOW & WORD
    return word ^ word >> 32
