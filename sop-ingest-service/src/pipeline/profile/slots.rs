//! Who does what, with what, how much, when, where and on what condition: read by rules, word for word.

#[cfg(test)]
mod tests;

use std::ops::Range;

use course_format::sop::{Literal, LiteralKind, Modality, Slot, Slots};

use super::{
    imperative::{Place, verb},
    inside, sentences,
};
use crate::pipeline::{
    pattern::patterns,
    structure::{DraftClause, DraftSection},
    words::{is_noun_too, is_preposition, is_role, is_verb, opens_noun_phrase},
};

patterns! {
    // In each of these a point, comma or colon between digits does not end the words: "8.5 °C", "1,000 mL".
    CONDITION = r"(?i)(?:^|[\s(,;])(?P<condition>(?:only )?(?:if|when|whenever|unless|in case of|in case|where required|should (?:you|one|the|it)|as needed|as required|as appropriate|under supervision)\b(?:[^,;:.→)—]|[.,:]\d)*)";
    TIME = r"(?i)(?:^|[\s(,;])(?P<time>immediately|at once|straight away|without delay|(?:daily|weekly|monthly|hourly|yearly|annually|regularly|overnight|always|again)\b|(?:once|twice|\w+ times) (?:a|per) (?:day|week|month|shift|year|hour)|every (?:(?:\d+|other|two|three|four|five|six|ten|fifteen|twenty|thirty)\s)?(?:single )?(?:second|minute|hour|morning|evening|night|day|week|month|quarter|year|shift|time|use|step|\p{L}+day)s?\b|(?:within|for|after|before|until|at least|at the (?:end|beginning|start) of|by the end of|during|while|prior to|as soon as|once|at \d{1,2}[:.]\d\d)\s(?:[^,;:.→()]|[.,:]\d){1,60})";
    MEASURED = r"(?i)^(?:for|at least|within)\s+(?:(?:at least|no longer than|not more than|up to|about|a further|another|an additional|a minimum of|a maximum of|the first|the next|more than|less than|the)\s+)*(?:\d|one\b|two|three|four|five|six|seven|eight|nine|ten|half|a |an )";
    COUNTS_TIME = r"(?i)(?:second|minute|min|hour|day|week|month|year|shift|\bs|\bh)s?\b";
    MODAL = r"(?i)\b(?:must|shall|should|may|can|has to|have to|need to|needs to|will need to|is required to|are required to|are entitled to|is allowed to|are allowed to)(?:\s+(?:not|never|always|also|only|then|immediately|first|now|either))*\s+(?P<rest>\p{L}.*)$";
    PASSIVE = r"(?i)^be\s+(?:\p{L}+ly\s+)?(?P<verb>made available|\p{L}+)";
    BY = r"(?i)\bby\s+(?P<actor>(?:the |an? |all |any |every |each )?[^,;:.→()]{3,70}?)(?:\s+(?:before|after|when|if|within|in|at|on|for|to|using|daily|every|and)\b|[,;:.]|$)";
    TOOL = r"(?i)\b(?:with|using|by means of)\s+(?P<tool>(?:the |an? |your |clean |some )?\p{L}(?:[^,;:.→()]|\.\d){1,60}?)(?:\s+(?:and|before|after|when|if|until|for|to|in|on|at|from|into|so|or|within|of not)\b|[,;:()]|\.(?:\s|$)|$)";
    NO_TOOL = r"(?i)\b(?:a (?:maximum|minimum)|the name|difference|care|each|step)\b";
    LOCATION = r"(?i)\b(?:in|into|on|onto|at|inside|under|above|below|behind|near|next to|between)\s+(?P<place>(?:the|a|an|your|each|every|its)\s(?:[^,;:.→()]|\.\d){2,50}?)(?:\s+(?:and|before|after|when|if|until|for|so|or|with|within|at|that|which|using|immediately|on|in|of pH|must|should|may|can|shall|is|are)\b|[,;:()]|\.(?:\s|$)|$)";
    NO_LOCATION = r"(?i)\b(?:day|week|month|time|shift|date|hour|minute|moment|order|way|end|beginning|limit|range|tolerance|same|case)\b";
    OBJECT_END = r#"(?i)[,;:→()!?]|\.(?:\s|$)|\s["“]|\s(?:->|if|when|before|after|until|unless|within|immediately|so|because|then|in order|while|during|as|using|only if|one after|and (?:\p{L}+ ){1,2}(?:the|a|an|it|them|your)|and (?:record|inform|sign|go|rinse|wait|close|call|dry|shake|check|place|write|discard|return|notify))\b|\s(?:in|into|on|onto|at|from|with|by|for|through|over|under|against|near|above|below|behind|between|regularly|daily|weekly|monthly|twice|three times)\s|\sto\s\D|\s(?:gently|slowly|carefully|\p{L}+ly)(?:\s|\.|$)"#;
    // "Keep brooms clean", "Ensure cleaning is recorded": what follows the thing is how it should be.
    STATE = r"(?i)\s(?:is|are|was|were|has|have|stays?|remains?)\s|\s(?:clean|dry|dirty|closed|open|shut|locked|empty|full|free|clear|safe|tidy|upright|cold|warm|hot|available|visible|complete|incomplete|intact|unlocked|covered|sealed|ready)(?:\s(?:and|&|or)\s\p{L}+)?\s*[.!]?$";
    KEEPS = r"(?i)^(?:keep|leave|make|ensure|assume|hold|verify|check|confirm|see|minimise|minimize)$";
    // The rest of "tables, sinks and doors": names without a verb among them.
    MORE_OF_LIST = r"^(?:,\s(?:\p{Ll}[\p{L}’'/-]*)(?:\s\p{L}[\p{L}’'/-]*){0,2})*,?\s(?:and|or|&)\s\p{Ll}[\p{L}’'/-]*(?:\s\p{Ll}[\p{L}’'/-]*){0,2}|^(?:,\s\p{Ll}[\p{L}’'/-]*(?:\s\p{Ll}[\p{L}’'/-]*)?){1,6}[.]?$";
    OF_PREPOSITION = r"(?i)^\s*(?:for|with)\s(?P<thing>.+)$";
    DEMANDS = r"(?i)\b(?:must(?:\s(?:not|never))?|shall(?:\snot)?|should(?:\snot)?|may(?:\snot)?|can(?:not|\snot)?|ought to|needs? to|ha(?:s|ve) to|(?:is|are|be)\s(?:not\s|strictly\s|strongly\s|also\s)*(?:allowed|permitted|required|recommended|encouraged|entitled|prohibited|forbidden|obliged|advised)(?:\sto)?|it is (?:important|critical|essential|necessary|recommended|mandatory))\b";
    NEGATES = r"(?i)\b(?:not|never|cannot|no one|nobody|none|nothing|neither|without|no)\b|n[’']t\b";
    PARTICLE = r"(?i)^(?:on|off|up|down|out|away|back|in)\b";
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
    slots.condition = named(&CONDITION, "condition").and_then(&slot);
    slots.time = time(text).and_then(&slot).or_else(|| period(section));
    if negated {
        slots.negation = NEGATES.find(text).map(|m| m.range()).and_then(&slot);
    }
    if modality == Modality::None {
        return slots;
    }
    slots.modality = DEMANDS.find(text).map(|m| m.range()).and_then(&slot);
    slots.tool = named(&TOOL, "tool").and_then(&slot).filter(|s| !NO_TOOL.is_match(&s.text));
    slots.location = named(&LOCATION, "place").and_then(&slot).filter(|s| !NO_LOCATION.is_match(&s.text));
    slots.quantity = literals
        .iter()
        .find(|l| matches!(l.kind, LiteralKind::Quantity | LiteralKind::Limit | LiteralKind::Range))
        .map(|l| Slot { text: l.text.clone(), span: Some(l.span) });
    for sentence in sentences::split(text) {
        let words = &text[sentence.clone()];
        if let Some(found) = verb(words, Place::Item) {
            let at = sentence.start + found.start;
            command(text, at..sentence.start + found.end, sentence.end, &mut slots, &slot);
            slots.actor = role(section);
            return slots;
        }
        if statement(text, &sentence, &mut slots, &slot) {
            return slots;
        }
    }
    slots
}

/// "Turn off the oven": the verb with its particle, then what it acts on.
fn command(text: &str, verb: Range<usize>, end: usize, slots: &mut Slots, slot: &dyn Fn(Range<usize>) -> Option<Slot>) {
    let mut action = text[verb.clone()].to_lowercase();
    let mut from = verb.end;
    if matches!(action.as_str(), "do" | "don't" | "don’t" | "never") {
        let rest = text[from..end].trim_start();
        let rest = rest.strip_prefix("not ").or_else(|| rest.strip_prefix("NOT ")).unwrap_or(rest).trim_start();
        if action != "do" || rest.len() < text[from..end].trim_start().len() {
            let word: String = rest.chars().take_while(|c| c.is_alphabetic() || *c == '-').collect();
            from = end - rest.len() + word.len();
            action = word.to_lowercase();
        }
    }
    let rest = &text[from..end];
    if let Some(particle) = PARTICLE.find(rest.trim_start()).filter(|p| {
        takes_particle(&action)
            && (p.as_str() != "in" || matches!(action.as_str(), "log" | "fill" | "plug" | "sign" | "hand" | "lock"))
    }) {
        let skipped = rest.len() - rest.trim_start().len();
        action = format!("{action} {}", particle.as_str().to_lowercase());
        from += skipped + particle.end();
    }
    let after = &text[from..end];
    slots.object = if action == "be" || after.trim_start().to_lowercase().starts_with("again") {
        None
    } else if let Some(thing) =
        OF_PREPOSITION.captures(after).and_then(|c| c.name("thing")).filter(|_| acts_on_phrase(&action))
    {
        object(text, from + thing.start()..end).and_then(slot)
    } else {
        object(text, from..end)
            .map(|range| without_state(text, &action, range))
            .map(|range| with_list(text, range, end))
            .and_then(slot)
    };
    slots.action = Some(action);
}

/// "Check for pests", "Assist with cooking": the thing stands behind a preposition.
fn acts_on_phrase(action: &str) -> bool {
    matches!(action, "check" | "look" | "watch" | "search" | "assist" | "help" | "wait" | "inspect" | "ask")
}

/// "Keep brooms clean" is about brooms.
fn without_state(text: &str, action: &str, range: Range<usize>) -> Range<usize> {
    if !KEEPS.is_match(action) {
        return range;
    }
    let words = &text[range.clone()];
    let cut = STATE.find(words).filter(|m| m.start() > 0).map_or(words.len(), |m| m.start());
    range.start..range.start + cut
}

/// "tables, sinks and doors": the names after the first one belong to the object where no verb stands among them.
fn with_list(text: &str, range: Range<usize>, end: usize) -> Range<usize> {
    let rest = &text[range.end..end];
    let Some(more) = MORE_OF_LIST.find(rest) else { return range };
    let mut words = more.as_str().split(|c: char| !c.is_alphabetic() && c != '-').filter(|w| !w.is_empty());
    let verb = words.any(|w| {
        let lower = w.to_lowercase();
        is_verb(&lower) && !is_noun_too(&lower)
            || is_preposition(&lower)
            || opens_noun_phrase(&lower)
            || matches!(lower.as_str(), "then" | "it" | "them" | "if" | "when" | "always" | "immediately")
    });
    // "wash, dry and label": a first word that may be a verb is one.
    let first = more.as_str().trim_start_matches([',', ' ']).split(' ').next().unwrap_or_default().to_lowercase();
    let list = !verb && (more.as_str().starts_with(',')) && !is_verb(&first);
    if list { range.start..range.end + more.as_str().trim_end_matches('.').len() } else { range }
}

fn takes_particle(verb: &str) -> bool {
    matches!(
        verb,
        "turn"
            | "switch"
            | "put"
            | "take"
            | "wipe"
            | "clean"
            | "fill"
            | "pick"
            | "set"
            | "shut"
            | "throw"
            | "log"
            | "write"
            | "plug"
            | "lock"
            | "break"
            | "cut"
            | "dry"
            | "hand"
            | "carry"
            | "roll"
            | "send"
            | "back"
            | "sign"
    )
}

/// "The cook must wash …", "… must be read by all staff".
fn statement(
    text: &str,
    sentence: &Range<usize>,
    slots: &mut Slots,
    slot: &dyn Fn(Range<usize>) -> Option<Slot>,
) -> bool {
    let words = &text[sentence.clone()];
    let Some(found) = MODAL.captures(words) else { return false };
    let (Some(whole), Some(rest)) = (found.get(0), found.name("rest")) else { return false };
    let subject = subject(words, whole.start()).map(|r| sentence.start + r.start..sentence.start + r.end);
    if let Some(passive) = PASSIVE.captures(rest.as_str()) {
        let after = &rest.as_str()[passive.get(0).map_or(0, |m| m.end())..];
        let mut action = lemma(&passive["verb"].to_lowercase());
        if let Some(particle) = PARTICLE
            .find(after.trim_start())
            .filter(|p| p.as_str() == "out" || p.as_str() == "off" || takes_particle(&action) && p.as_str() != "in")
        {
            action = format!("{action} {}", particle.as_str());
        }
        slots.action = Some(action);
        slots.object = subject.and_then(slot);
        let by = BY.captures(rest.as_str()).and_then(|c| c.name("actor")).map(|m| m.range());
        slots.actor =
            by.map(|r| sentence.start + rest.start() + r.start..sentence.start + rest.start() + r.end).and_then(slot);
    } else {
        let verb: String = rest.as_str().chars().take_while(|c| c.is_alphabetic() || *c == '-').collect();
        let from = sentence.start + rest.start() + verb.len();
        slots.action = Some(verb.to_lowercase());
        slots.object = object(text, from..sentence.end).and_then(slot);
        slots.actor = subject.and_then(slot);
    }
    true
}

/// The words before the verb, without a clause in front of them.
fn subject(words: &str, verb: usize) -> Option<Range<usize>> {
    let before = &words[..verb];
    let start =
        before.rfind([',', ';', ':', '—']).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let range = start..verb;
    (words[range.clone()].split_whitespace().count() <= 14).then_some(range)
}

fn object(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let (mut start, end) = (range.start, range.end);
    let mut words = text[start..end].trim_start();
    // "Cover and label the food": what follows the second verb is what both act on.
    while let Some(("and" | "or" | "&", rest)) = words.split_once(' ') {
        words = rest.split_once(' ').map_or("", |(_, after)| after);
    }
    start = end - words.len().min(end - start);
    let first = words.split_whitespace().next()?.to_lowercase();
    let second = words.split_whitespace().nth(1).unwrap_or_default();
    let opens = words.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“'));
    let no_thing = is_preposition(first.trim_matches(|c: char| !c.is_alphabetic()))
        || matches!(first.as_str(), "that" | "whether" | "if" | "how");
    if !opens || no_thing || second == "times" {
        return None;
    }
    let ends = OBJECT_END.find_iter(words).map(|m| m.start()).chain(and_verb(words)).chain([words.len()]);
    let length = ends
        .filter(|end| !matches!(words[..*end].trim().to_lowercase().as_str(), "" | "the" | "a" | "an" | "your"))
        .min()?;
    let object = words[..length].trim_end().trim_end_matches(" of").trim_end_matches(" again");
    Some(start..start + object.len())
}

/// Where "… and record it" begins: another action, and not a second object.
fn and_verb(words: &str) -> Option<usize> {
    words.match_indices(" and ").map(|(at, _)| at).find(|at| {
        let mut after = words[at + 5..].split(|c: char| c.is_whitespace() || c == '.');
        let (verb, next) = (after.next().unwrap_or_default(), after.next().unwrap_or_default());
        is_verb(verb) && (!is_noun_too(verb) || opens_noun_phrase(next) || is_preposition(next) || next == "again")
    })
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
    let end = words
        .find(" and ")
        .or_else(|| words.find(" if "))
        .or_else(|| words.find(" to "))
        .or(modal)
        .unwrap_or(words.len());
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

/// The verb of a passive: "recorded" is "record", "kept" is "keep".
fn lemma(participle: &str) -> String {
    const IRREGULAR: [(&str, &str); 30] = [
        ("kept", "keep"),
        ("read", "read"),
        ("made available", "make available"),
        ("made", "make"),
        ("done", "do"),
        ("sent", "send"),
        ("put", "put"),
        ("taken", "take"),
        ("given", "give"),
        ("written", "write"),
        ("worn", "wear"),
        ("held", "hold"),
        ("left", "leave"),
        ("set", "set"),
        ("cut", "cut"),
        ("found", "find"),
        ("seen", "see"),
        ("thrown", "throw"),
        ("frozen", "freeze"),
        ("broken", "break"),
        ("drawn", "draw"),
        ("brought", "bring"),
        ("told", "tell"),
        ("met", "meet"),
        ("shut", "shut"),
        ("hung", "hang"),
        ("built", "build"),
        ("bought", "buy"),
        ("eaten", "eat"),
        ("chosen", "choose"),
    ];
    if let Some((_, base)) = IRREGULAR.iter().find(|(past, _)| *past == participle) {
        return (*base).to_owned();
    }
    let candidates = [
        participle.strip_suffix("ied").map(|s| format!("{s}y")),
        participle.strip_suffix('d').map(str::to_owned),
        participle.strip_suffix("ed").map(str::to_owned),
        participle.strip_suffix("ed").and_then(|s| s.strip_suffix(|_: char| true)).map(str::to_owned),
    ];
    let known = candidates.iter().flatten().find(|c| crate::pipeline::words::is_verb(c));
    known.cloned().or_else(|| participle.strip_suffix("ed").map(str::to_owned)).unwrap_or_else(|| participle.to_owned())
}
