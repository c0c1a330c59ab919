//! Situations that prose names without "if": "To save the file, click Export", "For questions about the card, call the bank",
//! "In case of a paper jam, open the cover", "Should the archive be unavailable, save it locally", "A visitor who refuses to
//! pay must leave".

use super::article::begins_with_vowel_sound;
use super::forms::{is_plural, third_person};
use super::parse::{Form, begins_verb_phrase, is_statement, opens_otherwise, parse, strip_label};
use super::text::{lower_first, without_brackets, without_stop};
use super::words::{base_of_third_person, is_finite, is_noun_like, is_verb, names_people};

/// A situation and its rule, both without a full stop.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Situated {
    /// "you want to save the file"
    pub condition: String,
    /// "click Export" or "the visitor must leave".
    pub rule: String,
    /// The rule is an order.
    pub ordered: bool,
}

/// The situation of a sentence, when both halves can stand alone.
pub fn of(sentence: &str) -> Option<Situated> {
    let text = without_brackets(without_stop(strip_label(sentence.trim())))?;
    if text.contains(['→', '|', '?', '[', ';']) || text.contains(": ") || text.contains("://") {
        return None;
    }
    let found = led(&text).or_else(|| related(&text))?;
    let plain = !found.condition.contains(['“', '"']) && (found.ordered || !found.rule.contains(['“', '"']));
    plain.then_some(found)
}

fn led(text: &str) -> Option<Situated> {
    let at = text.find(", ");
    let halves = at.map(|at| (&text[..at], &text[at + 2..])).filter(|(lead, _)| !lead.contains(" you can "));
    if let Some((lead, rule)) = halves {
        let condition = purpose(lead)
            .or_else(|| questions(lead))
            .or_else(|| event(lead))
            .or_else(|| inverted(lead))
            .or_else(|| clause(lead))?;
        return situated(condition, rule);
    }
    let (lead, rule) = unmarked(text)?;
    situated(purpose(lead).or_else(|| clause(lead))?, rule)
}

fn situated(condition: String, rule: &str) -> Option<Situated> {
    let rule = rule.strip_prefix("then ").unwrap_or(rule);
    let rule = rule.strip_prefix("please ").unwrap_or(rule);
    match parse(rule) {
        Form::Do(command) => Some(Situated { condition, rule: command.text, ordered: true }),
        Form::DoNot(command) => Some(Situated { condition, rule: format!("do not {}", command.text), ordered: true }),
        _ => {
            let subject = rule.split(' ').next()?;
            let stands = !rule.ends_with(" here")
                && ["you", "the", "a", "an", "your", "all", "each", "every"].contains(&subject)
                && rule.split(' ').skip(1).take(9).any(|w| is_finite(w.trim_end_matches(',')));
            (stands && rule.split(' ').count() >= 4).then(|| Situated {
                condition,
                rule: rule.to_owned(),
                ordered: false,
            })
        }
    }
}

/// "To save the file", "In order to travel officially".
fn purpose(lead: &str) -> Option<String> {
    let rest = lead.strip_prefix("In order to ").or_else(|| lead.strip_prefix("To "))?;
    let verb = rest.split(' ').next()?;
    let words = rest.split(' ').count();
    let plain = is_verb(verb) && (2..=12).contains(&words) && !rest.split(' ').any(is_finite);
    (plain && !matches!(verb, "ensure" | "avoid" | "prevent" | "make")).then(|| format!("you want to {rest}"))
}

/// What the reader of "To save the layer, click Export" wants: "you want to save the layer".
pub fn wanted(sentence: &str) -> Option<String> {
    let text = without_stop(strip_label(sentence.trim()));
    let lead = match text.find(", ") {
        Some(at) if !text[..at].contains(" click ") && !text[..at].contains(" you ") => &text[..at],
        _ => unmarked(text)?.0,
    };
    purpose(lead).filter(|p| !p.contains(['“', '"', '(']))
}

/// "To save the shape file right click the layer": no comma, but a verb that can be nothing else.
fn unmarked(text: &str) -> Option<(&str, &str)> {
    const SECOND: [&str; 5] = [" you can ", " you must ", " you should ", " you need ", " you have to "];
    let told = SECOND.iter().filter_map(|s| text.find(s)).min().filter(|at| text[..*at].split(' ').count() <= 12);
    if let Some(at) = told {
        return Some((&text[..at], &text[at + 1..]));
    }
    if !text.starts_with("To ") {
        return None;
    }
    let words: Vec<&str> = text.split(' ').collect();
    let at = (3..words.len().min(11)).find(|at| {
        let joint = matches!(
            words[at - 1],
            "to" | "and" | "or" | "not" | "the" | "a" | "an" | "your" | "then" | "that" | "right" | "left" | "double"
        );
        let clicked = matches!(words[*at], "right" | "left" | "double") && words.get(at + 1) == Some(&"click");
        clicked
            || !joint && is_verb(words[*at]) && !is_noun_like(words[*at]) && begins_verb_phrase(&words[*at..].join(" "))
    })?;
    let cut = words[..at].join(" ").len();
    Some((&text[..cut], text[cut..].trim_start()))
}

/// "For questions about the card".
fn questions(lead: &str) -> Option<String> {
    const HAVE: [&str; 3] = ["questions", "queries", "technical questions"];
    const NEED: [&str; 6] = ["help", "support", "advice", "assistance", "more information", "further information"];
    let rest = lead.strip_prefix("For ")?;
    let opens = |list: &[&str]| {
        let bare = rest.strip_prefix("any ").unwrap_or(rest);
        list.iter().any(|w| bare == *w || bare.starts_with(&format!("{w} ")))
    };
    if rest.split(' ').count() > 12 {
        return None;
    }
    if opens(&HAVE) {
        return Some(format!("you have {rest}"));
    }
    opens(&NEED).then(|| format!("you need {rest}"))
}

/// "In case of a paper jam", "In the event of fire".
fn event(lead: &str) -> Option<String> {
    let event = lead.strip_prefix("In case of ").or_else(|| lead.strip_prefix("In the event of "))?;
    let first = event.split(' ').next()?;
    if event.split(' ').count() > 8 {
        return None;
    }
    if matches!(first, "a" | "an") {
        return Some(format!("there is {event}"));
    }
    let head = event.split(' ').take_while(|w| !matches!(*w, "in" | "on" | "at" | "of" | "with" | "to")).last()?;
    if is_plural(event).unwrap_or(false) && head.ends_with('s') && !event.contains(" or ") {
        return Some(format!("there are {event}"));
    }
    let named = matches!(head, "fire" | "failure" | "emergency" | "accident" | "leak" | "jam" | "spill" | "injury");
    let article = if begins_with_vowel_sound(first) { "an" } else { "a" };
    named.then(|| format!("there is {article} {event}"))
}

/// "Should you need support", "Should the archive be unavailable".
fn inverted(lead: &str) -> Option<String> {
    let rest = lead.strip_prefix("Should ")?;
    if rest.starts_with("you be ") {
        return Some(rest.replacen("you be ", "you are ", 1));
    }
    if rest.starts_with("you ") {
        return (rest.split(' ').count() >= 3).then(|| rest.to_owned());
    }
    let words: Vec<&str> = rest.split(' ').collect();
    let at =
        (1..words.len().min(7)).find(|at| words[*at] == "be" || is_verb(words[*at]) && !is_noun_like(words[*at]))?;
    let subject = words[..at].join(" ");
    let plural = is_plural(&subject)?;
    let verb = match (words[at], plural) {
        ("be", true) => "are".to_owned(),
        ("be", false) => "is".to_owned(),
        (verb, true) => verb.to_owned(),
        (verb, false) => third_person(verb),
    };
    let rest = words[at + 1..].join(" ");
    (!rest.is_empty()).then(|| format!("{subject} {verb} {rest}"))
}

/// "As soon as the lamp turns green", "Once editing is toggled on".
fn clause(lead: &str) -> Option<String> {
    const OPENERS: [&str; 5] = ["As soon as ", "Once ", "Whenever ", "In the event that ", "Where "];
    let rest = OPENERS.iter().find_map(|o| lead.strip_prefix(o))?;
    (is_statement(rest) && !rest.starts_with("possible")).then(|| rest.to_owned())
}

/// "A visitor who refuses to pay must leave", "Files that are named incorrectly cannot be found".
fn related(text: &str) -> Option<Situated> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let pronoun = words.iter().take(6).position(|w| matches!(*w, "who" | "that" | "which")).filter(|at| *at > 0)?;
    let subject = words[..pronoun].join(" ");
    let first = words[0].to_lowercase();
    let closed = opens_otherwise(&first) || is_verb(&first) && !is_noun_like(&first) || is_finite(&first);
    if closed || matches!(first.as_str(), "it" | "this" | "these" | "if" | "when" | "no" | "nobody" | "all" | "only") {
        return None;
    }
    let after = if is_finite(words.get(pronoun + 1)?) { pronoun + 2 } else { pronoun + 1 };
    let main = (after..words.len()).find(|at| is_finite(words[*at]))?;
    let relative = words[pronoun + 1..main].join(" ");
    let predicate = words[main..].join(" ");
    let modal =
        matches!(words[main], "must" | "should" | "may" | "can" | "cannot" | "will" | "is" | "are" | "has" | "have");
    let fits = (2..=12).contains(&(main - pronoun - 1)) && words.len() - main >= 3 && modal;
    if !fits || relative.contains(',') || predicate.contains(", ") || subject.contains(',') {
        return None;
    }
    let (case, rule) = about(&subject, &relative, &predicate, text)?;
    is_statement(&case).then_some(Situated { condition: case, rule, ordered: false })
}

/// One of those that the rule is about, and the rule for it.
fn about(subject: &str, relative: &str, predicate: &str, text: &str) -> Option<(String, String)> {
    let lower = small(subject, text);
    let (article, noun) = subject.split_once(' ').unwrap_or(("", subject));
    match subject.to_lowercase().as_str() {
        "anyone" | "everyone" | "anybody" | "everybody" | "employees" | "staff"
            if subject.len() > 8 || article.is_empty() =>
        {
            let single = ["anyone", "everyone", "anybody", "everybody"].contains(&subject.to_lowercase().as_str());
            return single.then(|| (format!("somebody {relative}"), format!("this person {predicate}")));
        }
        _ => {}
    }
    if matches!(article, "A" | "An" | "Each" | "Every" | "Any") && is_plural(&format!("a {noun}")) == Some(false) {
        let one = if matches!(article, "A" | "An") { lower.clone() } else { with_article(noun) };
        return Some((format!("{one} {relative}"), format!("the {noun} {predicate}")));
    }
    // "Files that are named incorrectly": two of them make the case, so that the verbs stay as they are.
    let bare = !matches!(article, "The" | "This" | "Your" | "Some" | "Other") || article == subject;
    let plural = is_plural(subject) == Some(true) && subject.ends_with('s') && !subject.contains(" and ");
    let agrees = matches!(relative.split(' ').next(), Some("are" | "have" | "do" | "were"))
        || names_people(subject) && relative.split(' ').next().is_some_and(|v| base_of_third_person(v).is_none());
    (bare && plural && agrees).then(|| (format!("some {lower} {relative}"), format!("the {lower} {predicate}")))
}

/// "Days" at the beginning of a sentence is no name.
fn small(subject: &str, text: &str) -> String {
    let first = subject.split(' ').next().unwrap_or_default().to_lowercase();
    let noun = cefr::lemma(&first);
    let ordinary = first.len() > 2 && cefr::word(&noun).level.is_some() && text.starts_with(subject);
    if ordinary { format!("{first}{}", &subject[first.len()..]) } else { lower_first(subject, text) }
}

fn with_article(noun: &str) -> String {
    let article = if begins_with_vowel_sound(noun) { "an" } else { "a" };
    format!("{article} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> Option<(String, String)> {
        of(text).map(|s| (s.condition, s.rule))
    }

    fn is(text: &str, condition: &str, rule: &str) {
        assert_eq!(both(text), Some((condition.to_owned(), rule.to_owned())), "{text}");
    }

    #[test]
    fn situations_stand_before_their_rule() {
        is("To save the file, click Export.", "you want to save the file", "click Export");
        is("For questions about the card, call the bank.", "you have questions about the card", "call the bank");
        is("In case of a paper jam, open the front cover.", "there is a paper jam", "open the front cover");
        is("In the event of fire, leave the building.", "there is a fire", "leave the building");
        is(
            "Should the archive be unavailable, save the batch on the local drive.",
            "the archive is unavailable",
            "save the batch on the local drive",
        );
        is("Should you need support, read the guide.", "you need support", "read the guide");
        is("As soon as the lamp is green, press the button.", "the lamp is green", "press the button");
    }

    #[test]
    fn relative_clauses_are_situations() {
        is(
            "A visitor who refuses to follow the rules may be asked to leave.",
            "a visitor refuses to follow the rules",
            "the visitor may be asked to leave",
        );
        is(
            "Files that are named incorrectly cannot be found by the search.",
            "some files are named incorrectly",
            "the files cannot be found by the search",
        );
        is(
            "Anyone who is injured should be taken to the first-aid room.",
            "somebody is injured",
            "this person should be taken to the first-aid room",
        );
    }

    #[test]
    fn nothing_is_made_of_other_sentences() {
        for text in [
            "The key that opens the safe is red.",
            "Where possible, urgent tasks should be handed over to a colleague.",
            "For fridges, the limit is 7 °C.",
            "To be safe, ask.",
        ] {
            assert_eq!(both(text), None, "{text}");
        }
    }
}
