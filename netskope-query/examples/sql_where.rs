//! A query as a WHERE clause of SQL, with its values as parameters:
//!
//! ```text
//! cargo run -p netskope-query --example sql_where -- "app like drop and not bytes lt 1000000"
//! ```
//!
//! The clause holds for the rows that a `Filter` of `Dialect::SkopeIt` matches as flat records, in which NULL is null or a
//! field that is missing. Each condition is true or false and never unknown, whatever is NULL, so `NOT` means `not`.
//!
//! | column | translated | refused |
//! | --- | --- | --- |
//! | [`Holds::Text`] | `eq`, `neq`, `in`, `not_in` with anything but numbers; `like`, `notlike`, `startswith`; the bare field | numbers, for which the text `1.0` is 1; `gt` and its like, which take texts for numbers where they can |
//! | [`Holds::Number`] | all but `like`, `notlike` and `startswith`, with numbers, also as text; null and the empty text where nothing is ordered | texts that are no number; integers beyond those of a column |
//! | [`Holds::Truth`] | `eq`, `neq`, `in`, `not_in` with truth values, also as text, null and the empty text; the bare field | all else |
//!
//! A field without a column is refused, and so is a text with a NUL, which ends a text for many a store.
//!
//! The SQL is that of `SQLite`, with which it is tested. Text has to be compared byte for byte (there the default), `LENGTH`
//! has to count characters, and `LOWER` has to know more letters than ASCII's (there a function to register) where there
//! are some.

use netskope_query::{
    Diagnostic, Expr, ExprKind, Literal, Number, Op, Path, Report, Severity, Span, Value, parse,
};
use std::process::ExitCode;
use std::{env, slice};

/// What may be asked for; there is no other way for a name to get into the clause.
const EVENTS: &[Column<'_>] = &[
    column("app", "app", Holds::Text),
    column("user", "user", Holds::Text),
    column("bytes", "total bytes", Holds::Number),
    column("acked", "acked", Holds::Truth),
];

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what the program is for"
)]
fn main() -> ExitCode {
    let text = env::args().nth(1).unwrap_or_default();
    let query = parse(&text).map_err(|error| error.diagnostics().to_vec());
    match query.and_then(|query| where_clause(&query, EVENTS).map_err(|refusal| vec![*refusal])) {
        Ok((clause, parameters)) => {
            println!("WHERE {clause}");
            for parameter in parameters {
                println!("  {parameter}");
            }
            ExitCode::SUCCESS
        }
        Err(diagnostics) => {
            eprintln!("{}", Report::all(&text, &diagnostics));
            ExitCode::from(2)
        }
    }
}

/// A column, and the field of a query that it is.
#[derive(Debug)]
pub(crate) struct Column<'a> {
    pub(crate) path: &'a str,
    /// Any text, without quotes.
    pub(crate) name: &'a str,
    pub(crate) holds: Holds,
}

/// What the values of a column are, where they are not NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    /// Integers or floating-point numbers of 64 bits.
    Number,
    Truth,
}

pub(crate) const fn column<'a>(path: &'a str, name: &'a str, holds: Holds) -> Column<'a> {
    Column { path, name, holds }
}

/// Why a query is not translated, and at which place.
pub(crate) type Refusal = Box<Diagnostic>;

/// The clause, and the values for its question marks in their order.
pub(crate) fn where_clause(
    query: &Expr,
    columns: &[Column<'_>],
) -> Result<(String, Vec<Literal>), Refusal> {
    let mut translator = Translator {
        columns,
        parameters: Vec::new(),
    };
    let clause = translator.expr(query)?;
    Ok((clause, translator.parameters))
}

struct Translator<'c> {
    columns: &'c [Column<'c>],
    parameters: Vec<Literal>,
}

impl<'c> Translator<'c> {
    /// Never unknown, and whole where it stands after `NOT`.
    fn expr(&mut self, query: &Expr) -> Result<String, Refusal> {
        match query.kind() {
            ExprKind::Or(operands) => self.chain(operands, " OR "),
            ExprKind::And(operands) => self.chain(operands, " AND "),
            ExprKind::Not(inner) => Ok(format!("NOT {}", self.expr(inner)?)),
            ExprKind::Has(path) => {
                let column = self.column(path)?;
                let test = match column.holds {
                    Holds::Text => "<> ''",
                    Holds::Number | Holds::Truth => "IS NOT NULL",
                };
                Ok(format!("{} {test}", column.sql()))
            }
            ExprKind::Compare {
                path,
                operator,
                value,
            } => self.condition(path, operator.op, slice::from_ref(value)),
            ExprKind::List {
                path,
                operator,
                values,
            } => self.condition(path, operator.op, values),
            ExprKind::Range {
                path,
                operator,
                low,
                high,
            } => self.condition(path, operator.op, &[Value::clone(low), Value::clone(high)]),
        }
    }

    fn chain(&mut self, operands: &[Expr], joint: &str) -> Result<String, Refusal> {
        let operands = operands.iter().map(|operand| self.expr(operand));
        Ok(format!(
            "({})",
            operands.collect::<Result<Vec<_>, _>>()?.join(joint)
        ))
    }

    fn condition(&mut self, path: &Path, op: Op, values: &[Value]) -> Result<String, Refusal> {
        let column = self.column(path)?;
        match op {
            Op::Eq | Op::In => self.equal(column, values),
            Op::Ne | Op::NotIn => Ok(format!("NOT {}", self.equal(column, values)?)),
            Op::Like => self.like(column, values),
            Op::NotLike => Ok(format!("NOT {}", self.like(column, values)?)),
            Op::StartsWith => self.starts_with(column, values),
            Op::Gt => self.ordered(column, "> ?", values),
            Op::Ge => self.ordered(column, ">= ?", values),
            Op::Lt => self.ordered(column, "< ?", values),
            Op::Le => self.ordered(column, "<= ?", values),
            Op::Between => self.ordered(column, "BETWEEN ? AND ?", values),
        }
    }

    fn equal(&mut self, column: &Column<'_>, values: &[Value]) -> Result<String, Refusal> {
        let wanted = values.iter().map(|value| column.parameter(value));
        let wanted = wanted.collect::<Result<Vec<_>, _>>()?;
        let or_missing = wanted.contains(&None);
        let before = self.parameters.len();
        self.parameters.extend(wanted.into_iter().flatten());
        let marks = vec!["?"; self.parameters.len() - before].join(", ");
        let name = column.sql();
        Ok(match (column.holds, or_missing) {
            (Holds::Text, _) => format!("{name} IN ({marks})"),
            (_, true) if marks.is_empty() => format!("{name} IS NULL"),
            (_, true) => format!("({name} IS NULL OR {name} IN ({marks}))"),
            (_, false) => format!("({name} IS NOT NULL AND {name} IN ({marks}))"),
        })
    }

    fn ordered(
        &mut self,
        column: &Column<'_>,
        test: &str,
        values: &[Value],
    ) -> Result<String, Refusal> {
        for value in values {
            let bound = match column.holds {
                Holds::Number => column.parameter(value)?,
                Holds::Text | Holds::Truth => None,
            };
            let bound =
                bound.ok_or_else(|| refusal(value.span, "nothing is ordered but numbers"))?;
            self.parameters.push(bound);
        }
        let name = column.sql();
        Ok(format!("({name} IS NOT NULL AND {name} {test})"))
    }

    fn like(&mut self, column: &Column<'_>, values: &[Value]) -> Result<String, Refusal> {
        for value in values {
            let text = column.text(value)?;
            let mut pattern = String::from("%");
            // Letter by letter, as the filter does it: no letter depends on those around it.
            for c in text.chars().flat_map(char::to_lowercase) {
                if matches!(c, '%' | '_' | '!') {
                    pattern.push('!');
                }
                pattern.push(c);
            }
            self.parameters.push(Literal::Text(pattern + "%"));
        }
        Ok(format!("LOWER({}) LIKE ? ESCAPE '!'", column.sql()))
    }

    /// Not by `LIKE`, for which no case matters in some stores.
    fn starts_with(&mut self, column: &Column<'_>, values: &[Value]) -> Result<String, Refusal> {
        for value in values {
            let text = column.text(value)?;
            let start = Literal::Text(text);
            self.parameters.extend([start.clone(), start]);
        }
        Ok(format!("SUBSTR({}, 1, LENGTH(?)) = ?", column.sql()))
    }

    fn column(&self, path: &Path) -> Result<&'c Column<'c>, Refusal> {
        let mut columns = self.columns.iter();
        let column = columns.find(|column| column.path == path.as_str());
        column.ok_or_else(|| {
            let known: Vec<_> = self.columns.iter().map(|column| column.path).collect();
            let mut refusal = refusal(path.span(), "no column is of this name");
            refusal.help = Some(format!("there are {}", known.join(", ")));
            refusal
        })
    }
}

impl Column<'_> {
    /// Its value; a text that is missing is the empty one.
    fn sql(&self) -> String {
        let name = format!("\"{}\"", self.name.replace('"', "\"\""));
        match self.holds {
            Holds::Text => format!("COALESCE({name}, '')"),
            Holds::Number | Holds::Truth => name,
        }
    }

    /// What the column is compared with; `None` for NULL.
    fn parameter(&self, value: &Value) -> Result<Option<Literal>, Refusal> {
        let refused = |message| Err(refusal(value.span, message));
        Ok(Some(match (self.holds, &value.literal) {
            (Holds::Text, Literal::Number(_)) => {
                return refused("the column holds text: a number needs quotes");
            }
            (Holds::Text, Literal::Null) => Literal::Text(String::new()),
            (Holds::Text, _) => Literal::Text(self.text(value)?),
            (_, Literal::Null) => return Ok(None),
            (_, Literal::Text(text)) if text.is_empty() => return Ok(None),
            (Holds::Number, literal) => match number(literal) {
                Some(number) => Literal::Number(number),
                None => return refused("the column holds numbers of 64 bits"),
            },
            (Holds::Truth, Literal::Bool(truth)) => Literal::Bool(*truth),
            (Holds::Truth, Literal::Text(text)) if text.eq_ignore_ascii_case("true") => true.into(),
            (Holds::Truth, Literal::Text(text)) if text.eq_ignore_ascii_case("false") => {
                false.into()
            }
            (Holds::Truth, _) => return refused("the column holds truth values"),
        }))
    }

    /// The value as it was written, without quotes.
    fn text(&self, value: &Value) -> Result<String, Refusal> {
        match &value.literal {
            _ if self.holds != Holds::Text => {
                Err(refusal(value.span, "the column does not hold text"))
            }
            Literal::Text(text) if text.contains('\0') => {
                Err(refusal(value.span, "a text with a NUL is not for SQL"))
            }
            Literal::Text(text) => Ok(text.clone()),
            other => Ok(other.to_string()),
        }
    }
}

/// A number that a column can hold. It can be bound as an integer or, with a fraction, as floating-point.
fn number(literal: &Literal) -> Option<Number> {
    let number = match literal {
        Literal::Number(number) => number.clone(),
        Literal::Text(text) => Number::parse(text)?,
        Literal::Bool(_) | Literal::Null => return None,
    };
    (number.as_i64().is_some() || number.as_u64().is_none()).then_some(number)
}

fn refusal(span: Span, message: &str) -> Refusal {
    Box::new(Diagnostic::new(Severity::Error, span, message))
}
