//! `aws_acm_certificate`: Certificate Manager `ListCertificates`, by domain, status and kind of key; then tags and types of each.

use super::search;
use crate::args::Args;
use crate::aws_acm_certificate::{TAGS, describe, list, said};
use crate::draft::Draft;
use crate::provider::Aws;
use crate::signed::ACM;
use crate::tags::{self, Tags};
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};

const NARROWS: &str = "`domain`, `tags`, `types`, `statuses`, `key_types` or `most_recent`";

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let statuses = args.some_strings("statuses").unwrap_or_else(|| vec!["ISSUED".to_owned()]);
    let mut input = json!({"CertificateStatuses": statuses});
    if let (Some(types), Some(input)) = (args.some_strings("key_types"), input.as_object_mut()) {
        input.insert("Includes".to_owned(), json!({"keyTypes": types}));
    }
    let (domain, types) = (args.str("domain"), args.strings("types"));
    let mut all = Vec::new();
    for listed in list(aws, &input).await? {
        if domain.is_some_and(|domain| said(&listed, "DomainName") != Some(domain)) {
            continue;
        }
        let arn = said(&listed, "CertificateArn").unwrap_or_default();
        let Some(certificate) = describe(aws, arn).await? else { continue };
        let is_of_type =
            said(&certificate, "Type").is_some_and(|ty| types.iter().any(|asked| asked == ty));
        let tags = TAGS.read(aws, arn).await?;
        if (types.is_empty() || is_of_type) && search::tagged(args, &tags) {
            all.push((certificate, tags));
        }
    }
    if args.is("most_recent") {
        all = newest(all)?;
    }
    let found = search::only("certificate", NARROWS, all, |one| said(&one.0, "CertificateArn"));
    let (certificate, tags) = found?;
    let arn = said(&certificate, "CertificateArn").unwrap_or_default();
    let text = if said(&certificate, "Status") == Some("ISSUED") {
        let input = json!({"CertificateArn": arn});
        aws.signed().json(&ACM, "GetCertificate", &input).await?
    } else {
        Json::Null
    };
    draft
        .set("id", arn)
        .set("arn", arn)
        .set("domain", said(&certificate, "DomainName"))
        .set("status", said(&certificate, "Status"))
        .set("certificate", said(&text, "Certificate"))
        .set("certificate_chain", said(&text, "CertificateChain"));
    if args.flag("most_recent").is_none() {
        draft.set("most_recent", false);
    }
    tags::tell(draft, tags);
    Ok(())
}

/// The one that is valid from the latest time on; among those that are not issued, the one made last.
fn newest(mut all: Vec<(Json, Tags)>) -> Result<Vec<(Json, Tags)>, Failure> {
    let status = |(certificate, _): &(Json, Tags)| said(certificate, "Status").map(str::to_owned);
    if all.iter().any(|one| status(one) != all.first().and_then(status)) {
        return Err(Failure {
            kind: FailureKind::Invalid,
            help: Some("ask for one status in `statuses`".to_owned()),
            ..crate::failure::internal(
                "`most_recent` cannot choose among certificates of different statuses".to_owned(),
            )
        });
    }
    let issued = all.first().and_then(status).as_deref() == Some("ISSUED");
    let time = if issued { "NotBefore" } else { "CreatedAt" };
    let since = |one: &(Json, Tags)| one.0.get(time).and_then(Json::as_f64).unwrap_or_default();
    all.sort_by(|a, b| since(b).total_cmp(&since(a)));
    all.truncate(1);
    Ok(all)
}
