//! Load balancers, target groups, listeners and rules over the real SDK against moto.

use crate::cloud::{Cloud, id, text};
use crate::moto::{Moto, REGION};
use plan::FailureKind;
use serde_json::{Value as Json, json};
use stack::Value;

/// A VPC, two of its subnets in different zones, and a security group.
async fn network(cloud: &Cloud) -> (Value, [Value; 2], Value) {
    let vpc = json!({"cidr_block": "10.0.0.0/16", "instance_tenancy": "default",
        "enable_dns_support": true});
    let vpc = cloud.make("aws_vpc", vpc).await;
    let subnet = |n: u8, zone: &str| {
        json!({"vpc_id": id(&vpc), "cidr_block": format!("10.0.{n}.0/24"),
            "availability_zone": format!("{REGION}{zone}"),
            "map_public_ip_on_launch": false, "assign_ipv6_address_on_creation": false,
            "enable_dns64": false, "enable_resource_name_dns_a_record_on_launch": false,
            "enable_resource_name_dns_aaaa_record_on_launch": false, "ipv6_native": false})
    };
    let a = cloud.make("aws_subnet", subnet(0, "a")).await;
    let b = cloud.make("aws_subnet", subnet(1, "b")).await;
    let group = json!({"name": "alb", "vpc_id": id(&vpc), "description": "d",
        "revoke_rules_on_delete": false, "ingress": [], "egress": []});
    let group = cloud.make("aws_security_group", group).await;
    (vpc, [a, b], group)
}

fn forward(group: &Value) -> Json {
    json!([{"type": "forward", "target_group_arn": id(group)}])
}

#[tokio::test]
async fn balancers_listeners_and_rules() {
    let moto = Moto::start();
    let before = moto.inventory();
    let cloud = Cloud::connect(moto.endpoint(), REGION).await;
    let (vpc, subnets, group) = network(&cloud).await;

    let balancer = |idle: u16, tags: Json| {
        json!({"name": "web", "internal": false, "load_balancer_type": "application",
            "security_groups": [id(&group)], "subnets": [id(&subnets[0]), id(&subnets[1])],
            "idle_timeout": idle, "drop_invalid_header_fields": true,
            "enable_deletion_protection": false, "enable_http2": true, "tags": tags})
    };
    let web = cloud.make("aws_lb", balancer(60, json!({"a": "1"}))).await;
    assert!(id(&web).contains(":loadbalancer/app/web/"), "{}", id(&web));
    assert_eq!(id(&web), text(&web, "arn"));
    let web = cloud.update("aws_lb", &web, balancer(90, json!({"b": "2"}))).await;
    let twice = cloud.refusal("aws_lb", balancer(60, json!({}))).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");

    let targets = |path: &str, delay: u16| {
        json!({"name": "web", "port": 80, "protocol": "HTTP", "target_type": "ip",
            "vpc_id": id(&vpc), "deregistration_delay": delay.to_string(),
            "health_check": [{"enabled": true, "path": path, "protocol": "HTTP",
                "port": "traffic-port", "matcher": "200", "interval": 30, "timeout": 5,
                "healthy_threshold": 3, "unhealthy_threshold": 3}]})
    };
    let group = cloud.make("aws_lb_target_group", targets("/", 300)).await;
    let group = cloud.update("aws_lb_target_group", &group, targets("/health", 30)).await;
    let twice = cloud.refusal("aws_lb_target_group", targets("/", 300)).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");

    let redirect = json!([{"type": "redirect", "redirect": [{"port": "443", "protocol": "HTTPS",
        "status_code": "HTTP_301", "host": "#{host}", "path": "/#{path}", "query": "#{query}"}]}]);
    let plain = |actions: Json| {
        json!({"load_balancer_arn": id(&web), "port": 80, "protocol": "HTTP",
            "default_action": actions})
    };
    let http = cloud.make("aws_lb_listener", plain(redirect)).await;
    let http = cloud.update("aws_lb_listener", &http, plain(forward(&group))).await;
    let secure = |policy: &str| {
        json!({"load_balancer_arn": id(&web), "port": 443, "protocol": "HTTPS",
            "ssl_policy": policy, "certificate_arn": moto.certificate(),
            "default_action": forward(&group)})
    };
    cloud.make("aws_lb_listener", secure("ELBSecurityPolicy-TLS13-1-2-2021-06")).await;
    let mut stray = secure("ELBSecurityPolicy-TLS13-1-2-2021-06");
    stray["port"] = json!(8443);
    stray["certificate_arn"] = json!(
        "arn:aws:acm:eu-west-3:123456789012:certificate/00000000-0000-0000-0000-000000000000"
    );
    let missing = cloud.refusal("aws_lb_listener", stray).await;
    assert_eq!(missing.kind, FailureKind::Invalid, "{missing:?}");

    let rule = |priority: u16, path: &str| {
        json!({"listener_arn": id(&http), "priority": priority, "action": forward(&group),
            "condition": [{"path_pattern": [{"values": [path]}]}]})
    };
    let first = cloud.make("aws_lb_listener_rule", rule(10, "/api/*")).await;
    cloud.update("aws_lb_listener_rule", &first, rule(20, "/v2/*")).await;
    let taken = cloud.refusal("aws_lb_listener_rule", rule(20, "/x")).await;
    assert_eq!(taken.kind, FailureKind::Exists, "{taken:?}");

    cloud.end_all().await;
    assert_eq!(moto.inventory(), before, "nothing is left");
}
