"""How the lessons' JupyterLab talks to a kernel: each message is sent at once."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter Server's own connection without Nagle's algorithm.

    A kernel reports that it is busy and sends its answer a moment later. Nagle's algorithm holds
    the answer back until the page has acknowledged the first message, and a page that has nothing
    to send acknowledges late: after 40 ms on Linux, and after 200 ms on Windows.
    """

    def connect(self) -> Any:
        """Make sure that nothing waits to be sent, then connect as Jupyter Server does."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
