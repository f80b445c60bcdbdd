//! `aws_security_group_rule`: EC2 `AuthorizeSecurityGroupIngress` or `-Egress` with one `IpPermission`, and its revocation. Its
//! key is the permission itself.

use crate::args::Args;
use crate::aws_security_group::describe;
use crate::crc32::crc32;
use crate::draft::Draft;
use crate::ec2::filter;
use crate::failure::fail;
use crate::permission::{self, Direction, Peer, Permissions, of_api, of_rule};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use aws_sdk_ec2::types::SecurityGroupRule as Rule;
use plan::Failure;
use serde_json::Value as Json;

pub(crate) struct SecurityGroupRule;

impl Resource for SecurityGroupRule {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let group = group(new.planned);
        let _turn = aws.turn(group).await;
        permission::authorize(aws, group, direction(new.planned), &asked(new.planned)).await?;
        Ok(new.draft(id(new.planned)))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let there = there(aws, new.planned).await?;
        let ours = there.is_some_and(|there| there == asked(new.planned));
        Ok(ours.then(|| new.draft(id(new.planned))))
    }

    /// `sg-1_ingress_tcp_80_80_0.0.0.0/0`, with more sources after it
    fn imported(&self, id: &str) -> Vec<(&'static str, Json)> {
        let mut parts = id.split('_');
        let names = ["security_group_id", "type", "protocol", "from_port", "to_port"];
        let mut all: Vec<_> = names
            .into_iter()
            .zip(parts.by_ref())
            .map(|(name, part)| match part.parse::<i32>() {
                Ok(port) if name.ends_with("_port") => (name, port.into()),
                _ => (name, part.into()),
            })
            .collect();
        let sources: Vec<&str> = parts.collect();
        let of = |is: fn(&str) -> bool| -> Vec<&str> {
            sources.iter().copied().filter(|source| is(source)).collect()
        };
        let lists = [
            ("prefix_list_ids", of(|source| source.starts_with("pl-"))),
            ("ipv6_cidr_blocks", of(|source| source.contains(':'))),
            ("cidr_blocks", of(|source| source.contains('.') && source.contains('/'))),
        ];
        all.extend(lists.into_iter().filter(|(_, l)| !l.is_empty()).map(|(n, l)| (n, l.into())));
        all.push(("self", sources.contains(&"self").into()));
        let group = sources.iter().find(|source| source.contains("sg-"));
        all.extend(group.map(|group| ("source_security_group_id", (*group).into())));
        all
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let args = known.object;
        let Some(there) = there(aws, args).await? else { return Ok(None) };
        if there.is_empty() {
            return Ok(None);
        }
        let asked = asked(args);
        let mut draft = known.draft();
        // Ranges that are gone leave the lists; those that are there keep their order.
        let left = |name: &str, peer: fn(String) -> Peer| {
            let peers = |text: &String| there.keys().any(|p| p.peer == peer(text.clone()));
            args.strings(name).into_iter().filter(peers).collect::<Vec<_>>()
        };
        if there.len() < asked.len() {
            for (name, peer) in [
                ("cidr_blocks", Peer::V4 as fn(String) -> Peer),
                ("ipv6_cidr_blocks", Peer::V6),
                ("prefix_list_ids", Peer::PrefixList),
            ] {
                if args.some_strings(name).is_some() {
                    draft.set(name, left(name, peer));
                }
            }
        }
        draft.text("description", there.values().find_map(Option::as_deref));
        draft.set("id", id(args)).set("security_group_rule_id", rule_id(aws, args).await?);
        Ok(Some(Seen::ready(draft)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["description"])?;
        let group = group(change.planned);
        let _turn = aws.turn(group).await;
        let (direction, asked) = (direction(change.planned), asked(change.planned));
        permission::describe(aws, group, direction, &asked).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let group = group(known.object);
        let _turn = aws.turn(group).await;
        permission::revoke(aws, group, direction(known.object), &asked(known.object)).await
    }
}

fn group(args: Args<'_>) -> &str {
    args.str("security_group_id").unwrap_or_default()
}

fn direction(args: Args<'_>) -> Direction {
    match args.str("type") {
        Some("egress") => Direction::Egress,
        _ => Direction::Ingress,
    }
}

fn asked(args: Args<'_>) -> Permissions {
    of_rule(args, group(args))
}

/// What of the asked permissions the group has; `None` without the group.
async fn there(aws: &Aws, args: Args<'_>) -> Result<Option<Permissions>, Failure> {
    let Some(group) = describe(aws, group(args)).await? else { return Ok(None) };
    let all = match direction(args) {
        Direction::Ingress => group.ip_permissions(),
        Direction::Egress => group.ip_permissions_egress(),
    };
    let mut there = of_api(all, group.owner_id().unwrap_or_default());
    let asked = asked(args);
    there.retain(|permission, _| asked.contains_key(permission));
    Ok(Some(there))
}

/// The API's id of the rule, where one rule is all there is to it.
async fn rule_id(aws: &Aws, args: Args<'_>) -> Result<String, Failure> {
    let asked = asked(args);
    let (Some((permission, _)), 1) = (asked.first_key_value(), asked.len()) else {
        return Ok(String::new());
    };
    let call = aws.calls.ec2.describe_security_group_rules();
    let call = call.filters(filter("group-id", group(args))).into_paginator().items();
    let rules = call.send().collect::<Result<Vec<_>, _>>().await;
    let rules = rules.map_err(fail("ec2:DescribeSecurityGroupRules"))?;
    let is_it = |rule: &&Rule| {
        let peer = match &permission.peer {
            Peer::V4(range) => rule.cidr_ipv4() == Some(range),
            Peer::V6(range) => rule.cidr_ipv6() == Some(range),
            Peer::PrefixList(id) => rule.prefix_list_id() == Some(id),
            Peer::Group(id) => {
                let group = rule.referenced_group_info().and_then(|group| group.group_id());
                group == Some(id.rsplit('/').next().unwrap_or_default())
            }
        };
        let protocol = permission::protocol(rule.ip_protocol().unwrap_or_default());
        let ports = permission::ports(&protocol, rule.from_port(), rule.to_port());
        peer && protocol == permission.protocol
            && ports == (permission.from, permission.to)
            && rule.is_egress() == Some(direction(args) == Direction::Egress)
    };
    let id = rules.iter().find(is_it).and_then(|rule| rule.security_group_rule_id());
    Ok(id.unwrap_or_default().to_owned())
}

/// `sgrule-2962701581`: a checksum over group, ports, protocol, direction and sources, each followed by a dash; ports that are
/// zero are left out, sources of a kind are sorted, a group has an empty name after its id. Checked against ids of Terraform.
fn id(args: Args<'_>) -> String {
    let asked = asked(args);
    let (mut v4, mut v6, mut lists, mut groups) = (vec![], vec![], vec![], vec![]);
    for permission in asked.keys() {
        match &permission.peer {
            Peer::V4(range) => v4.push(range.clone()),
            Peer::V6(range) => v6.push(range.clone()),
            Peer::PrefixList(id) => lists.push(id.clone()),
            Peer::Group(id) => {
                groups.push(format!("{}-", id.rsplit('/').next().unwrap_or_default()));
            }
        }
    }
    let first = asked.keys().next();
    let port = |port: Option<i32>| port.filter(|port| *port > 0).map(|port| port.to_string());
    let head = [
        Some(group(args).to_owned()),
        port(first.map(|p| p.from)),
        port(first.map(|p| p.to)),
        first.map(|p| p.protocol.clone()),
        Some(direction(args).name().to_owned()),
    ];
    let parts = head.into_iter().flatten().chain(v4).chain(v6).chain(lists).chain(groups);
    let text: String = parts.flat_map(|part| [part, "-".to_owned()]).collect();
    format!("sgrule-{}", crc32(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use serde_json::json;
    use stack::Value;

    /// Ids that Terraform 1.11.4 with hashicorp/aws 5.100.0 wrote.
    #[test]
    fn ids_are_terraforms() {
        let sg = "sg-1c54614e96678fd36";
        let ty = plan::shape::of_type("aws_security_group_rule").unwrap();
        for (rule, expected) in [
            (
                json!({"type": "ingress", "protocol": "tcp", "from_port": 8080, "to_port": 8081,
                    "cidr_blocks": ["192.168.0.0/16", "10.0.0.0/8"]}),
                "sgrule-2962701581",
            ),
            (
                json!({"type": "egress", "protocol": "-1", "from_port": 0, "to_port": 0,
                    "source_security_group_id": "sg-d2538f47e58441bc0"}),
                "sgrule-2278193216",
            ),
            (
                json!({"type": "ingress", "protocol": "udp", "from_port": 1, "to_port": 2,
                    "self": true}),
                "sgrule-1462401307",
            ),
        ] {
            let mut object = Value::from_json(&ty, &rule).unwrap();
            let mut draft = Draft::new(&ty, &object);
            draft.set("security_group_id", sg);
            object = draft.finish().unwrap();
            assert_eq!(id(Args(&object)), expected);
        }
    }
}
