//! How many objects of a kind the account may have in the region, and has: Service Quotas for VPC, and what EC2, load balancing and IAM say of
//! themselves. Codes: the service quotas pages of the VPC User Guide.

use crate::args::Args;
use crate::ec2::filter;
use crate::failure::{fail, internal};
use crate::provider::Aws;
use crate::signed::SERVICE_QUOTAS;
use aws_sdk_ec2::types::AccountAttributeName;
use aws_sdk_elasticloadbalancingv2::types::LoadBalancerTypeEnum;
use aws_sdk_iam::types::SummaryKeyType;
use plan::{Failure, Quota};
use serde_json::{Value as Json, json};
use stack::Value;

const VPCS: &str = "VPCs per Region";
const INTERNET_GATEWAYS: &str = "Internet gateways per Region";
const SECURITY_GROUPS: &str = "VPC security groups per Region";
const ADDRESSES: &str = "EC2-VPC Elastic IPs";
const APPLICATION: &str = "Application Load Balancers per Region";
const NETWORK: &str = "Network Load Balancers per Region";
const GATEWAY: &str = "Gateway Load Balancers per Region";
const TARGET_GROUPS: &str = "Target Groups per Region";
const ROLES: &str = "Roles per account";
const POLICIES: &str = "Customer managed policies per account";

/// The quota that an object counts toward.
pub(crate) fn of(ty: &str, object: &Value) -> Option<&'static str> {
    Some(match ty {
        "aws_vpc" => VPCS,
        "aws_internet_gateway" => INTERNET_GATEWAYS,
        "aws_security_group" => SECURITY_GROUPS,
        "aws_eip" => ADDRESSES,
        "aws_lb" | "aws_alb" => match Args(object).str("load_balancer_type") {
            Some("network") => NETWORK,
            Some("gateway") => GATEWAY,
            _ => APPLICATION,
        },
        "aws_lb_target_group" | "aws_alb_target_group" => TARGET_GROUPS,
        "aws_iam_role" => ROLES,
        "aws_iam_policy" => POLICIES,
        _ => return None,
    })
}

/// One of those quotas as it stands.
pub(crate) async fn read(aws: &Aws, name: &str) -> Result<Quota, Failure> {
    match name {
        VPCS => of_vpc(aws, "L-F678F1CE", vpcs(aws).await?).await,
        INTERNET_GATEWAYS => of_vpc(aws, "L-A4707A72", gateways(aws).await?).await,
        SECURITY_GROUPS => of_vpc(aws, "L-E79EC296", groups(aws).await?).await,
        ADDRESSES => addresses(aws).await,
        APPLICATION => {
            balancers(aws, LoadBalancerTypeEnum::Application, "application-load-balancers").await
        }
        NETWORK => balancers(aws, LoadBalancerTypeEnum::Network, "network-load-balancers").await,
        GATEWAY => balancers(aws, LoadBalancerTypeEnum::Gateway, "gateway-load-balancers").await,
        TARGET_GROUPS => {
            let pages = aws.calls.elb.describe_target_groups().into_paginator().items().send();
            let all = pages.collect::<Result<Vec<_>, _>>().await;
            let all = all.map_err(fail("elasticloadbalancing:DescribeTargetGroups"))?;
            of_balancing(aws, "target-groups", all.len()).await
        }
        ROLES => of_iam(aws, "Roles", "RolesQuota").await,
        POLICIES => of_iam(aws, "Policies", "PoliciesQuota").await,
        other => Err(internal(format!("the quota `{other}` cannot be read"))),
    }
}

/// A quota of VPC, by its code; an account for which none was ever set has AWS's own.
async fn of_vpc(aws: &Aws, code: &str, used: usize) -> Result<Quota, Failure> {
    let input = json!({"ServiceCode": "vpc", "QuotaCode": code});
    let ask = async |operation: &str| aws.signed().json(&SERVICE_QUOTAS, operation, &input).await;
    let answer = match ask("GetServiceQuota").await {
        Err(refusal) if refusal.code == "NoSuchResourceException" => {
            ask("GetAWSDefaultServiceQuota").await?
        }
        other => other?,
    };
    let most = answer.pointer("/Quota/Value").and_then(Json::as_f64);
    let most = most.ok_or_else(|| internal(format!("the answer holds no quota `{code}`")))?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a quota is a whole number, and `as` takes what is beyond for the nearest"
    )]
    let most = most as u64;
    Ok(quota(most, used, &format!("quota {code} of vpc in Service Quotas")))
}

async fn vpcs(aws: &Aws) -> Result<usize, Failure> {
    let own = filter("owner-id", &aws.caller().await?.id);
    let pages = aws.calls.ec2.describe_vpcs().filters(own).into_paginator().items().send();
    let all = pages.collect::<Result<Vec<_>, _>>().await;
    Ok(all.map_err(fail("ec2:DescribeVpcs"))?.len())
}

async fn gateways(aws: &Aws) -> Result<usize, Failure> {
    let own = filter("owner-id", &aws.caller().await?.id);
    let call = aws.calls.ec2.describe_internet_gateways().filters(own);
    let all = call.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    Ok(all.map_err(fail("ec2:DescribeInternetGateways"))?.len())
}

async fn groups(aws: &Aws) -> Result<usize, Failure> {
    let own = filter("owner-id", &aws.caller().await?.id);
    let call = aws.calls.ec2.describe_security_groups().filters(own);
    let all = call.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    Ok(all.map_err(fail("ec2:DescribeSecurityGroups"))?.len())
}

async fn addresses(aws: &Aws) -> Result<Quota, Failure> {
    // The type has no name for VPC's own attribute.
    let name = AccountAttributeName::from("vpc-max-elastic-ips");
    let call = aws.calls.ec2.describe_account_attributes().attribute_names(name.clone());
    let answer = call.send().await.map_err(fail("ec2:DescribeAccountAttributes"))?;
    let says = |of: &aws_sdk_ec2::types::AccountAttribute| {
        let value = of.attribute_values().first()?.attribute_value()?;
        value.parse().ok().filter(|_| of.attribute_name() == Some(name.as_str()))
    };
    let most = answer.account_attributes().iter().find_map(says);
    let most = most.ok_or_else(|| internal("the answer holds no quota of addresses".to_owned()))?;
    let call = aws.calls.ec2.describe_addresses();
    let all = call.send().await.map_err(fail("ec2:DescribeAddresses"))?;
    let raise = "quota L-0263D0A3 of ec2 in Service Quotas";
    Ok(quota(most, all.addresses().len(), raise))
}

async fn balancers(aws: &Aws, of: LoadBalancerTypeEnum, limit: &str) -> Result<Quota, Failure> {
    let pages = aws.calls.elb.describe_load_balancers().into_paginator().items().send();
    let all = pages.collect::<Result<Vec<_>, _>>().await;
    let all = all.map_err(fail("elasticloadbalancing:DescribeLoadBalancers"))?;
    of_balancing(aws, limit, all.iter().filter(|one| one.r#type() == Some(&of)).count()).await
}

async fn of_balancing(aws: &Aws, name: &str, used: usize) -> Result<Quota, Failure> {
    let answer = aws.calls.elb.describe_account_limits().page_size(400).send().await;
    let answer = answer.map_err(fail("elasticloadbalancing:DescribeAccountLimits"))?;
    let limit = answer.limits().iter().find(|limit| limit.name() == Some(name));
    let most = limit.and_then(|limit| limit.max()?.parse().ok());
    let most = most.ok_or_else(|| internal(format!("the answer holds no limit `{name}`")))?;
    Ok(quota(most, used, &format!("the limit `{name}` of elasticloadbalancing in Service Quotas")))
}

async fn of_iam(aws: &Aws, used: &str, limit: &str) -> Result<Quota, Failure> {
    let answer = aws.calls.iam.get_account_summary().send().await;
    let answer = answer.map_err(fail("iam:GetAccountSummary"))?;
    let says = |name: &str| {
        let number = answer.summary_map()?.get(&SummaryKeyType::from(name)).copied();
        number.and_then(|number| u64::try_from(number).ok())
    };
    let (Some(used), Some(most)) = (says(used), says(limit)) else {
        return Err(internal(format!("the answer does not say `{limit}`")));
    };
    Ok(Quota { most, used, raise: format!("`{limit}` of iam in Service Quotas") })
}

fn quota(most: u64, used: usize, raise: &str) -> Quota {
    Quota { most, used: used as u64, raise: raise.to_owned() }
}
