//! Who does what, with what, how much, when, where and on what condition: read by rules, word for word.

#[cfg(test)]
mod tests;

use std::ops::Range;

use course_format::sop::{Literal, LiteralKind, Modality, Slot, Slots};

use super::{
    grammar::{
        deed::{self, Deed},
        statement,
    },
    imperative::{Place, opening, verb},
    inside, sentences,
};
use crate::pipeline::{
    pattern::patterns,
    structure::{DraftClause, DraftSection},
    words::is_role,
};

patterns! {
    // In each of these a point, comma or colon between digits does not end the words: "8.5 °C", "1,000 mL".
    CONDITION = r"(?i)(?:^|[\s(,;])(?P<condition>(?:only |even )?(?:if|when|whenever|unless|in case of|in case|where (?:required|possible|necessary|needed|applicable|appropriate)|should (?:you|one|the|it)|as needed|as required|as appropriate|under supervision)\b(?:[^,;:.→)—]|[.,:]\d)*)";
    TIME = r"(?i)(?:^|[\s(,;])(?P<time>immediately|at once|straight away|without delay|(?:daily|weekly|monthly|hourly|yearly|annually|regularly|overnight|always|again)\b|(?:once|twice|\w+ times) (?:a|per) (?:day|week|month|shift|year|hour)|every (?:(?:\d+|other|two|three|four|five|six|ten|fifteen|twenty|thirty)\s)?(?:single )?(?:second|minute|hour|morning|evening|night|day|week|month|quarter|year|shift|time|use|step|\p{L}+day)s?\b|(?:within|for|after|before|until|at least|at the (?:end|beginning|start) of|by the end of|during|while|prior to|as soon as|once|at \d{1,2}[:.]\d\d)\s(?:[^,;:.→()]|[.,:]\d|[ap]\.m\.){1,90})";
    MEASURED = r"(?i)^(?:for|at least|within)\s+(?:(?:at least|no longer than|not more than|up to|about|a further|another|an additional|a minimum of|a maximum of|the first|the next|more than|less than|the)\s+)*(?:\d|one\b|two|three|four|five|six|seven|eight|nine|ten|half|a |an )";
    COUNTS_TIME = r"(?i)(?:second|minute|min|hour|day|week|month|year|shift|\bs|\bh)s?\b";
    TOOL = r"(?i)\b(?:with|using|by means of)\s+(?P<tool>(?:the |an? |your |clean |some )?\p{L}(?:[^,;:.→()]|\.\d){1,60}?)(?:\s+(?:and|before|after|when|if|until|for|to|in|on|at|from|into|so|or|within|prior|may|must|shall|should|can|is|are|of not)\b|[,;:()]|\.(?:\s|$)|$)";
    NO_TOOL = r"(?i)^or\b|\b(?:a (?:maximum|minimum)|the name|difference|care|each|step)\b";
    LOCATION = r"(?i)\b(?:in|into|on|onto|at|inside|under|above|below|behind|near|next to|between)\s+(?P<place>(?:the|a|an|your|each|every|its)\s(?:[^,;:.→()]|\.\d){2,50}?)(?:\s+(?:and|before|after|when|if|until|for|so|or|with|within|at|that|which|using|immediately|on|in|by|of pH|must|should|may|can|shall|is|are)\b|[,;:()]|\.(?:\s|$)|$)";
    NO_LOCATION = r"(?i)\b(?:day|week|month|time|shift|date|hour|minute|moment|order|way|end|beginning|limit|range|tolerance|same|case)\b";
    // "turn on the heater", "key in the number": the word belongs to the verb.
    NO_PLACE_AFTER = r"(?i)\b(?:(?:turn|switch|put|log|try|carry|rely|depend|focus|based|decide)(?:s|ed|ing)? on|(?:key|fill|hand|sign|log|slide|plug|bring|type)(?:s|ed|ing)? in|at (?:a|the) (?:distance|rate|speed|temperature) of) $";
    DEMANDS = r"(?i)\b(?:must(?:\s(?:not|never))?|shall(?:\snot)?|should(?:\snot)?|may(?:\snot)?|can(?:not|\snot)?|ought to|needs? to|ha(?:s|ve) to|(?:is|are|be)\s(?:not\s|strictly\s|strongly\s|also\s)*(?:allowed|permitted|required|recommended|encouraged|entitled|prohibited|forbidden|obliged|advised)(?:\sto)?|it is (?:important|critical|essential|necessary|recommended|mandatory))\b";
    NEGATES = r"(?i)\b(?:not|never|cannot|no one|nobody|none|nothing|neither|without|no)\b|n[’']t\b";
    FORBIDS = r"(?i)^(?:never|do not|don[’']t|neither)\b";
    ASKS = r"(?i)\b(?:what|how|where|when|who)$";
    PERIOD = r"(?i)^(?:daily|weekly|monthly|hourly|yearly|annually|every \p{L}+)\b";
}

pub fn of(
    draft: &DraftClause,
    section: &DraftSection,
    (modality, negated): (Modality, bool),
    literals: &[Literal],
) -> Slots {
    let text = draft.text.as_str();
    let mut slots = Slots::default();
    let slot = |range: Range<usize>| {
        trimmed(text, range)
            .map(|range| Slot { text: text[range.clone()].to_owned(), span: Some(inside(draft, &range)) })
    };
    let named =
        |pattern: &regex::Regex, group: &str| pattern.captures(text).and_then(|c| c.name(group)).map(|m| m.range());
    let complete = |s: &Slot| s.text.contains(' ');
    slots.condition = named(&CONDITION, "condition").and_then(&slot).filter(complete);
    slots.time = time(text).and_then(&slot).or_else(|| period(section));
    if negated {
        slots.negation = NEGATES.find(text).map(|m| m.range()).and_then(&slot);
    }
    let (from, deed) = main(text, modality);
    let range = |r: Range<usize>| slot(from + r.start..from + r.end);
    slots.action = deed.action;
    slots.object = deed.object.and_then(range);
    slots.actor = deed.actor.and_then(range);
    if modality == Modality::None {
        return slots;
    }
    slots.actor = slots.actor.or_else(|| role(section));
    slots.modality = DEMANDS.find(text).map(|m| m.range()).and_then(&slot);
    slots.tool = named(&TOOL, "tool").and_then(&slot).filter(|s| !NO_TOOL.is_match(&s.text) && !is_role(&s.text));
    let place = LOCATION
        .captures_iter(text)
        .filter_map(|c| c.name("place"))
        .find(|m| !NO_LOCATION.is_match(m.as_str()) && !NO_PLACE_AFTER.is_match(&text[..m.start()]));
    slots.location = place.map(|m| m.range()).and_then(&slot);
    slots.quantity = literals
        .iter()
        .find(|l| matches!(l.kind, LiteralKind::Quantity | LiteralKind::Limit | LiteralKind::Range))
        .map(|l| Slot { text: l.text.clone(), span: Some(l.span) });
    slots
}

/// Who does what, in the sentence that demands it, else in the first one; with the byte where its words begin.
fn main(text: &str, modality: Modality) -> (usize, Deed) {
    let mut first = None;
    for sentence in sentences::split(text) {
        let from = sentence.start + opening(&text[sentence.clone()]);
        let words = &text[from..sentence.end];
        let command = verb(words, Place::Item).filter(|_| modality != Modality::None);
        let demands = command.is_some() || DEMANDS.is_match(words) || FORBIDS.is_match(words);
        let read = || (from, command.map_or_else(|| statement::of(words), |c| deed::of_command(words, c.start)));
        if modality == Modality::None || demands {
            return read();
        }
        first = first.or_else(|| Some(read()));
    }
    first.unwrap_or_default()
}

fn time(text: &str) -> Option<Range<usize>> {
    let found = TIME.captures_iter(text).filter_map(|c| c.name("time")).find(|m| {
        let lower = m.as_str().to_lowercase();
        let measured = ["for ", "at least", "within "].iter().any(|start| lower.starts_with(start));
        !measured && lower != "after the other" || MEASURED.is_match(&lower) && COUNTS_TIME.is_match(&lower)
    })?;
    // "within 1 hour and provide …": what follows the time is another action.
    let words = found.as_str();
    let modal = [" may ", " must ", " should ", " shall ", " can "].iter().filter_map(|m| words.find(m)).min();
    // "at 08:00 and 17:30" goes on, "within 1 hour and provide …" does not.
    let number = |at: &usize| words[at + 5..].starts_with(|c: char| c.is_ascii_digit());
    let and = words.find(" and ").filter(|at| !number(at));
    let purpose =
        words.find(" to ").filter(|at| !ASKS.is_match(&words[..*at]) && !words[..*at].eq_ignore_ascii_case("prior"));
    let end = and.or_else(|| words.find(" if ")).or(purpose).or(modal).unwrap_or(words.len());
    Some(found.start()..found.start() + end)
}

fn period(section: &DraftSection) -> Option<Slot> {
    let title = section.path.split(" > ").find(|t| PERIOD.is_match(t))?;
    Some(Slot { text: PERIOD.find(title)?.as_str().to_owned(), span: None })
}

pub fn is_period(path: &str) -> bool {
    path.split(" > ").any(|title| PERIOD.is_match(title))
}

/// The role that a card or chapter is for.
fn role(section: &DraftSection) -> Option<Slot> {
    let name = section.title.split('(').next().unwrap_or_default().trim();
    (is_role(name) && name.split_whitespace().count() <= 6).then(|| Slot { text: name.to_owned(), span: None })
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(range.clone())?;
    let start = range.start + (words.len() - words.trim_start().len());
    let end = range.start
        + words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '(')).len();
    (start < end).then_some(start..end)
}
