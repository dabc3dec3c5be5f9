//! Conditions that no value meets, whatever their field.

use super::found::{Found, Topic};
use super::{Condition, code::whole, mended, written};
use crate::diagnostic::shown;
use crate::{Diagnostic, Literal, Value};
use alloc::format;

pub(super) fn check(condition: &Condition<'_>, found: &mut Found<'_>) {
    if !condition.orders() || found.is_full(Topic::Truth) {
        return;
    }
    let null = |value: &&Value| value.literal == Literal::Null;
    if let Some(value) = condition.values().find(null) {
        let warning = Diagnostic::warning(value.span, "nothing comes before or after `null`");
        found.add(
            Topic::Truth,
            warning.help("ask for a missing value with eq null"),
        );
    } else if let Some((low, high)) = condition.bounds().filter(|(low, high)| is_after(low, high)) {
        found.add(Topic::Truth, turned_around(condition, low, high));
    }
}

fn turned_around(condition: &Condition<'_>, low: &Value, high: &Value) -> Diagnostic {
    let (first, last) = (
        shown(&written(&low.literal)),
        shown(&written(&high.literal)),
    );
    let warning = Diagnostic::warning(
        low.span.to(high.span),
        format!("nothing is at least {first} and at most {last}"),
    );
    let joint = if condition.operator.spelling == "between" {
        ","
    } else {
        " to"
    };
    mended(
        warning.help("write the lower bound first"),
        low.span.to(high.span),
        format!("{high}{joint} {low}"),
    )
}

/// Certain for whole numbers, and for words in both dialects.
fn is_after(low: &Value, high: &Value) -> bool {
    if let (Some(low), Some(high)) = (whole(&low.literal), whole(&high.literal)) {
        return low > high;
    }
    let (Literal::Text(low), Literal::Text(high)) = (&low.literal, &high.literal) else {
        return false;
    };
    let word = |text: &str| text.starts_with(|first: char| first.is_ascii_alphabetic());
    word(low) && word(high) && low > high && low.to_ascii_lowercase() > high.to_ascii_lowercase()
}
