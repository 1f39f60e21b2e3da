import { type LetterAbout, type LetterContent, letterAbout } from '../../documents/letter/content.ts'
import { letterNoticesFor } from '../../documents/letter/notices.ts'
import { TEMPLATE } from '../../documents/statement/templates.ts'
import { clearText } from '../../kernel/classes.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../../kernel/decision.ts'
import type { DocumentId } from '../../kernel/ids.ts'
import { known } from '../../rules/facts.ts'
import type { Context, Writing } from '../context.ts'
import { ask, type Question, scopeOf } from '../facts.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { addressed, carriersOf, hashesOf, knownHits, NOBODY, profileHits, todayHits } from '../statements/issue.ts'
import { namesOf } from '../statements/lines.ts'
import { inParts } from '../statements/parts-state.ts'
import { deliveryOf } from '../statements/state.ts'
import { senderOf } from '../statements/statement.ts'
import type { LetterCommand } from './commands.ts'
import type { CorrespondenceIssued } from './events.ts'
import { mentionsIn, unheldIn } from './held.ts'
import { saidKey } from './state.ts'
import { isTold, type Told, toldOf } from './told.ts'

// A letter is asked for, and made where nothing stands against it: what it says, whom it goes to, and how.

/** Letters that ask for money; the others answer, confirm, or give it back. */
const demands: ReadonlySet<LetterAbout> = new Set(['firstNotice', 'planCure'])
export const isDemand = (about: LetterAbout): boolean => demands.has(about)

const writingOf = (state: AccountState, { by, letter }: LetterCommand, context: Context): Writing => {
  const { paperless } = context.policy.policy.statements
  return addressed(state, by ?? carriersOf(paperless), context, {
    letterLevel: 0,
    purpose: isDemand(letter.about) ? 'collect' : 'answer',
  })
}

/** Said once; said again where it did not arrive. */
const saidHits = (state: AccountState, content: LetterContent): readonly RuleHit[] => {
  const id = state.letters.said.get(saidKey(content))
  const before = id && state.statements.documents.get(id)
  const stage = before && deliveryOf(before)
  return before && stage !== 'returned' && stage !== 'bounced' && stage !== 'corrected'
    ? [precondition('letters.said', `document ${before.documentId} says it already`)]
    : []
}

/** What the rules ask of a letter: of its words, and where it asks for money of the debt. */
const questionsOf = (state: AccountState, content: LetterContent, told: Told): readonly Question[] => {
  const words = clearText(content.answer)
  const unheld = unheldIn(words, state, content, content.on)
  const scope = scopeOf(
    state,
    content.lines.map(({ lineId }) => lineId),
  )
  const about: Question = {
    gate: 'issueLetter',
    on: content.on,
    scope,
    own: {
      'letter.unheldAmounts': known([...unheld.amounts]),
      'letter.unheldDays': known([...unheld.days]),
      'letter.uncorrected': known(told.uncorrected ?? false),
      'statement.mentions': known([...content.mentions]),
    },
  }
  if (!isDemand(content.about)) return [about]
  const demand: Question = { gate: 'demandPayment', on: content.on, scope, own: {} }
  const billing: Question = { gate: 'billLines', on: content.on, scope, own: {} }
  return [about, demand, ...(content.lines.length === 0 ? [] : [billing])]
}

const contentOf = (
  state: AccountState,
  about: LetterAbout,
  told: Told,
  writing: Writing,
  context: Context,
): LetterContent => {
  const { policy } = context.policy
  const states = [policy.practice.state, state.registration.guarantor?.state].flatMap((each) => each ?? [])
  const { patients, uncorrected: _uncorrected, disputeKind, ...said } = told
  return {
    kind: 'correspondence',
    on: context.today,
    templateVersion: TEMPLATE,
    accountNumber: state.registration.account?.accountId ?? '',
    sender: senderOf(policy),
    to: writing.to ?? NOBODY,
    patients: namesOf(state, patients, writing.confidential),
    about,
    ...said,
    notices: [
      ...letterNoticesFor({ on: context.today, about, disputeKind, states, language: writing.language ?? 'en' }),
    ],
    mentions: [...mentionsIn(clearText(told.answer))],
  }
}

export const decide: Decide<AccountState, LetterCommand, AccountEvent, Context> = {
  IssueLetter: (state, command, context) => {
    const { on, document, letter } = command
    const writing = writingOf(state, command, context)
    const hits = [
      ...todayHits(state, on, context),
      ...knownHits(state, document),
      ...profileHits(context),
      ...writing.hits,
    ]
    const told = toldOf(state, letter, writing, context)
    if (!isTold(told)) return reject([told, ...hits])
    const content = contentOf(state, letterAbout.parse(letter.about), told, writing, context)
    const gates = questionsOf(state, content, told).map((question) => ask(state, question, context))
    const refused = rejectIfAny([...hits, ...saidHits(state, content), ...gates.flatMap((gate) => gate.hits)])
    if (refused) return refused
    const { kind: _kind, on: effectiveDate, ...fields } = content
    return accept<AccountEvent>(
      inParts<CorrespondenceIssued>({
        type: 'CorrespondenceIssued',
        effectiveDate,
        documentId: document ?? (context.newId('document') as DocumentId),
        ...fields,
        ...hashesOf(content, context),
      }),
      {
        allowedBy: [...gates.flatMap(({ passed }) => passed), ...writing.passed],
        warnings: [...gates.flatMap(({ warnings }) => warnings), ...writing.warnings],
        ...(writing.readAt === undefined ? {} : { inputs: { person: writing.readAt } }),
      },
    )
  },
}
