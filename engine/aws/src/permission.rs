//! Security group rules as single permissions: one protocol, one port range, one source. The API merges and splits its
//! `IpPermission`s as it likes; single permissions compare.

use crate::args::Args;
use crate::failure::fail;
use crate::provider::Aws;
use aws_sdk_ec2::types::{IpPermission, IpRange, Ipv6Range, PrefixListId, UserIdGroupPair};
use plan::{Failure, FailureKind};
use std::collections::BTreeMap;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Ingress,
    Egress,
}

impl Direction {
    /// The attribute that holds the rules of this direction.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
        }
    }
}

/// What may come from, or go, where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Peer {
    V4(String),
    V6(String),
    PrefixList(String),
    /// A group's id; `123456789012/sg-1` when it is another account's.
    Group(String),
}

/// One thing that a group lets through.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Permission {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all
    pub(crate) protocol: String,
    pub(crate) from: i32,
    pub(crate) to: i32,
    pub(crate) peer: Peer,
}

/// Permissions with their descriptions.
pub(crate) type Permissions = BTreeMap<Permission, Option<String>>;

/// The range of a protocol's ports: all protocols have none, which Terraform writes as 0 to 0.
pub(crate) fn ports(protocol: &str, from: Option<i32>, to: Option<i32>) -> (i32, i32) {
    match protocol {
        "-1" => (0, 0),
        _ => (from.unwrap_or_default(), to.unwrap_or_default()),
    }
}

/// The API's spelling: names for the four protocols that have ports or types.
pub(crate) fn protocol(text: &str) -> String {
    match text.to_ascii_lowercase().as_str() {
        "all" => "-1".to_owned(),
        "6" => "tcp".to_owned(),
        "17" => "udp".to_owned(),
        "1" => "icmp".to_owned(),
        "58" => "icmpv6".to_owned(),
        other => other.to_owned(),
    }
}

/// What a rule block, or an `aws_security_group_rule`, lets through. `own` is the group that the rule stands in.
pub(crate) fn of_rule(rule: Args<'_>, own: &str) -> Permissions {
    let protocol = protocol(rule.str("protocol").unwrap_or_default());
    let (from, to) = ports(&protocol, rule.int("from_port"), rule.int("to_port"));
    let description = rule.text("description");
    let source = rule.text("source_security_group_id");
    let own = rule.is("self").then(|| own.to_owned());
    let groups = rule.strings("security_groups").into_iter().chain(source).chain(own);
    let peers = groups
        .map(Peer::Group)
        .chain(rule.strings("cidr_blocks").into_iter().map(Peer::V4))
        .chain(rule.strings("ipv6_cidr_blocks").into_iter().map(Peer::V6))
        .chain(rule.strings("prefix_list_ids").into_iter().map(Peer::PrefixList));
    let permission = |peer| Permission { protocol: protocol.clone(), from, to, peer };
    peers.map(|peer| (permission(peer), description.clone())).collect()
}

/// What the API's permissions let through. `owner` is the account of the group.
pub(crate) fn of_api(permissions: &[IpPermission], owner: &str) -> Permissions {
    permissions.iter().flat_map(|permission| of_one(permission, owner)).collect()
}

fn of_one(api: &IpPermission, owner: &str) -> Vec<(Permission, Option<String>)> {
    let protocol = protocol(api.ip_protocol().unwrap_or("-1"));
    let (from, to) = ports(&protocol, api.from_port(), api.to_port());
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let v4 = api.ip_ranges().iter().map(|r| (Peer::V4(text(r.cidr_ip())), r.description()));
    let v6 = api.ipv6_ranges().iter().map(|r| (Peer::V6(text(r.cidr_ipv6())), r.description()));
    let lists = api.prefix_list_ids().iter();
    let lists = lists.map(|l| (Peer::PrefixList(text(l.prefix_list_id())), l.description()));
    let groups = api.user_id_group_pairs().iter();
    let groups = groups.map(|pair| (Peer::Group(group(pair, owner)), pair.description()));
    v4.chain(v6)
        .chain(lists)
        .chain(groups)
        .map(|(peer, description)| {
            let description = description.filter(|text| !text.is_empty()).map(str::to_owned);
            (Permission { protocol: protocol.clone(), from, to, peer }, description)
        })
        .collect()
}

fn group(pair: &UserIdGroupPair, owner: &str) -> String {
    let id = pair.group_id().or(pair.group_name()).unwrap_or_default();
    match pair.user_id().filter(|user| !user.is_empty() && *user != owner) {
        Some(user) => format!("{user}/{id}"),
        None => id.to_owned(),
    }
}

fn to_api(permission: &Permission, description: Option<&str>) -> IpPermission {
    let description = description.map(str::to_owned);
    let all = permission.protocol == "-1";
    let api = IpPermission::builder()
        .ip_protocol(&permission.protocol)
        .set_from_port((!all).then_some(permission.from))
        .set_to_port((!all).then_some(permission.to));
    match &permission.peer {
        Peer::V4(range) => {
            api.ip_ranges(IpRange::builder().cidr_ip(range).set_description(description).build())
        }
        Peer::V6(range) => {
            let range = Ipv6Range::builder().cidr_ipv6(range).set_description(description);
            api.ipv6_ranges(range.build())
        }
        Peer::PrefixList(id) => {
            let list = PrefixListId::builder().prefix_list_id(id).set_description(description);
            api.prefix_list_ids(list.build())
        }
        Peer::Group(id) => {
            let pair = UserIdGroupPair::builder().set_description(description);
            api.user_id_group_pairs(match id.split_once('/') {
                Some((user, id)) => pair.user_id(user).group_id(id).build(),
                None => pair.group_id(id).build(),
            })
        }
    }
    .build()
}

fn all_to_api(permissions: &Permissions) -> Vec<IpPermission> {
    permissions.iter().map(|(p, description)| to_api(p, description.as_deref())).collect()
}

/// Adds permissions to a group.
pub(crate) async fn authorize(
    aws: &Aws,
    group: &str,
    direction: Direction,
    permissions: &Permissions,
) -> Result<(), Failure> {
    let (ec2, all) = (&aws.once.ec2, all_to_api(permissions));
    match direction {
        _ if permissions.is_empty() => Ok(()),
        Direction::Ingress => {
            let call = ec2.authorize_security_group_ingress().group_id(group);
            let call = call.set_ip_permissions(Some(all)).send().await;
            call.map(drop).map_err(fail("ec2:AuthorizeSecurityGroupIngress"))
        }
        Direction::Egress => {
            let call = ec2.authorize_security_group_egress().group_id(group);
            let call = call.set_ip_permissions(Some(all)).send().await;
            call.map(drop).map_err(fail("ec2:AuthorizeSecurityGroupEgress"))
        }
    }
}

/// Takes permissions from a group. One that is not there is gone already.
pub(crate) async fn revoke(
    aws: &Aws,
    group: &str,
    direction: Direction,
    permissions: &Permissions,
) -> Result<(), Failure> {
    let (ec2, all) = (&aws.calls.ec2, all_to_api(permissions));
    let result = match direction {
        _ if permissions.is_empty() => Ok(()),
        Direction::Ingress => {
            let call = ec2.revoke_security_group_ingress().group_id(group);
            let call = call.set_ip_permissions(Some(all)).send().await;
            call.map(drop).map_err(fail("ec2:RevokeSecurityGroupIngress"))
        }
        Direction::Egress => {
            let call = ec2.revoke_security_group_egress().group_id(group);
            let call = call.set_ip_permissions(Some(all)).send().await;
            call.map(drop).map_err(fail("ec2:RevokeSecurityGroupEgress"))
        }
    };
    match result {
        Err(failure) if failure.kind == FailureKind::NotFound && permissions.len() > 1 => {
            // One call is all or nothing: what is still there goes one by one.
            for (permission, description) in permissions {
                let one = Permissions::from([(permission.clone(), description.clone())]);
                Box::pin(revoke(aws, group, direction, &one)).await?;
            }
            Ok(())
        }
        other => crate::failure::absent(other),
    }
}

/// Gives permissions of a group other descriptions.
pub(crate) async fn describe(
    aws: &Aws,
    group: &str,
    direction: Direction,
    permissions: &Permissions,
) -> Result<(), Failure> {
    let (ec2, all) = (&aws.calls.ec2, all_to_api(permissions));
    match direction {
        _ if permissions.is_empty() => Ok(()),
        Direction::Ingress => {
            let call = ec2.update_security_group_rule_descriptions_ingress().group_id(group);
            let call = call.set_ip_permissions(Some(all)).send().await;
            call.map(drop).map_err(fail("ec2:UpdateSecurityGroupRuleDescriptionsIngress"))
        }
        Direction::Egress => {
            let call = ec2.update_security_group_rule_descriptions_egress().group_id(group);
            let call = call.set_ip_permissions(Some(all)).send().await;
            call.map(drop).map_err(fail("ec2:UpdateSecurityGroupRuleDescriptionsEgress"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn peer() -> impl Strategy<Value = Peer> {
        prop_oneof![
            "10\\.[0-9]\\.0\\.0/16".prop_map(Peer::V4),
            "2001:db8:[0-9]::/48".prop_map(Peer::V6),
            "pl-[0-9]{4}".prop_map(Peer::PrefixList),
            "sg-[0-9]{4}".prop_map(Peer::Group),
            "12345678901[3-9]/sg-[0-9]{4}".prop_map(Peer::Group),
        ]
    }

    fn permissions() -> impl Strategy<Value = Permissions> {
        let protocol = prop_oneof!["tcp", "udp", "icmp", "-1", "50"];
        let one =
            (protocol, 0..9999_i32, 0..9999_i32, peer()).prop_map(|(protocol, a, b, peer)| {
                let (from, to) = ports(&protocol, Some(a.min(b)), Some(a.max(b)));
                Permission { protocol, from, to, peer }
            });
        proptest::collection::btree_map(one, proptest::option::of("[a-z]{1,5}"), 0..6)
    }

    proptest! {
        #[test]
        fn the_api_says_what_it_was_told(permissions in permissions()) {
            let api = all_to_api(&permissions);
            prop_assert_eq!(of_api(&api, "123456789012"), permissions);
        }
    }
}
