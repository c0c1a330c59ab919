//! Closed classes of words: what grammar detection and the features ask about function words.
//!
//! One small hash table answers all questions about a word at once; it is filled at first use.

use std::sync::OnceLock;

use crate::morphology::{self, Form};
use crate::table;

/// A set of classes, as bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Classes(u64);

macro_rules! classes {
    ($($name:ident = $bit:literal: $words:literal;)*) => {
        impl Classes {
            $(pub const $name: Self = Self(1 << $bit);)*
        }
        const LISTS: &[(Classes, &str)] = &[$((Classes::$name, $words)),*];
    };
}

classes! {
    FUNCTION = 0: "a an the of to in on at by for with from and or but not no i you he she it we they me him her us them my \
        your his its our their this that these those is are was were be been being am do does did have has had having will \
        would can could shall should may might must as if than then so there here who which what when where how why \
        because while although though unless until into onto about after before between under over up down out off \
        n't 's 're 've 'll 'd 'm s t cannot whose whom myself yourself himself herself itself ourselves themselves \
        each every all both some any either neither nor very too also just";
    SUBORDINATOR = 1: "because although though while whereas since unless until whether if when before after once wherever \
        whenever provided whilst";
    RELATIVE = 2: "which who whom whose that";
    MODAL = 3: "can could may might must shall should will would can't cannot couldn't won't wouldn't shouldn't mustn't \
        mightn't shan't needn't 'll i'll you'll he'll she'll it'll we'll they'll";
    CONNECTOR = 4: "however therefore moreover furthermore nevertheless consequently thus hence nonetheless meanwhile \
        otherwise accordingly";
    PREPOSITION = 5: "of in to for with on at from by about as into like through after over between out against during \
        without before under around among upon despite within";
    BE = 6: "is are was were be been being am isn't aren't wasn't weren't i'm you're we're they're he's she's it's 's 're 'm";
    HAVE = 7: "have has had having haven't hasn't hadn't i've you've we've they've 've i'd you'd we'd they'd he'd she'd";
    DO = 8: "do does did don't doesn't didn't";
    FIRST_SECOND = 9: "i you we me us my your our i'm you're we're i've you've we've i'll you'll we'll i'd you'd we'd";
    THIRD = 10: "he she it they him her them his its their he's she's it's they're they've he'll she'll they'll";
    NEGATION = 11: "not no never n't don't doesn't didn't can't cannot won't wouldn't shouldn't couldn't mustn't isn't \
        aren't wasn't weren't haven't hasn't hadn't nothing nobody none nor neither nowhere without needn't mightn't \
        shan't";
    PAST_MODAL = 12: "would could might should would've could've might've should've wouldn't couldn't shouldn't 'd i'd you'd \
        we'd they'd he'd she'd must may";
    DETERMINER = 13: "a an the my your his her its our their this that these those each every some any no all both";
    SUBJECT = 14: "i you he she it we they who there";
    UNIT = 15: "kg g mg µg ml l µl cl dl cm mm km m µm nm min mins sec secs s h hr hrs hour hours minute minutes second \
        seconds day days week weeks month months year years °c °f c f % percent ppm rpm v w kw mw a bar psi pa kpa hz db \
        metre metres meter meters litre litres liter liters gram grams kilogram kilograms km/h mph am pm kb mb gb tb";
    QUANTITY = 16: "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million \
        billion once twice half";
    LINKING = 17: "and or but";
    WAS_WERE = 18: "was were wasn't weren't";
    IS_ARE = 19: "is are am isn't aren't i'm you're we're they're he's she's it's";
    AND = 20: "and";
    THE = 21: "the";
    BEEN = 22: "been";
    TO = 23: "to";
    PERFECT_AUX = 24: "have has haven't hasn't i've you've we've they've 've";
    HAD = 25: "had hadn't";
    IF = 26: "if unless";
    WILL = 27: "will won't 'll i'll you'll he'll she'll it'll we'll they'll";
    WOULD = 28: "would wouldn't 'd i'd you'd we'd they'd he'd she'd would've";
    BEING = 29: "being";
    NOT = 30: "not n't never always also often already usually only just still";
    FRONTED_NEGATIVE = 31: "never rarely seldom hardly scarcely nowhere little";
    PAST = 32: "";
    PARTICIPLE = 33: "";
}

impl Classes {
    pub const NONE: Self = Self(0);

    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of a lower-case word whose hash is known.
    pub fn find(hash: u64) -> Self {
        let slots = slots();
        let mut at = table::low_bits(hash) & (SLOTS - 1);
        loop {
            match slots.get(at) {
                Some(&(_, Self(0))) | None => return Self::NONE,
                Some(&(key, classes)) if key == hash => return classes,
                Some(_) => at = (at + 1) & (SLOTS - 1),
            }
        }
    }

    pub fn of(word: &str) -> Self {
        Self::find(table::hash(word.as_bytes()))
    }
}

impl std::ops::BitOr for Classes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

const SLOTS: usize = 4096;

fn slots() -> &'static [(u64, Classes)] {
    static CELL: OnceLock<Vec<(u64, Classes)>> = OnceLock::new();
    CELL.get_or_init(|| {
        let mut slots = vec![(0, Classes::NONE); SLOTS];
        for &(class, words) in LISTS {
            words.split_whitespace().for_each(|word| insert(&mut slots, word, class));
        }
        for (word, form) in morphology::irregular_forms() {
            match form {
                Form::Past => insert(&mut slots, word, Classes::PAST),
                Form::PastParticiple => insert(&mut slots, word, Classes::PARTICIPLE),
                _ => {}
            }
        }
        slots
    })
}

fn insert(slots: &mut [(u64, Classes)], word: &str, class: Classes) {
    let hash = table::hash(word.as_bytes());
    let mut at = table::low_bits(hash) & (SLOTS - 1);
    while let Some(slot) = slots.get_mut(at) {
        if slot.1 == Classes::NONE || slot.0 == hash {
            *slot = (hash, Classes(slot.1.0 | class.0));
            return;
        }
        at = (at + 1) & (SLOTS - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_all_its_classes() {
        let that = Classes::of("that");
        assert!(that.has(Classes::FUNCTION) && that.has(Classes::RELATIVE) && !that.has(Classes::MODAL));
        assert!(Classes::of("couldn't").has(Classes::MODAL) && Classes::of("couldn't").has(Classes::NEGATION));
        assert_eq!(Classes::of("hygiene"), Classes::NONE);
    }

    #[test]
    fn the_table_is_at_most_half_full() {
        assert!(slots().iter().filter(|slot| slot.1 != Classes::NONE).count() < SLOTS / 2);
    }
}
