"""`aws <service> <operation> --parameter value`, as far as the documents use it, on the botocore that moto brings.

Operations and parameters come from the services' own models, so what AWS's command does not know is refused here too.
Of its own commands there is `s3 cp` of a folder to the disk; of its short forms of parameters, `Key=value,Key=value`.
https://docs.aws.amazon.com/cli/latest/reference/
"""

import json
import os
import sys

import botocore.session
import jmespath
from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError

USAGE, REFUSED = 252, 254
GLACIER = ("GLACIER", "DEEP_ARCHIVE")


def fail(message, status=USAGE):
    print(message, file=sys.stderr)
    sys.exit(status)


def in_kebab_case(name):
    return xform_name(name, "-")


def read_arguments(words):
    """Flags with the words after each, and the words before the first."""
    given, flags = [], {}
    into = given
    for word in words:
        if word.startswith("--"):
            into = flags.setdefault(word[2:], [])
        else:
            into.append(word)
    return given, flags


def content(word):
    """https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html"""
    for scheme, mode in (("fileb://", "rb"), ("file://", "r")):
        if word.startswith(scheme):
            with open(word[len(scheme) :], mode) as file:
                return file.read()
    return word


def value_of(shape, words):
    if shape.type_name == "boolean":
        return words != ["false"]
    if shape.type_name == "list" and not words[0].startswith("["):
        return [value_of(shape.member, [word]) for word in words]
    text = content(words[0])
    if shape.type_name in ("list", "structure", "map"):
        if text.startswith(("{", "[")):
            return json.loads(text)
        return short_form(shape, text)
    return int(text) if shape.type_name in ("integer", "long") else text


def short_form(shape, text):
    """`Name=instance-state-name,Values=pending,running`: what has no = belongs to the value before."""
    fields, name = {}, None
    for part in text.split(","):
        if "=" in part:
            name, part = part.split("=", 1)
        fields.setdefault(name, []).append(part)
    return {name: value_of(shape.members[name], values) for name, values in fields.items()}


def without_no(names, flags):
    """`--no-enabled` is `--enabled false`: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters.html"""
    negated = {flag for flag in flags if flag not in names and flag.startswith("no-")}
    return {flag[3:] if flag in negated else flag: ["false"] if flag in negated else words for flag, words in flags.items()}


def parameters(shape, flags):
    names = {in_kebab_case(name): name for name in (shape.members if shape else {})}
    flags = without_no(names, flags)
    unknown = [flag for flag in flags if flag not in names]
    if unknown:
        fail(f"Unknown options: {', '.join('--' + flag for flag in unknown)}")
    return {names[flag]: value_of(shape.members[names[flag]], words) for flag, words in flags.items()}


def as_text(value):
    """https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html#text-output"""
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value)]
    if not isinstance(value, list):
        return str(value)
    if any(isinstance(one, (list, dict)) for one in value):
        return "\n".join(as_text(one) for one in value)
    return "\t".join(map(str, value))


def show(answer, query, output):
    answer.pop("ResponseMetadata", None)
    chosen = jmespath.search(query, answer) if query else answer
    text = as_text(chosen) if output == "text" else json.dumps(chosen, indent=4, default=str)
    if text and answer:
        print(text)


def save_body(answer, file):
    """What streams goes to the file that is named last."""
    for name, value in answer.items():
        if hasattr(value, "read"):
            with open(file, "wb") as opened:
                opened.write(value.read())
            return {key: one for key, one in answer.items() if key != name}
    return answer


def copy_folder(s3, source, target, flags):
    """https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html"""
    if set(flags) - {"recursive", "force-glacier-transfer"} or "recursive" not in flags:
        fail("Only s3 cp <s3 folder> <folder> --recursive is known here")
    bucket, _, prefix = source.removeprefix("s3://").partition("/")
    for one in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix).search("Contents"):
        if one is None or (one["StorageClass"] in GLACIER and "force-glacier-transfer" not in flags):
            continue
        file = os.path.join(target, one["Key"][len(prefix) :])
        os.makedirs(os.path.dirname(file), exist_ok=True)
        s3_object = s3.get_object(Bucket=bucket, Key=one["Key"])
        save_body(s3_object, file)
        print(f"download: s3://{bucket}/{one['Key']} to {file}")


def call(client, operation, words, flags):
    query, output = flags.pop("query", [None])[0], flags.pop("output", ["json"])[0]
    methods = {in_kebab_case(name): name for name in client.meta.service_model.operation_names}
    if operation not in methods:
        fail(f"Invalid choice: {operation}")
    shape = client.meta.service_model.operation_model(methods[operation]).input_shape
    method, given = xform_name(methods[operation]), parameters(shape, flags)
    if client.can_paginate(method):
        answer = client.get_paginator(method).paginate(**given).build_full_result()
    else:
        answer = getattr(client, method)(**given)
    show(save_body(answer, words[-1] if words else None), query, output)


def outfile(client, operation, flags):
    """The file of a body that streams stands after the last parameter's value."""
    last = list(flags)[-1] if flags else None
    return [flags[last].pop()] if last and len(flags[last]) > 1 and operation in ("invoke", "get-object") else []


def main():
    if len(sys.argv) < 3:
        fail("usage: aws <service> <operation> [parameters]")
    service, operation, *rest = sys.argv[1:]
    words, flags = read_arguments(rest)
    region = flags.pop("region", [os.environ.get("AWS_REGION")])[0]
    session = botocore.session.get_session()
    # "s3api" has the operations of S3; "s3" is what AWS's command adds to them.
    client = session.create_client({"s3api": "s3"}.get(service, service), region_name=region)
    try:
        if (service, operation) == ("s3", "cp"):
            copy_folder(client, *words, flags)
        else:
            call(client, operation, words or outfile(client, operation, flags), flags)
    except ClientError as error:
        fail(f"An error occurred: {error}", REFUSED)
    except BotoCoreError as error:
        fail(str(error), REFUSED)


main()
