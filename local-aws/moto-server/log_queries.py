"""Saved queries of CloudWatch Logs Insights, which moto lacks."""

import json
import time
import uuid

from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.responses import LogsResponse


def definitions(backend):
    if not hasattr(backend, "query_definitions"):
        backend.query_definitions = {}
    return backend.query_definitions


def put(backend, name, query, log_groups, query_id=None):
    """https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html"""
    known = query_id or str(uuid.uuid4())
    definitions(backend)[known] = {
        "queryDefinitionId": known,
        "name": name,
        "queryString": query,
        "logGroupNames": log_groups,
        "lastModified": int(time.time() * 1000),
        "queryLanguage": "CWLI",
    }
    return known


def delete(backend, query_id):
    if query_id not in definitions(backend):
        raise ResourceNotFoundException()
    del definitions(backend)[query_id]


def put_query_definition(self):
    query_id = self._get_param("queryDefinitionId")
    if query_id and query_id not in definitions(self.logs_backend):
        raise ResourceNotFoundException()
    name, query = self._get_param("name"), self._get_param("queryString")
    known = put(self.logs_backend, name, query, self._get_param("logGroupNames") or [], query_id)
    return json.dumps({"queryDefinitionId": known})


def describe_query_definitions(self):
    """https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeQueryDefinitions.html"""
    prefix = self._get_param("queryDefinitionNamePrefix") or ""
    found = [one for one in definitions(self.logs_backend).values() if one["name"].startswith(prefix)]
    return json.dumps({"queryDefinitions": sorted(found, key=lambda one: one["name"])})


def delete_query_definition(self):
    """https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteQueryDefinition.html"""
    delete(self.logs_backend, self._get_param("queryDefinitionId"))
    return json.dumps({"success": True})


def fill():
    LogsResponse.put_query_definition = put_query_definition
    LogsResponse.describe_query_definitions = describe_query_definitions
    LogsResponse.delete_query_definition = delete_query_definition
