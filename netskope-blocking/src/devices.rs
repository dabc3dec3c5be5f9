//! All devices of a query, as iterators.

use crate::Client;
use netskope_model::{
    Error,
    paging::Paging,
    v1::{clients::Page, device::Device},
};
use std::{iter::FusedIterator, vec};

/// The pages of a query, each read when it is asked for. An error is the last item.
#[derive(Debug)]
#[must_use = "nothing is sent until the first page is asked for"]
pub struct Pages<'c> {
    client: &'c Client,
    paging: Paging,
}

impl<'c> Pages<'c> {
    pub(crate) fn new(client: &'c Client, paging: Paging) -> Self {
        Self { client, paging }
    }

    /// Leaves out devices that were on an earlier page.
    pub fn distinct(self) -> Self {
        Self {
            paging: self.paging.distinct(),
            ..self
        }
    }
}

impl Iterator for Pages<'_> {
    type Item = Result<Page, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.client.drive(&mut self.paging).transpose()
    }
}

impl FusedIterator for Pages<'_> {}

/// The devices of a query, those with the latest events first. An error is the last item.
#[derive(Debug)]
#[must_use = "nothing is sent until the first device is asked for"]
pub struct Devices<'c> {
    pages: Pages<'c>,
    page: vec::IntoIter<Device>,
}

impl<'c> Devices<'c> {
    pub(crate) fn new(pages: Pages<'c>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }
}

impl Iterator for Devices<'_> {
    type Item = Result<Device, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(device) = self.page.next() {
                return Some(Ok(device));
            }
            match self.pages.next()? {
                Ok(page) => self.page = page.into_devices().into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl FusedIterator for Devices<'_> {}
