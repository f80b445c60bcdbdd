//! How far the rollout of an ECS service is. A rollout that ECS rolled back is a failure, though the service is then stable.

use crate::failure::{fail, found, is_unimplemented};
use crate::provider::Aws;
use crate::resource::Status;
use aws_sdk_ecs::types::{
    Deployment, DeploymentRolloutState, Service, ServiceDeployment, ServiceDeploymentStatus,
};
use plan::Failure;

/// Done when the newest deployment is complete and ECS's own verdict on it is no failure.
pub(crate) async fn status(aws: &Aws, service: &Service) -> Result<Status, Failure> {
    let primary = service.deployments().iter().find(|d| d.status() == Some("PRIMARY"));
    let Some(primary) = primary else { return Ok(by_count(service)) };
    match primary.rollout_state() {
        Some(DeploymentRolloutState::Failed) => {
            let why = primary.rollout_state_reason().unwrap_or("ECS gives no reason");
            return Ok(Status::Failed(format!("the deployment failed: {why}")));
        }
        Some(DeploymentRolloutState::Completed) => {}
        Some(_) => return Ok(Status::Waiting(progress(primary))),
        None => return Ok(by_count(service)),
    }
    Ok(match verdict(aws, service).await? {
        Some(deployment) => judged(&deployment),
        None => Status::Ready,
    })
}

/// Services that other controllers deploy have no rollout: one deployment with all tasks running is what there is to see.
fn by_count(service: &Service) -> Status {
    let (running, desired) = (service.running_count(), service.desired_count());
    if running == desired && service.deployments().len() <= 1 {
        Status::Ready
    } else {
        Status::Waiting(format!("{running} of {desired} tasks run"))
    }
}

fn progress(deployment: &Deployment) -> String {
    let (running, desired) = (deployment.running_count(), deployment.desired_count());
    match deployment.failed_tasks() {
        0 => format!("{running} of {desired} tasks run"),
        failed => format!("{running} of {desired} tasks run, {failed} failed"),
    }
}

/// The service's newest deployment as ECS judges it; `None` where there is none, or where the endpoint does not know of verdicts.
async fn verdict(aws: &Aws, service: &Service) -> Result<Option<ServiceDeployment>, Failure> {
    let ecs = &aws.calls.ecs;
    let list = ecs.list_service_deployments().set_service(service.service_arn.clone());
    let list = list.set_cluster(service.cluster_arn.clone()).send().await;
    if list.as_ref().is_err_and(|error| is_unimplemented(aws, error)) {
        return Ok(None);
    }
    let list = found("ecs:ListServiceDeployments", list)?;
    let all = list.and_then(|list| list.service_deployments).unwrap_or_default();
    let newest = all.into_iter().max_by_key(|brief| brief.created_at().map(|at| at.as_nanos()));
    let Some(arn) = newest.and_then(|brief| brief.service_deployment_arn) else { return Ok(None) };
    let call = ecs.describe_service_deployments().service_deployment_arns(arn);
    let answer = call.send().await.map_err(fail("ecs:DescribeServiceDeployments"))?;
    Ok(answer.service_deployments.into_iter().flatten().next())
}

fn judged(deployment: &ServiceDeployment) -> Status {
    use ServiceDeploymentStatus as S;
    let Some(status) = deployment.status() else { return Status::Ready };
    let why = deployment.status_reason().unwrap_or("ECS gives no reason");
    match status {
        S::Successful => Status::Ready,
        S::RollbackSuccessful => {
            Status::Failed(format!("the deployment failed and was rolled back: {why}"))
        }
        S::RollbackFailed => {
            Status::Failed(format!("the deployment failed, and so did its rollback: {why}"))
        }
        S::Stopped => Status::Failed(format!("the deployment was stopped: {why}")),
        other => Status::Waiting(format!("deployment is {}", other.as_str())),
    }
}
