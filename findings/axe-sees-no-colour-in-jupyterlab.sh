#!/usr/bin/env bash
# axe-core 4.12.1 (axe-playwright-python 0.1.8) on JupyterLab 4.6.6, in Chromium.
#
# Seen: text in #eee on white, shown within JupyterLab's own window, passes: axe-core names no
# violation of colour-contrast and nothing that it could not decide. JupyterLab's body has no height
# and hides what overflows. A browser hands that overflow on to the window, so all is seen; axe-core
# takes each element for one that the body hides, and looks at no colour of the page. With
# `overflow: visible` on the body, which changes no pixel, the same text is found.
# Expected: the violation both times, or a word that no colour was looked at.
set -euo pipefail
folder=$(mktemp -d)
server=""
end() {
    if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    rm -rf "$folder"
}
trap end EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check \
    "jupyterlab==4.6.6" "axe-playwright-python==0.1.8" "playwright==1.65.2"
chromium=$(command -v chromium || command -v chromium-headless-shell || command -v google-chrome || true)
export PLAYWRIGHT_BROWSERS_PATH="$folder/browsers"
if [ -z "$chromium" ]; then
    env/bin/python -m playwright install chromium
fi
port=$(env/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir home work
export HOME="$folder/home" JUPYTER_CONFIG_DIR="$folder/home" JUPYTER_DATA_DIR="$folder/home"
env/bin/python -m jupyterlab --no-browser --allow-root --ServerApp.port="$port" \
    --ServerApp.root_dir="$folder/work" --IdentityProvider.token= > server.txt 2>&1 &
server=$!
cat > colours.py <<'PYTHON'
import sys

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright

address, chromium = sys.argv[1:]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PALE = """() => {
    const text = document.createElement('p');
    text.id = 'pale';
    text.textContent = 'Pale text';
    text.style = 'color: #eee; background: #fff; position: relative; z-index: 9; font-size: 16px';
    document.querySelector('#jp-main-content-panel').prepend(text);
}"""
RUN = """async overflow => {
    document.body.style.overflow = overflow;
    const about = { runOnly: ['color-contrast'] };
    const { violations, incomplete } = await axe.run('#pale', about);
    return violations.length + ' violation(s) and ' + incomplete.length + ' undecided';
}"""
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium or None, args=FLAGS)
    page = browser.new_page()
    page.goto(address, wait_until="commit")
    page.locator("#jp-main-content-panel").wait_for(timeout=120_000)
    page.evaluate(PALE)
    assert page.locator("#pale").is_visible()
    page.evaluate(AXE_SCRIPT)
    version = page.evaluate("axe.version")
    style = page.evaluate("[document.body.offsetHeight, getComputedStyle(document.body).overflow]")
    usual, visible = page.evaluate(RUN, ""), page.evaluate(RUN, "visible")
    print(f"axe-core {version}; body {style[0]} high, overflow {style[1]}: {usual};", end=" ")
    print(f"visible: {visible}")
    browser.close()
PYTHON
for _ in $(seq 300); do
    if grep -q "/lab" server.txt; then break; fi
    sleep 0.2
done
seen=$(env/bin/python colours.py "http://127.0.0.1:$port/lab" "$chromium")
echo "$seen"
if [ "$seen" != "axe-core 4.12.1; body 0 high, overflow hidden: 0 violation(s) and 0 undecided; visible: 1 violation(s) and 0 undecided" ]; then
    echo "This has changed." >&2
    exit 1
fi
