//! `aws_ecs_cluster_capacity_providers`: ECS `PutClusterCapacityProviders`, which overwrites, so a create looks first. Its key is the
//! cluster.

use crate::args::Args;
use crate::aws_ecs_cluster::describe;
use crate::dialect::{Dialect, Form};
use crate::draft::Draft;
use crate::failure::{absent, fail, taken};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::wire::{Members, adding};
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};

pub(crate) struct ClusterCapacityProviders;

const DIALECT: Dialect = Dialect {
    ty: "aws_ecs_cluster_capacity_providers",
    capital: false,
    names: &[("capacity_providers", "capacityProviders", Form::Same)],
};

const FIELDS: [&str; 2] = ["capacity_providers", "default_capacity_provider_strategy"];

impl Resource for ClusterCapacityProviders {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let cluster = cluster(new.planned);
        let there = describe(aws, cluster).await?;
        if there.is_some_and(|(_, answer)| !is_empty(&answer)) {
            let what = format!("the list of capacity providers of cluster `{cluster}`");
            return Err(taken("ecs:PutClusterCapacityProviders", &what));
        }
        put(aws, cluster, DIALECT.changed(new.planned, &FIELDS)).await.map_err(soon)?;
        Ok(new.draft(cluster))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let cluster = cluster(new.planned);
        let Some((_, answer)) = describe(aws, cluster).await? else { return Ok(None) };
        let (mut there, planned) = (new.draft(cluster), new.draft(cluster).value());
        DIALECT.write(&mut there, &FIELDS, &answer);
        let ours = !Args(&planned).any_differs(Args(&there.value()), &FIELDS);
        Ok(ours.then(|| new.draft(cluster)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some((cluster, answer)) = describe(aws, known.id()).await? else { return Ok(None) };
        let asked_for_some = FIELDS.iter().any(|name| {
            known.object.0.get(name).is_some_and(|value| value.elements().next().is_some())
        });
        if is_empty(&answer) && asked_for_some {
            return Ok(None);
        }
        let mut draft = known.draft();
        draft.set("cluster_name", cluster.cluster_name());
        DIALECT.write(&mut draft, &FIELDS, &answer);
        let state = cluster.attachments_status().unwrap_or("UPDATE_COMPLETE");
        let seen = Seen::in_state(draft, state, "UPDATE_COMPLETE", &["UPDATE_FAILED"]);
        Ok(Some(seen.agreeing(known, &FIELDS)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&FIELDS)?;
        put(aws, change.id(), DIALECT.changed(change.planned, &FIELDS)).await.map_err(soon)?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        absent(put(aws, known.id(), Members::new()).await)
    }

    async fn gone(&self, aws: &Aws, known: &Known<'_>) -> Result<bool, Failure> {
        Ok(describe(aws, known.id()).await?.is_none_or(|(_, answer)| is_empty(&answer)))
    }
}

fn cluster(args: Args<'_>) -> &str {
    args.str("cluster_name").unwrap_or_default()
}

fn is_empty(cluster: &Json) -> bool {
    let lists = ["capacityProviders", "defaultCapacityProviderStrategy"];
    lists.iter().all(|list| cluster.get(list).and_then(Json::as_array).is_none_or(Vec::is_empty))
}

/// Sets both lists; one that is not given is emptied.
async fn put(aws: &Aws, cluster: &str, mut members: Members) -> Result<(), Failure> {
    for list in ["capacityProviders", "defaultCapacityProviderStrategy"] {
        members.entry(list).or_insert_with(|| json!([]));
    }
    let _turn = aws.turn(cluster).await;
    let call = aws.calls.ecs.put_cluster_capacity_providers().cluster(cluster);
    let answer = call.customize().map_request(adding(members)).send().await;
    answer.map(drop).map_err(fail("ecs:PutClusterCapacityProviders"))
}

/// Another change of the cluster is on its way.
fn soon(failure: Failure) -> Failure {
    match failure.kind {
        FailureKind::InUse => Failure { kind: FailureKind::Retry, ..failure },
        _ => failure,
    }
}
