"""The making of accounts, which takes AWS a while and an e-mail address that nobody has."""

from moto.core.utils import unix_time
from moto.organizations import utils
from moto.organizations.models import OrganizationsBackend
from moto.organizations.exceptions import OrganizationsClientError

_create_account = OrganizationsBackend.create_account
_reset = OrganizationsBackend._reset


class FailedRequest:
    """A request for an account that comes to nothing: https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccountStatus.html"""

    def __init__(self, name, reason):
        self.create_account_status_id = utils.make_random_create_account_status_id()
        self.name = name
        self.reason = reason
        self.requested = unix_time()

    @property
    def create_account_status(self):
        status = {
            "Id": self.create_account_status_id,
            "AccountName": self.name,
            "State": "FAILED",
            "RequestedTimestamp": self.requested,
            "CompletedTimestamp": self.requested,
            "FailureReason": self.reason,
        }
        return {"CreateAccountStatus": status}


def reset(self):
    _reset(self)
    self.failed_requests = []


def begun(request):
    """What AWS answers at first, whatever is to become of it."""
    status = request.create_account_status["CreateAccountStatus"]
    kept = {key: status[key] for key in ("Id", "AccountName", "RequestedTimestamp")}
    return {"CreateAccountStatus": {**kept, "State": "IN_PROGRESS"}}


def create_account(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html"""
    email = kwargs["Email"].lower()
    if self.org and any(account.email.lower() == email for account in self.accounts):
        failed = FailedRequest(kwargs["AccountName"], "EMAIL_ALREADY_EXISTS")
        self.failed_requests.append(failed)
        return begun(failed)
    _create_account(self, **kwargs)
    return begun(self.accounts[-1])


def requests_of(backend):
    """The organization's own account was not asked for."""
    made = [account for account in backend.accounts if account.id != backend.account_id]
    return made + backend.failed_requests


def describe_create_account_status(self, **kwargs):
    for request in requests_of(self):
        if request.create_account_status_id == kwargs["CreateAccountRequestId"]:
            return request.create_account_status
    raise OrganizationsClientError(
        "CreateAccountStatusNotFoundException", "We can't find an create account request with the specified ID."
    )


def list_create_account_status(self, **kwargs):
    """moto's token for the third page is that for the second."""
    wanted = kwargs.get("States") or ["IN_PROGRESS", "SUCCEEDED", "FAILED"]
    statuses = [request.create_account_status["CreateAccountStatus"] for request in requests_of(self)]
    statuses = [status for status in statuses if status["State"] in wanted]
    start = int(kwargs.get("NextToken") or 0)
    end = start + int(kwargs.get("MaxResults") or 20)
    page = {"CreateAccountStatuses": statuses[start:end]}
    return {**page, "NextToken": str(end)} if end < len(statuses) else page


def fill():
    OrganizationsBackend._reset = reset
    OrganizationsBackend.create_account = create_account
    OrganizationsBackend.describe_create_account_status = describe_create_account_status
    OrganizationsBackend.list_create_account_status = list_create_account_status
