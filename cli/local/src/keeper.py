"""Runs the local AWS (ministack) and ends it together with every function it started.

The keeper leads a process group of its own, and the functions stay in it. Attached
(the default), the group ends when standard input closes, so the local AWS never
outlives the process that started it, however that process ended. With --detached it
ends on SIGTERM.

Once the port is bound, one line of JSON on standard output says the endpoint.
Requests sent before the local AWS is ready wait in the socket's queue.
"""

import argparse
import asyncio
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading


def main():
    options = arguments()
    if os.getpgrp() != os.getpid():
        os.setsid()
    scratch = own_scratch_folder(options.scratch)

    def end(*_):
        # All state is in memory, so nothing needs an orderly end.
        shutil.rmtree(scratch, ignore_errors=True)
        os.killpg(0, signal.SIGKILL)

    signal.signal(signal.SIGTERM, end)
    listener = socket.create_server(("127.0.0.1", options.port), backlog=1024)
    endpoint = "http://127.0.0.1:%d" % listener.getsockname()[1]

    if options.beside:
        # Its listening socket is our standard input; only it may keep it.
        subprocess.Popen(options.beside + ["--upstream", endpoint], stdin=0, stdout=2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if not options.detached:
        threading.Thread(target=end_with_owner, args=[end], daemon=True).start()

    print(json.dumps({"endpoint": endpoint, "scratch": scratch}), flush=True)
    os.dup2(2, 1)
    try:
        serve(listener, endpoint)
    finally:
        end()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--scratch", required=True, help="folder for the functions' code")
    parser.add_argument("--detached", action="store_true")
    parser.add_argument("beside", nargs="*", help="a command to run in the same group")
    return parser.parse_args()


def own_scratch_folder(parent):
    """A folder named by our process id. Removes those whose process is gone."""
    os.makedirs(parent, exist_ok=True)
    for name in os.listdir(parent):
        if name.isdigit() and not is_alive(int(name)):
            shutil.rmtree(os.path.join(parent, name), ignore_errors=True)
    scratch = os.path.join(parent, str(os.getpid()))
    os.makedirs(scratch, exist_ok=True)
    os.environ["TMPDIR"] = tempfile.tempdir = scratch
    return scratch


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def end_with_owner(end):
    try:
        while os.read(0, 4096):
            pass
    finally:
        end()


def serve(listener, endpoint):
    # ministack reads these when it is imported, and hands them to the functions.
    os.environ["AWS_ENDPOINT_URL"] = endpoint
    os.environ["GATEWAY_PORT"] = endpoint.rpartition(":")[2]

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    from hypercorn.asyncio import serve as serve_http
    from hypercorn.config import Config
    from ministack.app import app
    from ministack.services import scheduler

    # By default it takes up to ten seconds until a schedule that is due fires.
    scheduler._SCHEDULE_TICK_INTERVAL = 0.5

    config = Config()
    config.bind = ["fd://%d" % listener.detach()]
    config.keep_alive_timeout = 75
    # Without a trigger of ours hypercorn would take over SIGTERM.
    asyncio.run(serve_http(app, config, shutdown_trigger=asyncio.Event().wait))


if __name__ == "__main__":
    main()
