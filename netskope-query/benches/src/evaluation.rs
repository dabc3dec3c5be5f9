//! Which devices match: each engine counts them.

mod cel;
mod closures;
mod ours;
mod text;
mod values;
mod wirefilter;

pub(crate) use ours::compile;

use crate::devices::{Device, RARE_NAME, devices};
use crate::measure::{Case, Engine};
use crate::queries::{FIVE, LIKE, listed};
use netskope_query::{Expr, parse};
use serde_json::Value;
use std::collections::BTreeSet;
use std::hint::black_box;

/// The devices in every form that an engine looks into.
pub(super) struct Data {
    devices: Vec<Device>,
    values: Vec<Value>,
    texts: Vec<String>,
    /// The names of a device's users in one text, for an engine that has no lists.
    users: Vec<String>,
}

/// One of the four.
pub(super) struct Question {
    pub(super) name: &'static str,
    pub(super) tree: Expr,
    /// The names that the list of E4 has.
    pub(super) names: BTreeSet<String>,
}

/// How many things an engine that takes microseconds for each of them looks at, so that a bench takes minutes.
const FEW: usize = 10_000;

/// The four queries on so many devices, with all engines.
///
/// All of it lives as long as the program, because the filters and contexts of a peer borrow it.
pub(crate) fn cases(count: usize) -> impl Iterator<Item = Case> {
    let data: &Data = Box::leak(Box::new(Data::new(count)));
    let questions: &[Question] = questions(data).leak();
    questions.iter().map(|question| Case {
        task: "evaluate",
        query: question.name,
        runs: 1,
        engines: engines(data, question),
    })
}

fn questions(data: &Data) -> Vec<Question> {
    let every = data.devices.len() / 100;
    let names = data.devices.iter().step_by(every.max(1)).take(100);
    let names: Vec<_> = names
        .map(|device| device.host_info.hostname.clone())
        .collect();
    let texts = [
        ("E1", format!("host_info.hostname eq '{RARE_NAME}'")),
        ("E2", LIKE.to_owned()),
        ("E3", FIVE.to_owned()),
        ("E4", listed(&names)),
    ];
    let names: BTreeSet<_> = names.into_iter().collect();
    let question = |(name, text): (&'static str, String)| Question {
        name,
        tree: parse(&text).expect("the queries of this bench are right"),
        names: names.clone(),
    };
    texts.into_iter().map(question).collect()
}

fn engines(data: &'static Data, question: &'static Question) -> Vec<Engine> {
    let mut engines = vec![closures::engine(data, question)];
    engines.extend(ours::engines(data, question));
    engines.push(wirefilter::filled(data, question));
    engines.push(wirefilter::filling(data, question));
    engines.extend(values::engines(data, question));
    engines.extend(text::engines(data, question));
    engines.extend(cel::engines(data, question));
    engines
}

impl Data {
    fn new(count: usize) -> Self {
        let devices = devices(count);
        let values: Vec<_> = devices.iter().map(Device::json).collect();
        Self {
            texts: values.iter().map(Value::to_string).collect(),
            users: devices.iter().map(Device::usernames).collect(),
            values,
            devices,
        }
    }

    /// How many of the first devices match, as plain Rust has it.
    fn expected(&self, question: &'static Question, among: usize) -> usize {
        let matches = closures::plain(question);
        let first = self.devices.iter().take(among);
        first.filter(|device| matches(device)).count()
    }
}

/// An engine that counts what matches among the first `among` records, and must count right.
fn counting(
    name: &'static str,
    (data, question): (&'static Data, &'static Question),
    among: usize,
    count: impl Fn(usize) -> usize + 'static,
) -> Engine {
    let among = among.min(data.devices.len());
    let expected = data.expected(question, among);
    Engine {
        name,
        works: among,
        work: Box::new(move || {
            let found = count(black_box(among));
            assert_eq!(found, expected, "{name} on {}", question.name);
        }),
    }
}
