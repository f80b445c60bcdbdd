//! What a rule's fix wants, in terms of the resource.

use serde::Serialize;

/// How much a fix may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FixKind {
    /// Nothing that a running workload could depend on, no new object in the place of the old one, no service that is billed by itself.
    Safe,
    /// All else.
    Unsafe,
}

impl FixKind {
    /// Its name, lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// What puts a failing subject right.
#[derive(Clone, Copy, Debug)]
pub struct Fix {
    /// Who may apply it unasked.
    pub kind: FixKind,
    /// What it does, for people: `rotate the key every year`.
    pub title: &'static str,
    /// What must be so afterwards, all of it.
    pub wants: &'static [Want],
}

impl Fix {
    /// A fix that changes nothing a workload could depend on.
    pub const fn safe(title: &'static str, wants: &'static [Want]) -> Self {
        Self { kind: FixKind::Safe, title, wants }
    }

    /// A fix that somebody should think about first.
    pub const fn risky(title: &'static str, wants: &'static [Want]) -> Self {
        Self { kind: FixKind::Unsafe, title, wants }
    }
}

/// One attribute as it should be.
#[derive(Clone, Copy, Debug)]
pub struct Want {
    /// The only resource type that it is for; `None` for all of the rule's.
    pub ty: Option<&'static str>,
    /// Where.
    pub at: Where,
    /// The expression to stand there, in Terraform's language; `None` when nothing should.
    pub value: Option<&'static str>,
}

/// Where a wanted attribute stands.
#[derive(Clone, Copy, Debug)]
pub enum Where {
    /// A path from the resource: `metadata_options.http_tokens`. A block that stands several times cannot be meant.
    Path(&'static str),
    /// A name in the block that the finding's path leads into: `encrypted` beside `ebs_block_device[1].volume_size`.
    Beside(&'static str),
    /// The finding's own attribute, of this name; of findings about others nothing is wanted.
    Own(&'static str),
    /// A path that starts with a block which is not there, when the finding is that it is not.
    Missing(&'static str),
    /// The very value that decides: an element of a document, wherever it is written.
    Decider,
}

impl Want {
    /// The attribute at a path, blocks on the way included.
    pub const fn set(path: &'static str, value: &'static str) -> Self {
        Self { ty: None, at: Where::Path(path), value: Some(value) }
    }

    /// The attribute of this name, in the block that the finding is about.
    pub const fn beside(name: &'static str, value: &'static str) -> Self {
        Self { ty: None, at: Where::Beside(name), value: Some(value) }
    }

    /// The attribute that the finding is about, when it has this name.
    pub const fn own(name: &'static str, value: &'static str) -> Self {
        Self { ty: None, at: Where::Own(name), value: Some(value) }
    }

    /// The attribute at a path, when the finding is that its block is missing.
    pub const fn missing(path: &'static str, value: &'static str) -> Self {
        Self { ty: None, at: Where::Missing(path), value: Some(value) }
    }

    /// Another literal in the place of the one that decides.
    pub const fn instead(value: &'static str) -> Self {
        Self { ty: None, at: Where::Decider, value: Some(value) }
    }

    /// No attribute at this path.
    pub const fn remove(path: &'static str) -> Self {
        Self { ty: None, at: Where::Path(path), value: None }
    }

    /// The same, for one of the rule's types only.
    #[must_use]
    pub const fn on(self, ty: &'static str) -> Self {
        Self { ty: Some(ty), ..self }
    }
}
