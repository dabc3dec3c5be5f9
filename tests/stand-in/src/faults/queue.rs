//! Which fault meets which request.

use super::Fault;

/// The v2 requests that a fault can meet: those with all that is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Which {
    pub(super) stream: Option<String>,
    pub(super) operation: Option<String>,
    pub(super) index: Option<String>,
}

/// A request that a fault can meet.
#[derive(Clone, Copy)]
pub(crate) enum Met<'a> {
    V1,
    V2 {
        stream: &'a str,
        /// The name of its operation, `epoch` for a number.
        operation: &'a str,
        index: &'a str,
    },
}

impl Fault {
    fn can_meet(&self, met: Met<'_>) -> bool {
        let agrees = |wanted: &Option<String>, is: &str| {
            (wanted.as_deref()).is_none_or(|wanted| wanted == is)
        };
        match (&self.v2, met) {
            (None, Met::V1) => true,
            (
                Some(which),
                Met::V2 {
                    stream,
                    operation,
                    index,
                },
            ) => {
                agrees(&which.stream, stream)
                    && agrees(&which.operation, operation)
                    && agrees(&which.index, index)
            }
            _ => false,
        }
    }
}

/// The faults to come, first come, first met.
#[derive(Default)]
pub(crate) struct Queue(Vec<Fault>);

impl Queue {
    pub(crate) fn new(faults: Vec<Fault>) -> Self {
        Self(faults)
    }

    pub(crate) fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// The first fault that meets this request; one that lets it pass does not keep it from those behind.
    pub(crate) fn take(&mut self, met: Met<'_>) -> Option<Fault> {
        let place = (self.0.iter_mut()).position(|fault| {
            let is_met = fault.can_meet(met);
            let is_due = fault.skip == 0;
            if is_met {
                fault.skip = fault.skip.saturating_sub(1);
            }
            is_met && is_due
        })?;
        let fault = &mut self.0[place];
        match fault.again {
            0 => return Some(self.0.remove(place)),
            u64::MAX => {}
            _ => fault.again -= 1,
        }
        Some(fault.clone())
    }
}
