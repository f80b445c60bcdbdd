//! Every key of banana.toml: what it may hold and what it means. Reading, the JSON schema and the messages come from this table.

/// What a value must be.
#[derive(Debug)]
pub(super) enum Shape {
    /// `true` or `false`
    Switch,
    /// A string.
    Text,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A list of such values.
    List(&'static Shape),
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table with a table each for whatever rules.
    Rules(&'static [Key]),
    /// A string, or a table with these keys.
    TextOr(&'static [Key]),
}

/// A key of a table.
#[derive(Debug)]
pub(super) struct Key {
    /// As it is written.
    pub(super) name: &'static str,
    /// What it may hold.
    pub(super) shape: Shape,
    /// The table is of no use without it.
    pub(super) required: bool,
    /// What it means, for editors.
    pub(super) about: &'static str,
}

const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: false, about }
}

/// The severities of rules, the worst first.
const SEVERITY: Shape = Shape::Choice(&["critical", "high", "medium", "low"]);

/// What `rule` says.
const RULE: Key = key(
    "rule",
    Shape::Rules(RULE_KEYS),
    "Settings of rules, each by its code, name or another checker's id; `*` stands for any text, as in `ECS*`.",
);

const RULE_KEYS: &[Key] = &[
    key("severity", SEVERITY, "How bad it is when the rule fails."),
    key("ignorable", Shape::Switch, "Whether a comment may silence the rule. True by default."),
];

const PER_PATH_KEYS: &[Key] = &[
    Key {
        name: "paths",
        shape: Shape::List(&Shape::Text),
        required: true,
        about: "Patterns of the files that these settings are for, relative to this file: `*` and `?` stay within a folder, `**` stands for any folders.",
    },
    key(
        "ignore",
        Shape::List(&Shape::Text),
        "Rules whose findings in these files are silent: code, name, another checker's id, or `*` for any text.",
    ),
    key(
        "rule",
        Shape::Rules(&[key(
            "severity",
            SEVERITY,
            "How bad it is when the rule fails in these files.",
        )]),
        "Settings of rules for findings in these files.",
    ),
];

const DISCOUNT_KEYS: &[Key] = &[
    Key {
        name: "name",
        shape: Shape::Text,
        required: true,
        about: "What it is called: `EDP`, `Compute Savings Plan`.",
    },
    Key {
        name: "percent",
        shape: Shape::Text,
        required: true,
        about: "How much it takes off, such as `9%`.",
    },
    key(
        "prices",
        Shape::List(&Shape::Text),
        "Off which prices, by their keys as `cost --format json` shows them: `AmazonECS/*/Fargate-*`. All by default.",
    ),
    key("share", Shape::Text, "For how much of the use, such as `70%`. All of it by default."),
    key(
        "what-if",
        Shape::Choice(&["savings-plan-1y"]),
        "It is not in force: only this alternative of `cost --what-if` is billed with it.",
    ),
];

const COST_KEYS: &[Key] = &[
    key(
        "allow-missing",
        Shape::Switch,
        "List a missing price as a hole in the total instead of failing. False by default.",
    ),
    key("budget", Shape::Text, "What a month may cost: `500USD`. More fails the run."),
    key("currency", Shape::Text, "What bills are in: `EUR`. Needs `rates`. `USD` by default."),
    key(
        "discount",
        Shape::List(&Shape::Table(DISCOUNT_KEYS)),
        "What is taken off list prices: an agreement with AWS, Savings Plans, reserved capacity.",
    ),
    key(
        "fail-if-increase",
        Shape::Text,
        "With `cost --diff`: how much more a month may cost than before, `10%` or `50USD`.",
    ),
    key("prices", Shape::Text, "A CSV of prices that go before the list's, relative to this file."),
    key("rates", Shape::Text, "A CSV of exchange rates, relative to this file."),
    key("usage", Shape::Text, "The file of usage assumptions, relative to this file."),
];

/// The keys of the file, in the order of their names.
pub(super) const KEYS: &[Key] = &[
    key(
        "baseline",
        Shape::Text,
        "The file that holds the findings which are accepted for now, relative to this file.",
    ),
    key("cost", Shape::Table(COST_KEYS), "How a stack is priced, and what it may cost."),
    key(
        "extend",
        Shape::Text,
        "Another such file, relative to this one: what it says holds unless this one says otherwise.",
    ),
    key(
        "fail-on",
        Shape::Choice(&["critical", "high", "medium", "low", "never"]),
        "The least severity that fails the run. `high` by default.",
    ),
    key(
        "ignore",
        Shape::List(&Shape::Text),
        "Rules that are left out: code, name, another checker's id, or `*` for any text.",
    ),
    key(
        "no-inline-ignores",
        Shape::Switch,
        "Do not honour comments that silence findings. False by default.",
    ),
    key(
        "per-path",
        Shape::List(&Shape::Table(PER_PATH_KEYS)),
        "Settings for findings in certain files. A later one goes before an earlier one.",
    ),
    key("region", Shape::Text, "The region where no provider block says one, such as `eu-west-3`."),
    key(
        "required-tags",
        Shape::List(&Shape::TextOr(&[
            Key { name: "key", shape: Shape::Text, required: true, about: "The tag's key." },
            key(
                "values",
                Shape::List(&Shape::Text),
                "What its value may be; `*` stands for any text. Anything by default.",
            ),
        ])),
        "Tags that every resource must have: the rule `required-tags` looks for them.",
    ),
    RULE,
    key(
        "rules",
        Shape::List(&Shape::Text),
        "Patterns of files with rules of your own, relative to this file, such as `policy/*.hcl`.",
    ),
    key(
        "select",
        Shape::List(&Shape::Text),
        "The only rules that run: code, name, another checker's id, or `*` for any text. All by default.",
    ),
    key(
        "unknown",
        Shape::Choice(&["ignore", "warn", "fail"]),
        "What an undecided rule means. `warn` by default.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Threshold, Unknown};
    use check::Severity;
    use clap::ValueEnum;

    fn choices(name: &str) -> &'static [&'static str] {
        match KEYS.iter().find(|key| key.name == name).map(|key| &key.shape) {
            Some(Shape::Choice(names)) => names,
            other => panic!("{other:?}"),
        }
    }

    fn named<T: ValueEnum>() -> Vec<String> {
        let all = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        all.map(|value| value.get_name().to_owned()).collect()
    }

    #[test]
    fn choices_are_those_of_the_command_line() {
        assert_eq!(choices("fail-on"), named::<Threshold>());
        assert_eq!(choices("unknown"), named::<Unknown>());
        let Shape::Choice(severities) = SEVERITY else { panic!() };
        let all = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];
        assert_eq!(severities, all.map(Severity::name));
    }

    #[test]
    fn keys_stand_in_order() {
        assert!(KEYS.is_sorted_by_key(|key| key.name));
        assert!(COST_KEYS.is_sorted_by_key(|key| key.name));
    }
}
