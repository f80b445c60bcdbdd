//! Between banana and moto: a proxy that delays, refuses, breaks off and loses, as networks and AWS do.
//!
//! One request a connection. Which requests suffer is decided by a seed and the request's number.

use super::server::Moto;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It goes through.
    Passes,
    /// It goes through, late.
    Delayed(Duration),
    /// A page of HTML with a 500; nothing happened.
    Broken,
    /// A 503; nothing happened.
    Unavailable,
    /// Slow down; nothing happened.
    Throttled,
    /// The connection breaks; nothing happened.
    Reset,
    /// It has its effect; the answer is lost.
    Lost,
    /// It has its effect; half of the answer comes.
    Torn,
}

/// A running proxy.
#[derive(Debug)]
pub(crate) struct Proxy {
    port: u16,
    /// Requests so far, and those that suffered.
    pub(crate) requests: Arc<AtomicU64>,
    pub(crate) faults: Arc<AtomicU64>,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Proxy {
    /// Stands before a server.
    pub(crate) fn before(moto: &Moto, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let to = moto.endpoint().trim_start_matches("http://").to_owned();
        let (requests, faults) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let ends = Arc::new(AtomicBool::new(false));
        let (count, suffered, ending) =
            (Arc::clone(&requests), Arc::clone(&faults), Arc::clone(&ends));
        let thread = thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if ending.load(Ordering::Relaxed) {
                    return;
                }
                let number = count.fetch_add(1, Ordering::Relaxed);
                let fate = fate(random(seed ^ number));
                if fate != Fate::Passes {
                    suffered.fetch_add(1, Ordering::Relaxed);
                }
                // A connection that breaks is what this is for: nothing is done about errors.
                let to = to.clone();
                thread::spawn(move || drop(serve(client, &to, fate)));
            }
        });
        Self { port, requests, faults, ends, thread: Some(thread) }
    }

    /// `http://127.0.0.1:12345`
    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A number that depends on each bit of another (splitmix64).
pub(crate) fn random(of: u64) -> u64 {
    let mut z = of.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Every fifth request suffers.
fn fate(random: u64) -> Fate {
    match random % 100 {
        0..6 => Fate::Delayed(Duration::from_millis(50 + random / 100 % 400)),
        6..9 => Fate::Broken,
        9..12 => Fate::Unavailable,
        12..15 => Fate::Throttled,
        15..17 => Fate::Reset,
        17..20 => Fate::Lost,
        20..21 => Fate::Torn,
        _ => Fate::Passes,
    }
}

fn serve(mut client: TcpStream, to: &str, fate: Fate) -> std::io::Result<()> {
    client.set_read_timeout(Some(Duration::from_secs(30)))?;
    let request = request(&mut client)?;
    match fate {
        Fate::Delayed(time) => thread::sleep(time),
        Fate::Broken => {
            let page = "<html><body><h1>500 Internal Server Error</h1></body></html>";
            return answer(&mut client, "500 Internal Server Error", "text/html", page);
        }
        Fate::Unavailable => {
            return answer(&mut client, "503 Service Unavailable", "text/plain", "come back later");
        }
        Fate::Throttled => {
            let (kind, text) = throttling(&request);
            return answer(&mut client, "400 Bad Request", kind, &text);
        }
        Fate::Reset => return client.shutdown(Shutdown::Both),
        Fate::Passes | Fate::Lost | Fate::Torn => {}
    }
    let answer = forward(&request, to)?;
    match fate {
        Fate::Lost => client.shutdown(Shutdown::Both),
        Fate::Torn => client.write_all(&answer[..answer.len() / 2]),
        _ => client.write_all(&answer),
    }
}

/// What the server answers.
pub(super) fn forward(request: &[u8], to: &str) -> std::io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(to)?;
    server.set_read_timeout(Some(Duration::from_mins(1)))?;
    server.write_all(request)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    Ok(answer)
}

/// A whole request, which asks to end the connection.
pub(super) fn request(client: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let value = |line: &str| line.split_once(':').map(|(_, value)| value.trim().to_owned());
            let length =
                head.lines().find(|l| l.to_ascii_lowercase().starts_with("content-length"));
            let length: usize = length.and_then(value).and_then(|n| n.parse().ok()).unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                let mut whole = format!("{head}\r\nConnection: close\r\n\r\n").into_bytes();
                whole.extend(&bytes[end + 4..end + 4 + length]);
                return Ok(whole);
            }
        }
        match client.read(&mut part)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => bytes.extend(&part[..read]),
        }
    }
}

/// How the service that is asked says that it is asked too often.
fn throttling(request: &[u8]) -> (&'static str, String) {
    let request = String::from_utf8_lossy(request);
    if request.to_ascii_lowercase().contains("x-amz-target") {
        let text = r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#;
        return ("application/x-amz-json-1.1", text.to_owned());
    }
    let error =
        |code: &str| format!("<Error><Code>{code}</Code><Message>slow down</Message></Error>");
    let text = if request.contains("Version=2016-11-15") {
        let error = error("RequestLimitExceeded");
        format!("<Response><Errors>{error}</Errors><RequestID>r</RequestID></Response>")
    } else {
        format!("<ErrorResponse>{}<RequestId>r</RequestId></ErrorResponse>", error("Throttling"))
    };
    ("text/xml", text)
}

fn answer(client: &mut TcpStream, status: &str, kind: &str, text: &str) -> std::io::Result<()> {
    let length = text.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    client.write_all(format!("{head}{text}").as_bytes())
}
