"""What EC2 tells of every VPC, subnet and NAT gateway on AWS and moto leaves out."""

from moto.ec2.models.nat_gateways import NatGateway
from moto.ec2.models.subnets import Subnet
from moto.ec2.models.vpcs import VPC

# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_BlockPublicAccessStates.html
NOTHING_BLOCKED = {"InternetGatewayBlockMode": "off"}

_make_nat_gateway = NatGateway.__init__


def make_nat_gateway(self, *arguments, **named):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html"""
    _make_nat_gateway(self, *arguments, **named)
    self.connectivity_type = self.connectivity_type or "public"


def default_dhcp_options(backend):
    """The set that a region's VPCs have: https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html"""
    if not hasattr(backend, "local_aws_dhcp_options"):
        region = backend.region_name
        domain = "ec2.internal" if region == "us-east-1" else f"{region}.compute.internal"
        backend.local_aws_dhcp_options = backend.create_dhcp_options(["AmazonProvidedDNS"], [domain])
    return backend.local_aws_dhcp_options


def dhcp_options_id(self):
    return (self.dhcp_options or default_dhcp_options(self.ec2_backend)).id


def fill():
    VPC.block_public_access_states = NOTHING_BLOCKED
    VPC.dhcp_options_id = property(dhcp_options_id)
    Subnet.block_public_access_states = NOTHING_BLOCKED
    # https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html
    Subnet.enable_dns64 = False
    NatGateway.__init__ = make_nat_gateway
    NatGateway.availability_mode = "zonal"
