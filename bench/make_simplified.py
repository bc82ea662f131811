"""Write `pipelines/stories/simplified.txt`: traditional Chinese characters, and below each its simplified one.

usage: python -m bench.make_simplified

Needs the package opencc, which newsloom itself does not: what it says of each single character is all that is kept.
"""

from pathlib import Path

import opencc

FILE = Path(__file__).parent.parent / "pipelines" / "stories" / "simplified.txt"
IDEOGRAPHS = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2EBF0)]


def main() -> None:
    converter = opencc.OpenCC("t2s")
    pairs = [(c, s) for c in map(chr, IDEOGRAPHS) if (s := converter.convert(c)) != c and len(s) == 1]
    FILE.write_text("".join(c for c, _ in pairs) + "\n" + "".join(s for _, s in pairs) + "\n", encoding="utf-8")
    print(f"{len(pairs)} characters")


if __name__ == "__main__":
    main()
