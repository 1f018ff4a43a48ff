"""Every setting can be given by a variable, and is checked."""

import pytest
from pydantic import ValidationError

from app.settings import Settings


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """Hide what the one who runs the tests has set."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"WINNOW_{name.upper()}", raising=False)


def test_without_any_setting_only_this_machine_is_served():
    assert Settings().host == "127.0.0.1"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("host", "0.0.0.0", "0.0.0.0"),  # noqa: S104  read, not used
        ("port", "80", 80),
        ("workers", "4", 4),
        ("log_level", "debug", "debug"),
        ("rate_limit", "600", 600),
        ("trusted_proxies", "10.0.0.1/8,::1", "10.0.0.1/8,::1"),
    ],
)
def test_a_variable_sets_it(monkeypatch, name, text, value):
    monkeypatch.setenv(f"WINNOW_{name.upper()}", text)
    assert getattr(Settings(), name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "65536"),
        ("port", "http"),
        ("workers", "0"),
        ("log_level", "loud"),
        ("log_format", "xml"),
        ("rate_limit", "-1"),
        ("trusted_proxies", "*"),
        ("trusted_proxies", "proxy.example.org"),
        ("metrics_from", ""),
    ],
)
def test_a_bad_value_is_refused(monkeypatch, name, text):
    monkeypatch.setenv(f"WINNOW_{name.upper()}", text)
    with pytest.raises(ValidationError, match=name):
        Settings()


def test_every_setting_says_what_it_is_for():
    assert all(field.description for field in Settings.model_fields.values())
