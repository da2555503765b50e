//! The links of a written index, when files come and go beside it.
//!
//! PDFs: the page is made before anything is printed, so it marks the places (`<span class="pdf" data-pdf="plan.pdf">`), and here they
//! are filled: with a link where the file is there, else with nothing. Files that are removed take their links with them.
//! Not responsible for: which files come and go (`cli`, `month::purge`).

use std::fmt::Write as _;

const MARK: &str = "<span class=\"pdf\" data-pdf=\"";
/// Behind the path, where the link is called otherwise than PDF.
const NAME: &str = "\" data-name=\"";

/// The page with a link at every place whose file is there.
pub(crate) fn with_pdfs(page: &str, is_there: &dyn Fn(&str) -> bool) -> String {
    let mut parts = page.split(MARK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(MARK);
        // What does not look as we write it is left as it is.
        let Some((path, rest)) = part.split_once("\">") else {
            out.push_str(part);
            continue;
        };
        let Some((_, rest)) = rest.split_once("</span>") else {
            out.push_str(part);
            continue;
        };
        out.push_str(path);
        out.push_str("\">");
        let (path, name) = path.split_once(NAME).unwrap_or((path, "PDF"));
        if is_there(&plain(path)) {
            let _ = write!(out, " <a class=\"small\" href=\"{path}\">{name}</a>");
        }
        out.push_str("</span>");
        out.push_str(rest);
    }
    out
}

/// The page without links to files that are gone. A document's name stays where its page is gone; the short words for its other
/// forms (XLSX, a caller and day) go.
pub(crate) fn without(page: &str, is_gone: &dyn Fn(&str) -> bool) -> String {
    const OPEN: &str = "<a ";
    let mut parts = page.split(OPEN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if let Some((words, rest)) = gone_link(part, is_gone) {
            out.push_str(words);
            out.push_str(rest);
        } else {
            out.push_str(OPEN);
            out.push_str(part);
        }
    }
    out
}

/// Of a link that leads to what is gone: the words that stay, and what follows it. What does not look as we write it is left as it is.
fn gone_link<'p>(link: &'p str, is_gone: &dyn Fn(&str) -> bool) -> Option<(&'p str, &'p str)> {
    let (tag, behind) = link.split_once('>')?;
    let (attributes, target) = tag.split_once("href=\"")?;
    let (target, _) = target.split_once('"')?;
    if !is_gone(&plain(target)) {
        return None;
    }
    let (words, rest) = behind.split_once("</a>")?;
    let short = attributes.contains("class=\"small\"");
    Some((if short { "" } else { words }, rest))
}

/// A path as the folder has it: the page escapes some signs.
fn plain(path: &str) -> String {
    let signs = [
        ("&#x2F;", "/"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    let mut path = path.to_owned();
    for (written, sign) in signs {
        path = path.replace(written, sign);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{with_pdfs, without};

    #[test]
    fn a_link_stands_where_the_file_is_there_and_goes_with_it() {
        let page = "<span class=\"pdf\" data-pdf=\"tours/T01-甲&amp;乙/plan.pdf\"></span>, <span class=\"pdf\" data-pdf=\"orders.pdf\"></span>.";
        let linked = with_pdfs(page, &|path| path == "tours/T01-甲&乙/plan.pdf");
        assert_eq!(linked.matches("<a ").count(), 1);
        assert!(linked.contains(
            "<a class=\"small\" href=\"tours/T01-甲&amp;乙/plan.pdf\">PDF</a></span>, <span"
        ));
        assert_eq!(with_pdfs(&linked, &|_| false), page);
        let named = with_pdfs(
            "<span class=\"pdf\" data-pdf=\"a.pdf\" data-name=\"随车资料\"></span>",
            &|path| path == "a.pdf",
        );
        assert!(named.contains("href=\"a.pdf\">随车资料</a>"), "{named}");
        let cut = "<span class=\"pdf\" data-pdf=\"orders";
        assert_eq!(with_pdfs(cut, &|_| true), cut);
    }

    #[test]
    fn links_to_what_is_gone_go_with_their_short_words() {
        let page = "<a href=\"tours/T01-甲/call-sheet.html\">电话</a><span class=\"pdf\" data-pdf=\"a.pdf\"> <a class=\"small\" \
                    href=\"a.pdf\">PDF</a></span> <a class=\"small\" href=\"tours&#x2F;T01-甲/call-sheet-12-09-乙.xlsx\">12-09 乙</a> \
                    <a href=\"tours/T01-甲/plan.html\">方案</a> <a href=\"#map\" class=\"x\">图</a>";
        let kept = |path: &str| path.ends_with("plan.html") || path.starts_with('#');
        assert_eq!(
            without(page, &|path| !kept(path)),
            "电话<span class=\"pdf\" data-pdf=\"a.pdf\"> </span>  <a href=\"tours/T01-甲/plan.html\">方案</a> <a href=\"#map\" class=\"x\">图</a>"
        );
        assert_eq!(without(page, &|_| false), page);
        for cut in ["<a href=\"a", "<a href=\"a\">b", "<a b>c</a>", "<a "] {
            assert_eq!(without(cut, &|_| true), cut);
        }
    }
}
