"""GetMetricStatistics of exactly the dimensions asked for: moto adds up every metric that has them among others.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
"""

from types import SimpleNamespace

from moto.cloudwatch.models import CloudWatchBackend, Dimension

_get_metric_statistics = CloudWatchBackend.get_metric_statistics


def get_metric_statistics(self, *arguments, dimensions, **named):
    wanted = sorted(Dimension(one["Name"], one["Value"]) for one in dimensions)
    metrics = [metric for metric in self.get_all_metrics() if sorted(metric.dimensions) == wanted]
    only = SimpleNamespace(get_all_metrics=lambda: metrics)
    return _get_metric_statistics(only, *arguments, dimensions=dimensions, **named)


def fill():
    CloudWatchBackend.get_metric_statistics = get_metric_statistics
