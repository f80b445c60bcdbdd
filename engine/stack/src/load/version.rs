//! `required_version`: constraints such as `>= 1.5, < 2.0` or `~> 1.9`.

use super::body::Expression;
use syntax::Report;

/// The Terraform whose language banana speaks.
const SPOKEN: [u64; 3] = [1, 11, 4];

type Version = [u64; 3];

/// Judges a constraint. Where only a later 1.x would do, the stack may still be read, with a warning; Terraform 1's language is stable.
pub(crate) fn check(value: &Expression, reports: &mut Vec<Report>) {
    let Some(text) = super::read::text(Some(value), reports) else { return };
    let constraints: Option<Vec<Constraint>> = text.split(',').map(Constraint::read).collect();
    let Some(constraints) = constraints else {
        let message = format!("`{text}` is no version constraint");
        let report = Report::error("bad-version", message).at(value.span(), "not understood");
        reports.push(report.help("write for example `>= 1.9, < 2.0` or `~> 1.11`"));
        return;
    };
    let holds = |version: Version| constraints.iter().all(|c| c.holds(version));
    if holds(SPOKEN) {
        return;
    }
    let message =
        format!("the stack requires Terraform `{text}`; banana speaks the language of 1.11");
    let later = (0..100).any(|minor| (0..30).any(|patch| holds([1, minor, patch])));
    let report = if later {
        Report::warning("required-version", message)
            .help("newer language features are not understood")
    } else {
        Report::error("required-version", message).help("relax `required_version`")
    };
    reports.push(report.at(value.span(), "required here"));
}

struct Constraint {
    operator: Operator,
    version: Version,
    /// How many numbers were written.
    parts: usize,
}

#[derive(Clone, Copy)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    /// `~>`: the last number written may grow.
    Pessimistic,
}

impl Constraint {
    fn read(text: &str) -> Option<Self> {
        const OPERATORS: &[(&str, Operator)] = &[
            ("~>", Operator::Pessimistic),
            (">=", Operator::GreaterEqual),
            ("<=", Operator::LessEqual),
            ("!=", Operator::NotEqual),
            (">", Operator::Greater),
            ("<", Operator::Less),
            ("=", Operator::Equal),
        ];
        let text = text.trim();
        let found = OPERATORS.iter().find_map(|(sign, op)| Some((*op, text.strip_prefix(sign)?)));
        let (operator, rest) = found.unwrap_or((Operator::Equal, text));
        let rest = rest.trim().trim_start_matches('v');
        let number = rest.split(['-', '+']).next()?;
        let mut version = [0; 3];
        let mut parts = 0;
        for (slot, part) in version.iter_mut().zip(number.split('.')) {
            *slot = part.parse().ok()?;
            parts += 1;
        }
        (number.split('.').count() == parts).then_some(Self { operator, version, parts })
    }

    fn holds(&self, version: Version) -> bool {
        let wanted = self.version;
        match self.operator {
            Operator::Equal => version == wanted,
            Operator::NotEqual => version != wanted,
            Operator::Less => version < wanted,
            Operator::LessEqual => version <= wanted,
            Operator::Greater => version > wanted,
            Operator::GreaterEqual => version >= wanted,
            Operator::Pessimistic => {
                let fixed = self.parts.saturating_sub(1);
                version >= wanted && version.iter().zip(&wanted).take(fixed).all(|(a, b)| a == b)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_hold_as_terraform_reads_them() {
        let holds =
            |text: &str| text.split(',').all(|one| Constraint::read(one).unwrap().holds(SPOKEN));
        for good in
            [">= 1.5", "~> 1.11", "~> 1.9, != 1.10.0", "~> 1.11.0", "1.11.4", ">= 0.12, < 2"]
        {
            assert!(holds(good), "{good}");
        }
        for bad in ["~> 1.10.0", "< 1.11.4", "~> 0.13", ">= 99", "= 1.11", "!= 1.11.4"] {
            assert!(!holds(bad), "{bad}");
        }
        assert!(Constraint::read("newest").is_none());
        assert!(Constraint::read("1.2.3.4").is_none());
    }
}
