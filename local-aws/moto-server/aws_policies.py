"""Managed policies. AWS's own, which every account has, are read once: moto reads them anew for each account, which takes
half a second. And of every one of them the version in force is found."""

import copy

from moto.iam.models import IAMBackend, ManagedPolicy

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


def fill():
    ManagedPolicy.document = property(document)
    IAMBackend._init_aws_policies = init_aws_policies
