"""Scripts that an encoder knows: tried on words whose meaning in English is known.

An English model has tokens for Chinese characters, too, but vectors without meaning: the
papers nearest to them are near by chance.
"""

import re
from collections.abc import Iterator

from index.meaning.encoders.encoder import Encoder

_ENGLISH = (
    "machine learning",
    "quantum mechanics",
    "black hole",
    "protein structure",
    "stock market",
    "graph theory",
    "speech recognition",
    "climate change",
)
_MEANING = {
    "Han": "机器学习 量子力学 黑洞 蛋白质结构 股票市场 图论 语音识别 气候变化",
    "Kana": "マシンラーニング りょうしりきがく ブラックホール タンパクしつのこうぞう "
    "かぶしきしじょう グラフりろん おんせいにんしき きこうへんどう",
    "Hangul": "기계학습 양자역학 블랙홀 단백질구조 주식시장 그래프이론 음성인식 기후변화",
}
"""The same in each script."""

_MOST_WRONG = 2
_SCRIPTS = {
    "Han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+"),
    "Kana": re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]+"),
    "Hangul": re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]+"),
}


def uses_other_script(text: str) -> bool:
    """Tell whether a text has a character of one of these scripts."""
    return not text.isascii() and any(s.search(text) for s in _SCRIPTS.values())


def find_unknown_scripts(encoder: Encoder) -> frozenset[str]:
    """Return the scripts whose words an encoder does not bring near what they mean."""
    return frozenset(_list_unknown(encoder))


def leave_out(text: str, scripts: frozenset[str]) -> str:
    """Return a text without its characters of some scripts."""
    for name in scripts:
        text = _SCRIPTS[name].sub(" ", text)
    return " ".join(text.split())


def _list_unknown(encoder: Encoder) -> Iterator[str]:
    meant = encoder.encode(_ENGLISH)
    for name, words in _MEANING.items():
        nearest = (encoder.encode(words.split()) @ meant.T).argmax(axis=1).tolist()
        wrong = sum(place != at for at, place in enumerate(nearest))
        if wrong > _MOST_WRONG:
            yield name
