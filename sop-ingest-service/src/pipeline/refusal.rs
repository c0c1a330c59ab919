use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a file cannot be read, in the words that the sales representative sees.
///
/// The code is part of the contract with sales-service (`sop.failed.v1`) and never changes; the sentence may.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Error, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    #[error("The file is empty (0 bytes). Please upload it again.")]
    EmptyFile,
    #[error(
        "There is no readable text in this file. If its pages are scans or photos, please upload the original document."
    )]
    NoText,
    #[error("The PDF is protected with a password. Please upload a copy without a password.")]
    EncryptedPdf,
    #[error(
        "The PDF is damaged or was not uploaded completely. Please open it on your computer, save it again and upload the new copy."
    )]
    DamagedPdf,
    #[error(
        "The Word document is damaged and cannot be opened. Please open it in Word, save it again and upload the new copy."
    )]
    DamagedDocx,
    #[error(
        "The file is called a Word document, but it is a different kind of archive. Please save it as .docx in Word and upload that file."
    )]
    NotADocx,
    #[error(
        "This Office file has a password, or is in an old format (.doc, .xls, .ppt). Please save it as .docx, .xlsx or .pptx without a password."
    )]
    OldOrProtectedOffice,
    #[error("The file unpacks to far more data than a document needs, so it was not opened for safety.")]
    ArchiveBomb,
    #[error(
        "This kind of file cannot be read. Please upload a PDF, Word, PowerPoint, Excel, HTML, Markdown, text or picture file, or a ZIP of these."
    )]
    UnsupportedType,
    #[error(
        "The name of the file contains characters that are not allowed. Please rename the file and upload it again."
    )]
    UnsafeFileName,
    #[error(
        "The presentation or workbook is damaged and cannot be opened. Please open it in its program, save it again and upload the new copy."
    )]
    DamagedOffice,
    #[error("The ZIP archive is damaged or was not uploaded completely. Please pack it again and upload the new copy.")]
    DamagedArchive,
    #[error(
        "The archive holds files whose names point outside of it, so it was not opened for safety. Please pack the documents again."
    )]
    UnsafeArchive,
    #[error("The archive holds other archives. Please pack only documents, or upload them one by one.")]
    NestedArchive,
    #[error("The archive is protected with a password. Please upload the documents without it.")]
    EncryptedArchive,
    #[error(
        "There is no document in the archive that can be read. Please upload PDF, Office, HTML, Markdown, text or picture files."
    )]
    NoDocuments,
    #[error(
        "The file is several kinds of file at once, so it was not opened for safety. Please save it again in its original program and upload the new copy."
    )]
    AmbiguousFile,
    #[error(
        "The document defines its own abbreviations for text, which no office program does, so it was not opened for safety. Please save it again in its original program."
    )]
    UnsafeXml,
    #[error(
        "The document contains macros (small programs), so it was not opened for safety. Please save it as .docx, .xlsx or .pptx without macros and upload that file."
    )]
    MacroDocument,
    #[error("The document has more pages than a procedure needs. Please split it and upload the parts.")]
    TooManyPages,
    #[error(
        "More than 200 pages of the document are scans. Please split it and upload the parts, or upload the original document."
    )]
    TooManyScans,
    #[error(
        "The pages are pictures, and reading text from pictures is not possible here. Please upload the original document."
    )]
    ScanUnreadable,
    #[error(
        "There is no readable text in this picture. Please upload a sharper scan or photo, or the original document."
    )]
    PictureWithoutText,
    #[error(
        "The picture has more dots than any page needs. Please scan the page with 300 dots per inch and upload it again."
    )]
    PictureTooLarge,
    #[error(
        "The picture is damaged or was not uploaded completely. Please scan or save it again and upload the new copy."
    )]
    DamagedPicture,
    #[error(
        "A virus was found in the file, so it was not opened. Please check your computer, and upload a clean copy."
    )]
    MalwareFound,
    #[error(
        "The file is larger than the virus scanner can check, so it was not opened. Please split it and upload the parts."
    )]
    NotScanned,
    #[error("The document is nested too deeply to be read. Please simplify it or upload it as a PDF.")]
    TooDeep,
    #[error("The document is too long. Please split it and upload the parts.")]
    TooLarge,
    #[error(
        "Reading the file took too long and was stopped. Please save it again in its original program, or split it, and upload the new copy."
    )]
    TookTooLong,
    #[error(
        "The file could not be read: its content is not in order. Please save it again in its original program and upload the new copy."
    )]
    Unreadable,
    #[error("The document is not written in English. Courses can only be made from English documents.")]
    NotEnglish,
    #[error(
        "The file in the store is not the file that was announced (its size or checksum differs). Please upload it again."
    )]
    ChecksumMismatch,
    #[error("The file was never uploaded, or the upload was not completed. Please upload it again.")]
    NotUploaded,
}

impl Refusal {
    /// The stable name of this reason, as it stands in events.
    pub fn code(self) -> &'static str {
        match self {
            Self::EmptyFile => "empty_file",
            Self::NoText => "no_text",
            Self::EncryptedPdf => "encrypted_pdf",
            Self::DamagedPdf => "damaged_pdf",
            Self::DamagedDocx => "damaged_docx",
            Self::NotADocx => "not_a_docx",
            Self::OldOrProtectedOffice => "old_or_protected_office",
            Self::ArchiveBomb => "archive_bomb",
            Self::UnsupportedType => "unsupported_type",
            Self::UnsafeFileName => "unsafe_file_name",
            Self::DamagedOffice => "damaged_office",
            Self::DamagedArchive => "damaged_archive",
            Self::UnsafeArchive => "unsafe_archive",
            Self::NestedArchive => "nested_archive",
            Self::EncryptedArchive => "encrypted_archive",
            Self::NoDocuments => "no_documents",
            Self::AmbiguousFile => "ambiguous_file",
            Self::UnsafeXml => "unsafe_xml",
            Self::MacroDocument => "macro_document",
            Self::TooManyPages => "too_many_pages",
            Self::TooManyScans => "too_many_scans",
            Self::ScanUnreadable => "scan_unreadable",
            Self::PictureWithoutText => "picture_without_text",
            Self::PictureTooLarge => "picture_too_large",
            Self::DamagedPicture => "damaged_picture",
            Self::MalwareFound => "malware_found",
            Self::NotScanned => "not_scanned",
            Self::TooDeep => "too_deep",
            Self::TooLarge => "too_large",
            Self::TookTooLong => "took_too_long",
            Self::Unreadable => "unreadable",
            Self::NotEnglish => "not_english",
            Self::ChecksumMismatch => "checksum_mismatch",
            Self::NotUploaded => "not_uploaded",
        }
    }
}
