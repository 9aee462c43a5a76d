"""A network camera on the loopback: pictures as MJPEG over HTTP, that can freeze, go black or go away."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np


class NetworkCamera:
    """Serves pictures over and over.

    Args:
        pictures: ``(H, W, 3)`` RGB each.
        rate: Pictures a second.

    Attributes:
        mode: "normal", "frozen", "black", or "silent".
        scale: Of the pictures' size.
        number: Of the picture that is served now.
    """

    def __init__(self, pictures: Sequence[np.ndarray], rate: float = 15.0) -> None:
        self.mode = "normal"
        self.scale = 1.0
        self.number = 0
        self._pictures = pictures
        self._pause_s = 1 / rate
        self._gone = threading.Event()
        self._server: ThreadingHTTPServer | None = None
        self._port = 0
        self.plug_in()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}/video.mjpg"

    def plug_in(self) -> None:
        """Begin to serve, at the same address as before."""
        self._gone.clear()
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
                self.end_headers()
                with suppress(OSError):
                    camera._stream(self)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._server.daemon_threads = True
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def unplug(self) -> None:
        """Break all connections off, and answer no more."""
        self._gone.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _stream(self, handler: BaseHTTPRequestHandler) -> None:
        last = b""
        while not self._gone.wait(self._pause_s):
            if self.mode == "silent":
                continue
            if self.mode != "frozen" or not last:
                last = self._jpeg()
            handler.wfile.write(
                b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n" % (len(last), last)
            )
            handler.wfile.flush()

    def _jpeg(self) -> bytes:
        self.number += 1
        picture = self._pictures[self.number % len(self._pictures)]
        if self.mode == "black":
            picture = np.random.default_rng(self.number).integers(0, 4, picture.shape, np.uint8)
        if self.scale != 1.0:
            picture = cv2.resize(picture, None, fx=self.scale, fy=self.scale)
        return bytes(cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])[1])
