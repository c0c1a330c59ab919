//! A number as its cell shows it: "0.0\" °C\"" makes "4.5 °C" of 4.5.

use super::dates;

/// The number in this format; empty where the format hides it.
pub fn shown(code: &str, value: f64, from_1904: bool) -> String {
    if code.is_empty() {
        return general(value);
    }
    let sections = sections(code);
    let (section, value) = match sections.as_slice() {
        [_, negative, ..] if value < 0.0 => (*negative, -value),
        [_, _, zero, ..] if value == 0.0 => (*zero, value),
        [first, ..] => (*first, value),
        [] => return general(value),
    };
    if dates::is_date(section) {
        return dates::shown(section, value, from_1904).unwrap_or_else(|| general(value));
    }
    number(section, value)
}

/// As short as it can be said; the last digits of a computed number are noise.
fn general(value: f64) -> String {
    if value.abs() >= 1e15 || !value.is_finite() {
        return value.to_string();
    }
    let rounded: f64 = format!("{value:.11e}").parse().unwrap_or(value);
    (rounded + 0.0).to_string()
}

/// Parts for positive numbers, negative ones and zero.
fn sections(code: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                parts.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&code[start..]);
    parts
}

/// The digits that a format asks for.
#[derive(Default)]
struct Digits {
    whole: usize,
    least: usize,
    most: usize,
    thousands: bool,
    point: bool,
}

impl Digits {
    fn read(&mut self, c: char) {
        match c {
            '.' => self.point = true,
            ',' => self.thousands = true,
            '0' if self.point => (self.least, self.most) = (self.most + 1, self.most + 1),
            _ if self.point => self.most += 1,
            '0' => self.whole += 1,
            _ => {}
        }
    }

    fn write(&self, value: f64) -> String {
        let text = format!("{:.*}", self.most.min(15), value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let kept = fraction.trim_end_matches('0').len().max(self.least.min(fraction.len()));
        let whole = format!("{whole:0>width$}", width = self.whole.min(20));
        let mut out = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if self.thousands && at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        if kept > 0 {
            out.push('.');
            out.push_str(&fraction[..kept]);
        }
        let zero = out.chars().all(|c| matches!(c, '0' | '.' | ','));
        if value < 0.0 && !zero { format!("-{out}") } else { out }
    }
}

fn number(section: &str, value: f64) -> String {
    let (mut before, mut after, mut digits, mut seen) = (String::new(), String::new(), Digits::default(), false);
    let mut percent = false;
    let mut signs = section.chars().peekable();
    while let Some(c) = signs.next() {
        let out = if seen { &mut after } else { &mut before };
        match c {
            '"' => out.extend(signs.by_ref().take_while(|c| *c != '"')),
            '\\' => out.extend(signs.next()),
            // A space as wide as the next sign, or that sign as often as it fits.
            '_' => {
                signs.next();
                out.push(' ');
            }
            '*' => drop(signs.next()),
            '[' => out.push_str(&currency(&signs.by_ref().take_while(|c| *c != ']').collect::<String>())),
            '0' | '#' | '?' => {
                seen = true;
                digits.read(c);
            }
            '.' | ',' if signs.peek().is_some_and(|next| matches!(next, '0' | '#' | '?')) => {
                seen = true;
                digits.read(c);
            }
            ',' => {}
            '%' => {
                percent = true;
                out.push(c);
            }
            // Powers of ten and fractions are said plainly.
            'E' | 'e' | '/' if seen => return general(value),
            'G' if section.to_ascii_lowercase().contains("general") => {
                signs.by_ref().take(6).for_each(drop);
                let rest: String = signs.filter(|c| *c != '"').collect();
                return format!("{before}{}{rest}", general(value));
            }
            '@' => return general(value),
            c => out.push(c),
        }
    }
    let shown = if seen { digits.write(if percent { value * 100.0 } else { value }) } else { String::new() };
    let minus = if shown.starts_with('-') && !before.trim().is_empty() { "-" } else { "" };
    let shown = if minus.is_empty() { shown.as_str() } else { &shown[1..] };
    format!("{minus}{before}{shown}{after}").trim().to_owned()
}

/// "$€-407" is the sign of a currency in a language; colours and conditions are not shown.
fn currency(brackets: &str) -> String {
    let sign = brackets.strip_prefix('$').map(|rest| rest.split('-').next().unwrap_or_default());
    sign.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn numbers_are_written_as_their_cells_show_them() {
        let of = |code: &str, value: f64| shown(code, value, false);
        assert_eq!(of("", 4.400_000_000_000_001), "4.4");
        assert_eq!(of("", 0.1 + 0.2), "0.3");
        assert_eq!(of("0.0\" °C\"", 4.46), "4.5 °C");
        assert_eq!(of("0.0\\ \\°C", -18.0), "-18.0 °C");
        assert_eq!(of("0%", 0.05), "5%");
        assert_eq!(of("0.0#%", 0.1234), "12.34%");
        assert_eq!(of("#,##0", 12500.0), "12,500");
        assert_eq!(of("#,##0.00\\ [$€-407]", 1234.5), "1,234.50 €");
        assert_eq!(of("\"≤ \"0\" ppm\"", 200.0), "≤ 200 ppm");
        assert_eq!(of("0;[Red]\\(0\\)", -3.0), "(3)");
        assert_eq!(of(";;;", 7.0), "");
        assert_eq!(of("000", 7.0), "007");
        assert_eq!(of("General\" ml\"", 2.5), "2.5 ml");
        assert_eq!(of("0.00E+00", 12500.0), "12500");
        assert_eq!(of("$0.00", -2.0), "-$2.00");
    }
}
