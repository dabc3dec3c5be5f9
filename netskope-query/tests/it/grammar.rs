//! GRAMMAR.md says what is so.

mod ebnf;

use ebnf::{Ebnf, Random};
use netskope_query::parse;

const DOCUMENT: &str = include_str!("../../GRAMMAR.md");

/// The code blocks of a kind.
fn blocks(kind: &str) -> impl Iterator<Item = &'static str> {
    let begin = format!("```{kind}\n");
    let pieces: Vec<_> = DOCUMENT.split(&begin).skip(1).collect();
    let end = |piece: &'static str| piece.split("```\n").next().expect("a first piece");
    pieces.into_iter().map(end)
}

/// The lines of all blocks of a kind.
fn examples(kind: &str) -> Vec<&'static str> {
    let examples: Vec<_> = blocks(kind).flat_map(str::lines).collect();
    assert!(examples.len() > 20, "{kind}");
    examples
}

#[test]
fn valid_examples_are_read() {
    for example in examples("valid") {
        let (text, printed) = example.split_once(" → ").unwrap_or((example, example));
        let tree = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(tree.to_string(), printed, "{text}");
    }
}

#[test]
fn invalid_examples_are_refused() {
    for text in examples("invalid") {
        assert!(parse(text).is_err(), "{text}");
    }
}

#[test]
fn what_the_rules_make_is_read() {
    let rules: String = blocks("ebnf").collect();
    let grammar = Ebnf::read(&rules);
    for seed in 1..=3_000 {
        let text = grammar.make("Query", &mut Random(seed));
        let tree = parse(&text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(parse(&tree.to_string()), Ok(tree), "{text:?}");
    }
}

/// Each word that the rules reserve is refused as a field, and each that operators are made of is reserved.
#[test]
fn reserved_words_are_no_fields() {
    let rules: String = blocks("ebnf").collect();
    let grammar = Ebnf::read(&rules);
    let reserved = grammar.texts("Reserved");
    for word in &reserved {
        assert!(parse(word).is_err(), "{word}");
        assert!(parse(&format!("`{word}`")).is_ok(), "{word}");
    }
    for rule in ["Comparator", "Membership", "Range"] {
        for word in grammar.texts(rule) {
            let is_word = word.chars().all(|c| c.is_alphabetic() || c == '_');
            let known = reserved.contains(&word) || word == "to";
            assert!(!is_word || known, "{word}");
        }
    }
}
