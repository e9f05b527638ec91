"""Queues that several ask at the same time, and that remember for five minutes which messages they have taken.

moto gives one message to two callers who ask at once, and forgets a message's deduplication id with the message. It
would also run the functions that a queue feeds; the front does that.
"""

import functools
import itertools
import threading
from copy import deepcopy

from moto.core.utils import unix_time, unix_time_millis
from moto.sqs.models import Queue, SQSBackend, _filter_message_attributes

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html
DEDUPLICATED_MS = 300_000
# How soon a waiting receiver notices what nobody tells it: a message that becomes visible again.
LOOK_AGAIN_SECONDS = 0.2

alone = threading.RLock()
_sequence_numbers = itertools.count(18849496460467696128, 256)
# The URL by which the world reaches the front; it is known once the front listens.
front = {"url": None}

_queue_id = Queue.physical_resource_id.fget


def one_at_a_time(method):
    @functools.wraps(method)
    def run(*arguments, **named):
        with alone:
            return method(*arguments, **named)

    return run


def is_repeated(queue, message):
    if not queue.fifo_queue or not message.deduplication_id:
        return False
    scope = message.group_id if queue.deduplication_scope == "messageGroup" else None
    known = queue.__dict__.setdefault("deduplicated", {})
    first = known.get((scope, message.deduplication_id))
    if first is not None and message.sent_timestamp - first < DEDUPLICATED_MS:
        return True
    known[(scope, message.deduplication_id)] = message.sent_timestamp
    return False


def append(queue, message):
    with queue._messages_lock:
        queue._messages.append(message)
        queue._messages_lock.notify_all()


def add_message(self, message):
    with alone:
        if is_repeated(self, message):
            return
        if self.fifo_queue:
            message.sequence_number = str(next(_sequence_numbers))
        append(self, message)


def has_ended(queue, message):
    """Whether a message was received as often as its queue allows, and is now elsewhere.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    if queue.dead_letter_queue is None or not queue.redrive_policy:
        return False
    if message.approximate_receive_count < queue.redrive_policy["maxReceiveCount"]:
        return False
    queue._messages.remove(message)
    append(queue.dead_letter_queue, message)
    return True


def take(queue, count, visibility_timeout, attribute_names):
    """Messages that may be worked on now. A group with a message under way gives none.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
    """
    oldest = unix_time_millis() - queue.message_retention_period * 1000
    queue._messages = [message for message in queue._messages if message.sent_timestamp > oldest]
    pending = queue._pending_messages
    under_way = {message.group_id for message in queue._messages if message in pending and not message.visible}
    taken = []
    for message in list(queue._messages):
        if len(taken) == count:
            break
        if not message.visible or message.delayed:
            continue
        pending.discard(message)
        if (queue.fifo_queue and message.group_id in under_way) or has_ended(queue, message):
            continue
        pending.add(message)
        message.mark_received(visibility_timeout=visibility_timeout)
        received = deepcopy(message)
        _filter_message_attributes(received, attribute_names)
        taken.append(received)
    return taken


def receive_message(
    self, queue_name, count, wait_seconds_timeout, visibility_timeout, message_attribute_names=None
):
    queue = self.get_queue(queue_name)
    until = unix_time() + wait_seconds_timeout
    while True:
        with alone:
            taken = take(queue, count, visibility_timeout, message_attribute_names or [])
        left = until - unix_time()
        if taken or left <= 0:
            return taken
        with queue._messages_lock:
            queue._messages_lock.wait(min(left, LOOK_AGAIN_SECONDS))


def due_in_ms(queue):
    """When the next message that is hidden now can be received; None when none is."""
    now = unix_time_millis()
    hidden = [max(message.visible_at, message.delayed_until) for message in queue._messages]
    return min([at - now for at in hidden if at > now], default=None)


def physical_resource_id(self):
    """A queue's URL, by which SDKs also reach it, leads to the front.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
    """
    return f"{front['url']}/{self.account_id}/{self.name}" if front["url"] else _queue_id(self)


def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    """moto takes over two of a changed template's attributes."""
    properties = deepcopy(cloudformation_json["Properties"])
    properties.pop("Tags", None)
    properties.pop("QueueName", None)
    original_resource._set_attributes(properties)
    return original_resource


def fill():
    Queue.add_message = add_message
    Queue.physical_resource_id = property(physical_resource_id)
    Queue.update_from_cloudformation_json = classmethod(update)
    SQSBackend.receive_message = receive_message
    for name in ("send_message", "delete_message", "change_message_visibility", "purge_queue"):
        setattr(SQSBackend, name, one_at_a_time(getattr(SQSBackend, name)))
