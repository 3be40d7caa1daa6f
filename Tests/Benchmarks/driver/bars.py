"""The bars: what must be reached, and what is hoped for. All are ratios within one run.

They were set once, from a throwaway prototype and from what the kernel allows, on two cores.
"""

from .report import Bar

WALL = {"tmpfs": Bar(True, 15, 20), "ext4": Bar(True, 5, 6.5)}
CPU = {"tmpfs": Bar(True, 9, 11)}
FLOOR = Bar(False, None, 1.10)
TAR = {"tmpfs": Bar(False, 0.5, 0.30), "ext4": Bar(False, 0.7, 0.45)}
RENDER = Bar(True, 100, 250)
SCALE = Bar(True, 25, 40)
MEMORY = Bar(True, 3, 6)
LINEARITY = Bar(False, 1.3, 1.1)
ALL_OF_PYPI_TIME = Bar(False, 15, 7, " s")
ALL_OF_PYPI_MEMORY = Bar(False, None, 2500, " MB")
JSON_LINES = Bar(True, 8, 15)
FRAMEWORK = Bar(False, 1.05, 1.01)
ENRICH_BYTES = Bar(False, 2, 1, " %")
START_UP = Bar(True, 10, 18)
MIRROR = Bar(True, 10, None)
MIRROR_AGAIN = Bar(False, 0.10, None)
MARKUP = Bar(True, 0.9, 1.0)
HASHES = Bar(True, 0.8, 2)
ARCHIVE = {"tar": Bar(True, 40, 65), "tar.zst": Bar(True, 40, 70), "tar.gz": Bar(True, 25, 75)}
# Compressing the ready archive and nothing else, by the best program for it.
ARCHIVE_ALONE = {
    "tar": Bar(False, None, 2), "tar.zst": Bar(False, None, 1.1), "tar.gz": Bar(False, None, 0.8),
}  # fmt: skip
INCREMENTAL = {"one file more": Bar(True, 80, 150), "nothing": Bar(True, 40, 100)}
PUT = {
    "rclone, S3": Bar(True, 2, 3), "curl --parallel": Bar(True, None, None),
    "aws s3 cp": Bar(True, None, 50), "the floor": Bar(True, None, 0.95),
}  # fmt: skip
SECOND_RUN = Bar(False, 0.02, 0.01)

# For a row that has no bar, and is there to be seen.
NO_MORE_IS_BETTER = Bar(True, None, None)
NO_LESS_IS_BETTER = Bar(False, None, None)
