//! `nskope query explain`: a query in words.

mod fields;
mod text;
mod words;

use super::parsed;
use crate::cli::{
    args::query::Explain,
    console::Console,
    failure::{Exit, Failure},
    print,
};
use fields::Known;
use netskope_query::{Dialect, Expr, ExprKind, Op, Path, Schema, Span, check};
use serde::Serialize;

pub(super) fn run(args: &Explain, console: Console) -> Result<Exit, Failure> {
    let text = args.source.text()?;
    let schema = args.about.schema();
    let query = parsed(&text, schema, console)?;
    let explained = Explanation::of(&query, args.reading.dialect(), schema);
    let found = check(&query, schema);
    if args.output.is_json() {
        print::json(&explained)?;
    } else {
        let apart = if found.is_empty() { "" } else { "\n\n" };
        print::text(&format!("{explained}{apart}"))?;
    }
    console.findings(&text, &found);
    Ok(Exit::Found)
}

/// What a query asks, reads and costs.
#[derive(Debug, Serialize)]
struct Explanation<'q> {
    query: String,
    /// The list whose elements are looked at one by one, where the query reads one of their fields.
    rows: Option<&'static str>,
    conditions: Vec<Line>,
    fields: Vec<Known<'q>>,
    cost: Cost,
}

/// One line of the tree.
#[derive(Debug, Serialize)]
struct Line {
    depth: usize,
    words: String,
    /// What it takes to decide; `None` for what only joins others.
    work: Option<Work>,
    /// Where it stands. Other places than bytes take going through the text for each.
    bytes: Span,
}

/// What it takes to decide a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Work {
    /// One comparison.
    Compare,
    /// One look-up among many values.
    LookUp,
    /// Going through the whole text of the field.
    Scan,
}

/// How many conditions of each kind are decided, at most.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Cost {
    comparisons: usize,
    look_ups: usize,
    scans: usize,
}

impl<'q> Explanation<'q> {
    fn of(query: &'q Expr, dialect: Dialect, schema: &Schema<'static>) -> Self {
        let fields = fields::known(query, schema);
        let reads_rows = fields.iter().any(|field| field.in_rows);
        let mut explained = Self {
            query: query.to_string(),
            rows: schema.rows.filter(|_| reads_rows),
            conditions: Vec::new(),
            fields,
            cost: Cost::default(),
        };
        let teller = Teller { dialect, schema };
        teller.tell(query, 0, &mut explained.conditions);
        for work in explained.conditions.iter().filter_map(|line| line.work) {
            explained.cost.add(work);
        }
        explained
    }
}

impl Cost {
    fn add(&mut self, work: Work) {
        *match work {
            Work::Compare => &mut self.comparisons,
            Work::LookUp => &mut self.look_ups,
            Work::Scan => &mut self.scans,
        } += 1;
    }
}

/// Who puts the tree into words.
struct Teller<'s> {
    dialect: Dialect,
    schema: &'s Schema<'static>,
}

impl Teller<'_> {
    /// As deep as the tree, which the parser bounds.
    fn tell(&self, expr: &Expr, depth: usize, lines: &mut Vec<Line>) {
        let (words, work) = match expr.kind() {
            ExprKind::Or(_) => ("any of".to_owned(), None),
            ExprKind::And(_) => ("all of".to_owned(), None),
            ExprKind::Not(_) => ("not".to_owned(), None),
            condition => (
                words::condition(condition, self.dialect, self.field_of(condition)),
                Some(work(condition)),
            ),
        };
        lines.push(Line {
            depth,
            words,
            work,
            bytes: expr.span(),
        });
        let inner = match expr.kind() {
            ExprKind::Or(operands) | ExprKind::And(operands) => operands.as_slice(),
            ExprKind::Not(inner) => std::slice::from_ref(&**inner),
            _ => &[],
        };
        for expr in inner {
            self.tell(expr, depth + 1, lines);
        }
    }

    fn field_of(&self, condition: &ExprKind) -> Option<&netskope_query::Field<'static>> {
        self.schema.field(path(condition)?.as_str())
    }
}

/// The field of a condition.
fn path(condition: &ExprKind) -> Option<&Path> {
    match condition {
        ExprKind::Has(path)
        | ExprKind::Compare { path, .. }
        | ExprKind::List { path, .. }
        | ExprKind::Range { path, .. } => Some(path),
        _ => None,
    }
}

fn work(condition: &ExprKind) -> Work {
    match condition {
        ExprKind::Compare { operator, .. } if matches!(operator.op, Op::Like | Op::NotLike) => {
            Work::Scan
        }
        ExprKind::List { .. } => Work::LookUp,
        _ => Work::Compare,
    }
}
