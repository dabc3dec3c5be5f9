//! A record with the quickest accessors, and the JSON that it stands for.

use netskope_query::{Accessor, Record, Scalar};
use serde_json::{Value, json};
use std::convert::Infallible;

#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) count: i64,
    pub(super) tags: Vec<String>,
    pub(super) users: Vec<User>,
}

#[derive(Clone, Debug)]
pub(super) struct User {
    pub(super) id: Option<f64>,
    pub(super) name: String,
    pub(super) status: i64,
}

impl Typed {
    pub(super) fn json(&self) -> Value {
        let users = self.users.iter().map(|user| {
            json!({"_id": user.id, "username": user.name, "last_event": {"status": user.status}})
        });
        json!({"a": self.name, "b": self.count, "_id": self.tags, "users": users.collect::<Value>()})
    }
}

impl Record for Typed {
    type Row = User;

    fn field(path: &str) -> Option<Accessor<Self>> {
        Some(match path {
            "a" | "a." => Accessor::Text(|typed| &typed.name),
            "b" => Accessor::Int(|typed| typed.count),
            "_id" => Accessor::Each(|typed, visit| typed.tags.iter().any(|tag| visit(tag.into()))),
            "users" => {
                Accessor::Each(|typed, visit| typed.users.iter().any(|_| visit(Scalar::Other)))
            }
            _ => return None,
        })
    }

    fn rows(&self, _users: &str) -> &[User] {
        &self.users
    }
}

impl Record for User {
    type Row = Infallible;

    fn field(path: &str) -> Option<Accessor<Self>> {
        Some(match path {
            "_id" => Accessor::One(|user| user.id.into()),
            "username" => Accessor::Text(|user| &user.name),
            "last_event.status" => Accessor::Int(|user| user.status),
            _ => return None,
        })
    }
}
