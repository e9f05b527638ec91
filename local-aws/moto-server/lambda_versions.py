"""Lambda versions, aliases and settings where moto is looser than AWS or drops what a template says."""

import json
import uuid
from urllib.parse import unquote

from moto.awslambda.exceptions import InvalidParameterValueException, PreconditionFailedException
from moto.awslambda.models import LambdaFunction, LambdaStorage
from moto.awslambda.responses import LambdaResponse

# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
FROM_TEMPLATE = ("Architectures", "EphemeralStorage", "LoggingConfig", "Tags", "TracingConfig")
# What may differ between two configurations that are the same version.
PER_VERSION = ("FunctionArn", "LastModified", "Version", "Description")

_publish_version = LambdaStorage.publish_version
_respond_publish = LambdaResponse.publish_version
_respond_update_alias = LambdaResponse.update_alias
_init = LambdaFunction.__init__
_update_configuration = LambdaFunction.update_configuration
_get_configuration = LambdaFunction.get_configuration
_create_from_template = LambdaFunction.create_from_cloudformation_json.__func__


def comparable(function):
    return {key: value for key, value in function.get_configuration().items() if key not in PER_VERSION}


def publish_version(self, name_or_arn, description=""):
    """Publishes only what differs from the newest version; moto's own flag misses the first and the last."""
    function = self.get_function_by_name_or_arn_forbid_qualifier(name_or_arn)
    published = self._functions[function.function_name]["versions"]
    function.code_or_config_updated = not published or comparable(function) != comparable(published[-1])
    return _publish_version(self, name_or_arn, description)


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


def get_configuration(self, on_create=False):
    group = f"/aws/lambda/{self.function_name}"
    logging = {"LogFormat": "Text", "LogGroup": group} | (self.logging_config or {})
    return _get_configuration(self, on_create) | {"LoggingConfig": logging}


def create_from_template(cls, resource_name, cloudformation_json, account_id, region_name, **named):
    function = _create_from_template(cls, resource_name, cloudformation_json, account_id, region_name, **named)
    properties = cloudformation_json["Properties"]
    function.update_configuration({key: properties[key] for key in FROM_TEMPLATE if key in properties})
    return function


def fill():
    LambdaStorage.publish_version = publish_version
    LambdaResponse.publish_version = respond_publish
    LambdaResponse.update_alias = respond_update_alias
    LambdaFunction.__init__ = init
    LambdaFunction.update_configuration = update_configuration
    LambdaFunction.get_configuration = get_configuration
    LambdaFunction.create_from_cloudformation_json = classmethod(create_from_template)
