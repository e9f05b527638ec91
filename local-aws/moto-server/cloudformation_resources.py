"""Where moto's CloudFormation makes something else of a template than AWS does."""

import json

from moto.iam.models import Role, iam_backends
from moto.logs.models import LogGroup

_create_role = Role.create_from_cloudformation_json.__func__
_log_group_attribute = LogGroup.get_cfn_attribute


def as_json(document):
    return document if isinstance(document, str) else json.dumps(document, default=str)


def attach_policies(role, arns):
    backend = iam_backends[role.account_id][role.partition]
    before = role.__dict__.get("policies_from_template", [])
    for arn in before:
        if arn not in arns and arn in role.managed_policies:
            backend.detach_role_policy(arn, role.name)
    for arn in arns:
        if arn not in role.managed_policies:
            backend.attach_role_policy(arn, role.name)
    role.policies_from_template = arns


def put_inline_policies(role, policies):
    for name in role.__dict__.get("inline_from_template", []):
        role.policies.pop(name, None)
    inline = {policy["PolicyName"]: as_json(policy["PolicyDocument"]) for policy in policies}
    role.policies.update(inline)
    role.inline_from_template = list(inline)


def apply(role, properties):
    """What moto keeps in a shape IAM cannot show (inline policies) or leaves out (managed ones)."""
    put_inline_policies(role, properties.get("Policies", []))
    attach_policies(role, properties.get("ManagedPolicyArns", []))


def create_role(cls, resource_name, cloudformation_json, account_id, region_name, **named):
    role = _create_role(cls, resource_name, cloudformation_json, account_id, region_name, **named)
    apply(role, cloudformation_json["Properties"])
    return role


def update_role(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html"""
    properties = cloudformation_json["Properties"]
    original_resource.assume_role_policy_document = as_json(properties["AssumeRolePolicyDocument"])
    original_resource.description = properties.get("Description", "")
    original_resource.max_session_duration = properties.get("MaxSessionDuration", 3600)
    original_resource.permissions_boundary_arn = properties.get("PermissionsBoundary")
    original_resource.tags = properties.get("Tags", [])
    apply(original_resource, properties)
    return original_resource


def log_group_attribute(self, attribute_name):
    """A log group's ARN ends in `:*` in a template, so that a policy on it covers the group's streams.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
    """
    value = _log_group_attribute(self, attribute_name)
    return f"{value}:*" if attribute_name == "Arn" else value


def fill():
    Role.create_from_cloudformation_json = classmethod(create_role)
    Role.update_from_cloudformation_json = classmethod(update_role)
    LogGroup.get_cfn_attribute = log_group_attribute
