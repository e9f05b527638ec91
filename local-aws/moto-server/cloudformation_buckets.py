"""What a template says of a bucket beside its encryption and tags, which is all that moto takes over."""

from moto.s3.models import FakeBucket, s3_backends
from moto.utilities.utils import get_partition

_create = FakeBucket.create_from_cloudformation_json.__func__
_update = FakeBucket.update_from_cloudformation_json.__func__


def as_rule(rule):
    """A template writes a lifecycle rule in other words than the API.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html
    """
    api = {"ID": rule.get("Id"), "Status": rule["Status"], "Prefix": rule.get("Prefix", "")}
    if "Transitions" in rule:
        api["Transition"] = [
            {"Days": one["TransitionInDays"], "StorageClass": one["StorageClass"]} for one in rule["Transitions"]
        ]
    if "ExpirationInDays" in rule:
        api["Expiration"] = {"Days": rule["ExpirationInDays"]}
    for same in ("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload"):
        if same in rule:
            api[same] = rule[same]
    return api


def apply(bucket, properties):
    backend = s3_backends[bucket.account_id][get_partition(bucket.region_name)]
    if "VersioningConfiguration" in properties:
        backend.put_bucket_versioning(bucket.name, properties["VersioningConfiguration"]["Status"])
    if "PublicAccessBlockConfiguration" in properties:
        blocked = {key: str(value).lower() for key, value in properties["PublicAccessBlockConfiguration"].items()}
        backend.put_public_access_block(bucket.name, blocked)
    if "LifecycleConfiguration" in properties:
        bucket.set_lifecycle([as_rule(rule) for rule in properties["LifecycleConfiguration"]["Rules"]])
    return bucket


def create(cls, resource_name, cloudformation_json, account_id, region_name, **named):
    bucket = _create(cls, resource_name, cloudformation_json, account_id, region_name, **named)
    return apply(bucket, cloudformation_json["Properties"])


def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    bucket = _update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name)
    return apply(bucket, cloudformation_json["Properties"])


def fill():
    FakeBucket.create_from_cloudformation_json = classmethod(create)
    FakeBucket.update_from_cloudformation_json = classmethod(update)
