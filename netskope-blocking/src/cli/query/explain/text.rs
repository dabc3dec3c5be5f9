//! An explanation for people.

use super::{Cost, Explanation, Work};
use std::fmt;

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rows {
            Some(rows) => writeln!(
                f,
                "A record matches when this holds for it and one of its {rows}, if it has any:"
            )?,
            None => writeln!(f, "A record matches when this holds:")?,
        }
        for line in &self.conditions {
            write!(
                f,
                "{:indent$}{}",
                "",
                line.words,
                indent = 2 + 2 * line.depth
            )?;
            match line.work {
                None => f.write_str(":\n")?,
                Some(Work::Compare) => f.write_str("  [cheap]\n")?,
                Some(Work::LookUp) => f.write_str("  [cheap, one look-up]\n")?,
                Some(Work::Scan) => f.write_str("  [scan]\n")?,
            }
        }
        f.write_str("\nIt reads:\n")?;
        let widest = self
            .fields
            .iter()
            .map(|field| field.name.chars().count())
            .max();
        let widest = widest.unwrap_or_default().min(40);
        for field in &self.fields {
            writeln!(f, "  {:widest$}  {}", field.name, field)?;
            if let Some(codes) = field.first_codes() {
                writeln!(f, "  {:widest$}  {codes}", "")?;
            }
        }
        match self.rows {
            Some(rows) => write!(
                f,
                "\nIt costs at most, for each of its {rows}: {}",
                self.cost
            ),
            None => write!(f, "\nIt costs at most, for each record: {}", self.cost),
        }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.comparisons, "comparison", "comparisons"),
            (self.look_ups, "look-up in a list", "look-ups in lists"),
            (self.scans, "scan of a whole text", "scans of whole texts"),
        ];
        let parts = counts.iter().filter(|(count, ..)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
            .collect();
        f.write_str(&parts.join(", "))
    }
}
