"""The page of ``k2l plan`` as a browser shows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.linting import WEB
from test_plan import BOTH, GRPC

pytestmark = [pytest.mark.requires("chromium", "playwright"), pytest.mark.xdist_group("browser")]
ARGUMENTS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()
REDIS = WEB.replace("web", "cache").replace("example.com/cache:1.2", "redis:7")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        found = started.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def opened(k2l, tmp_path: Path, browser):
    """``opened(text, width=..., **context)``: the page of these manifests. What it logs, asks for or throws is collected in ``noise``."""
    contexts = []

    def run(text: str, width: int = 1280, **context: Any):
        (tmp_path / "all.yaml").write_text(text)
        assert k2l("plan", "all.yaml", "-o", "plan.html").exit_code == 0
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **context))
        page = contexts[-1].new_page()
        page.noise = []
        page.on("console", lambda said: page.noise.append(said.text))
        page.on("pageerror", lambda error: page.noise.append(str(error)))
        page.on("request", lambda request: page.noise.append(request.url) if not request.url.endswith("/plan.html") else None)
        page.goto((tmp_path / "plan.html").as_uri())
        return page

    yield run
    for context in contexts:
        context.close()


def names(page) -> list[str]:
    found: list[str] = page.locator("details.card:visible summary .name b").all_text_contents()
    return found


def test_it_opens_without_a_word_on_the_console_and_without_a_request(opened):
    page = opened(BOTH)
    assert "Of 3 workloads" in page.inner_text("h1")
    assert page.locator("svg.k2l-picture").is_visible()
    assert page.noise == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_is_wider_than_the_window(opened, width, scheme):
    long = BOTH.replace("example.com", "a-registry-with-a-very-long-name.in-some-region.example.com/and/a/long/path")
    page = opened(long, width, color_scheme=scheme)
    page.click("#open")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = """[...document.querySelectorAll("main *")]
              .filter(e => !e.closest(".scroll") && e.getBoundingClientRect().right > innerWidth + 1)
              .map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(wide) == []


def test_search_filter_and_sort_choose_and_order_the_workloads(opened):
    page = opened(f"{BOTH}---\n{REDIS}")
    assert names(page) == ["report", "cache", "rpc", "web"]
    page.fill("#search", "shop k2l203")
    assert names(page) == ["rpc"]
    assert page.inner_text("#shown") == "1 of 4"
    page.fill("#search", "")
    page.select_option("#target", "managed-service")
    assert names(page) == ["cache"]
    page.select_option("#target", "")
    page.select_option("#sort", "after")
    costs = [float(cost) for cost in page.eval_on_selector_all("details.card", "cards => cards.map(card => card.dataset.after)")]
    assert costs == sorted(costs, reverse=True)
    page.select_option("#sort", "name")
    assert names(page) == ["report", "cache", "rpc", "web"], "by id: kind, namespace, name"
    assert page.noise == []


def test_a_card_opens_by_the_keyboard_and_by_a_link(opened):
    page = opened(BOTH)
    page.focus("details.card[data-name='Deployment/shop/rpc'] summary")
    page.keyboard.press("Enter")
    assert "K2L203" in page.inner_text("details.card[open]")
    page.click(".waves a:text-is('Deployment/shop/web')")
    assert page.locator("details.card[data-name='Deployment/shop/web']").get_attribute("open") is not None


def test_without_script_everything_can_be_read_and_no_control_stands_idle(opened):
    page = opened(BOTH, java_script_enabled=False)
    assert names(page) == ["report", "rpc", "web"]
    assert not page.locator("#controls").is_visible()
    page.click("details.card[data-name='Deployment/shop/rpc'] summary")
    assert "K2L203" in page.inner_text("details.card[open]")


def test_what_is_printed_has_every_card_open(opened, tmp_path):
    page = opened(BOTH)
    page.pdf(path=tmp_path / "plan.pdf", format="A4")
    assert page.locator("details.card[open]").count() == 3
    page.emulate_media(media="print")
    assert not page.locator("#controls").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(opened, scheme):
    """4.5 to 1 for text: https://www.w3.org/TR/WCAG22/#contrast-minimum"""
    page = opened(f"{BOTH}---\n{REDIS}", color_scheme=scheme)
    page.click("#open")
    assert page.evaluate(CONTRAST) == []


CONTRAST = """() => {
  const parse = (text) => { const n = text.match(/[\\d.]+/g).map(Number); return {rgb: n.slice(0, 3), a: n.length > 3 ? n[3] : 1}; };
  const light = (rgb) => { const c = rgb.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; };
  const behind = (e) => {
    for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.a > 0.99) return c.rgb; }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255]; };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const e = node.parentElement;
    if (!node.data.trim() || !e.checkVisibility() || e.closest("svg, script, style, select, .skip")) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color).rgb), light(behind(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(node.data.trim().slice(0, 40) + " " + ((a + 0.05) / (b + 0.05)).toFixed(2));
  }
  return [...new Set(poor)];
}"""


def test_of_a_thousand_workloads_one_is_found(opened):
    pair = f"{WEB}---\n{GRPC}"
    page = opened("---\n".join(pair.replace("namespace: shop", f"namespace: team-{number}") for number in range(500)))
    assert page.inner_text("#shown") == "1000 of 1000"
    page.fill("#search", "team-77 rpc")
    assert names(page) == ["rpc"]
    assert page.noise == []
