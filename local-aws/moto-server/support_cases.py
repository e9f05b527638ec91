"""Support cases, which nobody at the laptop's AWS reads: each is resolved when it is two seconds old, and stays so."""

import datetime
import json

from moto.core.exceptions import JsonRESTError
from moto.support.models import SupportBackend, SupportCase
from moto.support.responses import SupportResponse

RESOLVED_AFTER = datetime.timedelta(seconds=2)

_init = SupportCase.__init__


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def init(self, **kwargs):
    _init(self, **kwargs)
    self.opened_at = now()
    # AWS gives times in UTC, with milliseconds and a Z.
    self.time_created = self.opened_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def status_of(case):
    return "resolved" if now() - case.opened_at >= RESOLVED_AFTER else "opened"


def shown(case):
    """moto moves a case on to its next status and severity whenever somebody looks at it."""
    return {
        "caseId": case.case_id,
        "displayId": case.display_id,
        "subject": case.subject,
        "status": status_of(case),
        "serviceCode": case.service_code,
        "categoryCode": case.category_code,
        "severityCode": case.severity_code,
        "submittedBy": case.submitted_by,
        "timeCreated": case.time_created,
        "ccEmailAddresses": case.cc_email_addresses or [],
        "language": case.language,
    }


def find(backend, case_id):
    case = backend.cases.get(case_id)
    if not case:
        raise JsonRESTError("CaseIdNotFound", f"Case {case_id} could not be found.")
    return case


def describe_cases(self):
    """https://docs.aws.amazon.com/awssupport/latest/APIReference/API_DescribeCases.html"""
    backend = self.support_backend
    ids = self._get_param("caseIdList")
    after = self._get_param("afterTime") or ""
    resolved_too = ids or self._get_param("includeResolvedCases", False)
    cases = [shown(case) for case in (map(lambda id_: find(backend, id_), ids) if ids else backend.cases.values())]
    cases = [case for case in cases if case["timeCreated"] >= after]
    return json.dumps({"cases": [case for case in cases if resolved_too or case["status"] != "resolved"]})


def resolve_case(self, case_id):
    case = find(self, case_id)
    initial = status_of(case)
    case.opened_at = now() - RESOLVED_AFTER
    return {"initialCaseStatus": initial, "finalCaseStatus": "resolved"}


def fill():
    SupportCase.__init__ = init
    SupportBackend.resolve_case = resolve_case
    SupportResponse.describe_cases = describe_cases
