"""The way into other accounts: AWS Organizations gives each account it makes a role for its administrators."""

import json

from moto.iam.models import iam_backends
from moto.sts.models import STSBackend
from moto.utilities.utils import get_partition

ADMINISTRATORS_ROLE = "OrganizationAccountAccessRole"
ALLOW_ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}

_assume_role = STSBackend.assume_role


def make_administrators_role(account_id, partition):
    """moto makes it of accounts that were asked for, but without what it may do."""
    backend = iam_backends[account_id][partition]
    role = next((role for role in backend.get_roles() if role.name == ADMINISTRATORS_ROLE), None)
    if role and role.policies:
        return
    if not role:
        statement = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
        trust = {"Version": "2012-10-17", "Statement": [statement]}
        backend.create_role(ADMINISTRATORS_ROLE, json.dumps(trust), "/", None, "", [], "3600")
    backend.put_role_policy(ADMINISTRATORS_ROLE, "AdministratorAccess", json.dumps(ALLOW_ALL))


def assume_role(self, region_name, role_session_name, role_arn, *arguments, **named):
    """https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html"""
    if role_arn.endswith(f":role/{ADMINISTRATORS_ROLE}"):
        make_administrators_role(role_arn.split(":")[4], get_partition(region_name))
    return _assume_role(self, region_name, role_session_name, role_arn, *arguments, **named)


def fill():
    STSBackend.assume_role = assume_role
