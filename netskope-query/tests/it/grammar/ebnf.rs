//! Reads EBNF as the W3C writes it, and makes texts from it.

use std::collections::BTreeMap;

pub(super) struct Ebnf {
    rules: BTreeMap<String, Node>,
}

enum Node {
    Text(String),
    /// The characters, and whether all others are meant.
    Class(Vec<(char, char)>, bool),
    Rule(String),
    All(Vec<Node>),
    One(Vec<Node>),
    /// How often at least and at most.
    Repeated(Box<Node>, u64, u64),
    Except(Box<Node>, Box<Node>),
}

/// Numbers that look random.
pub(super) struct Random(pub(super) u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).expect("an index")]
    }
}

/// What may stand where the rules say `Any`, or all but a few characters.
const ANY: &[char] = &[
    'a', 'Z', '0', ' ', '\t', '\n', '\'', '"', '`', '\\', '(', ']', ',', '%', '=', 'é', '日', '👩',
    '\u{301}', '’', '\u{7f}',
];

/// What has no rule.
fn class(name: &str) -> &'static [char] {
    match name {
        "Alphabetic" => &['é', 'ß', 'ж', '日', 'Ⅷ'],
        "Numeric" => &['٣', '½', '²'],
        "WhiteSpace" => &['\u{a0}', '\u{2003}', '\u{3000}'],
        "Any" => ANY,
        _ => panic!("no rule for {name}"),
    }
}

/// From here on a text takes the first choice and repeats nothing, so that it ends.
const DEEP: u64 = 14;

/// Rules between whose pieces nothing stands.
const PIECES: &[&str] = &["Name", "Backticked", "Quoted", "Word"];

impl Ebnf {
    pub(super) fn read(text: &str) -> Self {
        let mut rules = BTreeMap::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let (name, first) = line.split_once("::=").unwrap_or_else(|| panic!("{line}"));
            let mut rule = first.to_owned();
            while let Some(more) = lines.next_if(|line| !line.contains("::=")) {
                rule.push_str(more);
            }
            let mut left = rule.as_str();
            let node = choice(&mut left);
            assert_eq!(left.trim(), "", "{rule}");
            rules.insert(name.trim().to_owned(), node);
        }
        Self { rules }
    }

    /// All texts that the rule names.
    pub(super) fn texts(&self, rule: &str) -> Vec<String> {
        let mut texts = Vec::new();
        self.add_texts(&self.rules[rule], &mut texts);
        texts
    }

    fn add_texts(&self, node: &Node, texts: &mut Vec<String>) {
        match node {
            Node::Text(text) => texts.push(text.clone()),
            Node::Rule(name) if name == "Reserved" => self.add_texts(&self.rules[name], texts),
            Node::All(nodes) | Node::One(nodes) => {
                for node in nodes {
                    self.add_texts(node, texts);
                }
            }
            Node::Repeated(node, ..) => self.add_texts(node, texts),
            Node::Class(..) | Node::Rule(_) | Node::Except(..) => {}
        }
    }

    pub(super) fn make(&self, rule: &str, random: &mut Random) -> String {
        let mut text = String::new();
        self.add(&Node::Rule(rule.into()), 0, true, random, &mut text);
        text
    }

    /// `apart` where white space may stand between pieces.
    fn add(&self, node: &Node, depth: u64, apart: bool, random: &mut Random, text: &mut String) {
        match node {
            Node::Text(word) if apart => {
                let shout = random.below(4) == 0;
                text.push_str(&if shout {
                    word.to_uppercase()
                } else {
                    word.clone()
                });
                self.space(random, text);
            }
            Node::Text(word) => text.push_str(word),
            Node::Class(ranges, negated) => text.push(one_of(ranges, *negated, random)),
            Node::Rule(name) => match self.rules.get(name) {
                Some(rule) => {
                    self.add(
                        rule,
                        depth + 1,
                        apart && !PIECES.contains(&&**name),
                        random,
                        text,
                    );
                    if PIECES.contains(&&**name) {
                        self.space(random, text);
                    }
                }
                None => text.push(*random.of(class(name))),
            },
            Node::All(nodes) => {
                for node in nodes {
                    self.add(node, depth, apart, random, text);
                }
            }
            Node::One(nodes) if depth > DEEP => self.add(&nodes[0], depth, apart, random, text),
            Node::One(nodes) => self.add(random.of(nodes), depth, apart, random, text),
            Node::Repeated(node, least, most) => {
                let more = if depth > DEEP {
                    0
                } else {
                    random.below(most - least + 1)
                };
                for _ in 0..least + more {
                    self.add(node, depth, apart, random, text);
                }
            }
            Node::Except(node, not) => {
                let mut excluded = Vec::new();
                self.add_texts(not, &mut excluded);
                let made = std::iter::repeat_with(|| {
                    let mut made = String::new();
                    self.add(node, depth, apart, random, &mut made);
                    made
                });
                let is_free = |made: &String| !excluded.contains(&made.to_lowercase());
                text.push_str(&made.take(100).find(is_free).expect("one that is not"));
            }
        }
    }

    fn space(&self, random: &mut Random, text: &mut String) {
        text.push(' ');
        while random.below(6) == 0 {
            self.add(&self.rules["Space"], 0, false, random, text);
        }
    }
}

fn one_of(ranges: &[(char, char)], negated: bool, random: &mut Random) -> char {
    let is_in = |c: char| ranges.iter().any(|(from, to)| (*from..=*to).contains(&c));
    if negated {
        let others: Vec<char> = ANY.iter().copied().filter(|c| !is_in(*c)).collect();
        return *random.of(&others);
    }
    let (from, to) = *random.of(ranges);
    let all: Vec<char> = (from..=to).collect();
    *random.of(&all)
}

fn choice(left: &mut &str) -> Node {
    let mut choices = vec![sequence(left)];
    while taken(left, "|") {
        choices.push(sequence(left));
    }
    if choices.len() == 1 {
        choices.remove(0)
    } else {
        Node::One(choices)
    }
}

fn sequence(left: &mut &str) -> Node {
    let mut all = Vec::new();
    while !left.trim_start().starts_with(['|', ')']) && !left.trim_start().is_empty() {
        let mut node = repeated(left);
        if taken(left, "- ") {
            node = Node::Except(Box::new(node), Box::new(repeated(left)));
        }
        all.push(node);
    }
    if all.len() == 1 {
        all.remove(0)
    } else {
        Node::All(all)
    }
}

fn repeated(left: &mut &str) -> Node {
    let node = single(left);
    let (least, most) = match left.chars().next() {
        Some('?') => (0, 1),
        Some('*') => (0, 3),
        Some('+') => (1, 4),
        _ => return node,
    };
    *left = left.split_at(1).1;
    Node::Repeated(Box::new(node), least, most)
}

fn single(left: &mut &str) -> Node {
    *left = left.trim_start();
    let first = left.chars().next().expect("something");
    if taken(left, "(") {
        let node = choice(left);
        assert!(taken(left, ")"), "{left}");
        return node;
    }
    if first == '\'' || first == '"' || first == '[' {
        let end = if first == '[' { ']' } else { first };
        let (inside, rest) = left.split_at(1).1.split_once(end).expect("an end");
        *left = rest;
        return if first == '[' {
            ranges(inside)
        } else {
            Node::Text(inside.into())
        };
    }
    let end = left
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(left.len());
    let (name, rest) = left.split_at(end);
    assert!(!name.is_empty(), "{left}");
    *left = rest;
    Node::Rule(name.into())
}

/// What is between the brackets of a class.
fn ranges(inside: &str) -> Node {
    let negated = inside.starts_with('^');
    let mut left = inside.trim_start_matches('^');
    let mut ranges = Vec::new();
    while !left.is_empty() {
        let from = character(&mut left);
        let is_range = left.starts_with('-') && left.len() > 1;
        if is_range {
            left = left.split_at(1).1;
        }
        ranges.push((from, if is_range { character(&mut left) } else { from }));
    }
    Node::Class(ranges, negated)
}

/// One character, perhaps by its number, as in `#xD`.
fn character(left: &mut &str) -> char {
    if let Some(number) = left.strip_prefix("#x") {
        let end = number
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(number.len());
        let (number, rest) = number.split_at(end);
        *left = rest;
        let number = u32::from_str_radix(number, 16).expect("hexadecimal");
        return char::from_u32(number).expect("a character");
    }
    let first = left.chars().next().expect("a character");
    *left = left.split_at(first.len_utf8()).1;
    first
}

fn taken(left: &mut &str, piece: &str) -> bool {
    let rest = left.trim_start().strip_prefix(piece);
    *left = rest.unwrap_or(left);
    rest.is_some()
}
