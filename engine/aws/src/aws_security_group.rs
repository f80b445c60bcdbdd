//! `aws_security_group`: EC2 `CreateSecurityGroup`, rules written inline, `DeleteSecurityGroup`. AWS's own allow-all egress rule is
//! taken away, as Terraform does.

use crate::draft::Draft;
use crate::ec2::{self, by_token, filter};
use crate::failure::{fail, found, no_id};
use crate::inline_rules::{self as rules, Written};
use crate::permission::{self, Direction, Peer, Permission, Permissions, of_api};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, name_prefix};
use crate::tags;
use aws_sdk_ec2::types::{ResourceType, SecurityGroup as Group};
use plan::{Failure, FailureKind};

pub(crate) struct SecurityGroup;

impl Resource for SecurityGroup {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let name = new.name("terraform-");
        let call = aws
            .once
            .ec2
            .create_security_group()
            .group_name(&name)
            .description(new.planned.str("description").unwrap_or("Managed by Terraform"))
            .set_vpc_id(new.planned.text("vpc_id"))
            .tag_specifications(ec2::tagged(new, ResourceType::SecurityGroup));
        let answer = call.send().await.map_err(fail("ec2:CreateSecurityGroup"))?;
        let mut draft =
            new.draft(answer.group_id().ok_or_else(|| no_id("ec2:CreateSecurityGroup"))?);
        draft.set("name", name);
        Ok(draft)
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let id = draft.str("id").unwrap_or_default().to_owned();
        let Some(group) = describe(aws, &id).await? else { return Err(not_visible()) };
        for direction in [Direction::Ingress, Direction::Egress] {
            let wanted = rules::wanted(new.planned, direction, &id);
            let born = match direction {
                Direction::Ingress => Permissions::new(),
                Direction::Egress => allow_all(),
            };
            converge(aws, &group, direction, &born, &wanted.unwrap_or_default()).await?;
        }
        Ok(())
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let call = aws.calls.ec2.describe_security_groups().filters(by_token(new.token));
        let answer = call.send().await.map_err(fail("ec2:DescribeSecurityGroups"))?;
        let Some(group) = answer.security_groups().first() else { return Ok(None) };
        let mut draft = new.draft(group.group_id().unwrap_or_default());
        draft.set("name", group.group_name());
        Ok(Some(draft))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(group) = describe(aws, known.id()).await? else { return Ok(None) };
        let owner = group.owner_id().unwrap_or_default();
        let name = group.group_name().unwrap_or_default();
        let mut draft = known.draft();
        draft
            .set("arn", aws.ec2_arn(owner, &format!("security-group/{}", known.id())))
            .set("owner_id", owner)
            .set("name", name)
            .set("name_prefix", name_prefix(name))
            .set("description", group.description())
            .set("vpc_id", group.vpc_id());
        for direction in [Direction::Ingress, Direction::Egress] {
            let actual = of_api(permissions(&group, direction), owner);
            let written = Written { group: known.id(), rules: known.object, direction };
            draft.set(direction.name(), written.grouped(actual));
        }
        tags::write(&mut draft, known.object, ec2::read_tags(group.tags()));
        Ok(Some(Seen::ready(draft).agreeing(known, &["ingress", "egress"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["ingress", "egress", "revoke_rules_on_delete"])?;
        let id = change.id();
        for direction in [Direction::Ingress, Direction::Egress] {
            if change.touches(&[direction.name()]) {
                let Some(group) = describe(aws, id).await? else { return Err(not_visible()) };
                let old = rules::wanted(change.prior, direction, id).unwrap_or_default();
                let new = rules::wanted(change.planned, direction, id).unwrap_or_default();
                converge(aws, &group, direction, &old, &new).await?;
            }
        }
        ec2::retag(aws, id, change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        if known.object.is("revoke_rules_on_delete") {
            let Some(group) = describe(aws, known.id()).await? else { return Ok(()) };
            for direction in [Direction::Ingress, Direction::Egress] {
                let all =
                    of_api(permissions(&group, direction), group.owner_id().unwrap_or_default());
                permission::revoke(aws, known.id(), direction, &all).await?;
            }
        }
        let answer = aws.calls.ec2.delete_security_group().group_id(known.id()).send().await;
        match answer.map_err(fail("ec2:DeleteSecurityGroup")) {
            Ok(_) => Ok(()),
            Err(failure) => Err(ec2::blamed(aws, failure, filter("group-id", known.id())).await),
        }
    }
}

/// Takes from the group what of `old` is not wanted, and adds what is wanted and not there. What others added stays.
async fn converge(
    aws: &Aws,
    group: &Group,
    direction: Direction,
    old: &Permissions,
    wanted: &Permissions,
) -> Result<(), Failure> {
    let id = group.group_id().unwrap_or_default();
    let _turn = aws.turn(id).await;
    let actual = of_api(permissions(group, direction), group.owner_id().unwrap_or_default());
    let pick = |from: &Permissions, keep: &dyn Fn(&Permission, &Option<String>) -> bool| {
        from.iter().filter(|(p, d)| keep(p, d)).map(|(p, d)| (p.clone(), d.clone())).collect()
    };
    let surplus = pick(old, &|p, _| actual.contains_key(p) && !wanted.contains_key(p));
    let missing = pick(wanted, &|p, _| !actual.contains_key(p));
    let renamed = pick(wanted, &|p, d| actual.get(p).is_some_and(|there| there != d));
    permission::authorize(aws, id, direction, &missing).await?;
    permission::revoke(aws, id, direction, &surplus).await?;
    permission::describe(aws, id, direction, &renamed).await
}

/// The egress rule that every new group has, and its IPv6 twin where the VPC has IPv6.
fn allow_all() -> Permissions {
    let to = |peer| Permission { protocol: "-1".to_owned(), from: 0, to: 0, peer };
    let peers = [Peer::V4("0.0.0.0/0".to_owned()), Peer::V6("::/0".to_owned())];
    peers.into_iter().map(|peer| (to(peer), None)).collect()
}

fn permissions(group: &Group, direction: Direction) -> &[aws_sdk_ec2::types::IpPermission] {
    match direction {
        Direction::Ingress => group.ip_permissions(),
        Direction::Egress => group.ip_permissions_egress(),
    }
}

/// A group by its id.
pub(crate) async fn describe(aws: &Aws, id: &str) -> Result<Option<Group>, Failure> {
    let answer = aws.calls.ec2.describe_security_groups().group_ids(id).send().await;
    let answer = found("ec2:DescribeSecurityGroups", answer)?;
    Ok(answer.and_then(|answer| answer.security_groups().first().cloned()))
}

fn not_visible() -> Failure {
    let failure = crate::failure::internal("the security group is not visible yet".to_owned());
    Failure {
        kind: FailureKind::Retry,
        operation: "ec2:DescribeSecurityGroups".to_owned(),
        ..failure
    }
}
