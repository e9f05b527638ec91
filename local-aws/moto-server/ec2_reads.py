"""Calls of EC2 that read what moto does not have: there are no capacity reservations, and the default key is AWS's."""

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response


class NoSuchReservation(ServiceException):
    code = "InvalidCapacityReservationId.NotFound"


def describe_capacity_reservations(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeCapacityReservations.html"""
    named = self._get_param("CapacityReservationId.1") or self._get_param("CapacityReservationIds")
    if named:
        raise NoSuchReservation(f"The capacity reservation '{named}' does not exist.")
    return ActionResult({"CapacityReservations": []})


def get_ebs_default_kms_key_id(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsDefaultKmsKeyId.html"""
    return ActionResult({"KmsKeyId": "alias/aws/ebs"})


def fill():
    EC2Response.describe_capacity_reservations = describe_capacity_reservations
    EC2Response.get_ebs_default_kms_key_id = get_ebs_default_kms_key_id
