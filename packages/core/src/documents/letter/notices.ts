import { type Day, firstDay, toDay } from '../../kernel/day.ts'
import { type DatedNotice, noticesInForce } from '../notice.ts'
import type { LetterAbout } from './content.ts'

// What a letter has to say by law, and help in other languages, as dated data. A text that was printed once stays here for
// ever under its id and version. To change one, add a version and end the older.

/** Whom and what a notice is for. */
export interface LetterNoticeAsked {
  readonly on: Day
  readonly about: LetterAbout
  /** Of a letter about a dispute: its kind. */
  readonly disputeKind?: string | undefined
  /** Where care is given, and where the guarantor lives where that is known. */
  readonly states: readonly string[]
  /** ISO 639-1; `en` where nobody has said that another is needed. */
  readonly language: string
}

export interface LetterNotice extends DatedNotice<LetterNoticeAsked> {
  readonly language: string
}

const always = { from: firstDay }
const inState =
  (state: string, ...about: readonly LetterAbout[]) =>
  (asked: LetterNoticeAsked): boolean =>
    asked.states.includes(state) && about.includes(asked.about)

const help = (language: string, title: string, text: string): LetterNotice => ({
  id: `LN-language-${language}`,
  version: 1,
  title,
  jurisdiction: 'federal',
  citation: '45 CFR 92.201 (Section 1557); reference §3.2',
  provenance: 'K',
  effective: { from: toDay('2016-07-18') },
  language,
  appliesTo: (asked) => asked.language === language,
  text,
})

/** In the order in which they are printed. */
export const letterNotices: readonly LetterNotice[] = [
  help('es', 'Español', 'Si habla español, le ayudamos gratis en su idioma: {phone}.'),
  help('fr', 'Français', 'Si vous parlez français, nous vous aidons gratuitement dans votre langue : {phone}.'),
  help('de', 'Deutsch', 'Wenn Sie Deutsch sprechen, helfen wir Ihnen kostenlos in Ihrer Sprache: {phone}.'),
  help('pt', 'Português', 'Se fala português, ajudamos gratuitamente no seu idioma: {phone}.'),
  help(
    'vi',
    'Tiếng Việt',
    'Nếu quý vị nói tiếng Việt, chúng tôi giúp quý vị miễn phí bằng ngôn ngữ của quý vị: {phone}.',
  ),
  help('zh', '中文', '如果您说中文，我们免费为您提供语言协助：{phone}。'),
  help('ru', 'Русский', 'Если вы говорите по-русски, мы бесплатно поможем вам на вашем языке: {phone}.'),
  {
    id: 'LN-MN-review',
    version: 1,
    title: 'Minnesota: the review is complete',
    jurisdiction: 'MN',
    citation: 'Minn. Stat. 62J.808',
    provenance: 'V',
    effective: { from: toDay('2024-10-01') },
    language: 'en',
    appliesTo: (asked) => asked.disputeKind === 'billingError' && inState('MN', 'disputeDecided')(asked),
    text: 'The review of the billing error that was reported is complete. This letter says what it found.',
  },
  {
    id: 'LN-CO-default',
    version: 1,
    title: 'Colorado: before a plan is in default',
    jurisdiction: 'CO',
    citation: 'SB 23-093 (2023)',
    provenance: 'V',
    effective: { from: toDay('2023-08-07') },
    language: 'en',
    appliesTo: inState('CO', 'planCure'),
    text: 'You may ask us for other terms before the plan ends: {phone}.',
  },
  {
    id: 'LN-CA-default',
    version: 1,
    title: 'California: before a plan is declared inoperative',
    jurisdiction: 'CA',
    citation: 'Cal. Health & Safety Code 127425',
    provenance: 'K',
    effective: always,
    language: 'en',
    appliesTo: inState('CA', 'planCure'),
    text: 'The plan may be declared inoperative if it is not paid. You may ask us to negotiate its terms anew: {phone}.',
  },
  {
    id: 'LN-dispute',
    version: 1,
    title: 'If something is wrong',
    jurisdiction: 'policy',
    citation: 'reference §4.4 (12 CFR 1006.34, first party by policy)',
    provenance: 'POLICY',
    effective: always,
    language: 'en',
    appliesTo: ({ about }) => about === 'firstNotice',
    text: 'If you think that this is wrong, in whole or in part, write or call us by the day that is named above: {phone}. What you dispute is not asked for until we have answered you.',
  },
]

/** Which notices a letter of a day carries. */
export const letterNoticesFor = (
  asked: LetterNoticeAsked,
): readonly { readonly id: string; readonly version: number }[] => noticesInForce(letterNotices, asked)
