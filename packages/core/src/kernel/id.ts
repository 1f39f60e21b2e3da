import { z } from 'zod'
import { classified } from './classes.ts'

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text is a UUID as this library writes it: whole, in lower case. No beginning of an id is one. */
export const isUuid = (text: string): boolean => uuidPattern.test(text)

const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/

/** An id of one kind: the brand stands in the type alone, so that an id of a line is no id of a layer. */
export const id = <const Name extends string>(name: Name): z.ZodType<string & z.$brand<Name>, string> => {
  const schema: z.ZodType<string, string> = z
    .string()
    .regex(idPattern, `${name}: 1–80 characters of A–Z a–z 0–9 . _ : -, beginning with a letter or digit`)
  return classified(schema, 'id') as z.ZodType<string & z.$brand<Name>, string>
}
