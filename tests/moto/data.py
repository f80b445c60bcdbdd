"""What banana does not make and the stack of `fixtures/data/found.tf` looks up: `make` it; or tell what boto3 says of all that it
looks up, by the name of its output."""

import datetime
import json
import sys
import time

import boto3


def certificate(domain, days):
    """A certificate of somebody's own, valid since some days, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, domain)])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=days))
        .not_valid_after(now + datetime.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.TraditionalOpenSSL
    return {
        "Certificate": made.public_bytes(pem),
        "PrivateKey": key.private_bytes(pem, form, serialization.NoEncryption()),
    }


def make():
    """Makes it."""
    acm = boto3.client("acm")
    for domain, days in (("web.example", 1), ("two.example", 30), ("two.example", 10)):
        tags = [{"Key": "Name", "Value": f"{domain}-{days}"}]
        acm.import_certificate(**certificate(domain, days), Tags=tags)
    kms = boto3.client("kms")
    key = kms.list_keys()["Keys"][0]["KeyId"]
    kms.create_alias(AliasName="alias/web", TargetKeyId=key)
    secrets = boto3.client("secretsmanager")
    secrets.put_secret_value(SecretId="web/database", SecretString="first")
    secrets.put_secret_value(SecretId="web/database", SecretString="second")
    ecr = boto3.client("ecr")
    for tag in ("1.0", "1.1"):
        media = "application/vnd.docker.distribution.manifest.v2+json"
        manifest = {"schemaVersion": 2, "mediaType": media, "config": {"digest": f"sha256:{tag}", "size": 1}}
        ecr.put_image(
            repositoryName="team/web", imageTag=tag, imageManifest=json.dumps(manifest)
        )
        # Pushes are told apart by the second.
        time.sleep(1.1)
    # AWS says both of every forward to one group.
    elb = boto3.client("elbv2")
    balancer = elb.describe_load_balancers(Names=["web"])["LoadBalancers"][0]["LoadBalancerArn"]
    group = elb.describe_target_groups(Names=["web"])["TargetGroups"][0]["TargetGroupArn"]
    both = {"TargetGroupArn": group}
    elb.create_listener(
        LoadBalancerArn=balancer,
        Port=81,
        Protocol="HTTP",
        DefaultActions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": [both]}, **both}],
    )
    s3 = boto3.client("s3")
    s3.put_bucket_website(
        Bucket="web-assets",
        WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}},
    )


def tags_of(pairs):
    """Tags as a plain dictionary, whatever the service calls its keys."""
    return {p.get("Key", p.get("key")): p.get("Value", p.get("value")) for p in pairs or []}


def by_name(items):
    """The items by their `Name` tag."""
    return {tags_of(item.get("Tags")).get("Name"): item for item in items}


def tell():
    """What there is to find, by the name of the output that shows it."""
    ec2 = boto3.client("ec2")
    vpcs = by_name(ec2.describe_vpcs()["Vpcs"])
    subnets = ec2.describe_subnets()["Subnets"]
    named = by_name(subnets)
    groups = ec2.describe_security_groups()["SecurityGroups"]
    groups = {g["GroupName"]: g for g in groups if g["VpcId"] == vpcs["web"]["VpcId"]}
    default = next(v for v in ec2.describe_vpcs()["Vpcs"] if v["IsDefault"])
    tables = by_name(ec2.describe_route_tables()["RouteTables"])
    gateway = by_name(ec2.describe_internet_gateways()["InternetGateways"])["web"]
    nat = by_name(ec2.describe_nat_gateways()["NatGateways"])["web"]
    elb = boto3.client("elbv2")
    balancer = elb.describe_load_balancers(Names=["web"])["LoadBalancers"][0]
    targets = elb.describe_target_groups(Names=["web"])["TargetGroups"][0]
    listeners = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    listeners = {listener["Port"]: listener["ListenerArn"] for listener in listeners}
    acm = boto3.client("acm")
    listed = acm.list_certificates()["CertificateSummaryList"]
    described = [
        acm.describe_certificate(CertificateArn=c["CertificateArn"])["Certificate"] for c in listed
    ]
    newest = max(
        (c for c in described if c["DomainName"] == "two.example"), key=lambda c: c["NotBefore"]
    )
    single = next(c for c in described if c["DomainName"] == "web.example")
    repository = boto3.client("ecr").describe_repositories()["repositories"][0]
    ecs = boto3.client("ecs")
    cluster = ecs.describe_clusters(clusters=["web"])["clusters"][0]
    service = ecs.describe_services(cluster="web", services=["web"])["services"][0]
    task = ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]
    iam = boto3.client("iam")
    role = iam.get_role(RoleName="web")["Role"]
    policy = iam.list_policies(Scope="Local")["Policies"][0]
    logs = boto3.client("logs").describe_log_groups()["logGroups"][0]
    kms = boto3.client("kms")
    key = kms.describe_key(KeyId="alias/web")["KeyMetadata"]
    secrets = boto3.client("secretsmanager")
    secret = secrets.describe_secret(SecretId="web/database")
    ssm = boto3.client("ssm")
    plain = ssm.get_parameter(Name="/web/greeting")["Parameter"]
    sealed = ssm.get_parameter(Name="/web/password")["Parameter"]

    vpc = {
        "id": vpcs["web"]["VpcId"],
        "cidr_block": "10.20.0.0/16",
        "enable_dns_hostnames": True,
        "default": False,
        "tags": tags_of(vpcs["web"]["Tags"]),
    }
    subnet = {
        "id": named["web-a"]["SubnetId"],
        "arn": named["web-a"]["SubnetArn"],
        "vpc_id": vpcs["web"]["VpcId"],
        "available_ip_address_count": named["web-a"]["AvailableIpAddressCount"],
        "map_public_ip_on_launch": True,
        "tags": tags_of(named["web-a"]["Tags"]),
    }
    ours = [s["SubnetId"] for s in subnets if s["VpcId"] == vpcs["web"]["VpcId"]]
    group = {"id": groups["task"]["GroupId"], "description": "the task"}
    both = [g["GroupId"] for g in groups.values() if g["GroupName"] != "default"]
    front = {
        "arn": balancer["LoadBalancerArn"],
        "dns_name": balancer["DNSName"],
        "zone_id": balancer["CanonicalHostedZoneId"],
        "idle_timeout": 90,
        "subnets": sorted(ours),
        "tags": {"Name": "web", "team": "front"},
    }
    target = {"arn": targets["TargetGroupArn"], "port": 80, "deregistration_delay": "30"}
    public = {"id": tables["public"]["RouteTableId"], "vpc_id": vpcs["web"]["VpcId"]}
    document = {"arn": policy["Arn"], "policy_id": policy["PolicyId"], "path": "/service/"}
    sealed_key = {"id": key["KeyId"], "arn": key["Arn"], "description": "the web's secrets"}
    database = {"arn": secret["ARN"], "name": "web/database", "kms_key_id": key["Arn"]}
    print(json.dumps({
        "vpc_by_tag": vpc, "vpc_by_id": vpc, "vpc_by_range": vpc, "vpc_by_filter": vpc,
        "vpc_by_state": vpc,
        "vpc_default": {"id": default["VpcId"], "default": True},
        "subnet_by_tag": subnet, "subnet_by_id": subnet, "subnet_by_zone": subnet,
        "subnet_by_range": subnet, "subnet_by_filter": subnet,
        "subnet_default": {"default_for_az": True, "vpc_id": default["VpcId"]},
        "subnets": {"ids": ours}, "subnets_by_tag": {"ids": ours}, "subnets_none": {"ids": []},
        "group_by_name": group, "group_by_id": group, "group_by_tag": group,
        "group_by_filter": group,
        "groups": {"ids": both}, "groups_by_tag": {"ids": both},
        "table_by_id": public, "table_by_tag": public, "table_by_subnet": public,
        "table_main": {"vpc_id": vpcs["other"]["VpcId"]},
        "gateway_by_tag": {"id": gateway["InternetGatewayId"]},
        "gateway_by_id": {"id": gateway["InternetGatewayId"]},
        "gateway_by_filter": {"id": gateway["InternetGatewayId"]},
        "nat_by_tag": {"id": nat["NatGatewayId"], "state": "available"},
        "nat_by_subnet": {"id": nat["NatGatewayId"], "subnet_id": nat["SubnetId"]},
        "nat_by_id": {"public_ip": nat["NatGatewayAddresses"][0]["PublicIp"]},
        "lb_by_name": front, "lb_by_arn": front, "lb_by_tag": front, "alb": front,
        "target_group_by_name": target, "target_group_by_arn": target,
        "target_group_by_tag": target, "alb_target_group": target,
        "lb_network": {"load_balancer_type": "network", "internal": True},
        "listener_tls": {"protocol": "TLS", "port": 443},
        "target_group_tcp": {"name": "other", "protocol": "TCP"},
        "listener_by_port": {"arn": listeners[80], "protocol": "HTTP"},
        "listener_by_arn": {"arn": listeners[80], "port": 80, "tags": {"Name": "forward"}},
        "alb_listener": {"arn": listeners[8080]},
        "certificate": {"arn": single["CertificateArn"], "status": "ISSUED"},
        "certificate_newest": {"arn": newest["CertificateArn"]},
        "certificate_by_tag": {"arn": single["CertificateArn"]},
        "repository": {
            "arn": repository["repositoryArn"],
            "repository_url": repository["repositoryUri"],
            "most_recent_image_tags": ["1.1"],
            "image_scanning_configuration": [{"scan_on_push": True}],
        },
        "cluster": {"arn": cluster["clusterArn"], "status": "ACTIVE", "tags": {"Name": "web"}},
        "service": {"arn": service["serviceArn"], "desired_count": 2},
        "task_by_family": {"arn": task["taskDefinitionArn"], "revision": 1, "cpu": "256"},
        "task_by_arn": {"arn": task["taskDefinitionArn"], "family": "web"},
        "role": {"arn": role["Arn"], "unique_id": role["RoleId"], "path": "/service/"},
        "policy_by_arn": document, "policy_by_name": document, "policy_by_path": document,
        "log_group": {"arn": logs["arn"].removesuffix(":*"), "retention_in_days": 30},
        "key_by_id": sealed_key, "key_by_alias": sealed_key, "key_by_arn": sealed_key,
        "alias": {"target_key_id": key["KeyId"], "target_key_arn": key["Arn"]},
        "secret_by_name": database, "secret_by_arn": database,
        "secret_value": {"secret_string": "second", "arn": secret["ARN"]},
        "secret_value_before": {"secret_string": "first"},
        "parameter": {"value": "hello", "insecure_value": "hello", "arn": plain["ARN"]},
        "parameter_secret": {"value": "correct horse", "insecure_value": ""},
        "parameter_sealed": {"value": sealed["Value"]},
        "bucket": {
            "arn": "arn:aws:s3:::web-assets",
            "region": "eu-west-3",
            "website_endpoint": "web-assets.s3-website.eu-west-3.amazonaws.com",
        },
    }))


make() if sys.argv[1] == "make" else tell()
