//! From a text to a tree.
//!
//! Each rule takes what is left of the text and gives what is left after it. Whatever cannot go on fails at once with a
//! [`Problem`]: a place and what was expected there; what to say about it is told in `mistake.rs`.

mod levels;
mod piece;

use crate::{Expr, ExprKind, MAX_DEPTH, Op, Operator, Path, Span};
use alloc::{boxed::Box, vec::Vec};
use levels::{Levels, Opening};
use nom::branch::alt;
use nom::combinator::opt;
use nom::error::{ErrorKind, ParseError};
use nom::sequence::{preceded, separated_pair};
use nom::{Err, IResult, Parser};
use piece::{Input, keyword, mark, name, operator, value};

type Parsed<'a, T> = IResult<Input<'a>, T, Problem>;

/// Where a rule could not go on, and what it waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The first byte that was not read.
    pub(crate) at: usize,
    /// The first byte of the condition that it stands in; the same place where it stands in none.
    pub(crate) begin: usize,
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
    fn here(input: Input<'_>, expected: Expected) -> Self {
        Self {
            at: input.at(),
            begin: input.at(),
            expected,
        }
    }

    fn at(piece: Span, expected: Expected) -> Self {
        Self {
            at: piece.start(),
            begin: piece.start(),
            expected,
        }
    }

    fn within(self, condition: Input<'_>) -> Self {
        Self {
            begin: condition.at(),
            ..self
        }
    }
}

impl From<Err<Self>> for Problem {
    fn from(error: Err<Self>) -> Self {
        match error {
            Err::Error(problem) | Err::Failure(problem) => problem,
            Err::Incomplete(_) => Self::at(Span::default(), Expected::Condition),
        }
    }
}

/// For rules that only did not match; their callers go on otherwise.
impl<'a> ParseError<Input<'a>> for Problem {
    fn from_error_kind(input: Input<'a>, _: ErrorKind) -> Self {
        Self::here(input, Expected::Condition)
    }

    fn append(_: Input<'a>, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// The tree of a whole text: conditions, what joins them, and the levels they stand in.
pub(crate) fn query(text: &str) -> Result<Expr, Problem> {
    let mut input = Input::new(text);
    let mut levels = Levels::default();
    loop {
        while let Ok((rest, opening)) = opening(input) {
            if levels.depth() == MAX_DEPTH {
                return Err(Problem::here(input, Expected::Shallower));
            }
            levels.open(opening);
            input = rest;
        }
        let (rest, operand) = match condition(input) {
            Ok(read) => read,
            Err(error) => return Err(Problem::from(error).within(input)),
        };
        if rest.is_empty() && levels.are_empty() {
            return Ok(operand);
        }
        let bare = matches!(operand.kind(), ExprKind::Has(_));
        levels.push(operand);
        let mut left = rest;
        input = loop {
            let Ok((past, next)) = follow(left) else {
                return Err(match bare {
                    // After a parenthesis it is not the condition that goes wrong.
                    _ if left.at() > rest.at() => Problem::here(left, Expected::Joint),
                    true => Problem::here(left, Expected::Operator).within(input),
                    false => Problem::here(left, Expected::Joint).within(input),
                });
            };
            match next {
                Follow::And => break past,
                Follow::Or => {
                    levels.or();
                    break past;
                }
                Follow::Close(close) if levels.close(close.end()) => left = past,
                Follow::Close(close) => return Err(Problem::at(close, Expected::End)),
                Follow::End => return levels.finish().ok_or(Problem::here(left, Expected::Close)),
            }
        };
    }
}

/// `(` or `not`.
#[inline]
fn opening(input: Input<'_>) -> Parsed<'_, Opening> {
    alt((
        (|input| mark(input, b'(')).map(Opening::Parenthesis),
        (|input| keyword(input, "not")).map(Opening::Not),
    ))
    .parse(input)
}

/// What can follow a condition.
#[derive(Clone, Copy)]
enum Follow {
    And,
    Or,
    Close(Span),
    End,
}

fn follow(input: Input<'_>) -> Parsed<'_, Follow> {
    if input.is_empty() {
        return Ok((input, Follow::End));
    }
    alt((
        (|input| keyword(input, "or")).map(|_| Follow::Or),
        (|input| keyword(input, "and")).map(|_| Follow::And),
        (|input| mark(input, b')')).map(Follow::Close),
    ))
    .parse(input)
}

#[inline]
fn condition(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, path) = name(input)?;
    let (input, operator) = opt(operator).parse(input)?;
    let Some(operator) = operator else {
        return Ok((input, presence(path)));
    };
    match operator.op {
        Op::In | Op::NotIn => list(input, path, operator),
        Op::Between => range(input, path, operator),
        _ => comparison(input, path, operator),
    }
}

fn presence(path: Path) -> Expr {
    let span = path.span();
    Expr::new(ExprKind::Has(path), span)
}

#[inline]
fn comparison(input: Input<'_>, path: Path, operator: Operator) -> Parsed<'_, Expr> {
    let (input, value) = value(input)?;
    let span = path.span().to(value.span);
    let kind = ExprKind::Compare {
        path,
        operator,
        value,
    };
    Ok((input, Expr::new(kind, span)))
}

fn list(input: Input<'_>, path: Path, operator: Operator) -> Parsed<'_, Expr> {
    let (input, _) = expect(|input| mark(input, b'['), Expected::List).parse(input)?;
    let (mut input, first) = value(input)?;
    let mut values = Vec::with_capacity(4);
    values.push(first);
    let mut another = opt(preceded(|input| mark(input, b','), value));
    while let (rest, Some(value)) = another.parse(input)? {
        values.push(value);
        input = rest;
    }
    let (input, close) = expect(|input| mark(input, b']'), Expected::ListEnd).parse(input)?;
    let span = path.span().to(close);
    let kind = ExprKind::List {
        path,
        operator,
        values,
    };
    Ok((input, Expr::new(kind, span)))
}

/// `from low to high` or `between [low, high]`.
fn range(input: Input<'_>, path: Path, operator: Operator) -> Parsed<'_, Expr> {
    let begin = path.span();
    let (input, (low, high), end) = if operator.spelling() == Op::Between.as_str() {
        let to = expect(|input| keyword(input, "to"), Expected::To);
        let (input, bounds) = separated_pair(value, to, value).parse(input)?;
        let end = bounds.1.span;
        (input, bounds, end)
    } else {
        let open = expect(|input| mark(input, b'['), Expected::List);
        let comma = expect(|input| mark(input, b','), Expected::ListEnd);
        let close = expect(|input| mark(input, b']'), Expected::BoundsEnd);
        let bounds = separated_pair(value, comma, value);
        let (input, (bounds, end)) = preceded(open, (bounds, close)).parse(input)?;
        (input, bounds, end)
    };
    let kind = ExprKind::Range {
        path,
        operator,
        low: Box::new(low),
        high: Box::new(high),
    };
    Ok((input, Expr::new(kind, begin.to(end))))
}

/// What must stand here.
fn expect<'a, T>(
    mut rule: impl Parser<Input<'a>, Output = T, Error = Problem>,
    expected: Expected,
) -> impl FnMut(Input<'a>) -> Parsed<'a, T> {
    move |input| match rule.parse(input) {
        Err(Err::Error(_)) => fail(input, expected),
        read => read,
    }
}

/// The end of all.
fn fail<T>(input: Input<'_>, expected: Expected) -> Result<T, Err<Problem>> {
    Err(Err::Failure(Problem::here(input, expected)))
}

/// Another rule may match instead.
fn mismatch<T>(input: Input<'_>) -> Result<T, Err<Problem>> {
    Err(Err::Error(Problem::here(input, Expected::Condition)))
}
