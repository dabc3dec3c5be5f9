//! Texts of a query that are held without an allocation where they are short.

use alloc::boxed::Box;

/// A text.
#[derive(Debug)]
pub(super) enum SmallText {
    Short(Short),
    Long(Box<str>),
}

impl SmallText {
    pub(super) fn new(text: &str) -> Self {
        Short::new(text).map_or_else(|| Self::Long(text.into()), Self::Short)
    }

    #[inline]
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Short(text) => text.as_bytes(),
            Self::Long(text) => text.as_bytes(),
        }
    }
}

/// A text shorter than [`Short::SIZE`].
#[derive(Debug)]
pub(super) struct Short {
    length: u8,
    bytes: [u8; Self::SIZE],
}

impl Short {
    /// A power of two, so that no length has to be checked against it.
    pub(super) const SIZE: usize = 16;

    pub(super) fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; Self::SIZE];
        let room = bytes
            .get_mut(..text.len())
            .filter(|_| text.len() < Self::SIZE)?;
        room.copy_from_slice(text.as_bytes());
        let length = u8::try_from(text.len()).ok()?;
        Some(Self { length, bytes })
    }

    pub(super) fn to_ascii_lowercase(&self) -> Self {
        Self {
            length: self.length,
            bytes: self.bytes.map(|byte| byte.to_ascii_lowercase()),
        }
    }

    #[inline]
    pub(super) fn as_bytes(&self) -> &[u8] {
        let length = usize::from(self.length) % Self::SIZE;
        self.bytes.get(..length).unwrap_or_default()
    }
}
