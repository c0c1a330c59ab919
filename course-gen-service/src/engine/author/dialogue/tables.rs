//! What a line of a table says, as a question for one of its cells.

use course_format::sop::ClauseKind;

use super::bank::{Ask, Source};
use super::lines;
use crate::engine::english::quantity;
use crate::engine::english::text::{capitalise, lower_first, sentence, word_count};
use crate::engine::english::words::{base_of_third_person, names_people};
use crate::engine::library::{ClauseRef, Library};

/// The questions of one row, where the head of its column is one that people ask with.
pub fn row(library: &Library, at: ClauseRef) -> Vec<Ask> {
    let Some(head) = head(library, at).filter(|h| *h != at) else { return Vec::new() };
    let heads: Vec<&str> = cells(&library.clause(head).text);
    let row: Vec<&str> = cells(&library.clause(at).text);
    if row.len() != heads.len() || row.len() < 2 {
        return Vec::new();
    }
    let source = Source::of(library, at, &library.clause(at).text);
    let text = &library.document(at).text;
    let thing = in_a_sentence(&lower_first(row[0], text));
    // Every line is asked about another column, so that two lines are not asked about in the same way.
    let columns = row.len() - 1;
    let turned = (0..columns).map(|i| (i + at.clause) % columns + 1);
    let pairs = turned.filter_map(|i| pair(heads[0], heads[i], &thing, row[i]));
    pairs
        .filter(|(q, a)| source.bears(a) && lines::is_sound(q) && lines::is_sound(a))
        .map(|(question, answer)| Ask { question, answer, source: source.clone() })
        .collect()
}

fn cells(text: &str) -> Vec<&str> {
    text.split(" | ").map(str::trim).collect()
}

/// The first row of the table: the rows above without a gap.
fn head(library: &Library, at: ClauseRef) -> Option<ClauseRef> {
    let section = &library.clause(at).section;
    let is_row = |c: ClauseRef| library.kind(c) == ClauseKind::TableRow && library.clause(c).section == *section;
    if !is_row(at) {
        return None;
    }
    (0..=at.clause).rev().map(|clause| ClauseRef { clause, ..at }).take_while(|c| is_row(*c)).last()
}

fn pair(first: &str, head: &str, thing: &str, cell: &str) -> Option<(String, String)> {
    let (first, head) = (first.to_lowercase(), head.to_lowercase());
    let short = word_count(thing) <= 4 && word_count(cell) <= 12 && !cell.contains(['(', '/', ';', ':']);
    let plain = thing.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '’' | '\''));
    if !short || !plain || cell.is_empty() {
        return None;
    }
    let verb = match first.as_str() {
        "check" => Some("check"),
        "test" => Some("test"),
        "inspection" => Some("inspect"),
        _ => None,
    };
    let people = matches!(first.as_str(), "role" | "who" | "person" | "position" | "job");
    let acts = cell.split(' ').next().is_some_and(|w| base_of_third_person(w).is_some());
    if people && acts && names_people(thing) && !cell.contains(", ") {
        let what = format!("{}{}", cell.chars().next()?.to_lowercase(), &cell[cell.chars().next()?.len_utf8()..]);
        return Some((format!("Who {}?", what.trim_end_matches('.')), format!("The {}.", in_a_sentence(thing))));
    }
    match (verb, head.as_str()) {
        (Some(verb), "who" | "by whom" | "responsible") if names_people(cell) => {
            Some((format!("Who {verb}s the {thing}?"), format!("The {}.", in_a_sentence(cell))))
        }
        (Some(verb), "how often" | "frequency") => {
            Some((format!("How often do I {verb} the {thing}?"), sentence(&capitalise(cell))))
        }
        (None, "temperature" | "time" | "limit" | "tolerance" | "amount" | "dose" | "speed" | "weight")
            if !quantity::all(cell).is_empty() =>
        {
            Some((format!("What’s the {head} for “{thing}”?"), sentence(&capitalise(cell))))
        }
        (None, "may be stored for") => Some((format!("How long can {thing} be stored?"), format!("For {cell}."))),
        _ => None,
    }
}

/// "Driver" is a capital of the table, "Head Chef" and "QA" are names.
fn in_a_sentence(cell: &str) -> String {
    let capitals = cell.chars().filter(|c| c.is_uppercase()).count();
    if capitals == 1 { cell.to_lowercase() } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_answers_the_question_of_its_column() {
        let of = |first: &str, head: &str, thing: &str, cell: &str| pair(first, head, thing, cell);
        assert_eq!(
            of("Check", "Who", "water level", "Driver"),
            Some(("Who checks the water level?".to_owned(), "The driver.".to_owned()))
        );
        assert_eq!(
            of("Check", "How often", "water level", "every week"),
            Some(("How often do I check the water level?".to_owned(), "Every week.".to_owned()))
        );
        assert_eq!(
            of("Programme", "Temperature", "delicate", "30 °C"),
            Some(("What’s the temperature for “delicate”?".to_owned(), "30 °C.".to_owned()))
        );
        assert_eq!(of("Item", "Price", "soap", "EUR 2"), None);
    }
}
