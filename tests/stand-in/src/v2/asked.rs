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
        let (mut operation, mut index) = (None, None);
        for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
            match &*name {
                "operation" => operation = Some(value),
                "index" => index = Some(value.into_owned()),
                _ => {}
            }
        }
        Ok(Self {
            operation: Operation::parse(&operation.ok_or("operation is required")?)
                .ok_or("operation must be an epoch timestamp, next, head, tail or resend")?,
            index: (index.filter(|name| !name.is_empty())).ok_or("index is required")?,
        })
    }
}
