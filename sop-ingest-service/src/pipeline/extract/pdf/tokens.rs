//! The drawing commands of a page, one at a time. What is not a command is kept until its command comes.

use std::borrow::Cow;

/// What stands before a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand<'a> {
    Number(f64),
    Name(Cow<'a, [u8]>),
    Text(Cow<'a, [u8]>),
}

/// More than this before one command is not a drawing.
const MAX_OPERANDS: usize = 1 << 16;

pub struct Commands<'a> {
    bytes: &'a [u8],
    at: usize,
    operands: Vec<Operand<'a>>,
}

impl<'a> Commands<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, operands: Vec::new() }
    }

    /// The next command with its operands; arrays and dictionaries are given flat.
    pub fn advance(&mut self) -> Option<(&'a [u8], &[Operand<'a>])> {
        self.operands.clear();
        loop {
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b'%' => self.skip_while(|b| b != b'\n' && b != b'\r'),
                b'(' => self.literal(),
                b'<' if self.bytes.get(self.at + 1) != Some(&b'<') => self.hexadecimal(),
                b'/' => self.name(),
                b'+' | b'-' | b'.' | b'0'..=b'9' => self.number(),
                b if is_regular(b) => {
                    let start = self.at;
                    self.skip_while(is_regular);
                    let word = &self.bytes[start..self.at];
                    match word {
                        b"true" | b"false" | b"null" => {}
                        b"ID" => self.skip_inline_image(),
                        _ => return Some((word, &self.operands)),
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    fn push(&mut self, operand: Operand<'a>) {
        if self.operands.len() < MAX_OPERANDS {
            self.operands.push(operand);
        }
    }

    fn skip_while(&mut self, holds: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|b| holds(*b)) {
            self.at += 1;
        }
    }

    fn number(&mut self) {
        let (mut value, mut scale, mut negative) = (0.0_f64, 0.0_f64, false);
        let start = self.at;
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'-' => negative = true,
                b'+' => {}
                b'.' if scale == 0.0 => scale = 1.0,
                b'0'..=b'9' => {
                    value = value * 10.0 + f64::from(byte - b'0');
                    scale *= 10.0;
                }
                _ => break,
            }
            self.at += 1;
        }
        self.at = self.at.max(start + 1);
        let value = if scale > 1.0 { value / scale } else { value };
        self.push(Operand::Number(if negative { -value } else { value }));
    }

    fn name(&mut self) {
        self.at += 1;
        let start = self.at;
        self.skip_while(is_regular);
        let raw = &self.bytes[start..self.at];
        let name = if raw.contains(&b'#') { Cow::Owned(unescaped_name(raw)) } else { Cow::Borrowed(raw) };
        self.push(Operand::Name(name));
    }

    fn literal(&mut self) {
        self.at += 1;
        let start = self.at;
        self.skip_while(|b| !matches!(b, b'(' | b')' | b'\\' | b'\r'));
        if self.bytes.get(self.at) == Some(&b')') {
            let text = Operand::Text(Cow::Borrowed(&self.bytes[start..self.at]));
            self.push(text);
            self.at += 1;
            return;
        }
        let mut text = self.bytes[start..self.at].to_vec();
        let mut depth = 1;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut text),
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            if *byte != b'\\' {
                text.push(*byte);
            }
        }
        self.push(Operand::Text(Cow::Owned(text)));
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.bytes.get(self.at) else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => self.at += usize::from(self.bytes.get(self.at) == Some(&b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.bytes.get(self.at).filter(|b| (b'0'..=b'7').contains(b)) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push(u8::try_from(code & 0xFF).unwrap_or_default());
            }
            other => text.push(*other),
        }
    }

    fn hexadecimal(&mut self) {
        self.at += 1;
        let start = self.at;
        self.skip_while(|b| b != b'>');
        let digits: Vec<u8> = self.bytes[start..self.at].iter().filter_map(|b| hex_digit(*b)).collect();
        self.at += 1;
        let text = digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect();
        self.push(Operand::Text(Cow::Owned(text)));
    }

    /// The picture's bytes end at the first `EI` that stands alone.
    fn skip_inline_image(&mut self) {
        self.operands.clear();
        while self.at + 3 < self.bytes.len() {
            let alone = self.bytes.get(self.at + 3).is_none_or(|b| !is_regular(*b));
            if !is_regular(self.bytes[self.at]) && &self.bytes[self.at + 1..self.at + 3] == b"EI" && alone {
                self.at += 3;
                return;
            }
            self.at += 1;
        }
        self.at = self.bytes.len();
    }
}

fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        0 | b'\t' | b'\n' | 12 | b'\r' | b' ' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

pub fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

fn unescaped_name(raw: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let pair = raw.get(at + 1).and_then(|b| hex_digit(*b)).zip(raw.get(at + 2).and_then(|b| hex_digit(*b)));
        if let Some((high, low)) = pair.filter(|_| raw[at] == b'#') {
            name.push(high << 4 | low);
            at += 3;
        } else {
            name.push(raw[at]);
            at += 1;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(source: &[u8]) -> Vec<(String, String)> {
        let mut commands = Commands::new(source);
        let mut out = Vec::new();
        while let Some((name, operands)) = commands.advance() {
            out.push((String::from_utf8_lossy(name).into_owned(), format!("{operands:?}")));
        }
        out
    }

    #[test]
    fn commands_come_with_their_operands() {
        let mut commands = Commands::new(b"BT /F#31 -12.5 Tf [(a\\)\\101) -20 <4142>] TJ % remark\nET");
        assert_eq!(commands.advance().unwrap().0, b"BT");
        let (name, operands) = commands.advance().unwrap();
        assert_eq!(
            (name, operands),
            (b"Tf".as_slice(), [Operand::Name(b"F1".into()), Operand::Number(-12.5)].as_slice())
        );
        let text = |t: &'static [u8]| Operand::Text(t.into());
        assert_eq!(commands.advance().unwrap().1, [text(b"a)A"), Operand::Number(-20.0), text(b"AB")]);
        assert_eq!(commands.advance().unwrap().0, b"ET");
        assert!(commands.advance().is_none());
    }

    #[test]
    fn the_bytes_of_a_picture_are_no_commands() {
        let names: Vec<_> = all(b"BI /W 1 /H 1 ID \x01Q EIx( EI Q").into_iter().map(|(n, _)| n).collect();
        assert_eq!(names, ["BI", "Q"]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_their_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            all(&bytes);
        }
    }
}
