"""Groups among authors: tells a collaboration, a team or an institute from a person."""

import re
from collections.abc import Iterable, Iterator

ParsedEntry = tuple[str, str, str, tuple[str, ...]]
"""Last name, first name, suffix and affiliations, as `authors_parsed` has them."""

_COLLABORATION = re.compile(
    r"\b(?:collab(?:oration)?s?|consorti(?:um|a)|teams?|working group|task force)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(  # the letters with which a word may begin make the search fast
    r"\b(?=[acdefghilnopstuw])(?:collab(?:oration)?s?|consorti(?:um|a)|task force|teams?"
    r"|groups?|projects?|networks?"
    r"|experiments?|surveys?|workshops?|foundations?|initiatives?|alliances?|institut(?:e|es)?"
    r"|universit(?:y|ies|é|à|ät|at|aet)|universidade?|laborator(?:y|ies|ium)|observator(?:y|ies)"
    r"|contributors|participants|organi[sz]ers|committees?|community|communities|society"
    r"|associations?|academy|agency|councils?|corporation|departments?|hospitals?)\b",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"\b(?=[ABCDFGHILOQRS])(?:AI|Labs?|Inc|Ltd|LLC|GmbH|Research|Cent(?:er|re)|College|DeepMind"
    r"|OpenAI|(?<=Google )(?:Brain|Quantum|Cloud|Health)|(?<=ByteDance )Seed"
    r"|(?<=Meta )(?:FAIR|Superintelligence))\b"
)
_BEGINNING = re.compile(
    r"^(?:(?:and|for|with|from|on behalf of|representing|in collaboration with)\s+)*"
    r"(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(r"^(?:for|on behalf of)\s+the\s", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*[,;]\s*|(?<=ollaboration)\s+and\s+|(?<=onsortium)\s+and\s+|(?<=[Tt]eam)\s+and\s+"
)
_SPOKEN_FOR = re.compile(
    r"\b(?:for|on behalf of|representing)\s+(?:the\s+)?"
    r"([^,;:&()]{1,200}?\bcollab(?:oration)?s?\b)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\b([Cc])ollab(s?)\b\.?")
_FIRMS = frozenset(
    "OpenAI DeepMind NVIDIA Nvidia Google Microsoft ByteDance HuggingFace xAI "
    "Anthropic".split()
)
"""Firms whose name nobody bears as a family name."""
_FIRM_FIRST = frozenset(
    "Google Microsoft Meta NVIDIA Nvidia Amazon Apple IBM Intel Huawei Alibaba Tencent "
    "Baidu ByteDance Adobe Samsung Salesforce Naver Sony Toyota Bosch Uber Yandex "
    "Yahoo".split()
)
"""Firms that a part of them is called by: `Microsoft Research`."""
_CAPITALS = r"[A-Z][\w+/-]{0,24}+(?:\s[A-Z][\w+/-]{0,24}+){0,2}"
_ACRONYM = rf"(?=[A-Z][a-z+/-]{{0,12}}[A-Z0-9]){_CAPITALS}"
_JOINT = re.compile(  # names of persons do not look like acronyms, or have no `the`
    rf"(?:^|(?<=[,;:])|(?<=\band))\s*(?:{_ACRONYM}|[Tt]he\s+{_CAPITALS})(?:\s*,\s*{_CAPITALS}){{0,6}}"
    rf"\s*(?:,?\s+and\s+|&\s*)(?:the\s+)?{_CAPITALS}\s+(?:[Cc]ollaborations|[Cc]onsortia|[Tt]eams)\b"
)
_HELD = {",": "\x01", "&": "\x02", "and": "\x03"}
_RELEASED = str.maketrans({held: sign for sign, held in _HELD.items()})
_JOINS = re.compile(r"[,&]|\band\b")
_PLURALS = ("collaborations", "consortia", "teams")
_LONGEST = 200


def is_group(name: str) -> bool:
    """Tell whether a whole name is that of a group, or may be: `Mistral AI`."""
    return bool(
        _GROUP.search(name) or (" " in name and _PERHAPS.search(name)) or name in _FIRMS
    )


def may_be_person(name: str) -> bool:
    """Tell whether a group's name may as well be that of a person: `Oliver Labs`."""
    first, *others = name.split()
    return len(others) == 1 and first not in _FIRM_FIRST and not _GROUP.search(name)


def name_group(text: str) -> str:
    """Return a group's name without what leads to it: `for the`, `The`.

    `Collab.` is written out, so that the group has one name.
    """
    name = _BEGINNING.sub("", text.strip(), count=1).strip(" .,;:*")
    return _SHORT.sub(r"\1ollaboration\2", name) if "ollab" in name else name


def find_groups(text: str) -> Iterator[str]:
    """Yield the groups that an affiliation names: `for the CDF Collaboration`."""
    for part in _BETWEEN.split(text.strip()):
        if len(part) <= _LONGEST and (
            _COLLABORATION.search(part) or (_ON_BEHALF.match(part) and is_group(part))
        ):
            yield name_group(part)


def hold_joint_groups(line: str) -> str:
    """Hold the signs within `CMS and LHCb Collaborations`, which is one name."""
    return _JOINT.sub(
        lambda joint: _JOINS.sub(
            lambda sign: _HELD[sign[0]] if sign.start() else sign[0], joint[0]
        ),
        line,
    )


def join_entries(entries: Iterable[ParsedEntry]) -> list[ParsedEntry]:
    """Return entries of `authors_parsed`, the parts of a joint group as one entry."""
    kept: list[ParsedEntry] = []
    for entry in entries:
        if entry[0].lower().endswith(_PLURALS):
            names: list[str] = []
            while kept and _is_part(*kept[-1][:2]):
                names.insert(0, kept.pop()[0])
            whole = f"{entry[1]} {entry[0]}".strip()
            kept.append(
                (f"{', '.join(names)} and {whole}", "", *entry[2:]) if names else entry
            )
        else:
            kept.append(entry)
    return kept


def _is_part(last: str, first: str) -> bool:
    is_bare = not first and re.fullmatch(_ACRONYM, last)
    return first.lower() == "the" or bool(is_bare and not is_group(last))


def release(name: str) -> str:
    """Return a name with the signs that `hold_joint_groups` held."""
    return name.translate(_RELEASED)


def take_groups(line: str) -> tuple[str, list[str]]:
    """Return an author line without the groups that authors speak for, and those groups."""
    groups: list[str] = []

    def take(found: re.Match[str]) -> str:
        groups.append(name_group(found[1]))
        return ","

    return _SPOKEN_FOR.sub(take, line), groups
