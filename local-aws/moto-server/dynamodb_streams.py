"""What a table's stream records, as Lambda hands it to a function. moto would run the functions itself."""

import json

from moto.dynamodb.models.table import StreamRecord, StreamShard
from moto.dynamodb.models.utilities import dynamo_json_dump


def number(self, sequence_number):
    self.record["dynamodb"]["SequenceNumber"] = str(sequence_number)
    self.event["dynamodb"]["SequenceNumber"] = str(sequence_number)


def as_event(record):
    """https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html, as it is now: moto changes items in place."""
    event = json.loads(dynamo_json_dump(record))
    event["eventVersion"] = "1.1"
    created = event["dynamodb"]["ApproximateCreationDateTime"]
    event["dynamodb"]["ApproximateCreationDateTime"] = int(created)
    return event


def event_name(old, new):
    if old is None:
        return "INSERT"
    return "REMOVE" if new is None else "MODIFY"


def add(self, old, new):
    """A write that changes nothing leaves no record.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
    """
    if old is not None and new is not None and dynamo_json_dump(old) == dynamo_json_dump(new):
        return
    sequence_number = len(self.items) + self.starting_sequence_number
    view = self.table.stream_specification["StreamViewType"]
    record = StreamRecord(self.table, view, event_name(old, new), old, new, sequence_number)
    record.record["awsRegion"] = self.table.region_name
    record.event = as_event(record.record)
    self.items.append(record)


def fill():
    StreamRecord.number = number
    StreamShard.add = add
