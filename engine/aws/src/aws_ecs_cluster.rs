//! `aws_ecs_cluster`: ECS `CreateCluster`, which answers with a cluster of that name if there is one, so a create looks first;
//! `UpdateCluster`, `DeleteCluster`. Its key is the name, which its ARN ends in.

use crate::dialect::{Dialect, Form};
use crate::draft::Draft;
use crate::ecs;
use crate::failure::{fail, found, no_id, taken};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags;
use crate::wire::{self, Answer, adding};
use aws_sdk_ecs::types::{Cluster as ApiCluster, ClusterField};
use plan::Failure;
use serde_json::Value as Json;

pub(crate) struct Cluster;

const DIALECT: Dialect = Dialect {
    ty: "aws_ecs_cluster",
    capital: false,
    names: &[
        ("s3_bucket_encryption_enabled", "s3EncryptionEnabled", Form::Same),
        ("setting", "settings", Form::List),
    ],
};

const BLOCKS: [&str; 3] = ["configuration", "service_connect_defaults", "setting"];

impl Resource for Cluster {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let name = new.planned.str("name").unwrap_or_default();
        if describe(aws, name).await?.is_some() {
            return Err(taken("ecs:CreateCluster", &format!("the cluster `{name}`")));
        }
        let call = aws.once.ecs.create_cluster().cluster_name(name);
        let call = call.set_tags(Some(ecs::tags(tags::marked(new.planned, new.token))));
        let call = call.customize().map_request(adding(DIALECT.members(new.planned, &BLOCKS)));
        let answer = call.send().await.map_err(fail("ecs:CreateCluster"))?;
        let arn = answer.cluster().and_then(|cluster| cluster.cluster_arn());
        Ok(identified(new, arn.ok_or_else(|| no_id("ecs:CreateCluster"))?))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let cluster = describe(aws, new.planned.str("name").unwrap_or_default()).await?;
        let ours = cluster
            .filter(|(cluster, _)| tags::made_by(&ecs::read_tags(cluster.tags()), new.token))
            .and_then(|(cluster, _)| cluster.cluster_arn);
        Ok(ours.map(|arn| identified(new, &arn)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some((cluster, answer)) = describe(aws, known.id()).await? else { return Ok(None) };
        let mut draft = known.draft();
        let arn = cluster.cluster_arn();
        draft.set("id", arn).set("arn", arn).set("name", cluster.cluster_name());
        DIALECT.write(&mut draft, &BLOCKS, &answer);
        tags::write(&mut draft, known.object, ecs::read_tags(cluster.tags()));
        let state = cluster.status().unwrap_or_default();
        Ok(Some(Seen::in_state(draft, state, "ACTIVE", &["FAILED"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&BLOCKS)?;
        let touched: Vec<_> = BLOCKS.into_iter().filter(|name| change.touches(&[name])).collect();
        if !touched.is_empty() {
            let call = aws.calls.ecs.update_cluster().cluster(change.id());
            let members = DIALECT.members(change.planned, &touched);
            let call = call.customize().map_request(adding(members));
            call.send().await.map_err(fail("ecs:UpdateCluster"))?;
        }
        ecs::retag(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let call = aws.calls.ecs.delete_cluster().cluster(known.id());
        call.send().await.map(drop).map_err(fail("ecs:DeleteCluster"))
    }
}

fn identified(new: &New<'_>, arn: &str) -> Draft {
    let mut draft = new.draft(arn);
    draft.set("arn", arn);
    draft
}

/// The cluster of this name or ARN, as the SDK and as the API has it. An inactive one is none: it only waits to be forgotten.
pub(crate) async fn describe(
    aws: &Aws,
    cluster: &str,
) -> Result<Option<(ApiCluster, Json)>, Failure> {
    let answer = Answer::default();
    let include = [
        ClusterField::Configurations,
        ClusterField::Settings,
        ClusterField::Tags,
        ClusterField::Attachments,
    ];
    let call =
        aws.calls.ecs.describe_clusters().clusters(cluster).set_include(Some(include.to_vec()));
    let sent = call.customize().interceptor(answer.clone()).send().await;
    let clusters = found("ecs:DescribeClusters", sent)?.and_then(|sent| sent.clusters);
    let cluster = clusters.into_iter().flatten().next();
    let cluster = cluster.filter(|cluster| cluster.status() != Some("INACTIVE"));
    Ok(cluster.map(|cluster| (cluster, wire::first(answer.take(), "clusters"))))
}
