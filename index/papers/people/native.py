"""Native names: those in Chinese, Japanese or Korean characters, alone or beside another.

The family name comes first and no blank counts: `王 小明` is 王小明. `Wei Wang (王伟)`
is one person under two names.
"""

import re

_SIGN = (
    "[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U000323af]"
)
_NATIVE = re.compile(rf"{_SIGN}{{1,6}}(?:\s?{_SIGN}{{1,6}})?")
_ADDED = re.compile(rf"\(\s?(?P<native>{_NATIVE.pattern})\s?\)")
_BESIDE = re.compile(
    rf"(?P<other>[^\W\d_].{{0,200}}?)\s+(?P<native>{_NATIVE.pattern})"
    rf"|(?P<native_>{_NATIVE.pattern})\s+(?P<other_>[^\W\d_].{{0,200}})"
)
_PLACE = re.compile(
    "大学|大學|学院|學院|学校|研究|公司|集团|集團|医院|醫院|实验|實驗|中心|科学|科學|協会|协会|대학|연구|학교"
    "|회사|병원"
)


def move_added(name: str) -> str:
    """Return a name with the native one that it adds in parentheses at its end.

    Nothing where it adds none.
    """
    if "(" not in name or name.isascii() or not (added := _ADDED.search(name)):
        return ""
    return f"{name[: added.start()]} {name[added.end() :]} {added['native']}"


def join_native(text: str) -> str:
    """Return a native name without its blank, or nothing where a text is no such name."""
    text = text.strip()
    if text.isascii() or not _NATIVE.fullmatch(text) or _PLACE.search(text):
        return ""
    return "".join(text.split())


def join_parts(last: str, first: str) -> str:
    """Return a native name in two parts as one; a part of one character is the family's."""
    last, first = last.strip(), first.strip()
    is_turned = len(first) == 1 < len(last)
    return join_native(f"{first}{last}" if is_turned else f"{last}{first}")


def spread_native(name: str) -> str:
    """Return a native name followed by its parts, family name first: `王小明 王 小明`.

    Nothing where a name is none. A family name has one character, or two of four.
    """
    native = join_native(name)
    parts = [(native[:at], native[at:]) for at in (1, 2)[: len(native) // 2]]
    return " ".join((native, *(part for pair in parts for part in pair)))


def part_native(name: str) -> tuple[str, str] | None:
    """Return a name and the native one beside it, or None where there are not two."""
    found = _BESIDE.fullmatch(name)
    if not found:
        return None
    native = join_native(found["native"] or found["native_"])
    other = found["other"] or found["other_"]
    is_two = native and not any(map(_is_sign, other))
    return (other, native) if is_two else None


def _is_sign(letter: str) -> bool:
    return letter > "\u3004" and bool(re.match(_SIGN, letter))
