//! `course-gen-service draft`: the engine on files, with no server.

use std::fs;
use std::path::{Path, PathBuf};

use course_format::Level;
use course_format::course::CoursePackage;
use course_format::sop::ParsedSops;
use course_format::{package_bytes, validate};
use uuid::Uuid;

use crate::engine::author::RulesAuthor;
use crate::engine::library::Library;
use crate::engine::{self, Brief, EngineError, assemble};
use crate::print;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub struct DraftArgs {
    /// Parsed SOPs, as `sop-ingest-service parse` prints them.
    #[arg(long, value_name = "FILE")]
    pub sop: PathBuf,
    /// CEFR level of the learners: A1, A2, B1, B2, C1 or C2.
    #[arg(long)]
    pub level: Level,
    /// Guided hours that the course may take; without it, as many as the SOPs need.
    #[arg(long)]
    pub hours: Option<f32>,
    /// Levels at which each reading is wanted besides, for a class of mixed levels: A1,A2,B1.
    #[arg(long, value_delimiter = ',')]
    pub variants: Vec<Level>,
    /// Title of the course; without it, the SOP's.
    #[arg(long)]
    pub title: Option<String>,
    /// Leave out student.pdf and teacher.pdf, which headless Chromium prints where it is installed.
    #[arg(long)]
    pub no_pdf: bool,
    /// The course that was made from the version before, as course.json: it keeps its ids, and its words where the clauses
    /// are the same. Read the new version with `sop-ingest-service parse NEW --previous OLD`.
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    /// Folder for course.json, quality.json, course.html and the PDFs.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// Why there is no draft, in words for the person at the keyboard.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    #[error("cannot read {path}")]
    Read {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{path} is empty")]
    Empty { path: PathBuf },
    #[error("{path} is not in the format that is needed here: at {place}: {reason}")]
    Format { path: PathBuf, place: String, reason: String },
    #[error("{path} is not a course.json: {reason}")]
    Course { path: PathBuf, reason: String },
    #[error("{path} is damaged: {first}")]
    Damaged { path: PathBuf, first: String },
    #[error("--hours must be more than 0 and at most 1000")]
    Hours,
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error("the course would not be valid: {0}")]
    Invalid(String),
    #[error("cannot write {path}")]
    Write {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
}

/// Reads, makes, writes; returns what was made.
pub async fn run(args: &DraftArgs) -> Result<CoursePackage, DraftError> {
    if args.hours.is_some_and(|h| !h.is_finite() || h <= 0.0 || h > 1000.0) {
        return Err(DraftError::Hours);
    }
    let sops = read(&args.sop)?;
    let previous = args.previous.as_deref().map(read_course).transpose()?;
    let brief = brief(args, &sops, previous.as_ref());
    let (library, package) = engine::run(&RulesAuthor, &brief, sops, previous.as_ref()).await?;
    if let Some(first) = validate::validate_course(&package).first() {
        return Err(DraftError::Invalid(first.to_string()));
    }
    write(&args.out, &library, &package)?;
    if !args.no_pdf {
        print(&args.out, &library, &package).await?;
    }
    Ok(package)
}

/// What the command prints when it is done.
pub fn summary(package: &CoursePackage, out: &Path) -> String {
    let course = &package.course;
    format!(
        "{} ({}): {} lessons, {} items in {}",
        course.title,
        course.level,
        course.lessons().count(),
        course.items().count(),
        out.display()
    )
}

/// Parsed SOPs from a file, checked.
pub(crate) fn read(path: &Path) -> Result<ParsedSops, DraftError> {
    let bytes = fs::read(path).map_err(|source| DraftError::Read { path: path.to_owned(), source })?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(DraftError::Empty { path: path.to_owned() });
    }
    let mut reader = serde_json::Deserializer::from_slice(&bytes);
    let sops: ParsedSops = serde_path_to_error::deserialize(&mut reader).map_err(|e| DraftError::Format {
        path: path.to_owned(),
        place: e.path().to_string(),
        reason: e.inner().to_string(),
    })?;
    let damaged = sops.documents.iter().flat_map(validate::validate_sop).next();
    match damaged {
        Some(first) => Err(DraftError::Damaged { path: path.to_owned(), first: first.to_string() }),
        None => Ok(sops),
    }
}

fn read_course(path: &Path) -> Result<CoursePackage, DraftError> {
    let bytes = fs::read(path).map_err(|source| DraftError::Read { path: path.to_owned(), source })?;
    let mut reader = serde_json::Deserializer::from_slice(&bytes);
    serde_path_to_error::deserialize(&mut reader)
        .map_err(|e| DraftError::Course { path: path.to_owned(), reason: e.to_string() })
}

/// A draft belongs to no request: its ids come from its documents, so that the same file gives the same course.
fn brief(args: &DraftArgs, sops: &ParsedSops, previous: Option<&CoursePackage>) -> Brief {
    let documents: Vec<String> = sops.documents.iter().map(|d| d.document_id.to_string()).collect();
    let request_id = Uuid::new_v5(&Uuid::NAMESPACE_OID, documents.join("/").as_bytes());
    let request_id = previous.map_or(request_id, |p| p.course.request_id);
    Brief {
        course_id: previous.map_or_else(|| course_id(request_id), |p| p.course.course_id),
        request_id,
        client_id: Uuid::nil(),
        title: args.title.clone(),
        level: args.level,
        hours: args.hours,
        notes: Vec::new(),
        variants: args.variants.clone(),
    }
}

/// One course per request.
pub fn course_id(request_id: Uuid) -> Uuid {
    Uuid::new_v5(&request_id, b"course")
}

/// Both books. A browser that fails costs the PDFs, not the course.
async fn print(out: &Path, library: &Library, package: &CoursePackage) -> Result<(), DraftError> {
    let Some(browser) = print::browser() else {
        eprintln!("No PDFs: Chromium is not installed.");
        return Ok(());
    };
    for (name, audience) in assemble::BOOKS {
        let path = out.join(name);
        match print::pdf(&browser, &assemble::page_for(package, library, audience)).await {
            Ok(bytes) => fs::write(&path, bytes).map_err(|source| DraftError::Write { path, source })?,
            Err(error) => eprintln!("No {name}: {error}."),
        }
    }
    Ok(())
}

fn write(out: &Path, library: &Library, package: &CoursePackage) -> Result<(), DraftError> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |source| DraftError::Write { path, source }
    };
    fs::create_dir_all(out).map_err(fail(out))?;
    let save = |name: &str, bytes: &[u8]| {
        let path = out.join(name);
        fs::write(&path, bytes).map_err(fail(&path))
    };
    // One after the other: the files of a long course are large.
    save("course.json", &package_bytes(package).map_err(|e| DraftError::Invalid(e.to_string()))?)?;
    let quality = serde_json::to_vec_pretty(&package.quality).map_err(|e| DraftError::Invalid(e.to_string()))?;
    save("quality.json", &quality)?;
    save("course.html", assemble::page(package, library).as_bytes())
}
