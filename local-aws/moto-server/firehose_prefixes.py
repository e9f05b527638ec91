"""Where Firehose writes: a prefix of one's own takes the place of the default one; moto appends the default one to it."""

import re
from datetime import datetime, timezone

from moto.firehose.models import FirehoseBackend

_path = FirehoseBackend._format_s3_object_path

# Of Java's DateTimeFormatter, what a folder for each day needs.
FORMATS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H"}


def timestamp(pattern):
    return datetime.now(timezone.utc).strftime(re.sub("yyyy|MM|dd|HH", lambda part: FORMATS[part[0]], pattern))


def format_s3_object_path(delivery_stream_name, version_id, prefix):
    """https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html"""
    default = _path(delivery_stream_name, version_id, "")
    if "!{" not in prefix:
        return _path(delivery_stream_name, version_id, prefix)
    evaluated = re.sub(r"!\{timestamp:([^}]+)\}", lambda found: timestamp(found[1]), prefix)
    # What is compressed ends in .gz.
    return f"{evaluated}{default.split('/')[-1]}.gz"


def fill():
    FirehoseBackend._format_s3_object_path = staticmethod(format_s3_object_path)
