"""Snapshots of some owners: moto shows those of all public images to whoever asks for his own."""

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

_describe_snapshots = EC2Response.describe_snapshots


def describe_snapshots(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html"""
    described = _describe_snapshots(self)
    named = self._get_param("OwnerIds", [])
    if not named:
        return described
    owners = {self.current_account if owner == "self" else owner for owner in named}
    snapshots = [one for one in described.result["Snapshots"] if one.owner_id in owners]
    return ActionResult({"Snapshots": snapshots})


def fill():
    EC2Response.describe_snapshots = describe_snapshots
