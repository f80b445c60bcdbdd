//! `aws_acm_certificate`: Certificate Manager `RequestCertificate` (idempotency token) or `ImportCertificate`,
//! `UpdateCertificateOptions`, `DeleteCertificate`. A requested certificate is there once it says how its domains are to be validated; that
//! they are is another resource.

use crate::args::Args;
use crate::dialect::{Dialect, Form};
use crate::draft::Draft;
use crate::failure::{absent, no_id};
use crate::json_tags::Tagging;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, Status};
use crate::signed::ACM;
use crate::tags;
use crate::wire::{Members, time};
use aws_smithy_types::base64;
use plan::Failure;
use serde_json::{Map, Value as Json, json};

pub(crate) struct Certificate;

const DIALECT: Dialect = Dialect {
    ty: "aws_acm_certificate",
    capital: true,
    names: &[("validation_option", "DomainValidationOptions", Form::List)],
};

pub(crate) const TAGS: Tagging = Tagging {
    service: &ACM,
    list: "ListTagsForCertificate",
    set: "AddTagsToCertificate",
    remove: "RemoveTagsFromCertificate",
    object: "CertificateArn",
    tags: ("Tags", "Tags"),
    keys: "Tags",
    pair: ("Key", "Value"),
    kind: None,
};

const AT_BIRTH: [&str; 7] = [
    "certificate_authority_arn",
    "domain_name",
    "key_algorithm",
    "options",
    "subject_alternative_names",
    "validation_method",
    "validation_option",
];

/// What an imported certificate is made of.
const PARTS: [(&str, &str); 3] = [
    ("certificate_body", "Certificate"),
    ("certificate_chain", "CertificateChain"),
    ("private_key", "PrivateKey"),
];

const KEYS: [&str; 7] = [
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
];

impl Resource for Certificate {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let is_imported = new.planned.str("private_key").is_some();
        let (operation, mut input) = if is_imported {
            ("ImportCertificate", parts(new.planned))
        } else {
            let mut input = DIALECT.members(new.planned, &AT_BIRTH);
            // At most 32 characters, and no dash.
            let token: String = new.token.0.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
            input.insert("IdempotencyToken".to_owned(), token.into());
            ("RequestCertificate", input)
        };
        input.insert("Tags".to_owned(), TAGS.marked(new));
        let answer = aws.signed().json(&ACM, operation, &input.into()).await?;
        let arn = answer.get("CertificateArn").and_then(Json::as_str);
        Ok(identified(new, arn.ok_or_else(|| no_id("acm:RequestCertificate"))?))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let all = json!({"Includes": {"keyTypes": KEYS}});
        for certificate in list(aws, &all).await? {
            let domain = new.planned.str("domain_name");
            let arn = said(&certificate, "CertificateArn").unwrap_or_default();
            if domain.is_none_or(|domain| Some(domain) == said(&certificate, "DomainName"))
                && tags::made_by(&TAGS.read(aws, arn).await?, new.token)
            {
                return Ok(Some(identified(new, arn)));
            }
        }
        Ok(None)
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(certificate) = describe(aws, known.id()).await? else { return Ok(None) };
        let text = |name: &str| certificate.get(name).and_then(Json::as_str);
        let options = options(&certificate);
        let is_imported = text("Type") == Some("IMPORTED");
        let method = options.first().and_then(|option| said(option, "ValidationMethod"));
        let method = method.unwrap_or(if is_imported { "NONE" } else { "DNS" });
        let mut draft = known.draft();
        draft
            .set("arn", text("CertificateArn"))
            .set("domain_name", text("DomainName"))
            .set("subject_alternative_names", texts(&certificate, "SubjectAlternativeNames"))
            .set("domain_validation_options", records(&options))
            .set("validation_emails", emails(&options))
            .set("validation_method", method)
            .set("key_algorithm", text("KeyAlgorithm").unwrap_or("RSA_2048").replace('-', "_"))
            .set("status", text("Status"))
            .set("type", text("Type"))
            .set("renewal_eligibility", text("RenewalEligibility").unwrap_or_default())
            .set("renewal_summary", renewal(&certificate))
            .set("pending_renewal", false)
            .set("not_before", time(&certificate, "NotBefore"))
            .set("not_after", time(&certificate, "NotAfter"))
            .text("certificate_authority_arn", text("CertificateAuthorityArn"));
        DIALECT.write_mentioned(&mut draft, &["options"], &certificate);
        tags::write(&mut draft, known.object, TAGS.read(aws, known.id()).await?);
        let is_told = options.iter().all(|option| {
            said(option, "ValidationMethod") != Some("DNS")
                || option.get("ResourceRecord").is_some()
        });
        let status = match text("Status") {
            Some("PENDING_VALIDATION") if options.is_empty() || !is_told => {
                Status::Waiting("how to validate the domains is not said yet".to_owned())
            }
            Some("FAILED") => {
                let why = text("FailureReason").unwrap_or("AWS gives no reason");
                Status::Failed(format!("the certificate failed: {why}"))
            }
            _ => Status::Ready,
        };
        Ok(Some(Seen { draft, status }))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        let parts_of = PARTS.map(|(ours, _)| ours);
        let others = ["early_renewal_duration", "options", "pending_renewal"];
        change.only(&[&parts_of[..], &others].concat())?;
        let named = |mut input: Members| {
            input.insert("CertificateArn".to_owned(), change.id().into());
            Json::Object(input)
        };
        if change.touches(&parts_of) {
            let input = named(parts(change.planned));
            aws.signed().json(&ACM, "ImportCertificate", &input).await?;
        }
        if change.touches(&["options"]) {
            let input = named(DIALECT.members(change.planned, &["options"]));
            aws.signed().json(&ACM, "UpdateCertificateOptions", &input).await?;
        }
        TAGS.change(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let input = json!({"CertificateArn": known.id()});
        Ok(aws.signed().json(&ACM, "DeleteCertificate", &input).await.map(drop)?)
    }
}

fn identified(new: &New<'_>, arn: &str) -> Draft {
    let mut draft = new.draft(arn);
    draft.set("arn", arn);
    draft
}

/// The texts of an imported certificate, as the API takes bytes.
fn parts(planned: Args<'_>) -> Members {
    let part = |(ours, theirs): (&str, &str)| {
        Some((theirs.to_owned(), base64::encode(planned.str(ours)?).into()))
    };
    PARTS.into_iter().filter_map(part).collect()
}

/// The certificates that `ListCertificates` lists when it is asked so.
pub(crate) async fn list(aws: &Aws, asked: &Json) -> Result<Vec<Json>, Failure> {
    let (mut input, mut all) = (asked.clone(), Vec::new());
    loop {
        let mut page = aws.signed().json(&ACM, "ListCertificates", &input).await?;
        if let Some(listed) = page.get_mut("CertificateSummaryList").and_then(Json::as_array_mut) {
            all.append(listed);
        }
        let Some(next @ Json::String(_)) = page.get_mut("NextToken").map(Json::take) else {
            return Ok(all);
        };
        input = asked.clone();
        input.as_object_mut().and_then(|input| input.insert("NextToken".to_owned(), next));
    }
}

/// The certificate with this ARN.
pub(crate) async fn describe(aws: &Aws, arn: &str) -> Result<Option<Json>, Failure> {
    let input = json!({"CertificateArn": arn});
    let answer = aws.signed().json(&ACM, "DescribeCertificate", &input).await;
    Ok(absent(answer.map_err(Failure::from))?.get_mut("Certificate").map(Json::take))
}

/// A text of an answer.
pub(crate) fn said<'j>(object: &'j Json, name: &str) -> Option<&'j str> {
    object.get(name)?.as_str()
}

fn texts(object: &Json, name: &str) -> Json {
    object.get(name).filter(|list| list.is_array()).cloned().unwrap_or_else(|| json!([]))
}

fn options(certificate: &Json) -> Vec<Json> {
    let options = certificate.get("DomainValidationOptions").and_then(Json::as_array);
    options.cloned().unwrap_or_default()
}

/// The DNS records that prove a domain.
fn records(options: &[Json]) -> Json {
    let record = |option: &Json| {
        let record = option.get("ResourceRecord")?;
        Some(json!({"domain_name": said(option, "DomainName"),
            "resource_record_name": said(record, "Name"),
            "resource_record_type": said(record, "Type"),
            "resource_record_value": said(record, "Value")}))
    };
    options.iter().filter_map(record).collect()
}

/// Who is asked by mail.
fn emails(options: &[Json]) -> Json {
    let of = |option: &Json| option.get("ValidationEmails").and_then(Json::as_array).cloned();
    options.iter().filter_map(of).flatten().collect()
}

fn renewal(certificate: &Json) -> Json {
    let Some(summary) = certificate.get("RenewalSummary") else { return json!([]) };
    let mut one = Map::new();
    one.insert("renewal_status".to_owned(), said(summary, "RenewalStatus").into());
    one.insert("renewal_status_reason".to_owned(), said(summary, "RenewalStatusReason").into());
    one.insert("updated_at".to_owned(), time(summary, "UpdatedAt").into());
    json!([one])
}
