"""Writes vocab.txt and tokens.json: a small vocabulary, and what the library transformers makes of strings with it.

Usage: make_fixtures.py VOCABULARY    (a whole vocab.txt of BERT, uncased, of which the pieces that the strings need are kept)
"""
import json, pathlib, sys, tempfile

import transformers

STRINGS = [
    "", " ", "Hello, World!", "naïve café déjà-vu Ångström Ünïcödé", "e\u0301 \u00e9 a\u0300\u0301", "İstanbul ıI ŞŞ ß ẞ ﬁ ΑΣ ὈΔΥΣΣΕΎΣ",
    "你好,世界 中文字 𠀀𪜀", "日本語テキスト、カタカナ・ひらがな。", "한국어 문장 가각 \u1100\u1161", "हिन्दी में वाक्य क्षत्रिय", "ภาษาไทยไม่มีวรรค", "العَرَبِيَّة نصٌّ",
    "עִבְרִית", "emoji 😀👨‍👩‍👧‍👦🏳️‍🌈 ok", "zero\u200bwidth\u200djoiner\ufeffbom soft\u00adhyphen", "tab\there\u00a0nbsp\u3000ideographic\u2028line",
    "control\x01\x02\x7f\x85 chars", "private \ue000 use \U000f0000", "unassigned \u0378", "\ufffd replacement",
    "[CLS] in text [SEP] and [MASK] [UNK][PAD] [cls] [ SEP ]", "a" * 100, "a" * 101, "don't can't won't l'été", "$100 + 5% = ^~`|<>@#&*",
    "“quotes” ‘single’ — – … ¿¡ § ¶ • ·", "x\u0338 combining \u20d7", "ǅ ǆ Ǆ", "Ⅳ ⅳ ① ½ ²", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝒳", "supercalifragilisticexpialidocious",
    "unaffable unwanted running", "3.14 1,000,000", "http://example.com/a_b-c?d=e&f=g", "C++ C# F#", "\u1e9b\u0323 \u212b \u2126", "new \u2e50 marks \u08d3x", "\u166d \u1734 \U000111c9", "\u3099\u309a か\u3099",
    "A passage of Wikipedia: as of 30 April 2020, there are 1,506 confirmed cases.", "La pluie tombe sur la ville.", "Я не понимаю по-русски.",
]
PAIRS = [("a short one", "a much longer second sentence that has to be cut down"), ("the first of the two is the longer one here", "short"),
         ("both of these are about as long", "both of these are about as long too"), ("", "only a second"), ("only a first", "")]
HERE = pathlib.Path(__file__).parent


def main(path):
    whole = transformers.BertTokenizerFast.from_pretrained(pathlib.Path(path).parent)
    needed = {token for lower in (True, False) for accents in (None, False)
              for text in STRINGS + [text for pair in PAIRS for text in pair]
              for token in transformers.BertTokenizerFast(vocab=whole.get_vocab(), do_lower_case=lower, strip_accents=accents).tokenize(text)}
    pieces = [piece for piece in pathlib.Path(path).read_text().split("\n")[:-1]
              if piece in needed or piece in whole.all_special_tokens or len(piece) == 1 and piece.isascii()]
    (HERE / "vocab.txt").write_text("\n".join(pieces) + "\n")
    cases = []
    for options in ({}, {"do_lower_case": False}, {"do_lower_case": True, "strip_accents": False}, {"tokenize_chinese_chars": False}):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "vocab.txt").write_text("\n".join(pieces) + "\n")
            tokenizer = transformers.BertTokenizerFast.from_pretrained(folder, **options)
            for text in STRINGS:
                cases.append({"options": options, "first": text, "ids": tokenizer(text)["input_ids"]})
            if not options:
                for first, second in PAIRS:
                    for limit in (4, 8, 11, 12, 64):
                        said = tokenizer(first, second, truncation=True, max_length=limit)
                        cases.append({"options": options, "first": first, "second": second, "limit": limit,
                                      "ids": said["input_ids"], "types": said["token_type_ids"]})
    (HERE / "tokens.json").write_text(json.dumps(cases, indent=0, ensure_ascii=True) + "\n")
    print(f"{len(pieces)} pieces, {len(cases)} cases")


if __name__ == "__main__":
    main(sys.argv[1])
