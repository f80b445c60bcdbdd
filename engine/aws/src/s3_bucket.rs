//! What S3 is asked about a bucket, each in a request of its own.

use crate::crc32::crc32;
use crate::provider::Aws;
use crate::signed::{Bucket, Refusal, Request};
use crate::tags::Tags;
use crate::xml;
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};

/// A request to a bucket.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    /// What permissions call it.
    pub(crate) operation: &'static str,
    pub(crate) method: &'static str,
    /// The part of the bucket, and more parameters.
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
    pub(crate) once: bool,
}

impl Call {
    fn get(operation: &'static str, part: &'static str) -> Self {
        let query = vec![(part, String::new())];
        Self { operation, method: "GET", query, ..Self::default() }
    }

    /// The answer's text.
    pub(crate) async fn send(self, aws: &Aws, bucket: &str) -> Result<String, Refusal> {
        let Self { operation, method, query, mut headers, body, once } = self;
        if !body.is_empty() {
            headers.push(("content-type", "application/xml".to_owned()));
        }
        let body = body.into_bytes();
        let request = Request { operation, method, key: "", query, headers, body, once };
        let bucket = Bucket { name: bucket.to_owned(), ..Bucket::default() };
        match aws.signed().object(&bucket, request).await {
            Ok(reply) => Ok(String::from_utf8_lossy(&reply.body).into_owned()),
            // Here the bucket is the object: that it is missing may be as it should, or it is not visible everywhere yet.
            Err(mut refusal) if refusal.code == "NoSuchBucket" => {
                refusal.failure.kind = FailureKind::NotFound;
                Err(refusal)
            }
            Err(refusal) => Err(refusal),
        }
    }
}

/// A body that S3 reads.
pub(crate) fn document(root: &str, inner: &str) -> String {
    format!("<{root} xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{inner}</{root}>")
}

/// Asks about a part of the bucket; `None` when it has none, or when the endpoint does not know of such parts.
async fn part(
    aws: &Aws,
    bucket: &str,
    operation: &'static str,
    part: &'static str,
) -> Result<Option<String>, Failure> {
    match Call::get(operation, part).send(aws, bucket).await {
        Ok(text) => Ok(Some(text)),
        Err(refusal) if refusal.code == "NoSuchBucket" => Err(refusal.into()),
        Err(refusal)
            if refusal.code.starts_with("NoSuch")
                || refusal.code.ends_with("NotFoundError")
                || matches!(refusal.code.as_str(), "MethodNotAllowed" | "NotImplemented") =>
        {
            Ok(None)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// True when the bucket is there and may be asked for.
pub(crate) async fn exists(aws: &Aws, bucket: &str) -> Result<bool, Failure> {
    // A HEAD has no body to tell a missing bucket from a missing endpoint by: a bucket's region is asked for instead.
    match Call::get("s3:GetBucketLocation", "location").send(aws, bucket).await {
        Ok(_) => Ok(true),
        Err(refusal) if refusal.code == "NoSuchBucket" => Ok(false),
        Err(refusal) => Err(refusal.into()),
    }
}

/// The region that the bucket is in: the oldest names are not those of today.
pub(crate) async fn region(aws: &Aws, bucket: &str) -> Result<String, Failure> {
    let answer = Call::get("s3:GetBucketLocation", "location").send(aws, bucket).await?;
    Ok(match xml::text(&answer, "LocationConstraint").as_deref() {
        None | Some("") => "us-east-1".to_owned(),
        Some("EU") => "eu-west-1".to_owned(),
        Some(region) => region.to_owned(),
    })
}

pub(crate) async fn tags(aws: &Aws, bucket: &str) -> Result<Tags, Failure> {
    let answer = part(aws, bucket, "s3:GetBucketTagging", "tagging").await?.unwrap_or_default();
    let pair = |tag: &str| Some((xml::text(tag, "Key")?, xml::text(tag, "Value")?));
    Ok(xml::elements(&answer, "Tag").into_iter().filter_map(pair).collect())
}

/// Makes these the bucket's tags, and no others.
pub(crate) async fn put_tags(aws: &Aws, bucket: &str, tags: &Tags) -> Result<(), Failure> {
    let tag = |(key, value): (&String, &String)| {
        let (key, value) = (xml::escaped(key), xml::escaped(value));
        format!("<Tag><Key>{key}</Key><Value>{value}</Value></Tag>")
    };
    let set: String = tags.iter().map(tag).collect();
    let query = vec![("tagging", String::new())];
    let call = if tags.is_empty() {
        Call { operation: "s3:DeleteBucketTagging", method: "DELETE", query, ..Call::default() }
    } else {
        let body = document("Tagging", &format!("<TagSet>{set}</TagSet>"));
        Call { operation: "s3:PutBucketTagging", method: "PUT", query, body, ..Call::default() }
    };
    Ok(call.send(aws, bucket).await.map(drop)?)
}

/// `Enabled`, `Suspended`, or empty.
pub(crate) async fn acceleration(aws: &Aws, bucket: &str) -> Result<String, Failure> {
    let answer = part(aws, bucket, "s3:GetAccelerateConfiguration", "accelerate").await?;
    Ok(answer.and_then(|answer| xml::text(&answer, "Status")).unwrap_or_default())
}

/// `BucketOwner` or `Requester`.
pub(crate) async fn payer(aws: &Aws, bucket: &str) -> Result<String, Failure> {
    let answer = part(aws, bucket, "s3:GetBucketRequestPayment", "requestPayment").await?;
    Ok(answer.and_then(|answer| xml::text(&answer, "Payer")).unwrap_or("BucketOwner".to_owned()))
}

pub(crate) async fn is_locked(aws: &Aws, bucket: &str) -> Result<bool, Failure> {
    let answer = part(aws, bucket, "s3:GetBucketObjectLockConfiguration", "object-lock").await?;
    let enabled = answer.and_then(|answer| xml::text(&answer, "ObjectLockEnabled"));
    Ok(enabled.as_deref() == Some("Enabled"))
}

pub(crate) async fn policy(aws: &Aws, bucket: &str) -> Result<Option<String>, Failure> {
    part(aws, bucket, "s3:GetBucketPolicy", "policy").await
}

pub(crate) async fn versioning(aws: &Aws, bucket: &str) -> Result<Json, Failure> {
    let answer = part(aws, bucket, "s3:GetBucketVersioning", "versioning").await?;
    let answer = answer.unwrap_or_default();
    let is = |name: &str| xml::text(&answer, name).as_deref() == Some("Enabled");
    Ok(json!([{"enabled": is("Status"), "mfa_delete": is("MfaDelete")}]))
}

pub(crate) async fn encryption(aws: &Aws, bucket: &str) -> Result<Json, Failure> {
    let Some(answer) = part(aws, bucket, "s3:GetEncryptionConfiguration", "encryption").await?
    else {
        return Ok(json!([]));
    };
    let rule = |rule: &str| {
        let text = |name: &str| xml::text(rule, name).unwrap_or_default();
        let by_default = json!([{"sse_algorithm": text("SSEAlgorithm"),
            "kms_master_key_id": text("KMSMasterKeyID")}]);
        json!({"apply_server_side_encryption_by_default": by_default,
            "bucket_key_enabled": text("BucketKeyEnabled") == "true"})
    };
    let rules: Json = xml::elements(&answer, "Rule").into_iter().map(rule).collect();
    Ok(json!([{"rule": rules}]))
}

/// Who may do what by the access control list, one grant for each grantee.
pub(crate) async fn grants(aws: &Aws, bucket: &str) -> Result<Json, Failure> {
    let answer = part(aws, bucket, "s3:GetBucketAcl", "acl").await?.unwrap_or_default();
    let mut grants: Vec<(String, String, Vec<String>)> = Vec::new();
    for grant in xml::elements(&answer, "Grant") {
        let text = |name: &str| xml::text(grant, name).unwrap_or_default();
        let (id, uri, permission) = (text("ID"), text("URI"), text("Permission"));
        match grants.iter_mut().find(|(i, u, _)| (i, u) == (&id, &uri)) {
            Some((_, _, all)) => all.push(permission),
            None => grants.push((id, uri, vec![permission])),
        }
    }
    let grant = |(id, uri, permissions): (String, String, Vec<String>)| {
        let ty = if uri.is_empty() { "CanonicalUser" } else { "Group" };
        json!({"id": id, "uri": uri, "type": ty, "permissions": permissions})
    };
    Ok(grants.into_iter().map(grant).collect())
}

/// True when the bucket holds nothing, no old version and no marker of a deletion.
pub(crate) async fn is_empty(aws: &Aws, bucket: &str) -> Result<bool, Failure> {
    Ok(versions(aws, bucket, 1).await?.is_empty())
}

/// Some of what the bucket holds, as S3 wants to be told what to delete.
async fn versions(aws: &Aws, bucket: &str, most: u32) -> Result<Vec<String>, Failure> {
    let mut call = Call::get("s3:ListBucketVersions", "versions");
    call.query.push(("max-keys", most.to_string()));
    let answer = call.send(aws, bucket).await?;
    let all = ["Version", "DeleteMarker"].map(|kind| xml::elements(&answer, kind)).concat();
    let object = |version: &str| {
        let part = |name: &str| xml::elements(version, name).first().copied().unwrap_or_default();
        let (key, id) = (part("Key"), part("VersionId"));
        format!("<Object><Key>{key}</Key><VersionId>{id}</VersionId></Object>")
    };
    Ok(all.into_iter().map(object).collect())
}

/// Deletes all that the bucket holds, as `force_destroy` says.
pub(crate) async fn clear(aws: &Aws, bucket: &str) -> Result<(), Failure> {
    loop {
        let objects = versions(aws, bucket, 1000).await?;
        if objects.is_empty() {
            return Ok(());
        }
        let body = document("Delete", &format!("<Quiet>true</Quiet>{}", objects.concat()));
        let digest = crc32(&body).to_be_bytes();
        let call = Call {
            operation: "s3:DeleteObject",
            method: "POST",
            query: vec![("delete", String::new())],
            // S3 demands a checksum of what it is told to delete.
            headers: vec![("x-amz-checksum-crc32", aws_smithy_types::base64::encode(digest))],
            body,
            once: false,
        };
        let answer = call.send(aws, bucket).await?;
        if let Some(error) = xml::elements(&answer, "Error").first() {
            let text = |name: &str| xml::text(error, name).unwrap_or_default();
            let message = format!("`{}` cannot be deleted: {}", text("Key"), text("Message"));
            return Err(Failure {
                kind: FailureKind::Denied,
                message,
                operation: "s3:DeleteObject".to_owned(),
                help: None,
            });
        }
    }
}

/// The bucket is a website.
pub(crate) async fn is_website(aws: &Aws, bucket: &str) -> Result<bool, Failure> {
    Ok(part(aws, bucket, "s3:GetBucketWebsite", "website").await?.is_some())
}

/// Where a region's websites are: the oldest regions have a dash before their name. Source: AWS General Reference, Amazon S3 website
/// endpoints.
pub(crate) fn website(region: &str) -> String {
    let dash = [
        "ap-northeast-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "eu-west-1",
        "sa-east-1",
        "us-east-1",
        "us-gov-west-1",
        "us-west-1",
        "us-west-2",
    ];
    let sign = if dash.contains(&region) { '-' } else { '.' };
    let suffix = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    format!("s3-website{sign}{region}.{suffix}")
}

/// The Route 53 zone of a region's websites; empty where S3 names none. Source: AWS General Reference, Amazon S3 website endpoints.
pub(crate) fn hosted_zone(region: &str) -> &'static str {
    match region {
        "af-south-1" => "Z11KHD8FBVPUYU",
        "ap-east-1" => "ZNB98KWMFR0R6",
        "ap-northeast-1" => "Z2M4EHUR26P7ZW",
        "ap-northeast-2" => "Z3W03O7B5YMIYP",
        "ap-northeast-3" => "Z2YQB5RD63NC85",
        "ap-south-1" => "Z11RGJOFQNVJUP",
        "ap-southeast-1" => "Z3O0J2DXBE1FTB",
        "ap-southeast-2" => "Z1WCIGYICN2BYD",
        "ca-central-1" => "Z1QDHH18159H29",
        "eu-central-1" => "Z21DNDUVLTQW6Q",
        "eu-north-1" => "Z3BAZG2TWCNX0D",
        "eu-south-1" => "Z30OZKI7KPW7MI",
        "eu-west-1" => "Z1BKCTXD74EZPE",
        "eu-west-2" => "Z3GKZC51ZF0DB4",
        "eu-west-3" => "Z3R1K369G5AVDG",
        "me-south-1" => "Z1MPMWCPA7YB62",
        "sa-east-1" => "Z7KQH4QJS55SO",
        "us-east-1" => "Z3AQBSTGFYJSTF",
        "us-east-2" => "Z2O1EMRO9K5GLX",
        "us-west-1" => "Z2F56UZL2M1ACD",
        "us-west-2" => "Z3BJ6K6RIION7M",
        _ => "",
    }
}
