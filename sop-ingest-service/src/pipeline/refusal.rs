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
    #[error("The PDF is protected with a password or against copying. Please upload a copy without protection.")]
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
        "This is a Word document with a password, or in the old .doc format. Please save it as .docx without a password."
    )]
    OldOrProtectedOffice,
    #[error("The file unpacks to far more data than a document needs, so it was not opened for safety.")]
    ArchiveBomb,
    #[error("This kind of file cannot be read. Please upload a PDF, Word (.docx), HTML, Markdown or text file.")]
    UnsupportedType,
    #[error(
        "The name of the file contains characters that are not allowed. Please rename the file and upload it again."
    )]
    UnsafeFileName,
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
