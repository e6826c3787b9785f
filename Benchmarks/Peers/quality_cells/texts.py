"""Sentences as the tokens of a network like BERT, and what its hidden states say of how alike they are."""
import numpy as np

LENGTH, NEIGHBOURS = 64, 50


def lines(table):
    """Claims and passages of a table of VitaminC, each once, in its order."""
    rows = [line.split("\t") for line in open(table, encoding="utf-8").read().splitlines()[1:]]
    return list(dict.fromkeys(text for row in rows for text in row[:2]))


def tokens(folder, sentences):
    """The network's inputs, cut and filled up to one length; the folder holds tokenizer.json."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.enable_truncation(LENGTH)
    tokenizer.enable_padding(length=LENGTH)
    read = tokenizer.encode_batch(sentences)
    return {"input_ids": np.array([text.ids for text in read], np.int64),
            "attention_mask": np.array([text.attention_mask for text in read], np.int64),
            "token_type_ids": np.array([text.type_ids for text in read], np.int64)}


def similarities(states, inputs):
    """Cosine similarity of each sentence's mean hidden state to those of the sentences behind it, in a row."""
    mask = inputs["attention_mask"][..., None].astype(np.float32)
    means = (states * mask).sum(1) / mask.sum(1)
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return np.stack([(means * np.roll(means, -step, axis=0)).sum(1) for step in range(1, NEIGHBOURS + 1)], axis=1)
