//! wirefilter, whose fields hold one value each: the names of all users are joined to one.

use super::{Data, Question, counting};
use crate::devices::Device;
use crate::languages::WIREFILTER;
use crate::measure::Engine;
use crate::scheme::scheme;
use wirefilter::{ExecutionContext, Filter, LhsValue, Scheme};

/// With all contexts filled beforehand.
pub(super) fn filled(data: &'static Data, question: &'static Question) -> Engine {
    let scheme = scheme();
    let filter = compile(scheme, question);
    let contexts: Vec<_> = flat(data, data.devices.len())
        .map(|(device, users)| context(scheme, device, users))
        .collect();
    counting("wirefilter", (data, question), usize::MAX, move |among| {
        let contexts = contexts.iter().take(among);
        contexts
            .filter(|context| filter.execute(context) == Ok(true))
            .count()
    })
}

/// With a context filled for each device, as somebody needs it who has structs.
pub(super) fn filling(data: &'static Data, question: &'static Question) -> Engine {
    let scheme = scheme();
    let filter = compile(scheme, question);
    counting(
        "wirefilter+filling",
        (data, question),
        usize::MAX,
        move |among| {
            let contexts = flat(data, among).map(|(device, users)| context(scheme, device, users));
            contexts
                .filter(|context| filter.execute(context) == Ok(true))
                .count()
        },
    )
}

fn compile(scheme: &'static Scheme, question: &Question) -> Filter<'static> {
    let text = WIREFILTER.write(&question.tree);
    let ast = scheme
        .parse(&text)
        .unwrap_or_else(|error| panic!("wirefilter: {error}"));
    ast.compile()
}

/// Devices with the names of their users, which are joined already: wirefilter pays for no list.
fn flat(
    data: &'static Data,
    among: usize,
) -> impl Iterator<Item = (&'static Device, &'static String)> {
    data.devices.iter().zip(&data.users).take(among)
}

fn context(
    scheme: &'static Scheme,
    device: &'static Device,
    users: &'static str,
) -> ExecutionContext<'static> {
    let (host, event) = (&device.host_info, &device.last_event);
    let mut context = ExecutionContext::new(scheme);
    let mut set = |name: &str, value: LhsValue<'static>| {
        context
            .set_field_value(name, value)
            .expect("the scheme has its kind");
    };
    set("host_info.hostname", host.hostname.as_str().into());
    set("host_info.os", small(host.os));
    set("last_event.status", small(event.status));
    set("last_event.event", small(event.event));
    set("last_event.actor", small(event.actor));
    set("users.username", users.into());
    context
}

fn small(code: i64) -> LhsValue<'static> {
    i32::try_from(code).expect("codes are small").into()
}
