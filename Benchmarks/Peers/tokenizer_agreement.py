"""Compares `espalier tokenize` with the library transformers' BertTokenizerFast, token by token.

Usage: tokenizer_agreement.py SENTENCES TOKENIZER [TOKENIZER ...]    (fetch_text.py writes SENTENCES; a TOKENIZER is a folder)
Every sentence alone, in pairs with the next cut to 32 tokens, and in a cased configuration; then strings that are hard to get right.
"""
import json, pathlib, shutil, sys, tempfile

import transformers

from common import espalier

HARD = [
    "", " ", "Hello, World!", "naïve café déjà-vu Ångström Ünïcödé", "e\u0301 \u00e9 a\u0300\u0301", "İstanbul ıI ŞŞ ß ẞ ﬁ ΑΣ ὈΔΥΣΣΕΎΣ", "你好,世界 中文字 𠀀𪜀",
    "日本語テキスト、カタカナ・ひらがな。", "한국어 문장 가각 \u1100\u1161", "हिन्दी में वाक्य क्षत्रिय", "ภาษาไทยไม่มีวรรค", "العَرَبِيَّة نصٌّ", "עִבְרִית", "emoji 😀👨‍👩‍👧‍👦🏳️‍🌈 ok",
    "zero\u200bwidth\u200djoiner\ufeffbom soft\u00adhyphen", "tab\there\u00a0nbsp\u3000ideographic\u2028line", "control\x01\x02\x7f\x85 chars", "private \ue000 use \U000f0000",
    "unassigned \u0378 \U0003fffd", "\ufffd replacement", "[CLS] in text [SEP] and [MASK] [UNK][PAD] [cls] [ SEP ]", "a" * 100, "a" * 101, "don't can't won't l'été",
    "$100 + 5% = ^~`|<>@#&*", "“quotes” ‘single’ — – … ¿¡ § ¶ • ·", "x\u0338 combining \u20d7", "ǅ ǆ Ǆ", "Ⅳ ⅳ ① ½ ²", "ᏣᎳᎩ ꮳꮃꭹ", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝒳", "supercalifragilisticexpialidocious",
    "unaffable unwanted running", "12345678901234567890 3.14 1,000,000", "http://example.com/a_b-c?d=e&f=g", "C++ C# F# node.js", "\u00df\u0131\u0130", "ÀÈÌÒÙ àèìòù", "\u1e9b\u0323 \u212b \u2126",
    "\uac00\ud7a3", "\U0001f1e9\U0001f1ea flags", "؟ ، ؛ । ॥ 。 、", "ﷺ ﷲ", "\u0e33 \u0eb3", "\u3099\u309a か\u3099",
]


def compare(lines, folder, pairs, limit, **options):
    """How many lines differ, the first of them printed."""
    with tempfile.TemporaryDirectory() as work:
        if options:
            for file in pathlib.Path(folder).glob("vocab.txt"):
                shutil.copy(file, work)
            pathlib.Path(work, "tokenizer_config.json").write_text(json.dumps(options))
            folder = work
        text = pathlib.Path(work, "text")
        text.write_text("\n".join(lines) + "\n", newline="\n")
        said = espalier("tokenize", text, "--tokenizer", folder, *(["--pairs"] if pairs else []),
                        *(["--max-length", limit] if limit else [])).split("\n")[:-1]
        theirs = transformers.BertTokenizerFast.from_pretrained(folder, **options)
        differing = 0
        for line, own in zip(lines, map(json.loads, said), strict=True):
            parts = line.split("\t") if pairs else [line]
            expected = theirs(*parts, truncation=bool(limit), max_length=limit)
            if expected["input_ids"] != own["ids"] or expected["token_type_ids"] != own["types"]:
                differing += 1
                if differing <= 5:
                    print(repr(line), theirs.convert_ids_to_tokens(expected["input_ids"]), own["tokens"], sep="\n  ")
    return differing


def main(path, folders):
    lines = pathlib.Path(path).read_text().split("\n")[:-1]
    hard = [line for line in HARD if "\n" not in line]
    failures = 0
    for folder in folders:
        for name, texts, pairs, limit, options in (
            ("sentences", lines, False, None, {}), ("pairs cut to 32", [f"{a}\t{b}" for a, b in zip(lines, lines[1:])], True, 32, {}),
            ("sentences cut to 16", lines, False, 16, {}), ("sentences, cased", lines, False, None, {"do_lower_case": False}),
            ("hard strings", [line for line in hard if "\t" not in line], False, None, {}),
            ("hard strings, cased", [line for line in hard if "\t" not in line], False, None, {"do_lower_case": False}),
            ("hard strings, accents kept", [line for line in hard if "\t" not in line], False, None, {"do_lower_case": True, "strip_accents": False}),
        ):
            differing = compare(texts, folder, pairs, limit, **options)
            print(f"{pathlib.Path(folder).name}, {name}: {len(texts):,} compared, {differing} differ", flush=True)
            failures += differing
    return failures


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1], sys.argv[2:]) else 0)
