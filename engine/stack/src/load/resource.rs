//! `resource "type" "name" { … }` and `data "type" "name" { … }`

use super::body::{Block, Content, Expression};
use super::condition::{self, Condition};
use super::repeat::Repeat;
use super::{provider, read, references};
use crate::eval::Traversal;
use crate::{Lifecycle, Mode, Str};
use schema::Schema;
use syntax::{Expr, Report, Span};

/// A declared resource or data source: what Terraform itself reads taken out, the provider's arguments left.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) mode: Mode,
    pub(crate) ty: Str,
    pub(crate) name: Str,
    pub(crate) header: Span,
    pub(crate) span: Span,
    pub(crate) schema: Option<&'static Schema>,
    /// The provider's arguments and blocks.
    pub(crate) content: Content,
    /// Every reference in it, and those of `replace_triggered_by`.
    pub(crate) references: Vec<Traversal>,
    pub(crate) repeat: Repeat,
    /// Local name and alias of the provider configuration, when it is written.
    pub(crate) provider: Option<(provider::Name, Span)>,
    pub(crate) depends_on: Vec<Traversal>,
    pub(crate) lifecycle: Lifecycle,
    /// Headers of its `provisioner` blocks.
    pub(crate) provisioners: Vec<Span>,
    pub(crate) preconditions: Vec<Condition>,
    pub(crate) postconditions: Vec<Condition>,
}

/// Blocks that belong to Terraform, not to the provider.
const OWN: &[&str] = &["lifecycle", "connection", "provisioner"];

impl Resource {
    /// Local name of the provider that a type belongs to: its first word.
    pub(crate) fn implied_provider(ty: &str) -> &str {
        ty.split_once('_').map_or(ty, |(first, _)| first)
    }

    pub(crate) fn read(
        mode: Mode,
        ty: &Str,
        name: &Str,
        block: &Block,
        reports: &mut Vec<Report>,
    ) -> Self {
        let schema = match mode {
            Mode::Managed => schema::resource(ty),
            Mode::Data => schema::data_source(ty),
        };
        let mut content = block.body.content(&|kind| match kind {
            "lifecycle" | "connection" => Some(0),
            "provisioner" | "dynamic" => Some(1),
            _ => schema.and_then(|s| s.body.block(kind)).map(|_| 0),
        });
        let mut lifecycle = Lifecycle::default();
        let mut triggers = Vec::new();
        let (mut preconditions, mut postconditions) = (Vec::new(), Vec::new());
        for block in content.blocks("lifecycle") {
            let rules = |kind: &str| matches!(kind, "precondition" | "postcondition").then_some(0);
            let inner = block.body.content(&rules);
            read::only(
                &inner,
                LIFECYCLE,
                &["precondition", "postcondition"],
                "`lifecycle`",
                reports,
            );
            let get = |name: &str| inner.attribute(name).map(|a| &a.value);
            let on = |name: &str, reports: &mut Vec<Report>| {
                read::switch(get(name), reports).unwrap_or(false)
            };
            lifecycle.create_before_destroy = on("create_before_destroy", reports);
            lifecycle.prevent_destroy = on("prevent_destroy", reports);
            lifecycle.ignore_changes = paths(get("ignore_changes"), reports);
            lifecycle.replace_triggered_by = paths(get("replace_triggered_by"), reports);
            if let Some(value) = get("replace_triggered_by") {
                triggers.extend_from_slice(value.references());
            }
            let mut conditions = |kind| -> Vec<Condition> {
                inner.blocks(kind).filter_map(|b| condition::read(b, reports)).collect()
            };
            preconditions.extend(conditions("precondition"));
            postconditions.extend(conditions("postcondition"));
        }
        let provisioners = content.blocks("provisioner").map(|block| block.header).collect();
        content.blocks.retain(|b| !OWN.contains(&b.kind.as_str()));
        let repeat = Repeat::take(&mut content, reports);
        let provider = content.take("provider").and_then(|value| {
            let span = value.span();
            provider::name_of(&value, reports).map(|name| (name, span))
        });
        let depends_on = read::references(content.take("depends_on").as_ref(), reports);
        Self {
            mode,
            ty: ty.clone(),
            name: name.clone(),
            header: block.header,
            span: block.span,
            schema,
            references: [references::of(&content, schema.map(|s| s.body)), triggers].concat(),
            content,
            repeat,
            provider,
            depends_on,
            lifecycle,
            provisioners,
            preconditions,
            postconditions,
        }
    }

    /// `aws_vpc.main`, `data.aws_ami.linux`
    pub(crate) fn label(&self) -> String {
        let prefix = if self.mode == Mode::Data { "data." } else { "" };
        format!("{prefix}{}.{}", self.ty, self.name)
    }
}

const LIFECYCLE: &[&str] =
    &["create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by"];

/// Attribute paths as written: `[tags, ingress[0].cidr_blocks]`, or the word `all`.
fn paths(value: Option<&Expression>, reports: &mut Vec<Report>) -> Vec<Str> {
    let Some(value) = value else { return Vec::new() };
    match value.tree.expr(value.id) {
        Expr::Tuple(list) => {
            let mut found = Vec::new();
            for id in value.tree.list(list) {
                let item = value.part(*id);
                let text = item.literal().unwrap_or_else(|| item.text().into());
                found.push(text);
            }
            found
        }
        Expr::Name(_) if value.text() == "all" => vec!["all".into()],
        Expr::Template(_) if value.literal().as_deref() == Some("all") => vec!["all".into()],
        Expr::Missing => Vec::new(),
        _ => {
            let report = Report::error("bad-lifecycle", "a list of attributes is needed here")
                .at(value.span(), "not a list");
            reports.push(report.help("write for example `[tags]`, or `all`"));
            Vec::new()
        }
    }
}
