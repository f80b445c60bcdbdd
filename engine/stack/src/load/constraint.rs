//! Type constraints: `list(object({ name = string, size = optional(number, 1) }))`.

use super::body::Expression;
use crate::value::ObjectType;
use crate::{Kind, Str, Type, Value};
use schema::closest;
use std::collections::BTreeMap;
use std::sync::Arc;
use syntax::{Expr, ExprId, FileId, Report, Tree};

/// A variable's type, and what fills in for optional attributes that a value leaves out.
#[derive(Clone, Debug)]
pub(crate) struct Constraint {
    pub(crate) ty: Type,
    pub(crate) defaults: Defaults,
}

/// Defaults of `optional(type, default)`, in the shape of the type that holds them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defaults {
    /// An attribute's own default.
    attributes: BTreeMap<Str, Value>,
    /// What lies inside attributes or tuple elements (named by number).
    inside: BTreeMap<Str, Defaults>,
    /// What lies inside every element.
    element: Option<Box<Defaults>>,
}

const KEYWORDS: &[&str] =
    &["any", "bool", "list", "map", "number", "object", "optional", "set", "string", "tuple"];

impl Constraint {
    /// No constraint at all.
    pub(crate) fn any() -> Self {
        Self { ty: Type::Dynamic, defaults: Defaults::default() }
    }

    /// Reads `type = …`. The quoted `"string"`, `"list"` and `"map"` of old configurations, and JSON's quoted constraints, count.
    pub(crate) fn read(value: &Expression, reports: &mut Vec<Report>) -> Self {
        let quoted = value.literal().map(|text| {
            let (tree, _) = syntax::parse_expression(FileId::default(), &text.as_str().into());
            let id = tree.attributes(tree.root()).first().map(|a| a.expr);
            (Arc::new(tree), id)
        });
        let mut reader = Reader { whole: value, reports, quoted: quoted.is_some() };
        let (ty, defaults) = match quoted {
            Some((tree, Some(id))) => reader.read(&tree, id, false),
            Some((tree, None)) => reader.wrong(&tree, None, "a type is missing"),
            None => reader.read(&value.tree, value.id, false),
        };
        Self { ty, defaults }
    }
}

struct Reader<'a> {
    whole: &'a Expression,
    reports: &'a mut Vec<Report>,
    quoted: bool,
}

impl Reader<'_> {
    /// Recursion is bounded by the parser's own limit on nesting.
    fn read(&mut self, tree: &Arc<Tree>, id: ExprId, optional: bool) -> (Type, Defaults) {
        match tree.expr(id) {
            Expr::Name(name) => match tree.name(name) {
                "string" => (Type::String, Defaults::default()),
                "number" => (Type::Number, Defaults::default()),
                "bool" => (Type::Bool, Defaults::default()),
                "any" => (Type::Dynamic, Defaults::default()),
                "list" => (Type::List(Type::Dynamic.into()), Defaults::default()),
                "set" => (Type::Set(Type::Dynamic.into()), Defaults::default()),
                "map" => (Type::Map(Type::Dynamic.into()), Defaults::default()),
                other => self.unknown(tree, id, other),
            },
            Expr::Call { name, args, .. } => {
                let args = tree.list(args);
                match (tree.name(name), args) {
                    ("list", [of]) => self.collection(tree, *of, Type::List),
                    ("set", [of]) => self.collection(tree, *of, Type::Set),
                    ("map", [of]) => self.collection(tree, *of, Type::Map),
                    ("object", [of]) => self.object(tree, *of),
                    ("tuple", [of]) => self.tuple(tree, *of),
                    ("optional", [of] | [of, _]) if optional => self.read(tree, *of, false),
                    ("optional", _) => self.wrong(
                        tree,
                        Some(id),
                        "`optional` can only stand at an attribute of `object({ … })`",
                    ),
                    (word @ ("list" | "set" | "map" | "object" | "tuple"), _) => {
                        self.wrong(tree, Some(id), &format!("`{word}` takes exactly one argument"))
                    }
                    (other, _) => self.unknown(tree, id, other),
                }
            }
            Expr::Parens(inner) => self.read(tree, inner, optional),
            Expr::Missing => (Type::Dynamic, Defaults::default()),
            _ => self.wrong(
                tree,
                Some(id),
                "a type is a keyword or a constructor such as `list(string)`",
            ),
        }
    }

    fn collection(
        &mut self,
        tree: &Arc<Tree>,
        of: ExprId,
        make: fn(Arc<Type>) -> Type,
    ) -> (Type, Defaults) {
        let (ty, defaults) = self.read(tree, of, false);
        let element = Some(Box::new(defaults)).filter(|d| !d.is_empty());
        (make(Arc::new(ty)), Defaults { element, ..Defaults::default() })
    }

    fn tuple(&mut self, tree: &Arc<Tree>, of: ExprId) -> (Type, Defaults) {
        let Expr::Tuple(list) = tree.expr(of) else {
            return self.wrong(
                tree,
                Some(of),
                "`tuple` takes a list of types: `tuple([string, number])`",
            );
        };
        let mut types = Vec::new();
        let mut inside = BTreeMap::new();
        for (i, item) in tree.list(list).iter().enumerate() {
            let (ty, defaults) = self.read(tree, *item, false);
            types.push(ty);
            if !defaults.is_empty() {
                inside.insert(Str::from(i.to_string()), defaults);
            }
        }
        (Type::Tuple(types.into()), Defaults { inside, ..Defaults::default() })
    }

    fn object(&mut self, tree: &Arc<Tree>, of: ExprId) -> (Type, Defaults) {
        let Expr::Object(list) = tree.expr(of) else {
            return self.wrong(
                tree,
                Some(of),
                "`object` takes attributes: `object({ name = string })`",
            );
        };
        let mut object = ObjectType::default();
        let mut defaults = Defaults::default();
        for pair in tree.list(list).chunks_exact(2) {
            let [key, value] = pair else { continue };
            let name = match tree.expr(*key) {
                Expr::Name(name) => Some(tree.name(name).into()),
                _ => tree.literal(*key),
            };
            let Some(name) = name else {
                self.wrong(tree, Some(*key), "an attribute's name must be a plain word");
                continue;
            };
            let (ty, inside) = self.read(tree, *value, true);
            if let Expr::Call { name: call, args, .. } = tree.expr(*value)
                && tree.name(call) == "optional"
            {
                object.optional.insert(name.clone());
                if let [_, default] = tree.list(args) {
                    self.default(tree, *default, &name, &ty, &inside, &mut defaults);
                }
            }
            if !inside.is_empty() {
                defaults.inside.insert(name.clone(), inside);
            }
            object.attributes.insert(name, ty);
        }
        (Type::Object(Arc::new(object)), defaults)
    }

    fn default(
        &mut self,
        tree: &Arc<Tree>,
        id: ExprId,
        name: &Str,
        ty: &Type,
        inside: &Defaults,
        defaults: &mut Defaults,
    ) {
        let expression = Expression::new(tree, id);
        let (value, reports) = super::constant::evaluate(&expression);
        let broken = !reports.is_empty();
        self.reports.extend(reports);
        if broken {
            return;
        }
        match inside.apply(value).convert(ty) {
            Ok(value) => {
                defaults.attributes.insert(name.clone(), value);
            }
            Err(why) => {
                let text = format!("the default of `{name}` does not fit its type: {why}");
                self.wrong(tree, Some(id), &text);
            }
        }
    }

    fn unknown(&mut self, tree: &Arc<Tree>, id: ExprId, word: &str) -> (Type, Defaults) {
        let like = closest(word, KEYWORDS.iter().copied());
        let wrong = self.wrong(tree, Some(id), &format!("`{word}` is not a type"));
        if let (Some(like), Some(report)) = (like, self.reports.last_mut()) {
            report.help = Some(format!("did you mean `{like}`?"));
        }
        wrong
    }

    fn wrong(&mut self, tree: &Arc<Tree>, id: Option<ExprId>, text: &str) -> (Type, Defaults) {
        let span = match id {
            Some(id) if !self.quoted => tree.span(id),
            _ => self.whole.span(),
        };
        self.reports.push(Report::error("bad-type", text).at(span, "in this type constraint"));
        (Type::Dynamic, Defaults::default())
    }
}

impl Defaults {
    fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.inside.is_empty() && self.element.is_none()
    }

    /// Fills in what `value` leaves out or has null, before it is converted. As deep as the type, no deeper.
    pub(crate) fn apply(&self, value: Value) -> Value {
        if self.is_empty() {
            return value;
        }
        let Value { kind, marks, blame } = value;
        let kind = match kind {
            Kind::Object(map) | Kind::Map(_, map) => Kind::Object(Arc::new(self.fill(&map))),
            Kind::List(_, items) | Kind::Tuple(items) | Kind::Set(_, items) => {
                let items = items.iter().enumerate().map(|(i, item)| {
                    let inside = match &self.element {
                        Some(element) => Some(&**element),
                        None => self.inside.get(i.to_string().as_str()),
                    };
                    inside.map_or_else(|| item.clone(), |d| d.apply(item.clone()))
                });
                Kind::Tuple(items.collect())
            }
            other => other,
        };
        Value { kind, marks, blame }
    }

    fn fill(&self, map: &BTreeMap<Str, Value>) -> BTreeMap<Str, Value> {
        let mut filled = map.clone();
        for (name, default) in &self.attributes {
            let given = filled.get(name).is_some_and(|v| !matches!(v.kind, Kind::Null(_)));
            if !given {
                filled.insert(name.clone(), default.clone());
            }
        }
        for (name, value) in &mut filled {
            if let Some(inside) = self.inside.get(name).or(self.element.as_deref()) {
                *value = inside.apply(value.clone());
            }
        }
        filled
    }
}
