"""Templates are read as CloudFormation reads them; moto lints each for a second or two, and reads JSON as YAML."""

import json

import yaml
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import ChangeSet, Stack
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult

_parse = Stack.parse_template


def parse_template(template):
    """JSON or else YAML.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-validate-template.html
    """
    try:
        return json.loads(template)
    except ValueError:
        return _parse(template)


def parse_own_template(self):
    self.template_dict = parse_template(self.template)


def validated(body):
    try:
        template = parse_template(body)
    except (ValueError, yaml.YAMLError) as error:
        raise ValidationError(message=f"Template format error: {error}") from error
    if not isinstance(template, dict) or not template.get("Resources"):
        raise ValidationError(message="Template format error: At least one Resources member must be defined.")
    return template


def validate_template(self):
    """Its form alone: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html"""
    url = self._get_param("TemplateURL")
    template = validated(self._get_stack_from_s3_url(url) if url else self._get_param("TemplateBody"))
    return ActionResult({"Description": template.get("Description", ""), "Parameters": [], "Capabilities": []})


def fill():
    Stack.parse_template = staticmethod(parse_template)
    ChangeSet._parse_template = parse_own_template
    CloudFormationResponse.validate_template = validate_template
