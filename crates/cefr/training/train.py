#!/usr/bin/env python3
"""Fits the sentence model and writes data/model.txt, data/parts.tsv and data/words.bin.

usage: train.py BINARY DATA        BINARY: the built `cefr`; DATA: a folder with cefr-sp-wiki-auto/

The features come from the binary (`cefr features`), so that training and use cannot disagree. The model is a ridge
regression on the mean of both annotators: named features; the weights of the parts of words (runs of two to five
letters); and a learned difficulty for each word of the table, which is a linear function of its vector of meaning.
The last two are summed over the words and divided by their number plus three. It also writes that learned difficulty
into data/words.bin. Settings were chosen by five-fold cross-validation on train and dev; the test part is
never read here. The stretch of the scores toward the bands is fitted on out-of-fold predictions.
"""
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
import pathlib
import subprocess
import sys
from collections import Counter

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold

import build_words
from metrics import band, nearest_f1, qwk, within_one
from vectors import vectors

SEED = 0
PENALTY = 1.0
FEATURE_WEIGHT = 0.15  # how freely features are used, relative to word parts
MEANING_WEIGHT = 0.02  # the same for vectors of meaning
DAMPING = 3  # added to the number of words, so that few words do not decide alone
MIN_SENTENCES = 5  # parts seen in fewer sentences are left out
UNIT = 1000  # weights of parts are written in thousandths of a level
LEARNED_UNIT = 40  # the learned difficulty in the word table is in 40ths of a level
MARGIN = 0.25  # features may leave the range seen in training by this share of it

# The level of a text from the mean of its raw sentence scores, weighted by length. An earlier model with nearly the
# same raw scores gave graded readers known to be A1 ... C2 the plain means 1.18 1.91 2.77 3.33 3.89 4.27; weighting by
# length raises them by 0.1 to 0.2 (measured on OneStopEnglish and on the passages in tests/data/graded.tsv).
TEXT_CURVE = [(1.30, 1.0), (2.05, 2.0), (2.90, 3.0), (3.48, 4.0), (4.08, 5.0), (4.48, 6.0)]


def load(binary, data, split):
    path = pathlib.Path(data) / f"cefr-sp-wiki-auto/CEFR-SP_Wikiauto_{split}.txt"
    out = subprocess.run([binary, "features", str(path)], capture_output=True, text=True, check=True).stdout
    lines = out.split("\n")[:-1]
    names = lines[0].split("\t")
    rows = [line.split("\t") for line in lines[1:]]
    features = np.array([[float(v) for v in row[: len(names)]] for row in rows])
    words = [[w.split(" ") for w in row[len(names)].split("  ") if w] for row in rows]
    labels = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    return names, features, words, np.array([int(l[1]) for l in labels]), np.array([int(l[2]) for l in labels])


def part_matrix(words):
    """Damped mean counts of word parts, scaled to rows of length about one."""
    seen = Counter()
    for sentence in words:
        seen.update({part for word in sentence for part in word})
    parts = sorted(part for part, n in seen.items() if n >= MIN_SENTENCES)
    index = {part: i for i, part in enumerate(parts)}
    rows, columns, values = [], [], []
    for i, sentence in enumerate(words):
        for part, n in Counter(part for word in sentence for part in word).items():
            if part in index:
                rows.append(i)
                columns.append(index[part])
                values.append(n / (len(sentence) + DAMPING))
    matrix = sp.csr_matrix((values, (rows, columns)), (len(words), len(parts)))
    scale = 1 / np.sqrt(matrix.multiply(matrix).sum() / matrix.shape[0])
    return parts, matrix * scale, scale


def word_of(parts):
    """The word that was cut into parts: they come in order of their first letter."""
    pairs = [part for part in parts if len(part) == 2]
    return "".join(pair[0] for pair in pairs).removeprefix("_")


def parts_of(word):
    """The parts of a word, as `cefr features` cuts them."""
    padded = f"_{word}_"
    return [padded[i:i + n] for i in range(len(padded)) for n in range(2, 6) if i + n <= len(padded)]


def meaning_matrix(words, table):
    """Damped mean vectors of meaning, and what turns their weights into a difficulty for each word of the table."""
    listed = sorted(table)
    index = {word: i for i, word in enumerate(listed)}
    rows, columns, values = [], [], []
    for i, sentence in enumerate(words):
        for parts in sentence:
            column = index.get(word_of(parts))
            if column is not None:
                rows.append(i)
                columns.append(column)
                values.append(1 / (len(sentence) + DAMPING))
    counts = sp.csr_matrix((values, (rows, columns)), (len(words), len(listed)))
    meaning = vectors(listed)
    frequency = np.asarray(counts.sum(0)).ravel()
    meaning -= frequency @ meaning / frequency.sum()
    matrix = counts @ meaning
    deviation = matrix.std(0)
    return matrix / deviation * MEANING_WEIGHT, listed, meaning / deviation * MEANING_WEIGHT


def fit(matrix, target):
    return Ridge(PENALTY, solver="sparse_cg", tol=1e-7, max_iter=5000).fit(matrix, target)


def out_of_fold(matrix, target):
    predicted = np.zeros(len(target))
    for train, test in KFold(5, shuffle=True, random_state=SEED).split(target):
        predicted[test] = fit(matrix[train], target[train]).predict(matrix[test])
    return predicted


def stretch(predicted, a, b):
    """The straight line that brings the bands closest to both annotators."""
    middle = predicted.mean()
    slopes, shifts = np.arange(1.0, 1.81, 0.05), np.arange(-0.3, 0.31, 0.05)
    agreement = np.zeros((len(slopes), len(shifts)))
    for i, slope in enumerate(slopes):
        for j, shift in enumerate(shifts):
            bands = band((predicted - middle) * slope + middle + shift)
            agreement[i, j] = qwk(a, bands) + qwk(b, bands)
    # The best place is flat and noisy: take the middle of its neighbourhood.
    smooth = sum(np.roll(agreement, (i, j), (0, 1)) for i in (-2, -1, 0, 1, 2) for j in (-2, -1, 0, 1, 2))[2:-2, 2:-2]
    i, j = np.unravel_index(smooth.argmax(), smooth.shape)
    slope, shift = slopes[i + 2], shifts[j + 2]
    return slope, middle + shift - slope * middle


class Sentences:
    """Train and dev together: labels, features and what is summed over the words."""

    def __init__(self, binary, data):
        self.names, features, words, a, b = load(binary, data, "train")
        _, dev_features, dev_words, dev_a, dev_b = load(binary, data, "dev")
        self.in_dev = np.arange(len(a) + len(dev_a)) >= len(a)
        self.features = np.vstack([features, dev_features])
        self.words = words + dev_words
        self.a, self.b = np.r_[a, dev_a], np.r_[b, dev_b]
        self.target = (self.a + self.b) / 2
        self.mean, self.deviation = self.features.mean(0), self.features.std(0)
        self.deviation[self.deviation == 0] = 1

    def scaled(self):
        return (self.features - self.mean) / self.deviation * FEATURE_WEIGHT

    def bounds(self):
        low, high = self.features.min(0), self.features.max(0)
        return low - MARGIN * (high - low), high + MARGIN * (high - low)


def report(data, predicted, name):
    """Agreement of out-of-fold predictions with both annotators; returns the stretch."""
    slope, offset = stretch(predicted, data.a, data.b)
    for part, rows in (("train and dev", np.ones(len(data.a), bool)), ("dev", data.in_dev)):
        bands = band(slope * predicted[rows] + offset)
        a, b = data.a[rows], data.b[rows]
        r = np.corrcoef(predicted[rows], data.target[rows])[0, 1]
        print(f"{name}, {part}, out of fold: r {r:.4f} QWK {(qwk(a, bands) + qwk(b, bands)) / 2:.3f} "
              f"within one {within_one(a, b, bands):.3f} macro-F1 {nearest_f1(a, b, bands):.3f}", flush=True)
    return slope, offset


def main():
    here = pathlib.Path(__file__).resolve().parent
    data = Sentences(*sys.argv[1:3])
    names = data.names
    parts, part_values, scale = part_matrix(data.words)
    table = list(build_words.records())
    meaning, listed, meaning_of = meaning_matrix(data.words, {word for word, _ in table})
    matrix = sp.hstack([sp.csr_matrix(data.scaled()), part_values, sp.csr_matrix(meaning)]).tocsr()
    slope, offset = report(data, out_of_fold(matrix, data.target), "model")

    model = fit(matrix, data.target)
    weights = model.coef_[: len(names)] * FEATURE_WEIGHT / data.deviation
    bias = model.intercept_ - (weights * data.mean).sum()
    low, high = data.bounds()
    part_weights = np.rint(model.coef_[len(names): len(names) + len(parts)] * scale * UNIT).astype(int)
    weight_of = dict(zip(parts, part_weights.tolist()))
    learned = meaning_of @ model.coef_[len(names) + len(parts):] + [
        sum(weight_of.get(part, 0) for part in parts_of(word)) / UNIT for word in listed]
    learned = np.clip(np.rint(learned * LEARNED_UNIT), -127, 127).astype(int)
    build_words.write(here.parent / "data/words.bin", table, dict(zip(listed, learned.tolist())))
    with open(here.parent / "data/parts.tsv", "w", encoding="utf-8") as out:
        out.write("# part of a word, weight in thousandths of a level; written by training/train.py\n")
        out.writelines(f"{part}\t{weight}\n" for part, weight in zip(parts, part_weights) if weight)
    with open(here.parent / "data/model.txt", "w", encoding="utf-8") as out:
        out.write("# feature, weight, lowest and highest value; then calibrations; written by training/train.py\n")
        out.write(f"bias {bias:.5f}\n")
        for row in zip(names, weights, low, high):
            out.write("{} {:.6f} {:.4f} {:.4f}\n".format(*row))
        for raw in (0.0, 7.0):
            out.write(f"sentence {raw:.3f} {slope * raw + offset:.4f}\n")
        out.writelines(f"text {raw:.3f} {score:.4f}\n" for raw, score in TEXT_CURVE)
    print(f"{len(names)} features, {np.count_nonzero(part_weights)} parts, slope {slope:.2f}, offset {offset:.3f}; "
          f"learned difficulty of words from {learned.min() / LEARNED_UNIT:.2f} to {learned.max() / LEARNED_UNIT:.2f}")


if __name__ == "__main__":
    main()
