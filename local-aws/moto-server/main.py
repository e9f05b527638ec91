"""Runs moto on a free loopback port for the Node front beside it.

It is told one JSON line on standard input, {"enforceIam"}, and prints one on standard output once it answers:
{"port", "accountId", "accessKeyId", "secretAccessKey"}. It ends when its standard input closes, which happens
however the front ends, so no server is ever left behind. With `--warm PATH` it does so for each connection to the
socket that it makes there, in place of standard input and output.
"""

import json
import logging
import os
import signal
import sys
import threading
from urllib.parse import parse_qs

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")

import once  # noqa: F401, before moto: it changes what moto does while it is imported
from moto.iam.models import iam_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

import gaps
import internal_api
import internal_events
import warm

ACCOUNT_ID = "123456789012"
INTERNAL_PATH = "/_local-aws/"
INTERNAL_ENDPOINTS = internal_api.ENDPOINTS | internal_events.ENDPOINTS
ALLOW_ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


class QuietHandler(WSGIRequestHandler):
    """Keeps the access log to itself: the front has its own list of calls."""

    def log_request(self, *_args):
        pass


def answer(start_response, status, body, content_type="application/json"):
    start_response(status, [("Content-Type", content_type), ("Content-Length", str(len(body)))])
    return [body]


def answer_internal(environ, start_response):
    name = environ["PATH_INFO"].removeprefix(INTERNAL_PATH)
    query = {key: values[0] for key, values in parse_qs(environ["QUERY_STRING"]).items()}
    try:
        result = INTERNAL_ENDPOINTS[name](**query)
    except internal_api.NotFound as error:
        return answer(start_response, "404 Not Found", json.dumps({"message": str(error)}).encode())
    if isinstance(result, bytes):
        return answer(start_response, "200 OK", result, "application/zip")
    return answer(start_response, "200 OK", json.dumps(result, default=str).encode())


def application(moto):
    """moto, with the internal endpoints beside it and its unimplemented actions told apart from crashes."""

    def serve(environ, start_response):
        if environ["PATH_INFO"].startswith(INTERNAL_PATH):
            return answer_internal(environ, start_response)
        try:
            return moto(environ, start_response)
        except NotImplementedError as error:
            return answer(start_response, "501 Not Implemented", json.dumps({"message": str(error)}).encode())

    return serve


def end_with_the_front(told):
    told.read()
    os._exit(0)


def channel():
    """Where the front is heard, and where it is told: both of text."""
    if "--warm" not in sys.argv:
        return sys.stdin, sys.stdout
    path = sys.argv[sys.argv.index("--warm") + 1]
    connection = warm.fork_for_each(path, ACCOUNT_ID)
    return connection.makefile("r"), connection.makefile("w")


def create_administrator():
    backend = iam_backends[ACCOUNT_ID]["aws"]
    backend.create_user("us-east-1", "local-admin")
    backend.put_user_policy("local-admin", "allow-all", json.dumps(ALLOW_ALL))
    return backend.create_access_key("local-admin")


def main():
    # Ctrl-C reaches the whole process group; the front decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.WARNING)
    told, tell = channel()
    gaps.fill(enforce_iam=json.loads(told.readline())["enforceIam"])
    key = create_administrator()
    app = application(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    os.environ["MOTO_PORT"] = str(server.server_port)
    threading.Thread(target=end_with_the_front, args=[told], daemon=True).start()
    ready = {
        "port": server.server_port,
        "accountId": ACCOUNT_ID,
        "accessKeyId": key.access_key_id,
        "secretAccessKey": key.secret_access_key,
    }
    print(json.dumps(ready), file=tell, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
