//! Follows the drawing commands of a page and notes every letter with its place. What cannot be seen is only counted.

use std::{collections::HashMap, rc::Rc};

use lopdf::{Dictionary, Document, Object};

use super::{
    fonts::Font,
    matrix::{Matrix, Rect},
    paint::{Canvas, Space},
    source::{Lookup, MAX_STREAM, PageSource},
    tokens::{Commands, Operand},
};

/// Nobody reads letters of this size, in points.
const TOO_SMALL: f64 = 1.6;
const MAX_NESTED_FORMS: usize = 12;
const MAX_SAVED: usize = 512;
/// A page of the densest drawing has a million commands; a whole document has fewer than this.
pub const MAX_COMMANDS: usize = 30_000_000;
/// Letters on one page; the smallest print on the largest sheet has fewer.
const MAX_LETTERS: usize = 400_000;

#[derive(Clone, Copy, Debug)]
pub struct Glyph {
    pub x: f64,
    pub right: f64,
    /// Of the baseline, downwards from the top of the page.
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    pub letter: char,
}

/// A page as it is seen.
#[derive(Debug, Default)]
pub struct Seen {
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    /// Letters that are on the page but cannot be seen.
    pub hidden: usize,
    /// Letters that stand upright on their side, in margins and across the page.
    pub turned: usize,
    /// Codes whose letters nobody can tell.
    pub unreadable: usize,
    pub rules: Vec<Rect>,
}

/// The fonts of a document, read once.
#[derive(Default)]
pub struct Fonts {
    known: HashMap<usize, Rc<Font>>,
}

impl Fonts {
    fn get(&mut self, document: &Document, font: &Dictionary) -> Rc<Font> {
        // The document does not change while it is read, so a dictionary is known by where it is.
        let key = std::ptr::from_ref(font).addr();
        Rc::clone(self.known.entry(key).or_insert_with(|| Rc::new(Font::read(document, font))))
    }
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    mode: u8,
    space: Space,
    white: bool,
    transparent: bool,
}

struct Reader<'a> {
    document: &'a Document,
    fonts: &'a mut Fonts,
    budget: &'a mut usize,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    canvas: Canvas,
    seen: Seen,
    depth: usize,
}

/// Reads one page. `budget` counts down the commands of the whole document.
pub fn read(document: &Document, fonts: &mut Fonts, page: &PageSource<'_>, budget: &mut usize) -> Seen {
    let (matrix, width, height) = Matrix::page(page.area, page.turns);
    let state = State {
        matrix,
        font: None,
        size: 0.0,
        letter_space: 0.0,
        word_space: 0.0,
        stretch: 1.0,
        leading: 0.0,
        rise: 0.0,
        mode: 0,
        space: Space::Grey,
        white: false,
        transparent: false,
    };
    let mut reader = Reader {
        document,
        fonts,
        budget,
        state,
        saved: Vec::new(),
        text: Matrix::IDENTITY,
        line: Matrix::IDENTITY,
        canvas: Canvas::default(),
        seen: Seen { width, height, ..Seen::default() },
        depth: 0,
    };
    reader.run(&page.content, page.resources);
    reader.seen.rules = reader.canvas.rules;
    reader.seen
}

impl Reader<'_> {
    fn run(&mut self, content: &[u8], resources: Option<&Dictionary>) {
        let mut commands = Commands::new(content);
        while *self.budget > 0 && self.seen.glyphs.len() < MAX_LETTERS {
            let Some((name, operands)) = commands.advance() else { break };
            *self.budget -= 1;
            let (held, count) = numbers(operands);
            let numbers = &held[..count];
            if !self.paints(name, numbers) && !self.sets(name, numbers, operands, resources) {
                self.writes(name, numbers, operands, resources);
            }
        }
    }

    /// Outlines and areas.
    fn paints(&mut self, name: &[u8], numbers: &[f64]) -> bool {
        let (matrix, white) = (self.state.matrix, self.state.white || self.state.transparent);
        match (name, numbers) {
            (b"re", [x, y, width, height]) => self.canvas.rectangle(&matrix, [*x, *y, *width, *height]),
            (b"m", [x, y]) => self.canvas.move_to(&matrix, *x, *y),
            (b"l", [x, y]) => self.canvas.line_to(&matrix, *x, *y),
            (b"c" | b"v" | b"y", [.., x, y]) => self.canvas.curve_to(&matrix, *x, *y),
            (b"h", _) => self.canvas.close(),
            (b"n", _) => self.canvas.forget(),
            (b"f" | b"F" | b"f*", _) => self.canvas.paint(true, false, white),
            (b"S" | b"s", _) => self.canvas.paint(false, true, white),
            (b"B" | b"B*" | b"b" | b"b*", _) => self.canvas.paint(true, true, white),
            _ => return false,
        }
        true
    }

    /// The state that letters are drawn with.
    fn sets(&mut self, name: &[u8], numbers: &[f64], operands: &[Operand<'_>], resources: Option<&Dictionary>) -> bool {
        let first = numbers.first().copied().unwrap_or(0.0);
        match name {
            b"q" if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
            b"Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => {
                if let Ok(change) = <[f64; 6]>::try_from(numbers) {
                    self.state.matrix = Matrix(change).then(&self.state.matrix);
                }
            }
            b"Tc" => self.state.letter_space = first,
            b"Tw" => self.state.word_space = first,
            b"Tz" => self.state.stretch = first / 100.0,
            b"TL" => self.state.leading = first,
            b"Ts" => self.state.rise = first,
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "there are eight modes")]
            b"Tr" => self.state.mode = first as u8,
            b"g" => self.colour(Space::Grey, numbers),
            b"rg" => self.colour(Space::Rgb, numbers),
            b"k" => self.colour(Space::Cmyk, numbers),
            b"sc" | b"scn" => self.colour(self.state.space, numbers),
            b"cs" => {
                let name = operands.iter().find_map(as_name).unwrap_or_default();
                self.state.space = self.space(name, resources);
                self.state.white = false;
            }
            b"Tf" => {
                let fonts = resources.and_then(|r| r.dictionary(self.document, b"Font"));
                let font = operands.iter().find_map(as_name).and_then(|n| fonts?.dictionary(self.document, n));
                self.state.font = font.map(|font| self.fonts.get(self.document, font));
                self.state.size = first;
            }
            b"gs" => {
                let states = resources.and_then(|r| r.dictionary(self.document, b"ExtGState"));
                let named = operands.iter().find_map(as_name).and_then(|n| states?.dictionary(self.document, n));
                if let Some(alpha) = named.and_then(|s| s.number(self.document, b"ca")) {
                    self.state.transparent = alpha < 0.02;
                }
            }
            _ => return false,
        }
        true
    }

    fn colour(&mut self, space: Space, colour: &[f64]) {
        self.state.space = space;
        self.state.white = space.is_white(colour);
    }

    fn space(&self, name: &[u8], resources: Option<&Dictionary>) -> Space {
        let known = Space::named(name);
        let spaces = resources.and_then(|r| r.dictionary(self.document, b"ColorSpace"));
        let (Space::Other, Some(object)) = (known, spaces.and_then(|s| s.resolved(self.document, name))) else {
            return known;
        };
        match object {
            Object::Name(name) => Space::named(name),
            Object::Array(parts) => {
                let named = parts.first().and_then(|p| p.as_name().ok()).unwrap_or_default();
                let profile = parts.get(1).and_then(|p| self.document.dereference(p).ok());
                let profile = profile.and_then(|(_, p)| p.as_stream().ok()).filter(|_| named == b"ICCBased");
                let components = profile.and_then(|p| p.dict.number(self.document, b"N"));
                components.map_or_else(|| Space::named(named), Space::of_components)
            }
            _ => Space::Other,
        }
    }

    /// Text, and forms that hold more commands.
    fn writes(&mut self, name: &[u8], numbers: &[f64], operands: &[Operand<'_>], resources: Option<&Dictionary>) {
        match (name, numbers) {
            (b"BT", _) => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            (b"Td", [x, y]) => self.next_line(*x, *y),
            (b"TD", [x, y]) => {
                self.state.leading = -y;
                self.next_line(*x, *y);
            }
            (b"Tm", all) if all.len() == 6 => {
                self.line = Matrix(all.try_into().unwrap_or(Matrix::IDENTITY.0));
                self.text = self.line;
            }
            (b"T*", _) => self.next_line(0.0, -self.state.leading),
            (b"'", _) => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands);
            }
            (b"\"", [words, letters]) => {
                (self.state.word_space, self.state.letter_space) = (*words, *letters);
                self.next_line(0.0, -self.state.leading);
                self.show(&operands[2..]);
            }
            (b"Tj" | b"TJ", _) => self.show(operands),
            (b"Do", _) => {
                if let Some(name) = operands.iter().find_map(as_name) {
                    self.object(name, resources);
                }
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.moved(x, y);
        self.text = self.line;
    }

    fn show(&mut self, operands: &[Operand<'_>]) {
        let Some(font) = self.state.font.clone() else { return };
        for operand in operands {
            match operand {
                Operand::Number(back) => {
                    let step = -back / 1000.0 * self.state.size * self.state.stretch;
                    self.text = self.text.moved(step, 0.0);
                }
                Operand::Text(text) => {
                    font.each(text, |letters, width, is_space| self.draw(letters, width, is_space, font.bold));
                }
                Operand::Name(_) => {}
            }
        }
    }

    fn draw(&mut self, letters: &str, width: f64, is_space: bool, bold: bool) {
        let state = &self.state;
        let spacing = state.letter_space + if is_space { state.word_space } else { 0.0 };
        let place = self.text.then(&state.matrix);
        let [along, slope, lean, rise, ..] = place.0;
        let (x, y) = place.apply(0.0, state.rise);
        let advance = width * state.size * state.stretch;
        self.text = self.text.moved(advance + spacing * state.stretch, 0.0);
        let size = state.size.abs() * lean.hypot(rise);
        if letters.trim().is_empty() && !letters.contains([' ', '\u{a0}']) {
            self.seen.unreadable += usize::from(letters.is_empty() && width > 0.0);
            return;
        }
        if slope.abs() > 0.3 * along.abs() || along * state.size < 0.0 {
            self.seen.turned += usize::from(!letters.trim().is_empty());
            return;
        }
        let extent = advance.abs() * along.hypot(slope);
        let outside = !(-1.0..=self.seen.width + 1.0).contains(&x) || !(-1.0..=self.seen.height + 1.0).contains(&y);
        let unseen = matches!(state.mode, 3 | 7)
            || state.transparent
            || state.white && matches!(state.mode, 0 | 4) && !self.canvas.is_dark(x + extent / 2.0, y - size * 0.3);
        if !size.is_finite() || outside || size < TOO_SMALL || unseen {
            self.seen.hidden += usize::from(!letters.trim().is_empty());
            return;
        }
        let count = letters.chars().count() as f64;
        for (at, letter) in letters.chars().enumerate() {
            let start = x + extent * at as f64 / count;
            let glyph =
                Glyph { x: start, right: start + extent / count, y, size, bold: bold || state.mode == 2, letter };
            self.seen.glyphs.push(glyph);
        }
    }

    fn object(&mut self, name: &[u8], resources: Option<&Dictionary>) {
        let document = self.document;
        let objects = resources.and_then(|r| r.dictionary(document, b"XObject"));
        let Some(stream) = objects.and_then(|o| o.resolved(document, name)).and_then(|o| o.as_stream().ok()) else {
            return;
        };
        if stream.dict.name(document, b"Subtype") != Some(b"Form") {
            self.canvas.picture(&self.state.matrix);
            return;
        }
        if self.depth >= MAX_NESTED_FORMS {
            return;
        }
        let Ok(content) = stream.get_plain_content_with_limit(MAX_STREAM) else { return };
        let own = stream.dict.dictionary(document, b"Resources").or(resources);
        let before = (self.state.clone(), std::mem::take(&mut self.saved), self.text, self.line);
        if let Some(change) = stream.dict.numbers(document, b"Matrix").and_then(|m| <[f64; 6]>::try_from(m).ok()) {
            self.state.matrix = Matrix(change).then(&self.state.matrix);
        }
        self.depth += 1;
        self.run(&content, own);
        self.depth -= 1;
        (self.state, self.saved, self.text, self.line) = before;
    }
}

/// The first six numbers, as no command but the show of text takes more.
fn numbers(operands: &[Operand<'_>]) -> ([f64; 6], usize) {
    let (mut held, mut count) = ([0.0; 6], 0);
    let all = operands.iter().filter_map(|o| if let Operand::Number(n) = o { Some(*n) } else { None });
    for (place, number) in held.iter_mut().zip(all) {
        *place = number;
        count += 1;
    }
    (held, count)
}

fn as_name<'o>(operand: &'o Operand<'_>) -> Option<&'o [u8]> {
    if let Operand::Name(name) = operand { Some(name) } else { None }
}
