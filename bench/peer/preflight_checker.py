"""Asks what a preflight check of an account needs to know, one question after the other."""

import boto3

QUOTAS = {
    "ec2": ["L-1216C47A", "L-0263D0A3"],
    "ebs": ["L-7A658B76", "L-D18FCD1D", "L-FD252861", "L-B3A130E6", "L-309BACF6"],
    "vpc": [
        "L-F678F1CE",
        "L-A4707A72",
        "L-DF5E4CA3",
        "L-E79EC296",
        "L-2AFB9258",
        "L-29B6F2EB",
        "L-1B52E74A",
        "L-FE5A380F",
    ],
    "elasticloadbalancing": ["L-69A177A2", "L-E9E9831D", "L-53DA6B97"],
    "iam": ["L-858F3967"],
}


def listing(client, operation, key, **question):
    """Every item of a listing, in pages as large as can be asked for."""
    paginator = client.get_paginator(operation)
    pages = paginator.paginate(PaginationConfig={"PageSize": 1000}, **question)
    return [item for page in pages for item in page[key]]


def filtered(name, *values):
    return [{"Name": name, "Values": list(values)}]


def inventory(ec2):
    running = filtered("instance-state-name", "pending", "running")
    volumes = filtered("volume-type", "gp2", "gp3", "io1")
    nat_gateways = filtered("state", "pending", "available", "deleting")
    return {
        "instances": listing(ec2, "describe_instances", "Reservations", Filters=running),
        "volumes": listing(ec2, "describe_volumes", "Volumes", Filters=volumes),
        "addresses": ec2.describe_addresses(Filters=filtered("domain", "vpc"))["Addresses"],
        "vpcs": listing(ec2, "describe_vpcs", "Vpcs"),
        "internet_gateways": listing(ec2, "describe_internet_gateways", "InternetGateways"),
        "security_groups": listing(ec2, "describe_security_groups", "SecurityGroups"),
        "interfaces": listing(ec2, "describe_network_interfaces", "NetworkInterfaces"),
        "endpoints": listing(ec2, "describe_vpc_endpoints", "VpcEndpoints"),
        "nat_gateways": listing(ec2, "describe_nat_gateways", "NatGateways", Filters=nat_gateways),
        "subnets": listing(ec2, "describe_subnets", "Subnets"),
    }


def offers(ec2, types):
    names = filtered("instance-type", *types)
    return {
        "regions": ec2.describe_regions(AllRegions=True)["Regions"],
        "zones": ec2.describe_availability_zones(AllAvailabilityZones=True)["AvailabilityZones"],
        "types": ec2.describe_instance_types(Filters=names)["InstanceTypes"],
        "offerings": listing(
            ec2,
            "describe_instance_type_offerings",
            "InstanceTypeOfferings",
            LocationType="availability-zone",
            Filters=names,
        ),
        "encrypted": ec2.get_ebs_encryption_by_default(),
        "key": ec2.get_ebs_default_kms_key_id(),
    }


def identities(iam, cluster):
    arns = [*cluster["account_role_arns"].values(), *cluster["operator_role_arns"].values()]
    names = [arn.rsplit("/", 1)[1] for arn in arns]
    provider = cluster["oidc_issuer_url"].removeprefix("https://")
    try:
        iam.get_open_id_connect_provider(
            OpenIDConnectProviderArn=f"arn:aws:iam::123456789012:oidc-provider/{provider}"
        )
    except iam.exceptions.NoSuchEntityException:
        pass
    return {
        "summary": iam.get_account_summary()["SummaryMap"],
        "providers": iam.list_open_id_connect_providers()["OpenIDConnectProviderList"],
        "linked": iam.get_role(RoleName="AWSServiceRoleForElasticLoadBalancing"),
        "roles": [iam.get_role(RoleName=name) for name in names],
        "policies": [iam.list_attached_role_policies(RoleName=name) for name in names],
    }


def handler(request):
    ec2 = boto3.client("ec2")
    quotas = boto3.client("service-quotas")
    cluster = request["cluster_config"]
    found = {
        **offers(ec2, cluster["instance_types"]),
        **inventory(ec2),
        **identities(boto3.client("iam"), cluster),
        "quotas": [
            quotas.get_service_quota(ServiceCode=service, QuotaCode=code)
            for service, codes in QUOTAS.items()
            for code in codes
        ],
    }
    return {name: len(value) for name, value in found.items()}
