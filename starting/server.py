"""The app: a free port, the server, the browser, and a clean end."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from pathlib import Path

from starting.environment import venv_python
from starting.problems import ROOT, StartError

PORT, PORTS_TRIED = 8501, 50
PATIENCE = 120  # seconds for the server to answer: a slow laptop with a virus scanner on a first start


def serve(port: int, environment: dict[str, str], open_browser: bool) -> int:
    """Start the server, open the browser when it answers, and wait until Ctrl+C or until the server ends."""
    command: list[str | Path] = [venv_python(), "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none"]
    command += ["--logger.level", "warning"]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        await_server(server, address)
        print(f"wijkdata staat klaar op {address} (stoppen: Ctrl+C).")
        if open_browser and has_screen():
            webbrowser.open(address)
        code = server.wait()
        print(f"De server is uit zichzelf gestopt (code {code}); start opnieuw met: python start.py", file=sys.stderr)
        return code or 1
    except KeyboardInterrupt:
        print("\nwijkdata stopt.")
        return 0
    finally:
        stop(server)


def await_server(server: subprocess.Popen, address: str) -> None:
    """Wait until the server answers. Raises StartError when it ends first or takes longer than PATIENCE."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        # A proxy in the environment must not stand between us and this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with contextlib.suppress(OSError), opener.open(address + "/_stcore/health", timeout=5):
            return
        time.sleep(0.05)
    raise StartError(
        "De server van wijkdata kwam niet op gang (zie de regels hierboven); verwijder de map .venv en start opnieuw."
    )


def stop(server: subprocess.Popen) -> None:
    """End the server. It got the Ctrl+C too, so it may first finish by itself."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        if server.poll() is None:
            server.terminate()
        server.wait(10)
    if server.poll() is None:
        server.kill()
        server.wait()


def has_screen() -> bool:
    """Tell whether a browser has a screen: without one `webbrowser` would start a text browser in this window."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def choose_port(wanted: int | None) -> int:
    """Choose the wanted port, or the first free one from 8501. Raises StartError when the wanted one cannot be used."""
    if wanted is not None:
        if not 1024 <= wanted <= 65535:
            raise StartError(f"Poort {wanted} kan niet; kies een nummer van 1024 tot en met 65535.")
        if not port_is_free(wanted):
            raise StartError(
                f"Poort {wanted} is al in gebruik; kies een ander nummer met --port, of laat --port weg, dan zoekt "
                "wijkdata zelf een vrije poort."
            )
        return wanted
    for port in range(PORT, PORT + PORTS_TRIED):
        if port_is_free(port):
            if port != PORT:
                print(f"Poort {PORT} is al in gebruik (misschien staat wijkdata al open); wijkdata neemt poort {port}.")
            return port
    raise StartError(f"De poorten {PORT} tot {PORT + PORTS_TRIED} zijn in gebruik; kies een vrije poort met --port.")


def port_is_free(port: int) -> bool:
    """Tell whether a server can listen on 127.0.0.1:port. Connects first: macOS lets two servers share a port."""
    with socket.socket() as caller:
        caller.settimeout(0.5)
        if caller.connect_ex(("127.0.0.1", port)) == 0:
            return False
    with socket.socket() as listener:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
