//! What to say about a text that is no query: what is wrong, where, and what to do about it.

mod condition;
mod joint;
mod list;
mod piece;
mod value;

use crate::diagnostic::shown;
use crate::grammar::{Expected, Problem};
use crate::operator::Keyword;
use crate::token::{Token, TokenKind, index};
pub(crate) use piece::is_meant_as_joint;

use crate::{Diagnostic, Literal, MAX_DEPTH, MAX_LENGTH, Schema, Span};
use alloc::{format, string::String};

/// Why the text is not even looked at.
pub(crate) fn refuse(text: &str) -> Option<Diagnostic> {
    if text.len() > MAX_LENGTH {
        let mut below = (0..=MAX_LENGTH).rev();
        let fits = below.find(|at| text.is_char_boundary(*at));
        let fits = fits.unwrap_or_default();
        let message = format!(
            "the query is {} bytes long, and {MAX_LENGTH} is the limit",
            text.len()
        );
        let help = "leave out what is beyond the limit, or ask in several queries";
        let span = Span::new(fits, text.len());
        let rest = shown(text.get(span.range()).unwrap_or_default());
        let error = Diagnostic::error(span, message).help(help);
        return Some(error.instead(THE_END, rest));
    }
    if let Some(at) = text.find('\0') {
        let span = Span::new(at, at + 1);
        return Some(
            Diagnostic::error(span, "a NUL character can stand nowhere in a query")
                .help("remove it")
                .instead("a character of text", shown("\0")),
        );
    }
    let blank = text.trim_start().is_empty();
    blank.then(|| {
        Diagnostic::error(Span::new(0, text.len()), "the query is empty")
            .help(SHAPE)
            .instead("a condition", THE_END.into())
    })
}

/// What is found where nothing is left.
const THE_END: &str = "the end of the query";

/// What a condition looks like.
const SHAPE: &str = "write a condition: a field, an operator and a value, such as field eq 'value'";

/// What a text is read on with after a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mend {
    /// What the fix makes of it.
    Fix,
    /// Any condition in the place of the broken one.
    Hole,
    /// `and` before what was found.
    Joint,
    /// Nothing: the rest cannot be told.
    Nothing,
}

/// Turns a [`Problem`] of the grammar into words.
pub(crate) fn explain(
    text: &str,
    tokens: &[Token<'_>],
    schema: &Schema<'_>,
    problem: Problem,
) -> (Diagnostic, Mend) {
    let scene = Scene {
        text,
        tokens,
        schema,
        at: index(tokens, problem.at),
    };
    let mistake = describe(&scene, problem.expected);
    let mend = match problem.expected {
        _ if mistake.fix.is_some() => Mend::Fix,
        Expected::Shallower => Mend::Nothing,
        _ if piece::swallows_the_rest(&scene) => Mend::Nothing,
        Expected::Joint if joint::begins(&scene) => Mend::Joint,
        Expected::Operator if joint::names_a_field(&scene) => Mend::Joint,
        _ => Mend::Hole,
    };
    let found = match scene.found().kind {
        TokenKind::End => THE_END.into(),
        _ => shown(scene.found().text),
    };
    let expected = match problem.expected {
        Expected::Operator if is_meant_as_joint(&scene.found()) => Expected::Joint,
        expected => expected,
    };
    (mistake.instead(expected.in_words(), found), mend)
}

fn describe(scene: &Scene<'_, '_>, expected: Expected) -> Diagnostic {
    let odd = match scene.found().kind {
        TokenKind::Bad(bad) => piece::explain(scene, bad, expected),
        _ => None,
    };
    if let Some(said) = odd {
        return said;
    }
    match expected {
        Expected::Condition => condition::missing(scene),
        Expected::Operator => condition::without_operator(scene),
        Expected::Value => value::missing(scene),
        Expected::List => list::missing(scene),
        Expected::ListEnd | Expected::BoundsEnd => list::unfinished(scene),
        Expected::To => list::without_to(scene),
        Expected::Joint => joint::missing(scene),
        Expected::Close => joint::never_closed(scene),
        Expected::End => joint::closes_nothing(scene),
        Expected::Shallower => {
            let message = format!("the query is nested more than {MAX_DEPTH} levels deep here");
            let help = "take away parentheses and `not`s that change nothing";
            Diagnostic::error(scene.found().span(), message).help(help)
        }
    }
}

impl Expected {
    fn in_words(self) -> &'static str {
        match self {
            Self::Condition => "a condition",
            Self::Operator => "an operator",
            Self::Value => "a value",
            Self::List => "a list in square brackets",
            Self::ListEnd => "`,` or `]`",
            Self::BoundsEnd => "`]`",
            Self::To => "`to`",
            Self::Joint => "`and`, `or` or the end of the condition",
            Self::Close => "`)`",
            Self::End => THE_END,
            Self::Shallower => "fewer levels",
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
pub(crate) fn is_boundary(token: &Token<'_>) -> bool {
    matches!(token.kind, TokenKind::End | TokenKind::Close) || is_joint(token)
}

/// `and` or `or`.
pub(crate) fn is_joint(token: &Token<'_>) -> bool {
    matches!(token.kind, TokenKind::Keyword(Keyword::And | Keyword::Or))
}

/// A word, whether it means something to the language or not.
fn is_bare(token: &Token<'_>) -> bool {
    matches!(
        token.kind,
        TokenKind::Word | TokenKind::Term | TokenKind::Keyword(_)
    )
}

fn is_operator(token: &Token<'_>) -> bool {
    token.kind.operator().is_some()
}

/// An error at a piece of the text, which the message names between these words.
fn about(token: Token<'_>, before: &str, after: &str) -> Diagnostic {
    let message = format!("{before}{}{after}", shown(token.text));
    Diagnostic::error(token.span(), message)
}

/// The text as a quoted value.
fn quoted(text: &str) -> String {
    format!("{}", Literal::from(text))
}
