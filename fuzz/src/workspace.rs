//! The settings' reader alone.

#[path = "../../src/workspace/settings.rs"]
mod settings;

/// Reads tour.toml; panics are what is looked for.
pub fn read_settings(bytes: &[u8]) -> bool {
    settings::read(bytes).is_ok()
}
