#!/usr/bin/env python3
"""Builds data/words.bin, the word table, from the PyPI packages cefrpy and wordfreq.

usage: build_words.py [OUT]        (default: ../data/words.bin beside this script)

Only words and numbers go in. A record is found by the 64-bit hash of the lower-case word; the words themselves
are not stored. Layout, little endian:
    8 bytes  magic "CEFRWRD1"
    u32      number of records n
    u32[2^16 + 1]  where the records start whose hash begins with these 16 bits
    u32[n]   the next 32 bits of the hash
    6 x n    zipf (1/30), level over all parts of speech (1/40, 0 = none), then 3 bytes with 6 nibbles:
             level as noun, verb, adjective, adverb, function word (0 = none, 1 + (level - 1) * 2.8), proper noun (0 or 1);
             then the learned difficulty (signed, 1/40 level), 0 until train.py has filled it in
"""
import pathlib
import re
import struct
import sys

from cefrpy import CEFRAnalyzer
from wordfreq import iter_wordlist, zipf_frequency

GROUPS = [
    "NN NNS".split(),
    "VB VBD VBG VBN VBP VBZ MD".split(),
    "JJ JJR JJS".split(),
    "RB RBR RBS".split(),
    "CC CD DT IN PRP RP TO UH WDT WP WRB".split(),
]
WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*$")
MIN_ZIPF = 1.4


def fnv(word):
    h = 0xCBF29CE484222325
    for b in word.encode():
        h = ((h ^ b) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    h ^= h >> 32
    h = (h * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    return h ^ (h >> 29)


def nibble(level):
    return 0 if level is None else 1 + round((level - 1) * 2.8)


def record(analyzer, listed, word):
    zipf = zipf_frequency(word, "en")
    levels = analyzer.get_pos_level_dict_for_word(word, True, True) if word in listed else {}
    mean = analyzer.get_average_word_level_float(word) if levels else None
    nibbles = [nibble(min((levels[t] for t in g if t in levels), default=None)) for g in GROUPS]
    nibbles.append(int("NNP" in levels or "NNPS" in levels))
    if not mean and zipf < MIN_ZIPF:
        return None
    if mean and mean >= 5.5 and zipf < 1.0:
        return None
    out = [min(255, round(zipf * 30)), round(mean * 40) if mean else 0]
    out += [nibbles[i] | nibbles[i + 1] << 4 for i in (0, 2, 4)]
    return bytes(out)


def records():
    """Every word of the table with its record, in alphabetical order."""
    analyzer = CEFRAnalyzer()
    words = {w for w in iter_wordlist("en", "large") if WORD.match(w)}
    listed = {w for w in analyzer.yield_words() if WORD.match(w)}
    for word in sorted(words | listed):
        value = record(analyzer, listed, word)
        if value is not None:
            yield word, value


def table_words():
    """Every word of the table with its Zipf frequency."""
    return [(word, zipf_frequency(word, "en")) for word, _ in records()]


def write(out, rows, learned):
    """Writes the table; `learned` holds the learned difficulty of some of the words."""
    rows = {fnv(word): value + struct.pack("<b", learned.get(word, 0)) for word, value in rows}
    keys = sorted(rows)
    starts, k = [], 0
    for prefix in range(1 << 16):
        while k < len(keys) and keys[k] >> 48 < prefix:
            k += 1
        starts.append(k)
    starts.append(len(keys))
    with open(out, "wb") as f:
        f.write(b"CEFRWRD2" + struct.pack("<I", len(keys)))
        f.write(struct.pack(f"<{len(starts)}I", *starts))
        f.write(struct.pack(f"<{len(keys)}I", *((h >> 16) & 0xFFFFFFFF for h in keys)))
        f.write(b"".join(rows[h] for h in keys))


def main():
    here = pathlib.Path(__file__).resolve().parent
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "data/words.bin"
    write(out, records(), {})
    print(f"{out.stat().st_size} bytes -> {out}")


if __name__ == "__main__":
    main()
