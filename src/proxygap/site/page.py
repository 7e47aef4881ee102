"""What the page template needs: policy, description, styles, outline, rewritten addresses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from proxygap.site import audit, preload
from proxygap.site.bundle import BUNDLE

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

Context = dict[str, Any]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "worker-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
    )
)
"""No foreign origin and no inline script: pages carry none, and `audit` keeps it so."""

DESCRIPTION_LENGTH = 160
# Pages that no Markdown file describes.
MADE = {"search": "Search the chapters, exercises and references of the course. It works offline."}


NOT_FOUND = "404"
"""The page that hosts show for an address that does not exist, at whatever depth it is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The template's variable ``pg``.

    Attributes
    ----------
    title, description, policy : str
        Plain text for the page's head.
    styles, fonts : tuple of str
        Addresses of the style sheets that this page needs and of the fonts that it shows first.
    modules, tables : tuple of str
        Addresses of what its first interactive element loads.
    theme_script, module : str
        Addresses of the script before the first paint and of the page's module.
    licences : str
        Address of the licences of the bundled software.
    outline : str
        HTML list of the page's sections, empty when there are fewer than two.
    """

    title: str
    description: str
    policy: str
    styles: tuple[str, ...]
    fonts: tuple[str, ...]
    modules: tuple[str, ...]
    tables: tuple[str, ...]
    theme_script: str
    module: str
    licences: str
    outline: str


def prepare_page(
    app: Sphinx,
    pagename: str,
    templatename: str,  # noqa: ARG001
    context: Context,
    doctree: nodes.document | None,
) -> None:
    """Fill the template's context; runs once for every page that is written."""
    if pagename == NOT_FOUND:
        address_from_root(context, app.config.html_baseurl)
    static = context["pathto"]("_static", True)
    body = rewrite_static(context.get("body", ""), f"{static}/proxygap/")
    context["body"] = accessible(body)
    audit.warn_about(context["body"], pagename)
    context["pg"] = _frame(app, pagename, context, doctree, static)


def address_from_root(context: Context, published_at: str) -> None:
    """Make the page's addresses start at the host's root, if it is known where that is."""
    if not published_at:
        return
    relative: Callable[..., str] = context["pathto"]
    root = urlsplit(published_at).path.rstrip("/") + "/"

    def pathto(*arguments: Any, **options: Any) -> str:
        return f"{root}{relative(*arguments, **options)}"

    context["pathto"] = pathto
    context["favicon_url"] = f"{root}{context['favicon_url']}"


def _frame(
    app: Sphinx, pagename: str, context: Context, doctree: nodes.document | None, static: str
) -> Frame:
    def asset(name: str) -> str:
        return f"{static}/proxygap/{name}?v={_version(name)}"

    soon = preload.find(context["body"])
    home = pagename == app.config.root_doc
    title = re.sub(r"<[^>]+>", "", context.get("title", ""))
    return Frame(
        title=title if home else f"{title} · {app.config.html_title}",
        description=describe(context.get("meta") or {}, doctree) or MADE.get(pagename, ""),
        policy=POLICY,
        styles=_styles(context["body"], asset, static),
        fonts=_addresses(preload.fonts(), static),
        modules=_addresses(soon.modules, static),
        tables=_addresses(soon.tables, static),
        theme_script=asset("theme.js"),
        module=asset("proxygap.mjs"),
        licences=asset("licences.txt"),
        outline="" if home else outline(context.get("toc", "")),
    )


def _addresses(names: tuple[str, ...], static: str) -> tuple[str, ...]:
    return tuple(f"{static}/proxygap/{name}" for name in names)


def rewrite_static(body: str, static: str) -> str:
    """Point every attribute that starts with ``pg-static:`` at the served files."""
    return re.sub(r"""(=["'])pg-static:""", rf"\g<1>{static}", body)


def accessible(body: str) -> str:
    """Mend what docutils writes and screen readers stumble over."""
    empty_heading = r"<th[^>]*>\s*(?:<p>\s*</p>)?\s*</th>"  # such as the corner of a table
    retired_role = r' role="(?:doc-biblioentry"|list"(?= class="citation-list"))'
    return re.sub(retired_role, "", re.sub(empty_heading, "<td></td>", body))


def describe(meta: dict[str, Any], doctree: nodes.document | None) -> str:
    """Return the page's description: from its front matter, else its first paragraph."""
    from docutils import nodes as node_types

    if given := str(meta.get("description", "")).strip():
        return given
    for paragraph in doctree.findall(node_types.paragraph) if doctree is not None else ():
        words = paragraph.astext().split()
        text = " ".join(words)
        if len(text) <= DESCRIPTION_LENGTH:
            return text
        return text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + " …"
    return ""


def outline(toc: str) -> str:
    """Return the list of a page's sections from Sphinx's local table of contents."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(toc, "lxml").find("ul")
    sections = page.find("ul") if page else None
    if sections is None or len(sections.find_all("li", recursive=False)) < 2:
        return ""
    for deeper in sections.find_all("ul"):
        deeper.decompose()
    return str(sections)


def _styles(body: str, asset: Callable[[str], str], static: str) -> tuple[str, ...]:
    styles = [asset("proxygap.css")]
    if 'class="katex' in body:
        styles.append(asset("katex.css"))
    if 'class="highlight' in body:
        styles.append(f"{static}/pygments.css")
    return tuple(styles)


@lru_cache
def _version(name: str) -> str:
    return hashlib.sha256((BUNDLE / name).read_bytes()).hexdigest()[:8]
