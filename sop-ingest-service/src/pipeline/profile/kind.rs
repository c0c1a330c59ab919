//! Which kind of clause these words are.

use course_format::sop::{ClauseKind, Modality};

use crate::pipeline::pattern::patterns;

patterns! {
    WARNING_LABEL = r"(?i)^\W*(?:warning|caution|danger|hazard|beware|safety (?:note|warning)|biohazard)\b\s*[:!.–—-]";
    HARM = r"(?i)\b(?:toxic|poison(?:ing|ous)?|injur(?:y|ies|e|ed)|hazard(?:ous)?|fatal|death|explo(?:de|sion|sive)|electrocut\w+|electric shock|scald\w*|suffocat\w+|can burst|may burst|be lost|food poisoning|serious harm|flammable|carcinogenic|life-threatening)\b";
    DEFINES = r#"(?i)(?:^(?:an?|the)?\s*["“][^"”]{2,60}["”].{0,60}?\b(?:is|are|means?)\b|^[^.,;:]{2,60}?\s(?:means|refers to|is defined as|are defined as|stands for|is short for|is the term for|denotes)\s|^means\b|^(?:what is|what are) [^?]{2,60}\? )"#;
    IS_A = r"^(?:An?|The)\s[^.,;:]{2,40}?\s(?:is|are)\s(?:an?|the|any)\s[^.]*\b(?:that|which|who|whose|where|in which|used to|used for)\b";
    CONDITIONAL = r"(?i)^(?:if|when|to|for|in|once|this|that|it|these)\s";
    ENTRY = r"^[\p{L}\d][\p{L}\d /&’'()-]{1,48}(?::|\s[–—-])\s";
    GLOSSARY = r"(?i)\b(?:definitions?|glossary|terminology|abbreviations|acronyms|terms)\b";
}

/// "Contact time: the time for which …" under "Definitions": the name of a thing, whatever its first word looks like.
pub fn is_glossary_entry(text: &str, section: &str) -> bool {
    GLOSSARY.is_match(section) && ENTRY.is_match(text)
}

/// What surrounds the words that are to be classed.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub section: &'a str,
    pub in_ordered_list: bool,
    pub modality: Modality,
    /// The demand comes from a command.
    pub commands: bool,
}

pub fn of(text: &str, around: Around<'_>) -> ClauseKind {
    if WARNING_LABEL.is_match(text) || around.modality == Modality::MustNot {
        return ClauseKind::Warning;
    }
    let glossary = GLOSSARY.is_match(around.section);
    let demands = around.modality != Modality::None;
    if !around.commands
        && HARM.is_match(text)
        && !glossary
        && (!demands || around.modality == Modality::Must && !around.in_ordered_list)
    {
        return ClauseKind::Warning;
    }
    if demands {
        return if around.in_ordered_list { ClauseKind::Step } else { ClauseKind::Rule };
    }
    let defines = DEFINES.is_match(text) || IS_A.is_match(text);
    if glossary || defines && !CONDITIONAL.is_match(text) {
        return ClauseKind::Definition;
    }
    ClauseKind::Fact
}
