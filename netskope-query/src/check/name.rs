//! Names of fields.

use super::found::{Found, Topic};
use super::joined;
use crate::diagnostic::shown;
use crate::expr::is_plain_name;
use crate::near::{most, nearest, position};
use crate::{Expr, ExprKind, Literal, Path, Schema, Span};
use alloc::{format, string::String, string::ToString, vec::Vec};

/// Warns of the unknown names in a chain of `or` that may be meant as values: in `a eq 1 or b`, `b` for `a eq 'b'`.
pub(super) fn values<'e>(
    chain: &Expr,
    operands: &'e [Expr],
    schema: &Schema<'_>,
    found: &mut Found<'e>,
) {
    let compares = |operand: &&Expr| matches!(operand.kind(), ExprKind::Compare { .. });
    let either = matches!(chain.kind(), ExprKind::Or(_));
    let Some(beside) = operands.iter().find(compares).filter(|_| either) else {
        return;
    };
    for operand in operands {
        if let ExprKind::Has(path) = operand.kind() {
            check(path, true, Some(beside), schema, found);
        }
    }
}

/// Warns of an unknown name, where it first stands; `alone` says that the field is the whole condition, and `beside` is
/// a comparison in the same chain of `or`.
pub(super) fn check<'e>(
    path: &'e Path,
    alone: bool,
    beside: Option<&Expr>,
    schema: &Schema<'_>,
    found: &mut Found<'e>,
) {
    let name = path.as_str();
    let silent = schema.fields.is_empty() || found.is_full(Topic::Name);
    if silent || found.named.contains(&name) || schema.knows(name) {
        return;
    }
    found.named.push(name);
    if let Some((slip, meant)) = schema.alias(name) {
        return misspelt(path, slip, meant, schema, found);
    }
    let mut meant = meant(path, alone, beside, schema);
    let mut fix = None;
    let help = match meant.pop() {
        None => "check the spelling; the server may know fields that are not listed here".into(),
        Some(one) if meant.is_empty() => {
            fix = Some(apart(path, &one));
            format!("did you mean `{one}`?")
        }
        Some(last) => format!("did you mean `{}` or `{last}`?", joined(&meant, "`, `")),
    };
    found.warn(Topic::Name, path.span(), unknown(name), help, fix);
}

fn unknown(name: &str) -> String {
    format!("unknown field {}", shown(name))
}

/// What may be meant, as it is written in a query: names of fields, and a condition where the name may be a value.
fn meant(path: &Path, alone: bool, beside: Option<&Expr>, schema: &Schema<'_>) -> Vec<String> {
    const NEAREST: usize = 3;
    let name = path.as_str();
    let same = same(name, schema);
    let (first, _) = name.split_once('.').unwrap_or((name, ""));
    let value = alone && same.is_empty() && schema.but_for_case(first).is_none();
    let near = if same.is_empty() {
        alike(name, alone, schema)
    } else {
        same
    };
    let near = distinct(near, schema);
    let mut meant = Vec::new();
    for near in near.into_iter().take(NEAREST) {
        meant.push(Path::new(near.into(), path.span()).to_string());
    }
    if value {
        if let Some(ExprKind::Compare { path, operator, .. }) = beside.map(Expr::kind) {
            let spelling = operator.spelling();
            meant.push(format!("{path} {spelling} {}", Literal::from(name)));
        }
        meant.extend(schema.bare_word(name));
    }
    meant
}

/// The warning is about the one segment, unless the whole name is in backticks or has to be.
fn misspelt(path: &Path, slip: &str, meant: &str, schema: &Schema<'_>, found: &mut Found<'_>) {
    let (span, name) = (path.span(), path.as_str());
    let start = span.start() + name.len() - schema.within_row(name).len();
    let whole = schema.meant(name).into_owned();
    let (span, replacement) = if is_plain(path) && is_plain_name(&whole) {
        (Span::new(start, start + slip.len()), meant.into())
    } else {
        (
            span,
            apart(path, &Path::new(whole.into(), span).to_string()),
        )
    };
    let help = format!("write `{meant}` for `{slip}`");
    found.warn(Topic::Name, span, unknown(name), help, Some(replacement));
}

/// What takes the name's place: where it was in backticks, white space may be missing around it, so that the new name
/// needs them too, as in ``a or`b`eq 1``.
fn apart(path: &Path, words: &str) -> String {
    let end = words.find(' ').unwrap_or(words.len());
    match words.split_at_checked(end) {
        Some((name, rest)) if !is_plain(path) && !name.starts_with('`') => {
            format!("`{name}`{rest}")
        }
        _ => words.into(),
    }
}

/// Whether the name stands in the text without backticks.
fn is_plain(path: &Path) -> bool {
    path.span().range().len() == path.as_str().len()
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
        let name = schema.bare(path);
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}

/// The fields of which a letter was mistyped, or else those whose last segment begins with the name or holds it, or else
/// those spelt most like it.
fn alike<'a>(name: &str, alone: bool, schema: &Schema<'a>) -> Vec<&'a str> {
    let within = |most| {
        let mut spellings = schema.fields.iter().flat_map(|field| {
            let inside = schema.within_row(field.path);
            let spelt = [field.path, inside, last_segment(inside)];
            spelt.map(|spelt| (field.path, spelt))
        });
        nearest(name, most, &mut spellings)
    };
    let mistyped = within(1);
    if !mistyped.is_empty() {
        return mistyped;
    }
    // A word alone is rather a value than a part of a name.
    let holding = if alone {
        Vec::new()
    } else {
        holding(name, schema)
    };
    if holding.is_empty() {
        within(most(name))
    } else {
        holding
    }
}

/// The fields whose last segment begins with that of the name, holds it, or is its last word; the shortest first.
fn holding<'a>(name: &str, schema: &Schema<'a>) -> Vec<&'a str> {
    // What is shorter tells no names apart.
    const SHORTEST: usize = 3;
    let part = last_segment(name);
    let (_, word) = part.rsplit_once(['_', '-']).unwrap_or_default();
    let mut found: Vec<((bool, usize), &str)> = Vec::new();
    for field in schema.fields {
        let last = last_segment(field.path);
        let at = position(last, part).filter(|_| part.len() >= SHORTEST);
        if at.is_none() && !last.eq_ignore_ascii_case(word) {
            continue;
        }
        let rank = (at != Some(0), last.len());
        let place = found.iter().position(|(other, _)| *other > rank);
        found.insert(place.unwrap_or(found.len()), (rank, field.path));
    }
    found.into_iter().map(|(_, path)| path).collect()
}

fn last_segment(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}
