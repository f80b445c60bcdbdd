//! What `aws_vpc_security_group_ingress_rule` and `aws_vpc_security_group_egress_rule` share: one rule with an id and tags of its
//! own. EC2 `AuthorizeSecurityGroupIngress` or `-Egress`, `ModifySecurityGroupRules`, and revocation by id.

use crate::args::Args;
use crate::draft::Draft;
use crate::ec2::{self, by_token, filter};
use crate::failure::{fail, found, no_id};
use crate::permission::Direction;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags;
use aws_sdk_ec2::types::{
    IpPermission, IpRange, Ipv6Range, PrefixListId, ResourceType, SecurityGroupRuleRequest,
    SecurityGroupRuleUpdate, UserIdGroupPair,
};
use plan::Failure;

/// A rule of one direction.
pub(crate) struct VpcSecurityGroupRule(pub(crate) Direction);

const RULE: [&str; 8] = [
    "cidr_ipv4",
    "cidr_ipv6",
    "description",
    "from_port",
    "ip_protocol",
    "prefix_list_id",
    "referenced_security_group_id",
    "to_port",
];

impl Resource for VpcSecurityGroupRule {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let group = new.planned.str("security_group_id").unwrap_or_default();
        let _turn = aws.turn(group).await;
        let (ec2, permission) = (&aws.once.ec2, permission(new.planned));
        let tags = ec2::tagged(new, ResourceType::SecurityGroupRule);
        let rules = match self.0 {
            Direction::Ingress => {
                let call = ec2.authorize_security_group_ingress().group_id(group);
                let call = call.ip_permissions(permission).tag_specifications(tags).send().await;
                let answer = call.map_err(fail("ec2:AuthorizeSecurityGroupIngress"))?;
                answer.security_group_rules.unwrap_or_default()
            }
            Direction::Egress => {
                let call = ec2.authorize_security_group_egress().group_id(group);
                let call = call.ip_permissions(permission).tag_specifications(tags).send().await;
                let answer = call.map_err(fail("ec2:AuthorizeSecurityGroupEgress"))?;
                answer.security_group_rules.unwrap_or_default()
            }
        };
        let id = rules.first().and_then(|rule| rule.security_group_rule_id());
        Ok(new.draft(id.ok_or_else(|| no_id("ec2:AuthorizeSecurityGroup"))?))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let group = new.planned.str("security_group_id").unwrap_or_default();
        let call = aws.calls.ec2.describe_security_group_rules();
        let call = call.filters(by_token(new.token)).filters(filter("group-id", group));
        let answer = call.send().await.map_err(fail("ec2:DescribeSecurityGroupRules"))?;
        let id =
            answer.security_group_rules().iter().find_map(|rule| rule.security_group_rule_id());
        Ok(id.map(|id| new.draft(id)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let call = aws.calls.ec2.describe_security_group_rules();
        let answer = call.security_group_rule_ids(known.id()).send().await;
        let Some(answer) = found("ec2:DescribeSecurityGroupRules", answer)? else {
            return Ok(None);
        };
        let Some(rule) = answer.security_group_rules().first() else { return Ok(None) };
        let owner = match rule.group_owner_id() {
            Some(owner) => owner,
            None => &aws.caller().await?.id,
        };
        let group = rule.referenced_group_info().and_then(|group| {
            let id = group.group_id()?;
            let other = group.user_id().filter(|user| !user.is_empty() && *user != owner);
            Some(other.map_or(id.to_owned(), |user| format!("{user}/{id}")))
        });
        let mut draft = known.draft();
        draft
            .set("arn", aws.ec2_arn(owner, &format!("security-group-rule/{}", known.id())))
            .set("security_group_rule_id", known.id())
            .set("security_group_id", rule.group_id())
            .text("cidr_ipv4", rule.cidr_ipv4())
            .text("cidr_ipv6", rule.cidr_ipv6())
            .text("description", rule.description())
            .text("prefix_list_id", rule.prefix_list_id())
            .text("referenced_security_group_id", group.as_deref());
        // The configuration may spell a protocol by its number, and the API then answers with its name.
        let spelled =
            crate::permission::protocol(known.object.str("ip_protocol").unwrap_or_default());
        if rule.ip_protocol() != Some(spelled.as_str()) {
            draft.set("ip_protocol", rule.ip_protocol());
        }
        // All protocols have no ports, but the API says -1.
        let port = |port: Option<i32>| port.filter(|_| rule.ip_protocol() != Some("-1"));
        for (name, port) in
            [("from_port", port(rule.from_port())), ("to_port", port(rule.to_port()))]
        {
            if port.is_some() || known.object.int(name).is_some_and(|port| port != -1) {
                draft.set(name, port);
            }
        }
        tags::write(&mut draft, known.object, ec2::read_tags(rule.tags()));
        Ok(Some(Seen::ready(draft)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&RULE)?;
        if change.touches(&RULE) {
            let group = change.prior.str("security_group_id").unwrap_or_default();
            let _turn = aws.turn(group).await;
            let update = SecurityGroupRuleUpdate::builder()
                .security_group_rule_id(change.id())
                .security_group_rule(request(change.planned))
                .build();
            let call = aws.calls.ec2.modify_security_group_rules().group_id(group);
            let call = call.security_group_rules(update);
            call.send().await.map_err(fail("ec2:ModifySecurityGroupRules"))?;
        }
        ec2::retag(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let group = known.object.str("security_group_id").unwrap_or_default();
        let _turn = aws.turn(group).await;
        match self.0 {
            Direction::Ingress => {
                let call = aws.calls.ec2.revoke_security_group_ingress().group_id(group);
                let call = call.security_group_rule_ids(known.id()).send().await;
                call.map(drop).map_err(fail("ec2:RevokeSecurityGroupIngress"))
            }
            Direction::Egress => {
                let call = aws.calls.ec2.revoke_security_group_egress().group_id(group);
                let call = call.security_group_rule_ids(known.id()).send().await;
                call.map(drop).map_err(fail("ec2:RevokeSecurityGroupEgress"))
            }
        }
    }
}

/// The referenced group's account, when it is written, and its id.
fn referenced(args: Args<'_>) -> Option<(Option<&str>, &str)> {
    let group = args.str("referenced_security_group_id")?;
    Some(group.split_once('/').map_or((None, group), |(user, id)| (Some(user), id)))
}

fn permission(args: Args<'_>) -> IpPermission {
    let description = args.text("description");
    let ipv4 = args.str("cidr_ipv4").map(|range| {
        IpRange::builder().cidr_ip(range).set_description(description.clone()).build()
    });
    let ipv6 = args.str("cidr_ipv6").map(|range| {
        Ipv6Range::builder().cidr_ipv6(range).set_description(description.clone()).build()
    });
    let list = args.str("prefix_list_id").map(|id| {
        PrefixListId::builder().prefix_list_id(id).set_description(description.clone()).build()
    });
    let group = referenced(args).map(|(user, id)| {
        UserIdGroupPair::builder()
            .group_id(id)
            .set_user_id(user.map(str::to_owned))
            .set_description(description.clone())
            .build()
    });
    IpPermission::builder()
        .set_ip_protocol(args.text("ip_protocol"))
        .set_from_port(args.int("from_port"))
        .set_to_port(args.int("to_port"))
        .set_ip_ranges(ipv4.map(|range| vec![range]))
        .set_ipv6_ranges(ipv6.map(|range| vec![range]))
        .set_prefix_list_ids(list.map(|list| vec![list]))
        .set_user_id_group_pairs(group.map(|group| vec![group]))
        .build()
}

fn request(args: Args<'_>) -> SecurityGroupRuleRequest {
    SecurityGroupRuleRequest::builder()
        .set_cidr_ipv4(args.text("cidr_ipv4"))
        .set_cidr_ipv6(args.text("cidr_ipv6"))
        .set_description(args.text("description"))
        .set_from_port(args.int("from_port"))
        .set_ip_protocol(args.text("ip_protocol"))
        .set_prefix_list_id(args.text("prefix_list_id"))
        .set_referenced_group_id(referenced(args).map(|(_, id)| id.to_owned()))
        .set_to_port(args.int("to_port"))
        .build()
}
