//! cel, with the fields under names without dots, since a map for each object costs it more.

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

pub(super) fn engines(data: &'static Data, question: &'static Question) -> [Engine; 2] {
    let of = (data, question);
    let (program, own) = (compile(question), compile(question));
    let (root, own_root) = (Context::default(), Context::default());
    [
        counting("cel", of, FEW, move |among| {
            let matching = flat(data, among).filter(|record| {
                let mut scope = root.new_inner_scope();
                record.fill(&mut scope);
                program.execute(&scope) == Ok(Value::Bool(true))
            });
            matching.count()
        }),
        counting("cel+resolver", of, FEW, move |among| {
            let matching = flat(data, among).filter(|record| {
                let mut scope = own_root.new_inner_scope();
                scope.set_variable_resolver(record);
                own.execute(&scope) == Ok(Value::Bool(true))
            });
            matching.count()
        }),
    ]
}

fn compile(question: &Question) -> Program {
    let text = CEL.write(&question.tree);
    let flat = NAMES.iter().fold(text, |text, name| {
        text.replace(name, &name.replace('.', "_"))
    });
    Program::compile(&flat).expect("cel reads its own language")
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
    /// All variables, copied: how its documentation begins.
    fn fill(&self, scope: &mut Context<'_, '_>) {
        let (host, event) = (&self.device.host_info, &self.device.last_event);
        scope.add_variable_from_value("host_info_hostname", host.hostname.as_str());
        scope.add_variable_from_value("host_info_os", host.os);
        scope.add_variable_from_value("last_event_status", event.status);
        scope.add_variable_from_value("last_event_event", event.event);
        scope.add_variable_from_value("users_username", self.users);
    }
}

/// Only what is asked for, borrowed: the fastest way into it.
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
