//! What follows a whole condition, and parentheses.

use super::{Scene, about, is_bare, is_boundary, is_joint, is_operator, list, piece, quoted};
use crate::diagnostic::shown;
use crate::operator::Keyword;
use crate::token::{Bad, Token, TokenKind, is_symbol, is_word};
use crate::{Diagnostic, Span};
use alloc::{format, vec::Vec};

/// `and`, `or` or an end was expected.
pub(super) fn missing(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    let said = (scene.glued().and_then(|before| stuck(scene, before)))
        .or_else(|| stuck_keyword(scene))
        .or_else(|| several_words(scene))
        .or_else(|| list::without_brackets(scene));
    if let Some(said) = said {
        return said;
    }
    if begins(scene) {
        return absent(found).help("join the two conditions with `and` or `or`");
    }
    about(found, "unexpected ", " after the end of the condition")
        .help("conditions are joined with `and` or `or`; take away what is left over")
}

pub(super) fn absent(before: Token<'_>) -> Diagnostic {
    about(before, "missing `and` or `or` before ", "")
}

/// Whether another condition begins at what was found.
pub(super) fn begins(scene: &Scene<'_, '_>) -> bool {
    let prefix = matches!(
        scene.found().kind,
        TokenKind::Open | TokenKind::Keyword(Keyword::Not)
    );
    prefix || names_a_field(scene)
}

/// Whether what was found is a field with its operator.
pub(super) fn names_a_field(scene: &Scene<'_, '_>) -> bool {
    let named = matches!(scene.found().kind, TokenKind::Word | TokenKind::Name);
    named && is_operator(&scene.after(1))
}

/// What was found touches the value before it.
fn stuck(scene: &Scene<'_, '_>, before: Token<'_>) -> Option<Diagnostic> {
    let found = scene.found();
    match (before.kind, found.kind) {
        (_, TokenKind::Quoted) if is_bare(&before) => Some(quote_in_word(scene, before)),
        (TokenKind::Quoted, kind) if is_bare(&found) || kind == TokenKind::Quoted => {
            Some(after_quote(scene, before))
        }
        (TokenKind::Word | TokenKind::Term, TokenKind::Symbol(_)) => {
            Some(needs_quotes(scene, before, found.span()))
        }
        _ => None,
    }
}

/// A quoted value goes on after its quote, as in `'O'Brien'` and `'C:\' and b eq 'x'`.
fn after_quote(scene: &Scene<'_, '_>, before: Token<'_>) -> Diagnostic {
    let found = scene.found();
    if let Some(at) = escaped_end(before) {
        let span = Span::new(at, at + 2);
        return Diagnostic::error(span, "the backslash takes the meaning of this quote away")
            .help("write the backslash twice")
            .fix(Span::new(at, at), "\\");
    }
    let error = about(found, "", " stands right after a closing quote")
        .help("a quote inside a quoted value is written with a backslash: \\'");
    let inner = before.end().saturating_sub(1);
    let rest = scene.slice(Span::new(before.end(), scene.text.len()));
    let quote = scene.slice(Span::new(inner, before.end())).chars().next();
    match quote.and_then(|quote| rest.split_once(quote)) {
        Some((more, rest)) if ends_value(rest) && !more.contains(is_syntax) => {
            error.fix(Span::new(inner, inner), "\\")
        }
        _ => error,
    }
}

/// Where a backslash stands that was to be the last character of a quoted value.
pub(super) fn escaped_end(quoted: Token<'_>) -> Option<usize> {
    let (quote, inside) = (quoted.text.chars().next()?, quoted.text.get(1..)?);
    let is_last = |at: &usize| {
        let after = inside
            .get(at + 1..)
            .and_then(|rest| rest.strip_prefix(quote));
        after.is_some_and(ends_value)
    };
    let at = (inside.match_indices('\\').map(|(at, _)| at)).find(is_last)?;
    Some(quoted.start + 1 + at)
}

/// Whether a value can end before this text.
fn ends_value(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | ','))
}

/// Characters that a piece of a value seldom holds.
fn is_syntax(c: char) -> bool {
    is_symbol(c) || matches!(c, '(' | ')' | '[' | ']' | '\n')
}

/// Operator and other odd characters inside a bare value: all up to the next white space is taken for the value, and the
/// words that go on with it.
pub(super) fn needs_quotes(scene: &Scene<'_, '_>, value: Token<'_>, odd: Span) -> Diagnostic {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | '\'' | '"');
    let rest = scene.slice(Span::new(value.start, scene.text.len()));
    let length = rest.find(ends).unwrap_or(rest.len());
    let end = value.start + length;
    let pieces = scene.rest().iter().take_while(|token| token.start < end);
    let pieces = pieces.count();
    let words = further_words(scene, pieces).unwrap_or_default();
    let last = scene.after((pieces + words).saturating_sub(1));
    let span = Span::new(value.start, if words > 0 { last.end() } else { end });
    let quoted = quoted(scene.slice(span));
    let message = format!("{} in a value needs quotes", shown(scene.slice(odd)));
    Diagnostic::error(odd, message)
        .help(format!("write {quoted}"))
        .fix(span, quoted)
}

/// A word goes on with a quote.
pub(super) fn quote_in_word(scene: &Scene<'_, '_>, word: Token<'_>) -> Diagnostic {
    let quote = scene.found();
    let span = Span::new(quote.start, quote.start + 1);
    let error = Diagnostic::error(span, "a quote in the middle of a word")
        .help("put the whole value in quotes, and a backslash before any quote inside it");
    let inside = quote.text.get(1..).unwrap_or_default().trim_end();
    if quote.kind != TokenKind::Quoted && piece::is_one_value(inside) {
        let value = Span::new(word.start, quote.start + 1 + inside.len());
        return error.fix(value, quoted(scene.slice(value)));
    }
    error
}

/// A value of several words that has no quotes: all words up to the end of the condition.
pub(super) fn several_words(scene: &Scene<'_, '_>) -> Option<Diagnostic> {
    let value = scene.before(1).filter(is_bare)?;
    let words = further_words(scene, 0).filter(|words| *words > 0)?;
    let span = value.span().to(scene.after(words - 1).span());
    let quoted = quoted(scene.slice(span));
    let error = Diagnostic::error(span, "a value of several words needs quotes");
    Some(error.help(format!("write {quoted}")).fix(span, quoted))
}

/// How many of the tokens from `first` on go on with a value: all up to the end of the condition, or up to the field of
/// the next one; `None` where neither comes after them.
fn further_words(scene: &Scene<'_, '_>, first: usize) -> Option<usize> {
    let rest = scene.rest().get(first..)?;
    let goes_on = |token: &&Token<'_>| {
        token.kind == TokenKind::Bad(Bad::Word)
            || is_bare(token) && !is_joint(token)
            || is_in_word(scene, token)
    };
    let words = rest.iter().take_while(goes_on).count();
    let operator = (rest.iter().enumerate().take(words + 1).skip(1))
        .find(|(at, token)| is_operator(token) && !rest.get(at + 1).is_none_or(is_boundary));
    let Some((operator, _)) = operator else {
        let ends = |end| is_boundary(end) || piece::is_meant_as_joint(end);
        return rest.get(words).is_none_or(ends).then_some(words);
    };
    let is_not = |token: &Token<'_>| token.kind == TokenKind::Keyword(Keyword::Not);
    let field = operator - 1;
    let negated = rest.get(..field)?.last().is_some_and(is_not);
    Some(field - usize::from(negated))
}

/// Whether it is one character inside a word, as in `R&D`.
fn is_in_word(scene: &Scene<'_, '_>, symbol: &Token<'_>) -> bool {
    let before = scene.slice(Span::new(0, symbol.start));
    let after = scene.slice(Span::new(symbol.end(), scene.text.len()));
    matches!(symbol.text, "&" | "|") && before.ends_with(is_word) && after.starts_with(is_word)
}

/// A number with `and` or `or` stuck to it, as in `1and`.
fn stuck_keyword(scene: &Scene<'_, '_>) -> Option<Diagnostic> {
    let value = scene
        .before(1)
        .filter(|token| token.kind == TokenKind::Term)?;
    let number = value
        .text
        .trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let word = value.text.strip_prefix(number)?;
    let is_number = !number.is_empty()
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_joint = matches!(
        Keyword::of(word.as_bytes()),
        Some(Keyword::And | Keyword::Or)
    );
    (is_number && is_joint).then(|| {
        let message = format!(
            "missing space between {} and {}",
            shown(number),
            shown(word)
        );
        Diagnostic::error(value.span(), message)
            .help(format!("write `{number} {word}`"))
            .fix(value.span(), format!("{number} {word}"))
    })
}

/// A parenthesis was left open: the last one that was.
pub(super) fn never_closed(scene: &Scene<'_, '_>) -> Diagnostic {
    let mut open: Vec<Token<'_>> = Vec::new();
    for token in scene.done() {
        match token.kind {
            TokenKind::Open => open.push(*token),
            TokenKind::Close => drop(open.pop()),
            _ => {}
        }
    }
    let span = open.last().map_or(scene.found().span(), Token::span);
    let end = scene
        .before(1)
        .map_or(scene.text.len(), |token| token.end());
    Diagnostic::error(span, "this parenthesis is never closed")
        .help("write `)` where its group ends")
        .fix(Span::new(end, end), ")")
}

/// A closing parenthesis too many.
pub(super) fn closes_nothing(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    let error = Diagnostic::error(found.span(), "this parenthesis closes nothing")
        .help("take it away, or write `(` where its group begins");
    if scene.at == 0 {
        return error;
    }
    let parts = scene.glued().is_some() && scene.after(1).start == found.end();
    let space = if parts && scene.after(1).kind != TokenKind::End {
        " "
    } else {
        ""
    };
    error.fix(found.span(), space)
}
