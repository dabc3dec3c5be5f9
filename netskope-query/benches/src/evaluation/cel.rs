//! cel: over maps, as it is meant to be used, and over variables of plain names, which cost it less.

use super::{Data, FEW, Question, counting};
use crate::devices::Device;
use crate::languages::CEL;
use crate::measure::Engine;
use cel::common::{
    types::{CelInt, CelString},
    value::CowVal,
};
use cel::context::VariableResolver;
use cel::{Context, Program, Value};
use serde_json::Value as Json;

pub(super) fn engines(data: &'static Data, question: &'static Question) -> [Engine; 3] {
    [
        maps(data, question),
        copied(data, question),
        borrowed(data, question),
    ]
}

/// With the objects of each device made to maps before; its scope takes copies.
fn maps(data: &'static Data, question: &'static Question) -> Engine {
    let program = compile(&text(question).replace(LIKE, ANY_LIKE));
    let root = Context::default();
    let objects =
        |record: &Json| OBJECTS.map(|name| cel::to_value(&record[name]).expect("JSON is data"));
    let records: Vec<_> = data.values.iter().take(FEW).map(objects).collect();
    counting("cel", (data, question), FEW, move |among| {
        let matching = records.iter().take(among).filter(|record| {
            let mut scope = root.new_inner_scope();
            for (name, object) in OBJECTS.iter().zip(*record) {
                scope.add_variable_from_value(*name, object.clone());
            }
            program.execute(&scope) == Ok(Value::Bool(true))
        });
        matching.count()
    })
}

/// With flat variables, copied into the scope.
fn copied(data: &'static Data, question: &'static Question) -> Engine {
    let program = compile(&flat_names(text(question)));
    let root = Context::default();
    counting("cel+copied", (data, question), FEW, move |among| {
        let matching = flat(data, among).filter(|record| {
            let mut scope = root.new_inner_scope();
            record.fill(&mut scope);
            program.execute(&scope) == Ok(Value::Bool(true))
        });
        matching.count()
    })
}

/// With flat variables, borrowed when they are asked for: the fastest way into it.
fn borrowed(data: &'static Data, question: &'static Question) -> Engine {
    let program = compile(&flat_names(text(question)));
    let root = Context::default();
    counting("cel+borrowed", (data, question), FEW, move |among| {
        let matching = flat(data, among).filter(|record| {
            let mut scope = root.new_inner_scope();
            scope.set_variable_resolver(record);
            program.execute(&scope) == Ok(Value::Bool(true))
        });
        matching.count()
    })
}

fn text(question: &Question) -> String {
    CEL.write(&question.tree)
}

fn compile(text: &str) -> Program {
    Program::compile(text).expect("cel reads its own language")
}

const OBJECTS: [&str; 3] = ["host_info", "last_event", "users"];
const LIKE: &str = r#"users.username.contains("bob")"#;
const ANY_LIKE: &str = r#"users.exists(user, user.username.contains("bob"))"#;

fn flat_names(text: String) -> String {
    NAMES.iter().fold(text, |text, name| {
        text.replace(name, &name.replace('.', "_"))
    })
}

const NAMES: &[&str] = &[
    "host_info.hostname",
    "host_info.os",
    "last_event.status",
    "last_event.event",
    "users.username",
];

/// A device and the names of its users, joined.
struct Flat {
    device: &'static Device,
    users: &'static str,
}

fn flat(data: &'static Data, among: usize) -> impl Iterator<Item = Flat> {
    let both = data.devices.iter().zip(&data.users).take(among);
    both.map(|(device, users)| Flat { device, users })
}

impl Flat {
    fn fill(&self, scope: &mut Context<'_, '_>) {
        let (host, event) = (&self.device.host_info, &self.device.last_event);
        scope.add_variable_from_value("host_info_hostname", host.hostname.as_str());
        scope.add_variable_from_value("host_info_os", host.os);
        scope.add_variable_from_value("last_event_status", event.status);
        scope.add_variable_from_value("last_event_event", event.event);
        scope.add_variable_from_value("users_username", self.users);
    }
}

impl VariableResolver for Flat {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        let (host, event) = (&self.device.host_info, &self.device.last_event);
        Some(match variable {
            "host_info_hostname" => CowVal::owned(CelString::from(host.hostname.as_str())),
            "host_info_os" => CowVal::owned(CelInt::from(host.os)),
            "last_event_status" => CowVal::owned(CelInt::from(event.status)),
            "last_event_event" => CowVal::owned(CelInt::from(event.event)),
            "users_username" => CowVal::owned(CelString::from(self.users)),
            _ => return None,
        })
    }
}
