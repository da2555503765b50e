//! The words of the documents: two catalogues with the same keys.

use std::collections::BTreeMap;

use crate::findings::Lang;

/// One file a topic, the same in both languages; a key stands in one file only.
const ZH: [&str; 7] = [
    include_str!("../../templates/messages.zh-CN.toml"),
    include_str!("../../templates/messages-index.zh-CN.toml"),
    include_str!("../../templates/messages-filled.zh-CN.toml"),
    include_str!("../../templates/messages-goods.zh-CN.toml"),
    include_str!("../../templates/messages-notices.zh-CN.toml"),
    include_str!("../../templates/messages-closing.zh-CN.toml"),
    include_str!("../../templates/messages-sheets.zh-CN.toml"),
];
const EN: [&str; 7] = [
    include_str!("../../templates/messages.en.toml"),
    include_str!("../../templates/messages-index.en.toml"),
    include_str!("../../templates/messages-filled.en.toml"),
    include_str!("../../templates/messages-goods.en.toml"),
    include_str!("../../templates/messages-notices.en.toml"),
    include_str!("../../templates/messages-closing.en.toml"),
    include_str!("../../templates/messages-sheets.en.toml"),
];

/// One language's words.
pub struct Messages {
    words: BTreeMap<String, String>,
}

impl Messages {
    /// The catalogue of a language.
    pub fn new(lang: Lang) -> Self {
        let files = match lang {
            Lang::Zh => ZH,
            Lang::En => EN,
        };
        // The catalogues are embedded and tested: they always parse.
        let words = files
            .into_iter()
            .filter_map(|text| toml::from_str::<BTreeMap<String, String>>(text).ok())
            .flatten();
        Self {
            words: words.collect(),
        }
    }

    /// A word; an unknown key shows itself.
    pub fn get(&self, key: &str) -> String {
        self.word(key).to_owned()
    }

    /// The same, not copied.
    pub(super) fn word<'k>(&'k self, key: &'k str) -> &'k str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// Skills as people say them: the dealer's own codes stay as they are.
    pub fn skills<'a>(&self, codes: impl IntoIterator<Item = &'a str>) -> String {
        let names: Vec<&str> = codes
            .into_iter()
            .map(|code| {
                let known = self.words.get(&format!("skill_{}", code.trim()));
                known.map_or(code, String::as_str)
            })
            .collect();
        names.join(&self.get("list_comma"))
    }

    /// All of them, for the templates.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_catalogues_hold_the_same_keys_and_no_empty_word() {
        let (zh, en) = (Messages::new(Lang::Zh), Messages::new(Lang::En));
        let keys = |m: &Messages| m.words.keys().cloned().collect::<Vec<_>>();
        assert!(!zh.words.is_empty());
        assert_eq!(keys(&zh), keys(&en));
        assert!(
            zh.words
                .values()
                .chain(en.words.values())
                .all(|word| !word.trim().is_empty())
        );
    }

    #[test]
    fn every_file_is_a_catalogue_and_no_key_stands_in_two() {
        for files in [ZH, EN] {
            let catalogues: Vec<BTreeMap<String, String>> = files
                .into_iter()
                .map(|text| toml::from_str(text).expect("a catalogue"))
                .collect();
            let keys = || catalogues.iter().flat_map(BTreeMap::keys);
            let once: std::collections::BTreeSet<&String> = keys().collect();
            assert_eq!(keys().count(), once.len());
        }
    }

    #[test]
    fn every_word_a_template_asks_for_is_in_the_catalogue() {
        let words = Messages::new(Lang::En);
        for (name, text) in super::super::html::TEMPLATES {
            for part in text.split("w.").skip(1) {
                let key: String = part
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                assert!(words.words.contains_key(&key), "{name} asks for {key}");
            }
        }
    }

    /// All of a folder's files with an ending, as one text.
    fn sources(folder: &std::path::Path, ending: &str) -> String {
        let mut text = String::new();
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                text.push_str(&sources(&path, ending));
            } else if path.extension().is_some_and(|own| own == ending) {
                text.push_str(&std::fs::read_to_string(&path).expect("a file"));
            }
        }
        text
    }

    /// The key-like beginnings that follow every occurrence of a sign.
    fn after<'a>(text: &'a str, sign: &str) -> Vec<&'a str> {
        let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let rests = text.split(sign).skip(1);
        rests
            .map(|rest| &rest[..rest.find(|c| !is_key(c)).unwrap_or(rest.len())])
            .collect()
    }

    #[test]
    fn no_word_stands_in_the_catalogues_that_no_document_says() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let (code, pages) = (
            sources(&root.join("src/documents"), "rs"),
            sources(&root.join("templates"), "html"),
        );
        let mut said: std::collections::BTreeSet<&str> = after(&pages, "w.").into_iter().collect();
        said.extend(after(&code, "\""));
        // Keys put together: `format!("why_{why}")`, `word("way", …)`, `w["severity_" ~ …]`.
        let mut beginnings: Vec<String> = after(&code, "\"")
            .into_iter()
            .chain(after(&pages, "w[\""))
            .filter(|key| key.ends_with('_') && key.len() > 2)
            .map(str::to_owned)
            .collect();
        beginnings.extend(after(&code, "word(\"").iter().map(|key| format!("{key}_")));
        let words = Messages::new(Lang::En);
        let unsaid: Vec<&String> = words
            .words
            .keys()
            .filter(|key| !said.contains(key.as_str()))
            .filter(|key| {
                !beginnings
                    .iter()
                    .any(|begin| key.starts_with(begin.as_str()))
            })
            .collect();
        assert!(unsaid.is_empty(), "{unsaid:?}");
    }

    #[test]
    fn what_is_filled_into_a_sentence_is_the_same_in_both_languages() {
        let holes = |text: &str| -> std::collections::BTreeSet<String> {
            let parts = text.split('{').skip(1);
            parts
                .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
                .collect()
        };
        let (zh, en) = (Messages::new(Lang::Zh), Messages::new(Lang::En));
        for (key, word) in &zh.words {
            assert_eq!(holes(word), holes(&en.words[key]), "{key}");
        }
    }
}
