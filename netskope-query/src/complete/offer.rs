//! What there is to offer at each place.

use super::fit::{NEAR, PREFIX, fit};
use super::operator::{meaning, suited};
use super::{Completion, CompletionKind, Expected, Place};
use crate::literal::{unescape, unquote};
use crate::token::{TokenKind, is_typographic};
use crate::{Code, Field, Literal, Op, Path, Schema, Span};
use alloc::{format, string::String, string::ToString, vec::Vec};

/// What is offered so far, each with its fit.
pub(super) struct Offers<'t, 's> {
    /// What was typed of the word before the cursor, without the quote it began with and what escapes it.
    typed: String,
    quote: Option<char>,
    place: Place<'t>,
    schema: &'s Schema<'s>,
    found: Vec<(usize, Completion)>,
}

impl<'t, 's> Offers<'t, 's> {
    pub(super) fn new(typed: &'t str, place: Place<'t>, schema: &'s Schema<'s>) -> Self {
        let first = typed.chars().next();
        let quote = first.filter(|c| matches!(c, '\'' | '"' | '`') || is_typographic(*c));
        let inside = quote.and_then(|quote| Some(unescape(typed.strip_prefix(quote)?, quote)));
        let typed = inside.unwrap_or_else(|| typed.into());
        Self {
            typed,
            quote,
            place,
            schema,
            found: Vec::new(),
        }
    }

    /// The best first, in the order of the schema where they fit alike; near ones only where nothing fits.
    pub(super) fn ranked(self) -> Vec<Completion> {
        let best = self.found.iter().map(|(fit, _)| *fit).min();
        let ranks = match best {
            Some(best) if best >= NEAR => best..best + 1,
            _ => 0..NEAR,
        };
        let mut items = Vec::with_capacity(self.found.len());
        let mut left = self.found;
        for rank in ranks {
            let (next, worse): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|(fit, _)| *fit == rank);
            items.extend(next.into_iter().map(|(_, item)| item));
            left = worse;
        }
        items
    }

    pub(super) fn all(&mut self) {
        match self.place.expected {
            Expected::Condition => {
                self.fields();
                self.words(&[
                    ("not", "what follows must not hold"),
                    ("(", "opens a group"),
                ]);
            }
            Expected::Operator => {
                self.operators();
                self.joints();
            }
            Expected::In => self.operator(Op::In),
            Expected::List => self.words(&[("[", "opens the list")]),
            Expected::Value | Expected::Item | Expected::Low | Expected::High => self.values(),
            Expected::ItemEnd => self.item_end(),
            Expected::To => self.words(&[("to", "goes before the upper bound")]),
            Expected::Joint => self.joints(),
        }
    }

    fn fields(&mut self) {
        if matches!(self.quote, None | Some('`')) {
            for field in self.schema.fields {
                self.field(field);
            }
        }
    }

    /// Without the prefix of the rows, unless that names another field or the prefix was typed.
    fn field(&mut self, field: &Field<'_>) {
        let names = [self.schema.bare(field.path), field.path];
        let fits = names.map(|name| fit(&self.typed, name).map(|fit| (fit, name)));
        let best = fits.into_iter().flatten().min_by_key(|(fit, _)| *fit);
        if let Some((fit, name)) = best {
            self.name(fit, name, field.doc);
        } else if let Some(fit) = self.fit_in_row(field.path) {
            let name = format!("{}.{}", self.schema.rows.unwrap_or_default(), field.path);
            self.name(fit, &name, field.doc);
        }
    }

    fn name(&mut self, fit: usize, name: &str, doc: &str) {
        let insert = Path::new(name.into(), Span::default()).to_string();
        self.push(fit, insert, name, CompletionKind::Field, doc);
    }

    /// Of a field listed without the prefix of the rows, where that was typed and the rows have the field too.
    fn fit_in_row(&self, path: &str) -> Option<usize> {
        let inside = self.schema.within_row(&self.typed);
        let (first, _) = path.split_once('.').unwrap_or((path, ""));
        let in_rows = inside.len() < self.typed.len() && self.schema.in_rows.contains(&first);
        in_rows.then(|| fit(inside, path))?
    }

    /// The field of the condition, where the schema knows it.
    fn known(&self) -> Option<&'s Field<'s>> {
        let token = self.place.field?;
        let name = match token.kind {
            TokenKind::Name => unquote(token.text),
            _ => token.text.into(),
        };
        self.schema.field(&self.schema.meant(&name))
    }

    fn operators(&mut self) {
        for op in suited(self.known().map(|field| field.kind)) {
            self.operator(*op);
        }
    }

    fn operator(&mut self, op: Op) {
        self.word(CompletionKind::Operator, op.as_str(), meaning(op));
    }

    fn joints(&mut self) {
        self.words(&[("and", "both must hold"), ("or", "one of them must hold")]);
        if self.place.open > 0 {
            self.words(&[(")", "closes the group")]);
        }
    }

    /// A range has two values, a list any number of them.
    fn item_end(&mut self) {
        let range = self.place.op == Some(Op::Between);
        if !range || self.place.items < 2 {
            self.words(&[(",", "goes before another value")]);
        }
        if !range || self.place.items == 2 {
            self.words(&[("]", "closes the list")]);
        }
    }

    fn values(&mut self) {
        if self.quote == Some('`') {
            return;
        }
        let field = self.known();
        for code in field.map_or(&[][..], |field| field.codes) {
            self.code(code);
        }
        let equality = matches!(
            self.place.op,
            None | Some(Op::Eq | Op::Ne | Op::In | Op::NotIn)
        );
        if equality && self.quote.is_none() {
            if field.is_none() {
                self.constant("true", "the truth value");
                self.constant("false", "the truth value");
            }
            self.constant("null", "no value");
        }
    }

    /// By its label, or by its number as far as that was typed.
    fn code(&mut self, code: &Code<'_>) {
        let number = code.code.map(|code| code.to_string());
        let by_number = number
            .as_deref()
            .filter(|number| !self.typed.is_empty() && number.starts_with(&self.typed));
        let Some(fit) = by_number
            .map(|_| 0)
            .or_else(|| fit(&self.typed, code.label))
        else {
            return;
        };
        let doc = number.map_or_else(String::new, |number| format!("code {number}"));
        let insert = Literal::from(code.label).to_string();
        self.push(fit, insert, code.label, CompletionKind::Value, &doc);
    }

    fn constant(&mut self, word: &str, doc: &str) {
        self.word(CompletionKind::Value, word, doc);
    }

    fn words(&mut self, words: &[(&str, &str)]) {
        for (word, doc) in words {
            self.word(CompletionKind::Keyword, word, doc);
        }
    }

    /// A word of the language, where it begins with what was typed.
    fn word(&mut self, kind: CompletionKind, word: &str, doc: &str) {
        if let Some(fit) =
            fit(&self.typed, word).filter(|fit| *fit <= PREFIX && self.quote.is_none())
        {
            self.push(fit, word.into(), word, kind, doc);
        }
    }

    fn push(&mut self, fit: usize, insert: String, label: &str, kind: CompletionKind, doc: &str) {
        let item = Completion {
            insert,
            label: label.into(),
            kind,
            doc: doc.into(),
        };
        self.found.push((fit, item));
    }
}
