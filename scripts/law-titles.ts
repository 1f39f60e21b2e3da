/** One law of the page of laws: what must hold of every history, or between two runs. */
export interface LawTitle {
  readonly id: string
  readonly says: string
}

/** All laws, by their chapters. Ids are stable: a test that checks a law carries its id in its name. */
export const chapters: readonly { readonly name: string; readonly laws: readonly LawTitle[] }[] = [
  {
    name: 'A Conservation',
    laws: [
      { id: 'A1', says: 'every event: sum debits(post e) = sum credits(post e), per currency' },
      { id: 'A2', says: 'trial balance over all accounts and ledgers = 0 after every prefix' },
      {
        id: 'A3',
        says: 'receivable(account) = sum of effects of all events on stages active and placed; likewise per party, line and visit. The sub-fold by kind (charges, payments, adjustments, write-offs, transfers, refunds, reversals) is a second derivation and must agree',
      },
      { id: 'A4', says: 'net(account) = sum of receivable layers (negative ones included) - sum of unapplied' },
      { id: 'A5', says: 'sum of account balances = AR control account, every prefix' },
      { id: 'A6', says: 'rejected command => no events, state and version unchanged' },
      { id: 'A7', says: 'no event changes a currency; mixed-currency command rejected' },
      {
        id: 'A8',
        says: 'amounts are safe-integer cents; signed effects are non-zero; charge, patient payment, refund, write-off > 0; anything above 2^53 is refused; serialise/parse round-trips exactly',
      },
      {
        id: 'A9',
        says: 'split(total, weights): parts sum to total; each part within 1 cent of its exact share; zero weight => zero; permuting equal weights only permutes (tie rule by id). Plan schedules are not splits: they follow H1 and H2',
      },
      {
        id: 'A10',
        says: 'void(e) posts the exact negation of the stored effects of e, once; partial reversals of e sum to at most e, and the last completes it',
      },
    ],
  },
  {
    name: 'B Stream and command',
    laws: [
      { id: 'B1', says: 'versions 0..n-1, strictly +1' },
      { id: 'B2', says: 'append with wrong expected version => Conflict, nothing written' },
      {
        id: 'B3',
        says: 'a command accepted once, sent again with the same commandId and the same content => the first receipt, 0 new events, any number of times, any interleaving, after a restart, from another process. Rejections are not remembered: a rejected command may be retried and accepted. A rejection, no-op or conflict is answered only after looking the commandId up',
      },
      {
        id: 'B4',
        says: 'same commandId + other content (fingerprint of the command as given, before defaults) => `CommandMismatch`',
      },
      {
        id: 'B5',
        says: 'decide is pure: same (state, command, context) => same drafts, byte for byte (the random salt is added later, when sealing)',
      },
      { id: 'B6', says: 'evolve is total on all known events and never throws on reachable states' },
      { id: 'B7', says: 'decide never emits an event evolve rejects' },
      { id: 'B8', says: 'event ids unique globally' },
      { id: 'B9', says: 'multi-event decision appears whole or not' },
      { id: 'B10', says: 'two commands raced: final history equals one of the two serial histories (fc.scheduler)' },
      { id: 'B11', says: 'unknown event type: skip only if marked ignorable, else typed error' },
      {
        id: 'B12',
        says: 'actor and both times present on every event; a reason where a person overrides, reverses, writes off, holds or releases',
      },
    ],
  },
  {
    name: 'C Replay and as-of',
    laws: [
      { id: 'C1', says: 'fold(h) = fold(h1) then fold h2 from that state, all cut points' },
      { id: 'C2', says: 'fold with snapshot at k = fold without, all k; corrupt snapshot => ignored and rebuilt' },
      {
        id: 'C3',
        says: 'known-at position p = fold(prefix to p). A time t resolves to the last position with committedAt <= t; committedAt is non-decreasing by position (also with writers whose clocks differ); answers for a past t never change when later events are appended',
      },
      {
        id: 'C4',
        says: 'as-of d, known-at p = sum of the effects with effectiveDate <= d among events up to p (bitemporal grid: append later corrections, old cells equal); effectiveDate(effect) >= effectiveDate(opening of its layer)',
      },
      {
        id: 'C5',
        says: 'catch-up projection = rebuild from zero = inline projection, for any batch sizes and restarts',
      },
      { id: 'C6', says: 'projection fed duplicates or redelivery = once' },
      { id: 'C7', says: 'swapping adjacent events of *different* accounts leaves every per-account state equal' },
      {
        id: 'C8',
        says: 'commuting pairs (declared table, e.g. two charges, two notes) within an account: balances equal in either order; non-commuting pairs (allocate/void) not in the table',
      },
      { id: 'C9', says: 'upcast(old) folds to the recorded old balance; upcast idempotent' },
      { id: 'C10', says: 'result independent of TZ, locale, process, adapter' },
    ],
  },
  {
    name: 'D Charges and adjudication',
    laws: [
      {
        id: 'D1',
        says: 'a voided charge leaves charge effects 0 for its line and keeps both events; patient money on it returns to unapplied; payer money remains as a payer credit',
      },
      {
        id: 'D2',
        says: 'per line and adjudication: charge = paid + sum of all adjustments (signed), each with exactly one disposition; and what stays open at that coverage = denied + pending + held',
      },
      {
        id: 'D3',
        says: '835: sum CLP04 - sum PLB = BPR02, else the transaction is held with the difference; a claim that fails B1, B2, B4 or matching is held alone with its money in clearing; B3, B5, B10 are findings',
      },
      {
        id: 'D4',
        says: "reversal + correction of an adjudication in one unit: its payments, contractuals and transfers net to the new one; other payers' and the patient's postings unchanged; the overlap keeps its agingFrom",
      },
      {
        id: 'D5',
        says: 'an amount with a no-liability disposition never reaches the patient; sum of patient transfers of a line <= sum of gated PR of its last adjudications',
      },
      { id: 'D6', says: 'charge date <= recorded date + tolerance; discharge before statement eligibility' },
    ],
  },
  {
    name: 'E Payments and allocation',
    laws: [
      { id: 'E1', says: 'allocated + unapplied + refunded + reversed + moved out = amount(p)' },
      {
        id: 'E2',
        says: 'a patient allocation to an item <= its open amount at that moment; patient money never makes an item negative. Payer postings may, and then a credit exists',
      },
      {
        id: 'E3',
        says: 'auto-allocate deterministic for a policy; permuting input order of items changes nothing (policy order decides)',
      },
      {
        id: 'E4',
        says: 'oldest-first within one policy class of items (directed, plan, time of service, rest): no younger item receives while an older eligible one is open',
      },
      { id: 'E5', says: 'deallocate(allocate(s)) = s, layers and agingFrom included' },
      {
        id: 'E6',
        says: 'an NSF or chargeback restores the layers it consumed with their own agingFrom; what has since been written off, moved or placed follows rule R (postings.md) and is flagged; mode correction restores as of the original date too',
      },
      {
        id: 'E7',
        says: 'same external reference + tender + amount + date posted once. Without an external reference equal payments are distinct, and only flagged',
      },
      { id: 'E8', says: 'pending payment settles or fails at most once' },
      {
        id: 'E9',
        says: 'for undirected greedy allocation: splitting one payment into two same-day parts gives the same open items under the same policy',
      },
      {
        id: 'E10',
        says: 'unapplied shown = sum of unapplied of payments; credits shown = sum of negative layers; never netted with each other',
      },
      { id: 'E11', says: 'surcharge/fee never allocated to principal' },
    ],
  },
  {
    name: 'F Adjustments and write-offs',
    laws: [
      { id: 'F1', says: 'a discretionary write-off <= open balance; contractual adjustments follow rule N' },
      {
        id: 'F2',
        says: 'small-balance write-off only for debits 0 < bal <= threshold and no active plan or dispute; small credits go to refunds',
      },
      { id: 'F3', says: 'write-off recovery restores before new cash is income; total recovered <= written off' },
      { id: 'F4', says: 'above-limit adjustment requires second actor != first' },
      {
        id: 'F5',
        says: 'a charity discount after payments may create a credit = refund due (501(r): 5.00 or more), limited by AGB where policy sets it; nothing goes below zero silently',
      },
    ],
  },
  {
    name: 'G Refunds and credits',
    laws: [
      {
        id: 'G1',
        says: 'sum of refunds of a payment (or of adjudicated payer money) <= what of it is a credit or unapplied',
      },
      { id: 'G2', says: 'refund only to payer/tender of origin unless an override event says who and why' },
      { id: 'G3', says: 'refund approved, issued, cleared/voided in that order; void restores credit exactly' },
      {
        id: 'G4',
        says: 'netting a credit against other open items of the guarantor only where policy allows, and never past a legal deadline, under a dispute, in bankruptcy, or across guarantors; the due date is the earlier of law and policy',
      },
      { id: 'G5', says: 'credit balance > 0 appears in credit report with age; disappears exactly when cleared' },
      {
        id: 'G6',
        says: 'refund and chargeback of one payment beyond its amount: accepted as a fact, raised as an exception',
      },
    ],
  },
  {
    name: 'H Payment plans',
    laws: [
      { id: 'H1', says: 'sum of schedule = agreed amount, for all counts, amounts, down payments' },
      { id: 'H2', says: 'instalments > 0, differ by <= 1 minor unit except first or last by rule' },
      { id: 'H3', says: 'due dates strictly increasing, month-end clamps (31st -> 28/29/30) without drift' },
      { id: 'H4', says: 'remaining = agreed - paid on plan; hits 0 iff completed' },
      { id: 'H5', says: 'at most one active plan per covered item' },
      {
        id: 'H6',
        says: 'missed count as of a date is a function of schedule versions, payments by effective date, grace and policy version only',
      },
      { id: 'H7', says: 'default then cure restores schedule total' },
      { id: 'H8', says: 'overpayment shortens from the tail or prepays by declared rule; total unchanged' },
      { id: 'H9', says: 'cancel returns items with unpaid amounts unchanged' },
      {
        id: 'H10',
        says: 'at every moment plan remaining <= open amount of its items, else the plan is recomputed (from the end) in the same decision',
      },
    ],
  },
  {
    name: 'I Holds, disputes, assistance, bankruptcy',
    laws: [
      {
        id: 'I1',
        says: 'under hold type t, no event in forbidden(t) is ever emitted (statement, placement, late fee, ECA)',
      },
      { id: 'I2', says: 'holds compose: forbidden set is the union; releasing one keeps the rest' },
      { id: 'I3', says: 'hold periods never overlap per type and id; release <= once' },
      { id: 'I4', says: 'money facts (payments, refunds due) still accepted under hold' },
      {
        id: 'I5',
        says: 'the house ladder excludes held days: clock(h) = days - |union of hold intervals|. Statutory waits and aging never stop',
      },
      {
        id: 'I6',
        says: 'assistance approval re-prices items whose date of service lies in its period, which may precede the decision, and only those; refunds follow',
      },
    ],
  },
  {
    name: 'J Placement and bad debt',
    laws: [
      {
        id: 'J1',
        says: 'no placement while hold, active plan in good standing, dispute, pending assistance, or any needed fact is unknown; the amount placed is patient-party, active, unheld and > 0',
      },
      { id: 'J2', says: 'placed amount <= bal at placement; at most one agency per item at a time' },
      { id: 'J3', says: 'recall before re-place' },
      {
        id: 'J4',
        says: 'any change of a placed item not caused by that agency (payment, NSF, adjustment, insurer money) makes exactly one notice to it',
      },
      {
        id: 'J5',
        says: 'commission on agency-credited cash net of its reversals, direct pay by contract grace; rounded per remittance line',
      },
      {
        id: 'J6',
        says: 'for 501(c)(3) hospitals: no extraordinary action before the statutory days since the first statement and the notice. Placement alone is not one',
      },
      { id: 'J7', says: 'bad-debt memo = written off - recovered + recoveries reversed - reinstated - closed' },
    ],
  },
  {
    name: 'K Aging, statements, dunning',
    laws: [
      {
        id: 'K1',
        says: 'sum of buckets + credits (negative) + unapplied (negative) = net at every (asOf, knownAt), on every basis; undated items in a named bucket',
      },
      { id: 'K2', says: 'each open item in exactly one bucket; boundaries 30/31, 60/61... exact' },
      {
        id: 'K3',
        says: 'without payments and without AccountReaged, advancing as-of by n never moves an item to a younger bucket',
      },
      { id: 'K4', says: 'payment never makes an item older' },
      { id: 'K5', says: 'statement balance = previous + activity lines = fold at its position, as of its cutoff' },
      { id: 'K6', says: 'statement is immutable: re-render from events = stored hash' },
      {
        id: 'K7',
        says: 'consecutive statements partition activity by position: no event in two, none in none; effective dates are shown',
      },
      { id: 'K8', says: 'dunning level rises by <= 1 per cycle, resets by declared rule' },
    ],
  },
  {
    name: 'L Import',
    laws: [
      { id: 'L1', says: 'import twice = once' },
      {
        id: 'L2',
        says: 'order-free types only: any order of files gives the same state; a reversal before its original is held and completes when the original arrives, and the final state is equal',
      },
      {
        id: 'L3',
        says: 'bad record => nothing of that unit applied, others per mode; report counts sum to input count',
      },
      { id: 'L4', says: 'export->import->export is byte-equal' },
      { id: 'L5', says: 'in = posted + held + duplicate + rejected + skipped, in count and in money' },
      { id: 'L6', says: 'parse(print(x)) = x for the X12 subset' },
    ],
  },
  {
    name: 'M Audit and crypto',
    laws: [
      { id: 'M1', says: 'any 1-bit change in a bundle => not OK' },
      { id: 'M2', says: 'dropping, duplicating, swapping any event => not OK' },
      {
        id: 'M3',
        says: 'inclusion verifies for all (i,n) and fails for every other index, size, root, shortened proof',
      },
      { id: 'M4', says: 'consistency verifies for all m<=n and fails for other roots' },
      { id: 'M5', says: 'checkpoint sequence sizes non-decreasing, each consistent with the last' },
      {
        id: 'M6',
        says: 'sequencer output is a permutation of events that preserves stream order and is stable across restarts',
      },
      { id: 'M7', says: 'verifier A (TS) and B (Python) agree on verdict for random and mutated bundles' },
      {
        id: 'M8',
        says: "shred subject => roots, checkpoints, verdict unchanged; balances unchanged; exactly the PHI fields of that subject become Shredded, nobody else's",
      },
      { id: 'M9', says: 'ciphertext moved to other field/event/stream => AuthFailed' },
      { id: 'M10', says: 'key version rotation: old and new events readable, bytes of old unchanged' },
      { id: 'M11', says: 'redact(e) contains no PHI value of e as substring' },
      { id: 'M12', says: 'scope narrowing: view(scopeA) subset of view(scopeB) if A subset of B' },
    ],
  },
  {
    name: 'N Metamorphic relations',
    laws: [
      {
        id: 'N1',
        says: 'scale all amounts by integer k => balances and buckets scale by k, where no threshold, minimum or cap decides',
      },
      { id: 'N2', says: 'shift all dates and as-of by d => same aging (calendar rules excepted, list them)' },
      { id: 'N3', says: 'rename all ids consistently => isomorphic state' },
      { id: 'N4', says: 'add an unrelated account => others byte-equal' },
      { id: 'N5', says: 'charge c then void = no charge (balances and layers)' },
      {
        id: 'N6',
        says: 'payment p then full reversal = none (balances and layers; a listed side fact such as an NSF fee excepted)',
      },
      { id: 'N7', says: 'merge of two accounts: balance = sum; unmerge restores' },
      { id: 'N8', says: 'insert non-financial events anywhere => money state equal' },
      { id: 'N9', says: 'reorder within commuting class' },
      {
        id: 'N10',
        says: 'different snapshot cadence, batch size, page size, adapter => same state, same root given same leaf order',
      },
      { id: 'N11', says: 'encryption on/off => same fold of clear fields' },
      { id: 'N12', says: 'crash+retry run = no-crash run (state)' },
      { id: 'N13', says: 'replay through export/import into a fresh store = original state and data hashes' },
      { id: 'N14', says: 'rule engine with policy value made stricter => set of allowed actions shrinks' },
      { id: 'N15', says: 'split posting batch into two batches => same state' },
      {
        id: 'N16',
        says: 'asOf(today) after appending future-dated items = before; they show from their effective date on',
      },
      { id: 'N17', says: 'pay x then y = pay y then x for totals; per-item differs only by policy' },
      { id: 'N18', says: 'plan of n then re-plan of remaining at k: total paid = agreed' },
      { id: 'N19', says: 'remove a hold that never overlapped any attempted action => same history' },
      { id: 'N20', says: 'TZ/LANG/ICU change => byte-equal outputs' },
      { id: 'N21', says: 'query by predicate P and Q = intersection of query P, query Q (the TigerBeetle bug class)' },
      { id: 'N22', says: 'paging through with any page size = one read' },
    ],
  },
  {
    name: 'P The books',
    laws: [
      { id: 'P1', says: 'payerClearing(remittance) = sum of CLP04 of its claims not yet posted, at every prefix' },
      { id: 'P2', says: 'payerRecoupment(payer, control number) = 0, or an open exception names it' },
      {
        id: 'P3',
        says: 'roll-forward: closing(period k, known at its close) + activity recorded in k+1 = closing(k+1, known at its close), per party and financial class',
      },
      { id: 'P4', says: 'the same 835 through any split of its claims into posting batches gives the same layers' },
      { id: 'P5', says: 'designated unapplied money on a visit with pending insurance is never a credit balance' },
      {
        id: 'P6',
        says: 'the trial balance over all control accounts and receivables is 0 after every event of the global log, also when the process was killed there',
      },
    ],
  },
]
