//! From tokens to a tree.
//!
//! Each rule takes the tokens left and gives those left after it. Whatever cannot go on fails at once with a
//! [`Problem`]: a place and what was expected there; what to say about it is told in `mistake.rs`.

use crate::expr::{Joint, is_plain_name};
use crate::literal::{literal, unquote};
use crate::operator::Keyword;
use crate::token::{Token, TokenKind};
use crate::{Expr, ExprKind, MAX_DEPTH, Op, Operator, Path, Span, Value};
use alloc::{boxed::Box, vec::Vec};
use core::mem;
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
    match expression(tokens) {
        Ok((_, expr)) => Ok(expr),
        Err(Err::Error(problem) | Err::Failure(problem)) => Err(problem),
        Err(Err::Incomplete(_)) => Err(Problem::here(tokens, Expected::Condition)),
    }
}

/// Conditions, what joins them, and the levels they stand in.
///
/// Levels are kept in a list instead of on the stack, so that depth costs no stack here.
fn expression<'t, 'a>(mut input: Tokens<'t, 'a>) -> Parsed<'t, 'a, Expr> {
    let mut outer: Vec<Level> = Vec::new();
    let mut level = Level::default();
    let mut depth = 0;
    loop {
        while let (rest, Some(prefix)) = opt(prefix).parse(input)? {
            if depth == MAX_DEPTH {
                return fail(input, Expected::Shallower);
            }
            depth += 1;
            match prefix.kind {
                TokenKind::Open => outer.push(mem::replace(&mut level, Level::opened_by(&prefix))),
                _ => level.nots.push(prefix.span()),
            }
            input = rest;
        }
        let (rest, operand) =
            condition(input).map_err(|error| error.map(|problem| problem.within(input)))?;
        input = rest;
        depth -= level.take(operand);

        while let (rest, Some(close)) = opt(|input| token(input, TokenKind::Close)).parse(input)? {
            let Some(enclosing) = outer.pop() else {
                return fail(input, Expected::End);
            };
            let Some(group) = mem::replace(&mut level, enclosing).closed_by(&close) else {
                return fail(input, Expected::Condition);
            };
            depth -= 1 + level.take(group);
            (input, ()) = boundary(rest, Expected::Joint)?;
        }

        let (rest, next) = step(input, Expected::Joint)?;
        match next.kind {
            TokenKind::Keyword(Keyword::And) => {}
            TokenKind::Keyword(Keyword::Or) => level.end_all(),
            _ if !outer.is_empty() => return fail(input, Expected::Close),
            _ => match level.finish() {
                Some(expr) => return Ok((rest, expr)),
                None => return fail(input, Expected::Condition),
            },
        }
        input = rest;
    }
}

/// `not` or `(`.
fn prefix<'t, 'a>(input: Tokens<'t, 'a>) -> Parsed<'t, 'a, Token<'a>> {
    let not = |input| token(input, TokenKind::Keyword(Keyword::Not));
    let open = |input| token(input, TokenKind::Open);
    alt((not, open)).parse(input)
}

/// What was read between two parentheses, or in the whole text, so far.
#[derive(Default)]
struct Level {
    open: Span,
    /// The operands of `or` that are complete.
    any: Option<Expr>,
    /// The operands of `and` since.
    all: Option<Expr>,
    /// Each `not` before the next operand.
    nots: Vec<Span>,
}

impl Level {
    fn opened_by(open: &Token<'_>) -> Self {
        Self {
            open: open.span(),
            ..Self::default()
        }
    }

    /// Takes the next operand, and tells how many times it was negated.
    fn take(&mut self, operand: Expr) -> usize {
        let count = self.nots.len();
        let operand = self.nots.drain(..).rev().fold(operand, |inner, not| {
            let span = not.to(inner.span());
            Expr::new(ExprKind::Not(Box::new(inner)), span)
        });
        self.all = Some(match self.all.take() {
            Some(all) => all.join(Joint::And, operand),
            None => operand,
        });
        count
    }

    fn end_all(&mut self) {
        self.any = match (self.any.take(), self.all.take()) {
            (Some(any), Some(all)) => Some(any.join(Joint::Or, all)),
            (any, all) => any.or(all),
        };
    }

    fn finish(mut self) -> Option<Expr> {
        self.end_all();
        self.any
    }

    fn closed_by(self, close: &Token<'_>) -> Option<Expr> {
        let span = self.open.to(close.span());
        self.finish().map(|inner| inner.at(span))
    }
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
