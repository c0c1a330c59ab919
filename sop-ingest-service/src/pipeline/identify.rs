//! What a file is, by its content. Its name is only asked to tell "renamed to .docx" from "unknown".

use course_format::sop::SopFormat;

use super::{Refusal, extract::pictures, pattern::patterns};

/// A file whose kind is known, with text already decoded.
#[derive(Debug)]
pub enum Identified<'a> {
    Pdf(&'a [u8]),
    Docx(&'a [u8]),
    Pptx(&'a [u8]),
    Xlsx(&'a [u8]),
    Picture(&'a [u8]),
    /// An archive of documents.
    Zip(&'a [u8]),
    Html(String),
    Markdown(String),
    Text(String),
}

impl Identified<'_> {
    pub fn format(&self) -> SopFormat {
        match self {
            Self::Pdf(_) => SopFormat::Pdf,
            Self::Docx(_) => SopFormat::Docx,
            Self::Pptx(_) => SopFormat::Pptx,
            Self::Xlsx(_) => SopFormat::Xlsx,
            Self::Zip(_) => SopFormat::Zip,
            Self::Picture(_) => SopFormat::Image,
            Self::Html(_) => SopFormat::Html,
            Self::Markdown(_) => SopFormat::Markdown,
            Self::Text(_) => SopFormat::Text,
        }
    }
}

patterns! {
    HTML_TAG = r"(?i)</?(?:html|head|body|div|p|h[1-6]|ul|ol|li|table|section|main|article|span)\b[^>]*>";
    MARKDOWN = r"(?m)^(?:---\s*$|#{1,6} |>\s*#{1,6} |```)|\*\*\S[^*\n]*\*\*|\]\([^)\s]+\)|^\|?[ :-]*-{3}[ :-]*\|";
}

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Where Word, Excel and PowerPoint keep the programs of a document.
const MACROS: [&str; 3] = ["word/vbaProject.bin", "xl/vbaProject.bin", "ppt/vbaProject.bin"];
/// A PDF may have junk before its header; readers accept it within the first kilobyte.
const PDF_HEADER_WITHIN: usize = 1024;
/// The list of an archive's files ends within its last bytes.
const ARCHIVE_END_WITHIN: usize = 66_000;

pub fn identify<'a>(bytes: &'a [u8], file_name: &str) -> Result<Identified<'a>, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::EmptyFile);
    }
    if looks_like_pdf(bytes) {
        if is_another_too(bytes) {
            return Err(Refusal::AmbiguousFile);
        }
        return Ok(Identified::Pdf(bytes));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes, file_name);
    }
    if bytes.starts_with(OLE) {
        return Err(Refusal::OldOrProtectedOffice);
    }
    if pictures::is_picture(bytes) {
        return Ok(Identified::Picture(bytes));
    }
    let text = decode(bytes).ok_or(Refusal::UnsupportedType)?;
    if text.trim().is_empty() {
        return Err(Refusal::NoText);
    }
    if is_of_a_program(&text) {
        return Err(Refusal::UnsupportedType);
    }
    Ok(markup(text))
}

/// Text that a program shows as something else: drawings (SVG) and other XML, Rich Text.
fn is_of_a_program(text: &str) -> bool {
    let start = text.trim_start();
    let head: String = start.chars().take(2_000).collect::<String>().to_ascii_lowercase();
    let xml = head.starts_with("<?xml") || head.starts_with("<svg") || head.starts_with("<!doctype svg");
    head.starts_with("{\\rtf") || xml && !head.contains("<html")
}

pub fn looks_like_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(PDF_HEADER_WITHIN)].windows(5).any(|w| w == b"%PDF-")
}

fn archive<'a>(bytes: &'a [u8], file_name: &str) -> Result<Identified<'a>, Refusal> {
    let named_docx = file_name.to_ascii_lowercase().ends_with(".docx");
    let Ok(zip) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return Err(if named_docx { Refusal::DamagedDocx } else { Refusal::UnsupportedType });
    };
    let has = |name: &str| zip.index_for_name(name).is_some();
    if has("[Content_Types].xml") && MACROS.iter().any(|name| has(name)) {
        return Err(Refusal::MacroDocument);
    }
    if has("[Content_Types].xml") && has("word/document.xml") {
        Ok(Identified::Docx(bytes))
    } else if has("[Content_Types].xml") && has("ppt/presentation.xml") {
        Ok(Identified::Pptx(bytes))
    } else if has("[Content_Types].xml") && has("xl/workbook.xml") {
        Ok(Identified::Xlsx(bytes))
    } else if named_docx {
        Err(Refusal::NotADocx)
    } else if has("[Content_Types].xml") || has("mimetype") || zip.is_empty() {
        Err(Refusal::UnsupportedType)
    } else {
        Ok(Identified::Zip(bytes))
    }
}

/// A PDF that is also an archive or a web page shows each program something else.
fn is_another_too(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let page = start.first() == Some(&b'<');
    let archive = start.starts_with(b"PK")
        || bytes[bytes.len().saturating_sub(ARCHIVE_END_WITHIN)..].windows(4).any(|w| w == b"PK\x05\x06");
    page || archive
}

/// UTF-16 without a byte order mark: every other byte of ordinary English is zero.
fn without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let pairs = bytes.len() / 2;
    let zeros = |first: usize| bytes.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    match (zeros(0), zeros(1)) {
        _ if pairs < 8 || !bytes.len().is_multiple_of(2) => None,
        (0, low) if low * 10 > pairs * 8 => Some(encoding_rs::UTF_16LE),
        (high, 0) if high * 10 > pairs * 8 => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// Text in UTF-8, in UTF-16 with a byte order mark, or in Windows-1252; `None` for anything that is not text.
fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _, bad) = encoding.decode(bytes);
        return (!bad).then(|| text.into_owned());
    }
    if let Some(encoding) = without_mark(bytes) {
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        return (!bad).then(|| text.into_owned());
    }
    let binary = |b: &u8| *b < 32 && !matches!(*b, b'\t' | b'\n' | b'\r' | 0x0C);
    if bytes.iter().any(binary) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let unusual = bytes.iter().filter(|b| !b.is_ascii()).count();
    (unusual * 5 < bytes.len()).then(|| encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned())
}

fn markup(text: String) -> Identified<'static> {
    let start = text.trim_start();
    if start.starts_with('<') && HTML_TAG.find_iter(start).nth(2).is_some() {
        Identified::Html(text)
    } else if MARKDOWN.is_match(&text) {
        Identified::Markdown(text)
    } else {
        Identified::Text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(bytes: &[u8], name: &str) -> Result<SopFormat, Refusal> {
        identify(bytes, name).map(|i| i.format())
    }

    #[test]
    fn content_decides_and_not_the_name() {
        assert_eq!(format(b"%PDF-1.7\n", "a.txt"), Ok(SopFormat::Pdf));
        assert_eq!(format(b"# Title\n\nText", "a.pdf"), Ok(SopFormat::Markdown));
        assert_eq!(format(b"<!doctype html><html><body><p>Hi</p></body></html>", "a.md"), Ok(SopFormat::Html));
        assert_eq!(format(b"1. Wash your hands.\n2. Dry them.", "a.html"), Ok(SopFormat::Text));
    }

    #[test]
    fn what_is_not_a_document_is_refused() {
        assert_eq!(format(b"", "a.md"), Err(Refusal::EmptyFile));
        assert_eq!(format(b" \n\t ", "a.md"), Err(Refusal::NoText));
        assert_eq!(format(b"PK\x03\x04 rest", "a.docx"), Err(Refusal::DamagedDocx));
        assert_eq!(format(OLE, "a.docx"), Err(Refusal::OldOrProtectedOffice));
    }

    #[test]
    fn drawings_and_rich_text_are_not_read_as_words() {
        for source in [
            "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><text>Wash</text></svg>",
            "<?xml version='1.0'?>\n<!DOCTYPE svg><svg/>",
            "<?xml version='1.0'?><note><to>Cook</to></note>",
            "{\\rtf1\\ansi Wash your hands.}",
        ] {
            assert_eq!(format(source.as_bytes(), "a.svg"), Err(Refusal::UnsupportedType), "{source}");
        }
        let page = "<?xml version='1.0'?><html><body><p>Wash your hands.</p></body></html>";
        assert_eq!(format(page.as_bytes(), "a.xhtml"), Ok(SopFormat::Html));
    }

    #[test]
    fn text_of_other_encodings_is_decoded() {
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("Keep at 5 °C.".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert!(matches!(identify(&utf16, "a.txt"), Ok(Identified::Text(t)) if t == "Keep at 5 °C."));
        let plain: Vec<u8> = "Keep at 5 °C.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(matches!(identify(&plain, "a.txt"), Ok(Identified::Text(t)) if t == "Keep at 5 °C."));
        assert!(matches!(identify(b"Keep at 5 \xB0C.", "a.txt"), Ok(Identified::Text(t)) if t == "Keep at 5 °C."));
    }
}
