//! `cefr`: the level of texts and sentences from the command line.

mod eval;
mod explain;
mod report;

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use cefr::Level;
use clap::{Parser, Subcommand};

/// Measures the CEFR level of English text.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures whole texts: one line per file, or one JSON object with the reasons.
    Measure {
        /// Text files; `-` is standard input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// One JSON object per file, on a line of its own.
        #[arg(long)]
        json: bool,
        /// Report words above this level (otherwise above A2).
        #[arg(long)]
        target: Option<Level>,
        /// A file with one exempt term per line.
        #[arg(long)]
        exempt: Option<PathBuf>,
    },
    /// Measures one sentence per line: sentence, score and band, separated by tabs.
    Sentences {
        /// The first column of each line is the sentence.
        #[arg(long)]
        tsv: PathBuf,
    },
    /// Shows why a text has its level, for people.
    Explain {
        /// The text itself.
        text: String,
        /// Report words above this level (otherwise above A2).
        #[arg(long)]
        target: Option<Level>,
        /// No colour; colour is also off when the output is not a terminal.
        #[arg(long)]
        plain: bool,
        /// The folder of WordNet 3.0, for simpler words.
        #[arg(long, default_value = "/usr/share/wordnet")]
        wordnet: PathBuf,
    },
    /// Prints how well the model agrees with people, from a folder with the data sets.
    Eval {
        data: PathBuf,
        /// A CSV with the columns `text` and `label` (A1 to C2).
        #[arg(long)]
        docs: Option<PathBuf>,
    },
    /// Prints the numbers and word parts of each sentence of a tab-separated file, for the training script.
    #[command(hide = true)]
    Features { file: PathBuf },
    /// Prints the words and raw score of each sentence, one text per line, for the calibration of texts.
    #[command(hide = true)]
    Raw { files: Vec<PathBuf> },
}

fn main() -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match Cli::parse().command {
        Command::Measure { files, json, target, exempt } => {
            let exempt = report::read_exempt(exempt.as_deref())?;
            for file in files {
                let text = report::read(&file)?;
                report::measure(&mut out, &file, &text, target, &exempt, json)?;
            }
        }
        Command::Sentences { tsv } => report::sentences(&mut out, &report::read(&tsv)?)?,
        Command::Explain { text, target, plain, wordnet } => {
            explain::explain(&mut out, &text, target, plain, &wordnet)?;
        }
        Command::Eval { data, docs } => {
            eval::eval(&mut out, &data, docs.as_deref())
                .with_context(|| format!("evaluating on {}", data.display()))?;
        }
        Command::Features { file } => report::features(&mut out, &report::read(&file)?)?,
        Command::Raw { files } => {
            for file in files {
                report::raw(&mut out, &report::read(&file)?)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
