//! Records that a filter can look into.

use alloc::boxed::Box;
use alloc::string::String;
use core::convert::Infallible;
use core::fmt;

/// A record that a [`Filter`](crate::Filter) looks into; needs the feature `eval`.
///
/// Fields are resolved once, when the filter is compiled; looking at a record then is a call of what was resolved.
///
/// ```
/// use netskope_query::{Accessor, Dialect, Filter, Record, Schema, parse};
///
/// struct Device {
///     name: String,
///     tags: Vec<String>,
///     users: Vec<User>,
/// }
///
/// struct User {
///     username: String,
///     age: Option<u8>,
/// }
///
/// impl Record for Device {
///     type Row = User;
///
///     fn field(path: &str) -> Option<Accessor<Self>> {
///         Some(match path {
///             "name" => Accessor::Text(|device| &device.name),
///             "tags" => Accessor::Each(|device, visit| device.tags.iter().any(|tag| visit(tag.into()))),
///             _ => return None,
///         })
///     }
///
///     fn rows(&self, _users: &str) -> &[User] {
///         &self.users
///     }
/// }
///
/// impl Record for User {
///     type Row = std::convert::Infallible;
///
///     fn field(path: &str) -> Option<Accessor<Self>> {
///         Some(match path {
///             "username" => Accessor::Text(|user| &user.username),
///             "age" => Accessor::One(|user| user.age.into()),
///             _ => return None,
///         })
///     }
/// }
///
/// let query = parse("name startswith HR and tags eq lab and (username eq bob and age gte 18)")?;
/// let schema = Schema { rows: Some("users"), ..Schema::EMPTY };
/// let filter = Filter::compile(&query, Dialect::SkopeIt, &schema)?;
/// assert!(filter.matches(&Device {
///     name: "HR-7".to_owned(),
///     tags: vec!["new".to_owned(), "lab".to_owned()],
///     users: vec![User { username: "bob".to_owned(), age: Some(44) }],
/// }));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub trait Record: Sized {
    /// An element of the list that gives the record its rows; [`Infallible`] where it has none.
    type Row: Record;

    /// How to read the field at a dotted path, aliases already put right; `None` where records have no such field.
    ///
    /// For [`Record::Row`] the path is that within the element, without the prefix. A field that both have is the element's.
    fn field(path: &str) -> Option<Accessor<Self>>;

    /// The elements of [`Schema::rows`](crate::Schema::rows), whose name is given.
    fn rows(&self, _list: &str) -> &[Self::Row] {
        &[]
    }
}

/// A record without rows has none of these.
impl Record for Infallible {
    type Row = Self;

    fn field(_: &str) -> Option<Accessor<Self>> {
        None
    }
}

/// How to read one field of a record; needs the feature `eval`.
///
/// The first two are the quickest, because what they give is known beforehand.
pub enum Accessor<R> {
    /// A text, which every record has.
    Text(for<'r> fn(&'r R) -> &'r str),
    /// An integer, which every record has, such as a code.
    Int(fn(&R) -> i64),
    /// One value, or none.
    One(for<'r> fn(&'r R) -> Scalar<'r>),
    /// Any number of values: each is shown to the function until it gives `true`, which then is the result.
    Each(for<'r> fn(&'r R, &mut Visit<'_, 'r>) -> bool),
    /// The same, for records whose fields are not known beforehand; the text is handed to the function.
    At(
        Box<str>,
        for<'r> fn(&'r R, &str, &mut Visit<'_, 'r>) -> bool,
    ),
}

/// What takes the values of a field one by one, and gives `true` when it has seen enough; needs the feature `eval`.
pub type Visit<'v, 'r> = dyn FnMut(Scalar<'r>) -> bool + 'v;

impl<R> fmt::Debug for Accessor<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("Text"),
            Self::Int(_) => f.write_str("Int"),
            Self::One(_) => f.write_str("One"),
            Self::Each(_) => f.write_str("Each"),
            Self::At(path, _) => f.debug_tuple("At").field(path).finish(),
        }
    }
}

/// One value of a record; needs the feature `eval`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Scalar<'r> {
    /// None, or null.
    Missing,
    /// Missing, and so is the whole branch that the path begins with: where an element of the rows says so, the record's
    /// own field of the name is looked at.
    Absent,
    /// A truth value.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// An integer.
    Uint(u64),
    /// A number with a fraction.
    Float(f64),
    /// A number as JSON writes it.
    Digits(&'r str),
    /// Text; also the label of a coded value.
    Text(&'r str),
    /// Fields of its own, or a list in a list: something that equals nothing and has no order.
    Other,
}

impl<'r, T: Into<Scalar<'r>>> From<Option<T>> for Scalar<'r> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

impl<'r> From<&'r str> for Scalar<'r> {
    fn from(text: &'r str) -> Self {
        Self::Text(text)
    }
}

impl<'r> From<&'r String> for Scalar<'r> {
    fn from(text: &'r String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Scalar<'_> {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

macro_rules! lossless {
    ($($number:ty => $variant:ident),+ $(,)?) => {
        $(impl From<$number> for Scalar<'_> {
            fn from(number: $number) -> Self {
                Self::$variant(number.into())
            }
        })+
    };
}

lossless! {
    i8 => Int, i16 => Int, i32 => Int, i64 => Int,
    u8 => Int, u16 => Int, u32 => Int, u64 => Uint,
    f32 => Float, f64 => Float,
}
