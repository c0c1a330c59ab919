#!/usr/bin/env python3
"""Compares models on out-of-fold predictions for train and dev (the test part is never read).

usage: compare.py BINARY DATA
"""
import sys

import numpy as np
import scipy.sparse as sp
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.model_selection import KFold

import build_words
from train import SEED, Sentences, meaning_matrix, out_of_fold, part_matrix, report


def boosted(features, target):
    predicted = np.zeros(len(target))
    for train, test in KFold(5, shuffle=True, random_state=SEED).split(target):
        trees = HistGradientBoostingRegressor(max_iter=300, learning_rate=0.04, max_leaf_nodes=8, max_features=0.3,
                                              min_samples_leaf=20, random_state=SEED)
        predicted[test] = trees.fit(features[train], target[train]).predict(features[test])
    return predicted


data = Sentences(*sys.argv[1:3])
dense = sp.csr_matrix(data.scaled())
_, parts, _ = part_matrix(data.words)
meaning, _, _ = meaning_matrix(data.words, {word for word, _ in build_words.records()})
meaning = sp.csr_matrix(meaning)
report(data, out_of_fold(dense, data.target), "features, linear")
report(data, boosted(data.features, data.target), "features, boosted trees")
report(data, out_of_fold(sp.hstack([dense, meaning]).tocsr(), data.target), "features and meaning")
report(data, out_of_fold(sp.hstack([dense, parts]).tocsr(), data.target), "features and parts")
report(data, out_of_fold(sp.hstack([dense, parts, meaning]).tocsr(), data.target), "features, parts and meaning")
