//! What a query names, against what is known.

use crate::diagnostic::shown;
use crate::near::distance;
use crate::{Diagnostic, Expr, Path, Schema, Span};
use alloc::{format, string::String, string::ToString, vec::Vec};

/// Most names warned of: nobody reads a longer list, and a long query can hold tens of thousands.
const MOST: usize = 10;

/// Warns of fields that the schema does not know, with the change that mends the name where just one is near.
///
/// A name is warned of once, where it first stands, and after ten names one last warning says that there are more. An
/// empty schema has nothing to say. Trees of the builder have no places, so their warnings carry no [`Fix`](crate::Fix).
pub fn check(expr: &Expr, schema: &Schema<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    if schema.fields.is_empty() {
        return warnings;
    }
    let mut named = Vec::new();
    for (path, alone) in expr.names() {
        let name = path.as_str();
        if named.contains(&name) || schema.knows(name) {
            continue;
        }
        if named.len() == MOST {
            let message = "there are more unknown fields, from here on";
            let warning = Diagnostic::warning(path.span(), message);
            warnings.push(warning.help("look at those before this one first"));
            break;
        }
        named.push(name);
        warnings.push(unknown(path, alone, schema));
    }
    warnings
}

fn unknown(path: &Path, alone: bool, schema: &Schema<'_>) -> Diagnostic {
    let name = path.as_str();
    if let Some((slip, meant)) = schema.alias(name) {
        return misspelt(path, slip, meant, schema);
    }
    let warning = Diagnostic::warning(path.span(), format!("unknown field {}", shown(name)));
    let meant = meant(path, alone, schema);
    match meant.as_slice() {
        [] => {
            warning.help("check the spelling; the server may know fields that are not listed here")
        }
        [one] => {
            let warning = warning.help(format!("did you mean `{one}`?"));
            mended(warning, path.span(), one.clone())
        }
        [..] => warning.help(format!("did you mean `{}`?", meant.join("` or `"))),
    }
}

/// What may be meant, as it is written in a query: names of fields, and a condition where the name may be a value.
fn meant(path: &Path, alone: bool, schema: &Schema<'_>) -> Vec<String> {
    const NEAREST: usize = 3;
    let name = path.as_str();
    let same = same(name, schema);
    let (first, _) = name.split_once('.').unwrap_or((name, ""));
    let value = alone && same.is_empty() && schema.but_for_case(first).is_none();
    let near = if same.is_empty() {
        closest(name, schema)
    } else {
        same
    };
    let near = distinct(near, schema);
    let mut meant = Vec::new();
    for near in near.into_iter().take(NEAREST) {
        meant.push(Path::new(near.into(), path.span()).to_string());
    }
    if value && let Some(condition) = schema.bare_word(name) {
        meant.push(condition);
    }
    meant
}

/// The warning is about the one segment, unless the whole name is in backticks.
fn misspelt(path: &Path, slip: &str, meant: &str, schema: &Schema<'_>) -> Diagnostic {
    let (span, name) = (path.span(), path.as_str());
    let start = span.start + name.len() - schema.within_row(name).len();
    let (span, replacement) = if span.end - span.start == name.len() {
        (Span::new(start, start + slip.len()), meant.into())
    } else {
        let whole = schema.meant(name).into_owned();
        (span, Path::new(whole, span).to_string())
    };
    let warning = Diagnostic::warning(span, format!("unknown field {}", shown(name)));
    mended(
        warning.help(format!("write `{meant}` for `{slip}`")),
        span,
        replacement,
    )
}

fn mended(warning: Diagnostic, span: Span, replacement: String) -> Diagnostic {
    if span == Span::default() {
        warning
    } else {
        warning.fix(span, replacement)
    }
}

/// The field that differs in case alone, or else those with the same last segment.
fn same<'a>(name: &str, schema: &Schema<'a>) -> Vec<&'a str> {
    if let Some(path) = schema.but_for_case(name) {
        return alloc::vec![path];
    }
    let last = last_segment(name);
    let paths = schema.fields.iter().map(|field| field.path);
    paths
        .filter(|path| last_segment(path).eq_ignore_ascii_case(last))
        .collect()
}

fn distinct<'a>(paths: Vec<&'a str>, schema: &Schema<'a>) -> Vec<&'a str> {
    let mut distinct = Vec::new();
    for path in paths {
        let name = bare(path, schema);
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}

/// Without the prefix of the rows, unless that is another field.
fn bare<'a>(path: &'a str, schema: &Schema<'_>) -> &'a str {
    let inside = schema.within_row(path);
    let other = schema.fields.iter().any(|field| field.path == inside);
    if other { path } else { inside }
}

/// The fields spelt most like the name, if any is: at most one character in four differs, and one more.
fn closest<'a>(name: &str, schema: &Schema<'a>) -> Vec<&'a str> {
    let length = name.chars().count();
    let mut best = length / 4 + 1;
    let mut found = Vec::new();
    for field in schema.fields {
        let inside = schema.within_row(field.path);
        let mut far = usize::MAX;
        for path in [field.path, inside, last_segment(inside)] {
            // A name can be as long as a query, and what is that much longer need not be measured to be far.
            if length <= path.len() + best {
                far = far.min(distance(name, path));
            }
        }
        if far < best {
            best = far;
            found.clear();
        }
        if far == best {
            found.push(field.path);
        }
    }
    found
}

fn last_segment(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}
