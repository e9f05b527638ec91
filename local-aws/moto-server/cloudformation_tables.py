"""What a template says of a DynamoDB table beside its keys: moto drops expiry and backups, and updates nothing."""

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import Table

_create = Table.create_from_cloudformation_json.__func__


def apply(table, properties):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html"""
    backend = dynamodb_backends[table.account_id][table.region_name]
    if "TimeToLiveSpecification" in properties:
        backend.update_time_to_live(table.name, properties["TimeToLiveSpecification"])
    if "PointInTimeRecoverySpecification" in properties:
        backend.update_continuous_backups(table.name, properties["PointInTimeRecoverySpecification"])
    # A template says `SSEEnabled` where the API says `Enabled`.
    encryption = properties.get("SSESpecification", {})
    if "SSEEnabled" in encryption:
        table.sse_specification = {**table.sse_specification, "Enabled": encryption["SSEEnabled"]}
    table.deletion_protection_enabled = properties.get("DeletionProtectionEnabled", False)
    table.tags = properties.get("Tags", [])
    return table


def create(cls, resource_name, cloudformation_json, account_id, region_name, **named):
    table = _create(cls, resource_name, cloudformation_json, account_id, region_name, **named)
    return apply(table, cloudformation_json["Properties"])


def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    """Keys and name of a table cannot change, and a changed stream would be a new one: both stay as they are."""
    properties = cloudformation_json["Properties"]
    known = {index.name for index in original_resource.global_indexes}
    wanted = properties.get("GlobalSecondaryIndexes", [])
    changes = [{"Delete": {"IndexName": name}} for name in known - {index["IndexName"] for index in wanted}]
    changes += [{"Create": index} for index in wanted if index["IndexName"] not in known]
    original_resource.attr = properties["AttributeDefinitions"]
    if changes:
        backend = dynamodb_backends[account_id][region_name]
        backend.update_table_global_indexes(original_resource.name, changes)
    return apply(original_resource, properties)


def fill():
    Table.create_from_cloudformation_json = classmethod(create)
    Table.update_from_cloudformation_json = classmethod(update)
