//! Work that ends when its caller loses interest.

use std::{
    cell::RefCell,
    future::{Future, poll_fn},
    pin::pin,
    rc::Rc,
    task::{Poll, Waker},
};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// The work's outcome, or the signal's reason as soon as it is aborted; the work is then dropped.
pub(crate) async fn unless_aborted<T>(
    signal: Option<AbortSignal>,
    work: impl Future<Output = Result<T, JsValue>>,
) -> Result<T, JsValue> {
    let Some(signal) = signal else {
        return work.await;
    };
    let mut work = pin!(work);
    let listener = Listener::new(signal)?;
    poll_fn(|context| {
        if listener.signal.aborted() {
            return Poll::Ready(Err(listener.signal.reason()));
        }
        listener.waker.replace(Some(context.waker().clone()));
        work.as_mut().poll(context)
    })
    .await
}

/// Wakes a task when the signal is aborted.
struct Listener {
    signal: AbortSignal,
    waker: Rc<RefCell<Option<Waker>>>,
    callback: Closure<dyn FnMut()>,
}

const EVENT: &str = "abort";

impl Listener {
    fn new(signal: AbortSignal) -> Result<Self, JsValue> {
        let waker = Rc::new(RefCell::new(None::<Waker>));
        let waiting = Rc::clone(&waker);
        let callback = Closure::new(move || {
            if let Some(waker) = waiting.take() {
                waker.wake();
            }
        });
        signal.add_event_listener_with_callback(EVENT, callback.as_ref().unchecked_ref())?;
        Ok(Self {
            signal,
            waker,
            callback,
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        // Fails only where the callback is none.
        let _ = self
            .signal
            .remove_event_listener_with_callback(EVENT, callback);
    }
}
