"""Asks what a VPC's verification needs to know, one question after the other."""

import boto3


def listing(ec2, operation, key, **question):
    """Every item of a listing, page by page."""
    return [item for page in ec2.get_paginator(operation).paginate(**question) for item in page[key]]


def handler(request):
    ec2 = boto3.client("ec2")
    vpc_id = request["vpc_id"]
    of_vpc = [{"Name": "vpc-id", "Values": [vpc_id]}]
    of_cluster = [{"Name": "subnet-id", "Values": request["subnet_ids"]}]
    attached = [{"Name": "attachment.vpc-id", "Values": [vpc_id]}]

    [vpc] = listing(ec2, "describe_vpcs", "Vpcs", Filters=of_vpc)
    found = {
        "vpc": vpc,
        "support": ec2.describe_vpc_attribute(VpcId=vpc_id, Attribute="enableDnsSupport"),
        "hostnames": ec2.describe_vpc_attribute(VpcId=vpc_id, Attribute="enableDnsHostnames"),
        "subnets": listing(ec2, "describe_subnets", "Subnets", Filters=of_cluster),
        "vpc_subnets": listing(ec2, "describe_subnets", "Subnets", Filters=of_vpc),
        "route_tables": listing(ec2, "describe_route_tables", "RouteTables", Filters=of_vpc),
        "nat_gateways": listing(ec2, "describe_nat_gateways", "NatGateways", Filters=of_vpc),
        "internet_gateways": listing(ec2, "describe_internet_gateways", "InternetGateways", Filters=attached),
        "network_acls": listing(ec2, "describe_network_acls", "NetworkAcls", Filters=of_vpc),
        "endpoints": listing(ec2, "describe_vpc_endpoints", "VpcEndpoints", Filters=of_vpc),
        "security_groups": listing(ec2, "describe_security_groups", "SecurityGroups", Filters=of_vpc),
        "transit_gateways": listing(
            ec2,
            "describe_transit_gateway_vpc_attachments",
            "TransitGatewayVpcAttachments",
            Filters=of_vpc,
        ),
        "zones": ec2.describe_availability_zones(AllAvailabilityZones=True)["AvailabilityZones"],
    }
    if vpc["DhcpOptionsId"] != "default":
        options = [{"Name": "dhcp-options-id", "Values": [vpc["DhcpOptionsId"]]}]
        found["dhcp_options"] = listing(ec2, "describe_dhcp_options", "DhcpOptions", Filters=options)
    return {name: len(value) for name, value in found.items()}
