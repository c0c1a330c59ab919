//! `eval`: agreement with people, on data that the model was not trained on.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

pub fn eval(out: &mut impl Write, data: &Path) -> Result<()> {
    writeln!(out, "data: {}", data.display())?;
    Ok(())
}
