//! From tokens to a tree.
//!
//! Each rule takes the tokens left and gives those left after it. Whatever cannot go on fails at once with a
//! [`Problem`]: a place and what was expected there; what to say about it is told in `mistake.rs`.

use crate::expr::{Joint, is_plain_name};
use crate::literal::{literal, unquote};
use crate::operator::Keyword;
use crate::token::{Token, TokenKind};
use crate::{Expr, ExprKind, MAX_DEPTH, Op, Operator, Path, Value};
use alloc::{boxed::Box, vec::Vec};
use nom::combinator::opt;
use nom::error::{ErrorKind, ParseError};
use nom::sequence::{preceded, separated_pair, terminated};
use nom::{Err, IResult, Parser};

type Tokens<'t, 'a> = &'t [Token<'a>];
type Parsed<'t, 'a, T> = IResult<Tokens<'t, 'a>, T, Problem>;

/// Where a rule could not go on, and what it waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// How many tokens were left, [`TokenKind::End`] included.
    pub(crate) left: usize,
    pub(crate) expected: Expected,
}

/// What a rule waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// A field, `not` or `(`.
    Condition,
    /// An operator, or the end of a bare field.
    Operator,
    Value,
    /// `[` after an operator of lists.
    List,
    /// `,` or `]`.
    ListEnd,
    /// `]` after the second bound.
    BoundsEnd,
    /// `to` after the first bound.
    To,
    /// `and`, `or` or an end after a condition.
    Joint,
    /// `)`.
    Close,
    /// The end of the text.
    End,
    /// Fewer levels.
    Shallower,
}

impl Problem {
    fn here(input: Tokens<'_, '_>, expected: Expected) -> Self {
        Self {
            left: input.len(),
            expected,
        }
    }
}

/// For rules that only did not match; their callers go on otherwise.
impl<'t, 'a> ParseError<Tokens<'t, 'a>> for Problem {
    fn from_error_kind(input: Tokens<'t, 'a>, _: ErrorKind) -> Self {
        Self::here(input, Expected::Condition)
    }

    fn append(_: Tokens<'t, 'a>, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// The tree of a whole text.
pub(crate) fn query(tokens: Tokens<'_, '_>) -> Result<Expr, Problem> {
    let end = |input| expect(input, TokenKind::End, Expected::End);
    match terminated(|input| disjunction(input, 0), end).parse(tokens) {
        Ok((_, expr)) => Ok(expr),
        Err(Err::Error(problem) | Err::Failure(problem)) => Err(problem),
        Err(Err::Incomplete(_)) => Err(Problem::from_error_kind(tokens, ErrorKind::Complete)),
    }
}

fn disjunction<'t, 'a>(input: Tokens<'t, 'a>, depth: usize) -> Parsed<'t, 'a, Expr> {
    chain(input, Joint::Or, Keyword::Or, |input| {
        conjunction(input, depth)
    })
}

fn conjunction<'t, 'a>(input: Tokens<'t, 'a>, depth: usize) -> Parsed<'t, 'a, Expr> {
    chain(input, Joint::And, Keyword::And, |input| term(input, depth))
}

fn chain<'t, 'a>(
    input: Tokens<'t, 'a>,
    joint: Joint,
    word: Keyword,
    operand: impl Fn(Tokens<'t, 'a>) -> Parsed<'t, 'a, Expr>,
) -> Parsed<'t, 'a, Expr> {
    let (input, first) = operand(input)?;
    let joint_word = |input| token(input, TokenKind::Keyword(word));
    let (input, others) = many(input, preceded(joint_word, operand))?;
    Ok((input, Expr::chain(joint, first, others)))
}

/// A condition or a group, with any number of `not` before it.
fn term<'t, 'a>(input: Tokens<'t, 'a>, depth: usize) -> Parsed<'t, 'a, Expr> {
    let not = |input| token(input, TokenKind::Keyword(Keyword::Not));
    let (rest, nots) = many(input, not)?;
    let depth = deeper(input, depth, nots.len())?;
    let (rest, inner) = match peek(rest).kind {
        TokenKind::Open => group(rest, depth),
        _ => condition(rest),
    }?;
    let expr = nots.into_iter().rev().fold(inner, |inner, not| {
        let span = not.span().to(inner.span());
        Expr::new(ExprKind::Not(Box::new(inner)), span)
    });
    Ok((rest, expr))
}

fn group<'t, 'a>(input: Tokens<'t, 'a>, depth: usize) -> Parsed<'t, 'a, Expr> {
    let depth = deeper(input, depth, 1)?;
    let (rest, open) = token(input, TokenKind::Open)?;
    let (rest, inner) = disjunction(rest, depth)?;
    let (rest, close) = expect(rest, TokenKind::Close, Expected::Close)?;
    let (rest, ()) = boundary(rest, Expected::Joint)?;
    Ok((rest, inner.at(open.span().to(close.span()))))
}

/// The depth after the next `levels` tokens, each of which opens a level.
fn deeper(input: Tokens<'_, '_>, depth: usize, levels: usize) -> Result<usize, Err<Problem>> {
    let allowed = MAX_DEPTH.saturating_sub(depth);
    if levels > allowed {
        return Err(Err::Failure(Problem {
            left: input.len().saturating_sub(allowed),
            expected: Expected::Shallower,
        }));
    }
    Ok(depth + levels)
}

fn condition<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, Expr> {
    let (input, path) = path(input)?;
    let (input, operator) = opt(operator).parse(input)?;
    let (input, expr) = match operator {
        None => {
            let (input, ()) = boundary(input, Expected::Operator)?;
            let span = path.span();
            (input, Expr::new(ExprKind::Has(path), span))
        }
        Some(operator) => match operator.op {
            Op::In | Op::NotIn => list(input, path, operator)?,
            Op::Between => range(input, path, operator)?,
            _ => comparison(input, path, operator)?,
        },
    };
    let (input, ()) = boundary(input, Expected::Joint)?;
    Ok((input, expr))
}

fn path<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, Path> {
    let (rest, next) = step(input, Expected::Condition)?;
    let name = match next.kind {
        TokenKind::Word if is_plain_name(next.text) => next.text.into(),
        TokenKind::Name => unquote(next.text),
        _ => return fail(input, Expected::Condition),
    };
    Ok((rest, Path::new(name, next.span())))
}

/// An operator in one word, in symbols, or in the two words `not in`.
fn operator<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, Operator> {
    let (first, second) = (peek(input), input.get(1));
    let not_in = || match (first.kind, second?.kind.operator()?) {
        (TokenKind::Keyword(Keyword::Not), (Op::In, _)) => {
            Some((Op::NotIn, "not in", 2, second?.span()))
        }
        _ => None,
    };
    let one_word = first
        .kind
        .operator()
        .map(|(op, spelling)| (op, spelling, 1, first.span()));
    let Some((op, spelling, taken, last)) = one_word.or_else(not_in) else {
        return Err(Err::Error(Problem::here(input, Expected::Operator)));
    };
    let span = first.span().to(last);
    let rest = input.get(taken..).unwrap_or_default();
    Ok((rest, Operator { op, spelling, span }))
}

fn comparison<'t, 'a>(
    input: Tokens<'t, 'a>,
    path: Path,
    operator: Operator,
) -> Parsed<'t, 'a, Expr> {
    let (input, value) = value(input)?;
    let span = path.span().to(value.span);
    let kind = ExprKind::Compare {
        path,
        operator,
        value,
    };
    Ok((input, Expr::new(kind, span)))
}

fn list<'t, 'a>(input: Tokens<'t, 'a>, path: Path, operator: Operator) -> Parsed<'t, 'a, Expr> {
    let (input, _) = expect(input, TokenKind::ListOpen, Expected::List)?;
    let (input, first) = value(input)?;
    let comma = |input| token(input, TokenKind::Comma);
    let (input, mut values) = many(input, preceded(comma, value))?;
    values.insert(0, first);
    let (input, close) = expect(input, TokenKind::ListClose, Expected::ListEnd)?;
    let span = path.span().to(close.span());
    let kind = ExprKind::List {
        path,
        operator,
        values,
    };
    Ok((input, Expr::new(kind, span)))
}

/// `from low to high` or `between [low, high]`.
fn range<'t, 'a>(input: Tokens<'t, 'a>, path: Path, operator: Operator) -> Parsed<'t, 'a, Expr> {
    let words = operator.spelling == Op::Between.as_str();
    let (input, (low, high), end) = if words {
        let (input, bounds) = separated_pair(value, to, value).parse(input)?;
        let end = bounds.1.span;
        (input, bounds, end)
    } else {
        let comma = |input| expect(input, TokenKind::Comma, Expected::ListEnd);
        let (input, _) = expect(input, TokenKind::ListOpen, Expected::List)?;
        let (input, bounds) = separated_pair(value, comma, value).parse(input)?;
        let (input, close) = expect(input, TokenKind::ListClose, Expected::BoundsEnd)?;
        (input, bounds, close.span())
    };
    let span = path.span().to(end);
    let kind = ExprKind::Range {
        path,
        operator,
        low,
        high,
    };
    Ok((input, Expr::new(kind, span)))
}

fn to<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, ()> {
    let (rest, next) = step(input, Expected::To)?;
    if next.kind == TokenKind::Word && next.text.eq_ignore_ascii_case("to") {
        Ok((rest, ()))
    } else {
        fail(input, Expected::To)
    }
}

fn value<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, Value> {
    let (rest, next) = step(input, Expected::Value)?;
    match literal(&next) {
        Some(literal) => Ok((
            rest,
            Value {
                literal,
                span: next.span(),
            },
        )),
        None => fail(input, Expected::Value),
    }
}

/// Takes nothing: what follows must end a condition.
fn boundary<'t, 'a>(input: Tokens<'t, 'a>, expected: Expected) -> Parsed<'t, 'a, ()> {
    match peek(input).kind {
        TokenKind::Keyword(Keyword::And | Keyword::Or) | TokenKind::Close | TokenKind::End => {
            Ok((input, ()))
        }
        _ => fail(input, expected),
    }
}

/// As often as the rule matches; nom's own repetitions take no slices of tokens.
fn many<'t, 'a, T>(
    mut input: Tokens<'t, 'a>,
    mut rule: impl Parser<Tokens<'t, 'a>, Output = T, Error = Problem>,
) -> Parsed<'t, 'a, Vec<T>> {
    let mut found = Vec::new();
    while let (rest, Some(one)) = opt(|input| rule.parse(input)).parse(input)? {
        found.push(one);
        input = rest;
    }
    Ok((input, found))
}

/// One token of the kind, or else another rule.
fn token<'t, 'a>(input: Tokens<'t, 'a>, kind: TokenKind) -> Parsed<'t, 'a, Token<'a>> {
    match input.split_first() {
        Some((first, rest)) if first.kind == kind => Ok((rest, *first)),
        _ => Err(Err::Error(Problem::here(input, Expected::Condition))),
    }
}

/// One token of the kind, or else the end of all.
fn expect<'t, 'a>(
    input: Tokens<'t, 'a>,
    kind: TokenKind,
    expected: Expected,
) -> Parsed<'t, 'a, Token<'a>> {
    match input.split_first() {
        Some((first, rest)) if first.kind == kind => Ok((rest, *first)),
        _ => fail(input, expected),
    }
}

/// Any one token.
fn step<'t, 'a>(input: Tokens<'t, 'a>, expected: Expected) -> Parsed<'t, 'a, Token<'a>> {
    match input.split_first() {
        Some((first, rest)) => Ok((rest, *first)),
        None => fail(input, expected),
    }
}

fn peek<'a>(input: Tokens<'_, 'a>) -> Token<'a> {
    input.first().copied().unwrap_or(Token::END)
}

fn fail<T>(input: Tokens<'_, '_>, expected: Expected) -> Result<T, Err<Problem>> {
    Err(Err::Failure(Problem::here(input, expected)))
}
