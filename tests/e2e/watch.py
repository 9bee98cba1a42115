"""What a browser must never have to do here: ask another site, break the content policy, meet an error in a script or a 5xx."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

OWN = ("data:", "blob:", "about:")


class Watch:
    """The faults that a browser showed. A test that provokes an answer such as 409 says so beforehand, with `expects`."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.faults: list[str] = []
        self.expected: set[str] = set()
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", self._weberror)

    def expects(self, *answers: int | str) -> None:
        """Allow these statuses, or the names of network errors."""
        self.expected |= {str(answer) for answer in answers}

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", *OWN)):
            self.faults.append(f"asked another site: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and str(response.status) not in self.expected:
            self.faults.append(f"{response.status} from {response.request.method} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # The browser writes a line for every answer of 400 and more; those are judged by their status, above.
        about_status = message.text.startswith("Failed to load resource") and "status of" in message.text
        if message.type != "error" or about_status or any(name in message.text for name in self.expected):
            return
        self.faults.append(f"console: {message.text}")

    def _weberror(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")
