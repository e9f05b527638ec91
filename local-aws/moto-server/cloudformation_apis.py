"""What a template says of a REST API. moto drops its policy and time-outs, and neither updates nor removes anything."""

import json

from moto.apigateway.models import Deployment, Method, Resource, RestAPI, apigateway_backends

_create_api = RestAPI.create_from_cloudformation_json.__func__


def backend_of(account_id, region_name):
    return apigateway_backends[account_id][region_name]


def describe_api(api, properties):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html"""
    policy = properties.get("Policy")
    api.policy = json.dumps(policy) if isinstance(policy, dict) else policy
    api.name = properties["Name"]
    api.description = properties.get("Description", "")
    api.binaryMediaTypes = properties.get("BinaryMediaTypes", [])
    return api


def create_api(cls, resource_name, cloudformation_json, account_id, region_name, **named):
    api = _create_api(cls, resource_name, cloudformation_json, account_id, region_name, **named)
    return describe_api(api, cloudformation_json["Properties"])


def update_api(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    return describe_api(original_resource, cloudformation_json["Properties"])


def delete_api(self, account_id, region_name):
    backend_of(account_id, region_name).apis.pop(self.id, None)


def delete_resource(self, account_id, region_name):
    api = backend_of(account_id, region_name).apis.get(self.api_id)
    if api:
        api.resources.pop(self.id, None)


def keep_resource(cls, original_resource, *_arguments, **_named):
    return original_resource


def put_method(properties, account_id, region_name):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html"""
    backend = backend_of(account_id, region_name)
    place = {
        "function_id": properties["RestApiId"],
        "resource_id": properties["ResourceId"],
        "method_type": properties["HttpMethod"],
    }
    method = backend.put_method(
        **place,
        authorization_type=properties["AuthorizationType"],
        api_key_required=properties.get("ApiKeyRequired"),
    )
    integration = properties["Integration"]
    backend.put_integration(
        **place,
        integration_type=integration["Type"],
        uri=integration.get("Uri"),
        integration_method=integration.get("IntegrationHttpMethod"),
        timeout_in_millis=integration.get("TimeoutInMillis"),
    )
    method.place = place
    return method


def create_method(cls, resource_name, cloudformation_json, account_id, region_name, **_named):
    return put_method(cloudformation_json["Properties"], account_id, region_name)


def update_method(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    original_resource.delete(account_id, region_name)
    return put_method(cloudformation_json["Properties"], account_id, region_name)


def delete_method(self, account_id, region_name):
    api = backend_of(account_id, region_name).apis.get(self.place["function_id"])
    resource = api and api.resources.get(self.place["resource_id"])
    if resource:
        resource.resource_methods.pop(self.place["method_type"], None)


def leave_deployment(self, account_id, region_name):
    """The stage has had a newer deployment since, or goes with its API."""


def fill():
    RestAPI.create_from_cloudformation_json = classmethod(create_api)
    RestAPI.update_from_cloudformation_json = classmethod(update_api)
    RestAPI.delete = delete_api
    Resource.update_from_cloudformation_json = classmethod(keep_resource)
    Resource.delete = delete_resource
    Method.create_from_cloudformation_json = classmethod(create_method)
    Method.update_from_cloudformation_json = classmethod(update_method)
    Method.delete = delete_method
    Deployment.delete = leave_deployment
    # moto would also answer for the API in this process.
    RestAPI.update_integration_mocks = lambda self, stage_name: None
