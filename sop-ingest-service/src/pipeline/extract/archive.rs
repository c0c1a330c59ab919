//! An archive of documents: each becomes a section of one SOP, in the order of their names.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Block, Extracted, Shape, docx::Package, pdf, pictures};
use crate::pipeline::{Refusal, active, identify};

const MAX_DOCUMENTS: usize = 100;
const MAX_DOCUMENT: u64 = 50 << 20;

pub fn extract(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let (mut out, mut titles) = (Extracted::default(), Vec::new());
    for (name, bytes) in members(bytes)? {
        let file = name.rsplit('/').next().unwrap_or(&name).to_owned();
        let pages = pages(&bytes);
        let read = identify::identify(&bytes, &file).and_then(|found| match found {
            identify::Identified::Zip(_) => Err(Refusal::NestedArchive),
            found => super::extract(found),
        });
        match read {
            Ok(mut extracted) => {
                extracted.notes.extend(active::notes(&bytes));
                titles.push(name);
                append(&mut out, extracted, &file, pages);
            }
            Err(refusal @ (Refusal::NestedArchive | Refusal::ArchiveBomb | Refusal::MacroDocument)) => {
                return Err(refusal);
            }
            Err(refusal) => {
                out.pages += pages.unwrap_or(0);
                out.notes.push(format!("{file} was left out: {refusal}"));
            }
        }
    }
    if titles.is_empty() { Err(Refusal::NoDocuments) } else { Ok(out) }
}

/// How many pages a document has before anybody reads it; `None` where they only show when it is read.
fn pages(bytes: &[u8]) -> Option<u32> {
    if identify::looks_like_pdf(bytes) {
        return Some(pdf::count(bytes));
    }
    pictures::is_picture(bytes).then(|| pictures::count(bytes))
}

/// The documents in an archive of which pages can be drawn, each with the number of pages before it.
pub fn with_pages(bytes: &[u8]) -> Result<Vec<(u32, Vec<u8>)>, Refusal> {
    let (mut found, mut before) = (Vec::new(), 0);
    for (name, bytes) in members(bytes)? {
        if let Some(pages) = pages(&bytes) {
            found.push((before, bytes));
            before += pages;
        } else {
            let read = identify::identify(&bytes, &name).and_then(super::extract);
            before += read.map_or(0, |extracted| extracted.pages.max(1));
        }
    }
    Ok(found)
}

/// The files in the archive by their names, without those that programs leave for themselves.
pub fn members(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let damaged = |refusal| if refusal == Refusal::DamagedDocx { Refusal::DamagedArchive } else { refusal };
    Package::open(bytes).map_err(damaged)?;
    unpacked(bytes)
}

fn unpacked(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::DamagedArchive)?;
    let mut found = Vec::new();
    for at in 0..zip.len() {
        let entry = zip.by_index_raw(at).map_err(|_| Refusal::DamagedArchive)?;
        let name = entry.name().map_err(|_| Refusal::UnsafeArchive)?.into_owned();
        let outside =
            name.starts_with('/') || name.contains(['\\', '\0', ':']) || name.split('/').any(|part| part == "..");
        if outside {
            return Err(Refusal::UnsafeArchive);
        }
        let own = name.starts_with("__MACOSX/") || name.split('/').any(|part| part.starts_with('.'));
        if entry.is_dir() || own {
            continue;
        }
        if entry.encrypted() {
            return Err(Refusal::EncryptedArchive);
        }
        drop(entry);
        let mut bytes = Vec::new();
        let entry = zip.by_index(at).map_err(|_| Refusal::DamagedArchive)?;
        entry.take(MAX_DOCUMENT + 1).read_to_end(&mut bytes).map_err(|_| Refusal::DamagedArchive)?;
        if bytes.len() as u64 > MAX_DOCUMENT {
            return Err(Refusal::ArchiveBomb);
        }
        found.push((name, bytes));
        if found.len() > MAX_DOCUMENTS {
            return Err(Refusal::TooLarge);
        }
    }
    found.sort();
    Ok(found)
}

fn append(out: &mut Extracted, mut document: Extracted, file: &str, pages: Option<u32>) {
    let last = |found: fn(&Shape) -> Option<u32>| out.blocks.iter().filter_map(|b| found(&b.shape)).max();
    let (lists, tables) = (last(Shape::list).unwrap_or(0) + 1, last(Shape::table).unwrap_or(0) + 1);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).replace(['-', '_'], " ");
    let title = document.title.take().unwrap_or(stem);
    let page = out.pages + 1;
    out.blocks.push(Block::new(Shape::Heading { depth: 1, label: None }, title, page));
    for mut block in document.blocks {
        match &mut block.shape {
            Shape::Heading { depth, .. } => *depth = depth.saturating_add(1),
            Shape::Item(item) => item.list += lists,
            Shape::Row { table } => *table += tables,
            _ => {}
        }
        block.page += out.pages;
        block.lines.iter_mut().for_each(|line| line.area.page += out.pages);
        out.blocks.push(block);
    }
    out.pages += pages.unwrap_or(document.pages).max(1);
    out.notes.extend(document.notes.into_iter().map(|note| format!("{file}: {note}")));
}
