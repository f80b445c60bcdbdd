//! `aws_ecs_task_definition`: ECS `RegisterTaskDefinition`, which makes a revision each time, and `DeregisterTaskDefinition`. The
//! create's tag tells revisions apart. The container definitions are sent as they are written.

use crate::dialect::{Dialect, Form};
use crate::draft::Draft;
use crate::ecs;
use crate::failure::{fail, found, internal, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags;
use crate::wire::{Answer, adding};
use aws_sdk_ecs::types::{
    SortOrder, TaskDefinition as Revision, TaskDefinitionField, TaskDefinitionStatus,
};
use plan::{Failure, FailureKind};
use serde_json::Value as Json;

pub(crate) struct TaskDefinition;

const DIALECT: Dialect = Dialect {
    ty: "aws_ecs_task_definition",
    capital: false,
    names: &[
        ("configure_at_launch", "configuredAtLaunch", Form::Same),
        ("host_path", "host.sourcePath", Form::Same),
        ("inference_accelerator", "inferenceAccelerators", Form::List),
        ("properties", "properties", Form::Pairs("name", "value")),
        ("size_in_gib", "sizeInGiB", Form::Same),
        ("transit_encryption_port", "transitEncryptionPort", Form::Positive),
        ("volume", "volumes", Form::List),
        (
            "fsx_windows_file_server_volume_configuration",
            "fsxWindowsFileServerVolumeConfiguration",
            Form::Same,
        ),
    ],
};

/// All that a revision says besides its containers.
const FIELDS: [&str; 16] = [
    "cpu",
    "enable_fault_injection",
    "ephemeral_storage",
    "execution_role_arn",
    "family",
    "inference_accelerator",
    "ipc_mode",
    "memory",
    "network_mode",
    "pid_mode",
    "placement_constraints",
    "proxy_configuration",
    "requires_compatibilities",
    "runtime_platform",
    "task_role_arn",
    "volume",
];

/// How many revisions back an interrupted create is looked for.
const RECENT: i32 = 20;

impl Resource for TaskDefinition {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let mut members = DIALECT.members(new.planned, &FIELDS);
        let text = new.planned.str("container_definitions").unwrap_or_default();
        let containers: Json = serde_json::from_str(text).map_err(|error| Failure {
            kind: FailureKind::Invalid,
            ..internal(format!("`container_definitions` is no JSON: {error}"))
        })?;
        members.insert("containerDefinitions".to_owned(), containers);
        let call = aws.once.ecs.register_task_definition();
        let call = call.set_tags(Some(ecs::tags(tags::marked(new.planned, new.token))));
        let answer = call.customize().map_request(adding(members)).send().await;
        let answer = answer.map_err(fail("ecs:RegisterTaskDefinition"))?;
        let revision = answer.task_definition();
        Ok(numbered(new, revision.ok_or_else(|| no_id("ecs:RegisterTaskDefinition"))?))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let call = aws.calls.ecs.list_task_definitions().sort(SortOrder::Desc).max_results(RECENT);
        let call = call.status(TaskDefinitionStatus::Active);
        let answer = call.set_family_prefix(new.planned.text("family")).send().await;
        let arns = answer.map_err(fail("ecs:ListTaskDefinitions"))?.task_definition_arns;
        for arn in arns.into_iter().flatten() {
            if let Some((revision, answer)) = describe(aws, &arn).await?
                && tags::made_by(&tags_of(&answer), new.token)
            {
                return Ok(Some(numbered(new, &revision)));
            }
        }
        Ok(None)
    }

    /// An ARN
    fn imported(&self, id: &str) -> Vec<(&'static str, Json)> {
        vec![("arn", id.into())]
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let which = if known.object.is("track_latest") {
            known.object.str("family")
        } else {
            known.object.str("arn")
        };
        let which = which.unwrap_or(known.id());
        let Some((revision, answer)) = describe(aws, which).await? else { return Ok(None) };
        let mut draft = known.draft();
        tell(&mut draft, &revision, &answer);
        tags::write(&mut draft, known.object, tags_of(&answer));
        Ok(Some(Seen::ready(draft)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["skip_destroy", "track_latest"])?;
        let arn = change.prior.str("arn").unwrap_or_default();
        ecs::retag(aws, arn, change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        if known.object.is("skip_destroy") || self.gone(aws, known).await? {
            return Ok(());
        }
        let call = aws.calls.ecs.deregister_task_definition();
        let call = call.set_task_definition(known.object.text("arn"));
        call.send().await.map(drop).map_err(fail("ecs:DeregisterTaskDefinition"))
    }

    async fn gone(&self, aws: &Aws, known: &Known<'_>) -> Result<bool, Failure> {
        let arn = known.object.str("arn").unwrap_or_default();
        Ok(known.object.is("skip_destroy") || describe(aws, arn).await?.is_none())
    }
}

/// Writes what the API says of a revision, but for its tags.
pub(crate) fn tell(draft: &mut Draft, revision: &Revision, answer: &Json) {
    let arn = revision.task_definition_arn().unwrap_or_default();
    let said = answer.get("taskDefinition").unwrap_or(&Json::Null);
    draft
        .set("id", revision.family())
        .set("arn", arn)
        .set("arn_without_revision", without_revision(arn))
        .set("revision", revision.revision());
    DIALECT.write(draft, &FIELDS, said);
    let awsvpc = draft.str("network_mode") == Some("awsvpc");
    containers(draft, said.get("containerDefinitions"), awsvpc);
}

/// Terraform's id is the family; the ARN names the revision.
fn numbered(new: &New<'_>, revision: &Revision) -> Draft {
    let arn = revision.task_definition_arn().unwrap_or_default();
    let mut draft = new.draft(revision.family().unwrap_or_default());
    draft
        .set("arn", arn)
        .set("arn_without_revision", without_revision(arn))
        .set("revision", revision.revision());
    draft
}

fn without_revision(arn: &str) -> &str {
    arn.rsplit_once(':').map_or(arn, |(family, _)| family)
}

/// A revision by ARN, or a family's newest, with the whole answer. An inactive one is none.
pub(crate) async fn describe(aws: &Aws, which: &str) -> Result<Option<(Revision, Json)>, Failure> {
    let answer = Answer::default();
    let call = aws.calls.ecs.describe_task_definition().task_definition(which);
    let call = call.include(TaskDefinitionField::Tags);
    let sent = call.customize().interceptor(answer.clone()).send().await;
    let revision = found("ecs:DescribeTaskDefinition", sent)?.and_then(|sent| sent.task_definition);
    let active = |revision: &Revision| revision.status() == Some(&TaskDefinitionStatus::Active);
    Ok(revision.filter(active).map(|revision| (revision, answer.take())))
}

pub(crate) fn tags_of(answer: &Json) -> tags::Tags {
    let tags = answer.get("tags").and_then(Json::as_array);
    let text = |tag: &Json, name| Some(tag.get(name)?.as_str()?.to_owned());
    let pair = |tag: &Json| Some((text(tag, "key")?, text(tag, "value").unwrap_or_default()));
    tags.into_iter().flatten().filter_map(pair).collect()
}

/// Keeps the text that the state knows where it says what the API says; else writes the API's, environment by name.
fn containers(draft: &mut Draft, said: Option<&Json>, awsvpc: bool) {
    const NAME: &str = "container_definitions";
    let mut said = said.cloned().unwrap_or_default();
    for list in ["environment", "secrets"] {
        for container in said.as_array_mut().into_iter().flatten() {
            if let Some(entries) = container.get_mut(list).and_then(Json::as_array_mut) {
                entries.sort_by_key(|e| e.get("name").and_then(Json::as_str).map(str::to_owned));
            }
        }
    }
    let text = said.to_string();
    if !draft.str(NAME).is_some_and(|old| plan::document::agree(NAME, old, &text, awsvpc)) {
        draft.set(NAME, text);
    }
}
