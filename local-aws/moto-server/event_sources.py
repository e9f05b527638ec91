"""Event source mappings as Lambda keeps them. What they feed, the front runs: moto must not."""

from moto.awslambda.models import LambdaBackend
from moto.dynamodb.models import dynamodb_backends

_create = LambdaBackend.create_event_source_mapping
_update = LambdaBackend.update_event_source_mapping


def addressed(function_arn, given):
    """A mapping feeds the version or alias it names; moto resolves it to a version at once.

    https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
    """
    qualifier = given.split(":function:")[-1].partition(":")[2]
    return ":".join(function_arn.split(":")[:7]) + (f":{qualifier}" if qualifier else "")


def table_of(stream_arn):
    """The table with exactly this stream; None when it is gone, or has another stream now."""
    if ":dynamodb:" not in stream_arn:
        return None
    region, account_id, resource = stream_arn.split(":", 5)[3:]
    _, name, _, label = resource.split("/", 3)
    table = dynamodb_backends[account_id][region].tables.get(name)
    return table if table and table.latest_stream_label == label else None


def create_event_source_mapping(self, spec):
    mapping = _create(self, spec)
    mapping.function_arn = addressed(mapping.function_arn, spec["FunctionName"])
    table = table_of(mapping.event_source_arn)
    if table:
        at_end = mapping.starting_position == "LATEST"
        mapping.starting_index = len(table.stream_shard.items) if at_end else 0
    return mapping


def update_event_source_mapping(self, uuid, spec):
    mapping = _update(self, uuid, spec)
    if mapping and "FunctionName" in spec:
        mapping.function_arn = addressed(mapping.function_arn, spec["FunctionName"])
    return mapping


def is_enabled(mapping):
    """A template may say it in text."""
    return str(mapping.enabled).lower() == "true"


def fill():
    LambdaBackend.create_event_source_mapping = create_event_source_mapping
    LambdaBackend.update_event_source_mapping = update_event_source_mapping
    for name in ("send_sqs_batch", "send_dynamodb_items", "send_kinesis_message"):
        setattr(LambdaBackend, name, lambda self, *_arguments, **_named: False)
