//! What each piece of a text is.

use crate::corpus::corpus;
use netskope_query::{Expr, ExprKind, Span, TokenClass, highlight, parse};
use proptest::prelude::*;

/// The class of each character, as a letter under it.
fn letters(text: &str) -> String {
    let mut letters = vec![' '; text.chars().count()];
    for piece in highlight(text) {
        let letter = match piece.class {
            TokenClass::Field => 'f',
            TokenClass::Operator => 'o',
            TokenClass::Keyword => 'k',
            TokenClass::String => 's',
            TokenClass::Number => 'n',
            TokenClass::Constant => 'c',
            TokenClass::Punctuation => 'p',
            TokenClass::Error => '!',
            other => panic!("no letter for {other:?}"),
        };
        letters[piece.span.chars(text).range()].fill(letter);
    }
    letters.into_iter().collect()
}

#[test]
fn each_class() {
    for (text, expected) in [
        ("os eq Mac", "ff oo sss"),
        ("os=='Mac OS'", "ffoossssssss"),
        ("`in` in [in, 5, \"x\"]", "ffff oo pssp np sssp"),
        ("a not in [1]or not b", "f ooo oo pnpkk kkk f"),
        ("a from 1 to 2.5", "f oooo n kk nnn"),
        ("a between [null, true]", "f ooooooo pccccp ccccp"),
        ("(a eq true) and True", "pf oo ccccp kkk !!!!"),
        ("((a)) or b", "ppfpp kk f"),
        (
            "to eq to and a from to to to",
            "ff oo ss kkk f oooo ss kk ss",
        ),
        ("é = ü", "f o s"),
        // Half written.
        ("a", "f"),
        ("a eq", "f oo"),
        ("a eq 'x and b", "f oo ssssssss"),
        ("a eq and b", "f oo kkk f"),
        ("a in [1,", "f oo pnp"),
        ("`a b", "ffff"),
        ("not (", "kkk p"),
        // Wrong.
        ("5 eq 5", "! oo n"),
        ("eq eq eq", "!! oo ss"),
        ("a equals x or b", "f !!!!!! s kk f"),
        ("a && b", "f !! f"),
        ("a =< 5", "f !! n"),
        ("a eq Access Denied and b", "f oo ssssss !!!!!! kkk f"),
        ("a eq 1)) or (b)", "f oo n!! kk pfp"),
        ("(a eq ) or b", "pf oo ! kk f"),
        ("a in 1, 2 and b", "f oo !! ! kkk f"),
        ("a in [] and b", "f oo p! kkk f"),
        ("a eq [NAME] and b", "f oo !ssssp kkk f"),
        ("a eq ’x’ and b", "f oo !!! kkk f"),
        ("a eq <ID> and b", "f oo !ss! kkk f"),
        ("a not eq 1", "f ooo !! n"),
        ("a 'x' and b", "f !!! kkk f"),
        ("] , a", "! ! f"),
    ] {
        assert_eq!(letters(text), expected, "\n{text}");
    }
}

#[test]
fn nothing_is_wrong_with_a_query() {
    let corpus = corpus().unwrap_or_default();
    for query in corpus.lines().filter_map(|line| line.split('\t').next()) {
        if parse(query).is_ok() {
            assert!(
                !letters(query).contains('!'),
                "\n{query}\n{}",
                letters(query)
            );
        }
    }
}

pub(crate) fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(crate::words::WORDS);
    let words = prop::collection::vec(word, 0..12);
    (words, " ?").prop_map(|(words, gap)| words.join(&gap))
}

/// The places of the names and values of a tree, in the order of the text.
fn places(tree: &Expr) -> Vec<Span> {
    match tree.kind() {
        ExprKind::Or(operands) | ExprKind::And(operands) => {
            operands.iter().flat_map(places).collect()
        }
        ExprKind::Not(operand) => places(operand),
        ExprKind::Has(path) => vec![path.span()],
        ExprKind::Compare { path, value, .. } => vec![path.span(), value.span],
        ExprKind::List { path, values, .. } => {
            let values = values.iter().map(|value| value.span);
            [path.span()].into_iter().chain(values).collect()
        }
        ExprKind::Range {
            path, low, high, ..
        } => vec![path.span(), low.span, high.span],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The grammar reads the bytes of a text by itself, where this goes by its tokens.
    #[test]
    fn the_tree_is_made_of_the_same_pieces(text in words()) {
        if let Ok(tree) = parse(&text) {
            use TokenClass::{Constant, Field, Number, String};
            let named = |class| matches!(class, Field | String | Number | Constant);
            let pieces = highlight(&text).into_iter().filter(|piece| named(piece.class));
            let pieces: Vec<_> = pieces.map(|piece| piece.span).collect();
            prop_assert_eq!(places(&tree), pieces, "{}", text);
        }
    }

    #[test]
    fn every_piece_once_and_in_order(text in prop_oneof![words(), "\\PC{0,40}", any::<String>()]) {
        let mut end = 0;
        for piece in highlight(&text) {
            prop_assert!(piece.span.start() < piece.span.end());
            let between = text.get(end..piece.span.start());
            prop_assert!(between.is_some_and(|blank| blank.trim().is_empty()), "{between:?}");
            end = piece.span.end();
        }
        prop_assert_eq!(text.get(end..).map(str::trim), Some(""));
    }

    #[test]
    fn nothing_is_wrong_with_what_parses(text in words()) {
        if parse(&text).is_ok() {
            prop_assert!(!letters(&text).contains('!'), "\n{}\n{}", text, letters(&text));
        }
    }
}
