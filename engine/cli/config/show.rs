//! `check --show-settings`: every setting, its value as banana.toml writes it, and who says so.

use super::file::RuleSetting;
use super::node::Placed;
use super::settings::{Origin, Setting, Settings};
use clap::ValueEnum;
use std::fmt::Write;
use std::path::Path;
use syntax::Span;

/// A setting as it is shown: name, value, origin.
pub(super) type Line = (String, String, String);

impl Settings {
    /// All settings, by name, in three columns; then where the schema is.
    pub(crate) fn show(&self) -> String {
        let mut lines = self.single();
        lines.extend(self.cost.lines(self));
        for (at, file) in self.rules.iter().enumerate() {
            lines.push((
                format!("rules[{at}]"),
                quoted(&slashed(&file.value)),
                self.origin(file.origin),
            ));
        }
        // What is extended comes first, as in what it means: the later goes before.
        for file in self.files.iter().rev() {
            self.rules_of("", &file.rule, &mut lines);
        }
        let entries = self.files.iter().rev().flat_map(|file| &file.per_path);
        for (at, entry) in entries.enumerate() {
            let name = format!("per-path[{at}].");
            let paths = entry.paths.iter().map(|(text, _)| text.value.as_str());
            lines.push((format!("{name}paths"), listed(paths), self.place(entry.span)));
            if let Some(first) = entry.ignore.first() {
                let names = entry.ignore.iter().map(|name| name.value.as_str());
                lines.push((format!("{name}ignore"), listed(names), self.place(first.span)));
            }
            self.rules_of(&name, &entry.rule, &mut lines);
        }
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        // Of two that say the same setting, the last is in force.
        let overruled =
            |at: usize, line: &Line| lines.get(at + 1).is_some_and(|next| next.0 == line.0);
        let lines: Vec<&Line> = lines
            .iter()
            .enumerate()
            .filter(|(at, line)| !overruled(*at, line))
            .map(|(_, line)| line)
            .collect();
        let width = |of: fn(&Line) -> &str| {
            lines.iter().map(|line| of(line).chars().count()).max().unwrap_or_default()
        };
        let (names, values) = (width(|line| &line.0), width(|line| &line.1).min(60));
        let mut text = String::new();
        for (name, value, origin) in lines {
            let _ = writeln!(text, "{name:<names$}  {value:<values$}  {origin}");
        }
        text + "# the JSON schema of banana.toml is engine/cli/config/schema.json in banana's sources\n"
    }

    /// The settings that there is one of.
    fn single(&self) -> Vec<Line> {
        let tags = self.required_tags.value.iter().map(|tag| {
            if tag.values.is_empty() {
                return quoted(&tag.key);
            }
            let values = listed(tag.values.iter().map(check::Wildcard::as_str));
            format!("{{ key = {}, values = {values} }}", quoted(&tag.key))
        });
        let tags = format!("[{}]", tags.collect::<Vec<_>>().join(", "));
        let names = |list: &Setting<Vec<Placed<String>>>| {
            listed(list.value.iter().map(|name| name.value.as_str()))
        };
        let region = self.region.value.as_deref().map_or_else(|| "none".into(), quoted);
        let baseline = self.baseline.value.as_deref();
        let baseline = baseline.map_or_else(|| "none".into(), |path| quoted(&slashed(path)));
        let config = listed(self.config.value.iter().map(String::as_str));
        let firm = self.no_inline_ignores.value.to_string();
        let all = [
            ("baseline", baseline, self.baseline.origin),
            ("config", config, self.config.origin),
            ("fail-on", choice(&self.fail_on.value), self.fail_on.origin),
            ("ignore", names(&self.ignore), self.ignore.origin),
            ("no-inline-ignores", firm, self.no_inline_ignores.origin),
            ("region", region, self.region.origin),
            ("required-tags", tags, self.required_tags.origin),
            ("select", names(&self.select), self.select.origin),
            ("unknown", choice(&self.unknown.value), self.unknown.origin),
        ];
        all.map(|(name, value, origin)| (name.to_owned(), value, self.origin(origin))).into()
    }

    fn rules_of(&self, before: &str, settings: &[RuleSetting], lines: &mut Vec<Line>) {
        for setting in settings {
            let name = format!("{before}rule.{}", key(&setting.name.value));
            if let Some(Placed { value, span }) = &setting.severity {
                lines.push((format!("{name}.severity"), quoted(value.name()), self.place(*span)));
            }
            if let Some(Placed { value, span }) = &setting.ignorable {
                lines.push((format!("{name}.ignorable"), value.to_string(), self.place(*span)));
            }
        }
    }

    pub(super) fn origin(&self, origin: Origin) -> String {
        match origin {
            Origin::Default => "default".into(),
            Origin::Found => "found".into(),
            Origin::File(span) => self.place(span),
            Origin::Environment(name) => format!("environment {name}"),
            Origin::Flag(name) => format!("flag {name}"),
        }
    }

    fn place(&self, span: Span) -> String {
        let place = self.sources.place(span);
        format!("{}:{}:{}", place.file, place.line, place.column)
    }
}

pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn listed<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    format!("[{}]", texts.map(quoted).collect::<Vec<_>>().join(", "))
}

/// A key as TOML writes it.
fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

fn choice<T: ValueEnum>(value: &T) -> String {
    quoted(value.to_possible_value().as_ref().map_or("", |value| value.get_name()))
}

pub(super) fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
