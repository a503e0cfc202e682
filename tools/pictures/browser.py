"""Screenshots by Chromium, which is controlled by its DevTools protocol over two pipes.

The command line of Chromium takes screenshots too, but not of phones: its window has a least
width, and it has no option for dark pages.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

TODAY = date(2025, 1, 10)
"""The day on the clock of a page, at noon: in the rally of this project."""

_CLOCK = """{
    const Clock = Date;
    globalThis.Date = class extends Clock {
        constructor(...parts) { parts.length ? super(...parts) : super(NOW); }
        static now() { return NOW; }
    };
}"""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_OPTIONS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",  # it opens only pages that this program wrote
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-lcd-text",
    "--disable-sync",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)


class Browser:
    """A running Chromium without a window, as a context manager."""

    def __init__(self) -> None:
        self._messages = 0
        self._loads = 0
        self._session: str | None = None
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        commands, self._to = os.pipe()
        answers, from_browser = os.pipe()
        self._answers: IO[bytes] = os.fdopen(answers, "rb")
        # Chromium reads commands from descriptor 3 and answers on descriptor 4.
        self._process = subprocess.Popen(  # noqa: S603 - the browser, with options of ours
            [
                *("bash", "-c", f'exec "$0" "$@" 3<&{commands} 4>&{from_browser}', _program()),
                *(*_OPTIONS, f"--user-data-dir={self._profile.name}"),
            ],
            pass_fds=(commands, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(from_browser)

    def __enter__(self) -> Self:
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        attached = self._send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._send("Page.enable")
        self._send("Emulation.setTimezoneOverride", timezoneId="Europe/London")
        self._send("Emulation.setLocaleOverride", locale="en-GB")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()
        self._answers.close()
        os.close(self._to)
        self._profile.cleanup()

    def screenshot(
        self,
        url: str,
        width: int,
        height: int | None = None,
        *,
        dark: bool = False,
        today: date = TODAY,
    ) -> bytes:
        """Return a page as PNG, in CSS pixels; without a height, as high as the page is."""
        noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
        source = _CLOCK.replace("NOW", str(int(noon.timestamp() * 1000)))
        clock = self._send("Page.addScriptToEvaluateOnNewDocument", source=source)
        self._set_size(width, height or 100)
        scheme = "dark" if dark else "light"
        self._open(url, {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"})
        self._send(
            "Runtime.evaluate", expression="document.fonts.ready.then(() => 0)", awaitPromise=True
        )
        if height is None:
            size = self._send("Page.getLayoutMetrics")["cssContentSize"]
            self._set_size(width, int(size["height"]))
        self._send("Page.removeScriptToEvaluateOnNewDocument", **clock)
        return base64.b64decode(self._send("Page.captureScreenshot", format="png")["data"])

    def accessibility_tree(self, url: str) -> list[dict[str, Any]]:
        """Return the nodes of a page that assistive technology gets, by role and name."""
        self._open(url, {})
        nodes: list[dict[str, Any]] = self._send("Accessibility.getFullAXTree")["nodes"]
        return [node for node in nodes if not node["ignored"]]

    def evaluate(self, url: str, expression: str, media: dict[str, str]) -> Any:
        """Return the value of an expression in a page, with these media features."""
        self._open(url, media)
        answer = self._send("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"]["value"]

    def _open(self, url: str, media: dict[str, str]) -> None:
        """Open a page, with these media features."""
        features = [{"name": name, "value": value} for name, value in media.items()]
        self._send("Emulation.setEmulatedMedia", features=features)
        loads = self._loads
        self._send("Page.navigate", url=url)
        while self._loads == loads:
            self._receive()

    def _set_size(self, width: int, height: int) -> None:
        self._send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 500,
        )

    def _send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        self._messages += 1
        message = {"id": self._messages, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._messages:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _receive(self) -> dict[str, Any]:
        data = bytearray()
        while (octet := self._answers.read(1)) != b"\0":
            if not octet:
                raise RuntimeError("Chromium ended")
            data += octet
        message: dict[str, Any] = json.loads(data)
        self._loads += message.get("method") == "Page.loadEventFired"
        return message


def _program() -> str:
    """Return the browser that ``TIMELINE_CHROMIUM`` names, else the first one on the ``PATH``."""
    named = os.environ.get("TIMELINE_CHROMIUM")
    for name in [named] if named else _NAMES:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError("no Chromium: install it, or name it in TIMELINE_CHROMIUM")
