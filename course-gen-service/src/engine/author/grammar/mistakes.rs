//! What learners get wrong, in the lesson's own words: "must to wear" beside "must wear". Only where the wrong form is surely
//! wrong and follows from the words that show the point.

use super::Case;
use crate::engine::english::forms::gerund;
use crate::engine::english::text::lower_first;
use crate::engine::english::words::{
    base_of_participle, base_of_third_person, is_function, is_noun_like, is_verb, names_people,
};

/// Words of the longest order that is shown with a mistake.
const LONGEST: usize = 8;

/// Wrong and right of each case that has a sure mistake, without repeating one kind more than twice.
pub fn own(point: &str, cases: &[Case]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for case in cases.iter().filter(|c| !c.before) {
        let found = of_case(point, case).filter(|(wrong, right)| wrong != right);
        out.extend(found.filter(|pair| !out.contains(pair)));
    }
    out.truncate(2);
    out
}

fn of_case(point: &str, case: &Case) -> Option<(String, String)> {
    let focus = case.focus.as_str();
    let small = lower_first(focus, &focus.to_lowercase());
    let both = |wrong: String| Some((wrong, small.clone()));
    match point {
        "imperative" => {
            order(&case.text).map(|o| (format!("To {}.", lower_first(&o, &o.to_lowercase())), format!("{o}.")))
        }
        "negative_imperative" => ban(&case.text),
        "must" | "should" | "may_can" => after_modal(&small).and_then(both),
        "modal_passive" => small.contains(" be ").then(|| small.replacen(" be ", " ", 1)).and_then(both),
        "passive" => active(&small).and_then(both),
        "quantity" => amount(&small, &case.text),
        "compounds" => turned(&small),
        "articles" => article(&small, &case.text),
        "time_limit" => time(&small).and_then(both),
        "comparison" => limit(&small).and_then(both),
        "by_ing" => preposition_with_base(&small).and_then(both),
        "relative" => other_pronoun(&small).and_then(both),
        "routine" => without_s(focus, &case.text),
        "before_after" | "when_until" => preposition_with_base(&small).or_else(|| with_will(&small)).and_then(both),
        "if_imperative" | "zero_conditional" => with_will(&small).and_then(both),
        "joined_steps" => joined(&small).and_then(both),
        "phrasal_verbs" => pronoun_last(focus),
        _ => None,
    }
}

/// The first order of a sentence, where it is short.
fn order(text: &str) -> Option<String> {
    let ends = [",", ";", ":", " and ", " before ", " after ", " until ", " when ", " if ", " so that ", " ("];
    let end = ends.iter().filter_map(|e| text.find(e)).min().unwrap_or(text.len());
    let order = text[..end].trim_end_matches(['.', '!']);
    let first = order.split(' ').next().filter(|w| is_verb(w))?;
    let whole = (3..=LONGEST).contains(&order.split(' ').count()) && !first.is_empty();
    whole.then(|| order.to_owned())
}

fn ban(text: &str) -> Option<(String, String)> {
    let rest = text.strip_prefix("Do not ").map(|r| (r, "No")).or(text.strip_prefix("Never ").map(|r| (r, "Never to")));
    let (rest, wrong) = rest?;
    let rest = order_of_ban(rest)?;
    let right = if wrong == "No" { "Do not" } else { "Never" };
    Some((format!("{wrong} {rest}."), format!("{right} {rest}.")))
}

fn order_of_ban(rest: &str) -> Option<&str> {
    let ends = [",", ";", ":", " and ", " or ", " unless ", " before ", " until ", " when ", " if ", " ("];
    let end = ends.iter().filter_map(|e| rest.find(e)).min().unwrap_or(rest.len());
    let rest = rest[..end].trim_end_matches(['.', '!']);
    (2..LONGEST).contains(&rest.split(' ').count()).then_some(rest)
}

/// "must to wear"
fn after_modal(focus: &str) -> Option<String> {
    ["must not ", "must ", "should not ", "should ", "may not ", "may "]
        .into_iter()
        .find_map(|m| focus.strip_prefix(m).map(|rest| format!("{m}to {rest}")))
}

/// "are insert"
fn active(focus: &str) -> Option<String> {
    let (be, participle) = focus.split_once(' ').filter(|(be, _)| matches!(*be, "is" | "are"))?;
    let base = base_of_participle(participle).filter(|b| b != participle)?;
    (cefr::inflect(&base, cefr::Form::PastParticiple) == participle).then(|| format!("{be} {base}"))
}

/// "30 minute", "500 mL saline", "each bags"
fn amount(focus: &str, text: &str) -> Option<(String, String)> {
    let (number, unit) = focus.split_once(' ')?;
    if let Some(measure) = focus.strip_suffix(" of") {
        let rest = text.split_once(focus)?.1;
        let thing = rest.split_whitespace().next()?.trim_matches(|c: char| !c.is_alphanumeric());
        let plain = thing.len() > 2 && !is_function(thing) && thing.chars().all(char::is_lowercase);
        return plain.then(|| (format!("{measure} {thing}"), format!("{focus} {thing}")));
    }
    let wrong = match number {
        "each" | "every" => cefr::inflect(unit, cefr::Form::Plural),
        n if n.starts_with(|c: char| c.is_ascii_digit()) && !unit.contains(' ') => unit.strip_suffix('s')?.to_owned(),
        _ => return None,
    };
    Some((format!("{number} {wrong}"), focus.to_owned()))
}

/// "the log key" for the key log
fn turned(focus: &str) -> Option<(String, String)> {
    let (first, last) = focus.split_once(' ').filter(|(_, last)| !last.contains(' '))?;
    let plain = focus.chars().all(|c| c.is_lowercase() || c == ' ') && !first.ends_with('s') && first != last;
    plain.then(|| (format!("the {last} {first}"), format!("the {focus}")))
}

/// "a apron"; "with torch" for "with a torch"
fn article(focus: &str, text: &str) -> Option<(String, String)> {
    if let Some(thing) = focus.strip_prefix("an ") {
        return Some((format!("a {thing}"), focus.to_owned()));
    }
    let thing = focus.strip_prefix("a ")?;
    let before = text.split_once(focus)?.0.trim_end().rsplit(' ').next().filter(|w| !w.is_empty())?;
    let plain = before.chars().all(char::is_alphabetic);
    let before = before.to_lowercase();
    plain.then(|| (format!("{before} {thing}"), format!("{before} {focus}")))
}

fn time(focus: &str) -> Option<String> {
    let number = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let swap = |from: &str, to: &str| focus.strip_prefix(from).filter(|r| number(r)).map(|r| format!("{to}{r}"));
    swap("for ", "since ").or_else(|| swap("within ", "until ")).or_else(|| swap("by ", "until "))
}

fn limit(focus: &str) -> Option<String> {
    [
        ("at least ", "at less "),
        ("more than ", "more that "),
        ("less than ", "less that "),
        ("longer than ", "more long than "),
    ]
    .into_iter()
    .find_map(|(right, wrong)| focus.strip_prefix(right).map(|rest| format!("{wrong}{rest}")))
}

/// "without to ask", "before to close"
fn preposition_with_base(focus: &str) -> Option<String> {
    let (preposition, verb) = focus.split_once(' ').filter(|(_, verb)| verb.ends_with("ing") && !verb.contains(' '))?;
    let base = cefr::lemma(verb);
    (is_verb(&base) && gerund(&base) == verb).then(|| format!("{preposition} to {base}"))
}

fn other_pronoun(focus: &str) -> Option<String> {
    let (noun, pronoun) = focus.split_once(' ')?;
    match (pronoun, names_people(noun)) {
        ("who", true) => Some(format!("{noun} which")),
        ("which" | "that", false) => Some(format!("{noun} who")),
        _ => None,
    }
}

/// "the cook check"
fn without_s(verb: &str, text: &str) -> Option<(String, String)> {
    let base = base_of_third_person(verb)?;
    let before = text.split_once(&format!(" {verb} "))?.0;
    let subject = before.rsplit(' ').next().filter(|w| names_people(w) && w.chars().all(char::is_lowercase))?;
    Some((format!("the {subject} {base}"), format!("the {subject} {verb}")))
}

/// "until the light will turn", "if the door will be open"
fn with_will(clause: &str) -> Option<String> {
    if clause.contains(" will ") || clause.contains(" can ") || clause.contains(" ha") {
        return None;
    }
    for be in [" is", " are"] {
        if let Some((before, after)) =
            clause.split_once(be).filter(|(_, after)| after.is_empty() || after.starts_with(' '))
        {
            return Some(format!("{before} will be{after}"));
        }
    }
    let (before, verb) = clause.rsplit_once(' ')?;
    let pronoun = [" you", " they"].iter().any(|p| before.ends_with(p));
    if pronoun && is_verb(verb) {
        return Some(format!("{before} will {verb}"));
    }
    let base = base_of_third_person(verb).filter(|b| !is_noun_like(b) || before.split(' ').count() == 3)?;
    Some(format!("{before} will {base}"))
}

/// "after to close", "once you will have closed"
fn joined(focus: &str) -> Option<String> {
    let have = focus.contains(" you have ").then(|| focus.replacen(" you have ", " you will have ", 1));
    have.or_else(|| preposition_with_base(focus))
}

/// "Switch on it."
fn pronoun_last(focus: &str) -> Option<(String, String)> {
    let (verb, rest) = focus.split_once(' ')?;
    let particle = rest.rsplit(' ').next()?;
    let mut letters = verb.chars();
    let verb = letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>())?;
    Some((format!("{verb} {particle} it."), format!("{verb} it {particle}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_made_of_the_lessons_own_words() {
        assert_eq!(order("Clamp the lines and hang the bag on the stand.").as_deref(), Some("Clamp the lines"));
        assert_eq!(ban("Never stand under a raised load.").unwrap().0, "Never to stand under a raised load.");
        assert_eq!(after_modal("must not be filled").as_deref(), Some("must not to be filled"));
        assert_eq!(active("are inserted").as_deref(), Some("are insert"));
        assert_eq!(amount("30 minutes", "Wait for 30 minutes.").unwrap().0, "30 minute");
        assert_eq!(amount("500 mL of", "Use 500 mL of water.").unwrap().0, "500 mL water");
        assert_eq!(turned("key log").unwrap().0, "the log key");
        assert_eq!(time("for 15 years").as_deref(), Some("since 15 years"));
        assert_eq!(article("a torch", "Look behind it with a torch.").unwrap().0, "with torch");
        assert_eq!(article("an apron", "Put on an apron.").unwrap().0, "a apron");
        assert_eq!(limit("at least 3").as_deref(), Some("at less 3"));
        assert_eq!(preposition_with_base("before checking").as_deref(), Some("before to check"));
        assert_eq!(other_pronoun("boxes that").as_deref(), Some("boxes who"));
        assert_eq!(with_will("before the wound is closed").as_deref(), Some("before the wound will be closed"));
        assert_eq!(with_will("before you spray").as_deref(), Some("before you will spray"));
        assert_eq!(pronoun_last("take the tubes out").unwrap().0, "Take out it.");
    }

    #[test]
    fn where_the_wrong_form_could_be_right_there_is_none() {
        assert_eq!(time("for a long time"), None);
        assert_eq!(with_will("until it can lift"), None);
        assert_eq!(limit("below 7"), None);
        assert_eq!(active("is put"), None);
    }
}
