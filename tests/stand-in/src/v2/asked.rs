//! What a request for a page asks: `?operation=...&index=...`.

use http::Uri;
use netskope_model::v2::Operation;

/// The two parameters.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) operation: Operation,
    pub(crate) index: String,
}

impl Asked {
    /// Reads the parameters, or says what is wrong with them. That both are required is inferred.
    pub(crate) fn of(uri: &Uri) -> Result<Self, &'static str> {
        let [operation, index] = names(uri);
        if operation.is_empty() {
            return Err("operation is required");
        }
        Ok(Self {
            operation: Operation::parse(&operation)
                .ok_or("operation must be an epoch timestamp, next, head, tail or resend")?,
            index: Some(index)
                .filter(|name| !name.is_empty())
                .ok_or("index is required")?,
        })
    }
}

/// The texts of operation and index, empty where they are missing.
pub(crate) fn names(uri: &Uri) -> [String; 2] {
    let [mut operation, mut index] = [String::new(), String::new()];
    for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        match &*name {
            "operation" => operation = value.into_owned(),
            "index" => index = value.into_owned(),
            _ => {}
        }
    }
    [operation, index]
}
