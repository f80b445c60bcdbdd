//! The pages of rules, for a site: an index by service, and a page a rule. Both come from the rules' own files.

use check::Rule;
use std::fmt::Write;

/// A page a rule, as Markdown.
pub fn rule_page(rule: &Rule) -> String {
    let meta = rule.meta;
    let mut text = String::new();
    let mut page = rule.docs.lines();
    let _ = writeln!(text, "{}\n", page.next().unwrap_or_default());
    let _ = writeln!(text, "`{}` `{}`, {}", meta.code, meta.name, meta.severity.name());
    for line in page {
        // A fence's language is what a site colours it by; what the example shows goes before it.
        match line.strip_prefix("```hcl,") {
            Some(verdict) => drop(write!(text, "{}\n\n```hcl\n", title(verdict.trim()))),
            None => drop(writeln!(text, "{line}")),
        }
    }
    let controls: Vec<String> =
        meta.controls.iter().map(|(standard, number)| format!("{standard} {number}")).collect();
    let code = |items: &[&str]| {
        items.iter().map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ")
    };
    let links: Vec<String> = meta.links.iter().map(|link| format!("<{link}>")).collect();
    let fix = rule.fix.map(|fix| format!("{}: {}", fix.kind.name(), fix.title));
    let rows = [
        ("fix", fix.unwrap_or_default()),
        ("judges", code(meta.resources)),
        ("answers", code(meta.aliases)),
        ("serves", controls.join(", ")),
        ("since", meta.since.to_owned()),
        ("see", links.join(", ")),
        ("source", code(&[rule.source])),
    ];
    text.push_str("\n| | |\n| --- | --- |\n");
    for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty() && value != "``") {
        let _ = writeln!(text, "| {name} | {} |", cell(value));
    }
    text
}

/// What an example shows.
fn title(verdict: &str) -> &'static str {
    match verdict {
        "fail" => "Fails:",
        "pass" => "Passes:",
        _ => "Undecided:",
    }
}

/// A line a rule, by service. `link` gives the address of a rule's page.
pub fn rules_index(rules: &[Rule], link: impl Fn(&Rule) -> String) -> String {
    let mut text = String::from("# Rules\n");
    let mut services: Vec<&str> = rules.iter().map(service).collect();
    services.sort_unstable();
    services.dedup();
    let _ = writeln!(text, "\n{} rules. `banana explain CODE` prints a page.", rules.len());
    for of in services {
        let _ =
            writeln!(text, "\n## {of}\n\n| code | name | severity | |\n| --- | --- | --- | --- |");
        for rule in rules.iter().filter(|rule| service(rule) == of) {
            let meta = rule.meta;
            let (code, name, severity) = (meta.code, meta.name, meta.severity.name());
            let summary = cell(rule.summary());
            let _ =
                writeln!(text, "| [{code}]({}) | {name} | {severity} | {summary} |", link(rule));
        }
    }
    text
}

/// The folder of the rule's file: `ecs`; a file of the user's own is its own service.
fn service(rule: &Rule) -> &'static str {
    let inside = rule.source.strip_prefix("rules/").and_then(|path| path.split_once('/'));
    inside.map_or(rule.source, |(service, _)| service)
}

/// Text in a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Index and pages in one document: headings a step lower, and links within it.
pub fn rules_book(rules: &[Rule]) -> String {
    let anchor = |rule: &Rule| rule.meta.code.to_ascii_lowercase();
    let mut text = rules_index(rules, |rule| format!("#{}", anchor(rule)));
    for rule in rules {
        let _ = write!(text, "\n<a id=\"{}\"></a>\n\n", anchor(rule));
        let mut code = false;
        for line in rule_page(rule).lines() {
            code ^= line.starts_with("```");
            let heading = !code && line.starts_with('#');
            let _ = writeln!(text, "{}{line}", if heading { "#" } else { "" });
        }
    }
    text
}
