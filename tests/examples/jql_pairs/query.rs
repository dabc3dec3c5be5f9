//! Queries about a record, in our spellings and in those of the command line.

use proptest::prelude::{Just, Strategy, any};
use proptest::strategy::{BoxedStrategy, Union};
use proptest::{collection, prop_oneof, sample};
use serde_json::Value;

use super::record::{NAMES, TEXTS, paths, texts};

/// One query in two spellings.
#[derive(Clone, Debug)]
pub(super) struct Query {
    pub(super) ours: String,
    pub(super) peer: String,
}

impl Query {
    fn same(text: String) -> Self {
        Self {
            peer: text.clone(),
            ours: text,
        }
    }

    fn map(&self, wrap: impl Fn(&str) -> String) -> Self {
        Self {
            ours: wrap(&self.ours),
            peer: wrap(&self.peer),
        }
    }
}

/// Our spelling of a comparison, and how the command line says the same; `{f}` is the field, `{v}` and `{w}` are values.
const COMPARISONS: &[(&str, &str)] = &[
    ("{f} eq {v}", ""),
    ("{f}={v}", ""),
    ("{f} == {v}", ""),
    ("{f} ne {v}", ""),
    ("{f} != {v}", ""),
    ("{f} neq {v}", "{f} ne {v}"),
    ("{f} gt {v}", ""),
    ("{f}>{v}", ""),
    ("{f} ge {v}", ""),
    ("{f} >= {v}", ""),
    ("{f} gte {v}", "{f} ge {v}"),
    ("{f} lt {v}", ""),
    ("{f} < {v}", ""),
    ("{f} le {v}", ""),
    ("{f}<={v}", ""),
    ("{f} LTE {v}", "{f} le {v}"),
    ("{f} in [{v}]", ""),
    ("{f} In[{v},{w}]", ""),
    ("{f} not in [ {v} , {w} ]", ""),
    ("{f} not_in [{v}, {w}]", "{f} not in [{v}, {w}]"),
    ("{f} notin [{v}]", "{f} NOT IN [{v}]"),
    ("{f} between [{v}, {w}]", ""),
    ("{f} from {v} to {w}", "{f} between [{v}, {w}]"),
];

/// The same with a pattern for a value.
const PATTERNS: &[(&str, &str)] = &[
    ("{f} like {p}", ""),
    ("{f} LIKE {p}", ""),
    ("{f} ~ {p}", "{f} like {p}"),
    ("{f} notlike {p}", "not {f} like {p}"),
    ("{f} !~ {p}", "(not {f} like {p})"),
];

/// What only the command line reads.
const REFUSED: &[&str] = &[
    "{f} in []",
    "{f} not in []",
    "{f}[0] eq {v}",
    "{f}[].x ne {v}",
];

pub(super) fn query(record: &Value) -> BoxedStrategy<Query> {
    let condition = condition(path(record), &texts(record)).boxed();
    let leaf = condition.clone();
    let joint = sample::select(&["and", "or", "AND", "Or"][..]);
    let chain = (collection::vec((condition, any::<bool>()), 2..4), joint);
    prop_oneof![
        6 => leaf.clone(),
        1 => leaf.prop_map(|inner| inner.map(|text| format!("not ({text})"))),
        1 => chain.clone().prop_map(|(operands, joint)| join(&operands, joint)),
        1 => (chain.clone(), chain).prop_map(|((left, joint), (right, other))| {
            let operands = [(join(&left, joint), true), (join(&right, other), false)];
            join(&operands, joint)
        }),
    ]
    .boxed()
}

/// Joins the operands, some in parentheses, so that the order of `and` and `or` counts where there are none.
fn join(operands: &[(Query, bool)], joint: &str) -> Query {
    let all = |side: fn(&Query) -> &str| {
        let texts = operands.iter().map(|(operand, grouped)| match grouped {
            true => format!("({})", side(operand)),
            false => side(operand).to_owned(),
        });
        texts.collect::<Vec<_>>().join(&format!(" {joint} "))
    };
    Query {
        ours: all(|query| &query.ours),
        peer: all(|query| &query.peer),
    }
}

fn condition(
    path: BoxedStrategy<String>,
    present: &[String],
) -> impl Strategy<Value = Query> + use<> {
    let value = value(present).boxed();
    let pattern = pattern(present).boxed();
    let parts = (path, value.clone(), value, pattern, start(present));
    let forms = Union::new_weighted(vec![
        (60, sample::select(COMPARISONS).boxed()),
        (20, sample::select(PATTERNS).boxed()),
        (4, Just(("{f} startswith {s}", "{f} like {s*}")).boxed()),
        (
            1,
            sample::select(REFUSED).prop_map(|form| (form, "")).boxed(),
        ),
    ]);
    (forms, parts).prop_map(|((ours, peer), (path, value, other, pattern, start))| {
        let fill = |form: &str| {
            form.replace("{f}", &path)
                .replace("{v}", &value)
                .replace("{w}", &other)
                .replace("{p}", &pattern)
                .replace("{s}", &quoted(&start, '\''))
                .replace("{s*}", &quoted(&format!("{start}*"), '\''))
        };
        match peer {
            "" => Query::same(fill(ours)),
            peer => Query {
                ours: fill(ours),
                peer: fill(peer),
            },
        }
    })
}

/// A field of the record, or one that it may have.
fn path(record: &Value) -> BoxedStrategy<String> {
    let ends = &["", ".x", ".y", ".x.y"][..];
    let any = (sample::select(NAMES), sample::select(ends));
    let any = any.prop_map(|(name, end)| format!("{name}{end}")).boxed();
    match paths(record) {
        there if there.is_empty() => any,
        there => prop_oneof![4 => sample::select(there), 1 => any].boxed(),
    }
}

/// A text of the record or of those that are odd, perhaps in another case.
fn text(present: &[String]) -> BoxedStrategy<String> {
    let odd = sample::select(TEXTS).prop_map(str::to_owned).boxed();
    let text = match present {
        [] => odd,
        _ => prop_oneof![2 => sample::select(present.to_vec()), 1 => odd].boxed(),
    };
    let case = |(text, case): (String, u8)| match case {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        _ => text,
    };
    (text, 0..6u8).prop_map(case).boxed()
}

/// A value of a query, quoted where it must be and sometimes where it need not.
fn value(present: &[String]) -> impl Strategy<Value = String> + use<> {
    let written = (text(present), any::<bool>(), any::<bool>())
        .prop_map(|(text, bare, double)| write(&text, bare, double));
    let number = (-6..12i32).prop_map(|number| number.to_string());
    let spelt = sample::select(
        &[
            "007",
            "7.00",
            "-0",
            "1.50",
            "true",
            "FALSE",
            "Null",
            "null",
            r"'10\.'",
            r#""a\tb""#,
        ][..],
    );
    prop_oneof![8 => written, 1 => number, 2 => spelt.prop_map(str::to_owned)]
}

/// A text of which parts have become wildcards.
fn pattern(present: &[String]) -> impl Strategy<Value = String> + use<> {
    let cut = (text(present), 0..6u8, any::<bool>(), any::<bool>());
    cut.prop_map(|(text, how, bare, double)| {
        let letters: Vec<char> = text.chars().collect();
        let (first, rest) = letters.split_at(letters.len() / 2);
        let [first, rest] = [first, rest].map(|half| half.iter().collect::<String>());
        let pattern = match how {
            0 => format!("{first}*"),
            1 => format!("*{rest}"),
            2 => format!("{first}*{rest}"),
            3 => letters.iter().map(|_| '?').collect(),
            4 => format!("*{text}*"),
            _ => text,
        };
        write(&pattern, bare, double)
    })
}

/// The start of a text, free of what the command line would take for a wildcard.
fn start(present: &[String]) -> impl Strategy<Value = String> + use<> {
    text(present).prop_map(|text| {
        let half = text.chars().count().div_ceil(2);
        text.chars()
            .take(half)
            .filter(|c| !"*?".contains(*c))
            .collect()
    })
}

fn write(text: &str, bare: bool, double: bool) -> String {
    let word = |c: char| c.is_ascii_alphanumeric() || "_.-@:/*?+".contains(c);
    let reserved = ["and", "or", "not"].contains(&text.to_lowercase().as_str());
    if bare && !text.is_empty() && !reserved && text.chars().all(word) {
        return text.to_owned();
    }
    quoted(text, if double { '"' } else { '\'' })
}

fn quoted(text: &str, quote: char) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace(quote, &format!("\\{quote}"));
    format!("{quote}{escaped}{quote}")
}
