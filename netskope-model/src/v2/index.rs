//! The name under which a tenant keeps a consumer's place.

use crate::error::{Error, ErrorKind};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// The longest name: the longest one seen in use has 82 characters; how long one may be is documented nowhere.
const LONGEST: usize = 128;

/// The name of a consumer's place in its streams, unique to the consumer.
///
/// "A string value supplied by the consumer" (Using the REST API v2 dataexport Iterator Endpoints). Letters, digits, `_`
/// and `-` are what names in production consist of, so no others are taken.
///
/// ```
/// use netskope_model::v2::Index;
///
/// assert_eq!(Index::parse("siem-1")?.as_str(), "siem-1");
/// assert!(Index::parse("siem 1").is_err());
/// # Ok::<_, netskope_model::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Index(String);

impl Index {
    /// An index of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] where it is empty, longer than 128 characters, or holds other ones.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let reason = if text.is_empty() {
            "is empty"
        } else if text.len() > LONGEST {
            "is longer than 128 characters"
        } else if !text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        {
            "holds other characters than letters, digits, _ and -"
        } else {
            return Ok(Self(text.to_owned()));
        };
        Err(
            Error::new(ErrorKind::Request, format!("the index's name {reason}"))
                .with_hint("choose a name of its own for each consumer, such as siem-1"),
        )
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Index {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl Serialize for Index {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Index {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
