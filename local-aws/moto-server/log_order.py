"""FilterLogEvents gives the events of all streams in the order of time; moto gives one stream after the other.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
"""

from moto.logs.models import LogGroup

_filter_log_events = LogGroup.filter_log_events


def filter_log_events(self, *arguments):
    return _filter_log_events(self, *arguments[:-1], interleaved=True)


def fill():
    LogGroup.filter_log_events = filter_log_events
