"""Makes the OIDC provider of a cluster unless it is there."""

import boto3


def handler(request):
    iam = boto3.client("iam")
    name = request["issuer_url"].removeprefix("https://")
    arn = f"arn:aws:iam::123456789012:oidc-provider/{name}"
    try:
        iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
        return {"oidc_provider_arn": arn, "status": "already_exists"}
    except iam.exceptions.NoSuchEntityException:
        iam.create_open_id_connect_provider(
            Url=request["issuer_url"],
            ClientIDList=["openshift", "sts.amazonaws.com"],
            ThumbprintList=[request["thumbprint"]],
            Tags=[
                {"Key": "red-hat-managed", "Value": "true"},
                {"Key": "rosa_cluster_id", "Value": request["cluster_id"]},
            ],
        )
        return {"oidc_provider_arn": arn, "status": "created"}
