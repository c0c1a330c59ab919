#!/usr/bin/env python3
"""Fits the sentence model and writes data/model.txt and data/parts.tsv.

usage: train.py BINARY DATA        BINARY: the built `cefr`; DATA: a folder with cefr-sp-wiki-auto/

The features come from the binary (`cefr features`), so that training and use cannot disagree. The model is a ridge
regression on the mean of both annotators: named features, and the mean over the words of the weights of their parts
(runs of two to five letters). Settings were chosen by five-fold cross-validation on train and dev; the test part is
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

from metrics import band, nearest_f1, qwk, within_one

SEED = 0
PENALTY = 1.0
FEATURE_WEIGHT = 0.15  # how freely features are used, relative to word parts
MIN_SENTENCES = 3  # parts seen in fewer sentences are left out
UNIT = 1000  # weights of parts are written in thousandths of a level
MARGIN = 0.25  # features may leave the range seen in training by this share of it

# The level of a text from the mean of its raw sentence scores: graded readers of known level have these means.
TEXT_CURVE = [(1.18, 1.0), (1.91, 2.0), (2.77, 3.0), (3.33, 4.0), (3.89, 5.0), (4.27, 6.0)]


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
    """Mean counts of word parts, scaled to rows of length about one."""
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
                values.append(n / len(sentence))
    matrix = sp.csr_matrix((values, (rows, columns)), (len(words), len(parts)))
    scale = 1 / np.sqrt(matrix.multiply(matrix).sum() / matrix.shape[0])
    return parts, matrix * scale, scale


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
    best = (-1.0, 0.0, 0.0)
    for slope in np.arange(1.0, 1.81, 0.05):
        for shift in np.arange(-0.3, 0.31, 0.05):
            bands = band((predicted - middle) * slope + middle + shift)
            best = max(best, (qwk(a, bands) + qwk(b, bands), slope, shift))
    _, slope, shift = best
    return slope, middle + shift - slope * middle


def main():
    binary, data = sys.argv[1:3]
    here = pathlib.Path(__file__).resolve().parent
    names, features, words, a, b = load(binary, data, "train")
    _, dev_features, dev_words, dev_a, dev_b = load(binary, data, "dev")
    in_dev = np.arange(len(a) + len(dev_a)) >= len(a)
    features = np.vstack([features, dev_features])
    a, b = np.r_[a, dev_a], np.r_[b, dev_b]
    target = (a + b) / 2

    low, high = features.min(0), features.max(0)
    low, high = low - MARGIN * (high - low), high + MARGIN * (high - low)
    mean, deviation = features.mean(0), features.std(0)
    deviation[deviation == 0] = 1
    parts, part_values, scale = part_matrix(words + dev_words)
    dense = sp.csr_matrix((features - mean) / deviation * FEATURE_WEIGHT)
    matrix = sp.hstack([dense, part_values]).tocsr()

    predicted = out_of_fold(matrix, target)
    slope, offset = stretch(predicted, a, b)
    for name, rows in (("train and dev", np.ones(len(a), bool)), ("dev", in_dev)):
        bands = band(slope * predicted[rows] + offset)
        r = np.corrcoef(predicted[rows], target[rows])[0, 1]
        mean_qwk = (qwk(a[rows], bands) + qwk(b[rows], bands)) / 2
        print(f"{name}, out of fold: r {r:.4f} QWK {mean_qwk:.3f} within one {within_one(a[rows], b[rows], bands):.3f} "
              f"macro-F1 {nearest_f1(a[rows], b[rows], bands):.3f}")

    model = fit(matrix, target)
    weights = model.coef_[: len(names)] * FEATURE_WEIGHT / deviation
    bias = model.intercept_ - (weights * mean).sum()
    part_weights = np.rint(model.coef_[len(names):] * scale * UNIT).astype(int)
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
    print(f"{len(names)} features, {np.count_nonzero(part_weights)} parts, slope {slope:.2f}, offset {offset:.3f}")


main()
