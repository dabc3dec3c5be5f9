//! Values as JSON text.

use super::field::Kind;
use crate::random::Random;
use std::io::Write;

/// Texts as they are in JSON, escapes included: a client that reads and writes them anew changes their bytes.
const TEXTS: [&str; 28] = [
    "",
    "",
    "",
    "unknown",
    "n/a",
    "Client",
    "Default",
    "Cloud Storage",
    "Business Process Management",
    "Quarterly report (final).xlsx",
    "Microsoft Office 365 OneDrive for Business",
    "Windows 11",
    "Justin\u{2019}s MacBook Pro",
    "Caf\u{e9} M\u{fc}nchen \u{2013} Gr\u{f6}\u{df}e 3",
    "\u{6771}\u{4eac} \u{1f680} launch",
    "M\\u00fcnchen \\ud83d\\ude80 \\u2019",
    "C:\\\\Users\\\\Ada\\\\Documents\\\\plan.docx",
    "she said \\\"no\\\"",
    "first line\\nsecond line\\ttabbed",
    "America\\/New_York",
    "text\\/html; charset=utf-8",
    "Mozilla\\/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit\\/537.36",
    "DLP - PCI [custom] {1}",
    "Mon Mar 04 09:30:00 2024",
    "a,b;c=d:e",
    "CN=Ada,OU=Users,DC=example,DC=com",
    "Anomaly detected",
    "allow",
];
const PEOPLE: [&str; 8] = [
    "ada", "bruno", "chiara", "dmitri", "elif", "farid", "greta", "hiro",
];
const DOMAINS: [&str; 6] = [
    "example.com",
    "example.org",
    "example.net",
    "files.example.com",
    "mail.example.org",
    "login.example.net",
];
const COUNTRIES: [&str; 8] = ["DE", "US", "FR", "IN", "JP", "BR", "GB", "TR"];
const SEVERITIES: [&str; 5] = ["Critical", "High", "Medium", "Low", "unknown"];

/// Appends a value of this kind to a record of this second.
pub(super) fn write(kind: Kind, random: &mut Random, second: i64, out: &mut Vec<u8>) {
    match kind {
        Kind::Id => id(random, out),
        Kind::Instant => put(out, second.saturating_sub(signed(random) & 0xFFFF)),
        Kind::Amount => {
            let bits = random.below(40);
            put(out, (signed(random) & ((1 << 40) - 1)) >> bits);
        }
        Kind::Port => put(out, 1024 + (signed(random) & 0x7FFF)),
        Kind::Small => put(out, signed(random) & 0x7F),
        Kind::Float => {
            let (whole, part) = ((signed(random) & 0x7F) - 64, random.next() >> 11);
            put(out, format_args!("{whole}.{part:016}"));
        }
        Kind::Boolean => out.extend_from_slice(random.pick(&[&b"true"[..], b"false"])),
        Kind::YesNo => quoted(random.pick(&["yes", "no"]), out),
        Kind::TrueFalse => quoted(random.pick(&["true", "false"]), out),
        Kind::Country => quoted(random.pick(&COUNTRIES), out),
        Kind::Severity => quoted(random.pick(&SEVERITIES), out),
        Kind::Ip => {
            let [a, b, c, ..] = random.next().to_le_bytes();
            put(out, format_args!("\"10.{a}.{b}.{c}\""));
        }
        Kind::Mail => {
            let (person, domain) = (random.pick(&PEOPLE), random.pick(&DOMAINS[..3]));
            put(
                out,
                format_args!("\"{person}{}@{domain}\"", random.below(5000)),
            );
        }
        Kind::Host => quoted(random.pick(&DOMAINS), out),
        Kind::Url => {
            let domain = random.pick(&DOMAINS);
            put(
                out,
                format_args!("\"{domain}\\/{:x}\"", random.next() >> 24),
            );
        }
        Kind::Hex(digits) => {
            out.push(b'"');
            for start in (0..digits).step_by(16) {
                hex(random.next(), (digits - start).min(16), out);
            }
            out.push(b'"');
        }
        Kind::Uuid => quoted(&random.uuid(), out),
        Kind::List => list(random, out),
        Kind::Map => map(random, out),
        Kind::Matches => matches(random, out),
        Kind::Text | Kind::RecordType | Kind::AlertType | Kind::Timestamp => text(random, out),
    }
}

/// The last so many hexadecimal digits of a number.
pub(super) fn hex(number: u64, digits: usize, out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for digit in (0..digits).rev() {
        let nibble = (number >> (4 * digit)) & 15;
        out.push(DIGITS[usize::try_from(nibble).unwrap_or_default()]);
    }
}

/// This text in quotes, its escapes written already.
pub(super) fn quoted(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

fn text(random: &mut Random, out: &mut Vec<u8>) {
    quoted(random.pick(&TEXTS), out);
}

/// One in eight is 0, as where there is none.
fn id(random: &mut Random, out: &mut Vec<u8>) {
    let drawn = random.next();
    let is_none = drawn.is_multiple_of(8);
    put(out, if is_none { 0 } else { (1 << 62) | (drawn >> 2) });
}

fn list(random: &mut Random, out: &mut Vec<u8>) {
    out.push(b'[');
    for number in 0..random.below(4) {
        if number > 0 {
            out.push(b',');
        }
        text(random, out);
    }
    out.push(b']');
}

fn map(random: &mut Random, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"key\":\"user\",\"values\":");
    list(random, out);
    out.extend_from_slice(b",\"nested\":{\"id\":");
    id(random, out);
    out.extend_from_slice(b",\"none\":null,\"empty\":{}}}");
}

fn matches(random: &mut Random, out: &mut Vec<u8>) {
    out.extend_from_slice(b"[{\"dlp_action\":\"alert\",\"dlp_forensic_id\":");
    id(random, out);
    out.extend_from_slice(b",\"dlp_rules\":[{\"dlp_incident_rule_count\":");
    put(out, random.below(100));
    out.extend_from_slice(b",\"dlp_rule_name\":");
    text(random, out);
    out.extend_from_slice(b"}]}]");
}

fn signed(random: &mut Random) -> i64 {
    random.next().cast_signed()
}

fn put(out: &mut Vec<u8>, value: impl std::fmt::Display) {
    // Writing to memory does not fail.
    let _ = write!(out, "{value}");
}
