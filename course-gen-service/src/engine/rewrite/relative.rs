//! R1 for clauses after a comma that say more about a thing, a person or a place: a sentence of their own.

use super::phrase::tail;
use crate::engine::english::text::capitalise;
use crate::engine::english::words::{base_of_third_person, is_finite, is_function, names_people};
use crate::engine::facts::has_pronoun;

/// "It is replaced by a day badge, which is valid until midnight." -> "... by a day badge. The day badge is valid ..."
pub fn which(sentence: &str) -> Option<Vec<String>> {
    let (head, rest) = apart(sentence, ", which ")?;
    let noun = last_noun(head)?;
    let finite =
        ["is ", "are ", "must ", "should ", "may ", "has ", "have ", "can "].iter().any(|v| rest.starts_with(v));
    let thing = !names_people(noun.words);
    if finite && thing && noun.agrees(rest) {
        return Some(vec![format!("{head}."), format!("{} {rest}.", noun.again())]);
    }
    // "a declaration, which the manager signs"
    let (who, verb) = rest.rsplit_once(' ')?;
    let acts = ["the ", "your ", "a ", "an "].iter().any(|d| who.starts_with(d)) && names_people(who);
    let third = base_of_third_person(verb).is_some() && who.split(' ').count() <= 4;
    let object = noun.again().replacen("The ", "the ", 1).replacen("Your ", "your ", 1);
    (acts && third && thing).then(|| vec![format!("{head}."), format!("{} {verb} {object}.", capitalise(who))])
}

/// "Ask the manager, who also orders chairs." -> "Ask the manager. The manager also orders chairs."
pub fn who(sentence: &str) -> Option<Vec<String>> {
    let (head, rest) = apart(sentence, ", who ")?;
    let noun = last_noun(head)?;
    let verb = rest.split(' ').find(|w| *w != "also" && *w != "then")?;
    let acts = is_finite(verb) || base_of_third_person(verb).is_some();
    (acts && names_people(noun.words) && noun.agrees(rest) && !rest.contains("then "))
        .then(|| vec![format!("{head}."), format!("{} {rest}.", noun.again())])
}

/// "It goes to reception, where it is kept for 30 days." -> "It goes to reception. There, it is kept for 30 days."
pub fn place(sentence: &str) -> Option<Vec<String>> {
    let text = sentence.strip_suffix('.')?;
    let (head, rest) = text.split_once(", where ")?;
    let own = ["it ", "they ", "you ", "the "].iter().any(|s| rest.starts_with(s));
    let finite = rest.split(' ').skip(1).take(4).any(is_finite);
    let case = ["If ", "When ", "Before ", "After "].iter().any(|c| head.starts_with(c));
    let plain = !text.contains([':', ';', '(', '?']) && !rest.contains(", ");
    (own && finite && plain && !case).then(|| vec![format!("{head}."), format!("There, {rest}.")])
}

/// The sentence before the mark and what follows it, where both are plain and the first is no case.
fn apart<'a>(sentence: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let (head, rest) = sentence.strip_suffix('.')?.split_once(mark)?;
    let case = ["If ", "When "].iter().any(|c| head.starts_with(c)) && !head.contains(", ");
    // "the badges, which are green, are in the box": the main clause goes on.
    let begins_again =
        |part: &str| part.split(' ').next().is_some_and(|w| is_finite(w) || base_of_third_person(w).is_some());
    let list = rest.contains(", ") && !rest.contains(" and ") || rest.split(", ").skip(1).any(begins_again);
    (!case && !list && !rest.contains([';', ':', '(']) && !head.contains([':', '(']) && !has_pronoun(rest))
        .then_some((head, rest))
}

/// The noun phrase at the end of a sentence, with the word before it.
struct LastNoun<'a> {
    determiner: &'a str,
    words: &'a str,
}

impl LastNoun<'_> {
    fn again(&self) -> String {
        format!("{} {}", if self.determiner == "your" { "Your" } else { "The" }, self.words)
    }

    fn agrees(&self, rest: &str) -> bool {
        let plural = self.words.ends_with('s') && !self.words.ends_with("ss");
        !rest.starts_with(if plural { "is " } else { "are " })
            && !rest.starts_with(if plural { "has " } else { "have " })
    }
}

fn last_noun(head: &str) -> Option<LastNoun<'_>> {
    let at = ["the ", "a ", "an ", "your ", "The ", "A ", "An "]
        .iter()
        .flat_map(|d| head.match_indices(d))
        .filter(|(at, _)| *at == 0 || head[..*at].ends_with(' '))
        .max_by_key(|(at, _)| *at)?;
    let (determiner, words) = head[at.0..].split_once(' ')?;
    let count = words.split(' ').count();
    let plain = (1..=4).contains(&count) && words.split(' ').all(|w| !is_function(w) && tail(w).is_empty());
    plain.then_some(LastNoun { determiner, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_which_clause_gets_its_own_sentence() {
        assert_eq!(
            which("It is replaced by a day badge, which is valid until midnight.").unwrap(),
            ["It is replaced by a day badge.", "The day badge is valid until midnight."]
        );
        assert_eq!(
            which("The employee fills in a missing receipt form, which the manager signs.").unwrap(),
            ["The employee fills in a missing receipt form.", "The manager signs the missing receipt form."]
        );
        assert_eq!(which("The badges, which are green, are in the box."), None);
        assert_eq!(which("Take the lid off the box, which is heavy, and wash it."), None);
    }

    #[test]
    fn people_and_places_too() {
        assert_eq!(
            who("Big meetings are approved by the Facilities Manager, who also arranges more chairs.").unwrap(),
            [
                "Big meetings are approved by the Facilities Manager.",
                "The Facilities Manager also arranges more chairs."
            ]
        );
        assert_eq!(
            place("Lost bags are taken to reception, where they are kept for 30 days.").unwrap(),
            ["Lost bags are taken to reception.", "There, they are kept for 30 days."]
        );
        assert_eq!(who("If you see the guard, who is at the door, call me."), None);
        assert_eq!(place("If you are in the room, where it is hot, leave."), None);
    }
}
