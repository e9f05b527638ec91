"""Lambda's resource policies as AWS keeps them: one per qualifier. moto has one for the whole function.

https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
"""

import json
import re
from urllib.parse import unquote

from moto.awslambda.exceptions import (
    InvalidParameterValueException,
    LambdaClientError,
    UnknownFunctionException,
)
from moto.awslambda.models import LambdaBackend, Permission, lambda_backends
from moto.awslambda.policy import Policy
from moto.awslambda.responses import LambdaResponse
from moto.iam.models import iam_backends

IDENTITY = re.compile(r"arn:([\w-]+):iam::(\d{12}):(?:role|user)/")

_delete_alias = LambdaBackend.delete_alias


class StatementExists(LambdaClientError):
    code = 409

    def __init__(self, statement_id):
        super().__init__(
            "ResourceConflictException",
            f"The statement id ({statement_id}) provided already exists. Please provide a new statement id, "
            "or remove the existing statement.",
        )


def split(name, qualifier):
    """Takes the qualifier out of `name:qualifier` or a qualified ARN."""
    resource = name.split(":function:")[-1]
    plain, _, inside = resource.partition(":")
    return plain, inside or qualifier


def policy_for(backend, name, qualifier=None):
    plain, qualifier = split(name, qualifier)
    backend.get_function(plain, qualifier)
    latest = backend.get_function(plain)
    policies = latest.__dict__.setdefault("policies_by_qualifier", {})
    key = qualifier or "$LATEST"
    if key not in policies:
        policies[key] = Policy(latest)
    return policies[key]


def exists(principal, partition):
    """Whether a role or user is there; any other principal is taken as it is.

    Of an account that nobody has entered here nothing is known, so what it is said to have is believed.
    """
    named = IDENTITY.match(principal) if isinstance(principal, str) else None
    if not named:
        return True
    if named[1] != partition:
        return False
    backend = iam_backends[named[2]][partition]
    identities = [*backend.roles.values(), *backend.users.values()]
    return not identities or any(principal == known.arn for known in identities)


def add_permission(self, function_name, qualifier, raw):
    _, qualifier = split(function_name, qualifier)
    policy = policy_for(self, function_name, qualifier)
    statement_id = json.loads(raw).get("StatementId")
    if any(statement["Sid"] == statement_id for statement in policy.statements):
        raise StatementExists(statement_id)
    statement, _ = policy.add_statement(raw, None if qualifier == "$LATEST" else qualifier)
    return statement


def add_permission_to_existing(self, function_name, qualifier, raw):
    """AWS keeps a role or user by its unique id, so one that does not exist cannot be let in.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    self.get_function(*split(function_name, qualifier))
    if not exists(json.loads(raw).get("Principal"), self.partition):
        raise InvalidParameterValueException(
            "The provided principal was invalid. Please check the principal and try again."
        )
    return add_permission(self, function_name, qualifier, raw)


def get_policy(self, function_name, qualifier=None):
    return policy_for(self, function_name, qualifier).wire_format()


def remove_permission(self):
    name = unquote(self.path.split("/")[-3])
    statement_id = unquote(self.path.split("/")[-1])
    qualifier = self.querystring.get("Qualifier", [None])[0]
    revision = self.querystring.get("RevisionId", [""])[0]
    policy_for(self.backend, name, qualifier).del_statement(statement_id, revision)
    return 204, {"status": 204}, ""


def delete_alias(self, name, function_name):
    """An alias takes its policy with it."""
    _delete_alias(self, name, function_name)
    self.get_function(function_name).__dict__.get("policies_by_qualifier", {}).pop(name, None)


def principal(self, given):
    """A role, user or account becomes `{"AWS": arn}`, as GetPolicy shows it on AWS."""
    if not isinstance(given, str) or given == "*":
        return given
    if given.endswith(".amazonaws.com"):
        return {"Service": given}
    if given.isdigit():
        return {"AWS": f"arn:{self.parent.partition}:iam::{given}:root"}
    return {"AWS": given}


def create_permission(cls, resource_name, cloudformation_json, account_id, region_name, **_):
    properties = dict(cloudformation_json["Properties"])
    permission = Permission(region=region_name)
    permission.function, permission.statement_id = properties.pop("FunctionName"), resource_name
    raw = json.dumps({"StatementId": resource_name, **properties})
    lambda_backends[account_id][region_name].add_permission(permission.function, None, raw)
    return permission


def update_permission(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    original_resource.delete(account_id, region_name)
    return create_permission(cls, new_resource_name, cloudformation_json, account_id, region_name)


def delete_permission(self, account_id, region_name):
    """A function that was deleted took its policy with it."""
    backend = lambda_backends[account_id][region_name]
    try:
        policy = policy_for(backend, self.function)
    except UnknownFunctionException:
        return
    policy.statements = [one for one in policy.statements if one["Sid"] != self.statement_id]


def fill(enforce_iam):
    LambdaBackend.add_permission = add_permission_to_existing if enforce_iam else add_permission
    LambdaBackend.get_policy = get_policy
    LambdaBackend.delete_alias = delete_alias
    LambdaResponse.remove_permission = remove_permission
    Policy.principal_formatter = principal
    Permission.create_from_cloudformation_json = classmethod(create_permission)
    Permission.update_from_cloudformation_json = classmethod(update_permission)
    Permission.delete = delete_permission
