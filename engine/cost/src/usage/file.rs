//! Usage files: our own, as TOML or YAML, and `infracost-usage.yml`, whose keys are those of a type.
//! <https://www.infracost.io/docs/features/usage_based_resources/>

use super::{Usage, UsageError, near, type_of};
use crate::assumption::{Assumption, assumptions};
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The lists of `infracost-usage.yml`: by type, and by address.
const LISTS: [&str; 2] = ["resource_type_default_usage", "resource_usage"];
/// Keys of load balancers whose names leave open what they count over.
const AMBIGUOUS: [&str; 4] =
    ["new_connections", "active_connections", "processed_bytes_gb", "rule_evaluations"];

impl Usage {
    /// Reads a file by its name: `.yml` and `.yaml` are YAML, all else TOML. All that is wrong with it, when something is.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<UsageError>> {
        let yaml = [".yml", ".yaml"].iter().any(|ending| name.ends_with(ending));
        let tree = if yaml { yaml_tree(text) } else { toml_tree(text) };
        let tree = tree.map_err(|what| vec![UsageError::Syntax(what)])?;
        let mut reader = Reader { text, usage: Self::default(), errors: Vec::new() };
        if LISTS.iter().any(|list| tree.contains_key(*list)) {
            reader.infracost(&tree);
        } else {
            reader.own(&tree);
        }
        if reader.errors.is_empty() {
            return Ok(reader.usage);
        }
        reader.errors.sort_by_key(|error| match error {
            UsageError::At { line, .. } => *line,
            _ => 0,
        });
        Err(reader.errors)
    }
}

fn toml_tree(text: &str) -> Result<Map<String, Json>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        format!("line {}: {}", before.matches('\n').count() + 1, error.message())
    })?;
    match serde_json::to_value(table) {
        Ok(Json::Object(tree)) => Ok(tree),
        _ => Err("it is not a table".into()),
    }
}

fn yaml_tree(text: &str) -> Result<Map<String, Json>, String> {
    match stack::read_yaml(text)?.to_json() {
        Json::Object(tree) => Ok(tree),
        Json::Null => Ok(Map::new()),
        _ => Err("it is not a mapping".into()),
    }
}

struct Reader<'t> {
    text: &'t str,
    usage: Usage,
    errors: Vec<UsageError>,
}

impl Reader<'_> {
    /// Assumptions by their names; `resource` and `type` hold those of one address and of one type.
    fn own(&mut self, tree: &Map<String, Json>) {
        for (key, value) in tree {
            match (key.as_str(), value) {
                ("resource" | "type", Json::Object(places)) => {
                    for (place, said) in places {
                        self.own_place(place, "", said);
                    }
                }
                // `simulate` is read by `simulate::Demand`.
                ("version", Json::Number(_)) | ("simulate", Json::Object(_)) => {}
                _ => self.own_place("", key, value),
            }
        }
    }

    fn own_place(&mut self, place: &str, name: &str, value: &Json) {
        for (name, value) in leaves(name, value) {
            let done = self.usage.put(place, &name, &value);
            self.fail(place, &name, done);
        }
    }

    fn infracost(&mut self, tree: &Map<String, Json>) {
        let mut doubtful = BTreeSet::new();
        for (list, places) in LISTS.iter().filter_map(|list| Some((list, tree.get(*list)?))) {
            let Json::Object(places) = places else { continue };
            for (place, said) in places {
                let ty = if *list == "resource_usage" { type_of(place) } else { place.clone() };
                if !ty.starts_with("aws_") {
                    self.usage
                        .warnings
                        .push(format!("`{place}` is no resource of AWS: it is left out"));
                    continue;
                }
                for (key, value) in leaves("", said) {
                    self.key(place, &ty, &key, &value, &mut doubtful);
                }
            }
        }
        self.usage.warnings.extend(doubtful);
    }

    fn key(
        &mut self,
        place: &str,
        ty: &str,
        key: &str,
        value: &str,
        doubtful: &mut BTreeSet<String>,
    ) {
        let Some(assumption) = Assumption::known_as(ty, key) else {
            if Assumption::find(key).is_some() {
                let done = self.usage.put(place, key, value);
                return self.fail(place, key, done);
            }
            let near = near(key, Assumption::keys_of(ty).collect::<Vec<_>>().into_iter());
            let unknown = UsageError::Key { ty: ty.into(), key: key.into(), near };
            return self.warn(place, key, &unknown);
        };
        if matches!(ty, "aws_lb" | "aws_alb") && AMBIGUOUS.contains(&key) {
            doubtful.insert(format!(
                "`{key}` of `{ty}` does not say what it counts over: it is read as `{}`, {}",
                assumption.name, assumption.unit
            ));
        }
        if key.starts_with("reserved_instance") {
            doubtful.insert(format!("`{key}` of `{ty}`: the bill has prices on demand only"));
        }
        match self.usage.say(place, assumption, key, &value.to_lowercase()) {
            // Words of other tools that mean nothing here.
            Err(word @ UsageError::Word { .. }) => self.warn(place, key, &word),
            done => self.fail(place, key, done),
        }
    }

    /// What a file of another tool says that banana does not know: it is left out, and told.
    fn warn(&mut self, place: &str, key: &str, what: &UsageError) {
        let at =
            line(self.text, place, key).map(|line| format!("line {line}: ")).unwrap_or_default();
        self.usage.warnings.push(format!("{at}left out: {what}"));
    }

    fn fail(&mut self, place: &str, key: &str, done: Result<(), UsageError>) {
        let Err(error) = done else { return };
        self.errors.push(match line(self.text, place, key) {
            Some(line) => UsageError::At { line, error: Box::new(error) },
            None => error,
        });
    }
}

/// The figures and words below a value, each with its dotted name. `low`, `likely` and `high` of a table, or a list of
/// three, are one figure.
fn leaves(name: &str, value: &Json) -> Vec<(String, String)> {
    let mut open = vec![(name.to_owned(), value)];
    let mut found = Vec::new();
    while let Some((name, value)) = open.pop() {
        match value {
            Json::Object(map) => {
                if let Some(said) = triple(map) {
                    found.push((name, said));
                } else {
                    let dot = if name.is_empty() { "" } else { "." };
                    open.extend(map.iter().rev().map(|(k, v)| (format!("{name}{dot}{k}"), v)));
                }
            }
            Json::Array(list) => {
                let parts: Vec<String> = list.iter().map(plain).collect();
                found.push((name, parts.join("..")));
            }
            value => found.push((name, plain(value))),
        }
    }
    found
}

fn triple(map: &Map<String, Json>) -> Option<String> {
    let parts = ["low", "likely", "high"].map(|key| map.get(key).map(plain));
    let [Some(low), Some(likely), Some(high)] = parts else { return None };
    (map.len() == 3).then(|| format!("{low}..{likely}..{high}"))
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The line of a key under a place: the first after the place that starts with the key or its last step.
fn line(text: &str, place: &str, key: &str) -> Option<usize> {
    let lines = || (1..).zip(text.lines());
    let bare = place.replace('"', "\\\"");
    let start = lines()
        .find(|(_, line)| place.is_empty() || line.contains(place) || line.contains(&bare))?
        .0;
    let last = key.rsplit('.').next().unwrap_or(key);
    let starts = |line: &str, word: &str| {
        let line = line.trim_start().trim_start_matches(['"', '\'']);
        line.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    let at =
        |word: &str| lines().find(|(n, line)| *n >= start && starts(line, word)).map(|(n, _)| n);
    at(key).or_else(|| at(last))
}

impl Usage {
    /// A commented file for the types of a stack: each assumption that its bill rests on, at the value in force. A line of
    /// two `#` has no value until somebody says one.
    pub fn skeleton<'t>(&self, types: impl IntoIterator<Item = &'t str>, used: &[&str]) -> String {
        let types: BTreeSet<&str> = types.into_iter().collect();
        let here =
            |it: &&Assumption| used.contains(&it.name) || types.iter().any(|ty| it.is_of(ty));
        let all: Vec<&Assumption> = assumptions().iter().filter(here).collect();
        let mut text = String::from(
            "# What the stack is used for. Take the `#` away from a line to say another figure: a range is [low, likely, high],\n\
             # a rate \"20/s\" or \"3 GB/day\", a size \"1 TB\". A line of two `#` counts for nothing until a figure is said.\n",
        );
        let group = |it: &Assumption| it.name.split('.').next();
        for group in all.chunk_by(|a, b| group(a) == group(b)) {
            text.push('\n');
            let lines: Vec<(String, &Assumption)> =
                group.iter().map(|it| (self.setting(it), *it)).collect();
            let width =
                lines.iter().map(|(setting, _)| setting.chars().count()).max().unwrap_or_default();
            for (setting, it) in lines {
                let _ = writeln!(text, "{setting:<width$}  # {}: {}", it.unit, it.about);
            }
        }
        text.push_str(
            "\n# [resource.\"aws_nat_gateway.main\"]\n# nat.gb_month = [50, 100, 400]  # of this one only\n",
        );
        text
    }

    fn setting(&self, it: &'static Assumption) -> String {
        let name = it.name;
        match it.words() {
            Some(mut words) => format!("## {name} = \"{}\"", words.next().unwrap_or_default()),
            None if it.unit == "region" => format!("## {name} = \"eu-west-3\""),
            None if it.default.is_empty() => format!("## {name} = 0"),
            None => format!("# {name} = {}", self.get("", it)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, text: &str) -> String {
        match Usage::read(name, text) {
            Ok(file) => format!("warning: {}", file.warnings.join("\nwarning: ")),
            Err(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        }
    }

    fn likely(file: &Usage, address: &str, name: &str) -> String {
        file.get(address, Assumption::find(name).unwrap()).to_string()
    }

    #[test]
    fn the_peers_file_is_taken_as_it_is() {
        let file = Usage::read(
            "infracost-usage.yml",
            "version: 0.1\n\
             resource_type_default_usage:\n  aws_sqs_queue:\n    monthly_requests: 5\n\
             resource_usage:\n  \
             aws_s3_bucket.files:\n    standard:\n      storage_gb: 10000 # GB\n      monthly_tier_1_requests: 1e6\n  \
             aws_lb.main:\n    new_connections: 10000\n  \
             module.a[0].aws_instance.web[*]:\n    operating_system: windows\n  \
             google_storage_bucket.x:\n    storage_gb: 1\n",
        )
        .unwrap();
        assert_eq!(likely(&file, "aws_sqs_queue.any", "sqs.requests_month"), "5");
        assert_eq!(likely(&file, "aws_s3_bucket.files", "s3.stored_gb"), "10000");
        assert_eq!(likely(&file, "aws_s3_bucket.files", "s3.write_requests_month"), "1000000");
        assert_eq!(likely(&file, "aws_lb.main", "lb.new_connections_per_second"), "10000");
        let system = Assumption::find("machine.operating_system").unwrap();
        assert_eq!(file.word("module.a[0].aws_instance.web[3]", system), Some("windows"));
        insta::assert_snapshot!(file.warnings.join("\n"), @r"
        `google_storage_bucket.x` is no resource of AWS: it is left out
        `new_connections` of `aws_lb` does not say what it counts over: it is read as `lb.new_connections_per_second`, connections a second
        ");
    }

    #[test]
    fn our_own_file_may_be_yaml() {
        let file = Usage::read(
            "banana-usage.yml",
            "logs:\n  ingest_gb_month: 5 GB/day\nresource:\n  aws_nat_gateway.main:\n    \
             nat.gb_month: {low: 1, likely: 2, high: 1 TB}\n",
        )
        .unwrap();
        let nat = file.amount("aws_nat_gateway.main", Assumption::find("nat.gb_month").unwrap());
        assert_eq!((nat.low, nat.likely, nat.high), (1.into(), 2.into(), 1024.into()));
        assert!(likely(&file, "", "logs.ingest_gb_month").starts_with("152.08"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        insta::assert_snapshot!(
            [
                said("u.toml", "lb.lcus = 1\nnat.gb_month = -1\nlogs.ingest_gb_month = true\nnonsense = 1\nlb.lcu = \"nan\""),
                said("u.toml", "[resource.\"aws_nat_gateway.a\"]\nnat.gb_month = [3, 2, 1]\n"),
                said("u.toml", "= 1"),
                said("u.yml", "a: [1"),
                said("u.yml", "resource_usage:\n  aws_lb.a:\n    new_connection: 1\n  aws_instance.b:\n    operating_system: beos\n"),
                said("u.yml", "resource_usage:\n  aws_sqs_queue.a:\n    monthly_requests: many\n"),
                said("u.yml", "resource_usage:\n  aws_data_transfer.a:\n    region: mars-1\n"),
            ]
            .join("\n--\n"),
            @r"
        line 1: there is no assumption `lb.lcus`, did you mean `lb.lcu`?
        line 2: `nat.gb_month` is `-1`, not a number of at least 0
        line 3: `logs.ingest_gb_month` is `true`, not a number of at least 0
        line 4: there is no assumption `nonsense`
        line 5: `lb.lcu` is `nan`, not a number of at least 0
        --
        line 2: `nat.gb_month` is `3..2..1`, not a number of at least 0, nor three of them in order: low, likely, high
        --
        line 1: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`
        --
        line 2: while parsing a flow sequence, expected ',' or ']'
        --
        warning: line 5: left out: `operating_system` is `beos`, not one of linux, windows, rhel, suse
        warning: line 3: left out: `aws_lb` has no usage `new_connection`, did you mean `new_connections`?
        --
        line 3: `monthly_requests` is `many`, not a number of at least 0
        --
        warning: line 3: left out: `region` is `mars-1`, not a region code such as `eu-west-3`
        "
        );
    }

    #[test]
    fn a_skeleton_reads_back_once_its_lines_are_taken() {
        let text = Usage::default().skeleton(["aws_instance", "aws_s3_bucket"], &["nat.gb_month"]);
        assert!(text.contains("# nat.gb_month = 0  # GB: what a NAT gateway"));
        let taken: Vec<&str> =
            text.lines().skip(2).map(|line| line.trim_start_matches('#').trim_start()).collect();
        assert!(taken.len() > 50);
        let file = Usage::read("banana-usage.toml", &taken.join("\n"));
        assert!(file.is_ok(), "{file:?}");
    }
}
