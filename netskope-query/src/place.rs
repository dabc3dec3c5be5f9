//! What may stand next in a text, told from the tokens before it, however wrong they are.

use crate::literal::literal;
use crate::operator::Keyword;
use crate::token::{Bad, Token, TokenKind};
use crate::{Literal, Op, TokenClass};

/// A place between two tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place<'a> {
    pub(crate) expected: Expected,
    /// The field of the condition that is being read.
    pub(crate) field: Option<Token<'a>>,
    /// Its operator.
    pub(crate) op: Option<Op>,
    /// How many values its list holds.
    pub(crate) items: usize,
    /// How many parentheses are open.
    pub(crate) open: usize,
}

/// What a [`Place`] waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Expected {
    /// A field, `not` or `(`.
    #[default]
    Condition,
    Operator,
    /// The `in` of `not in`.
    In,
    /// The value of a comparison.
    Value,
    /// `[`.
    List,
    /// A value in a list.
    Item,
    /// `,` or `]`.
    ItemEnd,
    /// The lower bound after `from`.
    Low,
    /// `to`.
    To,
    /// The upper bound.
    High,
    /// `and`, `or` or `)`.
    Joint,
}

impl<'a> Place<'a> {
    /// Goes past a token, and tells what it was.
    pub(crate) fn read(&mut self, token: &Token<'a>) -> TokenClass {
        let (expected, class) = match (token.kind, self.expected) {
            (TokenKind::Keyword(Keyword::And | Keyword::Or), _) => {
                (Expected::Condition, TokenClass::Keyword)
            }
            (TokenKind::Close, expected) => (Expected::Joint, self.close(expected)),
            (_, Expected::Condition) => self.condition(token),
            (_, Expected::Value | Expected::Item | Expected::Low | Expected::High) => {
                self.value(token)
            }
            (TokenKind::Keyword(Keyword::Not), Expected::Operator) => {
                (Expected::In, TokenClass::Operator)
            }
            (TokenKind::ListOpen, Expected::List) | (TokenKind::Comma, Expected::ItemEnd) => {
                (Expected::Item, TokenClass::Punctuation)
            }
            (TokenKind::ListClose, Expected::ItemEnd) => (Expected::Joint, TokenClass::Punctuation),
            (TokenKind::Word, Expected::To) if token.text.eq_ignore_ascii_case("to") => {
                (Expected::High, TokenClass::Keyword)
            }
            (_, Expected::Operator | Expected::In) => self.operator(token),
            _ => (self.expected, TokenClass::Error),
        };
        self.expected = expected;
        class
    }

    fn condition(&mut self, token: &Token<'a>) -> (Expected, TokenClass) {
        match token.kind {
            TokenKind::Keyword(Keyword::Not) => (Expected::Condition, TokenClass::Keyword),
            TokenKind::Open => {
                self.open += 1;
                (Expected::Condition, TokenClass::Punctuation)
            }
            TokenKind::ListClose | TokenKind::Comma => (Expected::Condition, TokenClass::Error),
            kind => {
                (self.field, self.op, self.items) = (Some(*token), None, 0);
                let named = match kind {
                    TokenKind::Bad(Bad::Unterminated) => token.text.starts_with('`'),
                    kind => matches!(kind, TokenKind::Word | TokenKind::Name),
                };
                let class = if named {
                    TokenClass::Field
                } else {
                    TokenClass::Error
                };
                (Expected::Operator, class)
            }
        }
    }

    fn close(&mut self, expected: Expected) -> TokenClass {
        let closes = self.open > 0 && matches!(expected, Expected::Operator | Expected::Joint);
        self.open = self.open.saturating_sub(1);
        if closes {
            TokenClass::Punctuation
        } else {
            TokenClass::Error
        }
    }

    /// A word that is no operator is taken for one, since it probably was meant to be.
    fn operator(&mut self, token: &Token<'_>) -> (Expected, TokenClass) {
        let Some(op) = token.kind.operator() else {
            return match token.kind {
                TokenKind::Bad(Bad::Symbol) if matches!(token.text, "&&" | "||") => {
                    (Expected::Condition, TokenClass::Error)
                }
                TokenKind::Word | TokenKind::Term | TokenKind::Bad(Bad::Symbol) => {
                    (Expected::Value, TokenClass::Error)
                }
                _ => (Expected::Joint, TokenClass::Error),
            };
        };
        let after_not = self.expected == Expected::In;
        self.op = Some(if after_not { Op::NotIn } else { op });
        let expected = match op {
            Op::Between if token.text.eq_ignore_ascii_case(op.as_str()) => Expected::Low,
            Op::In | Op::NotIn | Op::Between => Expected::List,
            _ => Expected::Value,
        };
        let class = if after_not && op != Op::In {
            TokenClass::Error
        } else {
            TokenClass::Operator
        };
        (expected, class)
    }

    fn value(&mut self, token: &Token<'_>) -> (Expected, TokenClass) {
        let class = match (token.kind, literal(token)) {
            (_, Some(Literal::Number(_))) => TokenClass::Number,
            (_, Some(Literal::Bool(_) | Literal::Null)) => TokenClass::Constant,
            (_, Some(Literal::Text(_))) | (TokenKind::Bad(Bad::Unterminated), None) => {
                TokenClass::String
            }
            (_, None) => TokenClass::Error,
        };
        let expected = match (token.kind, self.expected) {
            // `eq [a]`, and a second `[`.
            (TokenKind::ListOpen, _) => Expected::Item,
            (TokenKind::ListClose, _) => Expected::Joint,
            (TokenKind::Comma | TokenKind::Symbol(..), expected) => expected,
            (_, Expected::Item) => {
                self.items += 1;
                Expected::ItemEnd
            }
            (_, Expected::Low) => Expected::To,
            _ => Expected::Joint,
        };
        (expected, class)
    }
}
