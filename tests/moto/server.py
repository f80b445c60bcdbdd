"""moto's server, with what AWS has and moto has not, and where these tests would notice."""

import json
import os
import sys
import threading

# Ends with the test process: the end of its standard input is the end of this.
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Scaling
from moto.core.utils import camelcase_to_underscores
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ecs.responses import EC2ContainerServiceResponse as Containers
from moto.elbv2.models import FakeLoadBalancer as Balancer
from moto.s3.responses import S3Response as Buckets
from moto.server import main

# What a rule between two groups is said to be for.
SecurityGroupRule.description = property(
    lambda rule: rule.ip_range.get("Description") or rule.source_group.get("Description")
)

# Tags of scalable targets.
TAGS = {}
register = Scaling.register_scalable_target


def registered(self):
    answer = register(self)
    tags = TAGS.setdefault(json.loads(answer)["ScalableTargetARN"], {})
    tags.update(self._get_param("Tags") or {})
    return answer


def tags_of(self):
    return TAGS.setdefault(self._get_param("ResourceARN"), {})


def untagged(self):
    for key in self._get_param("TagKeys"):
        tags_of(self).pop(key, None)
    return "{}"


Scaling.register_scalable_target = registered
Scaling.list_tags_for_resource = lambda self: json.dumps({"Tags": tags_of(self)})
Scaling.tag_resource = lambda self: tags_of(self).update(self._get_param("Tags")) or "{}"
Scaling.untag_resource = untagged

# What a service is created with.
KEPT = ["availabilityZoneRebalancing", "capacityProviderStrategy", "deploymentConfiguration"]
KEPT += ["enableECSManagedTags", "enableExecuteCommand", "healthCheckGracePeriodSeconds"]
create = Containers.create_service


def created(self):
    answer = create(self)
    for name in KEPT:
        value = self._get_param(name)
        if value is not None:
            setattr(answer.result["service"], camelcase_to_underscores(name), value)
    return answer


Containers.create_service = created

# What AWS says of every application load balancer.
ATTRIBUTES = {
    "access_logs.s3.enabled": "false",
    "client_keep_alive.seconds": "3600",
    "connection_logs.s3.bucket": "",
    "connection_logs.s3.enabled": "false",
    "connection_logs.s3.prefix": "",
    "idle_timeout.timeout_seconds": "60",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
    "zonal_shift.config.enabled": "false",
}
balance = Balancer.__init__


def balanced(self, *arguments, **more):
    balance(self, *arguments, **more)
    if self.type == "application":
        self.attrs = {**ATTRIBUTES, **self.attrs}


Balancer.__init__ = balanced

# S3 looks for an object and writes it in one step, where moto takes two.
put, alone = Buckets.put_object, threading.Lock()


def put_alone(self):
    with alone:
        return put(self)


Buckets.put_object = put_alone

main()
