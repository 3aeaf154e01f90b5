//! Which branch each kind of mutant becomes.

use proc_macro2::{LineColumn, Span};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprBinary, ExprStruct, ExprUnary, File, ImplItemFn, ItemFn, TraitItemFn,
};

use crate::Mutant;
use crate::source::{Insertion, Source};

/// What the mutants of a file insert into it.
pub fn insertions(source: &Source, file: &File, mutants: &[Mutant]) -> Vec<Insertion> {
    let mut visitor = Visitor {
        source,
        mutants,
        found: Vec::new(),
    };
    visitor.visit_file(file);
    visitor.found
}

struct Visitor<'a> {
    source: &'a Source<'a>,
    mutants: &'a [Mutant],
    found: Vec<Insertion>,
}

impl<'a> Visitor<'a> {
    /// The mutants of a genre that begin at a place.
    fn at(&self, genre: &str, place: LineColumn) -> impl Iterator<Item = &'a Mutant> + use<'a> {
        let (genre, start) = (genre.to_owned(), (place.line, place.column + 1));
        let mutants = self.mutants.iter();
        mutants.filter(move |mutant| mutant.genre == genre && mutant.start == start)
    }

    fn insert(&mut self, mutant: &Mutant, span: Span, before: String, after: &str) {
        let (start, end) = self.source.range(span);
        let (mutant, after) = (mutant.id, after.to_owned());
        self.found.push(Insertion {
            mutant,
            start,
            end,
            before,
            after,
        });
    }

    /// One expression, and what the mutant makes of it.
    fn choose(&mut self, mutant: &Mutant, span: Span, instead: &str) {
        let before = format!("(if crate::armed({}) {{{instead}}} else {{ ", mutant.id);
        self.insert(mutant, span, before, " })");
    }

    fn body(&mut self, block: &Block) {
        let Some(first) = block.stmts.first() else {
            return;
        };
        for mutant in self.at("FnValue", first.span().start()) {
            let before = format!(
                "if crate::armed({}) {{ return {}; }} ",
                mutant.id, mutant.replacement
            );
            let (start, _) = self.source.range(first.span());
            let after = String::new();
            self.found.push(Insertion {
                mutant: mutant.id,
                start,
                end: start,
                before,
                after,
            });
        }
    }

    /// A chain of `let` cannot stand within another expression.
    fn has_let(expr: &Expr) -> bool {
        match expr {
            Expr::Let(_) => true,
            Expr::Binary(binary) => Self::has_let(&binary.left) || Self::has_let(&binary.right),
            _ => false,
        }
    }
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.body(&item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.body(&item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(block) = &item.default {
            self.body(block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_expr_binary(&mut self, expr: &'ast ExprBinary) {
        if !Self::has_let(&expr.left) && !Self::has_let(&expr.right) {
            let (left, right) = (
                self.source.written(&expr.left),
                self.source.written(&expr.right),
            );
            for mutant in self.at("BinaryOperator", expr.op.span().start()) {
                let instead = format!("{left} {} {right}", mutant.replacement);
                self.choose(mutant, expr.span(), &instead);
            }
        }
        visit::visit_expr_binary(self, expr);
    }

    fn visit_expr_unary(&mut self, expr: &'ast ExprUnary) {
        for mutant in self.at("UnaryOperator", expr.op.span().start()) {
            let instead = self.source.written(&expr.expr);
            self.choose(mutant, expr.span(), instead);
        }
        visit::visit_expr_unary(self, expr);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let deleted = self.at("MatchArm", arm.span().start());
        for mutant in deleted {
            let condition = format!("!crate::armed({})", mutant.id);
            match &arm.guard {
                Some((_, guard)) => {
                    self.insert(mutant, guard.span(), format!("{condition} && ("), ")");
                }
                None => {
                    let end = arm.pat.span();
                    self.insert(mutant, end, String::new(), &format!(" if {condition}"));
                }
            }
        }
        if let Some((_, guard)) = &arm.guard {
            for mutant in self.at("MatchArmGuard", guard.span().start()) {
                self.choose(mutant, guard.span(), &mutant.replacement);
            }
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_struct(&mut self, expr: &'ast ExprStruct) {
        if let Some(rest) = &expr.rest {
            let (path, rest) = (self.source.written(&expr.path), self.source.written(rest));
            for field in &expr.fields {
                let syn::Member::Named(name) = &field.member else {
                    continue;
                };
                for mutant in self.at("StructField", field.span().start()) {
                    let key = field
                        .colon_token
                        .map_or(format!("{name}: "), |_| String::new());
                    let instead = format!("({path} {{ ..{rest} }}).{name}");
                    let before = format!(
                        "{key}(if crate::armed({}) {{{instead}}} else {{ ",
                        mutant.id
                    );
                    self.insert(mutant, field.expr.span(), before, " })");
                }
            }
        }
        visit::visit_expr_struct(self, expr);
    }
}
