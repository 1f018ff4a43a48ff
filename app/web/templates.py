"""Templates of pages: a Jinja2 environment for each language."""

import secrets
from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any, TypeAlias

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from app.web.addresses import bind_paper_urls, find_home, make_url
from app.web.assets import Assets, find_shipped
from app.web.headers import make_page_policy
from app.web.languages import (
    LANGUAGES,
    Language,
    choose_language,
    get_explicit_language,
    load_language,
)

_NONCE_BYTES = 16
_PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language"}


Filters: TypeAlias = Callable[[Language], Mapping[str, Callable[..., object]]]
"""Returns the filters that rooms add to templates, in a language."""


class Templates:
    """Renders templates in the reader's language."""

    def __init__(self, assets: Assets, filters: Filters) -> None:
        """Make an environment for each language, with the filters of that language."""
        self.environments = {
            code: _make_environment(load_language(code), assets, filters)
            for code in LANGUAGES
        }

    def render(
        self,
        request: Request,
        name: str,
        *,
        status: int = 200,
        trusted_types: bool = True,
        **context: Any,
    ) -> HTMLResponse:
        """Render a template with a context and the values that every page needs."""
        language = choose_language(request)
        template = self.environments[language.code].get_template(name)
        nonce = secrets.token_urlsafe(_NONCE_BYTES)
        always = {
            "nonce": nonce,
            "home": find_home(request),
            "snapshot": None,
            "latest": None,
            "status": status,
            "q": "",
            "sort": "relevance",
        }
        context = always | _make_addresses(request) | context
        return HTMLResponse(
            template.render(context),
            status,
            {
                **_PRIVATE,
                "Content-Language": language.code,
                "Content-Security-Policy": make_page_policy(
                    nonce, trusted_types=trusted_types
                ),
            },
        )


def _make_addresses(request: Request) -> dict[str, object]:
    explicit = get_explicit_language(request)

    def switch_language(code: str) -> str:
        params = dict(request.query_params) | {"lang": code}
        return make_url(request, request.scope["path"], **params)

    return {
        "url": bind_paper_urls(request),
        "switch_language": switch_language,
        "explicit_language": explicit,
    }


class _Translated(NodeTransformer):
    """Puts translations where a template names a text: a page has hundreds of them."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self._translate = translate

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  Jinja2's name
        """Translate a constant text that takes no values."""
        self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name="_" | "gettext"),
                args=[nodes.Const(value=str(text))],
                kwargs=[],
            ):
                # as Jinja2's own gettext does: %% stands for a percent sign
                known = Markup(self._translate(text)) % {}  # noqa: S704  ours
                return nodes.Const(known, lineno=node.lineno)
        return node


class _TranslatedCode(CodeGenerator):
    """The code of a template in the language of its environment."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Translate a template's texts before code is made of it."""
        translate = self.environment.filters["translate"]
        super().visit_Template(_Translated(translate).visit(node), frame)


class _Environment(Environment):
    code_generator_class = _TranslatedCode


class _Compiled(BytecodeCache):
    """Templates that were compiled in a language, for all services of a process."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = {code: _Compiled() for code in LANGUAGES}


def _make_environment(language: Language, assets: Assets, filters: Filters) -> Environment:
    environment = _Environment(
        loader=FileSystemLoader(find_shipped("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=_COMPILED[language.code],
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(language.translations, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(
        lang=language.code, static=assets.make_url, weekdays=language.list_weekdays()
    )
    environment.filters.update(
        number=language.format_number,
        day=language.format_day,
        path_of=lambda url: url.partition("?")[0],
        language_name=language.name_language,
        category_name=language.name_category,
        translate=language.translate,
        **filters(language),
    )
    return environment
