//! What a query names, against what is known.

use crate::diagnostic::shown;
use crate::near::distance;
use crate::{Diagnostic, Expr, Path, Schema, Span};
use alloc::{format, string::String, string::ToString, vec::Vec};

/// Warns of fields that the schema does not know, with the change that mends the name where just one is near.
///
/// An empty schema has nothing to say. Trees of the builder have no places, so their warnings carry no [`Fix`](crate::Fix).
pub fn check(expr: &Expr, schema: &Schema<'_>) -> Vec<Diagnostic> {
    if schema.fields.is_empty() {
        return Vec::new();
    }
    let paths = expr.paths().into_iter();
    paths.filter_map(|path| check_path(path, schema)).collect()
}

fn check_path(path: &Path, schema: &Schema<'_>) -> Option<Diagnostic> {
    let name = path.as_str();
    if schema.knows(name) {
        return None;
    }
    if let Some((slip, meant)) = schema.alias(name) {
        return Some(misspelt(path, slip, meant, schema));
    }
    let warning = Diagnostic::warning(path.span(), format!("unknown field {}", shown(name)));
    let near = near(name, schema);
    Some(match near.as_slice() {
        [] => {
            warning.help("check the spelling; the server may know fields that are not listed here")
        }
        [one] => {
            let warning = warning.help(format!("did you mean `{one}`?"));
            let replacement = Path::new((*one).into(), path.span()).to_string();
            mended(warning, path.span(), replacement)
        }
        [..] => warning.help(format!("did you mean {}?", any_of(&near))),
    })
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

fn any_of(names: &[&str]) -> String {
    const MOST: usize = 3;
    let names: Vec<String> = names
        .iter()
        .take(MOST)
        .map(|name| format!("`{name}`"))
        .collect();
    names.join(" or ")
}

/// The fields that may be meant: those with the same last segment, or else those spelt most like it.
fn near<'a>(name: &str, schema: &Schema<'a>) -> Vec<&'a str> {
    let last = last_segment(name);
    let same = |path: &&str| last_segment(path).eq_ignore_ascii_case(last);
    let mut found: Vec<&str> = schema
        .fields
        .iter()
        .map(|field| field.path)
        .filter(same)
        .collect();
    if found.is_empty() {
        found = closest(name, schema);
    }
    let mut distinct = Vec::new();
    for path in found {
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

fn closest<'a>(name: &str, schema: &Schema<'a>) -> Vec<&'a str> {
    let mut best = name.chars().count() / 4 + 1;
    let mut found = Vec::new();
    for field in schema.fields {
        let far = [
            field.path,
            schema.within_row(field.path),
            last_segment(field.path),
        ]
        .map(|path| distance(name, path));
        let far = far.into_iter().min().unwrap_or(usize::MAX);
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
