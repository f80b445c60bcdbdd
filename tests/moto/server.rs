//! AWS on this machine: moto's server on a loopback port, in a virtual environment of its own, and boto3 as the second reader.
//!
//! The environment is made once, under the target folder, from `tests/moto-requirements.txt` (pinned and hashed). A server lives
//! as long as its [`Moto`]; it ends by itself when the test process is gone.

use serde_json::Value;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const REQUIREMENTS: &str = include_str!("../moto-requirements.txt");
const INVENTORY: &str = include_str!("inventory.py");
/// Ends with the test process: the end of its standard input is the end of this. And moto forgets what a rule between two groups is
/// said to be for, which AWS does not; and it looks for an object and then writes it, where S3 does both at once.
const SERVER: &str = "import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from moto.ec2.models.security_groups import SecurityGroupRule
SecurityGroupRule.description = property(
    lambda rule: rule.ip_range.get('Description') or rule.source_group.get('Description'))
from moto.s3.responses import S3Response
put, alone = S3Response.put_object, threading.Lock()
def put_alone(self):
    with alone:
        return put(self)
S3Response.put_object = put_alone
from moto.server import main
main()";

/// The region of everything that tests make.
pub(crate) const REGION: &str = "eu-west-3";

/// A running server.
#[derive(Debug)]
pub(crate) struct Moto {
    child: Child,
    python: PathBuf,
    port: u16,
}

impl Moto {
    /// Starts a server and waits until it answers.
    pub(crate) fn start() -> Self {
        let python = environment();
        for _ in 0..5 {
            if let Some(moto) = Self::try_start(&python) {
                return moto;
            }
        }
        panic!("moto does not start: see {}", log(&python).display());
    }

    /// Another process may take the free port first; then there is no server.
    fn try_start(python: &Path) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = File::options().create(true).append(true).open(log(python)).unwrap();
        let child = Command::new(python)
            .args(["-c", SERVER, "-H", "127.0.0.1", "-p", &port.to_string()])
            .env("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
            .env("MOTO_ECS_SERVICE_RUNNING", "2")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut moto = Self { child, python: python.to_owned(), port };
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(1) {
            if moto.request("GET", "/moto-api/").is_some_and(|answer| answer.contains(" 200 ")) {
                return Some(moto);
            }
            if moto.child.try_wait().unwrap().is_some() {
                return None;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        None
    }

    /// `http://127.0.0.1:12345`
    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What a child process needs to see this server as AWS: the endpoint, a region, and keys that open nothing.
    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", self.endpoint()),
            ("AWS_REGION", REGION.to_owned()),
            ("AWS_DEFAULT_REGION", REGION.to_owned()),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
        ]
    }

    /// Every object of the account, as boto3 lists it: `{"aws_vpc": [{…}, …], …}`.
    pub(crate) fn inventory(&self) -> Value {
        serde_json::from_str(&self.python(INVENTORY, &[])).unwrap()
    }

    /// A certificate for listeners: its ARN.
    pub(crate) fn certificate(&self) -> String {
        self.python(
            "import boto3; acm = boto3.client('acm'); \
            print(acm.request_certificate(DomainName='banana.example')['CertificateArn'])",
            &[],
        )
        .trim()
        .to_owned()
    }

    /// Makes a bucket.
    pub(crate) fn bucket(&self, name: &str) {
        self.python(
            "import boto3, os, sys; boto3.client('s3').create_bucket(Bucket=sys.argv[1], \
            CreateBucketConfiguration={'LocationConstraint': os.environ['AWS_REGION']})",
            &[name],
        );
    }

    /// What a program prints that sees this server as AWS.
    pub(crate) fn python(&self, code: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(&self.python);
        let output =
            command.args(["-c", code]).args(arguments).envs(self.variables()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn request(&self, method: &str, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
        let head = "Host: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        stream.write_all(format!("{method} {path} HTTP/1.1\r\n{head}").as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("moto")
}

fn log(python: &Path) -> PathBuf {
    python.parent().and_then(Path::parent).unwrap_or(python).join("server.log")
}

/// The interpreter of the virtual environment, which is made when it is missing or of other requirements. One process makes it;
/// the others wait.
fn environment() -> PathBuf {
    let folder = folder();
    fs::create_dir_all(&folder).unwrap();
    let lock = File::create(folder.join("lock")).unwrap();
    lock.lock().unwrap();
    let home = folder.join("environment");
    let python =
        if cfg!(windows) { home.join("Scripts/python.exe") } else { home.join("bin/python") };
    let made_from = home.join("made-from.txt");
    let is_current = fs::read_to_string(&made_from).is_ok_and(|text| text == REQUIREMENTS);
    if is_current && runs(&python, "import moto, boto3") {
        return python;
    }
    if home.exists() {
        fs::remove_dir_all(&home).unwrap();
    }
    run(Command::new(interpreter()).args(["-m", "venv"]).arg(&home));
    let list = home.join("requirements.txt");
    fs::write(&list, REQUIREMENTS).unwrap();
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    let only = ["--require-hashes", "--only-binary", ":all:", "-r"];
    run(Command::new(&python).args(install).args(only).arg(&list));
    fs::write(&made_from, REQUIREMENTS).unwrap();
    python
}

/// The first Python on the path that is new enough for moto.
fn interpreter() -> &'static str {
    let names = ["python3", "python", "python3.13", "python3.12", "python3.11", "python3.10"];
    let is_fit = "import sys, venv; sys.exit(sys.version_info < (3, 10))";
    let found = names.into_iter().find(|name| runs(Path::new(name), is_fit));
    found.expect("these tests need Python 3.10 or newer with the `venv` module")
}

fn runs(python: &Path, code: &str) -> bool {
    let mut command = Command::new(python);
    command.args(["-c", code]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed: {error}");
}
