//! Operators, by precedence.

use super::{MAX_DEPTH, Parser};
use crate::arena::index;
use crate::lexer::Kind;
use crate::tree::{BinaryOp, Expr, ExprId, UnaryOp};

/// An operator that waits for its right side.
#[derive(Clone, Copy)]
pub(super) enum Pending {
    Binary { op: BinaryOp, power: u8, left: ExprId },
    Unary { op: UnaryOp, start: u32 },
}

/// How tight an operator binds, after Terraform's documentation of operators.
fn binary(kind: Kind) -> Option<(BinaryOp, u8)> {
    Some(match kind {
        Kind::OrOr => (BinaryOp::Or, 1),
        Kind::AndAnd => (BinaryOp::And, 2),
        Kind::EqualEqual => (BinaryOp::Equal, 3),
        Kind::NotEqual => (BinaryOp::NotEqual, 3),
        Kind::Less => (BinaryOp::Less, 4),
        Kind::LessEqual => (BinaryOp::LessEqual, 4),
        Kind::Greater => (BinaryOp::Greater, 4),
        Kind::GreaterEqual => (BinaryOp::GreaterEqual, 4),
        Kind::Plus => (BinaryOp::Add, 5),
        Kind::Minus => (BinaryOp::Subtract, 5),
        Kind::Star => (BinaryOp::Multiply, 6),
        Kind::Slash => (BinaryOp::Divide, 6),
        Kind::Percent => (BinaryOp::Modulo, 6),
        _ => return None,
    })
}

impl Parser<'_> {
    /// An expression. Always gives a node; when it is lost afterwards, the caller must find the way back.
    pub(super) fn expression(&mut self) -> ExprId {
        if self.depth >= MAX_DEPTH {
            self.too_deep();
            return self.missing();
        }
        self.depth += 1;
        self.deepest = u32::max(self.deepest, self.depth);
        let test = self.operand();
        // Most values are one operand.
        let test = if self.lexer.token.kind.joins() { self.operators(test) } else { test };
        let id =
            if self.lexer.token.kind == Kind::Question { self.conditional(test) } else { test };
        self.depth -= 1;
        id
    }

    /// Operands joined by operators of the same precedence lean left.
    #[inline(never)]
    fn operators(&mut self, first: ExprId) -> ExprId {
        let base = self.scratch.pending.len();
        let mut left = first;
        let mut length = 0;
        while let Some((op, power)) = binary(self.lexer.token.kind) {
            if self.lost {
                break;
            }
            left = self.fold(base, power, left);
            self.scratch.pending.push(Pending::Binary { op, power, left });
            self.bump();
            left = self.operand();
            length += 1;
        }
        self.longest = u32::max(self.longest, length);
        self.fold(base, 0, left)
    }

    /// Gives waiting operators that bind at least as tight as `power` their right side.
    fn fold(&mut self, base: usize, power: u8, mut right: ExprId) -> ExprId {
        while self.scratch.pending.len() > base {
            match self.scratch.pending.last().copied() {
                Some(Pending::Binary { op, power: tight, left }) if tight >= power => {
                    self.scratch.pending.pop();
                    let (start, end) = (self.start_of(left), self.end_of(right));
                    right = self.push(Expr::Binary(op, left, right), start, end);
                }
                _ => break,
            }
        }
        right
    }

    /// `!` and `-` bind tighter than any operator between two operands, and looser than `.` and `[`.
    fn operand(&mut self) -> ExprId {
        if matches!(self.lexer.token.kind, Kind::Bang | Kind::Minus) {
            self.unary()
        } else {
            self.reached()
        }
    }

    /// A term and what is reached in it.
    fn reached(&mut self) -> ExprId {
        let term = self.term();
        if matches!(self.lexer.token.kind, Kind::Dot | Kind::BracketOpen) {
            self.traversals(term)
        } else {
            term
        }
    }

    #[inline(never)]
    fn unary(&mut self) -> ExprId {
        let base = self.scratch.pending.len();
        loop {
            let op = match self.lexer.token.kind {
                Kind::Bang => UnaryOp::Not,
                Kind::Minus => UnaryOp::Negate,
                _ => break,
            };
            self.scratch.pending.push(Pending::Unary { op, start: self.lexer.token.start });
            self.bump();
        }
        let mut value = self.reached();
        self.longest = u32::max(self.longest, index(self.scratch.pending.len() - base));
        while self.scratch.pending.len() > base {
            if let Some(Pending::Unary { op, start }) = self.scratch.pending.pop() {
                let end = self.end_of(value);
                value = self.push(Expr::Unary(op, value), start, end);
            }
        }
        value
    }

    /// From the `?` on.
    #[inline(never)]
    fn conditional(&mut self, test: ExprId) -> ExprId {
        self.bump();
        let then = self.expression();
        if !self.lost && self.lexer.token.kind != Kind::Colon {
            self.expected("`:`", "a conditional is written `condition ? value : other`");
        }
        if self.lost {
            return test;
        }
        self.bump();
        let otherwise = self.expression();
        let (start, end) = (self.start_of(test), self.end_of(otherwise));
        self.push(Expr::Conditional { test, then, otherwise }, start, end)
    }
}
