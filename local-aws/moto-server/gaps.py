"""Where moto differs from AWS and this project notices: IAM's OpenID providers here, the other services next door."""

import threading

from moto.core.responses import EmptyResult
from moto.iam.models import SERVICE_NAME_CONVERSION, IAMBackend
from moto.iam.responses import IamResponse

import aws_policies
import cloudformation_apis
import cloudformation_buckets
import cloudformation_changes
import cloudformation_lists
import cloudformation_observability  # noqa: F401 (moto finds its classes by themselves)
import cloudformation_outputs
import cloudformation_resources
import cloudformation_tables
import cloudformation_templates
import cloudwatch_statistics
import code_signing  # noqa: F401  moto finds its class by its base
import dynamodb_streams
import dynamodb_writes
import ec2_client_tokens
import ec2_network
import ec2_reads
import ec2_routes
import ec2_snapshots
import event_sources
import federation_tokens
import firehose_prefixes
import lambda_policies
import lambda_versions
import log_order
import log_queries
import once
import organization
import organization_accounts
import sqs_queues
import support_cases

policy_for = lambda_policies.policy_for

_creating_provider = threading.Lock()
_create_provider = IAMBackend.create_open_id_connect_provider


def create_open_id_connect_provider(self, *arguments, **named):
    """moto looks for the provider and then adds it; between the two, a second request would also succeed."""
    with _creating_provider:
        return _create_provider(self, *arguments, **named)


def add_client_id_to_open_id_connect_provider(self):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html"""
    provider = self.backend.get_open_id_connect_provider(self._get_param("OpenIDConnectProviderArn"))
    client_id = self._get_param("ClientID")
    if client_id not in provider.client_id_list:
        provider.client_id_list = [*provider.client_id_list, client_id]
    return EmptyResult()


def remove_client_id_from_open_id_connect_provider(self):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html"""
    provider = self.backend.get_open_id_connect_provider(self._get_param("OpenIDConnectProviderArn"))
    client_id = self._get_param("ClientID")
    provider.client_id_list = [known for known in provider.client_id_list if known != client_id]
    return EmptyResult()


# The names of service-linked roles are not derived from the service's name by a rule; moto knows a few:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
SERVICE_LINKED_ROLE_NAMES = {"elasticloadbalancing": "ElasticLoadBalancing", "spot": "EC2Spot"}


def fill(enforce_iam):
    """Changes moto's classes; call it once, before the first request."""
    SERVICE_NAME_CONVERSION.update(SERVICE_LINKED_ROLE_NAMES)
    IAMBackend.create_open_id_connect_provider = create_open_id_connect_provider
    IamResponse.add_client_id_to_open_id_connect_provider = add_client_id_to_open_id_connect_provider
    IamResponse.remove_client_id_from_open_id_connect_provider = remove_client_id_from_open_id_connect_provider
    aws_policies.fill()
    cloudformation_apis.fill()
    cloudformation_buckets.fill()
    cloudformation_changes.fill()
    cloudformation_lists.fill()
    cloudformation_outputs.fill()
    cloudformation_resources.fill()
    cloudformation_tables.fill()
    cloudformation_templates.fill()
    cloudwatch_statistics.fill()
    dynamodb_streams.fill()
    dynamodb_writes.fill()
    ec2_client_tokens.fill()
    ec2_network.fill()
    ec2_reads.fill()
    ec2_routes.fill()
    ec2_snapshots.fill()
    event_sources.fill()
    federation_tokens.fill()
    firehose_prefixes.fill()
    lambda_policies.fill(enforce_iam)
    lambda_versions.fill()
    log_order.fill()
    log_queries.fill()
    once.fill()
    organization.fill()
    organization_accounts.fill()
    sqs_queues.fill()
    support_cases.fill()
