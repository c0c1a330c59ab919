//! Where things stand in a PDF file: inherited page attributes, indirect values, contents. Damage reads as absence.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// No stream of a document that people read unpacks to more.
pub const MAX_STREAM: usize = 64 << 20;
/// Deeper page trees are loops.
const MAX_PARENTS: usize = 64;

/// Values behind references.
pub trait Lookup {
    fn resolved<'a>(&'a self, document: &'a Document, key: &[u8]) -> Option<&'a Object>;

    fn name<'a>(&'a self, document: &'a Document, key: &[u8]) -> Option<&'a [u8]> {
        self.resolved(document, key)?.as_name().ok()
    }

    fn number(&self, document: &Document, key: &[u8]) -> Option<f64> {
        self.resolved(document, key)?.as_float().ok().map(f64::from)
    }

    fn dictionary<'a>(&'a self, document: &'a Document, key: &[u8]) -> Option<&'a Dictionary> {
        match self.resolved(document, key)? {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    fn numbers(&self, document: &Document, key: &[u8]) -> Option<Vec<f64>> {
        let list = self.resolved(document, key)?.as_array().ok()?;
        let number = |o: &Object| document.dereference(o).ok()?.1.as_float().ok().map(f64::from);
        list.iter().map(number).collect()
    }
}

impl Lookup for Dictionary {
    fn resolved<'a>(&'a self, document: &'a Document, key: &[u8]) -> Option<&'a Object> {
        document.dereference(self.get(key).ok()?).ok().map(|(_, object)| object)
    }
}

/// A page with what it inherits.
pub struct PageSource<'a> {
    pub resources: Option<&'a Dictionary>,
    /// Left, bottom, right, top of what is shown.
    pub area: [f64; 4],
    /// Quarter turns clockwise.
    pub turns: u8,
    pub content: Vec<u8>,
}

pub fn page(document: &Document, id: ObjectId) -> Option<PageSource<'_>> {
    let page = document.get_dictionary(id).ok()?;
    let chain: Vec<&Dictionary> =
        std::iter::successors(Some(page), |d| d.dictionary(document, b"Parent")).take(MAX_PARENTS).collect();
    let area = |key: &[u8]| {
        let found = chain.iter().find_map(|d| d.numbers(document, key))?;
        let [a, b, c, d] = found.try_into().ok()?;
        let area = [a.min(c), b.min(d), a.max(c), b.max(d)];
        (area[2] - area[0] >= 1.0 && area[3] - area[1] >= 1.0).then_some(area)
    };
    let paper = area(b"MediaBox").unwrap_or([0.0, 0.0, 612.0, 792.0]);
    let shown = area(b"CropBox")
        .map(|crop| [crop[0].max(paper[0]), crop[1].max(paper[1]), crop[2].min(paper[2]), crop[3].min(paper[3])]);
    let shown = shown.filter(|s| s[2] - s[0] >= 1.0 && s[3] - s[1] >= 1.0).unwrap_or(paper);
    let turned = chain.iter().find_map(|d| d.number(document, b"Rotate")).unwrap_or(0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 3")]
    let turns = (turned / 90.0).round().rem_euclid(4.0) as u8;
    let resources = chain.iter().find_map(|d| d.dictionary(document, b"Resources"));
    Some(PageSource { resources, area: shown, turns, content: content(document, page) })
}

/// The commands of a page; its parts may be cut anywhere between two words.
fn content(document: &Document, page: &Dictionary) -> Vec<u8> {
    let mut all = Vec::new();
    let mut add = |object: &Object| {
        let Ok((_, Object::Stream(stream))) = document.dereference(object) else { return };
        if let Ok(mut part) = stream.get_plain_content_with_limit(MAX_STREAM) {
            if all.is_empty() {
                all = part;
            } else {
                all.push(b'\n');
                all.append(&mut part);
            }
        }
    };
    match page.resolved(document, b"Contents") {
        Some(Object::Array(parts)) => parts.iter().for_each(&mut add),
        Some(stream @ Object::Stream(_)) => add(stream),
        _ => {}
    }
    all
}
