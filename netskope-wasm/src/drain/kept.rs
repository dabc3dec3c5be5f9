//! Commits and intents as plain data, which a caller keeps.

use crate::members::safe_integer;
use js_sys::{Array, JSON, Object};
use serde::{
    Deserializer, Serialize,
    de::{DeserializeOwned, Error, IntoDeserializer, Visitor, value::MapDeserializer},
    forward_to_deserialize_any,
};
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};

/// A value as `JSON.parse` gives it.
pub(super) fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|_| JsValue::UNDEFINED)?;
    JSON::parse(&text)
}

/// The value that plain data is of, with which a caller may have done anything since.
pub(super) fn read<T: DeserializeOwned>(plain: &JsValue) -> Option<T> {
    let entries = Object::entries(plain.dyn_ref()?);
    let members: Option<Vec<_>> = entries.iter().map(|entry| member(&entry.into())).collect();
    T::deserialize(MapDeserializer::new(members?.into_iter())).ok()
}

fn member(entry: &Array) -> Option<(String, Scalar)> {
    let value = entry.get(1);
    let value = value
        .as_string()
        .map(Scalar::Text)
        .or_else(|| safe_integer(&value).map(Scalar::Whole))?;
    Some((entry.get(0).as_string()?, value))
}

/// What their members are. Reading them as JSON would bring the tables for floating-point numbers along.
enum Scalar {
    Text(String),
    Whole(i64),
}

impl IntoDeserializer<'_, Unfit> for Scalar {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Scalar {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self {
            Self::Text(text) => visitor.visit_string(text),
            Self::Whole(number) => visitor.visit_i64(number),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// That the data is not what it must be; what it is may be a secret.
#[derive(Debug)]
struct Unfit;

impl Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl std::error::Error for Unfit {}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unfit")
    }
}
