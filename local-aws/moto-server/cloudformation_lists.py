"""A list entry that is `AWS::NoValue` is left out, as CloudFormation does; moto would keep it as a null."""

from moto.cloudformation import parsing

_clean_json = parsing.clean_json


def clean_json(resource_json, resources_map):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html"""
    if not isinstance(resource_json, list):
        return _clean_json(resource_json, resources_map)
    cleaned = (clean_json(entry, resources_map) for entry in resource_json)
    return [entry for entry in cleaned if entry is not None]


def fill():
    parsing.clean_json = clean_json
