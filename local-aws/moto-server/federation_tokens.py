"""Credentials of federated users, which moto gives to everybody alike, and to nobody's account."""

from moto.core.responses import ActionResult
from moto.iam.models import IAMBackend, iam_backends
from moto.sts.models import STSBackend, Token
from moto.sts.responses import TokenResponse
from moto.sts.utils import random_session_token

_user_of_key = IAMBackend.get_user_from_access_key_id
_caller_identity = STSBackend.get_caller_identity


class FederatedUser:
    def __init__(self, backend, user, name):
        self.user = user
        self.arn = f"arn:{backend.partition}:sts::{backend.account_id}:federated-user/{name}"
        self.id = f"{backend.account_id}:{name}"


def federated_users(backend):
    if not hasattr(backend, "federated_users"):
        backend.federated_users = {}
    return backend.federated_users


def get_federation_token(self):
    """https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html"""
    token = Token(duration=self._get_int_param("DurationSeconds", 43200), name=self._get_param("Name"))
    backend = iam_backends[self.current_account][self.partition]
    user = _user_of_key(backend, self.access_key)
    key = backend.create_temp_access_key()
    federated = FederatedUser(backend, user, token.name)
    federated_users(backend)[key.access_key_id] = federated
    credentials = {
        "AccessKeyId": key.access_key_id,
        "SecretAccessKey": key.secret_access_key,
        "SessionToken": random_session_token(),
        "Expiration": token.expiration,
    }
    described = {"FederatedUserId": federated.id, "Arn": federated.arn}
    return ActionResult({"Credentials": credentials, "FederatedUser": described, "PackedPolicySize": 6})


def get_user_from_access_key_id(self, access_key_id):
    """A federated user may do what his user may; his session's own policy is not looked at: README.md."""
    federated = federated_users(self).get(access_key_id)
    return federated.user if federated else _user_of_key(self, access_key_id)


def get_caller_identity(self, access_key_id, region):
    federated = federated_users(iam_backends[self.account_id][self.partition]).get(access_key_id)
    if federated:
        return federated.id, federated.arn, self.account_id
    return _caller_identity(self, access_key_id, region)


def fill():
    TokenResponse.get_federation_token = get_federation_token
    IAMBackend.get_user_from_access_key_id = get_user_from_access_key_id
    STSBackend.get_caller_identity = get_caller_identity
