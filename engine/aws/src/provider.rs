//! The provider: which type is which file, and who is calling.

use crate::args::Args;
use crate::client::{self, Clients, Options};
use crate::failure::{self, fail};
use crate::ignored_tags::IgnoredTags;
use crate::resource::{Change, Dispatch, New};
use crate::signed::Signed;
use crate::{data, quota, resource};
use plan::{
    Account, Created, Failure, FailureKind, Found, Identity, Pending, Progress, Provider, Quota,
    Settled, Token,
};
use stack::{Type, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OnceCell, OwnedMutexGuard};

/// AWS, as one caller in one region sees it.
#[derive(Debug)]
pub struct Aws {
    /// For calls that may be repeated: the SDK tries three times.
    pub(crate) calls: Clients,
    /// For creates: each call is sent once, and the engine decides what to do about a lost answer.
    pub(crate) once: Clients,
    /// For services without a client.
    signed: Signed,
    region: String,
    ignored_tags: IgnoredTags,
    is_elsewhere: bool,
    account: OnceCell<Account>,
    locks: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl Aws {
    /// Loads the configuration. No call is made; [`Provider::account`] makes the first.
    pub async fn connect(options: &Options) -> Result<Self, Failure> {
        let (config, region) = client::load(options).await?;
        Ok(Self {
            calls: Clients::new(&config, &options.endpoints),
            once: Clients::new(&client::once(&config), &options.endpoints),
            signed: Signed::new(&config, &region, &options.endpoints),
            region,
            ignored_tags: options.ignored_tags.clone(),
            is_elsewhere: config.endpoint_url().is_some() || !options.endpoints.is_empty(),
            account: OnceCell::new(),
            locks: Mutex::default(),
        })
    }

    /// The region that calls go to.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Calls to services that have no SDK crate here.
    pub fn signed(&self) -> &Signed {
        &self.signed
    }

    /// Calls go to an endpoint that the user named: AWS's own behind another name, or a double of it.
    pub(crate) fn is_elsewhere(&self) -> bool {
        self.is_elsewhere
    }

    /// `aws`, `aws-cn`, `aws-us-gov`: what ARNs of this region start with.
    pub(crate) fn partition(&self) -> &'static str {
        match self.region.as_str() {
            region if region.starts_with("cn-") => "aws-cn",
            region if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }

    /// `arn:aws:ec2:eu-west-3:123456789012:vpc/vpc-1`
    pub(crate) fn ec2_arn(&self, owner: &str, resource: &str) -> String {
        format!("arn:{}:ec2:{}:{owner}:{resource}", self.partition(), self.region)
    }

    /// The calling account, asked for once.
    pub(crate) async fn caller(&self) -> Result<&Account, Failure> {
        let ask = || async {
            let answer = self.calls.sts.get_caller_identity().send().await;
            let answer = answer.map_err(fail("sts:GetCallerIdentity"))?;
            Ok(Account {
                id: answer.account().unwrap_or_default().to_owned(),
                arn: answer.arn().unwrap_or_default().to_owned(),
                region: self.region.clone(),
                partition: self.partition().to_owned(),
            })
        };
        self.account.get_or_try_init(ask).await
    }

    /// Waits for its turn at an object that takes one change at a time, such as a security group's rules.
    pub(crate) async fn turn(&self, object: &str) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(locks.entry(object.to_owned()).or_default())
        };
        lock.lock_owned().await
    }
}

/// The implementation of a resource type.
fn implementation(ty: &str) -> Option<&'static dyn Dispatch> {
    Some(match ty {
        "aws_acm_certificate" => &crate::aws_acm_certificate::Certificate,
        "aws_appautoscaling_policy" => &crate::aws_appautoscaling_policy::ScalingPolicy,
        "aws_appautoscaling_target" => &crate::aws_appautoscaling_target::ScalableTarget,
        "aws_cloudwatch_dashboard" => &crate::aws_cloudwatch_dashboard::Dashboard,
        "aws_cloudwatch_log_group" => &crate::aws_cloudwatch_log_group::LogGroup,
        "aws_cloudwatch_metric_alarm" => &crate::aws_cloudwatch_metric_alarm::MetricAlarm,
        "aws_ecr_lifecycle_policy" => &crate::aws_ecr_lifecycle_policy::LifecyclePolicy,
        "aws_ecr_repository" => &crate::aws_ecr_repository::Repository,
        "aws_ecs_cluster" => &crate::aws_ecs_cluster::Cluster,
        "aws_ecs_cluster_capacity_providers" => {
            &crate::aws_ecs_cluster_capacity_providers::ClusterCapacityProviders
        }
        "aws_ecs_service" => &crate::aws_ecs_service::Service,
        "aws_ecs_task_definition" => &crate::aws_ecs_task_definition::TaskDefinition,
        "aws_eip" => &crate::aws_eip::Eip,
        "aws_iam_policy" => &crate::aws_iam_policy::Policy,
        "aws_iam_role" => &crate::aws_iam_role::Role,
        "aws_iam_role_policy" => &crate::aws_iam_role_policy::RolePolicy,
        "aws_iam_role_policy_attachment" => {
            &crate::aws_iam_role_policy_attachment::RolePolicyAttachment
        }
        "aws_internet_gateway" => &crate::aws_internet_gateway::InternetGateway,
        "aws_kms_key" => &crate::aws_kms_key::Key,
        "aws_alb" | "aws_lb" => &crate::aws_lb::Lb,
        "aws_alb_listener" | "aws_lb_listener" => &crate::aws_lb_listener::Listener,
        "aws_alb_listener_rule" | "aws_lb_listener_rule" => {
            &crate::aws_lb_listener_rule::ListenerRule
        }
        "aws_alb_target_group" | "aws_lb_target_group" => &crate::aws_lb_target_group::TargetGroup,
        "aws_nat_gateway" => &crate::aws_nat_gateway::NatGateway,
        "aws_route" => &crate::aws_route::Route,
        "aws_route_table" => &crate::aws_route_table::RouteTable,
        "aws_route_table_association" => &crate::aws_route_table_association::RouteTableAssociation,
        "aws_s3_bucket" => &crate::aws_s3_bucket::Bucket,
        "aws_secretsmanager_secret" => &crate::aws_secretsmanager_secret::Secret,
        "aws_security_group" => &crate::aws_security_group::SecurityGroup,
        "aws_security_group_rule" => &crate::aws_security_group_rule::SecurityGroupRule,
        "aws_ssm_parameter" => &crate::aws_ssm_parameter::Parameter,
        "aws_subnet" => &crate::aws_subnet::Subnet,
        "aws_vpc" => &crate::aws_vpc::Vpc,
        "aws_vpc_endpoint" => &crate::aws_vpc_endpoint::VpcEndpoint,
        "aws_vpc_security_group_egress_rule" => {
            &crate::aws_vpc_security_group_egress_rule::EGRESS_RULE
        }
        "aws_vpc_security_group_ingress_rule" => {
            &crate::aws_vpc_security_group_ingress_rule::INGRESS_RULE
        }
        _ => return None,
    })
}

/// The implementation, and the type of its objects.
fn lookup(ty: &str) -> Result<(&'static dyn Dispatch, Type), Failure> {
    implementation(ty).zip(plan::shape::of_type(ty)).ok_or_else(|| Failure {
        kind: FailureKind::Unsupported,
        ..failure::internal(format!("`{ty}` cannot be applied"))
    })
}

impl Provider for Aws {
    fn handles(&self, ty: &str) -> bool {
        implementation(ty).is_some()
    }

    fn account(&self) -> Pending<'_, Result<Account, Failure>> {
        Box::pin(async { self.caller().await.cloned() })
    }

    fn read<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<Option<Value>, Failure>> {
        Box::pin(async move {
            let (implementation, ty) = lookup(object.ty)?;
            let read = implementation.read(self, resource::known(&ty, object)?).await?;
            Ok(read.map(|object| self.ignored_tags.strip(object)))
        })
    }

    fn data<'a>(
        &'a self,
        ty: &'a str,
        arguments: &'a Value,
    ) -> Pending<'a, Result<Value, Failure>> {
        Box::pin(async move {
            let read = data::read(self, ty, arguments).await?;
            Ok(self.ignored_tags.strip(read))
        })
    }

    fn image<'a>(&'a self, image: &'a str) -> Pending<'a, Result<bool, Failure>> {
        Box::pin(data::aws_ecr_image::is_there(self, image))
    }

    fn quota_of(&self, ty: &str, object: &Value) -> Option<&'static str> {
        quota::of(ty, object)
    }

    fn quota<'a>(&'a self, name: &'a str) -> Pending<'a, Result<Quota, Failure>> {
        Box::pin(quota::read(self, name))
    }

    fn create<'a>(
        &'a self,
        ty: &'a str,
        planned: &'a Value,
        token: &'a Token,
        progress: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>> {
        Box::pin(async move {
            let (implementation, ty) = lookup(ty)?;
            let new = New { ty: &ty, planned: Args(planned), token };
            implementation.create(self, new, progress).await
        })
    }

    fn find<'a>(
        &'a self,
        ty: &'a str,
        planned: &'a Value,
        token: &'a Token,
    ) -> Pending<'a, Result<Option<Found>, Failure>> {
        Box::pin(async move {
            let (implementation, ty) = lookup(ty)?;
            implementation.find(self, New { ty: &ty, planned: Args(planned), token }).await
        })
    }

    fn settle<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<Settled, Failure>> {
        Box::pin(async move {
            let (implementation, ty) = lookup(object.ty)?;
            Ok(match implementation.settle(self, resource::known(&ty, object)?).await? {
                Settled::Ready(object) => Settled::Ready(self.ignored_tags.strip(object)),
                waiting @ Settled::Waiting(_) => waiting,
            })
        })
    }

    fn update<'a>(
        &'a self,
        ty: &'a str,
        prior: &'a Value,
        planned: &'a Value,
        _progress: &'a dyn Progress,
    ) -> Pending<'a, Result<Created, Failure>> {
        Box::pin(async move {
            let (implementation, ty) = lookup(ty)?;
            let change = Change { ty: &ty, prior: Args(prior), planned: Args(planned) };
            implementation.update(self, change).await
        })
    }

    fn delete<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let (implementation, ty) = lookup(object.ty)?;
            implementation.delete(self, resource::known(&ty, object)?).await
        })
    }

    fn gone<'a>(&'a self, object: Identity<'a>) -> Pending<'a, Result<bool, Failure>> {
        Box::pin(async move {
            let (implementation, ty) = lookup(object.ty)?;
            implementation.gone(self, resource::known(&ty, object)?).await
        })
    }
}
