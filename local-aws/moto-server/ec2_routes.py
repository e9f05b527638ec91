"""A route whose target is gone is a `blackhole`; moto says that every route is active."""

from moto.ec2.models.internet_gateways import InternetGateway
from moto.ec2.models.route_tables import Route


def is_attached(gateway, vpc_id):
    return gateway.vpc is not None and gateway.vpc.id == vpc_id


def state(self):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html"""
    if self.nat_gateway and self.nat_gateway.state == "deleted":
        return "blackhole"
    # An internet gateway is detached before it can be deleted; attached again, its routes work again.
    if isinstance(self.gateway, InternetGateway) and not is_attached(self.gateway, self.route_table.vpc_id):
        return "blackhole"
    return "active"


def fill():
    Route.state = property(state)
