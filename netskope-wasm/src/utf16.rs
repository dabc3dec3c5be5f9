//! Places in a text as JavaScript counts them.

use netskope_query::Span;

/// Where so many UTF-16 units of a text end, in bytes; a character that they end within is left out.
#[cfg(feature = "client")]
pub(crate) fn byte_at(text: &str, units: usize) -> usize {
    let mut left = units;
    let fitting = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    });
    fitting.map(char::len_utf8).sum()
}

/// Translates places in one text, each in constant time.
pub(crate) struct Utf16(Option<Vec<usize>>);

impl Utf16 {
    pub(crate) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self(None);
        }
        let mut units = vec![0; text.len() + 1];
        let mut count = 0;
        for (start, c) in text.char_indices() {
            if let Some(place) = units.get_mut(start) {
                *place = count;
            }
            count += c.len_utf16();
        }
        if let Some(end) = units.last_mut() {
            *end = count;
        }
        Self(Some(units))
    }

    pub(crate) fn span(&self, span: Span) -> Span {
        Span::new(self.units(span.start()), self.units(span.end()))
    }

    fn units(&self, bytes: usize) -> usize {
        match &self.0 {
            None => bytes,
            Some(units) => units.get(bytes).or(units.last()).copied().unwrap_or(bytes),
        }
    }
}
