//! Forms: a number must be the number, a word may have one typing slip. The unit is printed, so that "8" and "8 °C" are
//! both right where the field's unit is °C.

use std::collections::BTreeMap;

use super::gap;
use super::{Grade, GradeError};
use crate::course::{FormField, GapPiece};

pub(super) fn grade(
    fields: &[FormField],
    accepted: &BTreeMap<String, Vec<String>>,
    entries: &BTreeMap<String, String>,
    points: u32,
    is_word: &dyn Fn(&str) -> bool,
) -> Result<Grade, GradeError> {
    let pieces: Vec<GapPiece> = fields.iter().map(|f| GapPiece::Gap { id: f.id.clone(), hint: None }).collect();
    let accepted: BTreeMap<String, Vec<String>> = fields
        .iter()
        .filter_map(|field| Some((field.id.clone(), with_unit(field, accepted.get(&field.id)?))))
        .collect();
    gap::grade(&pieces, &accepted, entries, points, is_word)
}

fn with_unit(field: &FormField, wordings: &[String]) -> Vec<String> {
    let units = field.unit.iter().flat_map(|unit| wordings.iter().map(move |w| format!("{w} {unit}")));
    wordings.iter().cloned().chain(units).collect()
}
