"""What a browser may do with our pages: nothing but talk to us."""

from flask import Flask, Response, request

from web.settings import ServiceSettings


def install(app: Flask, settings: ServiceSettings, connect: tuple[str, ...]) -> None:
    """Send the protective headers with every answer."""
    policy = _policy(settings, connect)

    def protect(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = policy
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
        static = request.path.startswith("/static/")
        headers["Cache-Control"] = "no-cache" if static else "no-store"
        return response

    app.after_request(protect)


def _policy(settings: ServiceSettings, connect: tuple[str, ...]) -> str:
    socket = settings.url.replace("http", "ws", 1)
    rules = {
        "default-src": "'self'",
        "script-src": "'self' 'wasm-unsafe-eval'",  # the QR reader is WebAssembly
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": " ".join(("'self'", socket, *connect)),
        "worker-src": "'self' blob:",
        "media-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
