import { z } from 'zod'
import { day, instant } from '../../kernel/day.ts'
import { count, dayOrNever, type FactWords, type GateWords, text, texts, yes } from '../fact.ts'

// Reaching a person about what they owe. Instants are UTC; a rule reads them by the clocks of each zone where the person
// may be.

const instants = z.array(instant)
/** Between two minutes of the day, on all days or on some days of the week (0: Sunday). */
const windows = z.array(
  z.strictObject({
    from: z.int().min(0).max(1_440),
    until: z.int().min(0).max(1_440),
    days: z.array(z.int().min(0).max(6)).optional(),
  }),
)

export const facts = {
  'contact.callbacksAt': [instants, 'when the person asked to be called back about the debt'],
  'contact.callsAt': [instants, 'when calls about the debt were placed'],
  'contact.callsOfPersonAt': [instants, 'when calls to the person were placed, about any debt'],
  'contact.callsToWorkAt': [instants, 'when calls about the debt were placed to the place of work'],
  'contact.consent': [text, 'whether the person consented to this medium at this number: granted, none or revoked'],
  'contact.conversationsAt': [instants, 'when somebody spoke with the person about the debt by telephone'],
  'contact.datum': [text, 'the phone, address or e-mail that is used'],
  'contact.letterLevel': [count, 'the level of the letter; 0: it demands nothing'],
  'contact.medium': [text, 'by what the person is reached'],
  'contact.numberSeenOn': [dayOrNever, 'the day on which the number was last known to be the person’s'],
  'contact.optOutOffered': [yes, 'whether the message says how to opt out'],
  'contact.place': [text, 'where the phone, address or e-mail is'],
  'contact.purpose': [text, 'what the contact is for'],
  'contact.revokedElsewhere': [yes, 'whether the person revoked consent for another number or topic'],
  'contact.with': [text, 'whom the contact is with'],
  'contact.withMaySpeak': [yes, 'whether that one is known to act for the person'],
  'contact.zones': [texts, 'the time zones where the person may be'],
  'disclosure.agreementActive': [yes, 'whether a business associate agreement with the recipient is in force'],
  'disclosure.beyondRole': [texts, 'fields beyond those of the recipient’s role'],
  'disclosure.toAssociate': [yes, 'whether the recipient acts for the practice'],
  'email.optedOut': [yes, 'whether the person opted out of e-mail'],
  'email.transferNoticeOn': [day, 'the day of the notice that named the e-mail address to the person'],
  'identity.identifiers': [count, 'how many identifiers of the caller matched'],
  'location.again': [text, 'why one who was asked where the person is, is asked again: asked, incomplete or none'],
  'location.earlier': [count, 'how often that one was asked where the person is'],
  'location.said': [texts, 'what was said to whom the person’s whereabouts are asked of'],
  'location.searched': [yes, 'whether somebody looks for the person'],
  'person.ceased': [yes, 'whether the person asked not to be contacted'],
  'person.confidentialDatum': [text, 'the one place where the person wants to be reached, or none'],
  'person.language': [text, 'the language that the person needs, or none'],
  'person.mediaRefused': [texts, 'the media that the person refused'],
  'person.placesRefused': [texts, 'the places where the person may not be reached'],
  'person.represented': [yes, 'whether an attorney represents the person in the matter'],
  'person.states': [texts, 'the states where the person lives'],
  'person.timesRefused': [windows, 'the times that the person called inconvenient'],
  'person.vulnerable': [yes, 'whether the person was flagged as vulnerable'],
  'plan.keptFrom': [yes, 'whether the patient keeps it from the plan'],
  'plan.paidInFull': [yes, 'whether the patient has paid it in full'],
} as const satisfies FactWords

export const gates = {
  contactPerson: 'checklist',
  discloseInformation: 'checklist',
  discussAccount: 'checklist',
  emailAsAgency: 'checklist',
  sendToPlan: 'checklist',
} as const satisfies GateWords
