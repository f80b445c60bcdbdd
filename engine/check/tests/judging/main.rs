//! Judging small stacks with one small rule: places, suppressions, order.

mod findings;
mod fingerprints;
mod fixing;
mod judged;
mod suppressions;

use banana_check::{self as check, Check, Meta, Options, Outcome, Rule, Severity};
use model::{Attr, Subnet};
use stack::{Empty, Host, Program, Stack};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

const META: Meta = Meta {
    code: "TST001",
    name: "public-subnet",
    severity: Severity::Medium,
    resources: &["aws_subnet"],
    aliases: &["CKV_AWS_130", "AVD-AWS-0164", "aws-ec2-no-public-ip-subnet", "aws_subnet_public"],
    controls: &[],
    since: "0.1.0",
    links: &[],
};

static RULE: Rule = Rule {
    meta: &META,
    docs: "# Public\n",
    source: "rules/tst/public_subnet.rs",
    fix: None,
    judge: check::Judge::Native(|context, meta| check::each(context, meta, judge)),
};

fn judge<'a>(subnet: &Subnet<'a>, check: &mut Check<'a>) {
    match subnet.map_public_ip_on_launch {
        Attr::Known(true, value) => {
            check.fail(value, "map_public_ip_on_launch", "public");
        }
        Attr::Unknown(value) => {
            check.unknown(value, "map_public_ip_on_launch", "perhaps public");
        }
        _ => {}
    }
}

/// A machine that holds just these files.
struct Files(BTreeMap<PathBuf, String>);

impl Host for Files {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let text = self.0.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(text.clone().into_bytes())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        let mut names = BTreeMap::new();
        for path in self.0.keys().filter_map(|path| path.strip_prefix(folder).ok()) {
            let mut steps = path.components().map(|step| step.as_os_str().to_string_lossy());
            if let Some(first) = steps.next() {
                names.insert(first.into_owned(), steps.next().is_some());
            }
        }
        Ok(names.into_iter().collect())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.into())
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn current(&self) -> io::Result<PathBuf> {
        Ok("/stack".into())
    }
}

fn resolve(files: &[(&str, &str)]) -> Stack {
    resolve_in("", files)
}

fn resolve_in(workspace: &str, files: &[(&str, &str)]) -> Stack {
    let files = files
        .iter()
        .map(|(name, text)| (Path::new("/stack").join(name), (*text).to_owned()))
        .collect();
    let host = Files(files);
    let options = stack::Options {
        path: "/stack".into(),
        workspace: workspace.into(),
        ..stack::Options::default()
    };
    Program::load(&options, &host).resolve(&Empty)
}

fn run(files: &[(&str, &str)], today: Option<&str>) -> Outcome {
    let options = Options { today: today.map(str::to_owned), ..Options::default() };
    check::run(&resolve(files), &[RULE], &options)
}
