//! Objects of S3: a method, a key and headers in; a status, the `ETag` and bytes out.

use super::caller::{Caller, Sending};
use super::{Refusal, S3, endpoint};
use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::ErrorMetadata;
use std::fmt::Write;

/// A bucket, and how it is addressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// S3's endpoint, before those of the environment and the profile.
    pub endpoint: Option<String>,
    /// The bucket is part of the path instead of the host; so it is at any endpoint but AWS's own, and where the name is no host.
    pub path_style: bool,
}

/// What is asked of an object.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// What permissions call it: `s3:PutObject`.
    pub operation: &'static str,
    /// `GET`, `PUT`, `DELETE`
    pub method: &'static str,
    /// The object's key; empty for the bucket itself.
    pub key: &'a str,
    /// Parameters, not encoded.
    pub query: Vec<(&'static str, String)>,
    /// Headers in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Send it once: a lost answer is told, not asked for again.
    pub once: bool,
}

/// What came back, with a status that means success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// 200 to 299.
    pub status: u16,
    /// The object's `ETag`, with its quotes.
    pub etag: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Bucket {
    /// The endpoint, and the path of an object below it. `own`: what the provider block names as S3's endpoint.
    pub(super) fn place(
        &self,
        config: &SdkConfig,
        region: &str,
        own: Option<&str>,
        key: &str,
    ) -> (String, String) {
        let own = self.endpoint.as_deref().or(own).map(str::to_owned);
        let named = own.or_else(|| endpoint::named(config, &S3));
        let path = encoded(key, true);
        let host = !self.path_style && named.is_none() && is_label(&self.name);
        let endpoint = named.unwrap_or_else(|| {
            let is = |flag: Option<bool>| flag == Some(true);
            endpoint::regional("s3", region, is(config.use_fips()), is(config.use_dual_stack()))
        });
        if host {
            let endpoint = endpoint.replacen("://", &format!("://{}.", self.name), 1);
            return (endpoint, format!("/{path}"));
        }
        (endpoint, format!("/{}/{path}", encoded(&self.name, false)))
    }
}

/// A name that one TLS certificate for all buckets covers: without a dot.
fn is_label(name: &str) -> bool {
    name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
}

/// Percent encoding as S3 signs it.
fn encoded(text: &str, path: bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            b'/' if path => encoded.push('/'),
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

pub(super) async fn call(
    caller: &Caller,
    path: &str,
    request: Request<'_>,
) -> Result<Reply, Refusal> {
    let mut path = path.to_owned();
    for (n, (name, value)) in request.query.iter().enumerate() {
        let mark = if n == 0 { '?' } else { '&' };
        let _ = write!(path, "{mark}{}={}", encoded(name, false), encoded(value, false));
    }
    let (method, headers, body) = (request.method, request.headers, request.body);
    let sent = caller.send(Sending { method, path, headers, body }, request.once).await;
    let answer = sent.map_err(|error| Refusal::of(request.operation, &error))?;
    Ok(Reply { status: answer.status, etag: answer.etag, body: answer.body })
}

/// `<Error><Code>NoSuchKey</Code><Message>…</Message>…</Error>`
pub(super) fn refusal(_: &HttpResponse, body: &[u8]) -> ErrorMetadata {
    let body = String::from_utf8_lossy(body);
    let inner = body.split_once("<Error>").map_or("", |(_, inner)| inner);
    let text = |name: &str| {
        let (_, rest) = inner.split_once(&format!("<{name}>"))?;
        let (text, _) = rest.split_once(&format!("</{name}>"))?;
        Some(unescaped(text))
    };
    let mut error = ErrorMetadata::builder();
    if let Some(code) = text("Code") {
        error = error.code(code);
    }
    if let Some(message) = text("Message") {
        error = error.message(message);
    }
    error.build()
}

fn unescaped(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(bucket: &Bucket, key: &str) -> String {
        let (endpoint, path) = bucket.place(&SdkConfig::builder().build(), "eu-west-3", None, key);
        format!("{endpoint}{path}")
    }

    #[test]
    fn a_bucket_is_in_the_host_where_that_can_be() {
        let bucket = |name: &str| Bucket { name: name.to_owned(), ..Bucket::default() };
        assert_eq!(
            place(&bucket("states"), "env:/prod/a b+c.tfstate"),
            "https://states.s3.eu-west-3.amazonaws.com/env%3A/prod/a%20b%2Bc.tfstate"
        );
        assert_eq!(
            place(&bucket("my.states"), "k"),
            "https://s3.eu-west-3.amazonaws.com/my.states/k"
        );
        let path_style = Bucket { path_style: true, ..bucket("states") };
        assert_eq!(place(&path_style, "k"), "https://s3.eu-west-3.amazonaws.com/states/k");
        let endpoint = Some("http://127.0.0.1:5000".to_owned());
        let elsewhere = Bucket { endpoint, ..bucket("states") };
        assert_eq!(place(&elsewhere, "k"), "http://127.0.0.1:5000/states/k");
    }
}
