//! Address text to plain characters.
//!
//! Responsible for: full-width and look-alike characters, spaces, punctuation and noise words,
//! and for remembering where something was cut (a *seam*). Not responsible for: names.

use unicode_normalization::UnicodeNormalization;

/// Characters of one address with separators dropped.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    pub(crate) chars: Vec<char>,
    /// `seams[i]`: something ended just before character `i` (text start, separator, column, digit).
    pub(crate) seams: Vec<bool>,
    /// Where the last cell, the address, begins.
    pub(crate) address: usize,
}

/// Statistical fillers that stand where a county or city name would: they name nothing.
const NOISE: [&str; 8] = [
    "自治区直辖县级行政区划",
    "省直辖县级行政区划",
    "省直辖县级行政单位",
    "省直辖行政单位",
    "省直辖县",
    "直辖县级",
    "市辖区",
    "市辖县",
];

impl Plain {
    /// Several cells of one row, read in order as one text with a seam between them.
    pub(crate) fn from_cells(cells: &[&str]) -> Self {
        let mut plain = Self::default();
        let mut pending_seam = true;
        for cell in cells {
            // A lone 县 or 市 is the statistical table's filler for "no name".
            let cell = cell.trim();
            plain.address = plain.chars.len();
            if cell.chars().count() > 1 {
                plain.push_text(cell, &mut pending_seam);
            }
            pending_seam = true;
        }
        plain.drop_noise();
        plain
    }

    fn push_text(&mut self, text: &str, pending_seam: &mut bool) {
        for written in text.chars() {
            if matches!(written, '\u{4e00}'..='\u{9fff}') {
                self.push(common_form(written), pending_seam);
            } else {
                for folded in std::iter::once(written).nfkc() {
                    self.push(common_form(folded), pending_seam);
                }
            }
        }
    }

    fn push(&mut self, c: char, pending_seam: &mut bool) {
        if !is_letter(c) {
            *pending_seam = true;
            return;
        }
        let after_code = self.chars.last().is_some_and(char::is_ascii_alphanumeric);
        let seam = *pending_seam || (after_code && !c.is_ascii_alphanumeric());
        self.chars.push(c);
        self.seams.push(seam);
        *pending_seam = false;
    }

    fn drop_noise(&mut self) {
        if !self.chars.contains(&'辖') {
            return;
        }
        for noise in NOISE {
            let noise: Vec<char> = noise.chars().collect();
            while let Some(at) = self
                .chars
                .windows(noise.len())
                .position(|window| window == noise)
            {
                self.chars.drain(at..at + noise.len());
                self.seams.drain(at..at + noise.len());
                if at < self.address {
                    self.address -= noise.len().min(self.address - at);
                }
                if let Some(seam) = self.seams.get_mut(at) {
                    *seam = true;
                }
            }
        }
    }

    /// The characters from `at` on.
    pub(crate) fn rest(&self, at: usize) -> &[char] {
        self.chars.get(at..).unwrap_or_default()
    }

    /// Whether a name may begin freely at `at`; the end of the text counts.
    pub(crate) fn seam(&self, at: usize) -> bool {
        self.seams.get(at).copied().unwrap_or(true)
    }
}

/// Letters and digits of any script; the common Chinese block without a table look-up.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()
}

/// A name of the gazetteer in the form addresses are read in.
pub(crate) fn plain_name(name: &str) -> Vec<char> {
    let usual = |c: &char| matches!(c, '\u{4e00}'..='\u{9fff}');
    if name.chars().all(|c| usual(&c)) {
        return name.chars().map(common_form).collect();
    }
    name.nfkc()
        .filter(|c| is_letter(*c))
        .map(common_form)
        .collect()
}

/// The character people type for a rare or traditional one in division names.
fn common_form(c: char) -> char {
    match c {
        '㮾' => '榔',
        '\u{26c21}' => '那',
        '\u{25562}' => '曹',
        '橘' => '桔',
        '縣' => '县',
        '區' => '区',
        '鄉' => '乡',
        '鎮' => '镇',
        '長' => '长',
        '東' => '东',
        '廣' => '广',
        '灣' => '湾',
        '寧' => '宁',
        '陽' => '阳',
        '華' => '华',
        '雲' => '云',
        '龍' => '龙',
        '門' => '门',
        '嶽' => '岳',
        '瀏' => '浏',
        '邨' => '村',
        '荘' | '莊' => '庄',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cells: &[&str]) -> String {
        Plain::from_cells(cells).chars.into_iter().collect()
    }

    #[test]
    fn drops_spaces_punctuation_and_full_width_forms() {
        assert_eq!(
            text(&["湖南省　长沙市，Ａ座（１２号）"]),
            "湖南省长沙市A座12号"
        );
    }

    #[test]
    fn drops_fillers_of_the_statistical_tables() {
        assert_eq!(text(&["北京市市辖区东城区"]), "北京市东城区");
        assert_eq!(text(&["重庆市", "县", "城口县"]), "重庆市城口县");
    }

    #[test]
    fn writes_rare_characters_as_people_type_them() {
        assert_eq!(text(&["㮾梨街道"]), "榔梨街道");
        assert_eq!(
            plain_name("斫𥕢乡").into_iter().collect::<String>(),
            "斫曹乡"
        );
        assert_eq!(
            plain_name("𦰡溪瑶族乡").into_iter().collect::<String>(),
            "那溪瑶族乡"
        );
    }

    #[test]
    fn remembers_where_a_name_may_begin() {
        let plain = Plain::from_cells(&["410005湖南", "长沙"]);
        assert!(plain.seam(0) && plain.seam(6) && plain.seam(8));
        assert!(!plain.seam(7));
    }
}
