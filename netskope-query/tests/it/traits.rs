//! What users of the types take for granted, told by the compiler.

use netskope_query::{
    Code, Completion, CompletionKind, Completions, Diagnostic, Expr, ExprKind, Field, FieldName,
    Fix, Highlight, Kind, Literal, Number, Op, Operator, ParseError, Path, Report, Reports, Schema,
    Severity, Span, TokenClass, Value, Wrapped, parse,
};
use std::fmt::{Debug, Display};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{RefUnwindSafe, UnwindSafe};

const fn shared<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Debug>() {}
const fn compared<T: Clone + Eq>() {}
const fn hashed<T: Eq + Hash>() {}
const fn error<T: std::error::Error + Clone + Eq + Send + Sync + 'static>() {}
const fn shown<T: Display>() {}

macro_rules! all {
    ($bound:ident: $($type:ty),* $(,)?) => { $(const _: () = $bound::<$type>();)* };
}

all!(shared:
    Code<'_>, Completion, CompletionKind, Completions, Diagnostic, Expr, ExprKind, Field<'_>, FieldName, Fix, Highlight, Kind,
    Literal, Number, Op, Operator, ParseError, Path, Report<'_>, Reports<'_>, Schema<'_>, Severity, Span, TokenClass, Value,
    Wrapped<'_>,
);
all!(compared:
    Code<'_>, Completion, CompletionKind, Completions, Diagnostic, Expr, ExprKind, Field<'_>, Fix, Highlight, Kind, Literal,
    Number, Op, Operator, Path, Schema<'_>, Severity, Span, TokenClass, Value,
);
all!(hashed:
    CompletionKind, Expr, ExprKind, Kind, Literal, Number, Op, Operator, Path, Severity, Span, TokenClass, Value,
);
all!(shown: Expr, Literal, Number, Op, Path, Report<'_>, Reports<'_>, Value, Wrapped<'_>);
all!(error: ParseError);

#[test]
fn what_is_equal_has_one_hash() {
    let texts = [
        "os == Mac and not a in [1, x]",
        "( os  eq 'Mac') AND not `a` IN [1, 'x']",
    ];
    let hashes = texts.map(|text| {
        let mut hasher = DefaultHasher::new();
        parse(text).expect(text).hash(&mut hasher);
        hasher.finish()
    });
    assert_eq!(hashes[0], hashes[1]);
}

#[cfg(feature = "eval")]
mod filters {
    use super::{compared, error, shared};
    use netskope_query::{Accessor, CompileError, Dialect, Filter, JsonError, Scalar};
    use serde_json::Value;

    all!(shared: Accessor<Value>, CompileError, Dialect, Filter<'_, Value>, JsonError, Scalar<'_>);
    all!(compared: Dialect);
    all!(error: CompileError, JsonError);
}
