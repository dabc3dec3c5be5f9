#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod build;
mod check;
mod class;
mod complete;
mod diagnostic;
mod expr;
#[cfg(feature = "eval")]
mod filter;
mod grammar;
mod highlight;
mod lex;
mod literal;
mod mistake;
mod near;
mod number;
mod operator;
mod parse;
mod place;
mod print;
mod recover;
mod report;
mod schema;
#[cfg(feature = "serde")]
mod serialize;
mod simplify;
mod span;
mod token;
mod value;
mod width;

pub use build::{FieldName, field};
pub use check::check;
pub use complete::{Completion, CompletionKind, Completions, complete};
pub use diagnostic::{Diagnostic, Fix, ParseError, Severity};
pub use expr::{Expr, ExprKind, Path};
#[cfg(feature = "eval")]
pub use filter::{
    Accessor, CompileError, Dialect, Filter, JsonError, Matching, Record, Scalar, Visit, values_at,
};
pub use highlight::{Highlight, TokenClass, highlight};
pub use number::Number;
pub use operator::{Op, Operator};
pub use parse::{MAX_DEPTH, MAX_LENGTH, parse, parse_with};
pub use print::Wrapped;
pub use report::{Report, Reports};
pub use schema::{Code, Field, Kind, Schema};
pub use simplify::simplify;
pub use span::Span;
pub use value::{Literal, Value};
