//! Ours on the same structs.

use super::{Data, Question, counting};
use crate::devices::{Device, User};
use crate::measure::Engine;
use netskope_model::v1::schema::SCHEMA;
use netskope_query::{Accessor, Dialect, Expr, Filter, Record};
use std::convert::Infallible;

/// Over all of them, and one by one.
pub(super) fn engines(data: &'static Data, question: &'static Question) -> [Engine; 2] {
    let of = (data, question);
    let [all, single] = [(); 2].map(|()| compile::<Device>(&question.tree));
    [
        counting("ours", of, usize::MAX, move |among| {
            let devices = data.devices.get(..among).unwrap_or_default();
            all.matching(devices).count()
        }),
        counting("ours+single", of, usize::MAX, move |among| {
            let devices = data.devices.iter().take(among);
            devices.filter(|device| single.matches(device)).count()
        }),
    ]
}

/// With the schema that the product has for devices.
pub(crate) fn compile<R: Record>(tree: &Expr) -> Filter<'static, R> {
    Filter::compile(tree, Dialect::SkopeIt, &SCHEMA).expect("the queries of this bench can be run")
}

impl Record for Device {
    type Row = User;

    fn field(path: &str) -> Option<Accessor<Self>> {
        Some(match path {
            "host_info.hostname" => Accessor::Text(|device| &device.host_info.hostname),
            "host_info.os" => Accessor::Int(|device| device.host_info.os),
            "last_event.status" => Accessor::Int(|device| device.last_event.status),
            "last_event.event" => Accessor::Int(|device| device.last_event.event),
            "last_event.actor" => Accessor::Int(|device| device.last_event.actor),
            _ => return None,
        })
    }

    fn rows(&self, _list: &str) -> &[User] {
        &self.users
    }
}

impl Record for User {
    type Row = Infallible;

    fn field(path: &str) -> Option<Accessor<Self>> {
        match path {
            "username" => Some(Accessor::Text(|user| &user.username)),
            _ => None,
        }
    }
}
