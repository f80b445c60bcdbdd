//! From a file to its rules.

use super::declaration::Declaration;
use super::{CustomRule, CustomRules, Example, names};
use crate::meta::Judge;
use crate::{Meta, Rule, Verdict};
use std::fmt::Write;
use std::sync::Arc;
use syntax::{Attribute, Block, FileId, Report, Span, Tree, quoted};

/// Adds the rules of a file, or what is wrong with it.
pub(super) fn file(file: FileId, taken: &[Rule], all: &mut CustomRules) {
    let Some(source) = all.sources.get(file) else { return };
    let (name, text) = (source.name().to_owned(), Arc::clone(source.text()));
    let (tree, broken) = syntax::parse(file, &text);
    if !broken.is_empty() {
        all.reports.extend(broken);
        return;
    }
    let tree = Arc::new(tree);
    let body = match hcl::parse(text.trim_start_matches('\u{feff}')) {
        Ok(body) => body,
        Err(error) => {
            let message = format!("`{name}` cannot be read as HCL: {error}");
            all.reports.push(Report::error("unreadable-rules", message));
            return;
        }
    };
    if let Some(stray) = tree.attributes(tree.root()).first() {
        let report = Report::error("stray-attribute", "a file of rules holds `rule` blocks only");
        all.reports.push(report.at(stray.span, "stands outside of a rule"));
    }
    for (block, declared) in tree.blocks(tree.root()).iter().zip(body.blocks()) {
        match rule(Arc::clone(&tree), block, declared.body(), &name) {
            Ok(rule) => add(rule, taken, all),
            Err(report) => all.reports.push(*report),
        }
    }
}

/// Adds a rule whose code and name are its own.
fn add(rule: Rule, taken: &[Rule], all: &mut CustomRules) {
    let Judge::Custom(custom) = rule.judge else { return };
    let own = [rule.meta.code, rule.meta.name];
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    let is_same = |other: &&Rule| {
        let theirs = [other.meta.code, other.meta.name];
        let mut ours = own.iter().chain(rule.meta.aliases);
        let aliased =
            || other.meta.aliases.iter().any(|alias| own.iter().any(|own| same(own, alias)));
        ours.any(|own| theirs.iter().any(|theirs| same(own, theirs))) || aliased()
    };
    match taken.iter().chain(&all.rules).find(is_same) {
        None => all.rules.push(rule),
        Some(other) => {
            let other = format!("{} {} of {}", other.meta.code, other.meta.name, other.source);
            let report = Report::error("rule-exists", format!("there is such a rule: {other}"))
                .at(custom.header, "has its code or its name")
                .help("choose a code with letters of your own, such as `ACME001`");
            all.reports.push(report);
        }
    }
}

fn rule(
    tree: Arc<Tree>,
    block: &Block,
    declared: &hcl::Body,
    file: &str,
) -> Result<Rule, Box<Report>> {
    let kind = tree.name(block.kind);
    if kind != "rule" {
        let report = Report::error("not-a-rule", format!("{} is not a rule", quoted(kind)));
        let report = report.at(block.kind_span, "is written where `rule` is expected");
        return Err(Box::new(report.help("write: rule \"team-tag\" { … }")));
    }
    let [label] = tree.labels(block) else {
        let report = Report::error("rule-label", "a rule has one label, its name");
        return Err(Box::new(report.at(block.header, "write: rule \"team-tag\" { … }")));
    };
    let name = tree.name(label.name).to_owned();
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(is_plain) {
        let report =
            Report::error("rule-label", format!("{} is no name for a rule", quoted(&name)));
        let report = report.at(label.span, "has other characters than a-z, 0-9 and `-`");
        return Err(Box::new(report));
    }
    let declaration = Declaration::read(declared).map_err(|(name, why)| {
        let at = attribute(&tree, block, &name).map_or(block.header, |written| written.name_span);
        Box::new(misfit(&name, &why, at))
    })?;
    let missing = |what: &str, example: &str| {
        let report = Report::error("rule-incomplete", format!("rule `{name}` has no `{what}`"));
        Box::new(report.at(block.header, "is declared here").help(format!("write: {example}")))
    };
    let expression = |name: &str| attribute(&tree, block, name).map(|written| written.expr);
    let code = declaration.code.ok_or_else(|| missing("code", "code = \"ACME001\""))?;
    if !is_code(&code) {
        let report = Report::error("rule-code", format!("{} is no code for a rule", quoted(&code)));
        let at = attribute(&tree, block, "code").map_or(block.header, |code| code.span);
        let report = report.at(at, "is not letters and a number");
        return Err(Box::new(report.help("write: code = \"ACME001\"")));
    }
    let severity = declaration.severity;
    let severity = severity.ok_or_else(|| missing("severity", "severity = \"high\""))?;
    let summary = declaration.summary;
    let summary = summary.ok_or_else(|| missing("summary", "summary = \"A team is missing\""))?;
    if declaration.types.is_empty() {
        return Err(missing("match", "match = [\"aws_ecs_service\"]"));
    }
    let condition = expression("condition");
    let condition =
        condition.ok_or_else(|| missing("condition", "condition = self.enable_logging"))?;
    let error_message = expression("error_message");
    let error_message = error_message
        .ok_or_else(|| missing("error_message", "error_message = \"${address} has no logs\""))?;
    let examples = examples(&tree, block)?;
    let docs = page(&summary, declaration.description.as_deref(), &examples);
    let custom = CustomRule {
        header: block.header,
        types: declaration.types,
        for_each: expression("for_each"),
        when: expression("when"),
        condition,
        error_message,
        attribute: declaration.attribute,
        summary: summary.leak(),
        examples,
        tree,
    };
    check_types(&custom, attribute(&custom.tree, block, "match"))?;
    names::check(&custom)?;
    let meta = Meta {
        code: code.leak(),
        name: name.leak(),
        severity,
        resources: leaked(custom.types.clone()),
        aliases: leaked(declaration.aliases),
        controls: controls(declaration.controls),
        since: "",
        links: leaked(declaration.links),
    };
    Ok(Rule {
        meta: Box::leak(Box::new(meta)),
        docs: docs.leak(),
        source: file.to_owned().leak(),
        fix: None,
        judge: Judge::Custom(Box::leak(Box::new(custom))),
    })
}

/// `ACME001`
fn is_code(code: &str) -> bool {
    let digits = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = code.len() - digits.len();
    letters > 0 && !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}

fn attribute<'t>(tree: &'t Tree, block: &Block, name: &str) -> Option<&'t Attribute> {
    tree.attributes(tree.body(block.body)).iter().find(|a| tree.name(a.name) == name)
}

/// What serde does not like, where it stands.
fn misfit(attribute: &str, why: &str, at: Span) -> Report {
    if Declaration::NAMES.contains(&attribute) {
        let report = Report::error("rule-argument", format!("`{attribute}` cannot be so: {why}"));
        return report.at(at, "does not fit");
    }
    let report = Report::error("rule-argument", format!("a rule has no `{attribute}`"));
    let near = schema::closest(attribute, Declaration::NAMES);
    let near = near.map(|name| format!("did you mean `{name}`?"));
    let help = near.unwrap_or_else(|| format!("a rule has {}", Declaration::NAMES.join(", ")));
    report.at(at, "is not known").help(help)
}

/// A type without `*` that looks like AWS's must be one.
fn check_types(rule: &CustomRule, at: Option<&Attribute>) -> Result<(), Box<Report>> {
    for pattern in &rule.types {
        if let Some(help) = names::unknown_type(pattern) {
            let at = at.map_or(rule.header, |attribute| attribute.span);
            let message = format!("there is no resource type `{pattern}`");
            let report = Report::error("unknown-type", message).at(at, "names it");
            return Err(Box::new(report.help(help)));
        }
    }
    Ok(())
}

/// The blocks that are tests: what a stack that holds them is judged.
fn examples(tree: &Tree, block: &Block) -> Result<Vec<Example>, Box<Report>> {
    let blocks = tree.blocks(tree.body(block.body)).iter();
    let example = |inner: &Block| {
        let verdict = match tree.name(inner.kind) {
            "fail" => Verdict::Fail,
            "pass" => Verdict::Pass,
            "unknown" => Verdict::Unknown,
            other => {
                let message = format!("a rule has no {} block", quoted(other));
                let report = Report::error("rule-block", message)
                    .at(inner.kind_span, "is not known")
                    .help("blocks of a rule are its tests: fail { … }, pass { … }, unknown { … }");
                return Err(Box::new(report));
            }
        };
        let title = tree.labels(inner).first().map(|label| tree.name(label.name).to_owned());
        let inside = tree.body(inner.body).span;
        let text = tree.text().get(inside.start as usize..inside.end as usize);
        let text = undented(text.unwrap_or_default());
        Ok(Example { verdict, title, at: inner.header, text })
    };
    blocks.map(example).collect()
}

/// Takes away the blanks that all lines start with.
fn undented(text: &str) -> String {
    let lines: Vec<&str> = text.trim_matches('\n').lines().collect();
    let blanks = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let written = lines.iter().filter(|line| !line.trim().is_empty());
    let least = written.map(blanks).min().unwrap_or_default();
    let mut shorter = String::new();
    for line in lines {
        shorter += line.get(least..).unwrap_or_default().trim_end();
        shorter.push('\n');
    }
    shorter.truncate(shorter.trim_end().len());
    shorter.push('\n');
    shorter
}

/// The rule's page, in the form that rules in Rust have.
fn page(summary: &str, description: Option<&str>, examples: &[Example]) -> String {
    let mut page = format!("# {summary}\n");
    if let Some(description) = description {
        let _ = write!(page, "\n{}\n", description.trim());
    }
    for example in examples {
        let _ = write!(page, "\n```hcl,{}\n{}```\n", example.verdict.name(), example.text);
    }
    page
}

fn leaked(texts: Vec<String>) -> &'static [&'static str] {
    let texts: Vec<&'static str> = texts.into_iter().map(|text| &*text.leak()).collect();
    texts.leak()
}

/// `CIS 5.2`: standard and number.
fn controls(texts: Vec<String>) -> &'static [(&'static str, &'static str)] {
    let split = |text: String| -> (&'static str, &'static str) {
        let text: &'static str = text.leak();
        text.rsplit_once(' ').unwrap_or((text, ""))
    };
    texts.into_iter().map(split).collect::<Vec<_>>().leak()
}
