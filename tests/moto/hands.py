"""What somebody does by hand, behind the back of the state: `change` or `delete` the object of a type that has these attributes."""

import json
import sys

import boto3

verb, ty, o = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])


class Client:
    """A service's client, made when it is called: most of them never are."""

    def __init__(self, service):
        self.service = service

    def __getattr__(self, operation):
        return getattr(boto3.client(self.service), operation)


acm = Client("acm")
cloudwatch = Client("cloudwatch")
ec2 = Client("ec2")
ecr = Client("ecr")
ecs = Client("ecs")
elb = Client("elbv2")
iam = Client("iam")
kms = Client("kms")
logs = Client("logs")
s3 = Client("s3")
scaling = Client("application-autoscaling")
secrets = Client("secretsmanager")
ssm = Client("ssm")

OTHER = [{"Key": "Name", "Value": "other"}]
DENY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}],
}
DENY = json.dumps(DENY)


def tag():
    ec2.create_tags(Resources=[o["id"]], Tags=OTHER)


def port(number):
    address = [{"CidrIp": "10.9.0.0/16"}]
    return [{"IpProtocol": "tcp", "FromPort": number, "ToPort": number, "IpRanges": address}]


def permission(description):
    ranges = [{"CidrIp": block, "Description": description} for block in o["cidr_blocks"]]
    ports = {"FromPort": o["from_port"], "ToPort": o["to_port"]}
    return [{"IpProtocol": o["protocol"], "IpRanges": ranges, **ports}]


def rule():
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 444, "CidrIpv4": o["cidr_ipv4"]}
    rules = [{"SecurityGroupRuleId": o["id"], "SecurityGroupRule": rule}]
    ec2.modify_security_group_rules(GroupId=o["security_group_id"], SecurityGroupRules=rules)


def route():
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    table, block = o["route_table_id"], o["destination_cidr_block"]
    ec2.replace_route(RouteTableId=table, DestinationCidrBlock=block, GatewayId=gateway)


def target(**limits):
    names = ("ServiceNamespace", "ResourceId", "ScalableDimension")
    key = dict(zip(names, (o["service_namespace"], o["resource_id"], o["scalable_dimension"])))
    return {**key, **limits}


def tracking():
    metric = {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}
    policy = {"TargetValue": 30.0, "PredefinedMetricSpecification": metric}
    key = target(PolicyName=o["name"], PolicyType="TargetTrackingScaling")
    scaling.put_scaling_policy(**key, TargetTrackingScalingPolicyConfiguration=policy)


def alarm():
    cloudwatch.put_metric_alarm(
        AlarmName=o["alarm_name"],
        ComparisonOperator=o["comparison_operator"],
        EvaluationPeriods=1,
        MetricName=o["metric_name"],
        Namespace=o["namespace"],
        Period=60,
        Statistic="Maximum",
        Threshold=1,
    )


def rules():
    policy = json.loads(o["policy"])
    policy["rules"][0]["selection"]["countNumber"] = 3
    ecr.put_lifecycle_policy(
        repositoryName=o["repository"], lifecyclePolicyText=json.dumps(policy)
    )


def providers():
    ecs.put_cluster_capacity_providers(
        cluster=o["cluster_name"], capacityProviders=["FARGATE"], defaultCapacityProviderStrategy=[]
    )


CHANGE = {
    "aws_acm_certificate": lambda: acm.add_tags_to_certificate(
        CertificateArn=o["arn"], Tags=OTHER
    ),
    "aws_appautoscaling_policy": tracking,
    "aws_appautoscaling_target": lambda: scaling.register_scalable_target(**target(MaxCapacity=9)),
    "aws_cloudwatch_dashboard": lambda: cloudwatch.put_dashboard(
        DashboardName=o["dashboard_name"], DashboardBody='{"widgets": []}'
    ),
    "aws_cloudwatch_log_group": lambda: logs.put_retention_policy(
        logGroupName=o["name"], retentionInDays=7
    ),
    "aws_cloudwatch_metric_alarm": alarm,
    "aws_ecr_lifecycle_policy": rules,
    "aws_ecr_repository": lambda: ecr.put_image_tag_mutability(
        repositoryName=o["name"], imageTagMutability="MUTABLE"
    ),
    "aws_ecs_cluster": lambda: ecs.update_cluster(
        cluster=o["name"], settings=[{"name": "containerInsights", "value": "disabled"}]
    ),
    "aws_ecs_cluster_capacity_providers": providers,
    "aws_ecs_service": lambda: ecs.update_service(
        cluster=o["cluster"], service=o["name"], desiredCount=5
    ),
    "aws_ecs_task_definition": lambda: ecs.tag_resource(
        resourceArn=o["arn"], tags=[{"key": "Name", "value": "other"}]
    ),
    "aws_eip": tag,
    "aws_iam_policy": lambda: iam.create_policy_version(
        PolicyArn=o["arn"], PolicyDocument=DENY, SetAsDefault=True
    ),
    "aws_iam_role": lambda: iam.update_role(RoleName=o["name"], MaxSessionDuration=3600),
    "aws_iam_role_policy": lambda: iam.put_role_policy(
        RoleName=o["role"], PolicyName=o["name"], PolicyDocument=DENY
    ),
    "aws_internet_gateway": tag,
    "aws_kms_key": lambda: kms.disable_key(KeyId=o["id"]),
    "aws_lb": lambda: elb.modify_load_balancer_attributes(
        LoadBalancerArn=o["arn"], Attributes=[{"Key": "idle_timeout.timeout_seconds", "Value": "30"}]
    ),
    "aws_lb_listener": lambda: elb.modify_listener(ListenerArn=o["arn"], Port=81),
    "aws_lb_listener_rule": lambda: elb.modify_rule(
        RuleArn=o["arn"], Conditions=[{"Field": "path-pattern", "Values": ["/other"]}]
    ),
    "aws_lb_target_group": lambda: elb.modify_target_group(
        TargetGroupArn=o["arn"], HealthCheckPath="/other"
    ),
    "aws_nat_gateway": tag,
    "aws_route": route,
    "aws_route_table": lambda: ec2.delete_route(
        RouteTableId=o["id"], DestinationCidrBlock="0.0.0.0/0"
    ),
    "aws_s3_bucket": lambda: s3.put_bucket_tagging(Bucket=o["id"], Tagging={"TagSet": OTHER}),
    "aws_secretsmanager_secret": lambda: secrets.update_secret(
        SecretId=o["id"], Description="other"
    ),
    "aws_security_group": lambda: ec2.authorize_security_group_ingress(
        GroupId=o["id"], IpPermissions=port(22)
    ),
    "aws_security_group_rule": lambda: ec2.update_security_group_rule_descriptions_ingress(
        GroupId=o["security_group_id"], IpPermissions=permission("other")
    ),
    "aws_ssm_parameter": lambda: ssm.put_parameter(Name=o["name"], Value="other", Overwrite=True),
    "aws_subnet": lambda: ec2.modify_subnet_attribute(
        SubnetId=o["id"], MapPublicIpOnLaunch={"Value": False}
    ),
    "aws_vpc": lambda: ec2.modify_vpc_attribute(
        VpcId=o["id"], EnableDnsHostnames={"Value": False}
    ),
    "aws_vpc_endpoint": lambda: ec2.modify_vpc_endpoint(
        VpcEndpointId=o["id"], RemoveRouteTableIds=o["route_table_ids"]
    ),
    "aws_vpc_security_group_egress_rule": rule,
    "aws_vpc_security_group_ingress_rule": rule,
}

DELETE = {
    "aws_acm_certificate": lambda: acm.delete_certificate(CertificateArn=o["arn"]),
    "aws_appautoscaling_policy": lambda: scaling.delete_scaling_policy(
        **target(PolicyName=o["name"])
    ),
    "aws_appautoscaling_target": lambda: scaling.deregister_scalable_target(**target()),
    "aws_cloudwatch_dashboard": lambda: cloudwatch.delete_dashboards(
        DashboardNames=[o["dashboard_name"]]
    ),
    "aws_cloudwatch_log_group": lambda: logs.delete_log_group(logGroupName=o["name"]),
    "aws_cloudwatch_metric_alarm": lambda: cloudwatch.delete_alarms(AlarmNames=[o["alarm_name"]]),
    "aws_ecr_lifecycle_policy": lambda: ecr.delete_lifecycle_policy(
        repositoryName=o["repository"]
    ),
    "aws_ecr_repository": lambda: ecr.delete_repository(repositoryName=o["name"]),
    "aws_ecs_cluster": lambda: ecs.delete_cluster(cluster=o["name"]),
    "aws_ecs_cluster_capacity_providers": lambda: ecs.put_cluster_capacity_providers(
        cluster=o["cluster_name"], capacityProviders=[], defaultCapacityProviderStrategy=[]
    ),
    "aws_ecs_service": lambda: ecs.delete_service(
        cluster=o["cluster"], service=o["name"], force=True
    ),
    "aws_ecs_task_definition": lambda: ecs.deregister_task_definition(taskDefinition=o["arn"]),
    "aws_eip": lambda: ec2.release_address(AllocationId=o["id"]),
    "aws_iam_policy": lambda: iam.delete_policy(PolicyArn=o["arn"]),
    "aws_iam_role": lambda: iam.delete_role(RoleName=o["name"]),
    "aws_iam_role_policy": lambda: iam.delete_role_policy(
        RoleName=o["role"], PolicyName=o["name"]
    ),
    "aws_iam_role_policy_attachment": lambda: iam.detach_role_policy(
        RoleName=o["role"], PolicyArn=o["policy_arn"]
    ),
    "aws_internet_gateway": lambda: (
        ec2.detach_internet_gateway(InternetGatewayId=o["id"], VpcId=o["vpc_id"]),
        ec2.delete_internet_gateway(InternetGatewayId=o["id"]),
    ),
    "aws_kms_key": lambda: kms.schedule_key_deletion(KeyId=o["id"], PendingWindowInDays=7),
    "aws_lb": lambda: elb.delete_load_balancer(LoadBalancerArn=o["arn"]),
    "aws_lb_listener": lambda: elb.delete_listener(ListenerArn=o["arn"]),
    "aws_lb_listener_rule": lambda: elb.delete_rule(RuleArn=o["arn"]),
    "aws_lb_target_group": lambda: elb.delete_target_group(TargetGroupArn=o["arn"]),
    # moto keeps the gateway's address.
    "aws_nat_gateway": lambda: (
        ec2.delete_nat_gateway(NatGatewayId=o["id"]),
        ec2.disassociate_address(AssociationId=o["association_id"]),
    ),
    "aws_route": lambda: ec2.delete_route(
        RouteTableId=o["route_table_id"], DestinationCidrBlock=o["destination_cidr_block"]
    ),
    "aws_route_table": lambda: ec2.delete_route_table(RouteTableId=o["id"]),
    "aws_route_table_association": lambda: ec2.disassociate_route_table(AssociationId=o["id"]),
    "aws_s3_bucket": lambda: s3.delete_bucket(Bucket=o["id"]),
    "aws_secretsmanager_secret": lambda: secrets.delete_secret(
        SecretId=o["id"], ForceDeleteWithoutRecovery=True
    ),
    "aws_security_group": lambda: ec2.delete_security_group(GroupId=o["id"]),
    "aws_security_group_rule": lambda: ec2.revoke_security_group_ingress(
        GroupId=o["security_group_id"], IpPermissions=permission("")
    ),
    "aws_ssm_parameter": lambda: ssm.delete_parameter(Name=o["name"]),
    "aws_subnet": lambda: ec2.delete_subnet(SubnetId=o["id"]),
    "aws_vpc": lambda: ec2.delete_vpc(VpcId=o["id"]),
    "aws_vpc_endpoint": lambda: ec2.delete_vpc_endpoints(VpcEndpointIds=[o["id"]]),
    "aws_vpc_security_group_egress_rule": lambda: ec2.revoke_security_group_egress(
        GroupId=o["security_group_id"], SecurityGroupRuleIds=[o["id"]]
    ),
    "aws_vpc_security_group_ingress_rule": lambda: ec2.revoke_security_group_ingress(
        GroupId=o["security_group_id"], SecurityGroupRuleIds=[o["id"]]
    ),
}

{"change": CHANGE, "delete": DELETE}[verb][ty]()
