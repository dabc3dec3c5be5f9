//! Queries over records that the caller has.

use crate::{error::bad_argument, members::Members, mistakes::query, record::record};
use netskope_model::v1::clients::SCHEMA;
use netskope_query::Dialect;
use wasm_bindgen::prelude::*;

/// A filter made ready once, to be run over any number of records.
///
/// # Errors
///
/// A `QueryError` where the text is no query, and a `NetskopeError` of kind `request` where an argument is not what it must
/// be.
#[wasm_bindgen(unchecked_return_type = "Filter")]
pub fn compile(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CompileOptions")] options: JsValue,
) -> Result<Filter, JsValue> {
    let query = query(text)?;
    let dialect = match Members::of(options, "options")?.text("dialect")?.as_deref() {
        None | Some("skope-it") => Dialect::SkopeIt,
        Some("jql") => Dialect::Jql,
        Some(_) => return Err(bad_argument("`dialect` must be \"skope-it\" or \"jql\"")),
    };
    let filter = netskope_query::Filter::compile(query.expr(), dialect, &SCHEMA);
    // Only regular expressions can be wrong, which neither dialect has.
    let filter = filter.map_err(|error| bad_argument(&error.to_string()))?;
    Ok(Filter(filter))
}

/// A query that is ready to run, as `compile` makes it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Filter(netskope_query::Filter<'static, serde_json::Value>);

#[wasm_bindgen]
impl Filter {
    /// Whether a record, a plain object such as `JSON.parse` gives, matches.
    ///
    /// # Errors
    ///
    /// A `NetskopeError` of kind `request` where the record is no object, or one that is nested too deep.
    pub fn test(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] record: &JsValue,
    ) -> Result<bool, JsValue> {
        Ok(self.0.matches(&self::record(record)?))
    }
}
