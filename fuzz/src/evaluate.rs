//! A query run over a record in memory and as text.

use netskope_query::{Dialect, Expr, Filter, Schema, parse, simplify};
use serde_json::Value;

use crate::schema::SCHEMA;

/// A query on the first line and a record after it: whichever way it is run, it matches or it does not.
pub fn evaluate(text: &str) {
    let (query, record) = text.split_once('\n').unwrap_or((text, "{}"));
    let Ok(expr) = parse(query) else { return };
    for dialect in [Dialect::SkopeIt, Dialect::Jql] {
        for schema in [&SCHEMA, &Schema::EMPTY] {
            let Ok(filter) = Filter::compile(&expr, dialect, schema) else {
                continue;
            };
            let of_text = filter.matches_text(record);
            if let Ok(record) = serde_json::from_str(record) {
                assert!(of_text.is_ok(), "{of_text:?}");
                agree(&expr, &filter, &record, (dialect, schema));
            }
        }
    }
}

fn agree(
    expr: &Expr,
    filter: &Filter<'_, Value>,
    record: &Value,
    (dialect, schema): (Dialect, &Schema<'_>),
) {
    let matches = filter.matches(record);
    assert_eq!(
        filter.matches_text(&record.to_string()),
        Ok(matches),
        "as text"
    );
    let on = |expr: &Expr| {
        let filter = Filter::compile(expr, dialect, schema);
        filter.map(|filter| filter.matches(record))
    };
    let simple = simplify(expr.clone());
    assert_eq!(on(&simple), Ok(matches), "simplified to {simple}");
    // Where a record has several rows, one may match and another match the opposite.
    if schema.rows.is_none() {
        assert_eq!(on(&!expr.clone()), Ok(!matches), "negated");
    }
}
