//! Flat records in a table, in memory.

use super::{COLUMNS, Holds};
use netskope_query::Literal;
use rusqlite::{Connection, functions::FunctionFlags, params_from_iter, types};
use serde_json::Value;

pub(crate) struct Store(Connection);

impl Store {
    pub(crate) fn of(records: &[Value]) -> Self {
        let connection = Connection::open_in_memory().unwrap();
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection
            .create_scalar_function("lower", 1, flags, |call| {
                let text = call.get::<String>(0)?;
                Ok(text
                    .chars()
                    .flat_map(char::to_lowercase)
                    .collect::<String>())
            })
            .unwrap();
        let columns = COLUMNS.iter().map(|column| {
            let kind = match (column.path, column.holds) {
                (_, Holds::Text) => "TEXT",
                ("size", _) => "REAL",
                (_, Holds::Number) => "INTEGER",
                (_, Holds::Truth) => "BOOLEAN",
            };
            format!(", \"{}\" {kind}", column.name.replace('"', "\"\""))
        });
        let columns = columns.collect::<String>();
        connection
            .execute(&format!("CREATE TABLE t (id INTEGER{columns})"), ())
            .unwrap();
        let marks = ", ?".repeat(COLUMNS.len());
        let mut insert = connection
            .prepare(&format!("INSERT INTO t VALUES (?{marks})"))
            .unwrap();
        for (id, record) in records.iter().enumerate() {
            let values = COLUMNS.iter().map(|column| stored(&record[column.path]));
            let id = types::Value::Integer(i64::try_from(id).unwrap());
            insert
                .execute(params_from_iter([id].into_iter().chain(values)))
                .unwrap();
        }
        drop(insert);
        Self(connection)
    }

    /// The numbers of the records that the clause holds for.
    pub(crate) fn find(&self, clause: &str, parameters: &[Literal]) -> Vec<usize> {
        let text = format!("SELECT id FROM t WHERE {clause} ORDER BY id");
        let mut select = self.0.prepare(&text).unwrap();
        let found = select.query_map(params_from_iter(parameters.iter().map(bound)), |row| {
            row.get::<_, i64>(0)
        });
        let ids = found
            .unwrap()
            .map(|id| usize::try_from(id.unwrap()).unwrap());
        ids.collect()
    }
}

fn stored(value: &Value) -> types::Value {
    match value {
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => number
            .as_i64()
            .map_or_else(|| number.as_f64().unwrap().into(), Into::into),
        Value::String(text) => text.clone().into(),
        _ => types::Value::Null,
    }
}

fn bound(literal: &Literal) -> types::Value {
    match literal {
        Literal::Text(text) => text.clone().into(),
        Literal::Number(number) => number
            .as_i64()
            .map_or_else(|| number.as_f64().into(), Into::into),
        Literal::Bool(truth) => (*truth).into(),
        Literal::Null => types::Value::Null,
    }
}
