//! What a query names, against what is known.

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
    let warning = Diagnostic::warning(path.span(), format!("unknown field `{name}`"));
    let meant = schema.meant(name);
    let near = if meant == name {
        near(name, schema)
    } else {
        alloc::vec![meant.as_ref()]
    };
    Some(match near.as_slice() {
        [] => {
            warning.help("check the spelling; the server may know fields that are not listed here")
        }
        [one] => renamed(warning.help(format!("did you mean `{one}`?")), path, one),
        [..] => warning.help(format!("did you mean {}?", any_of(&near))),
    })
}

fn renamed(warning: Diagnostic, path: &Path, name: &str) -> Diagnostic {
    if path.span() == Span::default() {
        return warning;
    }
    let replacement = Path::new(name.into(), path.span()).to_string();
    warning.fix(path.span(), replacement)
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
    let mut distinct: Vec<&str> = Vec::new();
    for path in found {
        if !distinct
            .iter()
            .any(|kept| schema.within_row(kept) == schema.within_row(path))
        {
            distinct.push(path);
        }
    }
    distinct
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
