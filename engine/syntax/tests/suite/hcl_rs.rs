//! The same structure as hcl-rs finds, for programs both accept.

use crate::generate::{self, Writer};
use crate::show;
use banana_syntax::{FileId, parse_expression};
use hcl::expr::{BinaryOperator, Expression, ObjectKey, TraversalOperator, UnaryOperator};
use hcl::template::{Directive, Element, Template};
use proptest::prelude::*;
use std::sync::Arc;

/// An expression of theirs, as `show::expr` writes ours.
fn theirs(expr: &Expression) -> String {
    let all = |exprs: &[Expression]| exprs.iter().map(theirs).collect::<Vec<_>>().join(" ");
    match expr {
        Expression::Null => "null".into(),
        Expression::Bool(value) => value.to_string(),
        Expression::Number(number) => number.to_string(),
        Expression::String(text) if text.is_empty() => "<>".into(),
        Expression::String(text) => format!("<{text:?}>"),
        Expression::Array(items) => format!("[{}]", all(items)),
        Expression::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| match key {
                ObjectKey::Identifier(name) => format!("{} {}", name.as_str(), theirs(value)),
                ObjectKey::Expression(key) => format!("{} {}", theirs(key), theirs(value)),
                other => panic!("{other:?}"),
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
        Expression::TemplateExpr(template) => {
            let template = Template::from_expr(template).unwrap();
            format!("<{}>", elements(&template))
        }
        Expression::Variable(name) => name.as_str().into(),
        Expression::Traversal(traversal) => {
            traversed(theirs(&traversal.expr), &traversal.operators)
        }
        Expression::FuncCall(call) => {
            let dots = if call.expand_final { "..." } else { "" };
            format!("({}{dots} {})", call.name, all(&call.args))
        }
        Expression::Parenthesis(inner) => format!("(paren {})", theirs(inner)),
        Expression::Conditional(parts) => format!(
            "(? {} {} {})",
            theirs(&parts.cond_expr),
            theirs(&parts.true_expr),
            theirs(&parts.false_expr)
        ),
        Expression::Operation(operation) => match &**operation {
            hcl::expr::Operation::Unary(unary) => {
                let name = if unary.operator == UnaryOperator::Not { "Not" } else { "Negate" };
                format!("({name} {})", theirs(&unary.expr))
            }
            hcl::expr::Operation::Binary(binary) => format!(
                "({} {} {})",
                operator(binary.operator),
                theirs(&binary.lhs_expr),
                theirs(&binary.rhs_expr)
            ),
        },
        Expression::ForExpr(parsed) => format!(
            "(for {}{} {} : {}{}{}{})",
            parsed.key_var.as_ref().map(|key| format!("{},", key.as_str())).unwrap_or_default(),
            parsed.value_var.as_str(),
            theirs(&parsed.collection_expr),
            parsed.key_expr.as_ref().map(|key| format!("{} => ", theirs(key))).unwrap_or_default(),
            theirs(&parsed.value_expr),
            if parsed.grouping { "..." } else { "" },
            parsed
                .cond_expr
                .as_ref()
                .map(|test| format!(" if {}", theirs(test)))
                .unwrap_or_default(),
        ),
        other => panic!("{other:?}"),
    }
}

fn operator(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Or => "Or",
        BinaryOperator::And => "And",
        BinaryOperator::Eq => "Equal",
        BinaryOperator::NotEq => "NotEqual",
        BinaryOperator::Less => "Less",
        BinaryOperator::LessEq => "LessEqual",
        BinaryOperator::Greater => "Greater",
        BinaryOperator::GreaterEq => "GreaterEqual",
        BinaryOperator::Plus => "Add",
        BinaryOperator::Minus => "Subtract",
        BinaryOperator::Mul => "Multiply",
        BinaryOperator::Div => "Divide",
        BinaryOperator::Mod => "Modulo",
    }
}

/// Their splats are steps among others; ours hold the steps that follow.
fn traversed(on: String, steps: &[TraversalOperator]) -> String {
    let Some((first, rest)) = steps.split_first() else { return on };
    match first {
        TraversalOperator::GetAttr(name) => traversed(format!("(. {on} {})", name.as_str()), rest),
        TraversalOperator::Index(key) => traversed(format!("(at {on} {})", theirs(key)), rest),
        TraversalOperator::LegacyIndex(index) => traversed(format!("(at {on} {index})"), rest),
        TraversalOperator::FullSplat => format!("([*] {on} {})", traversed("it".into(), rest)),
        TraversalOperator::AttrSplat => {
            let names = rest.iter().take_while(|step| {
                matches!(step, TraversalOperator::GetAttr(_) | TraversalOperator::LegacyIndex(_))
            });
            let (body, rest) = rest.split_at(names.count());
            traversed(format!("(.* {on} {})", traversed("it".into(), body)), rest)
        }
    }
}

fn elements(template: &Template) -> String {
    let shown = template.elements().iter().map(|element| match element {
        Element::Literal(text) => format!("{text:?}"),
        Element::Interpolation(inner) => format!("${}", theirs(&inner.expr)),
        Element::Directive(directive) => match &**directive {
            Directive::If(parsed) => format!(
                "%if {} [{}] [{}]",
                theirs(&parsed.cond_expr),
                elements(&parsed.true_template),
                parsed.false_template.as_ref().map(elements).unwrap_or_default()
            ),
            Directive::For(parsed) => format!(
                "%for {}{} {} [{}]",
                parsed.key_var.as_ref().map(|key| format!("{},", key.as_str())).unwrap_or_default(),
                parsed.value_var.as_str(),
                theirs(&parsed.collection_expr),
                elements(&parsed.template)
            ),
        },
    });
    shown.collect::<Vec<_>>().join(" ")
}

fn ours(text: &str) -> String {
    let (tree, reports) = parse_expression(FileId(0), &Arc::from(text));
    assert_eq!(reports, [], "{text}");
    show::expr(&tree, tree.attributes(tree.root())[0].expr)
}

#[test]
fn agrees_on_a_page_of_expressions() {
    for text in [
        "a + b * c - d / e % f",
        "!a || b && c == d != e",
        "a < b == c >= d",
        "a ? b : c ? d : e",
        "a.b[0].c[\"d\"][*].e.0",
        "a.*.b.c[0]",
        "f(a, [1, 2], { b = 1, \"c\" = 2 }...)",
        "[for k, v in m : v if k != \"x\"]",
        "{ for k, v in m : k => v... }",
        "\"a ${b} %{ if c }d%{ else }e%{ endif } %{ for f in g }h%{ endfor }\"",
        "\"$${a} %%{b} \\n \\u00e9\"",
        "-a + -b",
        "(a)",
    ] {
        let theirs = theirs(&text.parse().unwrap_or_else(|error| panic!("{text}: {error}")));
        assert_eq!(ours(text), theirs, "{text}");
    }
}

proptest! {
    /// hcl-rs nests 64 levels at most, lets no object have a key twice, folds signs into numbers, reads numbers into floats, and
    /// leaves escapes within directives as they are: such programs are left out, and digits are not compared.
    #[test]
    fn agrees_on_generated_expressions(model in generate::expression(), whims in any::<[u8; 32]>()) {
        let mut writer = Writer::new(&whims);
        writer.expression(&model);
        let text = writer.text;
        let signed = ours(&text).split("(Negate ").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if signed || text.contains('\\') {
            return Ok(());
        }
        let digits = |shown: &str| shown.chars().filter(|c| !c.is_ascii_digit() && !"eE+-.".contains(*c)).collect::<String>();
        if let Ok(parsed) = text.parse::<Expression>() {
            prop_assert_eq!(digits(&ours(&text)), digits(&theirs(&parsed)), "{}", text);
        }
    }
}
