"""Values that pydantic refuses, said in our own words."""

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "int_parsing": "write a whole number",
    "int_parsing_size": "the number is too long",
    "int_from_float": "write a whole number",
    "int_type": "write a whole number",
    "float_parsing": "write a number",
    "float_type": "write a number",
    "finite_number": "write a number",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
    "string_type": "write text",
    "string_too_short": "write at least {min_length} characters",
    "string_too_long": "write at most {max_length} characters",
    "too_short": "give at least {min_length}",
    "too_long": "give at most {max_length}",
    "greater_than": "write a number above {gt}",
    "greater_than_equal": "write {ge} or more",
    "less_than": "write a number below {lt}",
    "less_than_equal": "write {le} or less",
    "literal_error": "write {expected}",
    "enum": "write {expected}",
    "missing": "it is missing",
}


def word_refused(error: Mapping[str, Any]) -> str:
    """Return what to write instead, of one of a ValidationError's errors.

    Errors that validators of our own raise say it themselves.
    """
    words = _WORDS.get(error["type"])
    if words is None:
        said: str = error["msg"]
        return said[:1].lower() + said[1:]
    return words.format(**error.get("ctx", {}))
