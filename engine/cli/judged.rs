//! Root modules, judged: each by itself, then all as one.

use crate::args::{Check, FindingsFormat, StackArgs, Unknown};
use crate::commands::cost::{over_budget, require_prices};
use crate::gate::Gate;
use crate::machine::Surroundings;
use crate::{Failure, Machine, fixing, job, known, price};
use check::{Finding, Outcome, Rule, Severity, Site, Suppression, Verdict};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use syntax::{FileId, Label, Report, Sources, Span};

/// What is known of one root, or of several together.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// The files read.
    pub(crate) sources: Arc<Sources>,
    /// Trouble with the stack itself.
    pub(crate) reports: Vec<Report>,
    /// All the rules there are, by code.
    pub(crate) rules: Vec<Rule>,
    /// What they say.
    pub(crate) outcome: Outcome,
    /// Findings that fail the run, in the words that a reader sees.
    blocking: HashSet<Words>,
    /// Undecided rules are worth a line.
    pub(crate) shows_unknown: bool,
    /// The bill, a line a root.
    pub(crate) bill: String,
    /// What costs more than it may, a line a root.
    pub(crate) over: String,
    /// What `--diff` shows, a file each.
    pub(crate) patches: Vec<String>,
    /// What must not be shown.
    pub(crate) secrets: Vec<Span>,
    /// What was put right, or would be.
    pub(crate) repaired: String,
}

/// Judges roots, each by its own settings, beside each other unless their files are to be changed; what is told keeps their order.
pub(crate) fn judge_all(
    roots: &[PathBuf],
    args: &Check,
    machine: &mut Machine<'_>,
) -> Result<Judged, Failure> {
    if let [root] = roots {
        return judge(root, false, args, machine);
    }
    let mut all = Vec::with_capacity(roots.len());
    if args.fixes.fix {
        for root in roots {
            all.push(judge(root, true, args, machine)?);
        }
        return Ok(Judged::together(all));
    }
    let around = Surroundings::of(machine);
    let aside = |root: &PathBuf| around.aside(|machine| judge(root, true, args, machine));
    let each: Vec<(Result<Judged, Failure>, Vec<u8>)> = roots.par_iter().map(aside).collect();
    for (judged, told) in each {
        machine.err.write_all(&told)?;
        all.push(judged?);
    }
    Ok(Judged::together(all))
}

/// Reads and judges a root by its own settings. `named`: its bill says whose it is.
fn judge(
    root: &Path,
    named: bool,
    args: &Check,
    machine: &mut Machine<'_>,
) -> Result<Judged, Failure> {
    let mut of = StackArgs { path: root.to_owned(), ..args.stack.clone() };
    let mut gate = Gate::open(&of, &args.gate, machine)?;
    gate.settings.lay_known(&args.known);
    of.region.clone_from(&gate.settings.region.value);
    let disk = machine.disk();
    let program = job::load(&of, &disk, machine, false)?;
    let mut stack = job::resolve(&program);
    job::soften_what_is_open(&mut stack);
    let mut outcome = gate.judge(&stack, machine)?;
    known::silence(&mut outcome, &gate, &stack, args.known.new_from.as_deref(), &of, machine)?;
    let (mut patches, mut repaired) = (Vec::new(), String::new());
    if let Some(kind) = args.fixes.kind()? {
        let fixed = fixing::fix(kind, &of, &gate, &outcome, machine)?;
        repaired = fixing::told(&fixed, args.fixes.fix, &machine.style);
        if args.fixes.fix {
            // Before the next root is read: it may share files with this one.
            fixing::write(&fixed.files, &disk)?;
            (stack, outcome) = (fixed.stack, fixed.outcome);
        } else {
            patches = fixing::diff(&fixed, &stack, &outcome);
        }
    }
    let blocking = gate.blocking(&outcome).into_iter().map(words).collect();
    let (mut bill, mut secrets, mut over) = (String::new(), Vec::new(), None);
    let of_whom = |line: &str| {
        if named { format!("{}: {line}\n", root.display()) } else { format!("{line}\n") }
    };
    let to_people = args.format.iter().any(|output| output.format == FindingsFormat::Text);
    if to_people || gate.price.budget.is_some() {
        let estimate = price::estimate(&stack, &gate.price, &of, machine)?;
        if gate.price.budget.is_some() && !gate.price.allow_missing {
            require_prices(&estimate)?;
        }
        bill = of_whom(&price::one_line(&stack, &estimate, machine));
        over = over_budget(&estimate, gate.price.budget.as_ref())?.map(|over| of_whom(&over));
    }
    if to_people {
        secrets = check::secret_places(&stack, &outcome.findings);
    }
    let shows_unknown = gate.settings.unknown.value != Unknown::Ignore;
    let (sources, reports) = (stack.sources, stack.reports);
    let rules = gate.book.rules;
    let judged = Judged { sources, reports, rules, outcome, blocking, ..Judged::default() };
    let over = over.unwrap_or_default();
    Ok(Judged { shows_unknown, bill, over, patches, secrets, repaired, ..judged })
}

impl Judged {
    /// True when a finding fails the run, or what it costs does.
    pub(crate) fn is_blocked(&self) -> bool {
        let blocks = |finding| self.blocking.contains(&words(finding));
        !self.over.is_empty() || self.outcome.findings.iter().any(blocks)
    }

    /// Several as one. What two of them say in the same words of the same place is said once: it is of a module that both use.
    fn together(mut all: Vec<Self>) -> Self {
        if all.len() < 2 {
            return all.pop().unwrap_or_default();
        }
        let (mut whole, mut sources, mut findings) =
            (Self::default(), Sources::default(), Vec::new());
        let shared = read_by_several(&all);
        let (mut found, mut reported) = (HashSet::new(), HashSet::new());
        let mut codes = HashSet::new();
        let mut votes = Votes::default();
        for one in all {
            votes.count(&one.outcome.findings, &one.rules);
            let moved = Moved::into(&mut sources, &one.sources);
            whole.blocking.extend(one.blocking);
            whole.shows_unknown |= one.shows_unknown;
            whole.bill += &one.bill;
            whole.over += &one.over;
            whole.repaired += &one.repaired;
            whole.secrets.extend(one.secrets.into_iter().map(|mut span| {
                moved.span(&mut span);
                span
            }));
            let new = one.patches.into_iter().filter(|patch| !whole.patches.contains(patch));
            let new: Vec<String> = new.collect();
            whole.patches.extend(new);
            whole.rules.extend(one.rules.into_iter().filter(|rule| codes.insert(rule.meta.code)));
            for mut finding in one.outcome.findings {
                let is_alone = !shared.contains(finding.site.file.as_str());
                if is_alone || found.insert(words(&finding)) {
                    moved.finding(&mut finding);
                    findings.push(finding);
                }
            }
            for mut report in one.reports {
                moved.report(&mut report);
                let place = report.at.as_ref().map(|at| sources.place(at.span));
                if reported.insert((report.message.clone(), place)) {
                    whole.reports.push(report);
                }
            }
        }
        findings.retain(|finding| votes.agree(finding));
        whole.secrets = in_every_copy(&whole.secrets, &sources, &shared);
        Self { sources: Arc::new(sources), outcome: Outcome::of(findings), ..whole }
    }
}

/// The files that more than one root reads, and no file at all: what is said of them may be said twice.
fn read_by_several(all: &[Judged]) -> HashSet<String> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut several = HashSet::from([String::new()]);
    for (root, one) in all.iter().enumerate() {
        for (_, file) in one.sources.iter() {
            if *first.entry(file.name()).or_insert(root) != root {
                several.insert(file.name().to_owned());
            }
        }
    }
    several
}

/// What one root keeps secret in a file, others show from their own copy of it: all copies hide it.
fn in_every_copy(secrets: &[Span], sources: &Sources, shared: &HashSet<String>) -> Vec<Span> {
    let mut copies: HashMap<&str, Vec<FileId>> = HashMap::new();
    for (id, file) in sources.iter().filter(|(_, file)| shared.contains(file.name())) {
        copies.entry(file.name()).or_default().push(id);
    }
    let copies_of = |span: &Span| copies.get(sources.get(span.file)?.name());
    let all = secrets.iter().flat_map(|span| match copies_of(span) {
        Some(copies) => copies.iter().map(|file| Span { file: *file, ..*span }).collect(),
        None => vec![*span],
    });
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

/// A comment that a rule judges: the rule's code, and file, line and column.
type Comment = (&'static str, String, u32, u32);

/// What roots say of comments that they share: one that some root has a use for is no fault.
#[derive(Default)]
struct Votes {
    /// How many roots judged a comment by a rule.
    asked: HashMap<Comment, usize>,
    /// How many say so of it, however bad they find it.
    against: HashMap<(Comment, String), usize>,
}

impl Votes {
    /// Counts what one root says.
    fn count(&mut self, findings: &[Finding], rules: &[Rule]) {
        let on_comments = rules.iter().filter(|rule| rule.meta.resources == Suppression::TYPES);
        let on_comments: HashSet<&str> = on_comments.map(|rule| rule.meta.code).collect();
        let votes = || findings.iter().filter(|finding| on_comments.contains(finding.rule));
        for place in votes().map(Self::place).collect::<BTreeSet<_>>() {
            *self.asked.entry(place).or_default() += 1;
        }
        let against = votes().filter(|finding| finding.verdict != Verdict::Pass);
        for said in against.map(Self::said).collect::<BTreeSet<_>>() {
            *self.against.entry(said).or_default() += 1;
        }
    }

    fn place(finding: &Finding) -> Comment {
        let Site { file, line, column, .. } = &finding.site;
        (finding.rule, file.clone(), *line, *column)
    }

    fn said(finding: &Finding) -> (Comment, String) {
        (Self::place(finding), finding.message.clone())
    }

    /// True unless it is a complaint that only some of the roots have that were asked.
    fn agree(&self, finding: &Finding) -> bool {
        if finding.verdict == Verdict::Pass {
            return true;
        }
        let against = self.against.get(&Self::said(finding));
        against.is_none_or(|against| self.asked.get(&Self::place(finding)) == Some(against))
    }
}

/// What a reader sees of a finding: rule, verdict, severity, place, texts, and whether it is put up with.
type Words = (&'static str, Verdict, Severity, (String, u32, u32), [String; 3], bool);

fn words(finding: &Finding) -> Words {
    let Site { file, line, column, .. } = &finding.site;
    let place = (file.clone(), *line, *column);
    let texts = [&finding.address, &finding.path, &finding.message].map(Clone::clone);
    (finding.rule, finding.verdict, finding.severity, place, texts, finding.suppressed.is_some())
}

/// Files of one set that went into another.
struct Moved {
    /// The number that the first of them has now.
    first: u32,
    count: u32,
}

impl Moved {
    fn into(all: &mut Sources, added: &Sources) -> Self {
        let mut moved = Self { first: 0, count: 0 };
        for (_, source) in added.iter() {
            let id = all.adopt(source.clone());
            moved.first = if moved.count == 0 { id.0 } else { moved.first };
            moved.count += 1;
        }
        moved
    }

    fn span(&self, span: &mut Span) {
        if span.file.0 < self.count {
            span.file = FileId(self.first + span.file.0);
        }
    }

    fn finding(&self, finding: &mut Finding) {
        let related = finding.related.iter_mut().map(|related| &mut related.site);
        let by = finding.suppressed.as_mut().map(|by| &mut by.site);
        let edits = finding.fix.iter_mut().flat_map(|fix| &mut fix.edits);
        edits.for_each(|edit| self.span(&mut edit.span));
        let sites = std::iter::once(&mut finding.site).chain(related).chain(by);
        sites.filter_map(|site| site.span.as_mut()).for_each(|span| self.span(span));
    }

    fn report(&self, report: &mut Report) {
        let labels = report.at.iter_mut().chain(&mut report.related);
        labels.for_each(|Label { span, .. }| self.span(span));
    }
}
