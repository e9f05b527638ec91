"""Code signing configurations of a template, which moto does not know. No signature is looked at: README.md."""

from moto.core.common_models import CloudFormationModel
from moto.moto_api._internal import mock_random
from moto.utilities.utils import get_partition


class CodeSigningConfig(CloudFormationModel):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-codesigningconfig.html"""

    # moto takes the service of a model from the name of its module.
    __module__ = "moto.awslambda.code_signing"

    def __init__(self, account_id, region):
        id_ = "csc-" + mock_random.get_random_hex(17)
        self.arn = f"arn:{get_partition(region)}:lambda:{region}:{account_id}:code-signing-config:{id_}"

    def is_created(self):
        return True

    @property
    def physical_resource_id(self):
        return self.arn

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::Lambda::CodeSigningConfig"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **named):
        return cls(account_id, region_name)

    @classmethod
    def update_from_cloudformation_json(
        cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
    ):
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        pass

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr == "CodeSigningConfigArn"

    def get_cfn_attribute(self, attribute_name):
        return self.arn
