//! Sorts of items: those that are declared and those that rules name, each once for
//! every place in which it can stand.

use super::super::draft::{Condition, Item, Join, Row, Rule, Source};
use super::super::plan::{At, Base, Check, Identity, Joining, Link, Op, Sort, Step};
use super::super::shelf;
use super::super::{MappingError, Problem};
use super::{Compiler, Context, error};
use crate::Scope;
use crate::model::leaf::Raw;

/// A sort by its name, as the draft has it.
struct Named<'d> {
    scope: Scope,
    item: &'d str,
    declared: Option<(usize, &'d Item)>,
}

/// A place in which a sort stands.
struct Standing {
    context: Context,
    parent: Option<(usize, u8)>,
    join: Option<Joining>,
    whole: bool,
}

/// Items are made after those to which they belong.
fn rank(scope: Scope) -> u8 {
    match scope {
        Scope::Booking | Scope::Provenance => 0,
        Scope::Passenger | Scope::Leg => 1,
        _ if shelf::around(scope).is_none() => 2,
        _ => 3,
    }
}

impl<'d> Compiler<'d> {
    pub(super) fn sorts(&mut self) -> Result<(), MappingError> {
        let named = self.named()?;
        for record in self.records()? {
            let first = self.plan.sorts.len();
            for sort in &named {
                self.expand(sort, record, first)?;
            }
        }
        self.belong();
        Ok(())
    }

    /// The kinds that can be the booking.
    fn records(&mut self) -> Result<Vec<u32>, MappingError> {
        let Source::Json(json) = &self.draft.source else {
            return Ok(vec![0]);
        };
        let mut kinds = Vec::new();
        for name in json.record.iter() {
            let kind = match name {
                "" => Some(0),
                pointer => self.plan.trie.elements(0, pointer),
            };
            let wrong = || error("source.json.record", Problem::NotAPointer(name.to_owned()));
            kinds.push(kind.ok_or_else(wrong)?);
        }
        if kinds.is_empty() {
            kinds.push(0);
        }
        self.plan.records.clone_from(&kinds);
        for kind in &kinds {
            let context = Context {
                record: *kind,
                kind: *kind,
                here: *kind,
                number: None,
            };
            let mut checks = Vec::new();
            for condition in &json.when {
                checks.push(self.check(condition, context, "source.json.when")?);
            }
            self.plan.record_when.push(checks);
        }
        Ok(kinds)
    }

    fn named(&self) -> Result<Vec<Named<'d>>, MappingError> {
        let draft = self.draft;
        let mut named: Vec<Named<'d>> = Vec::new();
        for (at, item) in draft.items.iter().enumerate() {
            if !shelf::is_open(item.list) {
                return Err(error(format!("items[{at}].list"), Problem::ClosedList));
            }
            named.push(Named {
                scope: item.list,
                item: &item.item,
                declared: Some((at, item)),
            });
        }
        for (at, rule) in draft.rules.iter().enumerate() {
            let scope = rule.field.scope();
            if !shelf::is_open(scope) {
                return Err(error(format!("rules[{at}].field"), Problem::ClosedList));
            }
            if !named
                .iter()
                .any(|known| known.scope == scope && known.item == rule.item.as_str())
            {
                named.push(Named {
                    scope,
                    item: &rule.item,
                    declared: None,
                });
            }
        }
        for at in 0..named.len() {
            let around = named.get(at).and_then(|sort| shelf::around(sort.scope));
            if let Some(scope) = around
                && !named.iter().any(|known| known.scope == scope)
            {
                named.push(Named {
                    scope,
                    item: "",
                    declared: None,
                });
            }
        }
        named.sort_by_key(|sort| rank(sort.scope));
        Ok(named)
    }

    /// One sort for each place in which a named one can stand.
    fn expand(&mut self, named: &Named<'d>, record: u32, first: usize) -> Result<(), MappingError> {
        for standing in self.standings(named, record, first)? {
            let sort = self.sort(named, standing, first)?;
            self.plan.sorts.push(sort);
            self.plan_names
                .push((named.item.to_owned(), self.last_number));
        }
        Ok(())
    }

    fn standings(
        &mut self,
        named: &Named<'d>,
        record: u32,
        first: usize,
    ) -> Result<Vec<Standing>, MappingError> {
        let base = Context {
            record,
            kind: record,
            here: record,
            number: None,
        };
        let around = shelf::around(named.scope);
        let parents: Vec<Option<usize>> = match around {
            None => vec![None],
            Some(scope) => self.around(named, scope, first),
        };
        let mut standings = Vec::new();
        for parent in parents {
            self.stand(named, base, parent, &mut standings)?;
        }
        Ok(standings)
    }

    /// The sorts that can be around one: those of the name it says, of its own name, or of none.
    fn around(&self, named: &Named<'d>, scope: Scope, first: usize) -> Vec<Option<usize>> {
        let of = named.declared.map_or("", |(_, item)| item.of.as_str());
        let wanted = [of, named.item, ""];
        let sorts =
            || (first..self.plan.sorts.len()).filter(|at| self.scope_of(*at) == Some(scope));
        for name in wanted {
            let found: Vec<_> = sorts()
                .filter(|at| self.name_of(*at) == name)
                .map(Some)
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        sorts().map(Some).collect()
    }

    fn scope_of(&self, at: usize) -> Option<Scope> {
        self.plan.sorts.get(at).map(|sort| sort.scope)
    }

    fn name_of(&self, at: usize) -> &str {
        self.plan_names
            .get(at)
            .map_or("", |(name, _)| name.as_str())
    }

    fn stand(
        &mut self,
        named: &Named<'d>,
        base: Context,
        parent: Option<usize>,
        standings: &mut Vec<Standing>,
    ) -> Result<(), MappingError> {
        let mut context = base;
        let mut inherited = None;
        if let Some(parent) = parent {
            let number = self.plan_names.get(parent).and_then(|(_, number)| *number);
            context.number = number;
            if let Some(sort) = self.plan.sorts.get(parent) {
                (context.kind, context.here) = (sort.kind, sort.kind);
                if let Some(join) = &sort.join {
                    context.here = join.kind;
                    inherited = Some(join.clone());
                }
            }
        }
        let parent_kind = context.kind;
        let Some((at, item)) = named.declared else {
            standings.push(Standing {
                context,
                parent: parent.map(|parent| (parent, 0)),
                join: inherited,
                whole: false,
            });
            return Ok(());
        };
        if let Some(repeat) = item.repeat {
            for number in 1..=repeat {
                let mut context = context;
                context.number = Some(number);
                standings.push(Standing {
                    context,
                    parent: parent.map(|parent| (parent, 0)),
                    join: None,
                    whole: false,
                });
            }
            return Ok(());
        }
        if item.each.is_empty() {
            let (context, join) = match &item.join {
                Some(_) => self.joined(item, context, at)?,
                None => (context, inherited),
            };
            standings.push(Standing {
                context,
                parent: parent.map(|parent| (parent, 0)),
                join,
                whole: false,
            });
            return Ok(());
        }
        for name in item.each.iter() {
            let wrong = || {
                error(
                    format!("items[{at}].each"),
                    Problem::NotAPointer(name.to_owned()),
                )
            };
            if !self.is_json() {
                return Err(wrong());
            }
            let (_, from, pointer) = self.based(name, context).ok_or_else(wrong)?;
            let kind = self.plan.trie.elements(from, pointer).ok_or_else(wrong)?;
            let mut context = context;
            (context.kind, context.here) = (kind, kind);
            let up = match parent {
                Some(parent) => {
                    let up = self.plan.trie.climb(kind, parent_kind).ok_or_else(wrong)?;
                    Some((parent, up))
                }
                None => None,
            };
            let (context, join) = self.joined(item, context, at)?;
            standings.push(Standing {
                context,
                parent: up,
                join,
                whole: name.starts_with('#'),
            });
        }
        Ok(())
    }

    fn joined(
        &mut self,
        item: &Item,
        context: Context,
        at: usize,
    ) -> Result<(Context, Option<Joining>), MappingError> {
        self.join(item.join.as_ref(), context, &format!("items[{at}].join"))
    }

    /// Where places stand behind a reference, and how that is followed.
    fn join(
        &mut self,
        join: Option<&Join>,
        mut context: Context,
        place: &str,
    ) -> Result<(Context, Option<Joining>), MappingError> {
        let Some(join) = join else {
            return Ok((context, None));
        };
        let wrong = || error(place, Problem::NotAPointer(join.to.to_string()));
        if !self.is_json() {
            return Err(wrong());
        }
        let (_, from, pointer) = self.based(&join.to, context).ok_or_else(wrong)?;
        let kind = self.plan.trie.elements(from, pointer).ok_or_else(wrong)?;
        if join.here.is_empty() || join.here.len() != join.there.len() {
            return Err(error(place, Problem::UnevenJoin));
        }
        let mut here = Vec::new();
        for name in &join.here {
            here.push(self.place(name, context, place)?);
        }
        context.here = kind;
        let mut there = Vec::new();
        for name in &join.there {
            there.push(self.place(name, context, place)?);
        }
        let joins = &mut self.plan.joins;
        let way = (kind, there.clone());
        let index = joins.iter().position(|known| *known == way);
        let index = index.unwrap_or_else(|| {
            joins.push(way);
            joins.len() - 1
        });
        let join = Joining {
            index,
            kind,
            here,
            there,
        };
        Ok((context, Some(join)))
    }

    fn sort(
        &mut self,
        named: &Named<'d>,
        standing: Standing,
        first: usize,
    ) -> Result<Sort, MappingError> {
        let context = standing.context;
        self.last_number = context.number;
        let steps = self.steps(named, context)?;
        let mut present: Vec<At> = steps
            .iter()
            .filter(|step| step.join.is_none())
            .flat_map(|step| step.from.iter().copied())
            .collect();
        present.dedup();
        let identity = self.identity(named, context, &present)?;
        let mut sort = Sort {
            scope: named.scope,
            record: context.record,
            kind: context.kind,
            whole: standing.whole,
            parent: standing.parent,
            passenger: None,
            leg: None,
            passenger_id: Vec::new(),
            leg_id: Vec::new(),
            id: Vec::new(),
            when: Vec::new(),
            join: standing.join,
            is_its_name: Sort::is_its_name(&identity, &steps),
            identity,
            present,
            given: steps.iter().filter_map(|step| step.given).collect(),
            steps,
            briefs: Vec::new(),
        };
        let (passenger, leg) = shelf::links(named.scope);
        if !self.is_json() {
            sort.passenger = passenger
                .then(|| self.beside(named, Scope::Passenger, first))
                .flatten();
            sort.leg = leg.then(|| self.beside(named, Scope::Leg, first)).flatten();
        }
        if let Some((at, item)) = named.declared {
            self.declare(&mut sort, item, context, at)?;
        }
        Ok(sort)
    }

    fn declare(
        &mut self,
        sort: &mut Sort,
        item: &Item,
        context: Context,
        at: usize,
    ) -> Result<(), MappingError> {
        let place = |what: &str| format!("items[{at}].{what}");
        sort.id = self.places(&item.id, context, &place("id"))?;
        sort.passenger_id = self.links(&item.passenger, context, &place("passenger"))?;
        sort.leg_id = self.links(&item.leg, context, &place("leg"))?;
        sort.when = self.checks(&item.when, context, &place("when"))?;
        Ok(())
    }

    fn checks(
        &mut self,
        conditions: &[Condition],
        context: Context,
        at: &str,
    ) -> Result<Vec<Check>, MappingError> {
        let conditions = conditions.iter().enumerate();
        conditions
            .map(|(number, condition)| self.check(condition, context, &format!("{at}[{number}]")))
            .collect()
    }

    fn links(
        &mut self,
        names: &super::Names,
        context: Context,
        at: &str,
    ) -> Result<Vec<Link>, MappingError> {
        let mut links = Vec::new();
        for name in names.iter() {
            let link = match name.strip_suffix("/#") {
                None => Link::At(self.place(name, context, at)?),
                Some(array) => {
                    let wrong = || error(at, Problem::NotAPointer(name.to_owned()));
                    let (base, from, pointer) = self.based(array, context).ok_or_else(wrong)?;
                    let Base::Up(up) = base else {
                        return Err(wrong());
                    };
                    let pointer = format!("{pointer}/*");
                    let kind = self.plan.trie.elements(from, &pointer).ok_or_else(wrong)?;
                    let slot = self.plan.trie.slot(kind, "").ok_or_else(wrong)?;
                    Link::Beside { up, kind, slot }
                }
            };
            links.push(link);
        }
        Ok(links)
    }

    pub(super) fn check(
        &mut self,
        condition: &Condition,
        context: Context,
        at: &str,
    ) -> Result<Check, MappingError> {
        let lower =
            |texts: &[crate::model::Text]| texts.iter().map(|text| text.to_lowercase()).collect();
        Ok(Check {
            from: self.places(&condition.from, context, at)?,
            is: lower(&condition.is),
            not: lower(&condition.not),
        })
    }

    fn steps(&mut self, named: &Named<'d>, context: Context) -> Result<Vec<Step>, MappingError> {
        let draft = self.draft;
        let mut steps = Vec::new();
        for (at, rule) in draft.rules.iter().enumerate() {
            if rule.field.scope() == named.scope && rule.item.as_str() == named.item {
                steps.push(self.step(rule, context, &format!("rules[{at}]"))?);
            }
        }
        Ok(steps)
    }

    fn step(&mut self, rule: &Rule, context: Context, at: &str) -> Result<Step, MappingError> {
        if rule.from.is_empty() && rule.intake.is_none() && rule.value.is_none() {
            return Err(error(at, Problem::NoSource));
        }
        if let Some(value) = &rule.value
            && !rule.field.class(Raw::Text(value)).1
        {
            return Err(error(
                format!("{at}.value"),
                Problem::ImpossibleValue(rule.field),
            ));
        }
        let (context, join) = self.join(rule.join.as_ref(), context, &format!("{at}.join"))?;
        let op = self.op(rule, context, at)?;
        let is_whole = rule.cut.is_none() && rule.split.is_empty() && !matches!(op, Op::Minor(_));
        let is_alone = rule.before.is_empty() && rule.after.is_empty() && rule.when.is_empty();
        Ok(Step {
            field: rule.field,
            is_plain: is_whole && is_alone,
            when: self.checks(&rule.when, context, &format!("{at}.when"))?,
            from: self.places(&rule.from, context, &format!("{at}.from"))?,
            before: self.places(&rule.before, context, &format!("{at}.before"))?,
            after: self.places(&rule.after, context, &format!("{at}.after"))?,
            given: rule.intake,
            value: rule.value.as_ref().map(ToString::to_string),
            cut: rule.cut.clone(),
            split: rule.split.to_string(),
            absent: rule.absent.iter().map(|text| text.to_lowercase()).collect(),
            join,
            op,
        })
    }

    fn identity(
        &mut self,
        named: &Named<'d>,
        context: Context,
        cells: &[At],
    ) -> Result<Identity, MappingError> {
        let Source::Csv(csv) = &self.draft.source else {
            return Ok(Identity::Each);
        };
        if let Some((at, item)) = named.declared.filter(|(_, item)| !item.key.is_empty()) {
            let mut key = Vec::new();
            for field in &item.key {
                key.extend(self.sources(
                    *field,
                    &item.item,
                    context,
                    &format!("items[{at}].key"),
                )?);
            }
            return Ok(Identity::Key(key));
        }
        Ok(match (named.scope, csv.row) {
            (Scope::Passenger, Row::PassengerLeg) | (Scope::Leg, _) => {
                Identity::Key(cells.to_vec())
            }
            (Scope::Passenger, _) => Identity::Each,
            _ => Identity::Anchors,
        })
    }

    /// The places of the rule for a field.
    pub(super) fn sources(
        &mut self,
        field: crate::Field,
        item: &str,
        context: Context,
        at: &str,
    ) -> Result<Vec<At>, MappingError> {
        let draft = self.draft;
        let of =
            |rule: &&Rule| rule.field == field && (rule.item.as_str() == item || item.is_empty());
        let rule = draft.rules.iter().find(of);
        match rule.filter(|rule| !rule.from.is_empty()) {
            Some(rule) => self.places(&rule.from, context, at),
            None => Err(error(at, Problem::NoRuleFor(field))),
        }
    }

    /// The sort of a row to which another belongs: of the same number and name, if there is one.
    fn beside(&self, named: &Named<'d>, scope: Scope, first: usize) -> Option<usize> {
        let sorts =
            || (first..self.plan.sorts.len()).filter(|at| self.scope_of(*at) == Some(scope));
        let number = |at: usize| self.plan_names.get(at).and_then(|(_, number)| *number);
        let same = sorts().find(|at| number(*at).is_some() && number(*at) == self.last_number);
        same.or_else(|| sorts().find(|at| self.name_of(*at) == named.item))
            .or_else(|| sorts().find(|at| self.name_of(*at).is_empty()))
    }

    /// Where an item around others would say nothing itself, they speak for it.
    fn belong(&mut self) {
        for at in (0..self.plan.sorts.len()).rev() {
            let Some(sort) = self.plan.sorts.get(at) else {
                continue;
            };
            let (kind, present) = (sort.kind, sort.present.clone());
            let parent = sort
                .parent
                .and_then(|(parent, _)| self.plan.sorts.get_mut(parent));
            if let Some(parent) = parent.filter(|parent| parent.kind == kind) {
                parent.present.extend(present);
            }
        }
    }

    /// What the source says of rows and bookings.
    pub(super) fn source(&mut self) -> Result<(), MappingError> {
        let Source::Csv(csv) = &self.draft.source else {
            return Ok(());
        };
        self.plan.row = csv.row;
        for (at, field) in csv.group.iter().enumerate() {
            let at = format!("source.csv.group[{at}]");
            let places = self.sources(*field, "", Context::default(), &at)?;
            self.plan.group.extend(places);
        }
        Ok(())
    }
}
