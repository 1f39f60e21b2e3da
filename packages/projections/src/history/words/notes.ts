import type { AccountEvent } from '@daybook/core/account'
import { because, type Words } from '../tell.ts'

export const noteWords = {
  NoteAdded: ({ with: whom, verified, summary, commitment, nextStep, about }, tell) =>
    [
      `Note${about === undefined ? '' : ` on ${about.matter} ${about.id}`}`,
      whom === undefined ? '' : `, with ${tell.text(whom)}${verified ? ', verified' : ''}`,
      because(tell.text(summary)),
      commitment === undefined ? '' : `; said they will: ${tell.text(commitment)}`,
      nextStep === undefined ? '' : `; next: ${tell.text(nextStep)}`,
    ].join(''),
  NoteAddended: ({ noteId, summary }, tell) => `Added to note ${noteId}${because(tell.text(summary))}`,
  AttachmentAdded: ({ noteId, mediaType, bytes, place }, tell) =>
    `Document of note ${noteId}: ${mediaType}, ${bytes} bytes, in ${tell.text(place)}`,
  DisclosureLogged: ({ to, purpose, summary, reason }, tell) =>
    `Given to ${tell.text(to)} (${purpose}): ${tell.text(summary)}${because(tell.text(reason))}`,
} satisfies Partial<Words<AccountEvent>>
