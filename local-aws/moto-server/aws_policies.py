"""Managed policies. AWS's own, which every account has, are read once: moto reads them anew for each account, which takes
half a second. Of every one of them the version in force is found. And one that somebody has is not deleted."""

import copy

from moto.iam.exceptions import DeleteConflictException
from moto.iam.models import IAMBackend, ManagedPolicy
from moto.iam.responses import IamResponse

_delete_policy = IamResponse.delete_policy
_init_aws_policies = IAMBackend._init_aws_policies
_read = {}


def of_account(policy, account_id):
    own = copy.copy(policy)
    own.account_id = account_id
    return own


def init_aws_policies(self):
    if self.region_name not in _read:
        _read[self.region_name] = _init_aws_policies(self)
    return [of_account(policy, self.account_id) for policy in _read[self.region_name]]


def document(policy):
    """What the policy says now: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html"""
    return next(version.document for version in policy.versions if version.is_default)


def delete_policy(self):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html"""
    if self.backend.get_policy(self._get_param("PolicyArn")).attachment_count > 0:
        raise DeleteConflictException("Cannot delete a policy attached to entities.")
    return _delete_policy(self)


def fill():
    IamResponse.delete_policy = delete_policy
    ManagedPolicy.document = property(document)
    IAMBackend._init_aws_policies = init_aws_policies
