//! References in an expression, without evaluating it: what the graph of a stack is made of.

use super::scope::{StaticKey, StaticStep, Traversal};
use crate::value::Str;
use syntax::{Expr, ExprId, Part, PartList, Span, Symbol, Tree};

/// A chain of steps on something: `aws_vpc.main[0].id` is the name `aws_vpc` and three steps.
pub(crate) struct Spine {
    /// What the first step looks into; never itself a step.
    pub(crate) base: ExprId,
    /// The step expressions ([`Expr::Attr`] and [`Expr::Index`]), innermost first.
    pub(crate) steps: Vec<ExprId>,
}

impl Spine {
    /// Walks down from `expr`; a loop, since a chain may be as long as a file.
    pub(crate) fn of(tree: &Tree, expr: ExprId) -> Self {
        let (mut base, mut steps) = (expr, Vec::new());
        while let Expr::Attr { on, .. } | Expr::Index { on, .. } = tree.expr(base) {
            steps.push(base);
            base = on;
        }
        steps.reverse();
        Self { base, steps }
    }
}

/// The literal key of a step, if it has one.
pub(crate) fn static_key(tree: &Tree, step: ExprId) -> Option<StaticKey> {
    match tree.expr(step) {
        Expr::Attr { name, .. } => Some(StaticKey::Name(tree.name(name).into())),
        Expr::Index { key, .. } => match tree.expr(key) {
            Expr::Number => tree.expr_text(key).parse().ok().map(StaticKey::Index),
            Expr::Template(_) => tree.literal(key).map(StaticKey::Key),
            _ => None,
        },
        _ => None,
    }
}

/// Where a step itself stands: its dot or bracket up to its end, without what it looks into.
pub(crate) fn step_span(tree: &Tree, step: ExprId) -> Span {
    let whole = tree.span(step);
    let start = match tree.expr(step) {
        Expr::Attr { on, .. } | Expr::Index { on, .. } => tree.span(on).end,
        _ => whole.start,
    };
    let text = tree.text().get(start as usize..whole.end as usize).unwrap_or("");
    let blank = text.len() - text.trim_start().len();
    Span { start: start + u32::try_from(blank).unwrap_or(0), ..whole }
}

/// The literal steps at the start of a spine.
pub(crate) fn static_steps(tree: &Tree, steps: &[ExprId]) -> Vec<StaticStep> {
    steps
        .iter()
        .map_while(|step| {
            let key = static_key(tree, *step)?;
            Some(StaticStep { key, span: step_span(tree, *step) })
        })
        .collect()
}

/// The reference that an expression is, when it is nothing but one: `aws_vpc.main`, as `depends_on` and `provider` want it.
pub fn traversal(tree: &Tree, expr: ExprId) -> Option<Traversal> {
    let spine = Spine::of(tree, expr);
    let Expr::Name(root) = tree.expr(spine.base) else { return None };
    let found = prefix(tree, &spine, root);
    (found.steps.len() == spine.steps.len()).then_some(found)
}

/// The literal prefix of a spine that starts at a name.
pub(crate) fn prefix(tree: &Tree, spine: &Spine, root: Symbol) -> Traversal {
    let root_span = tree.span(spine.base);
    let steps = static_steps(tree, &spine.steps);
    let span = steps.last().map_or(root_span, |last| root_span.to(last.span));
    Traversal { root: tree.name(root).into(), root_span, steps, span }
}

/// Every reference in an expression to something outside it, in the order of its walk. Iteration variables are left out.
pub fn references(tree: &Tree, expr: ExprId) -> Vec<Traversal> {
    let mut walk = Walk { tree, names: Vec::new(), todo: Vec::new(), found: Vec::new() };
    walk.todo.push((expr, None));
    while let Some((expr, names)) = walk.todo.pop() {
        walk.visit(expr, names);
    }
    walk.found.sort_by_key(|t| t.span);
    walk.found
}

/// An iteration variable and those around it, by index.
struct Bound {
    name: Str,
    outer: Option<usize>,
}

struct Walk<'a> {
    tree: &'a Tree,
    names: Vec<Bound>,
    todo: Vec<(ExprId, Option<usize>)>,
    found: Vec<Traversal>,
}

impl Walk<'_> {
    fn visit(&mut self, expr: ExprId, names: Option<usize>) {
        let tree = self.tree;
        match tree.expr(expr) {
            Expr::Name(_) | Expr::Attr { .. } | Expr::Index { .. } => self.spine(expr, names),
            Expr::Template(parts) => self.parts(parts, names),
            Expr::Splat { on, body, .. } => self.push([on, body], names),
            Expr::Call { args, .. } => self.push(tree.list(args).iter().copied(), names),
            Expr::Tuple(list) => self.push(tree.list(list).iter().copied(), names),
            Expr::Object(list) => {
                for pair in tree.list(list).chunks_exact(2) {
                    let [key, value] = pair else { continue };
                    if !matches!(tree.expr(*key), Expr::Name(_)) {
                        self.push([*key], names);
                    }
                    self.push([*value], names);
                }
            }
            Expr::For(id) => {
                let Some(f) = tree.for_expr(id) else { return };
                self.push([f.collection], names);
                let inner = self.bind(f.key_name, f.value_name, names);
                self.push(f.key.into_iter().chain([f.value]).chain(f.test), inner);
            }
            Expr::Unary(_, on) | Expr::Parens(on) => self.push([on], names),
            Expr::Binary(_, a, b) => self.push([a, b], names),
            Expr::Conditional { test, then, otherwise } => {
                self.push([test, then, otherwise], names);
            }
            Expr::Null | Expr::Bool(_) | Expr::Number | Expr::SplatItem | Expr::Missing => {}
        }
    }

    fn spine(&mut self, expr: ExprId, names: Option<usize>) {
        let spine = Spine::of(self.tree, expr);
        for step in &spine.steps {
            if let Expr::Index { key, .. } = self.tree.expr(*step) {
                self.push([key], names);
            }
        }
        match self.tree.expr(spine.base) {
            Expr::Name(root) => {
                if !self.is_bound(self.tree.name(root), names) {
                    self.found.push(prefix(self.tree, &spine, root));
                }
            }
            _ => self.push([spine.base], names),
        }
    }

    fn parts(&mut self, parts: PartList, names: Option<usize>) {
        let mut lists = vec![(parts, names)];
        while let Some((parts, names)) = lists.pop() {
            for part in self.tree.parts(parts) {
                match *part {
                    Part::Literal(_) => {}
                    Part::Interpolation(expr) => self.push([expr], names),
                    Part::If { test, then, otherwise } => {
                        self.push([test], names);
                        lists.extend([(then, names), (otherwise, names)]);
                    }
                    Part::For { key_name, value_name, collection, body } => {
                        self.push([collection], names);
                        lists.push((body, self.bind(key_name, value_name, names)));
                    }
                }
            }
        }
    }

    fn push(&mut self, exprs: impl IntoIterator<Item = ExprId>, names: Option<usize>) {
        self.todo.extend(exprs.into_iter().map(|e| (e, names)));
    }

    fn bind(&mut self, key: Option<Symbol>, value: Symbol, outer: Option<usize>) -> Option<usize> {
        let mut inner = outer;
        for symbol in key.into_iter().chain([value]) {
            self.names.push(Bound { name: self.tree.name(symbol).into(), outer: inner });
            inner = Some(self.names.len() - 1);
        }
        inner
    }

    fn is_bound(&self, name: &str, names: Option<usize>) -> bool {
        let step = |at: &usize| self.names.get(*at).and_then(|b| b.outer);
        std::iter::successors(names, step)
            .any(|at| self.names.get(at).is_some_and(|b| b.name == *name))
    }
}
