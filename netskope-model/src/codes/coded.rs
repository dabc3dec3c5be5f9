//! A coded value that is written back as it was read.

use crate::lenient::Shaped;
use netskope_query::{Code, Scalar};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::fmt;

/// An enumeration whose values have labels and, where published, numbers.
pub trait Codes: Copy + Eq + fmt::Debug + 'static {
    /// The values in the order of [`Codes::TABLE`].
    const VALUES: &'static [Self];

    /// Number and label of each value.
    const TABLE: &'static [Code<'static>];

    /// Number and label of this value.
    fn row(self) -> Code<'static>;

    /// The value with this label, in any case.
    fn from_label(label: &str) -> Option<Self> {
        Self::find(|row| row.label.eq_ignore_ascii_case(label))
    }

    /// The value with this number.
    fn from_code(code: i64) -> Option<Self> {
        Self::find(|row| row.code == Some(code))
    }

    /// The first value whose row is wanted.
    fn find(wanted: impl Fn(&Code<'static>) -> bool) -> Option<Self> {
        let place = Self::TABLE.iter().position(wanted)?;
        Self::VALUES.get(place).copied()
    }
}

/// A coded value as a record holds it: a number, a number as text, a label, or something not yet known.
///
/// It is written back in the form it was read. An unknown value can come from a record only, so that it never stands
/// for a known one.
///
/// ```
/// use netskope_model::codes::{Coded, Status};
///
/// for text in ["0", "\"0\"", "\"Disabled\""] {
///     let status: Coded<Status> = serde_json::from_str(text)?;
///     assert_eq!(status.known(), Some(Status::Disabled));
///     assert_eq!(status.to_string(), "Disabled");
///     assert_eq!(serde_json::to_string(&status)?, text);
/// }
/// let newer: Coded<Status> = serde_json::from_str("77")?;
/// assert_eq!((newer.known(), newer.to_string()), (None, "77".to_owned()));
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Coded<C> {
    known: Option<C>,
    form: Form,
}

#[derive(Clone, Debug, PartialEq)]
enum Form {
    Code,
    Label,
    Verbatim(Value),
}

impl<C: Codes> Coded<C> {
    /// The value, where it is a known one.
    pub fn known(&self) -> Option<C> {
        self.known
    }

    /// The value in the form it was read, for filters; JSON where it is neither a code nor a label.
    pub(crate) fn as_written(&self) -> Result<Scalar<'_>, &Value> {
        match (&self.form, self.known.map(C::row)) {
            (Form::Verbatim(value), _) => Err(value),
            (Form::Label, row) => Ok(row.map(|row| row.label).into()),
            (Form::Code, row) => Ok(row.and_then(|row| row.code).into()),
        }
    }

    fn read(value: Value) -> Self {
        let known = match &value {
            Value::Number(number) => number.as_i64().and_then(C::from_code),
            Value::String(text) => {
                C::from_label(text).or_else(|| text.trim().parse().ok().and_then(C::from_code))
            }
            _ => None,
        };
        let form = match (known.map(C::row), &value) {
            (Some(row), Value::String(text)) if text == row.label => Form::Label,
            (Some(_), Value::Number(_)) => Form::Code,
            _ => Form::Verbatim(value),
        };
        Self { known, form }
    }
}

impl<C: Codes> From<C> for Coded<C> {
    /// The value in the form tenants write: its label.
    fn from(value: C) -> Self {
        Self {
            known: Some(value),
            form: Form::Label,
        }
    }
}

/// Equal in meaning: the same known value whatever its form, or the same unknown one.
impl<C: Codes> PartialEq for Coded<C> {
    fn eq(&self, other: &Self) -> bool {
        self.known == other.known && (self.known.is_some() || self.form == other.form)
    }
}

impl<C: Codes> fmt::Display for Coded<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.known, &self.form) {
            (Some(value), _) => f.write_str(value.row().label),
            (None, Form::Verbatim(Value::String(text))) => f.write_str(text),
            (None, Form::Verbatim(value)) => write!(f, "{value}"),
            (None, Form::Code | Form::Label) => Ok(()),
        }
    }
}

impl<C: Codes> Shaped for Coded<C> {
    fn fits(_: &Value) -> bool {
        true
    }
}

impl<'de, C: Codes> Deserialize<'de> for Coded<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::read)
    }
}

impl<C: Codes> Serialize for Coded<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (&self.form, self.known.map(C::row)) {
            (Form::Label, Some(row)) => serializer.serialize_str(row.label),
            (Form::Code, Some(row)) => row.code.serialize(serializer),
            (Form::Verbatim(value), _) => value.serialize(serializer),
            (Form::Code | Form::Label, None) => serializer.serialize_unit(),
        }
    }
}

/// Declares an enumeration with its numbers (`_` where none is published) and labels.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($code:tt $value:ident $label:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $label, "`")] $value,)+
        }

        impl $crate::codes::Codes for $name {
            const VALUES: &'static [Self] = &[$(Self::$value),+];

            const TABLE: &'static [::netskope_query::Code<'static>] = &[$(
                ::netskope_query::Code::new($crate::codes::coded::coded!(@code $code), $label),
            )+];

            fn row(self) -> ::netskope_query::Code<'static> {
                match self {
                    $(Self::$value => {
                        ::netskope_query::Code::new($crate::codes::coded::coded!(@code $code), $label)
                    })+
                }
            }
        }
    };
    (@code _) => { None };
    (@code $code:literal) => { Some($code) };
}

pub(crate) use coded;
