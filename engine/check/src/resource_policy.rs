//! What policies on resources allow, and whom.
//! What counts as public: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>

use crate::Check;
use model::{At, Attr, Part, PolicyDocument, Principal, Statement};
use stack::Value;

/// A statement that allows something.
#[derive(Clone, Debug)]
pub struct Allowance<'a> {
    /// `policy.Statement[0]`
    pub path: String,
    /// The statement.
    pub statement: Statement<'a>,
    /// The value to blame for the whole of it.
    pub value: &'a Value,
}

/// Keys of the request that tell who asks or from where, lower case.
const NARROWING: [&str; 24] = [
    "aws:sourcearn",
    "aws:sourceaccount",
    "aws:sourceowner",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceip",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourcevpcarn",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:vpceorgpaths",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:userid",
    "aws:viaawsservice",
    "kms:calleraccount",
    "kms:viaservice",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "elasticfilesystem:accesspointarn",
    "elasticfilesystem:accessedviamounttarget",
];

impl<'a> Check<'a> {
    /// The statements of a policy that allow something. Of what cannot be read it says that it is not known `whether`.
    pub fn allowances(&mut self, part: &Part<'a>, path: &str, whether: &str) -> Vec<Allowance<'a>> {
        let At { path, attr } = part.get::<PolicyDocument<'a>>(path);
        self.allowances_of(path, &attr, whether)
    }

    /// [`Self::allowances`] of a policy that was read already.
    pub fn allowances_of(
        &mut self,
        path: String,
        policy: &Attr<'a, PolicyDocument<'a>>,
        whether: &str,
    ) -> Vec<Allowance<'a>> {
        let open = || format!("it is not known whether {whether}");
        let document = match policy {
            Attr::Known(document, _) => document,
            Attr::Null(_) => return Vec::new(),
            Attr::Unknown(value) => {
                self.unknown(value, path, open());
                return Vec::new();
            }
        };
        let mut allowed = Vec::new();
        for (at, statement) in document.statements.iter().enumerate() {
            let path = format!("{path}.Statement[{at}]");
            match statement {
                Attr::Known(statement, value) if statement.allows() != Some(false) => {
                    allowed.push(Allowance { path, statement: statement.clone(), value });
                }
                Attr::Unknown(value) => {
                    self.unknown(value, path, open());
                }
                _ => {}
            }
        }
        allowed
    }

    /// Nobody but named principals may do anything: neither `*` nor all but some, unless a condition says who or from where.
    pub fn forbid_everybody(&mut self, part: &Part<'a>, path: &str, wrong: &str, whether: &str) {
        for allowance in self.allowances(part, path, whether) {
            self.forbid_everybody_in(&allowance, wrong, whether);
        }
    }

    /// [`Self::forbid_everybody`] of one statement.
    pub fn forbid_everybody_in(&mut self, allowance: &Allowance<'a>, wrong: &str, whether: &str) {
        let Allowance { path, statement, .. } = allowance;
        if narrowed(statement) {
            return;
        }
        if let Attr::Known(_, value) = statement.not_principals {
            self.fail(value, format!("{path}.NotPrincipal"), wrong);
            return;
        }
        let path = format!("{path}.Principal");
        match &statement.principals {
            Attr::Known(principals, _) => {
                for principal in principals {
                    match is_everybody(principal, self) {
                        Some(true) => {
                            self.fail(principal.id.value(), path.clone(), wrong);
                        }
                        Some(false) => {}
                        None => {
                            let message = format!("it is not known whether {whether}");
                            self.unknown(principal.id.value(), path.clone(), message);
                        }
                    }
                }
            }
            Attr::Unknown(value) => {
                self.unknown(value, path, format!("it is not known whether {whether}"));
            }
            Attr::Null(_) => {}
        }
    }

    /// No statement allows every action, all of a service, or all but some.
    pub fn forbid_every_action(&mut self, part: &Part<'a>, path: &str, wrong: &str, whether: &str) {
        for Allowance { path, statement, .. } in self.allowances(part, path, whether) {
            if let Attr::Known(_, value) = statement.not_actions {
                self.fail(value, format!("{path}.NotAction"), wrong);
            }
            for action in statement.actions.elements() {
                let Attr::Known(pattern, value) = action else { continue };
                if reach::iam::is_every_action(pattern)
                    || reach::iam::every_action_of(pattern).is_some()
                {
                    self.fail(value, format!("{path}.Action"), wrong);
                }
            }
        }
    }
}

/// Whether a principal is everybody; one that names something of this stack, or starts in a certain way, is not.
pub fn is_everybody(principal: &Principal<'_>, check: &Check<'_>) -> Option<bool> {
    if !matches!(principal.kind.as_str(), "AWS" | "*") {
        return Some(false);
    }
    match &principal.id {
        Attr::Known(id, _) => Some(id == "*" || id.contains(":iam::*:")),
        Attr::Null(_) => Some(false),
        Attr::Unknown(value) => {
            let started = value.as_unknown().is_some_and(|u| !u.refinement.prefix.is_empty());
            (started || check.model().refers(value).is_some()).then_some(false)
        }
    }
}

/// True when a condition says who asks or from where.
pub fn narrowed(statement: &Statement<'_>) -> bool {
    let conditions = match &statement.conditions {
        Attr::Known(conditions, _) => conditions,
        Attr::Null(_) => return false,
        Attr::Unknown(_) => return true,
    };
    conditions.iter().any(|condition| {
        let operator = condition.operator.to_ascii_lowercase();
        let everything = condition.values.elements().iter().filter_map(Attr::known).any(|text| {
            matches!(text.as_str(), "*" | "0.0.0.0/0" | "::/0") || text.contains(":iam::*")
        });
        NARROWING.contains(&condition.key.to_ascii_lowercase().as_str())
            && !operator.contains("not")
            && !operator.contains("ifexists")
            && !everything
    })
}
