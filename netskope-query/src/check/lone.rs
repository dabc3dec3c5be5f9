//! Conditions that no value meets, whatever their field.

use super::found::{Found, Topic};
use super::{Condition, code::whole, written};
use crate::diagnostic::shown;
use crate::{Literal, Value};
use alloc::format;

pub(super) fn check(condition: &Condition<'_>, found: &mut Found<'_>) {
    if !condition.orders() {
        return;
    }
    let null = |value: &&Value| value.literal == Literal::Null;
    if let Some(value) = condition.values().into_iter().find(null) {
        let message = "nothing comes before or after `null`".into();
        let help = "ask for a missing value with eq null".into();
        return found.warn(Topic::Truth, value.span, message, help, None);
    }
    if let Some((low, high)) = condition.bounds().filter(|(low, high)| is_after(low, high)) {
        let (first, last) = (written(&low.literal), written(&high.literal));
        let message = format!(
            "nothing is at least {} and at most {}",
            shown(&first),
            shown(&last)
        );
        let between = condition.operator.spelling() == "between";
        let joint = if between { "," } else { " to" };
        let fix = format!("{high}{joint} {low}");
        let help = "write the lower bound first".into();
        found.warn(
            Topic::Truth,
            low.span.to(high.span),
            message,
            help,
            Some(fix),
        );
    }
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
