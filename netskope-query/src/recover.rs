//! All mistakes of a text.
//!
//! Each is mended in a draft, by its own fix or by any condition in the place of the broken one, and the draft is read
//! again. So what comes next is told as if the mistake had not been made.

mod draft;
mod hole;

use crate::mistake::{self, Mend};
use crate::{Diagnostic, Schema, grammar, lex};
use alloc::{vec, vec::Vec};
use draft::Draft;

/// So many mistakes are told one by one.
const MOST: usize = 10;

/// How often a draft is mended and read again.
const ROUNDS: usize = 2 * MOST;

/// The mistakes of a text that is no query, in its order.
pub(crate) fn mistakes(text: &str, schema: &Schema<'_>) -> Vec<Diagnostic> {
    if let Some(refusal) = mistake::refuse(text) {
        return vec![refusal];
    }
    let mut draft = Draft::new(text);
    for round in 1.. {
        let Err(problem) = grammar::query(draft.text()) else {
            break;
        };
        let tokens = lex::tokens(draft.text());
        let (mistake, mend) = mistake::explain(draft.text(), &tokens, schema, problem);
        let change = match mend {
            Mend::Fix => mistake.fix.clone(),
            Mend::Hole => Some(hole::fill(&tokens, problem)),
            Mend::Joint => Some(hole::join(&tokens, problem)),
            Mend::Nothing => None,
        };
        if round == ROUNDS || draft.told() == MOST {
            draft.tell_more(mistake);
            break;
        }
        let fix_of = draft.tell(mistake, mend);
        match change {
            Some(change) => draft.make(&change, fix_of),
            None => break,
        }
        if draft.is_blank() {
            break;
        }
    }
    draft.finish()
}
