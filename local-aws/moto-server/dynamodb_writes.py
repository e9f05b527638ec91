"""Calls of DynamoDB one at a time, and transactions that happen as a whole.

moto looks at a condition and then writes; between the two another call would write too. And it copies the tables of a
transaction to put them back, with which stream positions lead nowhere.
"""

import copy
import threading
from types import SimpleNamespace

from moto.dynamodb import models
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

alone = threading.RLock()

_call_action = DynamoHandler.call_action
_transact = DynamoDBBackend.transact_write_items
_update_item = DynamoDBBackend.update_item


def call_action(self):
    with alone:
        return _call_action(self)


def deepcopy(value, *memo):
    """A copy, but for a table: `transact_write_items` puts back what it changed by itself."""
    return value if isinstance(value, Table) else copy.deepcopy(value, *memo)


class Before:
    """The items that a transaction is about to change, and how long the tables' streams were."""

    def __init__(self, backend, transact_items):
        operations = [next(iter(item.values())) for item in transact_items]
        tables = {operation["TableName"] for operation in operations}
        self.streams = [backend.get_table(name).stream_shard for name in tables]
        self.lengths = [len(shard.items) if shard else 0 for shard in self.streams]
        self.items = [self.item(backend, operation) for operation in operations]

    @staticmethod
    def item(backend, operation):
        table = backend.get_table(operation["TableName"])
        keys = backend.get_keys_value(table, operation.get("Key") or operation["Item"])
        return table, keys, copy.deepcopy(table.get_item(*keys))

    def restore(self):
        for table, (hash_value, range_value), item in self.items:
            holder, key = (table.items[hash_value], range_value) if range_value else (table.items, hash_value)
            if item is None:
                holder.pop(key, None)
            else:
                holder[key] = item
        for shard, length in zip(self.streams, self.lengths):
            if shard:
                del shard.items[length:]


def transact_write_items(self, transact_items):
    """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""
    before = Before(self, transact_items)
    try:
        return _transact(self, transact_items)
    except Exception:
        before.restore()
        raise


def update_item(self, table_name, key, *arguments, **named):
    """Of an item that an update makes, moto writes two records to the stream: one with its keys alone."""
    shard = self.get_table(table_name).stream_shard
    length = len(shard.items) if shard else 0
    item = _update_item(self, table_name, key, *arguments, **named)
    if shard and len(shard.items) == length + 2:
        del shard.items[length]
        shard.items[length].number(shard.starting_sequence_number + length)
    return item


def fill():
    models.copy = SimpleNamespace(deepcopy=deepcopy, copy=copy.copy)
    DynamoHandler.call_action = call_action
    DynamoDBBackend.transact_write_items = transact_write_items
    DynamoDBBackend.update_item = update_item
