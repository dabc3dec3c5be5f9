//! A condition that is missing, or that has no operator.

use super::{SHAPE, Scene, about, is_boundary, is_joint, is_operator, joint, piece, quoted};
use crate::Diagnostic;
use crate::diagnostic::shown;
use crate::expr::is_plain_name;
use crate::lex;
use crate::literal::{literal, unquote};
use crate::operator::Keyword;
use crate::token::{Token, TokenKind};
use crate::{Literal, Op, Span};
use alloc::{format, string::String};

/// A condition was expected.
pub(super) fn missing(scene: &Scene<'_, '_>) -> Diagnostic {
    let (before, found) = (scene.before(1), scene.found());
    let follows = before.is_some_and(|before| before.kind != TokenKind::Open);
    let named = is_operator(&scene.after(1))
        && !is_boundary(&scene.after(2))
        && !(is_joint(&found) && follows);
    match (before, found.kind) {
        (_, TokenKind::Keyword(_)) if named => keyword_as_field(found),
        (Some(not), _) if is_not(&not) && is_operator(&found) && !is_boundary(&scene.after(1)) => {
            keyword_as_field(not)
        }
        (None, TokenKind::Close) => joint::closes_nothing(scene),
        (Some(open), TokenKind::Close) if open.kind == TokenKind::Open => {
            let span = open.span().to(found.span());
            Diagnostic::error(span, "these parentheses hold no condition").help(SHAPE)
        }
        (Some(before), TokenKind::End | TokenKind::Close) => after(scene, before, 2),
        (Some(before), _) if is_joint(&found) && follows => after(scene, before, 2),
        _ if is_joint(&found) => {
            let joint = shown(found.text);
            about(found, "missing condition before ", "")
                .help(format!("write a condition before it, or take {joint} away"))
                .fix(Span::new(found.start, scene.after(1).start), "")
        }
        _ if is_operator(&found) => about(found, "missing field before ", "").help(SHAPE),
        (_, TokenKind::Keyword(_)) => about(found, "", " is a value, not a field").help(SHAPE),
        _ => no_field(scene),
    }
}

fn is_not(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Keyword(Keyword::Not)
}

/// Nothing follows `and`, `or`, `not` or `(`; `steps` before what was found is what a joint joins to nothing.
pub(super) fn after(scene: &Scene<'_, '_>, before: Token<'_>, steps: usize) -> Diagnostic {
    let word = shown(before.text);
    let error = about(before, "missing condition after ", "")
        .help(format!("write a condition after it, or take {word} away"));
    let joins = is_joint(&before) || piece::is_meant_as_joint(&before);
    match scene.before(steps) {
        Some(left) if joins && left.kind != TokenKind::Open => {
            error.fix(Span::new(left.end(), before.end()), "")
        }
        _ => error,
    }
}

/// A word of the language stands where a field should, and an operator and a value follow it.
fn keyword_as_field(word: Token<'_>) -> Diagnostic {
    about(word, "", " is a word of the language, not a field")
        .help("a field of that name is written in backticks")
        .fix(word.span(), format!("`{}`", word.text))
}

/// A value, or what is no name, stands where a field should.
fn no_field(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    let is_value = literal(&found).is_some();
    if found.kind == TokenKind::Quoted && is_operator(&scene.after(1)) {
        let error = Diagnostic::error(found.span(), "a field is written without quotes");
        let name = unquote(found.text);
        return if is_plain_name(&name) {
            error
                .help(format!("write `{name}`"))
                .fix(found.span(), name)
        } else {
            let error = error.help("a field with unusual characters is written in backticks");
            if name.contains(['`', '\\']) {
                return error;
            }
            error.fix(found.span(), format!("`{name}`"))
        };
    }
    if let Some(said) = colon(scene) {
        return said;
    }
    if is_value && is_boundary(&scene.after(1)) {
        let error = about(found, "", " is a value without a field");
        return match repeated(scene) {
            Some(repeated) => error
                .help(format!("repeat the field: {repeated}"))
                .fix(found.span(), repeated),
            None => alone(scene, error),
        };
    }
    let error = match found.kind {
        TokenKind::Term => about(found, "", " is not a field name"),
        _ => about(found, "expected a condition, found ", ""),
    };
    error.help(SHAPE)
}

/// A field and its value with a colon between them, as in `os:Mac`, and not what holds colons itself: `http://a.b`, `C:\x`.
fn colon(scene: &Scene<'_, '_>) -> Option<Diagnostic> {
    let found = scene.found();
    let (name, rest) = found.text.split_once(':')?;
    let (value, last) = match rest {
        "" => (scene.after(1), scene.after(1)),
        _ => (*lex::tokens(rest).first()?, found),
    };
    let holds_colons = rest.starts_with(['/', '\\']) || rest.contains(':');
    let like_the_last = scene.before(2).is_some_and(|last| last.text.contains(':'));
    if !is_plain_name(name) || holds_colons || like_the_last || is_operator(&last) {
        return None;
    }
    let condition = format!("{name} eq {}", literal(&value)?);
    let error = about(found, "a colon is no operator in ", "");
    let error = error.help(format!("write `{condition}`"));
    Some(error.fix(found.span().to(last.span()), condition))
}

/// A value that may be meant as a whole condition.
fn alone(scene: &Scene<'_, '_>, error: Diagnostic) -> Diagnostic {
    let found = scene.found();
    let condition = match literal(&found) {
        Some(Literal::Text(text)) => scene.schema.bare_word(&text),
        _ => None,
    };
    match condition {
        Some(condition) => error
            .help(format!("did you mean `{condition}`?"))
            .fix(found.span(), condition),
        None => error.help(SHAPE),
    }
}

/// The field and operator of the condition before `or`, with the value found: in `a eq 'x' or 'y'` that is `a eq 'y'`.
fn repeated(scene: &Scene<'_, '_>) -> Option<String> {
    let joint = scene.before(1).filter(is_joint)?;
    let field = scene
        .before(4)
        .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Name))?;
    let operator = scene.before(3).filter(is_operator)?;
    let value = scene.before(2)?;
    (literal(&value).is_some() && joint.start > value.start)
        .then(|| format!("{} {} {}", field.text, operator.text, scene.found().text))
}

/// A field is followed by what is no operator.
pub(super) fn without_operator(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    let token = scene.before(1).unwrap_or(found);
    let field = token.text;
    let error = |span: Span, said: &str| {
        Diagnostic::error(span, format!("{} is not an operator", shown(said)))
    };
    match found.kind {
        TokenKind::Word | TokenKind::Term => {
            let next = scene.after(1);
            if found.text.eq_ignore_ascii_case("is") && operator_follows(scene) {
                return error(found.span(), found.text)
                    .help("take it away")
                    .fix(Span::new(found.start, next.start), "");
            }
            let span = found.span().to(next.span());
            let slip = (words_for(scene.slice(span)).map(|op| (span, op)))
                .or_else(|| words_for(found.text).map(|op| (found.span(), op)));
            if let Some((span, op)) = slip {
                let op = op.as_str();
                return error(span, scene.slice(span))
                    .help(format!("write `{op}`"))
                    .fix(span, op);
            }
            if joint::names_a_field(scene) {
                let help = "join the two with `and` or `or`; the name of a field holds no spaces";
                return joint::absent(found).help(help);
            }
            if !is_boundary(&scene.after(1)) {
                return error(found.span(), found.text).help(OPERATORS);
            }
        }
        _ if is_not(&found) || found.text == "!" => {
            let span = found.span().to(scene.after(1).span());
            let help = "put `not` before the field";
            return match negated(scene.after(1).kind) {
                Some(op) => error(span, scene.slice(span))
                    .help(format!("write `{op}`"))
                    .fix(span, op),
                None => error(found.span(), found.text).help(help),
            };
        }
        TokenKind::ListOpen => {
            if let Some(numbered) = numbered(scene) {
                return numbered;
            }
            let message = format!("missing operator between {} and the list", shown(field));
            return Diagnostic::error(found.span(), message)
                .help(format!("write `{field} in [..]`"))
                .fix(Span::new(token.end(), found.start), " in ");
        }
        _ => {}
    }
    let message = format!(
        "missing operator between {} and {}",
        shown(field),
        shown(found.text)
    );
    let value = literal(&found).map_or_else(
        || String::from("'value'"),
        |literal| match literal {
            Literal::Text(text) => quoted(&text),
            other => format!("{other}"),
        },
    );
    Diagnostic::error(found.span(), message)
        .help(format!("write an operator, such as {field} eq {value}"))
}

/// An element of a list by its number, as in `a[0].b`, or all of them, as in `a[].b`.
fn numbered(scene: &Scene<'_, '_>) -> Option<Diagnostic> {
    scene.glued()?;
    let number = matches!(literal(&scene.after(1)), Some(Literal::Number(_)));
    let close = scene.after(1 + usize::from(number));
    let next = scene.after(2 + usize::from(number));
    let span = scene.found().span().to(close.span());
    let goes_on = close.kind == TokenKind::ListClose && !is_boundary(&next);
    goes_on.then(|| {
        let message = format!("{} cannot be part of a name", shown(scene.slice(span)));
        let help = "take it away; the name alone asks all elements of a list";
        Diagnostic::error(span, message).help(help).fix(span, "")
    })
}

/// Whether the word found stands before an operator, as in `is in [..]` and `is not in [..]`, and not before a value.
fn operator_follows(scene: &Scene<'_, '_>) -> bool {
    let at = if is_not(&scene.after(1)) { 2 } else { 1 };
    is_operator(&scene.after(at)) && !is_boundary(&scene.after(at + 1))
}

pub(super) const OPERATORS: &str =
    "operators are eq, neq, gt, gte, lt, lte, like, notlike, in, not_in, startswith and from .. to";

/// The operator meant by words that people write for one.
fn words_for(words: &str) -> Option<Op> {
    const SLIPS: &[(&str, Op)] = &[
        ("is not", Op::Ne),
        ("is", Op::Eq),
        ("equal", Op::Eq),
        ("equals", Op::Eq),
        ("contains", Op::Like),
        ("matches", Op::Like),
        ("notequals", Op::Ne),
        ("not_equals", Op::Ne),
        ("not_eq", Op::Ne),
        ("noteq", Op::Ne),
        ("not_like", Op::NotLike),
        ("starts with", Op::StartsWith),
        ("starts_with", Op::StartsWith),
        ("beginswith", Op::StartsWith),
    ];
    let mut slips = SLIPS.iter();
    slips
        .find(|(slip, _)| slip.eq_ignore_ascii_case(words))
        .map(|(_, op)| *op)
}

/// What `not` and the operator make in one word.
fn negated(operator: TokenKind) -> Option<&'static str> {
    match operator.operator()? {
        Op::Eq => Some(Op::Ne.as_str()),
        Op::Like => Some(Op::NotLike.as_str()),
        Op::In => Some(Op::NotIn.as_str()),
        _ => None,
    }
}
