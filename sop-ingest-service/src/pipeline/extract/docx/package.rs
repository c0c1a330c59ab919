//! The archive that a Word document is, opened with limits on what it may unpack to.

use std::{
    io::{Cursor, Read},
    path::Path,
};

use zip::ZipArchive;

use crate::pipeline::Refusal;

const MAX_ENTRIES: usize = 5_000;
const MAX_UNPACKED: u64 = 500 << 20;
const MAX_PART: u64 = 64 << 20;
/// XML of real documents packs 10 to 40 times; a bomb packs a thousand times.
const MAX_RATIO: u64 = 200;
/// Small parts may pack as well as they like.
const RATIO_FROM: u64 = 4 << 20;

pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::DamagedDocx)?;
        if zip.len() > MAX_ENTRIES {
            return Err(Refusal::ArchiveBomb);
        }
        let mut unpacked = 0_u64;
        for at in 0..zip.len() {
            let entry = zip.by_index_raw(at).map_err(|_| Refusal::DamagedDocx)?;
            unpacked = unpacked.saturating_add(entry.size());
            let packs_too_well = entry.size() > RATIO_FROM && entry.size() / entry.compressed_size().max(1) > MAX_RATIO;
            if unpacked > MAX_UNPACKED || packs_too_well {
                return Err(Refusal::ArchiveBomb);
            }
        }
        Ok(Self { zip })
    }

    /// One part, or `None` where the document has no such part. What the archive says of its size is not believed.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let Ok(entry) = self.zip.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        entry.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| Refusal::DamagedDocx)?;
        if bytes.len() as u64 > MAX_PART {
            return Err(Refusal::ArchiveBomb);
        }
        let text = String::from_utf8(bytes).map_err(|_| Refusal::DamagedDocx)?;
        // Entities that a document defines itself can grow without end, or name files elsewhere.
        if text.contains("<!ENTITY") { Err(Refusal::UnsafeXml) } else { Ok(Some(text)) }
    }

    /// The names of the parts that are printed at the top and bottom of pages.
    pub fn margins(&self) -> Vec<String> {
        let mut names: Vec<String> = self.zip.file_names().flatten().map(|name| name.to_string()).collect();
        let is_xml = |name: &str| Path::new(name).extension().is_some_and(|e| e == "xml");
        names.retain(|n| (n.starts_with("word/header") || n.starts_with("word/footer")) && is_xml(n));
        names.sort();
        names
    }

    pub fn holds(&self, part: &str) -> bool {
        self.zip.file_names().flatten().any(|n| n.starts_with(part))
    }

    /// Active content under this folder that was not run or fetched.
    pub fn notes_of(&self, folder: &str) -> Vec<String> {
        let noted = [
            ("vbaProject", "The document contains macros; they were not run."),
            ("embeddings/", "The document contains embedded files; they were not opened."),
            ("activeX/", "The document contains controls; they were not run."),
            ("media/", "Pictures were left out."),
        ];
        noted
            .iter()
            .filter(|(part, _)| self.holds(&format!("{folder}{part}")))
            .map(|(_, note)| (*note).to_owned())
            .collect()
    }
}
