//! What to say about a text that is no query: what is wrong, where, and what to do about it.

mod condition;
mod joint;
mod list;
mod piece;
mod value;

use crate::grammar::{Expected, Problem};
use crate::operator::Keyword;
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Literal, MAX_DEPTH, MAX_LENGTH, Schema, Span};
use alloc::{format, string::String};

/// Why the text is not even looked at.
pub(crate) fn refuse(text: &str) -> Option<Diagnostic> {
    if text.len() > MAX_LENGTH {
        let fits = text.floor_char_boundary(MAX_LENGTH);
        let message = format!(
            "the query is {} bytes long, and {MAX_LENGTH} is the limit",
            text.len()
        );
        let help = "leave out what is beyond the limit, or ask in several queries";
        return Some(Diagnostic::error(Span::new(fits, text.len()), message).help(help));
    }
    if let Some(at) = text.find('\0') {
        let span = Span::new(at, at + 1);
        return Some(
            Diagnostic::error(span, "a NUL character can stand nowhere in a query")
                .help("remove it"),
        );
    }
    let blank = text.trim_start().is_empty();
    blank.then(|| Diagnostic::error(Span::new(0, text.len()), "the query is empty").help(SHAPE))
}

/// What a condition looks like.
const SHAPE: &str = "write a condition: a field, an operator and a value, such as field eq 'value'";

/// Turns a [`Problem`] of the grammar into words.
pub(crate) fn explain(
    text: &str,
    tokens: &[Token<'_>],
    schema: &Schema<'_>,
    problem: Problem,
) -> Diagnostic {
    let scene = Scene {
        text,
        tokens,
        schema,
        at: tokens.len().saturating_sub(problem.left),
    };
    if let TokenKind::Bad(bad) = scene.found().kind {
        return piece::explain(&scene, bad, problem.expected);
    }
    match problem.expected {
        Expected::Condition => condition::missing(&scene),
        Expected::Operator => condition::without_operator(&scene),
        Expected::Value => value::missing(&scene),
        Expected::List => list::missing(&scene),
        Expected::ListEnd | Expected::BoundsEnd => list::unfinished(&scene),
        Expected::To => list::without_to(&scene),
        Expected::Joint => joint::missing(&scene),
        Expected::Close => joint::never_closed(&scene),
        Expected::End => joint::closes_nothing(&scene),
        Expected::Shallower => {
            let message = format!("the query is nested more than {MAX_DEPTH} levels deep here");
            let help = "take away parentheses and `not`s that change nothing";
            Diagnostic::error(scene.found().span(), message).help(help)
        }
    }
}

/// A text and the token at which the grammar stopped.
struct Scene<'s, 'a> {
    text: &'a str,
    tokens: &'s [Token<'a>],
    schema: &'s Schema<'s>,
    at: usize,
}

impl<'a> Scene<'_, 'a> {
    fn found(&self) -> Token<'a> {
        self.after(0)
    }

    /// The token `steps` after the one found.
    fn after(&self, steps: usize) -> Token<'a> {
        let end = Token {
            start: self.text.len(),
            ..Token::END
        };
        self.tokens.get(self.at + steps).copied().unwrap_or(end)
    }

    /// The token `steps` before the one found, from 1 on.
    fn before(&self, steps: usize) -> Option<Token<'a>> {
        self.tokens.get(self.at.checked_sub(steps)?).copied()
    }

    /// The tokens from the one found on.
    fn rest(&self) -> &[Token<'a>] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    /// The tokens before the one found.
    fn done(&self) -> &[Token<'a>] {
        self.tokens.get(..self.at).unwrap_or_default()
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The token before the one found, where nothing stands between them.
    fn glued(&self) -> Option<Token<'a>> {
        self.before(1)
            .filter(|before| before.end() == self.found().start)
    }
}

/// Whether a condition can end before the token.
fn is_boundary(token: &Token<'_>) -> bool {
    matches!(token.kind, TokenKind::End | TokenKind::Close) || is_joint(token)
}

/// `and` or `or`.
fn is_joint(token: &Token<'_>) -> bool {
    matches!(token.kind, TokenKind::Keyword(Keyword::And | Keyword::Or))
}

fn is_operator(token: &Token<'_>) -> bool {
    token.kind.operator().is_some()
}

/// The text as a quoted value.
fn quoted(text: &str) -> String {
    format!("{}", Literal::from(text))
}
