//! OpenAI itself: strict schemas, and nothing kept there.

use serde_json::Value;

pub const BASE_URL: &str = "https://api.openai.com/v1";
pub const MODEL: &str = "gpt-4.1";

pub fn shape(request: &mut Value) {
    // By default, OpenAI stores some completions for its dashboard; clients' SOPs are not ours to leave there.
    request["store"] = false.into();
}
