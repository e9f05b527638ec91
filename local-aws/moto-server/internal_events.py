"""What the front needs to bring events to functions and to serve REST APIs, beside `internal_api`."""

import base64
import json

from moto.apigateway.models import apigateway_backends
from moto.awslambda.models import lambda_backends
from moto.dynamodb.models import dynamodb_backends
from moto.events.models import events_backends
from moto.sqs.models import sqs_backends
from moto.sts.models import sts_backends

import dynamodb_writes
import event_sources
import sqs_queues
from internal_api import NotFound, find_key


def backends_of(service):
    """Every account's and region's backend of a service, with where it is."""
    for account_id, account in list(service.items()):
        for region, backend in list(account.items()):
            yield account_id, region, backend


def front_url(url):
    """Tells moto where the front listens: a queue's URL begins with it."""
    sqs_queues.front["url"] = url
    return {}


def mappings():
    """All event source mappings, each as GetEventSourceMapping shows it and with where it is."""
    return [
        {
            **mapping.get_configuration(),
            "AccountId": account_id,
            "Region": region,
            "Enabled": event_sources.is_enabled(mapping),
            "StartingIndex": getattr(mapping, "starting_index", 0),
        }
        for account_id, region, backend in backends_of(lambda_backends)
        for mapping in list(backend._event_source_mappings.values())
    ]


def queue_of(arn):
    _, _, _, region, account_id, name = arn.split(":")
    queue = sqs_backends[account_id][region].queues.get(name)
    if not queue:
        raise NotFound(f"There is no queue {arn}.")
    return sqs_backends[account_id][region], queue


def attribute(value):
    binary = value.get("BinaryValue")
    if isinstance(binary, bytes):
        binary = base64.b64encode(binary).decode()
    return {"DataType": value["DataType"], "StringValue": value.get("StringValue"), "BinaryValue": binary}


def message(received):
    return {
        "messageId": received.id,
        "receiptHandle": received.receipt_handle,
        "body": received.body,
        "md5OfBody": received.body_md5,
        "md5OfMessageAttributes": received.attribute_md5 if received.message_attributes else None,
        "messageAttributes": {name: attribute(value) for name, value in received.message_attributes.items()},
        "receiveCount": received.approximate_receive_count,
        "sentTimestamp": received.sent_timestamp,
        "firstReceiveTimestamp": received.approximate_first_receive_timestamp,
        "senderId": received.sender_id,
        "groupId": received.group_id,
        "deduplicationId": received.deduplication_id,
        "sequenceNumber": received.sequence_number,
    }


def receive(arn, count):
    """Up to `count` messages, hidden from now on as from any receiver; when none, when to look again."""
    backend, queue = queue_of(arn)
    messages = backend.receive_message(queue.name, int(count), 0, queue.visibility_timeout, ["All"])
    return {"messages": [message(one) for one in messages], "dueInMs": sqs_queues.due_in_ms(queue)}


def delete_messages(arn, receiptHandles):
    """One that is gone already, or was given to another receiver since, is passed over."""
    backend, queue = queue_of(arn)
    entries = [{"Id": handle, "ReceiptHandle": handle} for handle in json.loads(receiptHandles)]
    backend.delete_message_batch(queue.name, entries)
    return {}


def send(arn, body):
    """A message of Lambda's own, to a failure destination."""
    backend, queue = queue_of(arn)
    backend.send_message(queue.name, body)
    return {}


def stream_records(arn, index, count):
    """The records of a table's stream from a position on; positions count from 0."""
    with dynamodb_writes.alone:
        table = event_sources.table_of(arn)
        if not table:
            raise NotFound(f"There is no stream {arn}.")
        start = int(index)
        records = table.stream_shard.items[start : start + int(count)]
        return {"records": [{**record.event, "eventSourceARN": arn} for record in records]}


def partition_key(arn):
    """The name of a table's or an index's partition key; nothing when there is none of that ARN."""
    parts = arn.split(":", 5)
    if len(parts) < 6:
        return {}
    _, table_name, *index = parts[5].split("/")
    table = dynamodb_backends[parts[4]][parts[3]].tables.get(table_name)
    if not table or not index:
        return {"name": table.hash_key_attr} if table else {}
    schemas = {one.name: one.schema for one in table.global_indexes + table.indexes}
    return {"name": next((key["AttributeName"] for key in schemas.get(index[1], []) if key["KeyType"] == "HASH"), None)}


def schedules():
    """Every rule with a schedule, and what it targets."""
    return [
        {
            "accountId": account_id,
            "region": region,
            "name": rule.name,
            "arn": rule.arn,
            "expression": rule.scheduled_expression,
            "enabled": rule.state == "ENABLED",
            "targets": [{"arn": target["Arn"], "input": target.get("Input")} for target in rule.targets],
        }
        for account_id, region, backend in backends_of(events_backends)
        for bus in list(backend.event_buses.values())
        for rule in list(bus.rules.values())
        if rule.scheduled_expression
    ]


def method(described):
    integration = described.method_integration
    return {
        "authorizationType": described.authorization_type,
        "integrationType": integration and integration.integration_type,
        "uri": integration and integration.uri,
        "timeoutMs": integration and integration.timeout_in_millis,
    }


def rest_api(apiId):
    """A REST API as it is now, in whichever account and region it lives."""
    for account_id, region, backend in backends_of(apigateway_backends):
        api = backend.apis.get(apiId)
        if api:
            return {
                "id": apiId,
                "accountId": account_id,
                "region": region,
                "policy": json.loads(api.policy) if api.policy else None,
                "stages": {
                    stage.name: {"deploymentId": stage.deployment_id, "variables": stage.variables}
                    for stage in api.stages.values()
                },
                "resources": [
                    {
                        "id": resource.id,
                        "path": resource.get_path(),
                        "methods": {name: method(one) for name, one in resource.resource_methods.items()},
                    }
                    for resource in list(api.resources.values())
                ],
            }
    raise NotFound(f"There is no REST API {apiId}.")


def signing_key(accessKeyId):
    """The secret of an access key and, of a session, its token and the time it ends: what a signature is made with."""
    account_id, partition, backend = find_key(accessKeyId)
    session = sts_backends[account_id][partition].get_assumed_role_from_access_key(accessKeyId)
    return {
        "secretAccessKey": backend.access_keys[accessKeyId].secret_access_key,
        "sessionToken": session and session.session_token,
        "expiresAt": session and f"{session.expiration.isoformat()}Z",
    }


ENDPOINTS = {
    "delete-messages": delete_messages,
    "front-url": front_url,
    "mappings": mappings,
    "partition-key": partition_key,
    "receive": receive,
    "rest-api": rest_api,
    "schedules": schedules,
    "send": send,
    "signing-key": signing_key,
    "stream-records": stream_records,
}
