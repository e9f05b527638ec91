"""RunInstances with a client token, which starts an instance once: moto starts one each time."""

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instances import InstanceBackend

# What moto takes for the token of a request without one.
NO_TOKEN = "ABCDE"

_run_instances = InstanceBackend.run_instances


def run_instances(self, image_id, count, user_data, security_group_names, **kwargs):
    """https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html"""
    token = kwargs.get("client_token", NO_TOKEN)
    known = None if token == NO_TOKEN else reservation_of(self, token)
    if not known:
        return _run_instances(self, image_id, count, user_data, security_group_names, **kwargs)
    if all(instance.state == "terminated" for instance in known.instances):
        raise EC2ClientError(
            "IdempotentInstanceTerminated", "The instance that this client token has started is terminated."
        )
    return known


def reservation_of(backend, token):
    for reservation in backend.reservations.values():
        if any(instance.client_token == token for instance in reservation.instances):
            return reservation
    return None


def fill():
    InstanceBackend.run_instances = run_instances
