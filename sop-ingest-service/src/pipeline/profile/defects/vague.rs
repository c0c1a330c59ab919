//! Words that everybody reads in a way of their own.

use course_format::sop::{Clause, ClauseKind, Defect, Modality};

use super::{defect, is_demand};
use crate::pipeline::pattern::patterns;

patterns! {
    HOW_OFTEN = r"(?i)\b(?:regularly|periodically|frequently|from time to time|occasionally|(?:on a|at) regular (?:basis|intervals)|at intervals)\b";
    WHEN_NEEDED = r"(?i)\b(?:as|if|when|where|whenever) (?:needed|required|necessary|appropriate|suitable|possible|unsure|in doubt|applicable)\b";
    HOW_SOON = r"(?i)\b(?:as soon as possible|asap|promptly|timely|in good time|in a timely manner|without undue delay|for a while|for some time|shortly)\b";
    HOW_MUCH = r"(?i)\b(?:sufficient(?:ly)?|adequate(?:ly)?|enough|excessive(?:ly)?|a little|a small amount of|several times|a few times|large amounts? of|reasonable|reasonably|as (?:much|many) (?:\p{L}+ ){0,4}as possible)\b";
    HOW_WELL = r"(?i)\b(?:appropriate(?:ly)?|properly|suitable|suitably|thoroughly|correctly|satisfactor(?:y|ily)|in good condition|unnecessar(?:y|ily)|carefully enough|low yield|(?:clean|wash|mix|rinse|dry|shake|stir|ventilate)\s+(?:\p{L}+\s+){0,4}well)\b";
    WHICH = r"(?i)\b(?:etc\b\.?|and so on|and so forth|and the like|some specific|some other|various|everything)";
    NEAR = r"(?i)\b(?:near|close to|next to|away from)\s+(?:the |a |an )?\p{L}";
}

/// One remark for each kind of vagueness in a clause.
pub fn find(clause: &Clause, found: &mut Vec<Defect>) {
    let permitted =
        clause.modality == Modality::May && !matches!(clause.kind, ClauseKind::Heading | ClauseKind::TableRow);
    if !is_demand(clause) && !permitted {
        return;
    }
    let kinds: [(&regex::Regex, &str); 6] = [
        (&HOW_OFTEN, "Say how often, for example “every 2 hours” or “at the end of each shift”."),
        (&WHEN_NEEDED, "Say in which case, so that everybody decides in the same way."),
        (&HOW_SOON, "Give a time, for example “within 15 minutes”."),
        (&HOW_MUCH, "Give an amount or a limit that staff can measure or count."),
        (&HOW_WELL, "Say how staff can see that it is right: name the measure, the method or the result."),
        (&WHICH, "Name everything that belongs to this list."),
    ];
    for (pattern, suggestion) in kinds {
        if let Some(vague) = pattern.find(&clause.text) {
            found.push(defect("vague_word", clause, vague.as_str().trim_end(), suggestion));
        }
    }
    if let Some(near) = NEAR.find(&clause.text).filter(|_| clause.negated) {
        let word = near.as_str().rsplit_once(' ').map_or(near.as_str(), |(word, _)| word);
        found.push(defect("vague_word", clause, word, "Give a distance, for example “less than 1 m from”."));
    }
}
