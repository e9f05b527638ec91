"""An HTTP client of the Platform API that is not ours: botocore signs, urllib3 sends.

A request is a line of JSON on stdin, its answer a line on stdout. A request has `method`, `url`, `region`, and
- `credentials` (`access_key`, `secret_key`, `token`), or null for one that is not signed,
- `body`: a text that is signed, `sent_body`: another one that is sent in its place,
- `headers`: more headers, which are signed too, `age`: seconds by which the signature is older than now.
An answer has `status`, `headers` (names in lower case), `body` (a text) and `signed`, the headers as they were sent:
given back as `replay`, they are sent again as they are.
"""

import datetime
import json
import sys

import botocore.auth
import urllib3
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

http = urllib3.PoolManager(retries=False)
now = botocore.auth.get_current_datetime


def signed(request):
    headers = dict(request.get("headers") or {})
    given = request.get("credentials")
    if not given:
        return headers
    age = datetime.timedelta(seconds=request.get("age", 0))
    botocore.auth.get_current_datetime = lambda *args, **named: now(*args, **named) - age
    aws_request = AWSRequest(request["method"], request["url"], headers, request.get("body") or "")
    credentials = Credentials(given["access_key"], given["secret_key"], given.get("token"))
    botocore.auth.SigV4Auth(credentials, "execute-api", request["region"]).add_auth(aws_request)
    return dict(aws_request.headers.items())


def send(request):
    headers = request.get("replay") or signed(request)
    body = request.get("sent_body", request.get("body"))
    answer = http.request(
        request["method"], request["url"], body=body, headers=headers, redirect=False, timeout=60
    )
    return {
        "status": answer.status,
        "headers": {name.lower(): value for name, value in answer.headers.items()},
        "body": answer.data.decode(),
        "signed": headers,
    }


for line in sys.stdin:
    print(json.dumps(send(json.loads(line))), flush=True)
