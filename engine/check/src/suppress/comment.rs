//! What a comment orders, whichever tool's grammar it is written in.

use super::date::is_day;
use crate::Meta;
use crate::wildcard::fits;

/// Whose grammar a comment is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// `banana:ignore[ECS002] until=2027-01-31 reason="…"`, `banana:ignore-file[…]`
    Banana,
    /// `checkov:skip=CKV_AWS_1:reason`
    Checkov,
    /// `trivy:ignore:AVD-AWS-0107[attr=value]:exp:2027-01-31:ws:prod`, `tfsec:ignore:…`
    Trivy,
    /// `tflint-ignore: rule, rule # reason`, `tflint-ignore-file: …`
    Tflint,
}

impl Tool {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Banana => "banana",
            Self::Checkov => "checkov",
            Self::Trivy => "trivy",
            Self::Tflint => "tflint",
        }
    }
}

/// One order to be silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comment {
    /// Whose grammar it is.
    pub(crate) tool: Tool,
    /// The rules it names, as written; `*` stands for any text, where the tool says so.
    pub(crate) ids: Vec<String>,
    /// It speaks for the whole file.
    pub(crate) file: bool,
    /// The reason it gives.
    pub(crate) reason: Option<String>,
    /// `2027-01-31`: its last day (trivy's: the first day without it).
    pub(crate) until: Option<String>,
    /// Attribute values that are asked for: path and value.
    pub(crate) conditions: Vec<(String, String)>,
    /// The only instances it speaks of: an address, `*` for any text.
    pub(crate) instances: Option<String>,
    /// The only workspace it speaks for, `*` for any text.
    pub(crate) workspace: Option<String>,
    /// Why it cannot be obeyed.
    pub(crate) flaw: Option<Flaw>,
}

/// Why a comment cannot be obeyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// What is wrong.
    pub message: String,
    /// How to put it right.
    pub help: String,
}

impl Flaw {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

/// How a comment stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is obeyed.
    Active,
    /// Its last day is over.
    Ended,
    /// It is not obeyed: it has a flaw, is for another workspace, or ends on a day that cannot be compared with today.
    Idle,
}

impl Comment {
    pub(super) fn new(tool: Tool, ids: Vec<String>) -> Self {
        Self {
            tool,
            ids,
            file: false,
            reason: None,
            until: None,
            conditions: Vec::new(),
            instances: None,
            workspace: None,
            flaw: None,
        }
    }

    /// The ids that speak of a rule, by their numbers: by code or name in our grammar, by the rule's aliases in others'.
    pub(super) fn naming(&self, meta: &Meta) -> Vec<usize> {
        let named = |(at, id): (usize, &String)| self.names(id, meta).then_some(at);
        self.ids.iter().enumerate().filter_map(named).collect()
    }

    /// True when one of the ids speaks of a rule.
    pub(super) fn names(&self, id: &str, meta: &Meta) -> bool {
        let mut theirs = meta.aliases.iter().copied().filter(|alias| whose(alias) == self.tool);
        match self.tool {
            Tool::Banana => [meta.code, meta.name].iter().any(|own| fits(&plain(id), &plain(own))),
            Tool::Checkov => theirs.any(|alias| alias == id),
            Tool::Trivy => theirs.any(|alias| fits(&plain(id), &plain(alias))),
            Tool::Tflint if id == "all" => theirs.next().is_some(),
            Tool::Tflint => theirs.any(|alias| alias == id),
        }
    }

    /// True when an id speaks of more than one can list: of rules of another tool that have no name here.
    pub(super) fn is_open(&self, id: &str) -> bool {
        match self.tool {
            Tool::Banana | Tool::Checkov => false,
            Tool::Trivy => id.contains('*'),
            Tool::Tflint => id == "all",
        }
    }

    /// How it stands. `today` as `2026-01-31`.
    pub(super) fn state(&self, today: Option<&str>, workspace: &str) -> State {
        let elsewhere = self.workspace.as_ref().is_some_and(|only| !fits(only, workspace));
        if self.flaw.is_some() || elsewhere {
            return State::Idle;
        }
        let Some(until) = &self.until else { return State::Active };
        let Some(today) = today.filter(|_| is_day(until)) else { return State::Idle };
        let counts = match self.tool {
            Tool::Trivy => today < until.as_str(),
            _ => today <= until.as_str(),
        };
        if counts { State::Active } else { State::Ended }
    }
}

/// The tool that an alias belongs to, by its form.
fn whose(alias: &str) -> Tool {
    if alias.starts_with("CKV") {
        Tool::Checkov
    } else if alias.starts_with("aws_") || alias.starts_with("terraform_") {
        Tool::Tflint
    } else {
        Tool::Trivy
    }
}

/// Ids compare without case, and trivy's with or without `AVD-`.
fn plain(id: &str) -> String {
    let upper = id.trim().to_ascii_uppercase();
    upper.strip_prefix("AVD-").map(str::to_owned).unwrap_or(upper)
}

#[cfg(test)]
mod tests {
    use super::super::grammar::comments;
    use super::*;
    use crate::Severity;

    fn one(text: &str) -> Comment {
        let mut found = comments(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0).comment
    }

    #[test]
    fn which_rules() {
        const META: Meta = Meta {
            code: "SG001",
            name: "open-admin-port",
            severity: Severity::Critical,
            resources: &[],
            aliases: &["CKV_AWS_24", "AVD-AWS-0107", "aws-ec2-no-public-ingress-sgr", "aws_sg"],
            controls: &[],
            since: "0.1",
            links: &[],
        };
        for (text, named) in [
            ("banana:ignore[SG001]", true),
            ("banana:ignore[sg*]", true),
            ("banana:ignore[open-*-port]", true),
            ("banana:ignore[SG002]", false),
            ("banana:ignore[CKV_AWS_24]", false),
            ("checkov:skip=CKV_AWS_24", true),
            ("checkov:skip=CKV_AWS_2", false),
            ("checkov:skip=ckv_aws_24", false),
            ("trivy:ignore:avd-aws-0107", true),
            ("trivy:ignore:AWS-0107", true),
            ("trivy:ignore:*", true),
            ("trivy:ignore:CKV_AWS_24", false),
            ("tfsec:ignore:aws-ec2-no-public-ingress-sgr", true),
            ("tflint-ignore: all", true),
            ("tflint-ignore: aws_sg", true),
            ("tflint-ignore: aws_other", false),
        ] {
            assert_eq!(!one(text).naming(&META).is_empty(), named, "{text}");
        }
        assert_eq!(one("banana:ignore[SG002, SG*, SG001]").naming(&META), [1, 2]);
    }

    #[test]
    fn ends() {
        use State::{Active, Ended, Idle};
        let ours = one("banana:ignore[X] until=2027-01-31");
        let theirs = one("trivy:ignore:X:exp:2027-01-31");
        for (today, us, them) in [
            (Some("2027-01-30"), Active, Active),
            (Some("2027-01-31"), Active, Ended),
            (Some("2027-02-01"), Ended, Ended),
            (None, Idle, Idle),
        ] {
            assert_eq!((ours.state(today, ""), theirs.state(today, "")), (us, them), "{today:?}");
        }
        assert_eq!(one("banana:ignore[X] until=soon").state(Some("2000-01-01"), ""), Idle);
    }

    #[test]
    fn workspaces() {
        let state = |text: &str| one(text).state(None, "dev-eu");
        assert_eq!(state("trivy:ignore:X:ws:dev-*"), State::Active);
        assert_eq!(state("trivy:ignore:X:ws:dev"), State::Idle);
    }
}
