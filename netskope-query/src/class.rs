//! What bytes are, looked up rather than compared.

use crate::token::{is_name_byte, is_symbol, is_word_byte};

/// In bare words.
pub(crate) const WORD: u8 = 1;
/// In names that need no backticks.
pub(crate) const NAME: u8 = 1 << 1;
/// White space.
pub(crate) const SPACE: u8 = 1 << 2;
/// Right after a bare word.
pub(crate) const END: u8 = 1 << 3;
/// Inside quotes, neither ending nor escaping anything.
pub(crate) const PLAIN: u8 = 1 << 4;
/// Of a character beyond ASCII.
pub(crate) const WIDE: u8 = 1 << 5;

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
        b'\t'..=b'\r' | b' ' => SPACE | END,
        b'\'' | b'"' | b'`' | b'(' | b')' | b'[' | b']' | b',' => END,
        0x80.. => WIDE,
        _ if is_symbol(byte as char) => END,
        _ => 0,
    };
    let plain = match byte {
        b'\'' | b'"' | b'`' | b'\\' | 0 => 0,
        _ => PLAIN,
    };
    word | name | end | plain
}

/// Whether the byte is of the class.
pub(crate) fn is(byte: u8, class: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

/// How many bytes of the class come first; looked at four at a time, which takes half as long.
pub(crate) fn run(bytes: &[u8], class: u8) -> usize {
    let class_of = |byte: &u8| CLASSES[usize::from(*byte)];
    let fours = bytes.chunks_exact(4).take_while(|four| {
        let all = four.iter().fold(class, |all, byte| all & class_of(byte));
        all != 0
    });
    let first = 4 * fours.count();
    let last = bytes.iter().skip(first);
    first + last.take_while(|byte| class_of(byte) & class != 0).count()
}

/// The text without the white space it begins with.
pub(crate) fn after_space(text: &str) -> &str {
    let mut bytes = text.bytes().enumerate();
    match bytes.find(|(_, byte)| !is(*byte, SPACE)) {
        Some((_, byte)) if is(byte, WIDE) => text.trim_start(),
        Some((at, _)) => text.get(at..).unwrap_or_default(),
        None => "",
    }
}
