"""Resources by which a stack watches a service: alarms, saved queries, subscriptions. moto's CloudFormation skips them."""

from moto.cloudwatch.models import Metric, MetricDataQuery, MetricStat, cloudwatch_backends
from moto.cloudwatch.models import Dimension as MetricDimension
from moto.core.common_models import CloudFormationModel
from moto.firehose.models import firehose_backends
from moto.logs.models import logs_backends
from moto.sns.models import sns_backends

import log_queries


class MadeAnew:
    """A resource that an update replaces by another of the same name.

    moto looks for the service of a class in the name of its module.
    """

    def __init__(self, physical_resource_id, undo):
        self.physical_resource_id = physical_resource_id
        self.undo = undo

    @staticmethod
    def cloudformation_name_type():
        return ""

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr == "Arn"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **named):
        return cls.make(cloudformation_json["Properties"], account_id, region_name)

    @classmethod
    def update_from_cloudformation_json(
        cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
    ):
        original_resource.undo()
        return cls.make(cloudformation_json["Properties"], account_id, region_name)

    def delete(self, account_id, region_name):
        self.undo()


def metric_stat(described):
    if not described:
        return None
    metric = described["Metric"]
    dimensions = [MetricDimension(one["Name"], one["Value"]) for one in metric.get("Dimensions", [])]
    watched = Metric(metric["MetricName"], metric["Namespace"], dimensions)
    return MetricStat(watched, described["Period"], described["Stat"], described.get("Unit"))


def metric_data_query(described):
    return MetricDataQuery(
        query_id=described["Id"],
        label=described.get("Label"),
        period=described.get("Period"),
        return_data=described.get("ReturnData", True),
        expression=described.get("Expression"),
        metric_stat=metric_stat(described.get("MetricStat")),
    )


class Alarm(MadeAnew, CloudFormationModel):
    __module__ = "moto.cloudwatch"

    @staticmethod
    def cloudformation_type():
        """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html"""
        return "AWS::CloudWatch::Alarm"

    @classmethod
    def make(cls, properties, account_id, region_name):
        backend = cloudwatch_backends[account_id][region_name]
        name = properties["AlarmName"]
        backend.put_metric_alarm(
            name=name,
            description=properties.get("AlarmDescription"),
            namespace=properties.get("Namespace"),
            metric_name=properties.get("MetricName"),
            dimensions=properties.get("Dimensions", []),
            metric_data_queries=[metric_data_query(one) for one in properties.get("Metrics", [])],
            comparison_operator=properties["ComparisonOperator"],
            evaluation_periods=properties["EvaluationPeriods"],
            period=properties.get("Period"),
            threshold=properties.get("Threshold"),
            statistic=properties.get("Statistic"),
            unit=properties.get("Unit"),
            treat_missing_data=properties.get("TreatMissingData"),
            alarm_actions=properties.get("AlarmActions", []),
            ok_actions=properties.get("OKActions", []),
        )
        return cls(name, lambda: backend.delete_alarms([name]))


class QueryDefinition(MadeAnew, CloudFormationModel):
    __module__ = "moto.logs"

    @staticmethod
    def cloudformation_type():
        """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-querydefinition.html"""
        return "AWS::Logs::QueryDefinition"

    @classmethod
    def make(cls, properties, account_id, region_name):
        backend = logs_backends[account_id][region_name]
        groups = properties.get("LogGroupNames", [])
        query_id = log_queries.put(backend, properties["Name"], properties["QueryString"], groups)
        return cls(query_id, lambda: log_queries.delete(backend, query_id))


class TopicSubscription(MadeAnew, CloudFormationModel):
    __module__ = "moto.sns"

    @staticmethod
    def cloudformation_type():
        """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html"""
        return "AWS::SNS::Subscription"

    @classmethod
    def make(cls, properties, account_id, region_name):
        backend = sns_backends[account_id][region_name]
        subscription = backend.subscribe(properties["TopicArn"], properties["Endpoint"], properties["Protocol"])
        return cls(subscription.arn, lambda: backend.unsubscribe(subscription.arn))


class DeliveryStream(MadeAnew, CloudFormationModel):
    __module__ = "moto.firehose"

    @staticmethod
    def cloudformation_type():
        """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesisfirehose-deliverystream.html"""
        return "AWS::KinesisFirehose::DeliveryStream"

    @classmethod
    def make(cls, properties, account_id, region_name):
        backend = firehose_backends[account_id][region_name]
        name = properties["DeliveryStreamName"]
        destinations = ["s3", "redshift", "elasticsearch", "splunk", "http_endpoint", "snowflake"]
        arn = backend.create_delivery_stream(
            region=region_name,
            delivery_stream_name=name,
            delivery_stream_type=properties["DeliveryStreamType"],
            kinesis_stream_source_configuration={},
            delivery_stream_encryption_configuration_input=properties.get(
                "DeliveryStreamEncryptionConfigurationInput", {}
            ),
            extended_s3_destination_configuration=properties["ExtendedS3DestinationConfiguration"],
            tags=[],
            **{f"{destination}_destination_configuration": {} for destination in destinations},
        )
        stream = cls(name, lambda: backend.delete_delivery_stream(name))
        stream.arn = arn
        return stream

    def get_cfn_attribute(self, attribute_name):
        return self.arn


class SubscriptionFilter(MadeAnew, CloudFormationModel):
    __module__ = "moto.logs"

    @staticmethod
    def cloudformation_type():
        """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-subscriptionfilter.html"""
        return "AWS::Logs::SubscriptionFilter"

    @classmethod
    def make(cls, properties, account_id, region_name):
        backend = logs_backends[account_id][region_name]
        group, name = properties["LogGroupName"], properties["FilterName"]
        destination, role = properties["DestinationArn"], properties["RoleArn"]
        backend.put_subscription_filter(group, name, properties["FilterPattern"], destination, role)

        def undo():
            # A log group that was deleted took its filters with it.
            if group in backend.groups:
                backend.delete_subscription_filter(group, name)

        return cls(name, undo)
