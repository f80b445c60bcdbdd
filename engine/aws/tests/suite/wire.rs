//! What happens on the wire: how often a call is sent, and what silence, refusal and nonsense mean.

use banana_aws::{Aws, Keys, Options};
use plan::{FailureKind, Identity, Progress, Provider, Token};
use stack::Value;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

struct Silent;

impl Progress for Silent {
    fn created(&self, _attributes: &Value) {}
    fn note(&self, _text: &str) {}
}

/// A server that answers every request alike; `None` hangs up without a word.
pub(crate) struct Server {
    pub(crate) endpoint: String,
    pub(crate) requests: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) fn start(answer: Option<(u16, impl Into<String>)>) -> Self {
        Self::sending(answer.map(|(status, body)| (status, body.into())), 0)
    }

    /// One that breaks off when so many bytes of its answer are still missing.
    fn torn(body: &str, missing: usize) -> Self {
        Self::sending(Some((200, body.to_owned())), missing)
    }

    fn sending(answer: Option<(u16, String)>, missing: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                // A request ends with its body: the SDK sends small ones in one piece.
                let read = stream.read(&mut [0; 16384]).unwrap_or_default();
                if read == 0 {
                    continue;
                }
                counted.fetch_add(1, Ordering::SeqCst);
                if let Some((status, body)) = &answer {
                    let head =
                        format!("HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: ");
                    let _ = write!(stream, "{head}{}\r\n\r\n{body}", body.len() + missing);
                }
            }
        });
        Self { endpoint, requests }
    }

    async fn provider(&self) -> Aws {
        provider(&self.endpoint).await
    }
}

/// Keys that open nothing, and where to take them.
pub(crate) fn options(endpoint: &str) -> Options {
    let keys = Keys { access: "test".to_owned(), secret: "test".to_owned(), token: None };
    Options {
        region: Some("eu-west-3".to_owned()),
        endpoint: Some(endpoint.to_owned()),
        keys: Some(keys),
        ..Options::default()
    }
}

async fn provider(endpoint: &str) -> Aws {
    Aws::connect(&options(endpoint)).await.unwrap()
}

fn vpc() -> Value {
    let ty = plan::shape::of_type("aws_vpc").unwrap();
    let json = serde_json::json!({"id": "vpc-1", "cidr_block": "10.0.0.0/16"});
    Value::from_json(&ty, &json).unwrap()
}

async fn create(aws: &Aws) -> FailureKind {
    let token = Token("t".to_owned());
    aws.create("aws_vpc", &vpc(), &token, &Silent).await.unwrap_err().kind
}

async fn read(aws: &Aws) -> FailureKind {
    let object = vpc();
    aws.read(Identity { ty: "aws_vpc", attributes: &object }).await.unwrap_err().kind
}

const BROKEN: &str = "<Response><Errors><Error><Code>InternalError</Code>\
    <Message>An internal error has occurred.</Message></Error></Errors></Response>";

/// A create whose answer is lost may have had its effect: only the engine, which can look, may send it again.
#[tokio::test]
async fn a_create_is_sent_once_and_a_read_three_times() {
    for answer in [Some((500, BROKEN)), None] {
        let server = Server::start(answer);
        let aws = server.provider().await;
        assert_eq!(create(&aws).await, FailureKind::Unanswered);
        assert_eq!(server.requests.swap(0, Ordering::SeqCst), 1, "a create is sent once");
        assert_eq!(read(&aws).await, FailureKind::Unanswered);
        assert_eq!(server.requests.load(Ordering::SeqCst), 3, "a read is sent three times");
    }
}

/// Whatever came after `200 OK`, the call may have had its effect.
#[tokio::test]
async fn an_answer_that_cannot_be_read_is_none() {
    let whole = "<CreateVpcResponse><vpc><vpcId>vpc-1</vpcId></vpc></CreateVpcResponse>";
    let (half, rest) = whole.split_at(whole.len() / 2);
    for server in [
        Server::torn(half, rest.len()),
        Server::start(Some((200, "<html>log in to the Wi-Fi first</html>"))),
        Server::start(Some((200, ""))),
    ] {
        assert_eq!(create(&server.provider().await).await, FailureKind::Unanswered);
        assert_eq!(server.requests.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn an_endpoint_that_nobody_listens_at_is_unreachable() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", taken.local_addr().unwrap());
    drop(taken);
    let aws = provider(&endpoint).await;
    assert_eq!(create(&aws).await, FailureKind::Unreachable);
}

#[tokio::test]
async fn a_page_that_is_no_answer_makes_no_object_disappear() {
    let server = Server::start(Some((404, "<html>not found</html>")));
    let aws = server.provider().await;
    assert_eq!(read(&aws).await, FailureKind::Other);
}

#[tokio::test]
async fn the_apis_own_words_reach_the_user() {
    let body = "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not \
        authorized to perform this operation.</Message></Error></Errors></Response>";
    let server = Server::start(Some((403, body)));
    let aws = server.provider().await;
    let token = Token("t".to_owned());
    let failure = aws.create("aws_vpc", &vpc(), &token, &Silent).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Denied);
    assert_eq!(failure.operation, "ec2:CreateVpc");
    assert_eq!(
        failure.message,
        "you are not authorized to perform this operation (UnauthorizedOperation)"
    );
    assert!(failure.help.unwrap().contains("`ec2:CreateVpc`"));
}

#[tokio::test]
async fn what_it_cannot_do_it_says_before_any_call() {
    let server = Server::start(None::<(u16, &str)>);
    let aws = server.provider().await;
    assert!(aws.handles("aws_vpc") && !aws.handles("aws_vpn_gateway"));
    let token = Token("t".to_owned());
    let failure = aws.create("aws_vpn_gateway", &vpc(), &token, &Silent).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unsupported);
    let prior = vpc();
    let ty = plan::shape::of_type("aws_vpc").unwrap();
    let json = serde_json::json!({"id": "vpc-1", "cidr_block": "10.1.0.0/16"});
    let planned = Value::from_json(&ty, &json).unwrap();
    let failure = aws.update("aws_vpc", &prior, &planned, &Silent).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unsupported, "{failure:?}");
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}
