//! Instances of whatever type as subjects, and the answers that simple rules give about them.

use crate::{Check, Context, Meta, Subject};
use model::{ABSENT, At, Attr, Model, Part};
use stack::{Origin, Resource, ResourceId, Value};
use std::borrow::Cow;
use std::ops::Deref;

/// An instance of whatever type, with its attributes by name.
#[derive(Clone, Debug)]
pub struct Instance<'a> {
    /// Its place in the stack.
    pub id: ResourceId,
    /// The instance.
    pub resource: &'a Resource,
    whole: Part<'a>,
}

impl<'a> Instance<'a> {
    /// The instance with this id.
    pub fn of(model: &Model<'a>, id: ResourceId) -> Option<Self> {
        let resource = model.stack().resource(id)?;
        Some(Self { id, resource, whole: Part::of(resource) })
    }

    /// All managed instances of a type by Terraform's name, in the order of their addresses; of `data.aws_ami` the data sources.
    pub fn all(model: &Model<'a>, ty: &str) -> impl Iterator<Item = Self> {
        model.instances(ty).iter().filter_map(|id| Self::of(model, *id))
    }

    /// Terraform's name of its type.
    pub fn ty(&self) -> &'a str {
        &self.resource.address.ty
    }
}

impl<'a> Deref for Instance<'a> {
    type Target = Part<'a>;

    fn deref(&self) -> &Part<'a> {
        &self.whole
    }
}

impl<'a> Subject<'a> for Instance<'a> {
    fn all(context: &'a Context<'a>, meta: &Meta) -> Cow<'a, [Self]> {
        let model = &context.model;
        let mut all: Vec<Self> =
            meta.resources.iter().flat_map(|ty| Instance::all(model, ty)).collect();
        all.sort_by_key(|instance| instance.id);
        Cow::Owned(all)
    }

    fn resource(&self) -> Option<&'a Resource> {
        Some(self.resource)
    }
}

impl<'a> Check<'a> {
    /// It must be so; null counts as not. `wrong` says what is the matter when it is not, `whether` what the question is.
    pub fn require(&mut self, holds: At<'a, bool>, wrong: &str, whether: &str) {
        match holds.attr {
            Attr::Known(true, _) => {}
            Attr::Known(false, value) | Attr::Null(value) => {
                self.fail(value, holds.path, wrong);
            }
            Attr::Unknown(value) => {
                self.unknown(value, holds.path, format!("it is not known whether {whether}"));
            }
        }
    }

    /// The blocks of a name. When it is not known which there are, it says so.
    pub fn blocks(&mut self, part: &Part<'a>, name: &str) -> Vec<Part<'a>> {
        let At { path, attr } = part.blocks(name);
        match attr {
            Attr::Known(blocks, _) => blocks,
            Attr::Null(_) => Vec::new(),
            Attr::Unknown(value) => {
                self.unknown(value, path, format!("it is not known what `{name}` will be"));
                Vec::new()
            }
        }
    }

    /// Whether an attribute names a key of the customer's own: a key that AWS keeps for a service (`alias/aws/…`) is none.
    pub fn own_key(&self, key: At<'a, &'a str>) -> At<'a, bool> {
        let aws = |value: &Value| {
            let named = self.model().refers(value).and_then(|id| Instance::of(self.model(), id));
            named.is_some_and(|it| it.text("name").is(is_alias_of_aws).is_true())
        };
        let attr = match key.attr {
            Attr::Known(text, value) => {
                Attr::Known(!text.is_empty() && !is_alias_of_aws(text), value)
            }
            Attr::Null(value) => Attr::Null(value),
            Attr::Unknown(value) if self.model().refers(value).is_some() => {
                Attr::Known(!aws(value), value)
            }
            Attr::Unknown(value) => Attr::Unknown(value),
        };
        At { path: key.path, attr }
    }

    /// The resources that refer to `it`, in the order of their addresses.
    pub fn users(&self, it: &Instance<'a>) -> impl Iterator<Item = &'a Resource> + use<'a> {
        let stack = self.stack();
        self.context().graph().used_by(it.id).filter_map(|id| stack.resource(*id))
    }

    /// True when an output of the root module tells something of `it`.
    pub fn is_told(&self, it: &Instance<'a>) -> bool {
        let of_it = |origin: &Origin| matches!(origin, Origin::Resource { address, .. } if *address == it.resource.address);
        self.stack().outputs.values().any(|output| output.value.origins().iter().any(of_it))
    }

    /// The instances of a type of which an attribute, or an element of it, names `it`.
    pub fn companions(
        &self,
        it: &Instance<'a>,
        ty: &'static str,
        attribute: &'static str,
    ) -> Companions<'a> {
        let model = self.model();
        let mut companions = Companions { found: Vec::new(), open: None };
        let candidates = model.candidates(it.id, ty, attribute);
        for other in candidates.into_iter().filter_map(|id| Instance::of(model, id)) {
            let mut names = Some(false);
            let value = other.get::<&Value>(attribute).attr.value();
            for element in value.as_slice().unwrap_or(std::slice::from_ref(value)) {
                match model.points(element, other.resource, it.id) {
                    Some(true) => names = Some(true),
                    None if names == Some(false) => {
                        names = None;
                        companions.open = companions.open.or(Some(element));
                    }
                    _ => {}
                }
            }
            if names == Some(true) {
                companions.found.push(other);
            }
        }
        companions
    }
}

fn is_alias_of_aws(text: &str) -> bool {
    text.contains("alias/aws/")
}

/// Instances that name another one.
#[derive(Clone, Debug)]
pub struct Companions<'a> {
    /// Those that certainly do.
    pub found: Vec<Instance<'a>>,
    /// A value that may.
    pub open: Option<&'a Value>,
}

impl<'a> Companions<'a> {
    /// Whether there is one.
    pub fn exist(&self) -> At<'a, bool> {
        self.any(|_| At::certain(true))
    }

    /// Whether there is one that passes a test. The path is empty: it would not be the subject's.
    pub fn any(&self, test: impl Fn(&Instance<'a>) -> At<'a, bool>) -> At<'a, bool> {
        let answers = self.found.iter().map(|other| {
            let answer = test(other);
            let exists = !other.resource.symbolic;
            if exists || answer.is_false() {
                answer
            } else {
                At { attr: Attr::Unknown(&ABSENT), ..answer }
            }
        });
        let open = self.open.map(|value| At { path: String::new(), attr: Attr::Unknown(value) });
        let answer = answers.chain(open).fold(At::certain(false), At::or_else);
        At { path: String::new(), ..answer }
    }
}
