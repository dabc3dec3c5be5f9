//! What bytes are, looked up rather than compared.

use crate::token::{is_name_byte, is_symbol, is_word_byte};

/// In bare words.
pub(crate) const WORD: u8 = 1;
/// In names that need no backticks.
pub(crate) const NAME: u8 = 1 << 1;
/// Right after a bare word.
pub(crate) const END: u8 = 1 << 2;
/// First in names that need no backticks.
pub(crate) const LETTER: u8 = 1 << 3;
/// In operators.
pub(crate) const SYMBOL: u8 = 1 << 4;
/// In quotes, where it can mean nothing but itself.
pub(crate) const TEXT: u8 = 1 << 5;
/// In white space, of which all beyond ASCII may be a part.
pub(crate) const SPACE: u8 = 1 << 6;

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = u8::MAX;
    loop {
        classes[byte as usize] = class(byte);
        if byte == 0 {
            break classes;
        }
        byte -= 1;
    }
};

const fn class(byte: u8) -> u8 {
    let word = if is_word_byte(byte) { WORD } else { 0 };
    let name = if is_name_byte(byte) { NAME } else { 0 };
    let end = match byte {
        b'\t'..=b'\r' | b' ' | b'\'' | b'"' | b'`' | b'(' | b')' | b'[' | b']' | b',' => END,
        _ if is_symbol(byte as char) => SYMBOL | END,
        _ => 0,
    };
    let letter = match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => LETTER,
        _ => 0,
    };
    let text = match byte {
        0 | b'\\' | b'\'' | b'"' | b'`' => 0,
        _ => TEXT,
    };
    let space = match byte {
        b'\t'..=b'\r' | b' ' | 0x80.. => SPACE,
        _ => 0,
    };
    word | name | end | letter | text | space
}

/// Whether the byte is of the class.
pub(crate) fn is(byte: u8, class: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

/// Where the bytes of the class end that begin at `from`.
pub(crate) fn end(bytes: &[u8], from: usize, class: u8) -> usize {
    let mut at = from;
    // Eight at once, since most of the work for one byte is to go on to the next.
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        for (past, byte) in eight.iter().enumerate() {
            if !is(*byte, class) {
                return at + past;
            }
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| is(*byte, class)) {
        at += 1;
    }
    at
}
