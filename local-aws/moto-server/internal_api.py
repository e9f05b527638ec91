"""What the front must know of moto's state and no AWS call tells it. Never reachable from outside the front."""

import json
from urllib.parse import unquote

from moto.awslambda.exceptions import UnknownAliasException, UnknownFunctionException
from moto.awslambda.models import lambda_backends
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from moto.sts.models import sts_backends
from moto.utilities.utils import get_partition

import gaps


class NotFound(Exception):
    """What was asked for is not there; the text is AWS's own message where AWS has one."""


def document(stored):
    """A policy document as a dict; moto keeps it as JSON text, URL-encoded text or (CloudFormation) a dict."""
    if isinstance(stored, dict):
        return stored
    return json.loads(stored if stored.lstrip().startswith("{") else unquote(stored))


def document_of_managed(policy):
    return document(next(version.document for version in policy.versions if version.is_default))


def policies_of(holder):
    inline = [document(policy) for policy in holder.policies.values()]
    return inline + [document_of_managed(policy) for policy in holder.managed_policies.values()]


def find_key(access_key_id):
    for account_id, account in list(iam_backends.items()):
        for partition, backend in list(account.items()):
            key = backend.access_keys.get(access_key_id)
            if key and key.status == "Active":
                return account_id, partition, backend
    raise NotFound("The security token included in the request is invalid.")


def user_caller(backend, access_key_id):
    user = backend.get_user_from_access_key_id(access_key_id)
    if not user:
        return None
    policies = policies_of(user)
    for group in backend.get_groups_for_user(user.name):
        policies += policies_of(group)
    return {"kind": "user", "arn": user.arn, "principalId": user.id, "policies": policies}


def boundary_of(backend, role):
    arn = role.permissions_boundary_arn
    if not arn:
        return None
    policy = backend.managed_policies.get(arn)
    return document_of_managed(policy) if policy else {"Version": "2012-10-17", "Statement": []}


def role_caller(backend, session):
    described = {
        "kind": "role",
        "arn": session.arn,
        "principalId": session.user_id,
        "roleArn": session.role_arn,
        "policies": [],
    }
    role = next((role for role in backend.get_roles() if role.arn == session.role_arn), None)
    if role:
        described |= {"policies": policies_of(role), "permissionsBoundary": boundary_of(backend, role)}
    if session.policy:
        described["sessionPolicy"] = document(session.policy)
    return described


def caller(accessKeyId):
    """Who an access key belongs to and which policies judge it, in whichever account it lives."""
    account_id, partition, backend = find_key(accessKeyId)
    session = sts_backends[account_id][partition].get_assumed_role_from_access_key(accessKeyId)
    described = role_caller(backend, session) if session else user_caller(backend, accessKeyId)
    if not described:
        raise NotFound("The security token included in the request is invalid.")
    return {"accountId": account_id, "partition": partition, **described}


def role_arn(accountId, partition, roleName):
    """A role's ARN with its path; without one when there is no such role, as AWS names it in a denial."""
    roles = iam_backends[accountId][partition].get_roles()
    known = next((role.arn for role in roles if role.name == roleName), None)
    return {"arn": known or f"arn:{partition}:iam::{accountId}:role/{roleName}"}


def role_trust(roleArn, partition):
    """Who may assume a role, and when."""
    try:
        role = iam_backends[roleArn.split(":")[4]][partition].get_role_by_arn(roleArn)
    except NotFoundException as error:
        raise NotFound(f"There is no role {roleArn}.") from error
    return document(role.assume_role_policy_document)


def resolve(accountId, region, name, qualifier=None):
    try:
        return lambda_backends[accountId][region].get_function(name, qualifier)
    except UnknownFunctionException as error:
        raise NotFound(error.message) from error


def function(accountId, region, name, qualifier=None):
    """The version a qualifier stands for, the resource policy of exactly that qualifier, and an alias's other versions."""
    resolved = resolve(accountId, region, name, qualifier)
    backend = lambda_backends[accountId][region]
    statements = gaps.policy_for(backend, name, qualifier).statements
    return {
        "configuration": resolved.get_configuration(),
        "statements": statements,
        "weights": weights(backend, name, qualifier),
        "reservedConcurrency": reserved_concurrency(accountId, region, name),
    }


def reserved_concurrency(accountId, region, name):
    """A function has one for all of its versions; moto keeps it with $LATEST, as a text when a template has it."""
    reserved = resolve(accountId, region, name).reserved_concurrency
    return None if reserved in (None, "") else int(reserved)


def weights(backend, name, qualifier):
    """Shares of the calls, 0 to 1, that an alias sends to other versions; empty for a version."""
    try:
        routing = backend.get_alias(qualifier, name).routing_config or {}
    except (UnknownAliasException, UnknownFunctionException):
        return {}
    return routing.get("AdditionalVersionWeights") or {}


def code(accountId, region, name, version):
    """The zip file of one version, as it was uploaded."""
    return resolve(accountId, region, name, version).code_bytes


def trusts_lambda(role):
    statements = document(role.assume_role_policy_document).get("Statement", [])
    for statement in statements if isinstance(statements, list) else [statements]:
        services = statement.get("Principal", {}).get("Service", [])
        actions = statement.get("Action", [])
        actions = actions if isinstance(actions, list) else [actions]
        assumes = any(action.lower() in ("sts:assumerole", "sts:*", "*") for action in actions)
        if statement.get("Effect") == "Allow" and assumes and "lambda.amazonaws.com" in services:
            return True
    return False


def execution_credentials(roleArn, region, sessionName):
    """Temporary credentials of a function's role, as the Lambda service gets them."""
    partition = get_partition(region)
    account_id = roleArn.split(":")[4]
    try:
        role = iam_backends[account_id][partition].get_role_by_arn(roleArn)
    except NotFoundException as error:
        raise NotFound("The role defined for the function cannot be assumed by Lambda.") from error
    if not trusts_lambda(role):
        raise NotFound("The role defined for the function cannot be assumed by Lambda.")
    session = sts_backends[account_id][partition].assume_role(region, sessionName, roleArn, None, 43200, None)
    return {
        "accessKeyId": session.access_key_id,
        "secretAccessKey": session.secret_access_key,
        "sessionToken": session.session_token,
    }


ENDPOINTS = {
    "caller": caller,
    "code": code,
    "execution-credentials": execution_credentials,
    "function": function,
    "role-arn": role_arn,
    "role-trust": role_trust,
}
