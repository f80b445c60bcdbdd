//! Each resource type over the real SDK against moto: made, read, changed, found again, ended, and nothing left.

use crate::cloud::{Cloud, id, text};
use crate::moto::{Moto, REGION};
use plan::FailureKind;
use serde_json::{Value as Json, json};

fn rule(port: u16, ranges: &[&str]) -> Json {
    json!({"protocol": "tcp", "from_port": port, "to_port": port, "description": "",
        "cidr_blocks": ranges, "ipv6_cidr_blocks": [], "prefix_list_ids": [],
        "security_groups": [], "self": false})
}

#[tokio::test]
async fn the_network() {
    let moto = Moto::start();
    let before = moto.inventory();
    let cloud = Cloud::connect(moto.endpoint(), REGION).await;

    let vpc = json!({"cidr_block": "10.0.0.0/16", "enable_dns_support": true,
        "enable_dns_hostnames": true, "instance_tenancy": "default",
        "tags": {"Name": "v"}, "tags_all": {"Name": "v", "owner": "x"}});
    let vpc = cloud.make("aws_vpc", vpc).await;
    let changed = json!({"cidr_block": "10.0.0.0/16", "enable_dns_support": true,
        "enable_dns_hostnames": false, "instance_tenancy": "default",
        "tags": {"Name": "w", "b": "1"}, "tags_all": {"Name": "w", "b": "1"}});
    let vpc = cloud.update("aws_vpc", &vpc, changed).await;
    assert_eq!(text(&vpc, "arn"), format!("arn:aws:ec2:{REGION}:123456789012:vpc/{}", id(&vpc)));

    let subnet = |n: u8, public: bool| {
        json!({"vpc_id": id(&vpc), "cidr_block": format!("10.0.{n}.0/24"),
            "availability_zone": format!("{REGION}a"), "map_public_ip_on_launch": public,
            "assign_ipv6_address_on_creation": false, "enable_dns64": false,
            "enable_resource_name_dns_a_record_on_launch": false,
            "enable_resource_name_dns_aaaa_record_on_launch": false, "ipv6_native": false})
    };
    let public = cloud.make("aws_subnet", subnet(0, true)).await;
    let private = cloud.make("aws_subnet", subnet(1, false)).await;
    let private = cloud.update("aws_subnet", &private, subnet(1, true)).await;
    let internet = cloud.make("aws_internet_gateway", json!({"vpc_id": id(&vpc)})).await;
    let address = cloud.make("aws_eip", json!({"domain": "vpc", "tags": {"Name": "a"}})).await;
    let nat = json!({"allocation_id": id(&address), "subnet_id": id(&public),
        "connectivity_type": "public"});
    let nat = cloud.make("aws_nat_gateway", nat).await;

    let route = |gateway: &str| {
        json!({"cidr_block": "0.0.0.0/0", "gateway_id": gateway, "ipv6_cidr_block": "",
            "carrier_gateway_id": "", "core_network_arn": "", "destination_prefix_list_id": "",
            "egress_only_gateway_id": "", "local_gateway_id": "", "nat_gateway_id": "",
            "network_interface_id": "", "transit_gateway_id": "", "vpc_endpoint_id": "",
            "vpc_peering_connection_id": ""})
    };
    let inline = json!({"vpc_id": id(&vpc), "route": [route(id(&internet))]});
    let inline = cloud.make("aws_route_table", inline).await;
    let none = json!({"vpc_id": id(&vpc), "route": []});
    let inline = cloud.update("aws_route_table", &inline, none).await;
    let again = json!({"vpc_id": id(&vpc), "route": [route(id(&internet))]});
    let inline = cloud.update("aws_route_table", &inline, again).await;
    let table = cloud.make("aws_route_table", json!({"vpc_id": id(&vpc)})).await;
    let out = json!({"route_table_id": id(&table), "destination_cidr_block": "0.0.0.0/0",
        "nat_gateway_id": id(&nat)});
    let out = cloud.make("aws_route", out).await;
    assert_eq!(id(&out), format!("r-{}1080289494", id(&table)), "as Terraform spells it");
    let elsewhere = json!({"route_table_id": id(&table), "destination_cidr_block": "0.0.0.0/0",
        "gateway_id": id(&internet)});
    cloud.update("aws_route", &out, elsewhere).await;
    let association = json!({"subnet_id": id(&private), "route_table_id": id(&table)});
    let association = cloud.make("aws_route_table_association", association).await;
    let moved = json!({"subnet_id": id(&private), "route_table_id": id(&inline)});
    let old = association.clone();
    let association = replaced(&cloud, &association, moved).await;
    assert_ne!(id(&old), id(&association), "a replaced association has another id");

    let gateway = |action: &str| {
        let policy = json!({"Statement": [{"Effect": "Allow", "Action": action, "Principal": "*",
            "Resource": "*"}]});
        json!({"vpc_id": id(&vpc), "vpc_endpoint_type": "Gateway", "tags": {"a": action},
            "service_name": format!("com.amazonaws.{REGION}.s3"), "route_table_ids": [id(&table)],
            "policy": policy.to_string()})
    };
    let objects = cloud.make("aws_vpc_endpoint", gateway("s3:Get*")).await;
    assert!(text(&objects, "prefix_list_id").starts_with("pl-"));
    cloud.update("aws_vpc_endpoint", &objects, gateway("s3:Put*")).await;
    let group = json!({"name": "e", "description": "d", "vpc_id": id(&vpc), "ingress": [],
        "egress": [], "revoke_rules_on_delete": false});
    let group = cloud.make("aws_security_group", group).await;
    let interface = |subnets: Json| {
        json!({"vpc_id": id(&vpc), "vpc_endpoint_type": "Interface", "subnet_ids": subnets,
            "service_name": format!("com.amazonaws.{REGION}.ecr.api"), "private_dns_enabled": true,
            "security_group_ids": [id(&group)]})
    };
    let registry = cloud.make("aws_vpc_endpoint", interface(json!([id(&public)]))).await;
    let both = interface(json!([id(&public), id(&private)]));
    let registry = cloud.update("aws_vpc_endpoint", &registry, both).await;
    cloud.update("aws_vpc_endpoint", &registry, interface(json!([id(&private)]))).await;

    cloud.end("aws_route_table_association", &association).await;
    cloud.end_all().await;
    assert_eq!(moto.inventory(), before, "nothing is left");
}

async fn replaced(cloud: &Cloud, prior: &stack::Value, arguments: Json) -> stack::Value {
    use plan::Provider;
    let ty = "aws_route_table_association";
    let planned = crate::cloud::planned(ty, &arguments);
    let changed =
        cloud.aws.update(ty, prior, &planned, &crate::cloud::Heard::default()).await.unwrap();
    let again =
        cloud.aws.update(ty, prior, &planned, &crate::cloud::Heard::default()).await.unwrap();
    assert_eq!(id(&changed.attributes), id(&again.attributes), "an update may be repeated");
    cloud.read(ty, &changed.attributes).await.unwrap()
}

#[tokio::test]
async fn security_groups() {
    let moto = Moto::start();
    let before = moto.inventory();
    let cloud = Cloud::connect(moto.endpoint(), REGION).await;
    let vpc = json!({"cidr_block": "10.0.0.0/16", "instance_tenancy": "default",
        "enable_dns_support": true});
    let vpc = cloud.make("aws_vpc", vpc).await;
    let group = |name: &str, ingress: Json, egress: Json| {
        json!({"name": name, "vpc_id": id(&vpc), "description": "Managed by Terraform",
            "revoke_rules_on_delete": false, "ingress": ingress, "egress": egress})
    };
    let all = json!([{"protocol": "-1", "from_port": 0, "to_port": 0, "description": "",
        "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": [], "prefix_list_ids": [],
        "security_groups": [], "self": false}]);
    let open = group(
        "alb",
        json!([rule(80, &["0.0.0.0/0"]), rule(443, &["10.2.0.0/16", "10.1.0.0/16"])]),
        all.clone(),
    );
    let alb = cloud.make("aws_security_group", open).await;
    let narrowed = group("alb", json!([rule(443, &["10.2.0.0/16", "10.3.0.0/16"])]), all);
    let alb = cloud.update("aws_security_group", &alb, narrowed).await;

    let of_alb = json!([{"protocol": "tcp", "from_port": 80, "to_port": 80, "description": "d",
        "cidr_blocks": [], "ipv6_cidr_blocks": [], "prefix_list_ids": [],
        "security_groups": [id(&alb)], "self": true}]);
    let task = cloud.make("aws_security_group", group("task", of_alb, json!([]))).await;
    assert!(task.get("egress").unwrap().is_empty(), "AWS's own egress rule is taken away");
    let bare = json!({"vpc_id": id(&vpc), "description": "Managed by Terraform",
        "revoke_rules_on_delete": false, "name_prefix": "bare-"});
    let bare = cloud.make("aws_security_group", bare).await;
    assert!(bare.get("egress").unwrap().is_empty());
    assert!(text(&bare, "name").starts_with("bare-"));

    let ranges = json!({"type": "ingress", "protocol": "tcp", "from_port": 1, "to_port": 2,
        "cidr_blocks": ["10.0.0.0/8", "192.168.0.0/16"], "security_group_id": id(&bare),
        "self": false, "description": "a"});
    let ranges = cloud.make("aws_security_group_rule", ranges).await;
    let described = json!({"type": "ingress", "protocol": "tcp", "from_port": 1, "to_port": 2,
        "cidr_blocks": ["10.0.0.0/8", "192.168.0.0/16"], "security_group_id": id(&bare),
        "self": false, "description": "b"});
    cloud.update("aws_security_group_rule", &ranges, described).await;
    let own = json!({"type": "egress", "protocol": "-1", "from_port": 0, "to_port": 0,
        "source_security_group_id": id(&alb), "security_group_id": id(&bare), "self": false});
    let own = cloud.make("aws_security_group_rule", own).await;
    assert!(text(&own, "security_group_rule_id").starts_with("sgr-"));

    let one = |port: u16| {
        json!({"security_group_id": id(&bare), "cidr_ipv4": "10.9.0.0/16", "ip_protocol": "tcp",
            "from_port": port, "to_port": port, "tags": {"Name": "r"}, "tags_all": {"Name": "r"}})
    };
    let ssh = cloud.make("aws_vpc_security_group_ingress_rule", one(22)).await;
    cloud.update("aws_vpc_security_group_ingress_rule", &ssh, one(23)).await;
    let any = json!({"security_group_id": id(&bare), "ip_protocol": "-1", "tags_all": {},
        "referenced_security_group_id": id(&task)});
    cloud.make("aws_vpc_security_group_egress_rule", any).await;
    let twice = cloud.refusal("aws_security_group", group("alb", json!([]), json!([]))).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");

    cloud.end_all().await;
    assert_eq!(moto.inventory(), before, "nothing is left");
}
