//! The links of the index to PDFs. The page is made before anything is printed, so it marks the places
//! (`<span class="pdf" data-pdf="plan.pdf">`), and here they are filled: with a link where the file is there, else with nothing.

use std::fmt::Write as _;

const MARK: &str = "<span class=\"pdf\" data-pdf=\"";
/// Behind the path, where the link is called otherwise than PDF.
const NAME: &str = "\" data-name=\"";

/// The page with a link at every place whose file is there.
pub(super) fn set(page: &str, is_there: &dyn Fn(&str) -> bool) -> String {
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
    use super::set;

    #[test]
    fn a_link_stands_where_the_file_is_there_and_goes_with_it() {
        let page = "<span class=\"pdf\" data-pdf=\"tours/T01-甲&amp;乙/plan.pdf\"></span>, <span class=\"pdf\" data-pdf=\"orders.pdf\"></span>.";
        let linked = set(page, &|path| path == "tours/T01-甲&乙/plan.pdf");
        assert_eq!(linked.matches("<a ").count(), 1);
        assert!(linked.contains(
            "<a class=\"small\" href=\"tours/T01-甲&amp;乙/plan.pdf\">PDF</a></span>, <span"
        ));
        assert_eq!(set(&linked, &|_| false), page);
        let named = set(
            "<span class=\"pdf\" data-pdf=\"a.pdf\" data-name=\"随车资料\"></span>",
            &|path| path == "a.pdf",
        );
        assert!(named.contains("href=\"a.pdf\">随车资料</a>"), "{named}");
        let cut = "<span class=\"pdf\" data-pdf=\"orders";
        assert_eq!(set(cut, &|_| true), cut);
    }
}
