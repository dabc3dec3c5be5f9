//! Ctrl-C and SIGTERM: both ask for an end, and a second Ctrl-C is one.

use crate::cli::failure::Exit;
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

/// What signals came so far.
#[derive(Clone, Debug)]
pub(super) struct Signals {
    latest: Arc<AtomicUsize>,
}

impl Signals {
    /// Raises the flag at a signal, and ends the process at a second Ctrl-C.
    pub(super) fn raise(stop: &Arc<AtomicBool>) -> io::Result<Self> {
        let latest = Arc::new(AtomicUsize::new(0));
        // In this order: what is called first sees the flag as the signal before left it. SIGTERM comes twice from some who
        // send it, such as `timeout`, and whoever is in a hurry has SIGKILL.
        flag::register_conditional_shutdown(SIGINT, Exit::Interrupted as i32, Arc::clone(stop))?;
        for (signal, exit) in [(SIGINT, Exit::Interrupted), (SIGTERM, Exit::Terminated)] {
            flag::register(signal, Arc::clone(stop))?;
            flag::register_usize(signal, Arc::clone(&latest), exit as usize)?;
        }
        Ok(Self { latest })
    }

    /// How a process ends that was stopped before its end; none where no signal came.
    pub(super) fn exit(&self) -> Option<Exit> {
        let code = self.latest.load(Ordering::Relaxed);
        [Exit::Interrupted, Exit::Terminated]
            .into_iter()
            .find(|exit| *exit as usize == code)
    }
}
