"""A moto that has loaded everything and waits on a socket: loading takes seconds, and tests start dozens of them."""

import importlib
import os
import select
import signal
import socket
import sys

from moto.core.utils import get_service_model
from moto.iam.models import iam_backends
from moto.moto_api._internal import mock_random

# What moto would load at the first call: its own modules, and botocore's descriptions where the name is another.
SERVICES = ["apigateway", "cloudformation", "cloudwatch", "dynamodb", "dynamodbstreams", "ec2", "firehose", "iam"]
SERVICES += ["logs", "resourcegroupstaggingapi", "s3", "sns", "sqs", "sts"]


def load(account_id):
    for service in SERVICES:
        importlib.import_module(f"moto.{service}.urls")
        get_service_model(service)
    get_service_model("lambda")
    # An account's IAM has all of AWS's policies.
    iam_backends[account_id]["aws"]


def fork_for_each(path, account_id):
    """Forks for each connection to the socket, and returns it in the child. The parent ends with standard input.

    It has one thread and serves nothing, so that nothing is half done in what a child inherits.
    """
    load(account_id)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    # Children that have ended need nobody to ask how.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("waiting", flush=True)
    while True:
        readable, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in readable:
            sys.exit(0)
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            # Two motos would otherwise give out the same ids.
            mock_random.seed()
            return connection
        connection.close()
