//! Values on a command line.

use paxnorm::Policy;

/// A number from 1 to `most`.
pub fn number(word: &str, text: &str, most: usize) -> Result<usize, String> {
    let count = text.parse().ok().filter(|count| (1..=most).contains(count));
    count.ok_or_else(|| format!("{word} wants a number from 1 to {most}, not {text}"))
}

/// A shipped policy by its name, or one of a file.
pub fn policy(name: &str) -> Result<Policy, String> {
    if let Some(policy) = Policy::named(name) {
        return Ok(policy.clone());
    }
    let text = std::fs::read_to_string(name).map_err(|error| format!("policy {name}: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("policy {name}: {error}"))
}
