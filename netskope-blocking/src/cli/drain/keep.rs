//! `--where`: which records are kept.

use crate::cli::{
    console::Console,
    failure::{Exit, Failure},
    query::parsed,
    text::Text,
};
use netskope_blocking::model::v2::Record;
use netskope_query::{Dialect, Filter, Schema, check};
use serde_json::Value;
use std::sync::Arc;

/// A query, ready to be asked. Clones share it.
#[derive(Clone)]
pub(super) struct Keep(Arc<Filter<'static, Value>>);

impl Keep {
    /// The query that was typed. Log streams have no schema here, so no field is unknown.
    pub(super) fn typed(query: &str, dialect: Dialect, console: Console) -> Result<Self, Failure> {
        let text = Text::typed(query);
        let query = parsed(&text, &Schema::EMPTY, console)?;
        let filter = Filter::compile(&query, dialect, &Schema::EMPTY);
        let filter = filter.map_err(|error| Failure::new(Exit::Usage, error.to_string()))?;
        console.warnings(&text, &check(&query, &Schema::EMPTY));
        Ok(Self(Arc::new(filter)))
    }

    /// Whether it is kept; what cannot be judged is.
    pub(super) fn keeps(&self, record: Record<'_>) -> bool {
        self.0.matches_text(record.text()).unwrap_or(true)
    }
}
