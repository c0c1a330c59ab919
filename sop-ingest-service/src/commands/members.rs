use std::path::Path;

use course_format::sop::{SopDocument, SopFormat};

use super::{Unread, parse};
use crate::pipeline::{Refusal, extract};

/// The documents of one file, each with the name that it is spoken of by: the file itself, or those in an archive.
pub async fn parse_each(path: &Path) -> Vec<(String, Result<SopDocument, Unread>)> {
    let name = path.display().to_string();
    match parse(path).await {
        // It was unpacked and read once, under limits: a hostile archive does not come here.
        Ok(merged) if merged.format == SopFormat::Zip => match members(path, &name).await {
            Ok(documents) => documents,
            Err(refusal) => vec![(name, Err(refusal.into()))],
        },
        read => vec![(name, read)],
    }
}

/// Every document of the archive, read by itself.
async fn members(archive: &Path, name: &str) -> Result<Vec<(String, Result<SopDocument, Unread>)>, Refusal> {
    let bytes = std::fs::read(archive).map_err(|_| Refusal::Unreadable)?;
    let mut documents = Vec::new();
    for (at, (member, bytes)) in extract::members(&bytes)?.into_iter().enumerate() {
        let file = member.rsplit('/').next().unwrap_or(&member);
        // Two folders may hold files of one name.
        let folder = tempfile::tempdir().map_err(|_| Refusal::Unreadable)?;
        let path = folder.path().join(at.to_string());
        std::fs::write(&path, bytes).map_err(|_| Refusal::Unreadable)?;
        documents.push((format!("{name}/{member}"), super::parse_as(&path, file).await.map_err(Unread::from)));
    }
    Ok(documents)
}
