// Reads a JSON list of {place, text} from standard input, writes what Harper finds in them.
// Harper checks grammar and spelling offline; its wasm build comes from npm and needs no network afterwards.
import { readFileSync } from "node:fs";
import { Dialect, LocalLinter } from "harper.js";
import { binary } from "harper.js/binary";

// Matters of taste, and what headings and lists do on purpose.
const TASTE = new Set(["Style", "Readability", "Capitalization", "Enhancement", "Formatting", "Regionalism", "Redundancy"]);
const { texts, words } = JSON.parse(readFileSync(0, "utf8"));
const linter = new LocalLinter({ binary, dialect: Dialect.British });
await linter.setup();
await linter.importWords(words);
const found = [];
for (const { place, text } of texts) {
  for (const lint of await linter.lint(text)) {
    if (TASTE.has(lint.lint_kind())) continue;
    found.push({ place, text, kind: lint.lint_kind(), problem: lint.get_problem_text(), message: lint.message() });
  }
}
process.stdout.write(JSON.stringify(found));
