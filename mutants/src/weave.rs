//! One source text with all its changes in it, each behind a switch.
//!
//! Responsible for: where a change stands in the syntax, and text that means the same while no switch is on.
//! Not responsible for: whether the result compiles; what does not is taken out again (`build`).

use std::collections::BTreeMap;
use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::Visit;

use crate::list::Mutant;

/// Text that is replaced, and how.
struct Site {
    range: Range<usize>,
    kind: Kind,
}

enum Kind {
    /// At the head of a function: other values to return.
    Value(Vec<(usize, String)>),
    /// `left operator right`, both of them evaluated once.
    Binary {
        left: Range<usize>,
        right: Range<usize>,
        operator: String,
        others: Vec<(usize, String)>,
    },
    /// `!` or `-` before a value.
    Unary {
        operand: Range<usize>,
        operator: String,
        id: usize,
    },
    /// The value of a field, which is taken from the rest of the struct.
    Field {
        rest: Range<usize>,
        name: String,
        id: usize,
    },
    /// After a pattern: the arm is passed over.
    Arm(usize),
    /// The guard of an arm; `arm` passes over the whole arm.
    Guard {
        arm: Option<usize>,
        others: Vec<(usize, String)>,
    },
}

/// The text with the changes woven in, and the ids of those that are in it.
pub(crate) fn weave(source: &str, mutants: &[&Mutant]) -> Result<(String, Vec<usize>), String> {
    let file = syn::parse_file(source).map_err(|error| error.to_string())?;
    let lines: Vec<usize> = std::iter::once(0)
        .chain(source.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let at = |(line, column): (usize, usize)| {
        let start = lines[line - 1];
        let text = source[start..].chars().take(column - 1);
        start + text.map(char::len_utf8).sum::<usize>()
    };
    let mut finder = Finder {
        source,
        wanted: BTreeMap::new(),
        values: Vec::new(),
        bodies: Vec::new(),
        sites: Vec::new(),
    };
    for mutant in mutants {
        let (id, replacement) = (mutant.id, mutant.replacement.clone());
        if mutant.genre == "FnValue" {
            finder.values.push((at(mutant.start), id, replacement));
        } else {
            let key = (mutant.genre.clone(), at(mutant.start));
            finder
                .wanted
                .entry(key)
                .or_default()
                .push((id, replacement));
        }
    }
    finder.visit_file(&file);
    finder.give_values();
    let mut sites = finder.sites;
    sites.sort_by_key(|site| (site.range.start, std::cmp::Reverse(site.range.end)));
    let text = render(source, &sites, &(0..source.len()), 0);
    let mut ids: Vec<usize> = sites.iter().flat_map(|site| site.kind.ids()).collect();
    ids.sort_unstable();
    Ok((text, ids))
}

/// The switch of a change, as it stands in woven text.
pub(crate) fn switch(id: usize) -> String {
    format!("crate::woven::on({id})")
}

impl Kind {
    fn ids(&self) -> Vec<usize> {
        match self {
            Self::Value(others) | Self::Binary { others, .. } => {
                others.iter().map(|(id, _)| *id).collect()
            }
            Self::Unary { id, .. } | Self::Field { id, .. } | Self::Arm(id) => vec![*id],
            Self::Guard { arm, others } => arm
                .iter()
                .copied()
                .chain(others.iter().map(|(id, _)| *id))
                .collect(),
        }
    }
}

/// A range of the source with the sites in it rendered; sites before `from` are around it.
fn render(source: &str, sites: &[Site], range: &Range<usize>, from: usize) -> String {
    let mut text = String::new();
    let mut done = range.start;
    for (index, site) in sites.iter().enumerate().skip(from) {
        if site.range.start < done || site.range.end > range.end {
            continue;
        }
        text += &source[done..site.range.start];
        text += &site.text(source, sites, index + 1);
        done = site.range.end;
    }
    text + &source[done..range.end]
}

impl Site {
    fn text(&self, source: &str, sites: &[Site], inner: usize) -> String {
        let part = |range: &Range<usize>| render(source, sites, range, inner);
        match &self.kind {
            Kind::Value(others) => others
                .iter()
                .map(|(id, value)| format!(" if {} {{ return {value}; }}", switch(*id)))
                .collect(),
            Kind::Binary {
                left,
                right,
                operator,
                others,
            } => binary(&part(left), &part(right), operator, others),
            Kind::Unary {
                operand,
                operator,
                id,
            } => {
                let on = switch(*id);
                let value = part(operand);
                format!(
                    "(match ({value}) {{ value => if {on} {{ value }} else {{ {operator}value }} }})"
                )
            }
            Kind::Field { rest, name, id } => {
                let (on, rest, value) = (switch(*id), &source[rest.clone()], part(&self.range));
                format!("if {on} {{ ({rest}).{name} }} else {{ {value} }}")
            }
            Kind::Arm(id) => format!(" if !{}", switch(*id)),
            Kind::Guard { arm, others } => {
                let mut text = format!("({})", part(&self.range));
                for (id, value) in others {
                    let on = switch(*id);
                    text = if value == "true" {
                        format!("({on} || {text})")
                    } else {
                        format!("(!{on} && {text})")
                    };
                }
                arm.map_or(text.clone(), |id| format!("!{} && {text}", switch(id)))
            }
        }
    }
}

fn binary(left: &str, right: &str, operator: &str, others: &[(usize, String)]) -> String {
    let chosen = |apply: &dyn Fn(&str) -> String| {
        let mut text = String::new();
        for (id, other) in others {
            text += &format!("if {} {{ {} }} else ", switch(*id), apply(other));
        }
        text + &format!("{{ {} }}", apply(operator))
    };
    match operator {
        // The right side is only evaluated where the left one asks for it: `and` where it is true, `or` where not.
        "&&" | "||" => {
            let on = switch(others[0].0);
            let asks = if operator == "&&" { "!=" } else { "==" };
            format!(
                "(match ({left}) {{ left => if left {asks} {on} {{ {right} }} else {{ left }} }})"
            )
        }
        "==" | "!=" | "<" | "<=" | ">" | ">=" => {
            let chosen = chosen(&|operator| format!("left {operator} right"));
            format!("(match (&({left}), &({right})) {{ (left, right) => {chosen} }})")
        }
        _ if operator.len() > 1 && operator.ends_with('=') => {
            let chosen = chosen(&|operator| format!("*left {operator} right"));
            format!("{{ let right = {right}; let left = &mut ({left}); {chosen} }}")
        }
        _ => {
            let chosen = chosen(&|operator| format!("left {operator} right"));
            format!("(match ({left}, {right}) {{ (left, right) => {chosen} }})")
        }
    }
}

/// Finds where in the syntax the changes stand.
struct Finder<'a> {
    source: &'a str,
    wanted: BTreeMap<(String, usize), Vec<(usize, String)>>,
    values: Vec<(usize, usize, String)>,
    bodies: Vec<Range<usize>>,
    sites: Vec<Site>,
}

fn range(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

/// Whether a condition binds names, which only `if` and `while` can.
fn binds(condition: &syn::Expr) -> bool {
    match condition {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(binary) => binds(&binary.left) || binds(&binary.right),
        _ => false,
    }
}

impl Finder<'_> {
    fn take(&mut self, genre: &str, at: usize) -> Vec<(usize, String)> {
        self.wanted
            .remove(&(genre.to_owned(), at))
            .unwrap_or_default()
    }

    /// A value belongs to the smallest body around it.
    fn give_values(&mut self) {
        let mut of_body: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
        for (at, id, value) in std::mem::take(&mut self.values) {
            let around = self
                .bodies
                .iter()
                .filter(|body| body.start <= at && at < body.end);
            if let Some(body) = around.min_by_key(|body| body.len()) {
                of_body.entry(body.start + 1).or_default().push((id, value));
            }
        }
        for (at, values) in of_body {
            self.sites.push(Site {
                range: at..at,
                kind: Kind::Value(values),
            });
        }
    }

    fn body(&mut self, signature: &syn::Signature, block: &syn::Block) -> bool {
        // No switch can be read while compiling, and two values of an `impl Trait` are of two types.
        let runs = signature.constness.is_none();
        let hidden = matches!(&signature.output,
            syn::ReturnType::Type(_, kind) if matches!(**kind, syn::Type::ImplTrait(_)));
        if runs && !hidden {
            self.bodies.push(range(block));
        }
        runs
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if self.body(&item.sig, &item.block) {
            syn::visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if self.body(&item.sig, &item.block) {
            syn::visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_expr_binary(&mut self, node: &'ast syn::ExprBinary) {
        let operator = range(&node.op);
        let others = self.take("BinaryOperator", operator.start);
        if !others.is_empty() && !binds(&node.left) && !binds(&node.right) {
            let operator = self.source[operator].to_owned();
            let (left, right) = (range(&node.left), range(&node.right));
            let kind = Kind::Binary {
                left,
                right,
                operator,
                others,
            };
            self.sites.push(Site {
                range: range(node),
                kind,
            });
        }
        syn::visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'ast syn::ExprUnary) {
        let operator = range(&node.op);
        if let Some((id, _)) = self.take("UnaryOperator", operator.start).pop() {
            let operator = self.source[operator].to_owned();
            let kind = Kind::Unary {
                operand: range(&node.expr),
                operator,
                id,
            };
            self.sites.push(Site {
                range: range(node),
                kind,
            });
        }
        syn::visit::visit_expr_unary(self, node);
    }

    fn visit_expr_struct(&mut self, node: &'ast syn::ExprStruct) {
        for field in &node.fields {
            let mutant = self.take("StructField", range(field).start).pop();
            if let (Some((id, _)), Some(rest), syn::Member::Named(name), true) = (
                mutant,
                &node.rest,
                &field.member,
                field.colon_token.is_some(),
            ) {
                let kind = Kind::Field {
                    rest: range(rest),
                    name: name.to_string(),
                    id,
                };
                self.sites.push(Site {
                    range: range(&field.expr),
                    kind,
                });
            }
        }
        syn::visit::visit_expr_struct(self, node);
    }

    fn visit_arm(&mut self, node: &'ast syn::Arm) {
        let arm = self
            .take("MatchArm", range(node).start)
            .pop()
            .map(|(id, _)| id);
        match &node.guard {
            Some((_, guard)) if !binds(guard) => {
                let others = self.take("MatchArmGuard", range(guard).start);
                if arm.is_some() || !others.is_empty() {
                    self.sites.push(Site {
                        range: range(guard),
                        kind: Kind::Guard { arm, others },
                    });
                }
            }
            Some(_) => {}
            None => {
                let end = range(&node.pat).end;
                let site = arm.map(|id| Site {
                    range: end..end,
                    kind: Kind::Arm(id),
                });
                self.sites.extend(site);
            }
        }
        syn::visit::visit_arm(self, node);
    }
}
