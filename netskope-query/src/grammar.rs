//! From tokens to a tree.
//!
//! Each rule takes the tokens left and gives those left after it. Whatever cannot go on fails at once with a
//! [`Problem`]: a place and what was expected there; what to say about it is told in `mistake.rs`.

mod levels;

use crate::literal::{literal, unquote};
use crate::operator::Keyword;
use crate::token::{Token, TokenKind};
use crate::{Expr, ExprKind, MAX_DEPTH, Op, Operator, Path, Value};
use alloc::{boxed::Box, vec::Vec};
use levels::Levels;
use nom::branch::alt;
use nom::combinator::opt;
use nom::error::{ErrorKind, ParseError};
use nom::sequence::{preceded, separated_pair};
use nom::{Err, IResult, Parser};

type Tokens<'t, 'a> = &'t [Token<'a>];
type Parsed<'t, 'a, T> = IResult<Tokens<'t, 'a>, T, Problem>;

/// Where a rule could not go on, and what it waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// How many tokens were left, [`TokenKind::End`] included.
    pub(crate) left: usize,
    /// How many were left where the condition began that it stands in; as many where it stands in none.
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
    fn here(input: Tokens<'_, '_>, expected: Expected) -> Self {
        Self {
            left: input.len(),
            begin: input.len(),
            expected,
        }
    }

    fn within(self, condition: Tokens<'_, '_>) -> Self {
        Self {
            begin: condition.len(),
            ..self
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
    expression(tokens).map_err(|error| match error {
        Err::Error(problem) | Err::Failure(problem) => problem,
        Err::Incomplete(_) => Problem::here(tokens, Expected::Condition),
    })
}

/// Conditions, what joins them, and the levels they stand in.
fn expression(mut input: Tokens<'_, '_>) -> Result<Expr, Err<Problem>> {
    let mut levels = Levels::default();
    loop {
        while let (rest, Some(prefix)) = opt(prefix).parse(input)? {
            if levels.depth() == MAX_DEPTH {
                return fail(input, Expected::Shallower);
            }
            match prefix.kind {
                TokenKind::Open => levels.open(prefix.span()),
                _ => levels.negate(prefix.span()),
            }
            input = rest;
        }
        let (rest, mut operand) = match condition(input) {
            Ok(read) => read,
            Err(error) => return Err(error.map(|problem| problem.within(input))),
        };
        if levels.are_empty() && peek(rest) == TokenKind::End {
            return Ok(operand);
        }
        input = rest;
        loop {
            if levels.negates() {
                operand = levels.negated(operand);
            }
            let (rest, Some(close)) = opt(close).parse(input)? else {
                break;
            };
            operand = match levels.close(operand, close.span()) {
                Some(group) => group,
                None => return fail(input, Expected::End),
            };
            (input, ()) = boundary(rest, Expected::Joint)?;
        }
        let (rest, next) = step(input, Expected::Joint)?;
        match next.kind {
            TokenKind::Keyword(Keyword::And) => levels.and(operand),
            TokenKind::Keyword(Keyword::Or) => levels.or(operand),
            _ if levels.are_open() => return fail(input, Expected::Close),
            _ => return Ok(levels.finish(operand)),
        }
        input = rest;
    }
}

/// `not` or `(`.
fn prefix<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, &'t Token<'a>> {
    let not = |input| token(input, TokenKind::Keyword(Keyword::Not));
    let open = |input| token(input, TokenKind::Open);
    alt((not, open)).parse(input)
}

/// `)`.
fn close<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, &'t Token<'a>> {
    token(input, TokenKind::Close)
}

fn condition<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, Expr> {
    let (input, path) = path(input)?;
    let (input, operator) = opt(operator).parse(input)?;
    let Some(operator) = operator else {
        return presence(input, path);
    };
    match operator.op {
        Op::In | Op::NotIn => list(input, path, operator),
        Op::Between => range(input, path, operator),
        _ => comparison(input, path, operator),
    }
}

fn path<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, Path> {
    let (rest, next) = step(input, Expected::Condition)?;
    let name = match next.kind {
        TokenKind::Word => next.text.into(),
        TokenKind::Name => unquote(next.text).into(),
        _ => return fail(input, Expected::Condition),
    };
    Ok((rest, Path::new(name, next.span())))
}

/// An operator in one word, in symbols, or in the two words `not in`.
fn operator<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, Operator> {
    let (rest, first) = step(input, Expected::Operator)?;
    if let Some(op) = first.kind.operator() {
        return Ok((rest, Operator::new(op, first.text, first.span())));
    }
    let negated = first.kind == TokenKind::Keyword(Keyword::Not);
    match rest.split_first().filter(|_| negated) {
        Some((second, rest)) if second.kind.operator() == Some(Op::In) => {
            let span = first.span().to(second.span());
            Ok((rest, Operator::new(Op::NotIn, "not in", span)))
        }
        _ => Err(Err::Error(Problem::here(input, Expected::Operator))),
    }
}

fn presence<'t, 'a>(input: Tokens<'t, 'a>, path: Path) -> Parsed<'t, 'a, Expr> {
    let (input, ()) = boundary(input, Expected::Operator)?;
    let span = path.span();
    Ok((input, Expr::new(ExprKind::Has(path), span)))
}

fn comparison<'t, 'a>(
    input: Tokens<'t, 'a>,
    path: Path,
    operator: Operator,
) -> Parsed<'t, 'a, Expr> {
    let (input, value) = value(input)?;
    let (input, ()) = boundary(input, Expected::Joint)?;
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
    let (mut input, first) = value(input)?;
    let end = |next: &Token<'_>| next.kind == TokenKind::ListClose;
    let commas = input.iter().position(end).unwrap_or_default() / 2;
    let mut values = Vec::with_capacity(1 + commas);
    values.push(first);
    let mut another = preceded(|input| token(input, TokenKind::Comma), value);
    while let (rest, Some(more)) = opt(|input| another.parse(input)).parse(input)? {
        values.push(more);
        input = rest;
    }
    let (input, close) = expect(input, TokenKind::ListClose, Expected::ListEnd)?;
    let (input, ()) = boundary(input, Expected::Joint)?;
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
    let words = operator.spelling() == Op::Between.as_str();
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
    let (input, ()) = boundary(input, Expected::Joint)?;
    let span = path.span().to(end);
    let kind = ExprKind::Range {
        path,
        operator,
        low: Box::new(low),
        high: Box::new(high),
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
    match literal(next) {
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
    match peek(input) {
        TokenKind::Keyword(Keyword::And | Keyword::Or) | TokenKind::Close | TokenKind::End => {
            Ok((input, ()))
        }
        _ => fail(input, expected),
    }
}

/// One token of the kind, or else another rule.
fn token<'t, 'a>(input: Tokens<'t, 'a>, kind: TokenKind) -> Parsed<'t, 'a, &'t Token<'a>> {
    match input.split_first() {
        Some((first, rest)) if first.kind == kind => Ok((rest, first)),
        _ => Err(Err::Error(Problem::here(input, Expected::Condition))),
    }
}

/// One token of the kind, or else the end of all.
fn expect<'t, 'a>(
    input: Tokens<'t, 'a>,
    kind: TokenKind,
    expected: Expected,
) -> Parsed<'t, 'a, &'t Token<'a>> {
    match input.split_first() {
        Some((first, rest)) if first.kind == kind => Ok((rest, first)),
        _ => fail(input, expected),
    }
}

/// Any one token.
fn step<'t, 'a>(input: Tokens<'t, 'a>, expected: Expected) -> Parsed<'t, 'a, &'t Token<'a>> {
    match input.split_first() {
        Some((first, rest)) => Ok((rest, first)),
        None => fail(input, expected),
    }
}

fn peek(input: Tokens<'_, '_>) -> TokenKind {
    input.first().map_or(TokenKind::End, |next| next.kind)
}

fn fail<T>(input: Tokens<'_, '_>, expected: Expected) -> Result<T, Err<Problem>> {
    Err(Err::Failure(Problem::here(input, expected)))
}
