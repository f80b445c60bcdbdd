//! `backend "s3"`, with real processes over moto's S3: what is written, who has the lock, and what happens when it is lost.

use super::gate::Gate;
use super::server::Moto;
use serde_json::Value as Json;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const STACK: &str = r#"
terraform {
  backend "s3" {
    bucket       = "states"
    key          = "web/state"
    region       = "eu-west-3"
    use_lockfile = true
  }
}
provider "aws" { region = "eu-west-3" }
resource "aws_cloudwatch_log_group" "l" {
  name              = "l"
  retention_in_days = 30
}
"#;

/// What holds an apply back in the middle of its work.
pub(super) const CREATE: &str = "Logs_20140328.CreateLogGroup";

/// A stack whose state is in a bucket.
pub(super) struct Site {
    pub(super) moto: Moto,
    pub(super) folder: tempfile::TempDir,
}

impl Site {
    pub(super) fn new() -> Self {
        let moto = Moto::start();
        moto.bucket("states");
        Self { moto, folder: another(STACK) }
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in(self.folder.path(), arguments)
    }

    fn run_in(&self, folder: &Path, arguments: &[&str]) -> Ran {
        Ran::of(&command(folder, &self.moto.endpoint(), arguments).output().unwrap())
    }

    /// An apply that goes through a gate.
    pub(super) fn start(&self, gate: &Gate) -> Child {
        command(self.folder.path(), &gate.endpoint(), &["apply", "-auto-approve"]).spawn().unwrap()
    }

    /// The names of the objects in the bucket.
    pub(super) fn keys(&self) -> Vec<String> {
        let all = "import boto3, json; print(json.dumps([o['Key'] for o in \
            boto3.client('s3').list_objects_v2(Bucket='states').get('Contents', [])]))";
        serde_json::from_str(&self.moto.python(all, &[])).unwrap()
    }

    pub(super) fn state(&self) -> Json {
        let get = "import boto3; print(boto3.client('s3').get_object(Bucket='states', \
            Key='web/state')['Body'].read().decode())";
        serde_json::from_str(&self.moto.python(get, &[])).unwrap()
    }

    fn put(&self, key: &str, text: &str) {
        let put = "import boto3, sys; boto3.client('s3').put_object(Bucket='states', \
            Key=sys.argv[1], Body=sys.argv[2].encode())";
        self.moto.python(put, &[key, text]);
    }

    pub(super) fn groups(&self) -> usize {
        self.moto.inventory()["aws_cloudwatch_log_group"].as_array().map_or(0, Vec::len)
    }
}

/// A folder with a stack.
pub(super) fn another(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("main.tf"), text).unwrap();
    folder
}

/// banana with nothing else around it.
pub(super) fn command(folder: &Path, endpoint: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
    command.current_dir(folder).env_clear().env("USER", "ann").args(arguments);
    command.env("AWS_ENDPOINT_URL", endpoint).env("AWS_EC2_METADATA_DISABLED", "true");
    command.envs([("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What came of a process.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) code: Option<i32>,
    pub(super) said: String,
}

impl Ran {
    pub(super) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = format!("{}\n{}", text(&output.stdout), text(&output.stderr));
        Self { code: output.status.code(), said }
    }

    pub(super) fn end(child: Child) -> Self {
        Self::of(&child.wait_with_output().unwrap())
    }

    #[track_caller]
    pub(super) fn ends(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.said);
        for word in words {
            assert!(self.said.contains(word), "no `{word}` in:\n{}", self.said);
        }
        self
    }
}

#[test]
fn a_state_lives_in_a_bucket() {
    let site = Site::new();
    site.run(&["apply", "-auto-approve"]).ends(0, &["done: 1 created"]);
    assert_eq!(site.keys(), ["web/state"], "the lock is given back");
    assert_eq!(site.state()["resources"][0]["instances"][0]["attributes"]["name"], "l");
    site.run(&["apply", "-auto-approve"]).ends(0, &["no changes"]);
    site.run(&["plan", "-detailed-exitcode"]).ends(0, &["no changes"]);
    site.run(&["state", "list"]).ends(0, &["aws_cloudwatch_log_group.l"]);
    // Each workspace has a state of its own.
    site.run(&["plan", "-detailed-exitcode", "-workspace", "blue"]).ends(2, &["1 to create"]);
    let pulled = site.run(&["state", "pull"]).ends(0, &["lineage"]).said;
    std::fs::write(site.folder.path().join("copy"), pulled).unwrap();
    site.run(&["state", "rm", "aws_cloudwatch_log_group.l"]).ends(0, &["nothing was touched"]);
    site.run(&["state", "push", "copy"]).ends(2, &["newer"]);
    site.run(&["state", "push", "-force", "copy"]).ends(0, &["holds 1 objects now"]);
    site.run(&["destroy", "-auto-approve"]).ends(0, &["1 destroyed"]);
    assert_eq!((site.groups(), site.keys()), (0, vec!["web/state".to_owned()]));
}

#[test]
fn a_saved_plan_is_for_one_place() {
    let site = Site::new();
    site.run(&["plan", "-out=p"]).ends(0, &[]);
    let elsewhere = ["apply", "p", "-backend-config=key=other"];
    site.run(&elsewhere).ends(2, &["s3://states/web/state", "s3://states/other"]);
    site.run(&["apply", "p"]).ends(0, &["1 created"]);
    site.run(&["apply", "p"]).ends(2, &["first one"]);
}

#[test]
fn who_has_the_lock_is_told_and_it_can_be_taken_away() {
    let site = Site::new();
    let lock = r#"{"ID":"1-2","Operation":"OperationTypeApply","Who":"bob@far","Created":"2026-01-01T00:00:00Z"}"#;
    site.put("web/state.tflock", lock);
    let told = ["bob@far has been applying since 2026", "`banana unlock 1-2`"];
    site.run(&["apply", "-auto-approve"]).ends(4, &told);
    let waits = ["apply", "-auto-approve", "-lock-timeout=1s"];
    site.run(&waits).ends(4, &["waiting: the state at `s3://states/web/state` is locked"]);
    site.run(&["unlock", "1-3", "--force"]).ends(2, &["another lock than 1-3", "bob@far"]);
    site.run(&["unlock", "1-2"]).ends(2, &["nobody is at the terminal"]);
    assert_eq!(site.keys(), ["web/state.tflock"], "nothing was changed");
    assert_eq!(site.groups(), 0);
    site.run(&["unlock", "1-2", "--force"]).ends(0, &["not locked any more"]);
    site.run(&["unlock"]).ends(0, &["is not locked"]);
    site.run(&["apply", "-auto-approve"]).ends(0, &["1 created"]);
}

#[test]
fn a_run_that_dies_locks_others_out_and_not_its_own_machine() {
    let site = Site::new();
    let gate = Gate::before(&site.moto, CREATE);
    let mut child = site.start(&gate);
    gate.reached();
    site.run(&["unlock", "--force"]).ends(4, &["that run is alive"]);
    child.kill().unwrap();
    child.wait().unwrap();
    gate.set(true);
    let far = another(STACK);
    site.run_in(far.path(), &["apply", "-auto-approve"]).ends(4, &["ann@"]);
    site.run(&["apply", "-auto-approve"]).ends(0, &["an earlier run was interrupted"]);
    assert_eq!(site.groups(), 1);
    assert_eq!(site.keys(), ["web/state"], "the lock is given back");
}

#[test]
fn a_run_that_dies_while_it_takes_the_lock_locks_nobody_out_here() {
    for arrives in [false, true] {
        let site = Site::new();
        // Noted on this machine, and on its way to the bucket.
        let gate = Gate::before(&site.moto, ".tflock");
        let mut child = site.start(&gate);
        gate.reached();
        child.kill().unwrap();
        child.wait().unwrap();
        let noted = site.run(&["unlock"]).said;
        assert!(site.keys().is_empty(), "{noted}");
        if arrives {
            // The request reaches the bucket after the death of its sender.
            gate.set(true);
            let start = Instant::now();
            while site.keys().is_empty() {
                assert!(start.elapsed() < Duration::from_mins(1), "it never arrives");
                std::thread::sleep(Duration::from_millis(20));
            }
            let far = another(STACK);
            site.run_in(far.path(), &["apply", "-auto-approve"]).ends(4, &["ann@"]);
        }
        site.run(&["apply", "-auto-approve"]).ends(0, &["1 created"]);
        assert_eq!(site.groups(), 1);
        assert_eq!(site.keys(), ["web/state"], "the lock is given back");
    }
}

#[test]
fn a_lost_lock_cannot_overwrite_what_somebody_else_wrote() {
    let site = Site::new();
    let gate = Gate::before(&site.moto, CREATE);
    let child = site.start(&gate);
    gate.reached();
    let other = r#"{"version":4,"terraform_version":"1.11.4","serial":7,"lineage":"x","outputs":{},"resources":[]}"#;
    site.put("web/state", other);
    gate.set(true);
    let told = ["written by somebody else", "errored.tfstate", "banana state push"];
    Ran::end(child).ends(3, &told);
    assert_eq!(site.state(), serde_json::from_str::<Json>(other).unwrap(), "it is as it was");
    let errored = std::fs::read(site.folder.path().join("errored.tfstate")).unwrap();
    let errored: Json = serde_json::from_slice(&errored).unwrap();
    assert_eq!(errored["resources"][0]["type"], "aws_cloudwatch_log_group");
    // The journal is of another state than the one that is there now.
    site.run(&["apply", "-auto-approve"]).ends(2, &["another state", "lineage x"]);
    site.run(&["state", "push", "errored.tfstate"]).ends(2, &["is another state"]);
    site.run(&["state", "push", "-force", "errored.tfstate"]).ends(0, &["holds 1 objects"]);
    site.run(&["apply", "-auto-approve"]).ends(0, &["no changes"]);
    assert_eq!(site.groups(), 1);
}

#[test]
fn a_state_that_is_still_in_a_file_is_not_forgotten() {
    let site = Site::new();
    site.run(&["apply", "-auto-approve"]).ends(0, &[]);
    let file = site.folder.path().join("terraform.tfstate");
    std::fs::write(&file, site.state().to_string()).unwrap();
    let fresh = ["plan", "-backend-config=key=new"];
    site.run(&fresh).ends(2, &["`terraform.tfstate` beside the stack holds 1 objects"]);
    let push = ["state", "push", "terraform.tfstate", "-backend-config=key=new"];
    site.run(&push).ends(0, &["s3://states/new holds 1 objects now"]);
    std::fs::remove_file(file).unwrap();
    site.run(&["plan", "-detailed-exitcode", "-backend-config=key=new"]).ends(0, &["no changes"]);
}

#[test]
fn what_terraform_init_was_told_is_known_and_held_against_the_block() {
    let site = Site::new();
    let text = STACK.replace("key          = \"web/state\"\n", "");
    let folder = another(&text);
    let run = |arguments: &[&str]| site.run_in(folder.path(), arguments);
    run(&["plan"]).ends(2, &["`key` is missing", "--backend-config key=VALUE"]);
    let note = folder.path().join(".terraform/terraform.tfstate");
    std::fs::create_dir(folder.path().join(".terraform")).unwrap();
    let told = |config: &str| {
        let text = format!("{{\"version\":3,\"backend\":{{\"type\":\"s3\",\"config\":{config}}}}}");
        std::fs::write(&note, text).unwrap();
    };
    told(r#"{"bucket":"states","key":"noted","region":"eu-west-3","acl":null}"#);
    run(&["apply", "-auto-approve"]).ends(0, &["1 created"]);
    assert_eq!(site.keys(), ["noted"]);
    told(r#"{"bucket":"old","key":"noted","region":"eu-west-3"}"#);
    run(&["plan"]).ends(2, &["another `bucket`"]);
    std::fs::write(folder.path().join("prod.hcl"), "bucket = \"states\"\nkey = \"noted\"\n")
        .unwrap();
    run(&["plan", "-detailed-exitcode", "-backend-config=prod.hcl"]).ends(0, &["no changes"]);
}

/// A server that gives one answer to everything.
fn always(status: &'static str, kind: &'static str, body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            if client.read(&mut [0; 16384]).unwrap_or(0) > 0 {
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n");
                let _ = write!(client, "{head}Content-Length: {length}\r\n\r\n{body}");
            }
        }
    });
    endpoint
}

#[test]
fn a_bucket_that_cannot_be_used_is_told_and_nothing_is_touched() {
    let site = Site::new();
    let page = "<html><body>please log in</body></html>";
    let denied = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";
    let moved = "<Error><Code>PermanentRedirect</Code><Message>Use the endpoint.</Message></Error>";
    for (endpoint, words) in [
        (always("200 OK", "text/html", page), &["is a page", "`endpoints`"][..]),
        (always("404 Not Found", "text/html", page), &["not S3", "`endpoints`"]),
        (always("403 Forbidden", "application/xml", denied), &["AccessDenied", "`s3:ListBucket`"]),
        (always("301 Moved", "application/xml", moved), &["another region", "`region`"]),
        ("http://127.0.0.1:9".to_owned(), &["AWS_ENDPOINT_URL"]),
    ] {
        for arguments in [&["plan"][..], &["apply", "-auto-approve"]] {
            let mut command = command(site.folder.path(), &site.moto.endpoint(), arguments);
            let output = command.env("AWS_ENDPOINT_URL_S3", &endpoint).output().unwrap();
            Ran::of(&output).ends(2, words).ends(2, &["s3://states/web/state"]);
        }
    }
    let none = ["apply", "-auto-approve", "-backend-config=bucket=nowhere"];
    site.run(&none).ends(2, &["make the bucket `nowhere`", "NoSuchBucket"]);
    assert_eq!((site.groups(), site.keys()), (0, Vec::new()));
}
