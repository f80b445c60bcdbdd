"""Lists every object that the tests' account holds, read with boto3: the second reader of what apply made.

Prints one JSON object: Terraform type -> list of objects, each with its identity and the attributes that tests compare.
"""

import json
import sys

import boto3


def tags_of(pairs):
    """Tags as a plain dictionary, whatever the service calls its keys."""
    return {p.get("Key", p.get("key")): p.get("Value", p.get("value")) for p in pairs or []}


def pages(client, operation, key, **arguments):
    """All items of an operation, over all its pages."""
    if client.can_paginate(operation):
        for page in client.get_paginator(operation).paginate(**arguments):
            yield from page[key]
    else:
        yield from getattr(client, operation)(**arguments)[key]


def chunks(items, size):
    """Lists of at most `size` items."""
    items = list(items)
    for start in range(0, len(items), size):
        yield items[start : start + size]


def pick(item, *names):
    """Some attributes of an API object, and its tags."""
    chosen = {name: item.get(name) for name in names}
    if "Tags" in item or "tags" in item or "TagSet" in item:
        chosen["tags"] = tags_of(item.get("Tags") or item.get("tags") or item.get("TagSet"))
    return chosen


def network(found):
    """VPCs and all that lives in them."""
    ec2 = boto3.client("ec2")
    vpcs = list(pages(ec2, "describe_vpcs", "Vpcs"))
    for vpc in vpcs:
        for name in ("enableDnsSupport", "enableDnsHostnames"):
            answer = ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute=name)
            vpc[name] = answer[name[0].upper() + name[1:]]["Value"]
    names = ("VpcId", "CidrBlock", "IsDefault", "State", "enableDnsSupport", "enableDnsHostnames")
    found["aws_vpc"] = [pick(vpc, *names) for vpc in vpcs]
    names = ("SubnetId", "VpcId", "CidrBlock", "AvailabilityZone", "MapPublicIpOnLaunch")
    found["aws_subnet"] = [
        pick(subnet, *names) for subnet in pages(ec2, "describe_subnets", "Subnets")
    ]
    found["aws_internet_gateway"] = [
        pick(gateway, "InternetGatewayId", "Attachments")
        for gateway in pages(ec2, "describe_internet_gateways", "InternetGateways")
    ]
    found["aws_eip"] = [
        pick(address, "AllocationId", "PublicIp", "Domain", "AssociationId")
        for address in ec2.describe_addresses()["Addresses"]
    ]
    found["aws_nat_gateway"] = [
        pick(gateway, "NatGatewayId", "SubnetId", "VpcId", "State", "ConnectivityType")
        for gateway in pages(ec2, "describe_nat_gateways", "NatGateways")
        if gateway["State"] != "deleted"
    ]
    found["aws_route_table"] = [
        pick(table, "RouteTableId", "VpcId", "Routes", "Associations")
        for table in pages(ec2, "describe_route_tables", "RouteTables")
    ]
    names = ("GroupId", "GroupName", "VpcId", "Description", "IpPermissions", "IpPermissionsEgress")
    found["aws_security_group"] = [
        pick(group, *names) for group in pages(ec2, "describe_security_groups", "SecurityGroups")
    ]
    found["aws_vpc_security_group_rule"] = [
        pick(rule, "SecurityGroupRuleId", "GroupId", "IsEgress", "IpProtocol", "FromPort", "ToPort")
        for rule in pages(ec2, "describe_security_group_rules", "SecurityGroupRules")
    ]
    found["aws_vpc_endpoint"] = [
        pick(endpoint, "VpcEndpointId", "ServiceName", "RouteTableIds", "SubnetIds")
        for endpoint in pages(ec2, "describe_vpc_endpoints", "VpcEndpoints")
        if endpoint["State"] != "deleted"
    ]
    # moto keeps a NAT gateway's interface when the gateway goes; AWS has none outside a subnet.
    subnets = {subnet["SubnetId"] for subnet in found["aws_subnet"]}
    found["aws_network_interface"] = [
        pick(interface, "NetworkInterfaceId", "Description", "SubnetId")
        for interface in pages(ec2, "describe_network_interfaces", "NetworkInterfaces")
        if interface["SubnetId"] in subnets
    ]


def balancing(found):
    """Load balancers, their listeners and rules, target groups."""
    elb = boto3.client("elbv2")

    def tagged(items, key):
        items = list(items)
        for some in chunks(items, 20):
            answer = elb.describe_tags(ResourceArns=[item[key] for item in some])
            for item, description in zip(some, answer["TagDescriptions"]):
                item["Tags"] = description["Tags"]
        return items

    balancers = tagged(pages(elb, "describe_load_balancers", "LoadBalancers"), "LoadBalancerArn")
    names = ("LoadBalancerArn", "LoadBalancerName", "Scheme", "Type", "SecurityGroups", "DNSName")
    found["aws_lb"] = []
    for balancer in balancers:
        item = pick(balancer, *names)
        item["Subnets"] = sorted(zone["SubnetId"] for zone in balancer["AvailabilityZones"])
        answer = elb.describe_load_balancer_attributes(LoadBalancerArn=item["LoadBalancerArn"])
        item["Attributes"] = tags_of(answer["Attributes"])
        found["aws_lb"].append(item)
    groups = tagged(pages(elb, "describe_target_groups", "TargetGroups"), "TargetGroupArn")
    found["aws_lb_target_group"] = []
    for group in groups:
        item = pick(group, *(name for name in group if name != "Tags"))
        item["tags"] = tags_of(group["Tags"])
        answer = elb.describe_target_group_attributes(TargetGroupArn=item["TargetGroupArn"])
        item["Attributes"] = tags_of(answer["Attributes"])
        found["aws_lb_target_group"].append(item)
    found["aws_lb_listener"] = []
    found["aws_lb_listener_rule"] = []
    for balancer in balancers:
        arn = balancer["LoadBalancerArn"]
        listeners = pages(elb, "describe_listeners", "Listeners", LoadBalancerArn=arn)
        for listener in tagged(listeners, "ListenerArn"):
            names = ("ListenerArn", "Port", "Protocol", "DefaultActions", "SslPolicy")
            found["aws_lb_listener"].append(pick(listener, *names))
            rules = pages(elb, "describe_rules", "Rules", ListenerArn=listener["ListenerArn"])
            own = [rule for rule in rules if not rule["IsDefault"]]
            for rule in tagged(own, "RuleArn"):
                names = ("RuleArn", "Priority", "Conditions", "Actions")
                found["aws_lb_listener_rule"].append(pick(rule, *names))


def containers(found):
    """Clusters, services and task definitions that are not INACTIVE."""
    ecs = boto3.client("ecs")
    arns = pages(ecs, "list_clusters", "clusterArns")
    found["aws_ecs_cluster"] = []
    found["aws_ecs_service"] = []
    for some in chunks(arns, 100):
        include = ["TAGS", "SETTINGS", "CONFIGURATIONS"]
        for cluster in ecs.describe_clusters(clusters=some, include=include)["clusters"]:
            if cluster["status"] == "INACTIVE":
                continue
            names = ("clusterArn", "clusterName", "settings", "capacityProviders")
            item = pick(cluster, *names, "defaultCapacityProviderStrategy")
            found["aws_ecs_cluster"].append(item)
            services = pages(ecs, "list_services", "serviceArns", cluster=item["clusterArn"])
            for part in chunks(services, 10):
                answer = ecs.describe_services(
                    cluster=item["clusterArn"], services=part, include=["TAGS"]
                )
                names = ("serviceArn", "serviceName", "taskDefinition", "desiredCount")
                names += ("launchType", "networkConfiguration", "loadBalancers", "status")
                found["aws_ecs_service"] += [
                    pick(service, *names)
                    for service in answer["services"]
                    if service["status"] != "INACTIVE"
                ]
    found["aws_ecs_task_definition"] = []
    for arn in pages(ecs, "list_task_definitions", "taskDefinitionArns", status="ACTIVE"):
        answer = ecs.describe_task_definition(taskDefinition=arn, include=["TAGS"])
        definition = answer["taskDefinition"]
        names = ("taskDefinitionArn", "family", "cpu", "memory", "networkMode", "volumes")
        names += ("containerDefinitions", "executionRoleArn", "taskRoleArn", "runtimePlatform")
        item = pick(definition, *names, "requiresCompatibilities")
        item["tags"] = tags_of(answer.get("tags"))
        found["aws_ecs_task_definition"].append(item)


def identity(found):
    """Roles, their policies, and policies of the account itself."""
    iam = boto3.client("iam")
    found["aws_iam_role"] = []
    found["aws_iam_role_policy"] = []
    found["aws_iam_role_policy_attachment"] = []
    for role in pages(iam, "list_roles", "Roles"):
        name = role["RoleName"]
        role = iam.get_role(RoleName=name)["Role"]
        names = ("RoleName", "Path", "Arn", "AssumeRolePolicyDocument", "MaxSessionDuration")
        found["aws_iam_role"].append(pick(role, *names))
        for policy in pages(iam, "list_role_policies", "PolicyNames", RoleName=name):
            document = iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
            found["aws_iam_role_policy"].append(
                {"role": name, "name": policy, "document": document}
            )
        attached = pages(iam, "list_attached_role_policies", "AttachedPolicies", RoleName=name)
        for policy in attached:
            found["aws_iam_role_policy_attachment"].append(
                {"role": name, "policy_arn": policy["PolicyArn"]}
            )
    found["aws_iam_policy"] = []
    for policy in pages(iam, "list_policies", "Policies", Scope="Local"):
        version = iam.get_policy_version(
            PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"]
        )
        item = pick(iam.get_policy(PolicyArn=policy["Arn"])["Policy"], "PolicyName", "Arn", "Path")
        item["document"] = version["PolicyVersion"]["Document"]
        found["aws_iam_policy"].append(item)


def the_rest(found):
    """Log groups and scaling."""
    logs = boto3.client("logs")
    found["aws_cloudwatch_log_group"] = []
    for group in pages(logs, "describe_log_groups", "logGroups"):
        item = pick(group, "logGroupName", "retentionInDays", "kmsKeyId")
        answer = logs.list_tags_log_group(logGroupName=item["logGroupName"])
        item["tags"] = answer["tags"]
        found["aws_cloudwatch_log_group"].append(item)
    scaling = boto3.client("application-autoscaling")
    names = ("ResourceId", "ScalableDimension", "ServiceNamespace", "MinCapacity", "MaxCapacity")
    found["aws_appautoscaling_target"] = [
        pick(target, *names)
        for target in pages(
            scaling, "describe_scalable_targets", "ScalableTargets", ServiceNamespace="ecs"
        )
    ]
    names = ("PolicyName", "PolicyType", "ResourceId", "StepScalingPolicyConfiguration")
    found["aws_appautoscaling_policy"] = [
        pick(policy, *names, "TargetTrackingScalingPolicyConfiguration")
        for policy in pages(
            scaling, "describe_scaling_policies", "ScalingPolicies", ServiceNamespace="ecs"
        )
    ]


def main():
    found = {}
    for read in (network, balancing, containers, identity, the_rest):
        read(found)
    for objects in found.values():
        objects.sort(key=lambda item: json.dumps(item, sort_keys=True, default=str))
    json.dump(found, sys.stdout, sort_keys=True, default=str)


main()
