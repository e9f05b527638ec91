"""Lambda versions, aliases and settings where moto differs from AWS or drops what a template says."""

import copy
import json
import uuid
from urllib.parse import unquote

from moto.awslambda.exceptions import InvalidParameterValueException, PreconditionFailedException
from moto.awslambda.models import LambdaFunction, LambdaStorage
from moto.awslambda.responses import LambdaResponse

# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
FROM_TEMPLATE = ("Architectures", "EphemeralStorage", "LoggingConfig", "Tags", "TracingConfig")
# What CloudFormation changes with calls that leave $LATEST as it is.
BESIDE_LATEST = {"CodeSigningConfigArn", "RecursiveLoop", "ReservedConcurrentExecutions", "Tags"}

_publish_version = LambdaStorage.publish_version
_list_versions = LambdaStorage.list_versions_by_function
_respond_publish = LambdaResponse.publish_version
_respond_update_alias = LambdaResponse.update_alias
_init = LambdaFunction.__init__
_update_configuration = LambdaFunction.update_configuration
_get_configuration = LambdaFunction.get_configuration
_update_function_code = LambdaFunction.update_function_code
_create_from_template = LambdaFunction.create_from_cloudformation_json.__func__


def publish_version(self, name_or_arn, description=""):
    """A new version whenever $LATEST was updated since the last, to equal bytes too, as AWS does.

    moto forgets that the first version publishes every update before it. https://github.com/getmoto/moto/pull/8379
    """
    published = _publish_version(self, name_or_arn, description)
    self.get_function_by_name_or_arn_forbid_qualifier(name_or_arn).code_or_config_updated = False
    return published


def list_versions(self, name):
    """A function that does not exist is an error; moto lists no versions of it.

    https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html
    """
    self.get_function_by_name_or_arn_with_qualifier(name)
    return _list_versions(self, name)


def respond_publish(self):
    """https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html"""
    expected = self.json_body.get("CodeSha256") if self.body else None
    current = self.backend.get_function(unquote(self.path.split("/")[-2])).code_sha_256
    if expected and expected != current:
        raise InvalidParameterValueException(
            f"CodeSHA256 ({expected}) is different from current CodeSHA256 in $LATEST ({current}). "
            "Please try again with the CodeSHA256 in $LATEST."
        )
    return _respond_publish(self)


def respond_update_alias(self):
    """https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html"""
    name = unquote(self.path.rsplit("/", 2)[-1])
    alias = self.backend.get_alias(name, unquote(self.path.rsplit("/")[-3]))
    revision = json.loads(self.body).get("RevisionId")
    if revision and revision != alias.revision_id:
        raise PreconditionFailedException(
            "The RevisionId provided does not match the latest RevisionId for the Lambda function or alias. "
            "Call the GetFunction or the GetAlias API to retrieve the latest RevisionId for your resource."
        )
    alias.revision_id = str(uuid.uuid4())
    return _respond_update_alias(self)


def init(self, account_id, spec, region, version=1):
    self.logging_config = spec.get("LoggingConfig")
    _init(self, account_id, spec, region, version)


def update_configuration(self, updates):
    if "LoggingConfig" in updates:
        self.logging_config = updates["LoggingConfig"]
    if "TracingConfig" in updates:
        self.tracing_config = updates["TracingConfig"]
    if "Architectures" in updates:
        self.architectures = updates["Architectures"]
    if "EphemeralStorage" in updates:
        self.ephemeral_storage = int(updates["EphemeralStorage"]["Size"])
    if isinstance(updates.get("Tags"), list):
        self.tags = {tag["Key"]: tag["Value"] for tag in updates["Tags"]}
    return _update_configuration(self, updates)


def update_function_code(self, updated_spec):
    """A dry run updates nothing, so there is nothing to publish after it."""
    return self.get_configuration() if updated_spec.get("DryRun") else _update_function_code(self, updated_spec)


def get_configuration(self, on_create=False):
    group = f"/aws/lambda/{self.function_name}"
    logging = {"LogFormat": "Text", "LogGroup": group} | (self.logging_config or {})
    return _get_configuration(self, on_create) | {"LoggingConfig": logging}


def create_from_template(cls, resource_name, cloudformation_json, account_id, region_name, **named):
    # moto packs inline code in place.
    properties = copy.deepcopy(cloudformation_json["Properties"])
    function = _create_from_template(cls, resource_name, cloudformation_json, account_id, region_name, **named)
    function.update_configuration({key: properties[key] for key in FROM_TEMPLATE if key in properties})
    function.code_signing_config_arn = properties.get("CodeSigningConfigArn")
    function.from_template = properties
    return function


def update_from_template(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    """CloudFormation calls Lambda for what the template changed; moto would set, and so update, everything."""
    function, before = original_resource, original_resource.from_template
    properties = copy.deepcopy(cloudformation_json["Properties"])
    changed = {key for key in before | properties if before.get(key) != properties.get(key)}
    updated = function.code_or_config_updated or bool(changed - BESIDE_LATEST)
    function.update_configuration({key: properties[key] for key in changed if key in properties})
    if "Code" in changed:
        function.update_function_code(cloudformation_json["Properties"]["Code"])
    function.code_signing_config_arn = properties.get("CodeSigningConfigArn")
    function.code_or_config_updated = updated
    function.from_template = properties
    return function


def fill():
    LambdaStorage.publish_version = publish_version
    LambdaStorage.list_versions_by_function = list_versions
    LambdaResponse.publish_version = respond_publish
    LambdaResponse.update_alias = respond_update_alias
    LambdaFunction.__init__ = init
    LambdaFunction.update_configuration = update_configuration
    LambdaFunction.update_function_code = update_function_code
    LambdaFunction.get_configuration = get_configuration
    LambdaFunction.create_from_cloudformation_json = classmethod(create_from_template)
    LambdaFunction.update_from_cloudformation_json = classmethod(update_from_template)
