//! What a rule has in hand while it judges one subject.

use crate::evidence::evidence;
use crate::{Context, Meta, RequiredTag, Subject, Verdict, origin};
use model::Model;
use rayon::prelude::*;
use reach::Reach;
use stack::{Resource, Stack, Value};
use syntax::Span;

/// One verdict, before its place is looked up.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The rule.
    pub meta: &'static Meta,
    /// The verdict.
    pub verdict: Verdict,
    /// Whom it is about.
    pub address: String,
    /// The instance, when it is about one.
    pub resource: Option<&'a Resource>,
    /// Its block's header.
    pub header: Option<Span>,
    /// The attribute: `network_configuration[0].assign_public_ip`.
    pub path: String,
    /// What is the matter, in one sentence.
    pub message: String,
    /// The value to blame.
    pub value: &'a Value,
    /// Other places that take part.
    pub also: Vec<(Span, String)>,
    /// Why it is not known.
    pub reason: Option<String>,
    /// Variables, data sources and instances that would settle it.
    pub settled_by: Vec<String>,
    /// What proves it: a packet, a request.
    pub witness: Option<String>,
    /// What the finding stands on, for its fingerprint; never a secret, never a place.
    pub evidence: String,
    /// What stands at the place must not be shown.
    pub secret: bool,
}

/// A rule's view of the stack while it judges one subject. A rule that says nothing passes its subject.
#[derive(Debug)]
pub struct Check<'a> {
    context: &'a Context<'a>,
    meta: &'static Meta,
    address: String,
    resource: Option<&'a Resource>,
    header: Option<Span>,
    rows: Vec<Row<'a>>,
}

/// Judges every subject of a kind, each by itself and in parallel. At least one row each.
pub fn each<'a, S: Subject<'a>>(
    context: &'a Context<'a>,
    meta: &'static Meta,
    judge: fn(&S, &mut Check<'a>),
) -> Vec<Row<'a>> {
    S::all(context, meta)
        .par_iter()
        .flat_map_iter(|subject| {
            let (address, resource) = (subject.address(), subject.resource());
            let mut check = Check::new(context, meta, address, resource, subject.header());
            judge(subject, &mut check);
            check.finish()
        })
        .collect()
}

impl<'a> Check<'a> {
    pub(crate) fn new(
        context: &'a Context<'a>,
        meta: &'static Meta,
        address: String,
        resource: Option<&'a Resource>,
        header: Option<Span>,
    ) -> Self {
        Self { context, meta, address, resource, header, rows: Vec::new() }
    }

    /// Typed resources, and what refers to what.
    pub fn model(&self) -> &'a Model<'a> {
        &self.context.model
    }

    /// Security groups and routes.
    pub fn reach(&self) -> &'a Reach<'a> {
        &self.context.reach
    }

    pub(crate) fn context(&self) -> &'a Context<'a> {
        self.context
    }

    /// Tags that every resource must have.
    pub fn required_tags(&self) -> &'a [RequiredTag] {
        &self.context.required_tags
    }

    /// The resolved stack.
    pub fn stack(&self) -> &'a Stack {
        self.context.stack()
    }

    /// It is wrong: `value` decides so.
    pub fn fail(
        &mut self,
        value: &'a Value,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> &mut Row<'a> {
        self.row(Verdict::Fail, value, path.into(), message.into())
    }

    /// It is right, and this is why.
    pub fn pass(
        &mut self,
        value: &'a Value,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> &mut Row<'a> {
        self.row(Verdict::Pass, value, path.into(), message.into())
    }

    /// It depends on `value`, which is not known. The reason and what would settle it are read from the value's origin.
    pub fn unknown(
        &mut self,
        value: &'a Value,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> &mut Row<'a> {
        let open = origin::explain(value, &self.text())
            .or_else(|| self.repetition())
            .unwrap_or_else(|| origin::Open {
                reason: "it cannot be read from what is written".into(),
                settled_by: Vec::new(),
            });
        let row = self.row(Verdict::Unknown, value, path.into(), message.into());
        row.reason = Some(open.reason);
        row.settled_by = open.settled_by;
        row
    }

    /// The text of a place in the stack.
    fn text(&self) -> impl Fn(Span) -> String + use<'a> {
        let sources = &self.stack().sources;
        |span| sources.text(span).to_owned()
    }

    /// True when nothing was said yet.
    pub fn is_silent(&self) -> bool {
        self.rows.is_empty()
    }

    fn row(
        &mut self,
        verdict: Verdict,
        value: &'a Value,
        path: String,
        message: String,
    ) -> &mut Row<'a> {
        let secret = value.is_sensitive() || self.is_hidden(&path);
        let message = if secret { masked(value, &message) } else { message };
        let row = Row {
            meta: self.meta,
            verdict,
            address: self.address.clone(),
            resource: self.resource,
            header: self.header,
            path,
            message,
            value,
            also: Vec::new(),
            reason: None,
            settled_by: Vec::new(),
            witness: None,
            // Nobody looks a pass up again.
            evidence: if verdict == Verdict::Pass || secret && !value.is_sensitive() {
                String::new()
            } else {
                evidence(value)
            },
            secret,
        };
        self.rows.push_mut(row)
    }

    /// True when the path leads through something sensitive: what it holds is a secret too.
    fn is_hidden(&self, path: &str) -> bool {
        let on_the_way = |resource: &Resource| {
            crate::path::along(&resource.value, path).iter().any(|value| value.is_sensitive())
        };
        self.resource.is_some_and(on_the_way)
    }

    /// Fills in the pass of a silent rule. What would fail, but may not even exist, is not known.
    pub(crate) fn finish(mut self) -> Vec<Row<'a>> {
        if self.rows.is_empty() {
            self.row(Verdict::Pass, &model::ABSENT, String::new(), String::new());
        }
        if let Some(open) = self.repetition() {
            for row in self.rows.iter_mut().filter(|row| row.verdict == Verdict::Fail) {
                row.verdict = Verdict::Unknown;
                row.reason = Some(open.reason.clone());
                row.settled_by.clone_from(&open.settled_by);
            }
        }
        self.rows
    }

    /// Why it is not known whether the resource exists at all, where its `count` or `for_each` has no value.
    fn repetition(&self) -> Option<origin::Open> {
        let resource = self.resource.filter(|resource| resource.symbolic)?;
        let by = origin::of(resource.repetition.iter().cloned().collect(), &self.text(), false);
        let because = if by.reason.is_empty() {
            "`count` or `for_each` has no value yet"
        } else {
            &by.reason
        };
        let reason = format!("it is not known whether an instance exists: {because}");
        Some(origin::Open { reason, settled_by: by.settled_by })
    }
}

/// The message without the value itself.
fn masked(value: &Value, message: &str) -> String {
    let number = value.as_number().map(ToString::to_string);
    match value.as_str().or(number.as_deref()).filter(|text| !text.is_empty()) {
        Some(text) => message.replace(text, "(sensitive)"),
        None => message.into(),
    }
}

impl Row<'_> {
    /// Adds another place.
    pub fn also(&mut self, span: Span, label: impl Into<String>) -> &mut Self {
        self.also.push((span, label.into()));
        self
    }

    /// Says what proves it.
    pub fn witness(&mut self, witness: impl Into<String>) -> &mut Self {
        self.witness = Some(witness.into());
        self
    }

    /// Says what the finding stands on, when it is not the blamed value.
    pub fn evidence(&mut self, evidence: impl Into<String>) -> &mut Self {
        self.evidence = evidence.into();
        self
    }

    /// Says why it is not known, when the value does not.
    pub fn reason(&mut self, reason: impl Into<String>) -> &mut Self {
        self.reason = Some(reason.into());
        self
    }

    /// Keeps what stands at the place from being shown, and the value out of the fingerprint.
    pub fn secret(&mut self) -> &mut Self {
        self.secret = true;
        self.evidence = String::new();
        self
    }
}
