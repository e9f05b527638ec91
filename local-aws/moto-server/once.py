"""What moto and botocore work out anew for each call, or at once for calls that arrive together, is done once here.

Import this before moto, which reads the regions while it is imported.
"""

import functools
import threading

from botocore import loaders

loaders.create_loader = functools.cache(loaders.create_loader)

from moto import backends
from moto.core import DEFAULT_ACCOUNT_ID, errors, responses, utils
from moto.iam import models as iam

_list_of_moto_modules = backends.list_of_moto_modules
_load_service_model = functools.cache(utils._load_service_model)
_loading = threading.Lock()


@functools.cache
def list_of_moto_modules():
    """moto lists its own folder."""
    return list(_list_of_moto_modules())


def load_service_model(service_name, model_name):
    """A service's first calls would each read its description; of EC2 that takes most of a second."""
    with _loading:
        return _load_service_model(service_name, model_name)


def account_id_from(access_key):
    """moto would make an IAM of every partition to look there, each with all of AWS's policies."""
    for account_id, partitions in list(iam.iam_backends.items()):
        if any(access_key in backend.access_keys for backend in list(partitions.values())):
            return account_id
    return DEFAULT_ACCOUNT_ID


def fill():
    backends.list_of_moto_modules = list_of_moto_modules
    utils.create_loader = functools.cache(utils.create_loader)
    utils._load_service_model = load_service_model
    responses.method_names_from_class = functools.cache(responses.method_names_from_class)
    lookups = errors.ErrorLookupFactory
    lookups._create_error_lut = staticmethod(functools.cache(lookups._create_error_lut))
    iam.get_account_id_from = account_id_from
