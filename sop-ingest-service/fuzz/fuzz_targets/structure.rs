#![no_main]
//! Sections, clauses and procedures of blocks of every shape.

use libfuzzer_sys::fuzz_target;

const PIECES: [&str; 20] = [
    "\n# ",
    "\n## ",
    "\n### 4.2 ",
    "\n1. ",
    "\n2. ",
    "\n   1. ",
    "\n   a) ",
    "\n- ",
    "\n  - ",
    "\n> ",
    "\n\n",
    " ",
    ": ",
    ". ",
    "\n| a | b |\n|---|---|\n| ",
    " | ",
    "\n\n> **Warning:** ",
    " → ",
    "\nStep 3: ",
    "\t",
];
const WORDS: [&str; 24] = [
    "Wash",
    "the hands",
    "must not",
    "go to step 2.",
    "if the reading is above 8 °C,",
    "5 °C",
    "for 10 minutes",
    "Caution: hot.",
    "Definitions",
    "HACCP",
    "(see 4.2)",
    "“Slope” means",
    "never",
    "Ask Anna Lopez",
    "on 112",
    "as needed",
    "4.1.2",
    "b)",
    "…",
    "\u{200B}",
    "ß",
    "日本",
    "🙂",
    "",
];

fuzz_target!(|bytes: &[u8]| {
    let mut source = String::new();
    for piece in bytes.chunks(3) {
        source.push_str(PIECES[usize::from(piece[0]) % PIECES.len()]);
        source.push_str(WORDS[usize::from(*piece.last().unwrap_or(&0)) % WORDS.len()]);
    }
    sop_ingest_fuzz::check(source.as_bytes(), "a.md");
});
