//! The same query in the languages of the peers.

use netskope_query::{Expr, ExprKind, Literal, Op, Value};

/// How a peer writes what the queries of this bench use.
pub(crate) struct Language {
    and: &'static str,
    or: &'static str,
    not: &'static str,
    eq: &'static str,
    ne: &'static str,
    quote: char,
    contains: fn(&str, &str) -> String,
    listed: fn(&str, &[String]) -> String,
}

pub(crate) const WIREFILTER: Language = Language {
    and: " and ",
    or: " or ",
    not: "not ",
    eq: "==",
    ne: "!=",
    quote: '"',
    contains: |field, text| format!("{field} contains \"{text}\""),
    listed: |field, values| format!("{field} in {{{}}}", values.join(" ")),
};

pub(crate) const EVALEXPR: Language = Language {
    contains: |field, text| format!("str::regex_matches({field}, \"{text}\")"),
    listed: |field, values| format!("contains(({}), {field})", values.join(", ")),
    ..CEL
};

pub(crate) const SQL: Language = Language {
    and: " AND ",
    or: " OR ",
    not: "NOT ",
    eq: "=",
    ne: "<>",
    quote: '\'',
    contains: |field, text| format!("{field} LIKE '%{text}%'"),
    listed: |field, values| format!("{field} IN ({})", values.join(", ")),
};

pub(crate) const CEL: Language = Language {
    and: " && ",
    or: " || ",
    not: "!",
    eq: "==",
    ne: "!=",
    quote: '"',
    contains: |field, text| format!("{field}.contains(\"{text}\")"),
    listed: |field, values| format!("{field} in [{}]", values.join(", ")),
};

impl Language {
    /// The query in this language.
    pub(crate) fn write(&self, expr: &Expr) -> String {
        match expr.kind() {
            ExprKind::Or(operands) => self.join(operands, self.or),
            ExprKind::And(operands) => self.join(operands, self.and),
            ExprKind::Not(inner) => format!("{}({})", self.not, self.write(inner)),
            ExprKind::Compare {
                path,
                operator,
                value,
            } => {
                let (field, value) = (path.as_str(), &value.literal);
                match operator.op {
                    Op::Eq => format!("{field} {} {}", self.eq, self.value(value)),
                    Op::Ne => format!("{field} {} {}", self.ne, self.value(value)),
                    Op::Like => (self.contains)(field, &text(value)),
                    other => format!("{field} {} {}", sign(other), self.value(value)),
                }
            }
            ExprKind::List { path, values, .. } => {
                (self.listed)(path.as_str(), &self.values(values))
            }
            other => panic!("no query of this bench has {other:?}"),
        }
    }

    fn join(&self, operands: &[Expr], joint: &str) -> String {
        let parts = operands.iter().map(|operand| match operand.kind() {
            ExprKind::Or(_) => format!("({})", self.write(operand)),
            _ => self.write(operand),
        });
        parts.collect::<Vec<_>>().join(joint)
    }

    fn values(&self, values: &[Value]) -> Vec<String> {
        values
            .iter()
            .map(|value| self.value(&value.literal))
            .collect()
    }

    fn value(&self, literal: &Literal) -> String {
        match literal {
            Literal::Text(text) => format!("{quote}{text}{quote}", quote = self.quote),
            other => text(other),
        }
    }
}

fn text(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => text.clone(),
        Literal::Number(number) => number.to_string(),
        other => panic!("no query of this bench has {other:?}"),
    }
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Ge => ">=",
        other => panic!("no query of this bench has {other:?}"),
    }
}
