//! Calls to services without an SDK crate: what is sent, how often, and what the answers mean. Signatures are checked by botocore.

use crate::moto::Moto;
use crate::wire::{Server, options};
use banana_aws::signed::{Bucket, KMS, Request, S3, SECRETS_MANAGER, SSM, Service, Signed};
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::Ordering;

async fn signed(endpoint: &str) -> Signed {
    Signed::connect(&options(endpoint)).await.unwrap()
}

fn bucket(name: &str) -> Bucket {
    Bucket { name: name.to_owned(), ..Bucket::default() }
}

fn get(key: &str) -> Request<'_> {
    Request { operation: "s3:GetObject", method: "GET", key, ..Request::default() }
}

async fn json_failure(server: &Server, service: &'static Service, operation: &str) -> Failure {
    signed(&server.endpoint).await.json(service, operation, &json!({})).await.unwrap_err().into()
}

#[tokio::test]
async fn a_json_service_is_asked_and_answers() {
    let moto = Moto::start();
    let signed = signed(&moto.endpoint()).await;
    let made = signed.json(&KMS, "CreateKey", &json!({"Description": "k"})).await.unwrap();
    let id = made.pointer("/KeyMetadata/KeyId").and_then(Json::as_str).unwrap();
    let read = signed.json(&KMS, "DescribeKey", &json!({"KeyId": id})).await.unwrap();
    assert_eq!(read.pointer("/KeyMetadata/Description"), Some(&json!("k")));
    let gone = signed.json(&SSM, "GetParameter", &json!({"Name": "/none"})).await.unwrap_err();
    assert_eq!((gone.code.as_str(), gone.status), ("ParameterNotFound", Some(400)));
    assert_eq!(gone.failure.kind, FailureKind::NotFound);
    assert_eq!(gone.failure.operation, "ssm:GetParameter");
}

#[tokio::test]
async fn an_object_is_written_read_and_kept_from_being_overwritten() {
    let moto = Moto::start();
    moto.bucket("states");
    let signed = signed(&moto.endpoint()).await;
    let bucket = bucket("states");
    let put = |headers| Request {
        operation: "s3:PutObject",
        method: "PUT",
        key: "env:/a b/state",
        headers,
        body: b"one".to_vec(),
        ..Request::default()
    };
    let unless = vec![("if-none-match", "*".to_owned())];
    let made = signed.object(&bucket, put(unless.clone())).await.unwrap();
    let refused = signed.object(&bucket, put(unless)).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.status), ("PreconditionFailed", Some(412)));
    let read = signed.object(&bucket, get("env:/a b/state")).await.unwrap();
    assert_eq!((read.body.as_slice(), &read.etag), (b"one".as_slice(), &made.etag));
    let etag = read.etag.unwrap();
    signed.object(&bucket, put(vec![("if-match", etag)])).await.unwrap();
    let stale = vec![("if-match", "\"other\"".to_owned())];
    assert_eq!(signed.object(&bucket, put(stale)).await.unwrap_err().status, Some(412));
    let none = signed.object(&bucket, get("none")).await.unwrap_err();
    assert_eq!((none.code.as_str(), none.failure.kind), ("NoSuchKey", FailureKind::NotFound));
    let other = Bucket { name: "other".to_owned(), ..bucket };
    let none = signed.object(&other, get("none")).await.unwrap_err();
    assert_eq!((none.code.as_str(), none.failure.kind), ("NoSuchBucket", FailureKind::Invalid));
}

#[tokio::test]
async fn a_create_is_sent_once_and_a_read_three_times() {
    for answer in [Some((500, r#"{"__type":"InternalFailure"}"#)), None] {
        let server = Server::start(answer);
        for (operation, times) in [("CreateSecret", 1), ("DescribeSecret", 3)] {
            let failure = json_failure(&server, &SECRETS_MANAGER, operation).await;
            assert_eq!(failure.kind, FailureKind::Unanswered, "{failure:?}");
            assert_eq!(server.requests.swap(0, Ordering::SeqCst), times, "{operation}");
        }
    }
}

#[tokio::test]
async fn refusals_are_told_in_the_services_words() {
    let body = r#"{"__type":"com.amazonaws.kms#AccessDeniedException:http://x/","message":"No."}"#;
    let failure = json_failure(&Server::start(Some((400, body))), &KMS, "DescribeKey").await;
    assert_eq!(failure.kind, FailureKind::Denied);
    assert_eq!(failure.message, "no (AccessDeniedException)");
    assert!(failure.help.unwrap().contains("`kms:DescribeKey`"));

    let body = "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>It&apos;s \
        no.</Message><RequestId>r</RequestId></Error>";
    let server = Server::start(Some((403, body)));
    let refusal = signed(&server.endpoint).await.object(&bucket("b"), get("k")).await.unwrap_err();
    assert_eq!(refusal.failure.kind, FailureKind::Denied);
    assert_eq!(refusal.failure.message, "it's no (AccessDenied)");
}

#[tokio::test]
async fn a_page_is_no_answer() {
    let page = "<html><body>log in</body></html>";
    // After `200 OK` a call may have had its effect, whatever the answer looks like.
    for (status, kind) in [(200, FailureKind::Unanswered), (404, FailureKind::Other)] {
        let server = Server::start(Some((status, page)));
        let failure = json_failure(&server, &KMS, "DescribeKey").await;
        assert_eq!(failure.kind, kind, "{failure:?}");
    }
    let server = Server::start(Some((404, page)));
    let refusal = signed(&server.endpoint).await.object(&bucket("b"), get("k")).await.unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.failure.kind), ("", FailureKind::Other));
}

/// Signs a recorded request again at the same instant, and prints both signatures.
const SIGN_AGAIN: &str = r"
import datetime, json, sys, botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
text, service, url = json.loads(sys.argv[1])
head, _, body = text.partition('\r\n\r\n')
first, *lines = head.split('\r\n')
headers = {name.lower(): value for name, value in (line.split(': ', 1) for line in lines)}
given = headers['authorization']
then = datetime.datetime.strptime(headers['x-amz-date'], '%Y%m%dT%H%M%SZ')
botocore.auth.get_current_datetime = lambda *_, **__: then
signed = given.split('SignedHeaders=')[1].split(',')[0].split(';')
method, path, _ = first.split(' ')
own = {name: headers[name] for name in signed if name not in ('host', 'x-amz-date')}
request = AWSRequest(method, url + path, own, body.encode())
signer = botocore.auth.S3SigV4Auth if service == 's3' else botocore.auth.SigV4Auth
signer(Credentials('test', 'test'), service, 'eu-west-3').add_auth(request)
print(json.dumps([a.split('Signature=')[1] for a in (given, request.headers['Authorization'])]))
";

/// A server that answers one request with `{}`, and gives its text.
fn record() -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut text = String::new();
        let whole = |text: &str| {
            let (head, body) = text.split_once("\r\n\r\n")?;
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
            (body.len() == length.parse::<usize>().unwrap()).then_some(())
        };
        while whole(&text).is_none() {
            let mut part = [0; 4096];
            let read = stream.read(&mut part).unwrap();
            text.push_str(std::str::from_utf8(&part[..read]).unwrap());
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").unwrap();
        text
    });
    (endpoint, heard)
}

#[tokio::test]
async fn botocore_signs_alike() {
    let moto = Moto::start();
    for service in [&S3, &SSM] {
        let (endpoint, heard) = record();
        let signed = signed(&endpoint).await;
        if service == &S3 {
            let request = Request {
                operation: "s3:PutObject",
                method: "PUT",
                key: "env:/été+b/x//y.tfstate",
                query: vec![("tagging", String::new()), ("a", "b/c d".to_owned())],
                headers: vec![("if-match", "\"1\"".to_owned())],
                body: b"{}".to_vec(),
                once: false,
            };
            signed.object(&bucket("b"), request).await.unwrap();
        } else {
            signed.json(service, "GetParameter", &json!({"Name": "/a"})).await.unwrap();
        }
        let recorded = json!([heard.join().unwrap(), service.name, endpoint]).to_string();
        let both = moto.python(SIGN_AGAIN, &[&recorded]);
        let [ours, theirs]: [String; 2] = serde_json::from_str(&both).unwrap();
        assert_eq!(ours, theirs, "{recorded}");
    }
}
