//! `aws_ssm_parameter`: Systems Manager `PutParameter`, told not to overwrite when it creates, unless the configuration says so;
//! `DeleteParameter`. Its key is the name.

use crate::dialect::{Dialect, Form};
use crate::draft::Draft;
use crate::failure::{self, absent, taken};
use crate::json_tags::Tagging;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::signed::SSM;
use crate::tags;
use crate::wire::Members;
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};

pub(crate) struct Parameter;

const DIALECT: Dialect = Dialect {
    ty: "aws_ssm_parameter",
    capital: true,
    names: &[("insecure_value", "Value", Form::Same)],
};

const TAGS: Tagging = Tagging {
    service: &SSM,
    list: "ListTagsForResource",
    set: "AddTagsToResource",
    remove: "RemoveTagsFromResource",
    object: "ResourceId",
    tags: ("Tags", "TagList"),
    keys: "TagKeys",
    pair: ("Key", "Value"),
    kind: Some(("ResourceType", "Parameter")),
};

const FIELDS: [&str; 8] = [
    "allowed_pattern",
    "data_type",
    "description",
    "insecure_value",
    "key_id",
    "tier",
    "type",
    "value",
];

impl Resource for Parameter {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let name = new.planned.str("name").unwrap_or_default();
        let overwrite = new.planned.is("overwrite");
        let mut input = put(new.planned.0, name)?;
        input.insert("Overwrite".to_owned(), overwrite.into());
        // The API takes tags only with a new parameter.
        if !overwrite {
            input.insert("Tags".to_owned(), TAGS.marked(new));
        }
        match aws.signed().json(&SSM, "PutParameter", &input.into()).await {
            Err(refusal) if refusal.code == "ParameterAlreadyExists" => {
                // An answer may have been lost on the way.
                if tags::made_by(&TAGS.read(aws, name).await?, new.token) {
                    return Ok(named(new, name));
                }
                Err(taken("ssm:PutParameter", &format!("the parameter `{name}`")))
            }
            other => other.map(|_| named(new, name)).map_err(Failure::from),
        }
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let wanted = tags::wanted(new.planned);
        if !new.planned.is("overwrite") || wanted.is_empty() {
            return Ok(());
        }
        let name = draft.str("name").unwrap_or_default();
        let input = json!({"ResourceType": "Parameter", "ResourceId": name,
            "Tags": TAGS.pairs(wanted)});
        Ok(aws.signed().json(&SSM, "AddTagsToResource", &input).await.map(drop)?)
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let name = new.planned.str("name").unwrap_or_default();
        let Some(value) = value(aws, name, true).await? else { return Ok(None) };
        // What may be overwritten is ours once it says what was asked for.
        let says_so = || {
            let asked = new.planned.str("value").or(new.planned.str("insecure_value"));
            asked.is_some() && value.get("Value").and_then(Json::as_str) == asked
        };
        let ours = tags::made_by(&TAGS.read(aws, name).await?, new.token)
            || new.planned.is("overwrite") && says_so();
        Ok(ours.then(|| named(new, name)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(parameter) = value(aws, known.id(), true).await? else { return Ok(None) };
        let Some(about) = describe(aws, known.id()).await? else { return Ok(None) };
        let tags = TAGS.read(aws, known.id()).await?;
        let text = |name: &str| parameter.get(name).and_then(Json::as_str);
        let is_open =
            known.object.str("insecure_value").is_some() && text("Type") != Some("SecureString");
        let (held, empty) =
            if is_open { ("insecure_value", "value") } else { ("value", "insecure_value") };
        let mut draft = known.draft();
        DIALECT.write(
            &mut draft,
            &["allowed_pattern", "data_type", "description", "key_id", "tier"],
            &about,
        );
        draft
            .set("arn", text("ARN"))
            .set("name", text("Name"))
            .set("type", text("Type"))
            .set("version", parameter.get("Version").cloned().unwrap_or_default())
            .set(held, text("Value"))
            .set(empty, Json::Null);
        tags::write(&mut draft, known.object, tags);
        Ok(Some(Seen::ready(draft).agreeing(known, &["description", "insecure_value", "value"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(
            &[&FIELDS[..], &["overwrite", "value_wo_version", "version", "has_value_wo", "arn"]]
                .concat(),
        )?;
        if change.touches(&FIELDS) {
            let mut input = put(change.planned.0, change.id())?;
            input.insert("Overwrite".to_owned(), true.into());
            if change.touches(&["description"]) {
                input.entry("Description").or_insert_with(|| json!(""));
            }
            aws.signed().json(&SSM, "PutParameter", &input.into()).await?;
        }
        TAGS.change(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let input = json!({"Name": known.id()});
        Ok(aws.signed().json(&SSM, "DeleteParameter", &input).await.map(drop)?)
    }
}

fn named(new: &New<'_>, name: &str) -> Draft {
    let mut draft = new.draft(name);
    draft.set("name", name);
    draft
}

/// What a put says. A value that is only ever written is not there to be said: no plan holds it.
fn put(planned: &stack::Value, name: &str) -> Result<Members, Failure> {
    let planned = crate::args::Args(planned);
    let mut input = DIALECT.members(planned, &FIELDS);
    // Only a secret is encrypted.
    if planned.str("type") != Some("SecureString") {
        input.remove("KeyId");
    }
    input.insert("Name".to_owned(), name.into());
    if input.contains_key("Value") {
        return Ok(input);
    }
    Err(Failure {
        kind: FailureKind::Unsupported,
        help: Some("write `value`, or `insecure_value`".to_owned()),
        ..failure::internal(format!("the parameter `{name}` has no value that a plan can hold"))
    })
}

/// The parameter with its value.
pub(crate) async fn value(aws: &Aws, name: &str, decrypted: bool) -> Result<Option<Json>, Failure> {
    let input = json!({"Name": name, "WithDecryption": decrypted});
    let answer = aws.signed().json(&SSM, "GetParameter", &input).await;
    Ok(absent(answer.map_err(Failure::from))?.get_mut("Parameter").map(Json::take))
}

/// What there is to say about the parameter beside its value.
async fn describe(aws: &Aws, name: &str) -> Result<Option<Json>, Failure> {
    let filter = json!({"Key": "Name", "Option": "Equals", "Values": [name]});
    let input = json!({"ParameterFilters": [filter]});
    let answer = aws.signed().json(&SSM, "DescribeParameters", &input).await;
    let mut answer = absent(answer.map_err(Failure::from))?;
    Ok(answer.pointer_mut("/Parameters/0").map(Json::take))
}
