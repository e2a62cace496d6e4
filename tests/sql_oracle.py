"""The rules of resolution written once more, in ANSI SQL, for DuckDB: an oracle for the tests.

It shares no line with the resolver. What Python works out beforehand is what a text means by
itself: first and last second of a date, bounds and decimals of a figure (both have oracles of their
own). Everything that compares, ranks, chooses and judges is SQL: witnesses and whom they repeat,
which statements are compatible (dates, figures, terms that take in others, parts of a hierarchy),
the three rules with all of their criteria, the sharper word, decisions, standings, verdicts and
reasons. It covers the default policy, seen from today: `known_on`, `at` and other policies filter
and reorder claims, and are tested by laws in `test_resolve`.
"""

import duckdb

from lunarprogrammes import tables
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.quantities import Quantity

TIER_NAMES = ("official", "scholarly", "reference", "press", "community", "editors")

SCHEMA = """
create table claim (tab varchar, record varchar, field varchar, id varchar, val varchar,
    source varchar, as_of varchar, certainty varchar);
create table witness (id varchar, tier varchar, published varchar, repeats varchar,
    undated boolean);
create table tier (name varchar, place integer);
create table certainty (name varchar, weakness integer);
create table decision (tab varchar, record varchar, field varchar, val varchar);
create table field (tab varchar, name varchar, kind varchar, rule varchar, complementary boolean,
    vocabulary varchar, refers varchar);
create table takes_in (vocabulary varchar, term varchar, weaker varchar);
create table parent (tab varchar, record varchar, parent varchar);
create table moment (txt varchar, first_s bigint, last_s bigint, first_day bigint, last_day bigint,
    doubt integer);
create table figure (txt varchar, low double, high double, low_out boolean, high_out boolean,
    exact boolean, digits hugeint, decimals integer);
"""

# Everything about one claim, beside it.
SPOKEN = """
create table spoken as
with recursive chain (source, root, steps) as (
    select id, id, 0 from witness
    union all
    select chain.source, witness.repeats, chain.steps + 1
    from chain join witness on witness.id = chain.root
    where witness.repeats <> '' and chain.steps < 20
),
root as (
    select chain.source, chain.root from chain
    where chain.steps = (select max(c.steps) from chain c where c.source = chain.source)
),
above (tab, record, ancestor, steps) as (
    select tab, record, parent, 1 from parent
    union all
    select above.tab, above.record, parent.parent, above.steps + 1
    from above join parent on parent.tab = above.tab and parent.record = above.ancestor
    where above.steps < 50
),
depth as (select tab, record, count(*) as steps from above group by tab, record),
weight as (
    select vocabulary, term, count(*) as terms from takes_in group by vocabulary, term
)
select claim.*, root.root, coalesce(tier.place, 6) as tier, certainty.weakness,
    coalesce(field.kind, 'existence') as kind, coalesce(field.rule, 'authority') as rule,
    coalesce(field.complementary, true) as complementary, field.vocabulary, field.refers,
    case when claim.val = 'unknown' then 1 else 0 end as silent,
    case when claim.as_of <> '' then stated.first_day
         when not witness.undated then issued.first_day end as said_first,
    case when claim.as_of <> '' then stated.last_day
         when not witness.undated then issued.last_day end as said_last,
    moment.first_s, moment.last_s, figure.low, figure.high, figure.low_out, figure.high_out,
    figure.exact, figure.digits, figure.decimals,
    case when field.kind = 'date' then cast(moment.last_s - moment.first_s as double)
         when field.kind = 'quantity' and (figure.low is null or figure.high is null)
             then cast('infinity' as double)
         when field.kind = 'quantity' then figure.high - figure.low
         when field.kind = 'reference' then -coalesce(depth.steps, 0)
         when field.vocabulary is not null then -coalesce(weight.terms, 0)
         when field.complementary then -char_length(claim.val)
         else 0 end as vague,
    case when field.kind = 'date' then moment.doubt
         when field.kind = 'quantity' and figure.low is not null and figure.high is not null
             and not figure.exact then 1
         else 0 end as doubt
from claim
join witness on witness.id = claim.source
join root on root.source = claim.source
join certainty on certainty.name = claim.certainty
left join tier on tier.name = witness.tier
left join field on field.tab = claim.tab and field.name = claim.field
left join moment stated on stated.txt = claim.as_of
left join moment issued on issued.txt = witness.published
left join moment on moment.txt = claim.val and field.kind = 'date'
left join figure on figure.txt = claim.val and field.kind = 'quantity'
left join depth on depth.tab = field.refers and depth.record = claim.val
left join weight on weight.vocabulary = field.vocabulary and weight.term = claim.val
"""

# The pairs of different values of a cell that can both be true; equal values need no row.
AGREES = """
create table agrees as
with recursive above (tab, record, ancestor, steps) as (
    select tab, record, parent, 1 from parent
    union all
    select above.tab, above.record, parent.parent, above.steps + 1
    from above join parent on parent.tab = above.tab and parent.record = above.ancestor
    where above.steps < 50
),
word as (
    select distinct tab, record, field, val, kind, complementary, vocabulary, refers, first_s,
        last_s, low, high, low_out, high_out, exact, digits, decimals
    from spoken
),
pair as (
    select one.*, two.val as other, two.first_s as start_s, two.last_s as end_s,
        two.low as least, two.high as most, two.low_out as least_out, two.high_out as most_out,
        two.exact as plain, two.digits as figures, two.decimals as places,
        greatest(one.decimals, two.decimals) as fine, least(one.decimals, two.decimals) as coarse
    from word one join word two
    on two.tab = one.tab and two.record = one.record and two.field = one.field
    and two.val <> one.val
)
select tab, record, field, val, other from pair
where complementary
or (val <> 'unknown' and other <> 'unknown' and case
    when kind = 'date' then
        (first_s <= end_s and start_s <= last_s)
        or (abs(first_s - start_s) <= 30
            and ((last_s - first_s = 0 and end_s - start_s = 59)
                or (last_s - first_s = 59 and end_s - start_s = 0)))
    when kind = 'quantity' and exact and plain then
        digits * cast(power(10, fine - decimals) as hugeint)
            = figures * cast(power(10, fine - places) as hugeint)
        or (fine > coarse
            and 2 * abs(digits * cast(power(10, fine - decimals) as hugeint)
                - figures * cast(power(10, fine - places) as hugeint)) <= power(10, fine - coarse))
    when kind = 'quantity' then
        (least is null or high is null or least < high
            or (least = high and not (high_out or least_out)))
        and (low is null or most is null or low < most
            or (low = most and not (low_out or most_out)))
    when vocabulary is not null then exists (
        select 1 from takes_in where takes_in.vocabulary = pair.vocabulary
        and ((term = val and weaker = other) or (term = other and weaker = val)))
    when kind = 'reference' then exists (
        select 1 from above where above.tab = refers
        and ((above.record = val and ancestor = other)
            or (above.record = other and ancestor = val)))
    else false end)
"""

RANKED = """
create table ranked as
with affirmed as (
    select * from spoken where certainty <> 'denied'
),
speaking as (
    -- Other texts complement a text; only the same one is said again. That a record exists is.
    select distinct mine.tab, mine.record, mine.field, mine.val, rival.root
    from (select distinct tab, record, field, val, kind, complementary from affirmed) mine
    join affirmed rival
    on rival.tab = mine.tab and rival.record = mine.record and rival.field = mine.field
    left join agrees
    on agrees.tab = mine.tab and agrees.record = mine.record and agrees.field = mine.field
    and agrees.val = mine.val and agrees.other = rival.val
    where rival.val = mine.val or (agrees.other is not null and not mine.complementary)
),
counted as (
    select tab, record, field, val, count(*) as witnesses from speaking
    group by tab, record, field, val
)
select affirmed.*, counted.witnesses, coalesce(said_last, 0) as recent,
    row_number() over (
        partition by affirmed.tab, affirmed.record, affirmed.field
        order by
            case when rule = 'majority' then -witnesses else 0 end,
            case when rule = 'latest' then -coalesce(said_last, 0) else 0 end,
            silent, tier, -coalesce(said_last, 0), weakness, vague, doubt, -witnesses, source, id
    ) as place
from affirmed join counted
on counted.tab = affirmed.tab and counted.record = affirmed.record
and counted.field = affirmed.field and counted.val = affirmed.val
"""

# The claim that is shown, before anybody asks who contradicts it.
CHOSEN = """
create table chosen as
with leader as (select * from ranked where place = 1),
beside as (
    select claim.*, leader.id as leader, leader.val as leading, leader.tier as leading_tier,
        claim.weakness <= leader.weakness as firm,
        claim.val = leader.val or agrees.other is not null as suits,
        exists (
            select 1 from takes_in where takes_in.vocabulary = claim.vocabulary
            and term = claim.val and weaker = leader.val
        ) as takes_in
    from ranked claim join leader
    on leader.tab = claim.tab and leader.record = claim.record and leader.field = claim.field
    left join agrees
    on agrees.tab = claim.tab and agrees.record = claim.record and agrees.field = claim.field
    and agrees.val = leader.val and agrees.other = claim.val
),
-- The sharpest of all that the press and better sources say, and of what better ones say.
pressed as (
    select *, row_number() over (
        partition by tab, record, field order by vague, doubt, place) as sharp
    from beside
    where rule <> 'latest' and firm and suits and tier <= greatest(leading_tier, 3)
),
disputed as (
    select distinct one.tab, one.record, one.field
    from pressed one join pressed two
    on two.tab = one.tab and two.record = one.record and two.field = one.field
    left join agrees
    on agrees.tab = one.tab and agrees.record = one.record and agrees.field = one.field
    and agrees.val = one.val and agrees.other = two.val
    where one.sharp = 1 and two.val <> one.val and agrees.other is null
),
referred as (
    select *, row_number() over (
        partition by tab, record, field order by vague, doubt, place) as sharp
    from beside
    where rule <> 'latest' and firm and suits and tier <= greatest(leading_tier, 2)
),
later as (
    select *, row_number() over (
        partition by tab, record, field order by vague, doubt, place) as sharp
    from beside where rule = 'latest' and (id = leader or (takes_in and firm))
),
decided as (
    select ranked.tab, ranked.record, ranked.field, min(ranked.place) as place
    from ranked join decision
    on decision.tab = ranked.tab and decision.record = ranked.record
    and decision.field = ranked.field and decision.val = ranked.val
    group by ranked.tab, ranked.record, ranked.field
)
select leader.tab, leader.record, leader.field,
    case when decided.place is not null then (
             select id from ranked where ranked.tab = leader.tab
             and ranked.record = leader.record and ranked.field = leader.field
             and ranked.place = decided.place)
         when leader.complementary then leader.id
         when leader.rule = 'latest' then later.id
         when disputed.tab is null then pressed.id
         else referred.id end as id,
    decided.place is not null as is_decided
from leader
left join decided on decided.tab = leader.tab and decided.record = leader.record
    and decided.field = leader.field
left join later on later.tab = leader.tab and later.record = leader.record
    and later.field = leader.field and later.sharp = 1
left join pressed on pressed.tab = leader.tab and pressed.record = leader.record
    and pressed.field = leader.field and pressed.sharp = 1
left join disputed on disputed.tab = leader.tab and disputed.record = leader.record
    and disputed.field = leader.field
left join referred on referred.tab = leader.tab and referred.record = leader.record
    and referred.field = leader.field and referred.sharp = 1
"""

STANDING = """
create table standing as
with emptied as (
    select tab, record, field from decision where val = '' and field <> '*'
),
shown as (
    select spoken.*, chosen.is_decided from spoken join chosen
    on chosen.tab = spoken.tab and chosen.record = spoken.record and chosen.field = spoken.field
    and chosen.id = spoken.id
)
select claim.tab, claim.record, claim.field, claim.id, claim.root, claim.certainty,
    shown.id as shown, shown.val as shown_val, shown.is_decided, claim.rule,
    emptied.tab is not null and shown.id is not null as is_emptied,
    case when shown.id is null then 'supporting'
         when emptied.tab is not null then 'rejected'
         when claim.id = shown.id then 'chosen'
         when (claim.certainty = 'denied') <> (claim.val = shown.val or agrees.other is not null)
             then 'supporting'
         when claim.rule = 'latest' and claim.said_last < shown.said_first then 'superseded'
         else 'rejected' end as standing
from spoken claim
left join shown on shown.tab = claim.tab and shown.record = claim.record
    and shown.field = claim.field
left join emptied on emptied.tab = claim.tab and emptied.record = claim.record
    and emptied.field = claim.field
left join agrees on agrees.tab = claim.tab and agrees.record = claim.record
    and agrees.field = claim.field and agrees.val = claim.val and agrees.other = shown.val
"""

CELL = """
with rival as (
    select standing.tab, standing.record, standing.field, min(ranked.place) as place
    from standing join ranked
    on ranked.tab = standing.tab and ranked.record = standing.record
    and ranked.field = standing.field and ranked.id = standing.id
    where standing.standing in ('rejected', 'superseded')
    group by standing.tab, standing.record, standing.field
),
why as (
    select mine.tab, mine.record, mine.field, case
        when other.place < mine.place then 'precision'
        when mine.rule = 'majority' and mine.witnesses <> other.witnesses then 'witnesses'
        when mine.rule = 'latest' and mine.recent <> other.recent then 'recency'
        when mine.silent <> other.silent then 'known'
        when mine.tier <> other.tier then 'tier'
        when mine.recent <> other.recent then 'recency'
        when mine.weakness <> other.weakness then 'certainty'
        when mine.vague <> other.vague or mine.doubt <> other.doubt then 'precision'
        when mine.witnesses <> other.witnesses then 'witnesses'
        when mine.source <> other.source then 'source'
        else 'id' end as reason
    from rival
    join ranked other on other.tab = rival.tab and other.record = rival.record
        and other.field = rival.field and other.place = rival.place
    join chosen on chosen.tab = rival.tab and chosen.record = rival.record
        and chosen.field = rival.field
    join ranked mine on mine.tab = chosen.tab and mine.record = chosen.record
        and mine.field = chosen.field and mine.id = chosen.id
)
select standing.tab, standing.record, standing.field,
    case when max(case when is_emptied then 1 else 0 end) = 1 then ''
         else coalesce(max(shown_val), '') end as val,
    case when max(case when is_emptied then 1 else 0 end) = 1 then 'contested'
         when max(shown) is null then 'denied'
         when max(case when standing = 'rejected' then 1 else 0 end) = 1 then 'contested'
         when max(case when standing = 'superseded' then 1 else 0 end) = 1 then 'superseded'
         when count(distinct root) > 1 then 'agreed'
         else 'single' end as verdict,
    case when max(case when is_emptied then 1 else 0 end) = 1 then null else max(shown) end as id,
    case when max(case when is_emptied then 1 else 0 end) = 1 then 'decision'
         when count(*) = 1 or max(shown) is null then 'only'
         when max(case when is_decided then 1 else 0 end) = 1 then 'decision'
         else coalesce(max(why.reason), 'only') end as reason
from standing left join why
on why.tab = standing.tab and why.record = standing.record and why.field = standing.field
group by standing.tab, standing.record, standing.field
"""


def asked_of_duckdb(claims, witnesses, decisions):
    """Cells as {(table, record, field): (value, verdict, reason, claim)} and standings by cell.

    The parents of records are decided first, by the same SQL, while none are known.
    """
    held = [
        (c.table, c.record, c.field, c.id, c.value, c.source, c.as_of, c.certainty) for c in claims
    ]
    parents = [row for row in held if row[2] == "parent"]
    found, _ = _answer(parents, witnesses, decisions, [])
    lineage = [(tab, record, cell[0]) for (tab, record, _), cell in found.items() if cell[0]]
    return _answer(held, witnesses, decisions, lineage)


def _answer(held, witnesses, decisions, lineage):
    base = duckdb.connect(":memory:")
    for statement in filter(str.strip, SCHEMA.split(";")):
        base.execute(statement)
    _fill(base, "claim", held)
    _fill(base, "witness", [tuple(one) for one in witnesses.values()])
    _fill(base, "tier", [(name, place) for place, name in enumerate(TIER_NAMES)])
    weak = {"stated": 0, "planned": 0, "reported": 1, "estimated": 1, "opinion": 2, "denied": 3}
    _fill(base, "certainty", [*weak.items()])
    _fill(base, "decision", [(d.table, d.record, d.field, d.value) for d in decisions])
    _fill(base, "parent", lineage)
    fields, takes_in = _fields()
    _fill(base, "field", fields)
    _fill(base, "takes_in", takes_in)
    texts = {row[4] for row in held} | {row[6] for row in held}
    texts |= {one.published for one in witnesses.values()}
    _fill(base, "moment", _moments(texts))
    _fill(base, "figure", _figures(texts))
    for statement in (SPOKEN, AGREES, RANKED, CHOSEN, STANDING):
        base.execute(statement)
    cells = {row[:3]: (row[3], row[4], row[6], row[5]) for row in base.execute(CELL).fetchall()}
    rows = base.execute("select tab, record, field, id, standing from standing").fetchall()
    base.close()
    return cells, {row[:4]: row[4] for row in rows}


def _fill(base, table, rows):
    if not rows:
        return
    import pyarrow as pa

    names = [row[0] for row in base.execute(f"describe {table}").fetchall()]
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    if table == "figure":
        # Arrow has no integer of 128 bits.
        columns["digits"] = [None if n is None else str(n) for n in columns["digits"]]
    made = pa.table(columns)  # noqa: F841 (DuckDB reads the name)
    base.execute(f"insert into {table} select {', '.join(names)} from made")


def _fields():
    fields, takes_in = [], {}
    for name, table in tables.all_tables().items():
        for column, field in table.facts.items():
            words = field.vocabulary.name if field.vocabulary else None
            refers = field.references[0] if field.references else None
            row = name, column, field.kind, field.rule, field.complementary, words, refers
            fields.append(row)
            if field.vocabulary:
                for term, weaker in field.vocabulary.stands_over.items():
                    takes_in |= {(words, term, one): None for one in weaker}
    return fields, [*takes_in]


def _moments(texts):
    made = []
    for text in texts:
        try:
            date = UncertainDate(text)
        except LunarProgrammesError:
            continue
        _, first, last, _ = date.sort_key
        days = [day.toordinal() if day else None for day in (date.lower, date.upper)]
        made.append((text, first, last, *days, date.is_approximate + date.is_uncertain))
    return made


def _figures(texts):
    made = []
    for text in texts:
        try:
            figure = Quantity(text)
        except LunarProgrammesError:
            continue
        _, _, low_out, high_out = figure.interval
        whole, _, part = text.partition(".")
        digits = int(whole + part) if figure.is_exact else None
        bounds = [float(one) if one is not None else None for one in (figure.lower, figure.upper)]
        made.append((text, *bounds, low_out, high_out, figure.is_exact, digits, len(part)))
    return made
